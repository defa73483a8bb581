import { createEventStream, type EventStream, type SensorSize } from "./event-stream.ts";

/** Collects events one by one into arrays that grow; for readers and simulators that do not know how many will come. */
export class EventBuilder {
  readonly #sensor: SensorSize | undefined;
  readonly #originUs: number;
  #events: EventStream;
  #length = 0;

  constructor(sensor?: SensorSize, originUs = 0, capacity = 4096) {
    this.#sensor = sensor;
    this.#originUs = originUs;
    this.#events = createEventStream(capacity, sensor, originUs);
  }

  get length(): number {
    return this.#length;
  }

  push(t: number, x: number, y: number, p: number): void {
    const at = this.#length++;
    if (at >= this.#events.t.length) this.#grow();
    const events = this.#events;
    events.t[at] = t;
    events.x[at] = x;
    events.y[at] = y;
    events.p[at] = p;
  }

  /** What was collected, as arrays of just that length; the builder starts anew. */
  take(): EventStream {
    const taken = copyEvents(this.#events, this.#length, this.#length, this.#sensor, this.#originUs);
    this.#length = 0;
    return taken;
  }

  #grow(): void {
    const old = this.#events;
    this.#events = copyEvents(old, old.t.length, Math.max(16, old.t.length * 2), this.#sensor, this.#originUs);
  }
}

function copyEvents(from: EventStream, used: number, length: number, sensor: SensorSize | undefined, originUs: number) {
  const to = createEventStream(length, sensor, originUs);
  to.t.set(from.t.subarray(0, used));
  to.x.set(from.x.subarray(0, used));
  to.y.set(from.y.subarray(0, used));
  to.p.set(from.p.subarray(0, used));
  return to;
}
