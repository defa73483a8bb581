import type { TimingObserver } from "./types.ts";

/** Busy time per core in time bins of equal width, for pictures: an observer of a timed run. */
export class Utilisation implements TimingObserver {
  readonly binPs: number;
  readonly #cores: Float64Array[];
  #length = 0;

  /** @param cores how many cores the configuration has */
  constructor(cores: number, binPs: number) {
    if (!(Number.isInteger(binPs) && binPs > 0)) throw new RangeError(`binPs must be a positive integer, not ${binPs}`);
    this.binPs = binPs;
    this.#cores = Array.from({ length: cores }, () => new Float64Array(64));
  }

  busy(core: number, fromPs: number, toPs: number): void {
    const { binPs } = this;
    const last = Math.ceil(toPs / binPs) - 1;
    const bins = this.#binsFor(core, last);
    for (let bin = Math.floor(fromPs / binPs); bin <= last; bin++) {
      const overlap = Math.min(toPs, (bin + 1) * binPs) - Math.max(fromPs, bin * binPs);
      bins[bin] = (bins[bin] as number) + overlap;
    }
  }

  /** Picoseconds of work in each bin from time 0 on; the same number of bins for every core. */
  busyPs(core: number): Float64Array {
    return this.#binsFor(core, this.#length - 1).slice(0, this.#length);
  }

  #binsFor(core: number, last: number): Float64Array {
    this.#length = Math.max(this.#length, last + 1);
    let bins = this.#cores[core];
    if (bins === undefined) throw new RangeError(`no core at position ${core}`);
    if (last >= bins.length) {
      const longer = new Float64Array(Math.max(last + 1, bins.length * 2));
      longer.set(bins);
      this.#cores[core] = bins = longer;
    }
    return bins;
  }
}
