import { ChipError } from "../../errors.ts";
import { ActivityHistogram } from "../../network/activity-histogram.ts";
import { DenseForward } from "../../network/dense-forward.ts";
import type { Network } from "../../network/types.ts";
import { multiplyWeights, weightChain } from "./weight-chain.ts";

export interface PercentileOptions {
  /** In percent; the paper's text says 99, its code 99.99 (default). */
  readonly percentile?: number;
  /** Which activations count: "all", zeros too, as in the paper's code (default), or those above zero (Rueckauer 2017). */
  readonly of?: "all" | "positive";
}

/**
 * A percentile of the activations of the input and of all neurons, over some inputs. Neurons stand for their rates, so
 * those of threshold 1 for plain ReLUs.
 *
 * @param inputs values of the input map, `[feature][y][x]`; the paper takes about 100 batches of training frames
 * @returns s by name: the input node, and every IF and ReLU
 * @throws ChipError E_OPTION for a percentile outside 0..100; E_DATASET without inputs
 */
export function activityScales(
  network: Network,
  inputs: Iterable<ArrayLike<number>>,
  { percentile = 99.99, of = "all" }: PercentileOptions = {},
): ReadonlyMap<string, number> {
  if (!(percentile > 0 && percentile <= 100)) {
    throw new ChipError("E_OPTION", `the percentile is ${percentile}; give one above 0 and up to 100, such as 99.99.`);
  }
  const forward = new DenseForward(network);
  const histograms = new Map(
    [...network.nodes].flatMap(([name, { op }]) =>
      op === "input" || op === "if" || op === "relu" ? [[name, new ActivityHistogram()] as const] : [],
    ),
  );
  let count = 0;
  for (const input of inputs) {
    const values = forward.run(input);
    for (const [name, histogram] of histograms) histogram.add(values.get(name)!);
    count++;
  }
  if (count === 0) throw new ChipError("E_DATASET", "there are no inputs to measure activity with; give at least one.");
  return new Map([...histograms].map(([name, histogram]) => [name, histogram.quantile(percentile / 100, of)]));
}

/**
 * Robust weight normalization (Rueckauer et al. 2017, section 2.2.2): W_l becomes W_l * s_(l-1) / s_l, so that the chosen
 * percentile of every layer's activations becomes 1 spike for s_0 at the input. A layer without neurons keeps its weights.
 *
 * @param scales s by name of the input and of the neurons, as `activityScales` gives them
 * @throws ChipError E_UNSUPPORTED for a network with branches; E_TRAINING for a layer whose percentile is zero
 */
export function normalizeRobustly(network: Network, scales: ReadonlyMap<string, number>): Network {
  const chain = weightChain(network);
  const silent = chain.flatMap(({ from, to }) => [from, to]).filter((name) => name !== undefined && !scales.get(name));
  if (silent.length > 0) {
    throw new ChipError(
      "E_TRAINING",
      `${[...new Set(silent)].join(", ")} cannot be normalized: the percentile of the activations is zero. Take a higher percentile, or only activations above zero.`,
      { details: { layers: [...new Set(silent)] } },
    );
  }
  const factors = chain.flatMap(({ name, from, to }) =>
    to === undefined ? [] : [[name, scales.get(from)! / scales.get(to)!] as const],
  );
  return multiplyWeights(network, new Map(factors));
}
