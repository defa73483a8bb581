import { ChipError } from "../errors.ts";
import type { Phase } from "./recipe.ts";
import type { Tally } from "./replica.ts";

/** A network may be silent for some steps after a change; for as long as this it does not come back. */
const FEWEST_SILENT_STEPS = 50;
const MOST_SILENT_STEPS = 200;

/** Where a step is, for messages. */
export interface StepPlace {
  readonly phase: Phase;
  /** From 1. */
  readonly epoch: number;
  /** From 1, within the epoch. */
  readonly step: number;
}

const at = ({ phase, epoch, step }: StepPlace): string => `phase ${phase.name}, epoch ${epoch}, step ${step}`;

/**
 * Stops a training whose numbers are none: nothing good comes after a NaN.
 *
 * @param names of the sources, in the tally's order
 * @throws ChipError E_TRAINING naming the first layer whose activity is not a number
 */
export function checkFinite(tally: Tally, names: readonly string[], place: StepPlace, learningRate: number): void {
  const loss = tally.crossEntropy + tally.penalty;
  if (Number.isFinite(loss)) return;
  const first = tally.spikes.findIndex((spikes) => !Number.isFinite(spikes));
  const layer = first < 0 ? undefined : names[first];
  const where = layer === undefined ? "" : `, first in ${layer}`;
  const remedy =
    first === 0
      ? "Look into the data: the input itself holds values that are no numbers"
      : `Lower the learning rate (${learningRate}) or the SynOp term's weight`;
  throw new ChipError("E_TRAINING", `${at(place)}: the loss is ${loss}, not a finite number${where}. ${remedy}.`, {
    details: {
      reason: "not a number",
      layer: layer ?? null,
      epoch: place.epoch,
      step: place.step,
      phase: place.phase.name,
    },
  });
}

/**
 * Stops a training whose network is dead: a layer without a spike passes nothing on, and soon gets no gradient either.
 *
 * @param silent by weight layer: steps in a row without a spike so far; brought up to date
 * @throws ChipError E_TRAINING naming the first layer that has been silent for an epoch (50 to 200 steps)
 */
export function checkAlive(
  tally: Tally,
  silent: number[],
  names: readonly string[],
  place: StepPlace,
  stepsAnEpoch: number,
): void {
  const limit = Math.min(MOST_SILENT_STEPS, Math.max(FEWEST_SILENT_STEPS, stepsAnEpoch));
  for (let i = 0; i < silent.length; i++) {
    silent[i] = (tally.spikes[i + 1] as number) > 0 ? 0 : (silent[i] as number) + 1;
  }
  const dead = silent.findIndex((steps) => steps >= limit);
  if (dead >= 0) throw deadError(names[dead + 1] as string, `for ${limit} steps`, place);
}

/** The error of a network in which `layer` has stopped spiking. */
export function deadError(layer: string, since: string, place: StepPlace): ChipError {
  const { synOps } = place.phase;
  const remedy =
    synOps === undefined
      ? "Scale the first layer up (scaleFirst), lower the learning rate, or train with plain activations first"
      : "Approach the target more slowly (approachEpochs, rampEpochs), aim higher, or lower the learning rate";
  return new ChipError(
    "E_TRAINING",
    `${at(place)}: ${layer} has not spiked ${since}: the network is dead. ${remedy}.`,
    { details: { reason: "dead", layer, epoch: place.epoch, step: place.step, phase: place.phase.name } },
  );
}
