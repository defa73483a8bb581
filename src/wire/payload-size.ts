const SMALLEST = 64;
const FIRST = 256;
const STREAK = 16;

/**
 * How long the payloads of what can be cut should be. A line that loses one byte in a hundred never carries a frame of a
 * thousand bytes, and a message once numbered is not cut again: so sizes start small, double after 16 messages without a
 * loss and are halved by one.
 */
export class PayloadSize {
  readonly #largest: number;
  #size: number;
  #streak = 0;
  /** First stamp since the last halving: frames sent before it tell nothing about the smaller size. */
  #since = 0;

  constructor(largest: number) {
    this.#largest = largest;
    this.#size = Math.min(FIRST, largest);
  }

  get size(): number {
    return this.#size;
  }

  arrived(sentOnce: boolean): void {
    if (!sentOnce) return;
    if (++this.#streak < STREAK) return;
    this.#streak = 0;
    this.#size = Math.min(this.#largest, this.#size * 2);
  }

  /**
   * @param stamp of the frame that got lost; both stamps count on beyond 65,535, so that a frame is as old as it looks
   * however long nothing was lost before
   * @param nextStamp the stamp that the next frame gets
   */
  lost(stamp: number, nextStamp: number): void {
    this.#streak = 0;
    if (stamp < this.#since) return;
    this.#since = nextStamp;
    this.#size = Math.max(SMALLEST, this.#size >>> 1);
  }
}
