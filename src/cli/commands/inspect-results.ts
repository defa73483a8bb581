import { basename, join } from "node:path";
import { ChipError } from "../../errors.ts";
import { readInputFile } from "../../formats/input-file.ts";
import { readNpz } from "../../formats/npz.ts";
import { formatCount, formatSi } from "../../units.ts";
import type { CommandResult } from "../context.ts";
import { bold, formatFields, formatTable } from "../table.ts";

/** `out.npz` of `emulate -o` and `run -o`: spikes by layer. Nothing, when the archive is something else. */
export async function inspectSpikes(file: string, bytes: Uint8Array): Promise<CommandResult | undefined> {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return undefined;
  const { arrays, files } = await readNpz(bytes, basename(file));
  const meta = files.get("meta.json");
  const cores = arrays.get("core");
  const times = arrays.get("t");
  if (meta === undefined || !cores || cores.structured || !times || times.structured) return undefined;
  const { device, layers } = JSON.parse(new TextDecoder().decode(meta)) as SpikesMeta;
  const counts = new Map<number, number>();
  for (const core of Array.from(cores.data)) counts.set(core, (counts.get(core) ?? 0) + 1);
  const rows = layers
    .map(({ name, core }) => ({ name, core, spikes: counts.get(core) ?? 0 }))
    .filter(({ spikes }) => spikes > 0);
  const spikes = cores.data.length;
  const lastUs = times.data[spikes - 1] ?? null;
  return {
    json: { kind: "spikes", file: basename(file), device: device.name, spikes, lastUs, layers: rows },
    text: [
      `${bold(basename(file))}: ${formatCount(spikes)} spikes of a run on ${device.name}, by emulate -o or run -o`,
      ...(rows.length === 0 ? [] : [spikeTable(rows)]),
    ].join("\n"),
  };
}

interface SpikesMeta {
  readonly device: { readonly name: string };
  readonly layers: readonly { readonly name: string; readonly core: number }[];
}

function spikeTable(rows: readonly { readonly name: string; readonly core: number; readonly spikes: number }[]) {
  return formatTable(
    [{ title: "layer" }, { title: "core", align: "right" }, { title: "spikes", align: "right" }],
    rows.map(({ name, core, spikes }) => [name, core, formatCount(spikes)]),
  );
}

/** A folder that `train -o` or `evaluate -o` wrote. Nothing, when it is another one. */
export async function inspectResults(folder: string): Promise<CommandResult | undefined> {
  const job = await jsonIfThere(join(folder, "job.json"));
  if (isTraining(job)) return inspectTraining(folder, job.recipe);
  if (isEvaluation(job)) return inspectEvaluation(folder, job);
  return undefined;
}

function isTraining(job: unknown): job is { readonly recipe: TrainedRecipe } {
  return typeof job === "object" && job !== null && "recipe" in job;
}

function isEvaluation(job: unknown): job is EvaluationJob {
  return typeof job === "object" && job !== null && "model" in job && "mode" in job && "data" in job;
}

interface TrainedRecipe {
  readonly name: string;
  readonly phases: readonly { readonly epochs: number }[];
}

async function inspectTraining(folder: string, recipe: TrainedRecipe): Promise<CommandResult> {
  const epochs = recipe.phases.reduce((sum, phase) => sum + phase.epochs, 0);
  const done = await linesOf(join(folder, "history.jsonl"));
  const summary = (await jsonIfThere(join(folder, "summary.json"))) as
    | { readonly accuracy: number; readonly synOps: number }
    | undefined;
  const state =
    summary === undefined
      ? "not finished; the same train command goes on"
      : `${(100 * summary.accuracy).toFixed(2)} % at ${formatSi(summary.synOps, "SynOps")} a sample not trained on`;
  return {
    json: { kind: "training", file: basename(folder), recipe: recipe.name, epochs, done, summary: summary ?? null },
    text: [
      `${bold(basename(folder))}: training by recipe ${recipe.name}`,
      formatFields([
        ["epochs", `${done} of ${epochs}`],
        ["result", state],
      ]),
    ].join("\n"),
  };
}

interface EvaluationJob {
  readonly mode: { readonly mode: string };
  readonly data: string;
}

async function inspectEvaluation(folder: string, { mode, data }: EvaluationJob): Promise<CommandResult> {
  const recordings = await linesOf(join(folder, "samples.jsonl"));
  return {
    json: { kind: "evaluation", file: basename(folder), data, mode: mode.mode, done: recordings },
    text: `${bold(basename(folder))}: evaluation over ${data}, ${mode.mode} mode, ${formatCount(recordings)} samples done`,
  };
}

async function textIfThere(path: string): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await readInputFile(path));
  } catch (error) {
    if (error instanceof ChipError && error.code === "E_FILE_NOT_FOUND") return undefined;
    throw error;
  }
}

async function jsonIfThere(path: string): Promise<unknown> {
  const text = await textIfThere(path);
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch (cause) {
    throw new ChipError("E_DAMAGED", `${path} is no JSON; start the job again with --force.`, { cause });
  }
}

async function linesOf(path: string): Promise<number> {
  return (await textIfThere(path))?.split("\n").filter((line) => line !== "").length ?? 0;
}
