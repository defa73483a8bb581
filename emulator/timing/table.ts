import { addressBits } from "../../src/device/memory.ts";
import type { CoreProgram } from "../program.ts";
import type { TimingParameters } from "./parameters.ts";

/** When the taps of one event are done, relative to the moment at which the core takes the event. Picoseconds. */
export interface SweepTable {
  /** By ordinal of the tap in R1's order. */
  readonly done: Float64Array;
  /** When the core can take its next event. */
  readonly free: number;
}

/** Entries (8 bytes each) that one core's tables may hold before they are thrown away and built anew. */
const MAX_ENTRIES = 1 << 20;

/**
 * [D2] Times of an event's taps. They depend on the input feature (zero weights are skipped), on the window (which kernel
 * rows and columns lie over the map) and on the neuron unit of the first tap, never on membranes; so the recurrence is
 * evaluated once for each distinct combination, when it is first met:
 *
 *     issue(0)   = t_in + t_map
 *     issue(i+1) = max(issue(i) + t_k, start(i) - t_k)                 one-place elastic buffer
 *     weight 0:    start(i) = done(i) = issue(i) + t_k                 skipped at the kernel memory
 *     otherwise:   start(i) = max(issue(i) + t_k, free[u]), done(i) = free[u] = start(i) + t_n,  u = neuron address mod P
 *
 * The neuron address is that of the memory layout: y above x above feature, each in whole bits (Speck data sheet
 * 3.2.4.1), so that with four features or more consecutive taps go to different units.
 *
 * The core is free when the last tap is done (overlap none), or when it is issued (pipelined); pipelined not before
 * done(last) - (t_in + t_map + t_k) either, so that the next event finds the units idle and its table holds too.
 */
export class SweepTables {
  readonly #core: CoreProgram;
  readonly #timing: TimingParameters;
  readonly #tables = new Map<number, SweepTable>();
  readonly #xBits: number;
  readonly #featureBits: number;
  #entries = 0;

  constructor(core: CoreProgram, timing: TimingParameters) {
    this.#core = core;
    this.#timing = timing;
    this.#featureBits = addressBits(core.features);
    this.#xBits = addressBits(core.width);
  }

  /** Times of the event (feature c, y, x), as `sweepEvent` walks it. */
  lookup(c: number, y: number, x: number): SweepTable {
    const { kernelY, kernelX, strideY, strideX, height, width, units, inFeatures } = this.#core;
    const atY = y + this.#core.paddingY;
    const atX = x + this.#core.paddingX;
    const firstRow = Math.max(0, Math.ceil((atY - kernelY + 1) / strideY));
    const firstColumn = Math.max(0, Math.ceil((atX - kernelX + 1) / strideX));
    const rows = Math.max(0, Math.min(height - 1, Math.floor(atY / strideY)) - firstRow + 1);
    const columns = Math.max(0, Math.min(width - 1, Math.floor(atX / strideX)) - firstColumn + 1);
    const phase = this.#address(firstRow, firstColumn) % units;
    const ky = rows > 0 ? atY - firstRow * strideY : 0;
    const kx = columns > 0 ? atX - firstColumn * strideX : 0;
    // At most 4096 * 2 * (256 * 257)^2 * 64 < 2^53: exact.
    const yKey = ky * (kernelY + 1) + rows;
    const xKey = kx * (kernelX + 1) + columns;
    const key = ((yKey * kernelX * (kernelX + 1) + xKey) * inFeatures + c) * units + phase;
    const known = this.#tables.get(key);
    if (known !== undefined) return known;
    const table = this.#evaluate(c, ky, rows, kx, columns, phase);
    this.#entries += table.done.length;
    if (this.#entries > MAX_ENTRIES) {
      this.#tables.clear();
      this.#entries = table.done.length;
    }
    this.#tables.set(key, table);
    return table;
  }

  #address(row: number, column: number): number {
    return row * 2 ** (this.#xBits + this.#featureBits) + column * 2 ** this.#featureBits;
  }

  #evaluate(c: number, ky: number, rows: number, kx: number, columns: number, phase: number): SweepTable {
    const { features, kernelY, kernelX, strideY, strideX, weights, zeroSkip, units } = this.#core;
    const { tIn, tMap, tKernel, tNeuron, pipelined } = this.#timing;
    const unitFree = new Float64Array(units);
    const done = new Float64Array(rows * columns * features);
    let issue = tIn + tMap;
    let lastIssue = issue;
    let last = 0;
    let tap = 0;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const weightAt = ((c * kernelY + ky - row * strideY) * kernelX + kx - column * strideX) * features;
        const unitAt = phase + this.#address(row, column);
        for (let f = 0; f < features; f++) {
          let start = issue + tKernel;
          let end = start;
          if (!zeroSkip || weights[weightAt + f] !== 0) {
            const unit = (unitAt + f) % units;
            start = Math.max(start, unitFree[unit] as number);
            end = start + tNeuron;
            unitFree[unit] = end;
          }
          done[tap++] = end;
          last = Math.max(last, end);
          lastIssue = issue;
          issue = Math.max(issue + tKernel, start - tKernel);
        }
      }
    }
    if (tap === 0) return { done, free: tIn + tMap };
    const free = pipelined ? Math.max(lastIssue + tKernel, last - (tIn + tMap + tKernel)) : last;
    return { done, free };
  }
}

/** [D8] When neuron `at` of a leak sweep is done: P units take the neurons in R1's order, t_n each. */
export function leakDone(at: number, units: number, timing: TimingParameters): number {
  return (Math.floor(at / units) + 1) * timing.tNeuron;
}
