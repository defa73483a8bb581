import { ChipError } from "../errors.ts";
import type { EventStream, SensorSize } from "../events/event-stream.ts";
import { summarizeEvents } from "../events/summary.ts";
import { MOST_LOOPS } from "./evt-time.ts";
import { writePropheseeHeader } from "./prophesee-header.ts";

/** What a format of Prophesee's can express. */
export interface EvtLimits {
  readonly name: string;
  /** Largest x and y. */
  readonly largest: number;
  /** After so many microseconds its clock begins anew. */
  readonly rangeUs: number;
}

/** @throws ChipError E_INPUT when the format has no place for event number `i` */
export function checkEvtEvent({ t, x, y, p, originUs }: EventStream, i: number, { name, largest }: EvtLimits): void {
  if (x[i] <= largest && y[i] <= largest && p[i] <= 1 && originUs + t[i] >= 0) return;
  throw new ChipError(
    "E_INPUT",
    `event ${i} (t ${originUs + t[i]} us, x ${x[i]}, y ${y[i]}, p ${p[i]}) has no place in an ${name} file, which holds t >= 0, x and y up to ${largest} and p 0 or 1; write .npz instead.`,
    { details: { event: i } },
  );
}

/**
 * How often the clock runs over until the last event.
 *
 * @throws ChipError E_INPUT when that is absurdly often, as with times since 1970
 */
export function loopsOf({ t, originUs }: EventStream, { name, rangeUs }: EvtLimits): number {
  const lastUs = t.length > 0 ? originUs + t[t.length - 1] : 0;
  const loops = Math.max(0, Math.floor(lastUs / rangeUs));
  if (loops <= MOST_LOOPS) return loops;
  throw new ChipError(
    "E_INPUT",
    `the last event is at ${lastUs} us, and an ${name} file has room up to ${MOST_LOOPS * rangeUs} us; count time from the first event with --rebase, or write .npz instead.`,
    { details: { lastUs, limitUs: MOST_LOOPS * rangeUs } },
  );
}

/** A recording as a file: the header, with the size of the sensor, and the words. */
export function evtFile(version: "2.0" | "3.0", events: EventStream, words: Uint16Array | Uint32Array): Uint8Array {
  const head = writePropheseeHeader(version, evtSensor(events));
  const out = new Uint8Array(head.length + words.byteLength);
  out.set(head);
  out.set(new Uint8Array(words.buffer, words.byteOffset, words.byteLength), head.length);
  return out;
}

export function evtSensor(events: EventStream): SensorSize {
  return events.sensor ?? summarizeEvents(events).sensor;
}
