import type { DeviceSpec } from "../device/types.ts";
import type { QuantNetwork } from "../quantize/types.ts";
import { type FitMatrix, fitMatrix } from "./fit.ts";
import { findObstacles, type Obstacles } from "./misfit.ts";
import { planSplit, type SplitPlan } from "./plan-split.ts";
import { splitLayers } from "./split.ts";

/** Whether layers may be split: only where the network does not fit otherwise, or never. */
export const SPLIT_CHOICES = ["auto", "never"] as const;
export type SplitChoice = (typeof SPLIT_CHOICES)[number];

/** A network that can be placed: each of its layers goes onto one core. */
export interface Arrangement {
  /** The network with split layers replaced by their parts. */
  readonly network: QuantNetwork;
  readonly fits: FitMatrix;
  /** Absent when nothing had to be split. */
  readonly split?: SplitPlan;
}

export type Arranged =
  | { readonly arrangement: Arrangement }
  | { readonly obstacles: Obstacles; readonly fits: FitMatrix };

/** The network as it is when it fits, else split when that makes it fit, else what stops it. */
export function arrange(network: QuantNetwork, spec: DeviceSpec, choice: SplitChoice, maxSteps?: number): Arranged {
  const fits = fitMatrix(network, spec);
  const obstacles = findObstacles(fits, spec);
  if (!obstacles) return { arrangement: { network, fits } };
  if (choice === "auto" && fits.input.length === 0) {
    const split = planSplit(network, spec, maxSteps);
    if (split) {
      const parts = splitLayers(network, split.sizes);
      return { arrangement: { network: parts, fits: fitMatrix(parts, spec), split } };
    }
  }
  return { obstacles, fits };
}
