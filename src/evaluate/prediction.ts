import type { OutputEvents } from "../chip/chip.ts";
import type { ChipConfig } from "../chip/config.ts";

/** The answer of one run. */
export interface Prediction {
  /** Spikes a feature, summed over the output's positions and cores, shifted as `outputs` says. */
  readonly counts: readonly number[];
  /** Feature with most spikes; a tie takes the lowest index; null without any spike. */
  readonly prediction: number | null;
  /** True when another feature has as many spikes. */
  readonly tie: boolean;
}

/** Which monitored cores are the answer, and how many features they have. */
export interface OutputLayout {
  /** Feature f of a core is feature f + `featureShift` of the answer. */
  readonly outputs: readonly { readonly core: number; readonly featureShift: number }[];
  readonly features: number;
}

/** Which cores of a configuration answer, and with how many features. */
export function outputLayoutOf(config: ChipConfig): OutputLayout {
  const { outputs } = config;
  const ends = outputs.map(({ core, featureShift }) => {
    const features = config.cores.find((candidate) => candidate.core === core)?.outputShape[0] ?? 0;
    return featureShift + features;
  });
  return { outputs, features: Math.max(0, ...ends) };
}

export function predict(counts: readonly number[]): Prediction {
  let best = 0;
  for (let i = 1; i < counts.length; i++) if ((counts[i] as number) > (counts[best] as number)) best = i;
  const most = counts[best] ?? 0;
  return {
    counts,
    prediction: most > 0 ? best : null,
    tie: most > 0 && counts.filter((count) => count === most).length > 1,
  };
}

/**
 * Counts output spikes a feature. Spikes of monitored cores that are not outputs are passed over.
 *
 * @param counts to go on from, changed in place
 */
export function countOutputs(
  events: OutputEvents,
  layout: OutputLayout,
  counts = new Array<number>(layout.features).fill(0),
): number[] {
  const shiftOf = outputShifts(layout);
  for (let i = 0; i < events.t.length; i++) {
    const shift = shiftOf[events.core[i] as number];
    if (shift === undefined) continue;
    const feature = (events.feature[i] as number) + shift;
    counts[feature] = (counts[feature] as number) + 1;
  }
  return counts;
}

/**
 * Earliest time from which the running prediction stays right to the end, microseconds; null when it ends wrong.
 * The running prediction follows the same rules as the final one.
 */
export function firstCorrectUs(events: OutputEvents, layout: OutputLayout, label: number): number | null {
  const counts = new Array<number>(layout.features).fill(0);
  const shiftOf = outputShifts(layout);
  let since: number | null = null;
  for (let i = 0; i < events.t.length; i++) {
    const shift = shiftOf[events.core[i] as number];
    if (shift === undefined) continue;
    const feature = (events.feature[i] as number) + shift;
    counts[feature] = (counts[feature] as number) + 1;
    const right = predict(counts).prediction === label;
    if (!right) since = null;
    else since ??= events.t[i] as number;
  }
  return since;
}

/** Feature shift by core; undefined where a core is no output. */
function outputShifts(layout: OutputLayout): readonly (number | undefined)[] {
  const shifts: (number | undefined)[] = [];
  for (const { core, featureShift } of layout.outputs) shifts[core] = featureShift;
  return shifts;
}
