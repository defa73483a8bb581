import type { Chip, Counters, RunResult } from "../chip/chip.ts";
import type { ChipConfig } from "../chip/config.ts";
import type { EventStream } from "../events/event-stream.ts";
import { countOutputs, firstCorrectUs, type OutputLayout, predict } from "./prediction.ts";

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
  readonly perCore: readonly Counters[];
}

/** Which cores answer, and with how many features. */
export function outputLayoutOf(config: ChipConfig): OutputLayout {
  const shapes = config.cores.filter((core) => config.outputs.includes(core.core)).map((core) => core.outputShape[0]);
  return { cores: config.outputs, features: Math.max(0, ...shapes) };
}

/** Runs one sample from a fresh state. */
export async function runSample(
  chip: Chip,
  layout: OutputLayout,
  sample: { readonly id: string; readonly label: number; readonly events: EventStream; readonly dropped: number },
  signal?: AbortSignal,
): Promise<SampleResult> {
  await chip.reset();
  const result = await chip.run(sample.events, signal ? { signal } : {});
  return {
    ...answerOf(result, layout, sample.label),
    id: sample.id,
    inputDropped: sample.dropped + result.input.dropped,
  };
}

function answerOf(result: RunResult, layout: OutputLayout, label: number): Omit<SampleResult, "id" | "inputDropped"> {
  if (!result.events) throw new TypeError("a sample's run must keep its output events");
  const counts = countOutputs(result.events, layout);
  const { prediction, tie } = predict(counts);
  return {
    label,
    prediction,
    counts,
    tie,
    firstCorrectUs: firstCorrectUs(result.events, layout, label),
    inputEvents: result.input.events,
    outputEvents: result.events.t.length,
    durationUs: result.durationUs,
    perCore: result.perCore,
  };
}
