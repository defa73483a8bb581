import type { Counters, RunResult } from "../chip/chip.ts";
import { countOutputs, firstCorrectUs, predict } from "./prediction.ts";
import type { SampleRunner } from "./runner.ts";
import type { InputSample } from "./samples.ts";

/** What one sample gave. Plain data: it crosses threads and goes into samples.jsonl. */
export interface SampleResult {
  /** The recording's id, with `#n` behind it for slice n. */
  readonly id: string;
  readonly label: number;
  readonly prediction: number | null;
  readonly counts: readonly number[];
  readonly tie: boolean;
  /** Earliest time from which the running prediction stays right, microseconds. */
  readonly firstCorrectUs: number | null;
  readonly inputEvents: number;
  readonly inputDropped: number;
  readonly outputEvents: number;
  readonly durationUs: number;
  /** The paper's estimate and NeuroBench's figure; the SynOps themselves are the taps in `perCore`. */
  readonly synOpsFanOut: number;
  readonly synOpsEffective: number;
  /** Of the output events; runs with time only. */
  readonly latencyUs?: { readonly p50: number; readonly p99: number; readonly max: number };
  readonly perCore: readonly Counters[];
  /** What was repaired in the recording; absent for a sound one, and for all but its first slice. */
  readonly repairs?: readonly string[];
}

/** Runs one recording (or slice) from a fresh state. */
export async function runSample(
  runner: SampleRunner,
  sample: InputSample & { readonly id: string; readonly label: number },
  signal?: AbortSignal,
): Promise<SampleResult> {
  const result = await runner.run(sample.events, signal ? { signal } : {});
  return {
    ...answerOf(result, runner, sample.label),
    id: sample.id,
    inputDropped: sample.dropped + result.input.dropped,
    ...(sample.warnings ? { repairs: sample.warnings } : {}),
  };
}

/** Shows one image from a fresh state. */
export async function runImage(
  runner: SampleRunner,
  sample: { readonly id: string; readonly label: number; readonly current: Float32Array; readonly steps: number },
): Promise<SampleResult> {
  const result = await runner.showImage(sample.current, sample.steps, {});
  return { ...answerOf(result, runner, sample.label), id: sample.id, inputDropped: result.input.dropped };
}

function answerOf(
  result: RunResult,
  { layout, synOps }: SampleRunner,
  label: number,
): Omit<SampleResult, "id" | "inputDropped"> {
  if (!result.events) throw new TypeError("a sample's run must keep its output events");
  const counts = countOutputs(result.events, layout);
  const { prediction, tie } = predict(counts);
  const figures = synOps(result);
  return {
    label,
    prediction,
    counts,
    tie,
    firstCorrectUs: firstCorrectUs(result.events, layout, label),
    inputEvents: result.input.events,
    outputEvents: result.events.t.length,
    durationUs: result.durationUs,
    synOpsFanOut: figures.fanOutEstimate,
    synOpsEffective: figures.neuroBenchEffective,
    ...(result.timing?.latencyUs ? { latencyUs: result.timing.latencyUs } : {}),
    perCore: result.perCore,
  };
}
