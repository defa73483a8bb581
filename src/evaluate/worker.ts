import type { Device } from "../device/types.ts";
import { ChipError } from "../errors.ts";
import type { SliceRule } from "../events/slice.ts";
import { type ImageSet, openImageSet } from "../formats/image-set.ts";
import { type ImageInput, imageToCurrent } from "../formats/image-values.ts";
import type { Outcome } from "./pool.ts";
import { runImage, runSample, type SampleResult } from "./run-sample.ts";
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
  /** Set when the samples are images. */
  readonly images?: ImageSettings;
}

/** Where the images are and how they are shown. Plain data. */
export interface ImageSettings extends ImageInput {
  readonly path: string;
  readonly split?: string;
  readonly steps: number;
}

/** A recording's file, or an image by its number in the set. */
export type SampleSource = { readonly file: string } | { readonly image: number };

export interface EvaluateTask {
  readonly job: JobSettings;
  readonly samples: readonly { readonly id: string; readonly source: SampleSource; readonly label: number }[];
}

let loaded: { readonly key: string; readonly runner: SampleRunner } | undefined;

/** Runs the samples of one task; the default function of the worker threads. Results come a recording at a time. */
export default async function evaluateTask(task: EvaluateTask): Promise<Outcome<SampleResult[][]>> {
  try {
    const { job } = task;
    const runner = await runnerOf(job);
    const results: SampleResult[][] = [];
    for (const sample of task.samples) results.push(await resultsOf(sample, runner, job));
    return { value: results };
  } catch (error) {
    if (error instanceof ChipError) return { error: error.toJSON() };
    throw error;
  }
}

async function resultsOf(
  { id, source, label }: EvaluateTask["samples"][number],
  runner: SampleRunner,
  job: JobSettings,
): Promise<SampleResult[]> {
  if ("image" in source) {
    const settings = job.images as ImageSettings;
    const set = await imagesOf(settings);
    return [
      await runImage(runner, {
        id,
        label,
        steps: settings.steps,
        current: imageToCurrent(set.image(source.image), settings),
      }),
    ];
  }
  const slices = sliceSample(await readInputEvents(source.file, runner.inputShape, job.input), job.slice);
  const results: SampleResult[] = [];
  for (const [n, slice] of slices.entries()) {
    results.push(await runSample(runner, { id: job.slice ? `${id}#${n}` : id, label, ...slice }));
  }
  return results;
}

let images: { readonly key: string; readonly set: ImageSet } | undefined;

async function imagesOf({ path, split }: ImageSettings): Promise<ImageSet> {
  const key = `${path} ${split ?? ""}`;
  if (images?.key !== key) images = { key, set: await openImageSet(path, split ? { split } : {}) };
  return images.set;
}

async function runnerOf(job: JobSettings): Promise<SampleRunner> {
  const key = `${job.id} ${job.device.hash} ${JSON.stringify(job.mode)}`;
  if (loaded?.key !== key) loaded = { key, runner: await openRunner(job.model, job.modelName, job.device, job.mode) };
  return loaded.runner;
}
