/** Bins by the upper bits of a 32-bit float: sign and exponent and 11 bits of fraction, so 0.05 % wide. */
const DROPPED_BITS = 12;
const BINS = 2 ** (31 - DROPPED_BITS);
const LARGEST = 3.4e38;

/** Percentiles of activations, exact to 0.05 %, in memory that does not grow with their number. */
export class ActivityHistogram {
  readonly #bins = new Float64Array(BINS);
  #notPositive = 0;
  #total = 0;

  /** Counts values in; those at or below zero are told apart by that only. */
  add(values: Float32Array): void {
    const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
    // A positive float's bits, read as an integer, grow with it.
    for (let i = 0; i < bits.length; i++) {
      if (bits[i] > 0 && bits[i] < 0x80000000) this.#bins[bits[i] >>> DROPPED_BITS]++;
      else this.#notPositive++;
    }
    this.#total += values.length;
  }

  /** Values above zero. */
  get positive(): number {
    return this.#total - this.#notPositive;
  }

  /**
   * The value that `share` of the values do not exceed: upper end of the bin in which it lies; 0 at or below zero.
   *
   * @param share 0 to 1
   * @param of "positive": values above zero alone (Rueckauer et al. 2017, as in their toolbox); "all": zeros, too
   */
  quantile(share: number, of: "positive" | "all"): number {
    if (this.positive === 0) return 0;
    const wanted = of === "all" ? share * this.#total - this.#notPositive : share * this.positive;
    if (of === "all" && wanted <= 0) return 0;
    let below = 0;
    let bin = 0;
    while (bin < BINS - 1 && below + this.#bins[bin] < wanted) below += this.#bins[bin++];
    const top = new Float32Array(Uint32Array.of((bin + 1) << DROPPED_BITS).buffer)[0];
    return Number.isFinite(top) ? top : LARGEST;
  }
}
