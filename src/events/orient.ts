import { ChipError } from "../errors.ts";
import { type EventStream, requireSensor, type SensorSize } from "./event-stream.ts";

/** Conventions in which recordings of one camera differ from tool to tool. */
export interface Orientation {
  /** x counts from the other side. */
  readonly flipX?: boolean;
  /** y counts from the other side, such as from the bottom in jAER's recordings and Event Streams. */
  readonly flipY?: boolean;
  /** x and y change places, before any flip. */
  readonly swapXY?: boolean;
  /** ON becomes OFF and the other way round, such as in AEDAT 2.0 of a DVS128, where jAER takes p = 1 as OFF. */
  readonly invertPolarity?: boolean;
}

/**
 * The same events in another convention.
 *
 * @throws ChipError E_INPUT when something is to be flipped and the size of the sensor is not known, when an event lies
 *   outside it, or when polarities other than 0 and 1 are to be inverted
 */
export function orientEvents(events: EventStream, orientation: Orientation): EventStream {
  const { flipX = false, flipY = false, swapXY = false, invertPolarity = false } = orientation;
  let { x, y, p, sensor } = events;
  if (swapXY) {
    [x, y] = [y, x];
    if (sensor) sensor = [sensor[1], sensor[0]];
  }
  if (flipX || flipY) sensor = requireSensor({ ...events, ...(sensor ? { sensor } : {}) }, "flip it");
  if (flipX) x = mirror(x, sensor!, 0);
  if (flipY) y = mirror(y, sensor!, 1);
  if (invertPolarity) {
    const odd = p.findIndex((value) => value > 1);
    if (odd >= 0) {
      throw new ChipError("E_INPUT", `event ${odd} has p ${p[odd]}; only polarities 0 and 1 can be inverted.`, {
        details: { event: odd },
      });
    }
    p = p.map((value) => 1 - value);
  }
  return { ...events, x, y, p, ...(sensor ? { sensor } : {}) };
}

function mirror(values: Uint16Array, sensor: SensorSize, axis: 0 | 1): Uint16Array {
  const last = sensor[axis] - 1;
  return values.map((value, i) => {
    if (value <= last) return last - value;
    throw new ChipError("E_INPUT", `event ${i} lies outside the sensor ${sensor[0]}x${sensor[1]}.`, {
      details: { event: i },
    });
  });
}
