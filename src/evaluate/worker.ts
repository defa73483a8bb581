import type { Device } from "../device/types.ts";
import { ChipError } from "../errors.ts";
import type { SliceRule } from "../events/slice.ts";
import type { Outcome } from "./pool.ts";
import { runSample, type SampleResult } from "./run-sample.ts";
import { openRunner, type RunMode, type SampleRunner } from "./runner.ts";
import { type InputSettings, readInputEvents, sliceSample } from "./samples.ts";

/** What all tasks of a job share. */
export interface JobSettings {
  /** SHA-256 of the model: tells jobs apart, so that a thread loads a model once. */
  readonly id: string;
  /** Bytes of a chip.pb, or of a network for timestep mode. */
  readonly model: Uint8Array;
  readonly modelName: string;
  readonly device: Device;
  /** Name of the labelled set. */
  readonly data: string;
  readonly mode: RunMode;
  readonly input: InputSettings;
  readonly slice?: SliceRule;
}

export interface EvaluateTask {
  readonly job: JobSettings;
  readonly samples: readonly { readonly id: string; readonly file: string; readonly label: number }[];
}

let loaded: { readonly key: string; readonly runner: SampleRunner } | undefined;

/** Runs the samples of one task; the default function of the worker threads. Results come a recording at a time. */
export default async function evaluateTask(task: EvaluateTask): Promise<Outcome<SampleResult[][]>> {
  try {
    const { job } = task;
    const runner = await runnerOf(job);
    const results: SampleResult[][] = [];
    for (const { id, file, label } of task.samples) {
      const slices = sliceSample(await readInputEvents(file, runner.inputShape, job.input), job.slice);
      const ofFile: SampleResult[] = [];
      for (const [n, slice] of slices.entries()) {
        ofFile.push(await runSample(runner, { id: job.slice ? `${id}#${n}` : id, label, ...slice }));
      }
      results.push(ofFile);
    }
    return { value: results };
  } catch (error) {
    if (error instanceof ChipError) return { error: error.toJSON() };
    throw error;
  }
}

async function runnerOf(job: JobSettings): Promise<SampleRunner> {
  const key = `${job.id} ${job.device.hash} ${JSON.stringify(job.mode)}`;
  if (loaded?.key !== key) loaded = { key, runner: await openRunner(job.model, job.modelName, job.device, job.mode) };
  return loaded.runner;
}
