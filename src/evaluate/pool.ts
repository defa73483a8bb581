import { fileURLToPath } from "node:url";
import { ChipError, type SerializedChipError } from "../errors.ts";

/** What a worker gives back: custom fields of errors are lost across threads, so an error travels as data. */
export type Outcome<T> = { readonly value: T } | { readonly error: SerializedChipError };

export interface PoolOptions {
  readonly workers: number;
  readonly signal?: AbortSignal;
  /** Whether `onResult` keeps results where the same command finds them again; said after a Ctrl-C. */
  readonly kept?: boolean;
  /** Results of task `index`, called in the order of the tasks. */
  readonly onResult: (value: unknown, index: number) => Promise<void>;
}

/**
 * Runs `tasks` in `module`'s default function, in this thread or in several, and hands the results over in order.
 *
 * @throws the first ChipError of a task; E_INTERRUPTED when the signal aborts
 */
export async function runTasks<Task, Result>(
  tasks: readonly Task[],
  here: (task: Task) => Promise<Outcome<Result>>,
  module: URL,
  options: PoolOptions,
): Promise<void> {
  // Compiled sources only: Node 20 runs no TypeScript in a worker.
  const threads = module.pathname.endsWith(".js") ? Math.min(options.workers, tasks.length) : 1;
  const emit = async (outcome: Outcome<Result>, index: number): Promise<void> => {
    if ("error" in outcome) throw ChipError.fromJSON(outcome.error);
    await options.onResult(outcome.value, index);
  };
  if (threads <= 1) {
    for (const [index, task] of tasks.entries()) {
      throwIfAborted(options);
      await emit(await here(task), index);
    }
    return;
  }
  const { Tinypool } = await import("tinypool");
  const pool = new Tinypool({
    filename: fileURLToPath(module),
    minThreads: threads,
    maxThreads: threads,
    isolateWorkers: false,
  });
  try {
    // A bounded number of tasks in flight keeps memory flat and a Ctrl-C quick.
    const running: Promise<Outcome<Result>>[] = [];
    let next = 0;
    for (let index = 0; index < tasks.length; index++) {
      while (next < tasks.length && next < index + 2 * threads) {
        const started = pool.run(tasks[next++]) as Promise<Outcome<Result>>;
        // The rejection is seen when its turn comes; until then it must not count as unhandled.
        started.catch(() => {});
        running.push(started);
      }
      throwIfAborted(options);
      await emit(await (running.shift() as Promise<Outcome<Result>>), index);
    }
  } finally {
    await pool.destroy();
  }
}

function throwIfAborted({ signal, kept }: PoolOptions): void {
  if (!signal?.aborted) return;
  throw new ChipError(
    "E_INTERRUPTED",
    kept
      ? "interrupted; what is done is kept, and the same command goes on from there."
      : "interrupted; no results are kept, and the same command begins again.",
  );
}
