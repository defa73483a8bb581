import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { ChipError, messageOf } from "../errors.ts";
import { makeFolder, writeFileAtomic } from "../formats/atomic-file.ts";
import { writeNir } from "../formats/nir.ts";
import { VERSION } from "../version.ts";
import { decodeCheckpoint, encodeCheckpoint } from "./checkpoint.ts";
import type { Recipe } from "./recipe.ts";
import { type TrainOptions, type TrainResult, train } from "./train.ts";
import type { TrainingSets } from "./training-set.ts";
import type { Checkpoint, EpochRecord, TrainingStore } from "./training-state.ts";

const CHECKPOINT = "checkpoint/checkpoint.npz";
const CHECKPOINT_MS = 30_000;
/** What only comes to be after a checkpoint. */
const RESULTS = ["history.jsonl", "net.nir", "parts.json", "summary.json"];

/** What summary.json says; `train --json` prints the same. */
export interface TrainSummary {
  readonly name: string;
  /** On the test set, by the quantized network; a sample without a spike counts as wrong. */
  readonly accuracy: number;
  /** A sample of the test set, of all layers and the input. */
  readonly synOps: number;
  /** Multiplications that a plain network would need a sample. */
  readonly macs: number;
  readonly parameters: number;
  readonly layers: readonly {
    readonly name: string;
    /** A sample. */
    readonly spikes: number;
    readonly synOps: number;
    /** Of the layer itself; 0 of the input. */
    readonly macs: number;
  }[];
  readonly weights: "float" | "int8";
  readonly backend: string;
  readonly kernels: string;
  readonly backendVersion: string;
  readonly workers: number;
  readonly seed: number;
  readonly epochs: number;
  readonly steps: number;
  readonly trainSamples: number;
  readonly testSamples: number;
  readonly wallMs: number;
  /** Of spikewright. */
  readonly version: string;
}

export interface FolderOptions extends TrainOptions {
  /** What the data are, for telling whether a folder holds the same training: anything that JSON can say. */
  readonly data: unknown;
  /** Start again, whatever the folder holds. */
  readonly force?: boolean;
  /** Refuse to start from the beginning. */
  readonly resume?: boolean;
}

/**
 * Trains into a folder: `net.nir`, `history.jsonl` (a line an epoch), `summary.json`, and `checkpoint/`, from which the
 * same call goes on after an interruption or a crash. `job.json` says what the folder is of.
 *
 * @throws ChipError E_FILE_EXISTS when the folder holds another training and `force` is not set; E_FILE_NOT_FOUND when
 *   there is nothing to resume; what `train` throws
 */
export async function trainInFolder(
  folder: string,
  recipe: Recipe,
  sets: TrainingSets,
  options: FolderOptions,
): Promise<{ readonly summary: TrainSummary; readonly result: TrainResult }> {
  const job = {
    recipe,
    seed: options.seed,
    workers: options.workers,
    data: options.data,
    samples: { train: sets.train.size, test: sets.test.size },
  };
  const store = await TrainingFolder.open(folder, job, options);
  const result = await train(recipe, sets, { checkpointMs: CHECKPOINT_MS, ...options, store });
  const summary = summarize(recipe, sets, options, result);
  await store.finish(result, summary);
  return { summary, result };
}

