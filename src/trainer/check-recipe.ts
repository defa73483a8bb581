import { ChipError, oneLine } from "../errors.ts";
import { formatShape } from "../network/types.ts";
import { formatCount } from "../units.ts";
import type { ModelLayout, SpikeSource } from "./layout.ts";
import type { Phase, Recipe } from "./recipe.ts";
import type { TrainingSet, TrainingSets } from "./training-set.ts";

/** Samples that the input's cost is measured on. */
const MEASURED = 1000;

/**
 * Refuses sets that do not fit the network.
 *
 * @throws ChipError E_DATASET with every reason
 */
export function checkSets(layout: ModelLayout, { train, test }: TrainingSets): void {
  const input = formatShape((layout.sources[0] as SpikeSource).shape);
  const problems: string[] = [];
  for (const [name, set] of [
    ["training", train],
    ["test", test],
  ] as const) {
    if (set.size === 0) problems.push(`the ${name} set is empty`);
    if (formatShape(set.shape) !== input)
      problems.push(`the network takes ${input}, and samples of the ${name} set are ${formatShape(set.shape)}`);
    if (set.classes > layout.output[0])
      problems.push(`the network tells ${layout.output[0]} classes apart, and the ${name} set has ${set.classes}`);
  }
  if (problems.length > 0)
    throw new ChipError("E_DATASET", `The data do not fit the network: ${oneLine(problems)}.`, {
      details: { problems },
    });
}

/**
 * Refuses budgets for layers that are not there, and targets that cannot be reached: what the input itself costs is
 * spent before the network has done anything.
 *
 * @throws ChipError E_OPTION for an unknown layer, E_TRAINING for a target that is out of reach, saying by how much
 */
export function checkBudgets(recipe: Recipe, layout: ModelLayout, train: TrainingSet): void {
  const names = layout.layers.map(({ name }) => name);
  for (const { name: phase, synOps } of recipe.phases) {
    for (const layer of Object.keys(synOps?.layers ?? {})) {
      if (!names.includes(layer)) {
        throw new ChipError(
          "E_OPTION",
          `phase ${phase} has a budget for ${layer}, which is no weight layer; there are ${names.join(", ")}.`,
          { details: { layer, layers: names } },
        );
      }
    }
  }
  if (!recipe.phases.some(({ synOps }) => synOps?.target !== undefined)) return;
  const cost = inputCost(layout.sources[0] as SpikeSource, train);
  for (const phase of recipe.phases) refuseBelowInput(phase, cost, layout);
}

function refuseBelowInput(phase: Phase, cost: InputCost, layout: ModelLayout): void {
  const { target, weighting = "fanOut" } = phase.synOps ?? {};
  if (target === undefined) return;
  const unit = weighting === "fanOut" ? "SynOps" : "spikes";
  const input = weighting === "fanOut" ? cost.synOps : cost.spikes;
  if (target > input) return;
  const missing = input - target;
  const why =
    weighting === "fanOut" && cost.spikes > 0
      ? `${formatCount(Math.round(cost.spikes))} events of ${formatCount(Math.round(input / cost.spikes))} SynOps each in ${layout.layers[0]?.name}`
      : "its own events";
  throw new ChipError(
    "E_TRAINING",
    `The target of ${formatCount(target)} ${unit} cannot be reached: the input alone costs ${formatCount(Math.round(input))} a sample (${why}), ${formatCount(Math.round(missing))} more. Aim higher, feed fewer events, or give ${layout.layers[0]?.name} fewer features.`,
    { details: { phase: phase.name, target, input, missing, unit } },
  );
}

/** What the input costs a sample, whatever the weights are. */
export interface InputCost {
  readonly spikes: number;
  readonly synOps: number;
}

/** Mean over up to 1,000 samples, evenly spread over the set. */
export function inputCost({ shape, fanOut, counted }: SpikeSource, set: TrainingSet): InputCost {
  if (!counted) return { spikes: 0, synOps: 0 };
  const [features, height, width] = shape;
  const count = Math.min(MEASURED, set.size);
  let spikes = 0;
  let synOps = 0;
  for (let i = 0; i < count; i++) {
    const { x } = set.batch(Int32Array.of(Math.floor((i * set.size) / count)), null);
    for (let place = 0, at = 0; place < height * width; place++) {
      let sum = 0;
      for (let c = 0; c < features; c++) sum += x[at++] as number;
      spikes += sum;
      synOps += sum * (typeof fanOut === "number" ? fanOut : (fanOut[place] as number));
    }
  }
  return { spikes: spikes / count, synOps: synOps / count };
}
