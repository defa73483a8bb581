import { ChipError } from "../errors.ts";

/** The pixels of a sensor or the map of an input: `[width, height]`. */
export type SensorSize = readonly [width: number, height: number];

/**
 * Events as a structure of arrays, all of the same length.
 *
 * `t` holds integer microseconds counted from `originUs` (recordings may carry absolute Unix time, which a 32-bit count
 * could not), non-decreasing. `p` is the polarity of a recording (0 OFF, 1 ON) and the feature once the events are meant
 * for a chip.
 */
export interface EventStream {
  readonly t: Float64Array;
  readonly x: Uint16Array;
  readonly y: Uint16Array;
  readonly p: Uint16Array;
  /** Time of `t = 0` in the recording's own clock, microseconds. */
  readonly originUs: number;
  /** Absent when neither the file nor the caller says how large the sensor is. */
  readonly sensor?: SensorSize;
}

export function createEventStream(length: number, sensor?: SensorSize, originUs = 0): EventStream {
  return {
    t: new Float64Array(length),
    x: new Uint16Array(length),
    y: new Uint16Array(length),
    p: new Uint16Array(length),
    originUs,
    ...(sensor ? { sensor } : {}),
  };
}

/** The events `from` (included) to `to` (excluded) as views, without copying. */
export function sliceEvents(events: EventStream, from: number, to: number): EventStream {
  return {
    ...events,
    t: events.t.subarray(from, to),
    x: events.x.subarray(from, to),
    y: events.y.subarray(from, to),
    p: events.p.subarray(from, to),
  };
}

/** One stream of several that share an origin, in the order given. */
export function concatEvents(parts: readonly EventStream[]): EventStream {
  const first = parts[0];
  if (first === undefined) return createEventStream(0);
  if (parts.length === 1) return first;
  const length = parts.reduce((sum, part) => sum + part.t.length, 0);
  const all = createEventStream(length, first.sensor, first.originUs);
  let at = 0;
  for (const part of parts) {
    if (part.originUs !== first.originUs) throw new RangeError("concatEvents needs streams with one origin");
    all.t.set(part.t, at);
    all.x.set(part.x, at);
    all.y.set(part.y, at);
    all.p.set(part.p, at);
    at += part.t.length;
  }
  return all;
}

/** The same events with the first one at `t = 0` of the stream (its origin moves instead). */
export function rebaseEvents(events: EventStream): EventStream {
  const first = events.t[0];
  if (first === undefined || first === 0) return events;
  return { ...events, t: events.t.map((t) => t - first), originUs: events.originUs + first };
}

/**
 * Index of the first event that breaks the stream's rules (integer, non-decreasing time), or -1.
 */
export function findTimeFault(events: EventStream): number {
  let last = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < events.t.length; i++) {
    const t = events.t[i] as number;
    if (!(t >= last) || !Number.isSafeInteger(t)) return i;
    last = t;
  }
  return -1;
}

/** Throws E_INPUT when the arrays differ in length or time runs backwards. */
export function checkEvents(events: EventStream, name: string): void {
  const { t, x, y, p } = events;
  if (x.length !== t.length || y.length !== t.length || p.length !== t.length) {
    throw new ChipError(
      "E_INPUT",
      `${name} has arrays of different lengths (t ${t.length}, x ${x.length}, y ${y.length}, p ${p.length}).`,
    );
  }
  const fault = findTimeFault(events);
  if (fault >= 0) {
    throw new ChipError(
      "E_INPUT",
      `${name} runs backwards in time at event ${fault} (${t[fault]} us after ${fault > 0 ? t[fault - 1] : "-"} us); sort the events by time first.`,
      { details: { event: fault } },
    );
  }
}

/**
 * The size of the sensor of a recording.
 *
 * @param purpose what it is needed for, as in "flip it"
 * @throws ChipError E_INPUT when the recording does not state it
 */
export function requireSensor(events: Pick<EventStream, "sensor">, purpose: string): SensorSize {
  if (events.sensor !== undefined) return events.sensor;
  throw new ChipError(
    "E_INPUT",
    `the recording does not state the size of its sensor, which is needed to ${purpose}; give it with --sensor WIDTHxHEIGHT.`,
  );
}
