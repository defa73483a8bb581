import type { RunningCounters } from "./counters.ts";

/** Input events as the chip's cores get them: packed addresses, in order. */
export interface InputBatch {
  readonly length: number;
  /** `packAddress` of each event. */
  readonly address: Uint32Array;
}

/** Monitored spikes of one batch, in order of cause, then network order, then emission. */
export interface SpikeBatch {
  readonly length: number;
  readonly address: Uint32Array;
  /** Position of the core in `ChipProgram.cores`. */
  readonly core: Uint8Array;
  /** Index in the batch of the input event whose cascade made the spike. */
  readonly cause: Uint32Array;
}

/**
 * Runs a `ChipProgram` event by event without time. Two engines, one meaning: the reference *is* the definition, the
 * SIMD engine equals it bit for bit.
 */
export interface Engine {
  readonly kernel: string;
  /** Delivers each event to all input destinations and follows every spike to the end, depth first [R7]. */
  run(batch: InputBatch): SpikeBatch;
  /** One slow-clock tick of the internal or external clock: every leaking core on that clock sweeps its neurons [R8]. */
  tick(internal: boolean): SpikeBatch;
  counters(): readonly RunningCounters[];
  /** Membranes of one core, `[y][x][f]`, copied. */
  readNeurons(index: number): Int16Array;
  writeNeurons(index: number, values: Int16Array): void;
  /** `CoreProgram.monitor` has changed. */
  monitorsChanged(): void;
  /** Initial membranes, counters and decimators at zero [R12]. */
  reset(): void;
}

/**
 * Kernels look features up in tables without asking whether they are there.
 *
 * @throws RangeError when an event's feature lies outside an input map of so many
 */
export function checkFeatures({ length, address }: InputBatch, features: number): void {
  // The bits of all features together are the least work, and nearly always enough to know.
  let bits = 0;
  for (let i = 0; i < length; i++) bits |= address[i] as number;
  if (bits >>> 20 < features) return;
  for (let i = 0; i < length; i++) {
    if ((address[i] as number) >>> 20 >= features) throw new RangeError(`event ${i} lies outside the input map`);
  }
}

/** Growing arrays for monitored spikes; the views handed out are valid until the next batch. */
export class SpikeSink {
  length = 0;
  address = new Uint32Array(1024);
  core = new Uint8Array(1024);
  cause = new Uint32Array(1024);

  clear(): void {
    this.length = 0;
  }

  push(address: number, core: number, cause: number): void {
    const at = this.length;
    if (at === this.address.length) this.#grow(at * 2);
    this.address[at] = address;
    this.core[at] = core;
    this.cause[at] = cause;
    this.length = at + 1;
  }

  #grow(capacity: number): void {
    const address = new Uint32Array(capacity);
    const core = new Uint8Array(capacity);
    const cause = new Uint32Array(capacity);
    address.set(this.address);
    core.set(this.core);
    cause.set(this.cause);
    this.address = address;
    this.core = core;
    this.cause = cause;
  }
}

/**
 * Puts monitored spikes in the order of `SpikeBatch`: by cause, then network order. A stable merge, because spikes of
 * one core and cause are already in emission order.
 */
export function orderSpikes(sink: SpikeSink): SpikeBatch {
  const { length, address, core, cause } = sink;
  let sorted = true;
  for (let i = 1; i < length && sorted; i++) {
    const before = cause[i - 1] as number;
    const here = cause[i] as number;
    sorted = before < here || (before === here && (core[i - 1] as number) <= (core[i] as number));
  }
  if (sorted) return { length, address, core, cause };
  const order = Array.from({ length }, (_, i) => i).sort(
    (a, b) => (cause[a] as number) - (cause[b] as number) || (core[a] as number) - (core[b] as number) || a - b,
  );
  return {
    length,
    address: Uint32Array.from(order, (i) => address[i] as number),
    core: Uint8Array.from(order, (i) => core[i] as number),
    cause: Uint32Array.from(order, (i) => cause[i] as number),
  };
}
