import type { SpikeBatch } from "../engine.ts";
import * as at from "./layout.ts";

const WORDS = at.SINK_BYTES / 4;
const ADDRESS = at.SINK_ADDRESS / 4;
const CORE = at.SINK_CORE / 4;
const CAUSE = at.SINK_CAUSE / 4;

/** Monitored spikes as the kernel's sink holds them, gathered and put in the order of `SpikeBatch`. */
export class SpikeRecords {
  #words = new Uint32Array(WORDS * 1024);
  #length = 0;

  clear(): void {
    this.#length = 0;
  }

  /** Copies records. */
  add(records: Uint32Array): void {
    const needed = this.#length + records.length;
    if (needed > this.#words.length) {
      const larger = new Uint32Array(Math.max(needed, 2 * this.#words.length));
      larger.set(this.#words.subarray(0, this.#length));
      this.#words = larger;
    }
    this.#words.set(records, this.#length);
    this.#length = needed;
  }

  /**
   * By cause, then core, then emission: two stable counting sorts, the lesser key first.
   *
   * @param causes number of causes, from 0
   * @param cores number of cores
   */
  ordered(causes: number, cores: number): SpikeBatch {
    const words = this.#words;
    const length = this.#length / WORDS;
    let order: Uint32Array | null = null;
    if (!this.#inOrder()) {
      order = countingSort(
        words,
        CORE,
        cores,
        Uint32Array.from({ length }, (_, i) => i * WORDS),
      );
      order = countingSort(words, CAUSE, causes, order);
    }
    const address = new Uint32Array(length);
    const core = new Uint8Array(length);
    const cause = new Uint32Array(length);
    for (let i = 0; i < length; i++) {
      const record = order ? (order[i] as number) : i * WORDS;
      address[i] = words[record + ADDRESS] as number;
      core[i] = words[record + CORE] as number;
      cause[i] = words[record + CAUSE] as number;
    }
    return { length, address, core, cause };
  }

  #inOrder(): boolean {
    const words = this.#words;
    for (let i = WORDS; i < this.#length; i += WORDS) {
      const before = words[i - WORDS + CAUSE] as number;
      const here = words[i + CAUSE] as number;
      if (here < before) return false;
      if (here === before && (words[i + CORE] as number) < (words[i - WORDS + CORE] as number)) return false;
    }
    return true;
  }
}

/** `order` (offsets of records) sorted by one field of the records, which is below `keys`; equal keys keep their order. */
function countingSort(words: Uint32Array, field: number, keys: number, order: Uint32Array): Uint32Array {
  const start = new Uint32Array(keys + 1);
  for (const record of order) {
    const key = (words[record + field] as number) + 1;
    start[key] = (start[key] as number) + 1;
  }
  for (let key = 1; key <= keys; key++) start[key] = (start[key] as number) + (start[key - 1] as number);
  const sorted = new Uint32Array(order.length);
  for (const record of order) {
    const key = words[record + field] as number;
    const place = start[key] as number;
    sorted[place] = record;
    start[key] = place + 1;
  }
  return sorted;
}
