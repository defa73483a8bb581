import { EmulatedChip } from "../../emulator/emulated-chip.ts";
import type { Chip } from "../chip/chip.ts";
import type { ChipConfig } from "../chip/config.ts";
import type { Device } from "../device/types.ts";
import { ChipError } from "../errors.ts";
import type { SliceRule } from "../events/slice.ts";
import { decodeChip } from "../wire/chip-codec.ts";
import type { Outcome } from "./pool.ts";
import { outputLayoutOf, runSample, type SampleResult } from "./run-sample.ts";
import { type InputSettings, readInputEvents, sliceSample } from "./samples.ts";

/** What all tasks of a job share. */
export interface JobSettings {
  /** Tells jobs apart, so that a thread loads a chip once. */
  readonly id: string;
  readonly chip: Uint8Array;
  readonly chipName: string;
  readonly device: Device;
  /** Name of the labelled set. */
  readonly data: string;
  readonly input: InputSettings;
  readonly slice?: SliceRule;
}

export interface EvaluateTask {
  readonly job: JobSettings;
  readonly samples: readonly { readonly id: string; readonly file: string; readonly label: number }[];
}

let loaded: { readonly id: string; readonly chip: Chip; readonly config: ChipConfig } | undefined;

/** Runs the samples of one task; the default function of the worker threads. Results come a recording at a time. */
export default async function evaluateTask(task: EvaluateTask): Promise<Outcome<SampleResult[][]>> {
  try {
    const { chip, config } = await load(task.job);
    const layout = outputLayoutOf(config);
    const results: SampleResult[][] = [];
    for (const { id, file, label } of task.samples) {
      const slices = sliceSample(await readInputEvents(file, config.input.shape, task.job.input), task.job.slice);
      const ofFile: SampleResult[] = [];
      for (const [n, slice] of slices.entries()) {
        const name = task.job.slice ? `${id}#${n}` : id;
        ofFile.push(await runSample(chip, layout, { id: name, label, ...slice }));
      }
      results.push(ofFile);
    }
    return { value: results };
  } catch (error) {
    if (error instanceof ChipError) return { error: error.toJSON() };
    throw error;
  }
}

async function load(job: JobSettings) {
  if (loaded?.id !== job.id) {
    const config = decodeChip(job.chip, job.chipName);
    const chip = new EmulatedChip(job.device);
    await chip.configure(config);
    loaded = { id: job.id, chip, config };
  }
  return loaded;
}
