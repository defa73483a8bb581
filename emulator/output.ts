import type { OutputEvents } from "../src/chip/chip.ts";

/** Gathers output events: hands batches to `onEvents`, or keeps everything when nobody listens. */
export class OutputCollector {
  readonly #onEvents: ((events: OutputEvents) => void) | undefined;
  #kept: OutputEvents = createOutputEvents(1024);
  #length = 0;

  constructor(onEvents?: (events: OutputEvents) => void) {
    this.#onEvents = onEvents;
  }

  /** Adds `length` events; `fill` writes event `i` of the batch at index `at` of the arrays. */
  add(length: number, fill: (into: OutputEvents, at: number, i: number) => void): void {
    if (length === 0) return;
    if (this.#onEvents) {
      const batch = createOutputEvents(length);
      for (let i = 0; i < length; i++) fill(batch, i, i);
      this.#onEvents(batch);
      return;
    }
    const needed = this.#length + length;
    if (needed > this.#kept.t.length) this.#kept = grow(this.#kept, Math.max(needed, this.#kept.t.length * 2));
    for (let i = 0; i < length; i++) fill(this.#kept, this.#length + i, i);
    this.#length = needed;
  }

  /** What was kept, or undefined when a listener got it. */
  result(): OutputEvents | undefined {
    return this.#onEvents ? undefined : sliceOutput(this.#kept, 0, this.#length);
  }
}

export function createOutputEvents(length: number): OutputEvents {
  return {
    t: new Float64Array(length),
    core: new Uint8Array(length),
    feature: new Uint16Array(length),
    y: new Uint16Array(length),
    x: new Uint16Array(length),
  };
}

function sliceOutput(events: OutputEvents, from: number, to: number): OutputEvents {
  return {
    t: events.t.slice(from, to),
    core: events.core.slice(from, to),
    feature: events.feature.slice(from, to),
    y: events.y.slice(from, to),
    x: events.x.slice(from, to),
  };
}

function grow(events: OutputEvents, capacity: number): OutputEvents {
  const larger = createOutputEvents(capacity);
  larger.t.set(events.t);
  larger.core.set(events.core);
  larger.feature.set(events.feature);
  larger.y.set(events.y);
  larger.x.set(events.x);
  return larger;
}
