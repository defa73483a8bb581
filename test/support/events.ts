import { createEventStream, type EventStream, type SensorSize } from "../../src/events/event-stream.ts";

/** A stream from rows of `[t, x, y, p]`. */
export function eventsOf(
  rows: readonly (readonly [t: number, x: number, y: number, p: number])[],
  sensor?: SensorSize,
): EventStream {
  const events = createEventStream(rows.length, sensor);
  for (const [i, [t, x, y, p]] of rows.entries()) {
    events.t[i] = t;
    events.x[i] = x;
    events.y[i] = y;
    events.p[i] = p;
  }
  return events;
}

/** The rows of a stream, `[t, x, y, p]`. */
export function rowsOf(events: EventStream): number[][] {
  return Array.from(events.t, (t, i) => [t, events.x[i], events.y[i], events.p[i]]);
}
