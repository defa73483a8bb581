import type { Counters } from "../chip/chip.ts";
import type { Device } from "../device/types.ts";
import { type NamedPreset, priceRun } from "../energy/energy.ts";
import type { Evidence } from "../units.ts";
import type { SampleResult } from "./run-sample.ts";
import { type Spread, spreadOf } from "./statistics.ts";

export interface LayerSummary {
  readonly name: string;
  readonly core: number;
  /** Means a sample. */
  readonly eventsIn: number;
  readonly taps: number;
  readonly neuronUpdates: number;
  readonly spikes: number;
}

export interface EnergySummary extends Spread {
  readonly model: string;
  readonly perSynOpJ: number;
  readonly evidence: Evidence;
  /** Means a sample. */
  readonly dynamicJ: number;
  readonly staticJ: number;
  readonly idleJ: number;
}

export interface EvaluationSummary {
  readonly samples: number;
  readonly correct: number;
  readonly accuracy: number;
  /** `[label][prediction]`; samples without any output spike stand in no column. */
  readonly confusion: readonly (readonly number[])[];
  readonly synOpsPerSample: Spread;
  readonly energyPerSample: EnergySummary;
  readonly layers: readonly LayerSummary[];
  readonly ties: number;
  /** Samples without any output spike; they count as wrong. */
  readonly silent: number;
  /** Over the samples whose prediction ends right; null when none does. */
  readonly firstCorrectUs: Spread | null;
}

/** Sums up samples; the energy of each is priced by itself, so that the percentiles are those of samples. */
export function summarize(results: readonly SampleResult[], device: Device, preset: NamedPreset): EvaluationSummary {
  const classes = Math.max(0, ...results.map((result) => Math.max(result.label + 1, result.counts.length)));
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  let correct = 0;
  for (const { label, prediction } of results) {
    if (prediction === null) continue;
    if (prediction === label) correct++;
    const row = confusion[label] as number[];
    row[prediction] = (row[prediction] as number) + 1;
  }
  const prices = results.map((result) =>
    priceRun(result.perCore, device, {
      preset,
      durationUs: result.durationUs,
      inputEvents: result.inputEvents,
      outputEvents: result.outputEvents,
    }),
  );
  const mean = (values: readonly number[]): number => spreadOf(values).mean;
  const firstCorrect = results.flatMap((result) => (result.firstCorrectUs === null ? [] : [result.firstCorrectUs]));
  return {
    samples: results.length,
    correct,
    accuracy: results.length === 0 ? 0 : correct / results.length,
    confusion,
    synOpsPerSample: spreadOf(results.map((result) => result.perCore.reduce((sum, core) => sum + core.taps, 0))),
    energyPerSample: {
      ...spreadOf(prices.map((price) => price.totalJ)),
      model: preset.name,
      perSynOpJ: prices[0]?.perSynOpJ ?? 0,
      evidence: prices[0]?.evidence ?? "assumed",
      dynamicJ: mean(prices.map((price) => price.dynamicJ)),
      staticJ: mean(prices.map((price) => price.staticJ)),
      idleJ: mean(prices.map((price) => price.idleJ)),
    },
    layers: layerMeans(results),
    ties: results.filter((result) => result.tie).length,
    silent: results.filter((result) => result.prediction === null).length,
    firstCorrectUs: firstCorrect.length > 0 ? spreadOf(firstCorrect) : null,
  };
}

function layerMeans(results: readonly SampleResult[]): LayerSummary[] {
  const first = results[0]?.perCore ?? [];
  return first.map(({ core, layer }, i) => {
    const mean = (key: "eventsIn" | "taps" | "neuronUpdates" | "spikes"): number =>
      results.reduce((sum, result) => sum + (result.perCore[i] as Counters)[key], 0) / results.length;
    return {
      name: layer,
      core,
      eventsIn: mean("eventsIn"),
      taps: mean("taps"),
      neuronUpdates: mean("neuronUpdates"),
      spikes: mean("spikes"),
    };
  });
}
