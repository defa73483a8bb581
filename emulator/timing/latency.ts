/** Latencies up to this many are all kept, and their percentiles are exact. */
const KEPT = 1 << 20;
/** Beyond: bins of 2^11 steps an octave. */
const STEPS_BITS = 11;
const OCTAVES = 53;

/**
 * Percentiles of many times in bounded memory (about 17 MB at most). Exact for up to 2^20 values; beyond, p50 and p99
 * are the lower edge of a bin whose width is at most 1/2,048 of its value. The largest is always exact.
 */
export class LatencyMeter {
  #kept = new Float64Array(1024);
  #bins: Float64Array | undefined;
  #count = 0;
  #max = Number.NEGATIVE_INFINITY;

  get count(): number {
    return this.#count;
  }

  get max(): number {
    return this.#max;
  }

  /** @param ps integer, not negative */
  add(ps: number): void {
    if (ps > this.#max) this.#max = ps;
    if (this.#bins === undefined) {
      if (this.#count < KEPT) {
        if (this.#count === this.#kept.length) this.#grow();
        this.#kept[this.#count++] = ps;
        return;
      }
      this.#bins = new Float64Array((OCTAVES - STEPS_BITS + 1) << STEPS_BITS);
      for (const kept of this.#kept) this.#toBin(this.#bins, kept);
    }
    this.#toBin(this.#bins, ps);
    this.#count++;
  }

  /** Nearest-rank percentile: the smallest value that at least `percent` of all values do not exceed. */
  percentile(percent: number): number {
    if (this.#count === 0) throw new RangeError("no values, no percentile");
    const rank = Math.max(1, Math.ceil((percent / 100) * this.#count));
    if (this.#bins === undefined) {
      return this.#kept.slice(0, this.#count).sort()[rank - 1] as number;
    }
    let seen = 0;
    for (let bin = 0; bin < this.#bins.length; bin++) {
      seen += this.#bins[bin] as number;
      if (seen >= rank) return lowerEdge(bin);
    }
    return this.#max;
  }

  #toBin(bins: Float64Array, ps: number): void {
    const bin = binOf(ps);
    bins[bin] = (bins[bin] as number) + 1;
  }

  #grow(): void {
    const larger = new Float64Array(this.#kept.length * 2);
    larger.set(this.#kept);
    this.#kept = larger;
  }
}

/** Values below 2^11 have a bin each; above, the leading 12 bits choose it. */
function binOf(ps: number): number {
  if (ps < 1 << STEPS_BITS) return ps;
  const octave = Math.floor(Math.log2(ps)) - STEPS_BITS;
  // log2 of a number just below a power of two may round up.
  const exact = ps < 2 ** (octave + STEPS_BITS) ? octave - 1 : octave;
  return (exact << STEPS_BITS) + Math.floor(ps / 2 ** exact);
}

function lowerEdge(bin: number): number {
  if (bin < 2 << STEPS_BITS) return bin;
  const octave = (bin >> STEPS_BITS) - 1;
  return (bin - (octave << STEPS_BITS)) * 2 ** octave;
}
