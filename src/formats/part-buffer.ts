import { createEventStream, type EventStream, type SensorSize, sliceEvents } from "../events/event-stream.ts";
import type { ByteSource } from "./byte-source.ts";
import { DEFAULT_CHUNK_EVENTS, type ReadEventsOptions } from "./event-format.ts";

const FEWEST = 64;

/** Room for the events of one part while a reader decodes into it; the arrays are handed out, never copied. */
export class PartBuffer {
  readonly #capacity: number;
  readonly #sensor: SensorSize | undefined;
  #events: EventStream;
  /** Events in the buffer. A decoder writes behind them and then sets this. */
  length = 0;

  /** For parts of the size that is asked for; less for small files, which may come by the thousand. */
  constructor(
    source: Pick<ByteSource, "size">,
    { chunkEvents = DEFAULT_CHUNK_EVENTS }: ReadEventsOptions,
    sensor: SensorSize | undefined,
  ) {
    const capacity = Math.min(chunkEvents, Math.max(FEWEST, source.size));
    this.#capacity = capacity;
    this.#sensor = sensor;
    this.#events = createEventStream(capacity, sensor);
  }

  /** The arrays to write to. Fetch them anew after `take` and `reserve`. */
  get events(): EventStream {
    return this.#events;
  }

  get room(): number {
    return this.#events.t.length - this.length;
  }

  /** Whether a part of the size that was asked for is there. */
  get full(): boolean {
    return this.length >= this.#capacity;
  }

  /** Makes room for at least `count` further events. */
  reserve(count: number): void {
    if (this.room >= count) return;
    const old = this.#events;
    this.#events = createEventStream(Math.max(this.length + count, 2 * old.t.length), this.#sensor);
    this.#events.t.set(old.t.subarray(0, this.length));
    this.#events.x.set(old.x.subarray(0, this.length));
    this.#events.y.set(old.y.subarray(0, this.length));
    this.#events.p.set(old.p.subarray(0, this.length));
  }

  /** The events so far, as a part of their own; the buffer is empty then. */
  take(): EventStream {
    const part = sliceEvents(this.#events, 0, this.length);
    this.#events = createEventStream(this.#capacity, this.#sensor);
    this.length = 0;
    return part;
  }
}
