import { ahead } from "./sequence.ts";

const FIRST_TIMEOUT_US = 250_000;
const SHORTEST_TIMEOUT_US = 10_000;
export const LONGEST_TIMEOUT_US = 1_000_000;

/** Measures the round trip of a line, one stamp at a time, and derives the time-out from it (RFC 6298). */
export class RoundTrip {
  #smoothedUs: number | undefined;
  #variationUs = 0;
  #timed: { readonly stamp: number; readonly sentUs: number } | undefined;
  #doublings = 0;

  /** A DATA frame goes out. */
  sent(stamp: number, nowUs: number): void {
    this.#timed ??= { stamp, sentUs: nowUs };
  }

  /** An ACK says that `echo` is the latest stamp that arrived. */
  heard(echo: number, nowUs: number): void {
    const timed = this.#timed;
    if (timed === undefined || ahead(echo, timed.stamp) < 0) return;
    this.#timed = undefined;
    const sample = nowUs - timed.sentUs;
    if (this.#smoothedUs === undefined) {
      this.#smoothedUs = sample;
      this.#variationUs = sample / 2;
    } else {
      this.#variationUs += (Math.abs(this.#smoothedUs - sample) - this.#variationUs) / 4;
      this.#smoothedUs += (sample - this.#smoothedUs) / 8;
    }
  }

  /** A PING goes out. What was timed before may be lost, and then an ACK would tell of the loss, not of the line. */
  asked(stamp: number, nowUs: number): void {
    this.#timed = { stamp, sentUs: nowUs };
  }

  /** Nothing was heard for a whole time-out. */
  backOff(): void {
    this.#doublings++;
  }

  /** Something moved, or is known to be lost: the line answers. */
  recover(): void {
    this.#doublings = 0;
  }

  /** The line is another one: what was under way on the old one says nothing. */
  forget(): void {
    this.#timed = undefined;
    this.#doublings = 0;
  }

  get timeoutUs(): number {
    const base =
      this.#smoothedUs === undefined
        ? FIRST_TIMEOUT_US
        : Math.max(SHORTEST_TIMEOUT_US, this.#smoothedUs + 4 * this.#variationUs);
    return Math.min(LONGEST_TIMEOUT_US, base * 2 ** Math.min(this.#doublings, 16));
  }

  /** Smoothed round trip; undefined before the first sample. */
  get smoothedUs(): number | undefined {
    return this.#smoothedUs;
  }
}
