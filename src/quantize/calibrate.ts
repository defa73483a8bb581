import { ChipError } from "../errors.ts";
import { ActivityHistogram } from "../network/activity-histogram.ts";
import { DenseForward } from "../network/dense-forward.ts";
import { type Network, shapeSize } from "../network/types.ts";

export interface CalibrateOptions {
  /** Share of a layer's positive activations, in percent, that must not exceed its scale; default 99.9. */
  readonly percentile?: number;
  readonly onProgress?: (done: number) => void;
  readonly signal?: AbortSignal;
}

export const DEFAULT_PERCENTILE = 99.9;

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
  const counts = new Map(rectifiers.map((name) => [name, new ActivityHistogram()]));
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
    for (const name of rectifiers) counts.get(name)!.add(outputs.get(name)!);
    done++;
    onProgress?.(done);
  }
  if (done === 0) throw new ChipError("E_DATASET", "there are no images to calibrate with; give at least one.");
  return new Map(rectifiers.map((name) => [name, counts.get(name)!.quantile(percentile / 100, "positive") || 1]));
}
