import { ChipError } from "../errors.ts";
import { DenseForward } from "../network/dense-forward.ts";
import { type Network, shapeSize } from "../network/types.ts";

export interface CalibrateOptions {
  /** Share of a layer's positive activations, in percent, that must not exceed its scale; default 99.9. */
  readonly percentile?: number;
  readonly onProgress?: (done: number) => void;
  readonly signal?: AbortSignal;
}

export const DEFAULT_PERCENTILE = 99.9;

/** Bins by the upper bits of a 32-bit float: sign and exponent and 11 bits of fraction, so 0.05 % wide. */
const DROPPED_BITS = 12;
const BINS = 2 ** (31 - DROPPED_BITS);

/**
 * How large the activations of each rectifier of a network get: the given percentile of those above zero, over all
 * neurons and inputs (Rueckauer et al. 2017, section 2.2.2: the percentile instead of the maximum, which outliers would
 * decide). Exact to 0.05 %, in memory that does not grow with the number of inputs.
 *
 * @param inputs values of the input map, `[feature][y][x]`
 * @returns scale by name of the relu node; 1 for one that was never active
 * @throws ChipError E_DATASET when there are no inputs; E_INPUT when one has the wrong size; E_OPTION; E_INTERRUPTED
 */
export function calibrate(
  network: Network,
  inputs: Iterable<ArrayLike<number>>,
  { percentile = DEFAULT_PERCENTILE, onProgress, signal }: CalibrateOptions = {},
): ReadonlyMap<string, number> {
  if (!(percentile > 0 && percentile <= 100)) {
    throw new ChipError("E_OPTION", `the percentile is ${percentile}; give one above 0 and up to 100, such as 99.9.`);
  }
  const forward = new DenseForward(network);
  const [, input] = [...network.nodes].find(([, node]) => node.op === "input")!;
  const needed = input.op === "input" ? shapeSize(input.shape) : 0;
  const rectifiers = [...network.nodes].filter(([, node]) => node.op === "relu").map(([name]) => name);
  const counts = new Map(rectifiers.map((name) => [name, new Float64Array(BINS)]));
  let done = 0;
  for (const values of inputs) {
    if (signal?.aborted) throw new ChipError("E_INTERRUPTED", "interrupted; nothing was written.");
    if (values.length !== needed) {
      throw new ChipError(
        "E_INPUT",
        `image ${done} of the calibration set has ${values.length} values; the network takes ${needed}.`,
      );
    }
    const outputs = forward.run(values);
    for (const name of rectifiers) tally(outputs.get(name)!, counts.get(name)!);
    done++;
    onProgress?.(done);
  }
  if (done === 0) throw new ChipError("E_DATASET", "there are no images to calibrate with; give at least one.");
  return new Map(rectifiers.map((name) => [name, quantile(counts.get(name)!, percentile / 100)]));
}

function tally(values: Float32Array, bins: Float64Array): void {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  // A positive float's bits, read as an integer, grow with it; zero and negative ones are left out.
  for (let i = 0; i < bits.length; i++) if (bits[i] > 0 && bits[i] < 0x80000000) bins[bits[i] >>> DROPPED_BITS]++;
}

/** Upper end of the bin in which the quantile lies. */
function quantile(bins: Float64Array, share: number): number {
  const total = bins.reduce((sum, n) => sum + n, 0);
  if (total === 0) return 1;
  let below = 0;
  let bin = 0;
  while (bin < BINS - 1 && below + bins[bin] < share * total) below += bins[bin++];
  const top = new Float32Array(Uint32Array.of((bin + 1) << DROPPED_BITS).buffer)[0];
  return Number.isFinite(top) ? top : 3.4e38;
}
