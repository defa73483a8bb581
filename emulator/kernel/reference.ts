import type { RunningCounters } from "../counters.ts";
import { type CoreProgram, packAddress } from "../program.ts";

/** Spikes of one sweep, in the order in which the core emits them [R1]. */
export interface Emitted {
  length: number;
  readonly address: Uint32Array;
  /** Ordinal of the tap within the sweep; timed runs look up when that tap is written. */
  readonly tap: Uint32Array;
}

/** Room for the most spikes that one event or one leak tick can cause on this core. */
export function createEmitted(core: CoreProgram): Emitted {
  const perEvent = core.features * Math.min(core.kernelY, core.height) * Math.min(core.kernelX, core.width);
  const size = core.leak ? core.features * core.height * core.width : perEvent;
  return { length: 0, address: new Uint32Array(size), tap: new Uint32Array(size) };
}

const INT16_MAX = 32767;
const INT16_MIN = -32768;

/**
 * One event on one core: the definition of rules R1 to R5, which every faster kernel must equal bit for bit.
 *
 * [R1] The event (c, y, x) reaches every output (oy, ox) with ky = y + py - oy*sy and kx = x + px - ox*sx inside the
 * kernel; order: output row, output column, feature ascending.
 *
 * @param v membranes `[y][x][f]`, changed in place
 * @param emitted receives the spikes; overwritten
 */
export function sweepEvent(
  core: CoreProgram,
  v: Int16Array,
  c: number,
  y: number,
  x: number,
  emitted: Emitted,
  counters: RunningCounters,
): void {
  const { features, kernelX, strideY, strideX, weights, zeroSkip } = core;
  const atY = y + core.paddingY;
  const atX = x + core.paddingX;
  const firstRow = Math.max(0, Math.ceil((atY - core.kernelY + 1) / strideY));
  const lastRow = Math.min(core.height - 1, Math.floor(atY / strideY));
  const firstColumn = Math.max(0, Math.ceil((atX - kernelX + 1) / strideX));
  const lastColumn = Math.min(core.width - 1, Math.floor(atX / strideX));
  let tap = 0;
  let updates = 0;
  emitted.length = 0;
  for (let oy = firstRow; oy <= lastRow; oy++) {
    const ky = atY - oy * strideY;
    for (let ox = firstColumn; ox <= lastColumn; ox++) {
      const kx = atX - ox * strideX;
      const weightRow = ((c * core.kernelY + ky) * kernelX + kx) * features;
      const neuronRow = (oy * core.width + ox) * features;
      for (let f = 0; f < features; f++, tap++) {
        const weight = weights[weightRow + f] as number;
        if (weight !== 0) updates++;
        // [R4] A zero weight is read and dropped: no neuron access, so a residue cannot fire on it.
        else if (zeroSkip) continue;
        if (updateNeuron(core, v, neuronRow + f, weight, counters)) {
          emitted.address[emitted.length] = packAddress(f, oy, ox);
          emitted.tap[emitted.length++] = tap;
        }
      }
    }
  }
  counters.eventsIn++;
  counters.taps += tap;
  counters.neuronUpdates += updates;
  counters.spikes += emitted.length;
}

/**
 * [R8] One slow-clock tick: every neuron of the layer, in R1's order, gets its feature's leak through the same path.
 */
export function sweepLeak(core: CoreProgram, v: Int16Array, emitted: Emitted, counters: RunningCounters): void {
  const leak = core.leak;
  emitted.length = 0;
  if (leak === null) return;
  const { features, width } = core;
  for (let at = 0; at < v.length; at++) {
    const f = at % features;
    if (updateNeuron(core, v, at, leak[f] as number, counters)) {
      const position = (at - f) / features;
      emitted.address[emitted.length] = packAddress(f, Math.floor(position / width), position % width);
      emitted.tap[emitted.length++] = at;
    }
  }
  counters.leakUpdates += v.length;
  counters.spikes += emitted.length;
}

/**
 * [R2] v <- saturate16(v + w); v <- max(v, threshold_low); v >= threshold_high: one spike, and v - threshold_high or 0.
 * [R3] One spike at most: what is left above the threshold waits for the next update of this neuron.
 *
 * @returns true when the neuron spikes
 */
function updateNeuron(
  core: CoreProgram,
  v: Int16Array,
  at: number,
  weight: number,
  counters: RunningCounters,
): boolean {
  let value = (v[at] as number) + weight;
  if (value > INT16_MAX) {
    counters.saturated++;
    // [R5] The data sheet is silent on the top of the word: saturation is assumed, wrapping is a device switch.
    value = core.saturate ? INT16_MAX : value - 65536;
  } else if (value < INT16_MIN) {
    counters.saturated++;
    value = INT16_MIN;
  }
  if (value < core.floor) {
    counters.clamped++;
    value = core.floor;
  }
  const fires = value >= core.fireAt;
  if (fires) {
    value = core.returnToZero ? 0 : value - core.threshold;
    if (value >= core.fireAt) counters.residues++;
  }
  v[at] = value;
  return fires;
}
