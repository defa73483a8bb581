import { ChipError } from "../errors.ts";
import type { EventStream, SensorSize } from "./event-stream.ts";

/** What a recording holds. Times in the recording's own clock (origin included), microseconds. */
export interface EventSummary {
  /** As the recording states it; otherwise the smallest that holds all events, and `sensorStated` is false. */
  readonly sensor: SensorSize;
  readonly sensorStated: boolean;
  readonly events: number;
  /** Events with p other than 0. */
  readonly on: number;
  /** Last minus first. */
  readonly durationUs: number;
  /** Null without events. */
  readonly firstUs: number | null;
  readonly lastUs: number | null;
  /** Events per second; null when the recording has no length. */
  readonly rateHz: number | null;
}

/** Events over time, in windows counted from the first event. */
export interface RateHistogram {
  readonly windowUs: number;
  /** Events in each window; the last window may be shorter. */
  readonly counts: readonly number[];
}

const FIRST_WINDOW_US = 1_000;
const MOST_WINDOWS = 512;

/**
 * Sums up a recording part by part, in one pass and constant memory.
 *
 * The rate histogram begins with windows of one millisecond; whenever there would be more than 512 of them, they are
 * joined in pairs, so that any length of recording gives 256 to 512 (short ones fewer).
 */
export class EventSummarizer {
  #sensor: SensorSize | undefined;
  #events = 0;
  #on = 0;
  #firstUs = 0;
  #lastUs = Number.NEGATIVE_INFINITY;
  #maxX = -1;
  #maxY = -1;
  #windowUs = FIRST_WINDOW_US;
  #windows = new Float64Array(MOST_WINDOWS);

  /** Events so far. */
  get events(): number {
    return this.#events;
  }

  /** @throws ChipError E_INPUT when time runs backwards, within the part or from the one before */
  add(part: EventStream): void {
    this.#sensor ??= part.sensor;
    const { t, x, y, p, originUs } = part;
    if (t.length > 0 && this.#events === 0) this.#firstUs = originUs + t[0];
    for (let i = 0; i < t.length; i++) {
      const us = originUs + t[i];
      if (!(us >= this.#lastUs)) {
        throw new ChipError(
          "E_INPUT",
          `time runs backwards at event ${this.#events + i} (${us} us after ${this.#lastUs} us); sort the events by time first.`,
          { details: { event: this.#events + i } },
        );
      }
      this.#lastUs = us;
      if (p[i] !== 0) this.#on++;
      if (x[i] > this.#maxX) this.#maxX = x[i];
      if (y[i] > this.#maxY) this.#maxY = y[i];
      let window = Math.floor((us - this.#firstUs) / this.#windowUs);
      while (window >= MOST_WINDOWS) {
        this.#joinWindows();
        window = Math.floor((us - this.#firstUs) / this.#windowUs);
      }
      this.#windows[window]++;
    }
    this.#events += t.length;
  }

  summary(): EventSummary {
    const some = this.#events > 0;
    const durationUs = some ? this.#lastUs - this.#firstUs : 0;
    return {
      sensor: this.#sensor ?? [this.#maxX + 1, this.#maxY + 1],
      sensorStated: this.#sensor !== undefined,
      events: this.#events,
      on: this.#on,
      durationUs,
      firstUs: some ? this.#firstUs : null,
      lastUs: some ? this.#lastUs : null,
      rateHz: durationUs > 0 ? this.#events / (durationUs / 1e6) : null,
    };
  }

  rates(): RateHistogram {
    const used = this.#events === 0 ? 0 : Math.floor((this.#lastUs - this.#firstUs) / this.#windowUs) + 1;
    return { windowUs: this.#windowUs, counts: [...this.#windows.subarray(0, used)] };
  }

  #joinWindows(): void {
    for (let i = 0; i < MOST_WINDOWS; i++) {
      this.#windows[i] = 2 * i + 1 < MOST_WINDOWS ? this.#windows[2 * i] + this.#windows[2 * i + 1] : 0;
    }
    this.#windowUs *= 2;
  }
}

/** The summary of a recording at hand, or of its parts in order. */
export function summarizeEvents(parts: EventStream | Iterable<EventStream>): EventSummary {
  const summarizer = new EventSummarizer();
  for (const part of Symbol.iterator in parts ? parts : [parts]) summarizer.add(part);
  return summarizer.summary();
}
