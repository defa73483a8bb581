import { type EventStream, type SensorSize, sliceEvents } from "../events/event-stream.ts";
import type { ReadEventsOptions } from "./event-format.ts";
import { tolerate } from "./read-report.ts";

/** A step back by no more than this is jitter of the camera's interface. */
const JITTER_US = 10_000;
/** So many events at most count as ones with a broken time, when they leap ahead and the next one comes back. */
const MOST_STRAYS = 16;
/** Larger than every address, where nothing says how large the sensor is. */
const ANY_SIZE = 65_536;

/**
 * Passes a recording's parts on after checking what every format must keep: time never runs backwards, within a part or
 * from one to the next, and no event lies outside the sensor.
 *
 * When repairing, events outside the sensor are left out, and time is mended:
 * - a step back of up to 10 ms: the event gets the time of the one before it;
 * - up to 16 events that leap ahead before time comes back to where it was: they are left out;
 * - any other step back: the clock was set back, and it and all that follows are moved so that they go on from there.
 *
 * @param name how messages call the recording
 * @throws ChipError E_INPUT naming the first event that breaks a rule (`details.event` counts from 0)
 */
export async function* guardEvents(
  parts: AsyncIterable<EventStream>,
  name: string,
  options: ReadEventsOptions = {},
): AsyncGenerator<EventStream> {
  const mender = options.repair ? new Mender(name, options) : undefined;
  let before = 0;
  let last = Number.NEGATIVE_INFINITY;
  for await (const part of parts) {
    const sound = mender === undefined ? checked(part, last, before, name, options) : mender.mend(part, before);
    before += part.t.length;
    if (sound.t.length === 0) continue;
    last = sound.t[sound.t.length - 1];
    yield sound;
  }
}

function checked(part: EventStream, lastUs: number, before: number, name: string, options: ReadEventsOptions) {
  const { t, x, y, sensor } = part;
  const [width, height] = sensor ?? [ANY_SIZE, ANY_SIZE];
  const { length } = t;
  let last = lastUs;
  for (let i = 0; i < length; i++) {
    const us = t[i];
    if (us < last) tolerate({ ...backwards(name, before + i, us, last), mended: "time is made to go on" }, options);
    if (x[i] >= width || y[i] >= height) tolerate(outside(name, before + i, x[i], y[i], [width, height]), options);
    last = us;
  }
  return part;
}

function backwards(name: string, event: number, us: number, lastUs: number) {
  return {
    kind: "time",
    code: "E_INPUT" as const,
    fault: `${name} runs backwards in time at event ${event} (${us} us after ${lastUs} us)`,
    remedy: "sort the events by time first",
    event,
  };
}

function outside(name: string, event: number, x: number, y: number, [width, height]: SensorSize) {
  return {
    kind: "outside",
    code: "E_INPUT" as const,
    fault: `${name}: event ${event} at x ${x}, y ${y} lies outside the sensor ${width}x${height}`,
    remedy: "give the sensor's true size with --sensor WIDTHxHEIGHT",
    mended: "such events are left out",
    event,
  };
}

class Mender {
  readonly #name: string;
  readonly #options: ReadEventsOptions;
  #last = Number.NEGATIVE_INFINITY;
  /** By how much the clock was moved so far. */
  #shift = 0;

  constructor(name: string, options: ReadEventsOptions) {
    this.#name = name;
    this.#options = options;
  }

  mend(part: EventStream, before: number): EventStream {
    const { x, y, p, sensor } = part;
    const t = part.t;
    const [width, height] = sensor ?? [ANY_SIZE, ANY_SIZE];
    let length = 0;
    // Where the latest leap ahead is in this part, and the time before it.
    let leap = -1;
    let beforeLeap = 0;
    for (let i = 0; i < t.length; i++) {
      if (x[i] >= width || y[i] >= height) {
        tolerate(outside(this.#name, before + i, x[i], y[i], [width, height]), this.#options);
        continue;
      }
      let us = t[i] + this.#shift;
      if (us < this.#last) {
        const fault = backwards(this.#name, before + i, us, this.#last);
        if (this.#last - us <= JITTER_US) {
          this.#note({ ...fault, kind: "jitter", mended: "it gets the time of the event before" });
          us = this.#last;
        } else if (leap >= 0 && length - leap <= MOST_STRAYS && us >= beforeLeap) {
          const mended = "events that leap ahead before it are left out";
          this.#note({ ...fault, kind: "leap", mended, count: length - leap });
          length = leap;
        } else {
          this.#note({
            ...fault,
            kind: "clock",
            mended: "the clock was set back there, and what follows goes on from before",
          });
          this.#shift += this.#last - us;
          us = this.#last;
        }
        leap = -1;
      } else if (us - this.#last > JITTER_US && length > 0) {
        leap = length;
        beforeLeap = this.#last;
      }
      this.#last = us;
      t[length] = us;
      x[length] = x[i];
      y[length] = y[i];
      p[length] = p[i];
      length++;
    }
    return sliceEvents(part, 0, length);
  }

  #note(damage: Parameters<typeof tolerate>[0]): void {
    tolerate(damage, this.#options);
  }
}
