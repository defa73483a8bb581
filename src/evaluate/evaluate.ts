import type { Progress } from "../log.ts";
import { Journal } from "./journal.ts";
import { runTasks } from "./pool.ts";
import type { SampleResult } from "./run-sample.ts";
import evaluateTask, { type EvaluateTask, type JobSettings, type SampleSource } from "./worker.ts";

/** Recordings a task: enough that messages cost nothing, few enough that a Ctrl-C is quick and a crash loses little. */
const SAMPLES_A_TASK = 8;

export interface EvaluateSample {
  readonly id: string;
  readonly source: SampleSource;
  /** Index of the class: the output feature that should win. */
  readonly label: number;
}

export interface EvaluateOptions {
  readonly workers: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: Progress;
  /** Folder for samples.jsonl; the same job goes on there. */
  readonly folder?: string;
  readonly force?: boolean;
}

/** A line of samples.jsonl: a recording and what its samples (slices) gave. */
interface Line {
  readonly id: string;
  readonly results: readonly SampleResult[];
}

/**
 * Runs every recording of a labelled set on the emulated chip, in parallel, each from a fresh state.
 *
 * @returns results in the order of `samples`, equal for any number of workers
 * @throws ChipError of the first recording that fails, naming it; E_FILE_EXISTS for a folder of another job
 */
export async function evaluateSet(
  job: JobSettings,
  samples: readonly EvaluateSample[],
  options: EvaluateOptions,
): Promise<SampleResult[]> {
  const journal =
    options.folder === undefined
      ? undefined
      : await Journal.open<Line>(options.folder, identityOf(job), options.force === true);
  const done = new Map((journal?.done ?? []).map((line) => [line.id, line.results]));
  const open = samples.filter((sample) => !done.has(sample.id));
  const tasks: EvaluateTask[] = [];
  for (let i = 0; i < open.length; i += SAMPLES_A_TASK) tasks.push({ job, samples: open.slice(i, i + SAMPLES_A_TASK) });
  options.onProgress?.(done.size, samples.length);
  await runTasks<EvaluateTask, SampleResult[][]>(
    tasks,
    evaluateTask,
    new URL(import.meta.url.replace(/evaluate(\.[jt]s)$/, "worker$1")),
    {
      workers: options.workers,
      kept: journal !== undefined,
      ...(options.signal ? { signal: options.signal } : {}),
      onResult: async (value, index) => {
        const lines = (tasks[index] as EvaluateTask).samples.map(
          ({ id }, i): Line => ({ id, results: (value as SampleResult[][])[i] as SampleResult[] }),
        );
        await journal?.append(lines);
        for (const line of lines) done.set(line.id, line.results);
        options.onProgress?.(done.size, samples.length);
      },
    },
  );
  return samples.flatMap(({ id }) => done.get(id) ?? []);
}

/** What makes two runs the same job: the chip, the device and how recordings become samples; not which samples. */
function identityOf(job: JobSettings): Record<string, unknown> {
  return {
    model: job.id,
    mode: job.mode,
    device: job.device.spec.name,
    deviceHash: job.device.hash,
    input: job.input,
    slice: job.slice ?? null,
    data: job.data,
  };
}
