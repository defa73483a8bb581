import { basename, resolve } from "node:path";
import { ChipError } from "../../errors.ts";
import { type DemoSet, simulateDemoSet } from "../../events/simulate/demo-set.ts";
import { type Dataset, openDataset, type Sample } from "../../formats/dataset.ts";
import { readEventFile } from "../../formats/event-files.ts";
import { type ImageSet, listImageSets, openImageSet } from "../../formats/image-set.ts";
import type { Progress } from "../../log.ts";
import type { DataSpec, EventData, ImageData, SimulatedData } from "../recipe.ts";
import { ClassMap } from "./classes.ts";
import { packImages } from "./image-samples.ts";
import type { Expected, OpenedData } from "./opened.ts";
import { frameRecordings, type Recording } from "./recordings.ts";

/** Which samples, and how they are read. */
export interface OpenDataOptions {
  /** Labelled set; not for data that are simulated. */
  readonly path?: string;
  /** Rows, or set of images, to train on. */
  readonly split?: string;
  /** Rows, or set of images, that are the test part; otherwise a part of the training samples is set aside. */
  readonly testSplit?: string;
  /** At most so many recordings or images of each part, from the front. */
  readonly limit?: number;
  /** Decides what is set aside, and what is simulated. */
  readonly seed: number;
  /** Memory that the samples may take; default 4 GiB for each part. */
  readonly limitBytes?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: Progress;
}

/**
 * Reads the data of a recipe into memory and parts them into training and test.
 *
 * Recordings: rows of `testSplit`, else rows whose column `split` is `test` where it says `train` of others, else
 * `testShare` of the recordings of each class, whole recordings only. Images: the set `testSplit`; else, of a folder with
 * one set called `train` and one more, that one; else `testShare` of each class.
 *
 * @throws ChipError E_OPTION, E_DATASET, E_INPUT naming what does not fit, and the errors of the readers; E_INTERRUPTED
 */
export async function openTrainingData(
  data: DataSpec,
  expected: Expected,
  options: OpenDataOptions,
): Promise<OpenedData> {
  if (data.type === "simulated") {
    if (options.path !== undefined) {
      throw new ChipError(
        "E_OPTION",
        `the recipe's data are simulated, so ${options.path} is not needed: leave --data out, or set data.type to events or images.`,
      );
    }
    return frameSimulated(data, simulate(data, expected, options.seed), expected, options);
  }
  if (options.path === undefined) {
    throw new ChipError("E_OPTION", `the recipe trains on ${data.type}; say where they are with --data DIR.`);
  }
  return data.type === "events"
    ? openRecordings(data, options.path, expected, options)
    : openImages(data, options.path, expected, options);
}

/** The recordings of a recipe with simulated data; the sensor has the size of the network's input. */
export function simulate({ perClass, figures = "bars" }: SimulatedData, { input }: Expected, seed: number): DemoSet {
  return simulateDemoSet({ seed, perClass, figures, sensor: [input[2], input[1]] });
}

/** Simulated recordings as training data. */
export function frameSimulated(
  data: SimulatedData,
  set: DemoSet,
  expected: Expected,
  { seed, signal, onProgress }: OpenDataOptions,
): Promise<OpenedData> {
  const recordings = set.samples.map(({ id, label, events }): Recording => ({ id, label, read: () => events }));
  return frameRecordings(recordings, data, new ClassMap(set.classes), {
    expected,
    seed,
    name: "the simulated set",
    ...(data.testShare === undefined ? {} : { testShare: data.testShare }),
    ...(signal ? { signal } : {}),
    ...(onProgress ? { onProgress } : {}),
  });
}

async function openRecordings(
  data: EventData,
  path: string,
  expected: Expected,
  options: OpenDataOptions,
): Promise<OpenedData> {
  const { split, testSplit, limit, seed, limitBytes, signal, onProgress } = options;
  const open = (name: string | undefined): Promise<Dataset> =>
    openDataset(path, { ...(name === undefined ? {} : { split: name }), ...(limit === undefined ? {} : { limit }) });
  const set = await open(split);
  const classes = new ClassMap(set.classes);
  const recording = (sample: Sample, part?: "train" | "test"): Recording => ({
    id: sample.id,
    label: classes.indexOf(sample.label),
    read: () => readEventFile(sample.file),
    ...(part ? { part } : {}),
  });
  const own = split === undefined && testSplit === undefined ? ownParts(set.samples) : undefined;
  const recordings = own
    ? set.samples.map((sample, i) => recording(sample, own[i]))
    : testSplit === undefined
      ? set.samples.map((sample) => recording(sample))
      : apart(set.samples, (await open(testSplit)).samples, path).map(({ sample, part }) => recording(sample, part));
  return frameRecordings(recordings, data, classes, {
    expected,
    seed,
    name: path,
    ...(data.testShare === undefined ? {} : { testShare: data.testShare }),
    ...(limitBytes === undefined ? {} : { limitBytes }),
    ...(signal ? { signal } : {}),
    ...(onProgress ? { onProgress } : {}),
  });
}

/** The parts that the set's own column `split` names; undefined unless it says train of some and test of others. */
function ownParts(samples: readonly Sample[]): ("train" | "test")[] | undefined {
  const parts = samples.map(({ columns }) => columns.split);
  if (!parts.includes("train") || !parts.includes("test")) return undefined;
  return parts.every((part) => part === "train" || part === "test") ? (parts as ("train" | "test")[]) : undefined;
}

function apart(
  train: readonly Sample[],
  test: readonly Sample[],
  path: string,
): { readonly sample: Sample; readonly part: "train" | "test" }[] {
  const trained = new Set(train.map(({ id }) => id));
  const both = test.filter(({ id }) => trained.has(id));
  if (both.length > 0) {
    throw new ChipError(
      "E_DATASET",
      `${path}: ${both.length} recordings (${both[0].id}, ...) stand in the training and in the test part; choose both parts, without overlap.`,
    );
  }
  return [
    ...train.map((sample) => ({ sample, part: "train" as const })),
    ...test.map((sample) => ({ sample, part: "test" as const })),
  ];
}

async function openImages(
  data: ImageData,
  path: string,
  expected: Expected,
  options: OpenDataOptions,
): Promise<OpenedData> {
  const { train, test } = await imageSets(path, options);
  const { seed, limit, limitBytes, signal, onProgress } = options;
  return packImages(train, test, data, {
    expected,
    seed,
    name: basename(resolve(path)),
    ...(limit === undefined ? {} : { limit }),
    ...(limitBytes === undefined ? {} : { limitBytes }),
    ...(signal ? { signal } : {}),
    ...(onProgress ? { onProgress } : {}),
  });
}

async function imageSets(
  path: string,
  { split, testSplit }: OpenDataOptions,
): Promise<{ readonly train: ImageSet; readonly test: ImageSet | undefined }> {
  if (split !== undefined || testSplit !== undefined) {
    return {
      train: await openImageSet(path, split === undefined ? {} : { split }),
      test: testSplit === undefined ? undefined : await openImageSet(path, { split: testSplit }),
    };
  }
  const sets = await listImageSets(path);
  const train = sets.find(({ name }) => name === "train");
  if (sets.length === 2 && train) {
    const test = sets.find((set) => set !== train)!;
    return { train: await train.open(), test: await test.open() };
  }
  return { train: await openImageSet(path), test: undefined };
}
