import type { SlowClockConfig } from "../src/chip/config.ts";
import type { EventStream } from "../src/events/event-stream.ts";

/**
 * [R8] The slow clock of leak, filter and readout. It starts at 0, the recording's first event. External: a tick every
 * `periodUs`, before events of the same time. Internal: a tick after every 2^divider raw input events.
 */
export class SlowClock {
  readonly #config: SlowClockConfig;
  #nextUs: number;
  #events = 0;
  #ticks = 0;

  constructor(config: SlowClockConfig) {
    this.#config = config;
    this.#nextUs = config.source === "external" ? config.periodUs : Number.POSITIVE_INFINITY;
  }

  /** Ticks so far. */
  get ticks(): number {
    return this.#ticks;
  }

  /** Time of the external tick that is due at or before `nowUs`, which is taken; undefined when none is. */
  takeExternal(nowUs: number): number | undefined {
    if (this.#config.source !== "external" || this.#nextUs > nowUs) return undefined;
    const tickUs = this.#nextUs;
    this.#ticks++;
    // A product, not a running sum, so that a period such as 0.1 us does not drift.
    this.#nextUs = (this.#ticks + 1) * this.#config.periodUs;
    return tickUs;
  }

  /** Largest end of a span `[at, end)` with no tick inside it, `end <= limit`; times are counted from `startUs`. */
  spanEnd(events: EventStream, at: number, limit: number, startUs: number): number {
    if (this.#config.source === "internal") return Math.min(limit, at + 2 ** this.#config.divider - this.#events);
    if (this.#config.source === "none") return limit;
    return lowerBound(events.t, startUs + this.#nextUs, at, limit);
  }

  /** Counts raw input events; true when an internal tick follows them. */
  countEvents(count: number): boolean {
    if (this.#config.source !== "internal") return false;
    this.#events += count;
    if (this.#events < 2 ** this.#config.divider) return false;
    this.#events = 0;
    this.#ticks++;
    return true;
  }
}

/** First index in `[from, to)` with `t[index] >= value`, or `to`. `t` is non-decreasing. */
export function lowerBound(t: Float64Array, value: number, from: number, to: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((t[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