class TrainingFolder implements TrainingStore {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async open(
    folder: string,
    job: Readonly<Record<string, unknown>>,
    { force = false, resume = false }: Pick<FolderOptions, "force" | "resume">,
  ): Promise<TrainingFolder> {
    const self = new TrainingFolder(folder);
    // A training that got nowhere (no backend, a refused target) leaves nothing to lose, and nothing to go on from.
    const begun = (await readIfThere(self.#path(CHECKPOINT))) !== undefined;
    const before = begun ? await readIfThere(self.#path("job.json")) : undefined;
    if (resume && before === undefined) {
      throw new ChipError(
        "E_FILE_NOT_FOUND",
        `${folder} holds no training to resume; leave --resume out to start one.`,
        {
          details: { folder },
        },
      );
    }
    const identity = `${JSON.stringify(job, null, 2)}\n`;
    const same = before?.toString() === identity;
    if (before !== undefined && !same && !force) {
      throw new ChipError(
        "E_FILE_EXISTS",
        `${folder} holds another training (different ${differences(before.toString(), job)}); use another folder, or --force to start again there.`,
        { details: { folder } },
      );
    }
    if (!begun && !force) await self.#refuseForeign();
    await makeFolder(join(folder, "checkpoint"));
    await removeHalfWritten(folder);
    await removeHalfWritten(join(folder, "checkpoint"));
    if (!same || force) {
      for (const file of [CHECKPOINT, ...RESULTS]) await rm(self.#path(file), { force: true });
      await self.#write("job.json", identity);
    }
    return self;
  }

  async load(): Promise<Checkpoint | undefined> {
    const path = this.#path(CHECKPOINT);
    const bytes = await readIfThere(path);
    return bytes === undefined ? undefined : decodeCheckpoint(bytes, path);
  }

  /** The history is what the checkpoint says it is, so that both always end at the same epoch. */
  async save(checkpoint: Checkpoint): Promise<void> {
    await this.#write(CHECKPOINT, encodeCheckpoint(checkpoint));
    await this.#writeHistory(checkpoint.state.history);
  }

  async finish({ network, history }: TrainResult, summary: TrainSummary): Promise<void> {
    await this.#writeHistory(history);
    await this.#write("net.nir", await writeNir(network));
    await this.#write("summary.json", `${JSON.stringify(summary, null, 2)}\n`);
  }

  /** Results without a checkpoint are somebody else's: a network that was converted, or a folder that was tidied up. */
  async #refuseForeign(): Promise<void> {
    for (const file of RESULTS) {
      if ((await readIfThere(this.#path(file))) === undefined) continue;
      throw new ChipError(
        "E_FILE_EXISTS",
        `${this.#path(file)} exists, and no checkpoint from which its training could go on; use another folder, or --force to replace it.`,
        { details: { path: this.#path(file) } },
      );
    }
  }

  #writeHistory(history: readonly EpochRecord[]): Promise<void> {
    return this.#write("history.jsonl", history.map((record) => `${JSON.stringify(record)}\n`).join(""));
  }

  #write(name: string, data: Uint8Array | string): Promise<void> {
    return writeFileAtomic(this.#path(name), data, { force: true });
  }

  #path(name: string): string {
    return join(this.#folder, name);
  }
}

/** What a process that was killed in the middle of a write has left behind. */
async function removeHalfWritten(folder: string): Promise<void> {
  for (const file of await readdir(folder)) if (/^\..+\.tmp$/.test(file)) await rm(join(folder, file), { force: true });
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    // A file in place of the folder is refused where the folder is made.
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new ChipError("E_FILE_ACCESS", `${path} cannot be read: ${messageOf(cause)}.`, { details: { path }, cause });
  }
}

/** Names of the entries in which two jobs differ; of the recipe, its own. */
function differences(before: string, job: Readonly<Record<string, unknown>>): string {
  const flat = ({ recipe, ...rest }: Record<string, unknown>): Record<string, unknown> => ({
    ...rest,
    ...Object.fromEntries(Object.entries((recipe ?? {}) as object).map(([key, value]) => [`recipe ${key}`, value])),
  });
  let old: Record<string, unknown>;
  try {
    old = flat(JSON.parse(before) as Record<string, unknown>);
  } catch {
    return "job.json, which cannot be read";
  }
  const now = flat(job);
  const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  return keys.filter((key) => JSON.stringify(old[key]) !== JSON.stringify(now[key])).join(", ");
}

function summarize(
  recipe: Recipe,
  { train, test }: TrainingSets,
  { workers, seed }: TrainOptions,
  result: TrainResult,
): TrainSummary {
  const { layout, backend } = result;
  return {
    name: recipe.name,
    accuracy: result.test.accuracy,
    synOps: result.test.synOps,
    macs: layout.macs,
    parameters: layout.parameters,
    layers: result.test.layers.map((layer, i) => ({ ...layer, macs: layout.layers[i - 1]?.macs ?? 0 })),
    weights: recipe.phases.at(-1)?.weights ?? "float",
    backend: backend.name,
    kernels: backend.kernels,
    backendVersion: backend.version,
    workers,
    seed,
    epochs: result.epochs,
    steps: result.steps,
    trainSamples: train.size,
    testSamples: test.size,
    wallMs: result.wallMs,
    version: VERSION,
  };
}
