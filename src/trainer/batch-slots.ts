import type { Batch } from "./training-set.ts";

/** Memory for one batch; shared where worker threads read their parts of it. */
export interface Slot {
  readonly x: ArrayBufferLike;
  readonly labels: ArrayBufferLike;
}

/** Slots in turn: one is filled while the other is in use. */
const SLOTS = 2;

/**
 * @param samples most a batch
 * @param sampleSize numbers a sample
 */
export function createSlots(samples: number, sampleSize: number, shared: boolean): Slot[] {
  const memory = (bytes: number): ArrayBufferLike => (shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes));
  return Array.from({ length: SLOTS }, () => ({
    x: memory(samples * sampleSize * Float32Array.BYTES_PER_ELEMENT),
    labels: memory(samples * Int32Array.BYTES_PER_ELEMENT),
  }));
}

/** Samples `from`.. of a slot. */
export function viewSlot({ x, labels }: Slot, from: number, samples: number, sampleSize: number): Batch {
  const [xBytes, labelBytes] = [sampleSize * Float32Array.BYTES_PER_ELEMENT, Int32Array.BYTES_PER_ELEMENT];
  return {
    x: new Float32Array(x, from * xBytes, samples * sampleSize),
    labels: new Int32Array(labels, from * labelBytes, samples),
  };
}
