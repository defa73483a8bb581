import { ChipError } from "../errors.ts";
import type { EvaluateSample } from "../evaluate/evaluate.ts";
import type { RunMode } from "../evaluate/runner.ts";
import type { ImageSettings } from "../evaluate/worker.ts";
import { openDataset } from "../formats/dataset.ts";
import { findImageSet } from "../formats/image-set.ts";
import { chooseIds, parseIds } from "../formats/sample-ids.ts";
import type { EvaluateFlags } from "./program.ts";

/** A labelled set of either kind, as `evaluate` takes it. */
export interface LabelledSet {
  readonly samples: readonly EvaluateSample[];
  readonly classes: readonly string[];
  /** Set when the samples are images. */
  readonly images?: ImageSettings;
  /** What of the set was passed over. */
  readonly warnings: readonly string[];
}

const DEFAULT_STEPS = 10;

/**
 * Recordings (labels.csv or one sub-folder a class) or images (idx, CIFAR-10, PNG and JPEG folders), whichever is there.
 *
 * @throws ChipError E_DATASET, E_OPTION for images in event mode and for image flags with recordings
 */
export async function openLabelledSet(flags: EvaluateFlags, mode: RunMode): Promise<LabelledSet> {
  const found = await findImageSet(flags.data, flags.split !== undefined ? { split: flags.split } : {}).catch(
    onlyRecordings(flags),
  );
  if (found === undefined) return recordings(flags);
  if (mode.mode === "event") {
    throw new ChipError(
      "E_OPTION",
      `${flags.data} holds images, which are shown as analogue current: use --mode timestep --steps ${DEFAULT_STEPS}, or make recordings of them.`,
    );
  }
  const set = await found.open();
  const ids = Array.from({ length: set.count }, (_, i) => set.id(i));
  const chosen = chosenIds(flags.ids, ids, flags.data);
  const samples = ids.flatMap((id, image) =>
    chosen.has(id) ? [{ id, label: set.label(image), source: { image } }] : [],
  );
  return {
    samples: samples.slice(0, flags.limit ?? samples.length),
    classes: set.classes,
    warnings: [],
    images: {
      path: flags.data,
      steps: flags.steps ?? DEFAULT_STEPS,
      ...(flags.split ? { split: flags.split } : {}),
      ...(flags.normalize ? { normalize: flags.normalize } : {}),
      ...(flags.inputScale ? { inputScale: flags.inputScale } : {}),
    },
  };
}

/** A split that names no image set may be one of recordings, whose rows have a split column. */
function onlyRecordings(flags: EvaluateFlags): (error: unknown) => undefined {
  return (error) => {
    if (error instanceof ChipError && error.code === "E_DATASET" && flags.split !== undefined) return undefined;
    throw error;
  };
}

async function recordings(flags: EvaluateFlags): Promise<LabelledSet> {
  for (const [name, value] of Object.entries({
    "--steps": flags.steps,
    "--normalize": flags.normalize,
    "--input-scale": flags.inputScale,
  })) {
    if (value !== undefined)
      throw new ChipError("E_OPTION", `${name} is for images, and ${flags.data} holds recordings; leave it out.`);
  }
  const dataset = await openDataset(flags.data, {
    ...(flags.ids !== undefined ? { ids: flags.ids } : {}),
    ...(flags.split !== undefined ? { split: flags.split } : {}),
    ...(flags.limit ? { limit: flags.limit } : {}),
  });
  // A whole number names the output feature itself; other labels count in the set's order of classes.
  const numeric = dataset.classes.every((name) => /^\d+$/.test(name));
  const indexOf = (label: string): number => (numeric ? Number(label) : dataset.classes.indexOf(label));
  return {
    samples: dataset.samples.map(({ id, file, label }) => ({ id, source: { file }, label: indexOf(label) })),
    classes: dataset.classes,
    warnings: unlabelledWarning(dataset.unlabelled),
  };
}

function chosenIds(text: string | undefined, known: readonly string[], data: string): ReadonlySet<string> {
  if (text === undefined) return new Set(known);
  const { chosen, missing } = chooseIds(parseIds(text), known);
  if (missing.length === 0) return chosen;
  throw new ChipError(
    "E_DATASET",
    `--ids: ${data} has no sample ${missing.join(", ")}; ids go from ${known[0]} to ${known.at(-1)}.`,
  );
}

function unlabelledWarning(files: readonly string[]): string[] {
  if (files.length === 0) return [];
  return [`${files.length} files that no row of labels.csv names are left out, ${files[0]} among them`];
}
