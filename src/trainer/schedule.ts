import { ChipError } from "../errors.ts";
import type { SynOpLossOptions } from "./losses.ts";
import type { LayerBudget, Phase, Recipe, SynOpTerm } from "./recipe.ts";

/** Where an epoch lies in a recipe. */
export interface EpochPlace {
  readonly phase: Phase;
  readonly phaseIndex: number;
  /** From 0, within the phase. */
  readonly epochInPhase: number;
}

export function totalEpochs(recipe: Recipe): number {
  return recipe.phases.reduce((sum, { epochs }) => sum + epochs, 0);
}

/** @param epoch from 0, over all phases */
export function placeOf(recipe: Recipe, epoch: number): EpochPlace {
  let before = 0;
  for (const [phaseIndex, phase] of recipe.phases.entries()) {
    if (epoch < before + phase.epochs) return { phase, phaseIndex, epochInPhase: epoch - before };
    before += phase.epochs;
  }
  throw new RangeError(`epoch ${epoch} of ${before}`);
}

/** The phase's learning rate, times `decayBy` for every entry of `decayAt` that has come. */
export function learningRateAt({ learningRate, decayAt = [], decayBy = 0.1 }: Phase, epochInPhase: number): number {
  return learningRate * decayBy ** decayAt.filter((epoch) => epoch <= epochInPhase).length;
}

/**
 * The SynOp loss at one step.
 *
 * @param progress epochs of the phase that are done, with the fraction of the one that runs
 * @param startCost what the network spent at the phase's start, in the unit of the term
 * @param names of the sources, in the order of the costs
 */
export function synOpLossAt(
  term: SynOpTerm,
  progress: number,
  startCost: number,
  names: readonly string[],
): SynOpLossOptions {
  const { target, alpha, weight = 1, rampEpochs = 0 } = term;
  const ramp = rampEpochs > 0 ? Math.min(1, progress / rampEpochs) : 1;
  const layers = layerBudgets(term, names);
  return {
    weight: weight * ramp,
    ...(target === undefined ? {} : { target: approached(target, term.approachEpochs ?? 0, progress, startCost) }),
    ...(alpha === undefined ? {} : { alpha }),
    ...(layers.some((budget) => budget !== null) ? { layers } : {}),
  };
}

/** The target on its way: from the cost at the start to S0 in equal ratios. One that is above the cost holds at once. */
function approached(target: number, epochs: number, progress: number, startCost: number): number {
  if (epochs <= 0 || progress >= epochs || startCost <= target) return target;
  return startCost * (target / startCost) ** (progress / epochs);
}

function layerBudgets(term: SynOpTerm, names: readonly string[]): (LayerBudget | null)[] {
  const rate = term.rateLimit ? term.rateLimit.perSecond * term.rateLimit.sampleSeconds : undefined;
  return names.map((name, i) => {
    const own = term.layers?.[name];
    // What the input costs is not up to the network.
    const limit = own?.limit === undefined ? rate : Math.min(own.limit, rate ?? own.limit);
    if (i === 0 || (own?.target === undefined && limit === undefined)) return null;
    return { ...(own?.target === undefined ? {} : { target: own.target }), ...(limit === undefined ? {} : { limit }) };
  });
}

/**
 * The recipe with another number of epochs in all, shared out to its phases as before, at least one each; epochs of
 * schedules move along.
 */
export function withEpochs(recipe: Recipe, epochs: number): Recipe {
  const before = totalEpochs(recipe);
  if (epochs < recipe.phases.length) {
    throw new ChipError(
      "E_OPTION",
      `${recipe.name} has ${recipe.phases.length} phases, each of which needs an epoch; ${epochs} are too few.`,
    );
  }
  const factor = epochs / before;
  const shares = recipe.phases.map((phase) => Math.max(1, Math.floor(phase.epochs * factor)));
  // What rounding leaves over goes to, or comes from, the longest phases.
  let left = epochs - shares.reduce((sum, share) => sum + share, 0);
  while (left !== 0) {
    const longest = shares.indexOf(Math.max(...shares));
    shares[longest] = (shares[longest] as number) + Math.sign(left);
    left -= Math.sign(left);
  }
  const phases = recipe.phases.map((phase, i): Phase => {
    const own = (shares[i] as number) / phase.epochs;
    const scaled = (value: number | undefined): number => (value ?? 0) * own;
    return {
      ...phase,
      epochs: shares[i] as number,
      ...(phase.decayAt ? { decayAt: phase.decayAt.map((epoch) => Math.round(epoch * own)) } : {}),
      ...(phase.synOps
        ? {
            synOps: {
              ...phase.synOps,
              rampEpochs: scaled(phase.synOps.rampEpochs),
              approachEpochs: scaled(phase.synOps.approachEpochs),
            },
          }
        : {}),
    };
  });
  return { ...recipe, phases: phases as [Phase, ...Phase[]] };
}

/**
 * The recipe with another SynOp target: in every phase that has a target; when none has, in the last phase, which then
 * approaches it over its first half.
 */
export function withTarget(recipe: Recipe, target: number): Recipe {
  const has = recipe.phases.some(({ synOps }) => synOps?.target !== undefined);
  const phases = recipe.phases.map((phase, i): Phase => {
    const applies = has ? phase.synOps?.target !== undefined : i === recipe.phases.length - 1;
    if (!applies) return phase;
    const own = has ? phase.synOps : { approachEpochs: phase.epochs / 2, ...phase.synOps };
    return { ...phase, synOps: { ...own, target } };
  });
  return { ...recipe, phases: phases as [Phase, ...Phase[]] };
}
