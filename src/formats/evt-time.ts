import type { ReadReport } from "./read-report.ts";

/**
 * The clock of Prophesee's streams: its upper bits come in words of their own (TIME_HIGH), and run over.
 *
 * A TIME_HIGH that falls by at least `drop` is the clock running over; smaller steps back are taken as they are, and
 * show as time running backwards.
 */
export class EvtClock {
  readonly #unitUs: number;
  readonly #rangeUs: number;
  readonly #drop: number;
  readonly #report: ReadReport | undefined;
  #high = -1;
  #loopsUs = 0;

  /**
   * @param lowBits bits of time below TIME_HIGH
   * @param highBits bits of TIME_HIGH
   */
  constructor(lowBits: number, highBits: number, drop: number, report: ReadReport | undefined) {
    this.#unitUs = 2 ** lowBits;
    this.#rangeUs = 2 ** (lowBits + highBits);
    this.#drop = drop;
    this.#report = report;
  }

  /** Whether there was a TIME_HIGH yet; events before the first have no time. */
  get started(): boolean {
    return this.#high >= 0;
  }

  /** Takes a TIME_HIGH and gives the time at which it begins, microseconds. */
  advance(high: number): number {
    if (this.#high - high >= this.#drop) {
      this.#loopsUs += this.#rangeUs;
      this.#report?.noteClockOverflow();
    }
    this.#high = high;
    return this.#loopsUs + high * this.#unitUs;
  }
}

/** How many times the clock may run over in a file that is written: one with more would hold little else. */
export const MOST_LOOPS = 4096;
