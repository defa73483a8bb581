import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { ChipError } from "../errors.ts";
import type { Shape } from "../network/types.ts";
import { findBinaryBatches, findJpegPacks, findPngStrips } from "./cifar10.ts";
import { findIdxPairs } from "./idx.ts";
import { openImageFolder } from "./image-folder.ts";
import { inputFileError } from "./input-file.ts";

/** Labelled images of one size. */
export interface ImageSet {
  /** What it is: `MNIST idx`, `CIFAR-10 binary`... */
  readonly format: string;
  readonly count: number;
  /** `[features, height, width]` of every image. */
  readonly shape: Shape;
  /** Names of the classes, by label. */
  readonly classes: readonly string[];
  /** What a sample is called: its number in the set, or `class/file` in a folder. */
  id(index: number): string;
  /** Index into `classes`. */
  label(index: number): number;
  /**
   * Pixels `[feature][y][x]`, 0 to 255. A new array or a view that must not be written to.
   *
   * @throws ChipError E_DAMAGED, E_FORMAT, E_INPUT, E_FILE_NOT_FOUND for an image that cannot be decoded
   */
  image(index: number): Uint8Array | Float32Array;
}

/** A set that was found and can be opened. */
export interface FoundSet {
  /** What a user calls it: `train`, `t10k-first5000`, `test_a`. */
  readonly name: string;
  /** Names of its files in their folder; none for a folder of images. */
  readonly files: readonly string[];
  open(): Promise<ImageSet>;
}

export interface ImageSetOptions {
  /** Which set, when the folder holds several. */
  readonly split?: string;
}

/** Entries of a folder that are looked into for packed images. */
const MOST_LOOKED_INTO = 20;

const naturally = new Intl.Collator("en", { numeric: true }).compare;

/**
 * Opens labelled images: MNIST idx pairs (`.gz` too), CIFAR-10 binary batches, packs of CIFAR-10 as JPEG scans, strips
 * of CIFAR-10 as PNG, folders of PNG and JPEG files (labels.csv or one sub-folder a class).
 *
 * `path` is a folder, one of the set's files, or a folder with the set's name behind it (`mnist/train`).
 *
 * @throws ChipError E_DATASET when there is no set, or several and `split` names none of them; E_FILE_NOT_FOUND,
 *   E_FILE_ACCESS; E_DAMAGED when files of a set do not fit together
 */
export async function openImageSet(path: string, options: ImageSetOptions = {}): Promise<ImageSet> {
  const found = await findImageSet(path, options);
  if (found !== undefined) return found.open();
  throw new ChipError(
    "E_DATASET",
    `${path} is no set of images; give MNIST idx files, CIFAR-10 batches, or a folder of PNG or JPEG files with labels.csv or one sub-folder a class.`,
    { details: { path } },
  );
}

/** As `openImageSet`, but undefined when there are no images, so that the caller can look for recordings instead. */
export async function findImageSet(path: string, { split }: ImageSetOptions = {}): Promise<FoundSet | undefined> {
  const present = await stat(path).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw inputFileError(path, error);
    return undefined;
  });
  const folder = present?.isDirectory() ? path : dirname(path);
  const wanted = present?.isDirectory() ? split : basename(path);
  const names = await listNames(folder, path);
  const sets = await packedSets(folder, names);
  if (present?.isDirectory()) {
    if (sets.length === 0) {
      await refuseParent(path, names);
      return openImageFolder(path, split);
    }
    if (wanted === undefined && sets.length === 1) return sets[0];
  }
  const chosen = sets.find(({ name }) => name === wanted) ?? sets.find(({ files }) => files.includes(wanted ?? ""));
  if (chosen !== undefined) return chosen;
  if (present === undefined && sets.length === 0)
    throw inputFileError(path, Object.assign(new Error(), { code: "ENOENT" }));
  if (sets.length === 0) return undefined;
  const have = sets.map(({ name }) => name).join(", ");
  const what = present?.isDirectory() && wanted === undefined ? "holds several sets" : `holds no set "${wanted ?? ""}"`;
  throw new ChipError(
    "E_DATASET",
    `${folder} ${what}; choose one of ${have} with --split or as ${join(folder, sets[0].name)}.`,
    {
      details: { sets: sets.map(({ name }) => name) },
    },
  );
}

/** A folder above one that holds packed images would pass for a set with one class, and be refused for a reason that misleads. */
async function refuseParent(path: string, names: readonly string[]): Promise<void> {
  for (const name of names.slice(0, MOST_LOOKED_INTO)) {
    const sets = await listImageSets(join(path, name));
    if (sets.length === 0) continue;
    throw new ChipError(
      "E_DATASET",
      `${path} holds no images itself, its folder ${name} does (${sets.map((set) => set.name).join(", ")}); give ${join(path, name)}.`,
      { details: { folder: join(path, name), sets: sets.map((set) => set.name) } },
    );
  }
}

/** The sets that a folder holds, by name: those with files of their own kind, not a folder of pictures. None for a file. */
export async function listImageSets(folder: string): Promise<readonly FoundSet[]> {
  const present = await stat(folder).catch(() => undefined);
  return present?.isDirectory() === true ? packedSets(folder, await listNames(folder, folder)) : [];
}

/** Sets with files of their own kind; their finders look at names first, and at heads of files where names say little. */
async function packedSets(folder: string, names: readonly string[]): Promise<readonly FoundSet[]> {
  const sets = [
    ...(await findIdxPairs(folder, names)),
    ...findJpegPacks(folder, names),
    ...(await findBinaryBatches(folder, names)),
    ...findPngStrips(folder, names),
  ];
  return sets.sort((a, b) => naturally(a.name, b.name));
}

async function listNames(folder: string, path: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort(naturally);
  } catch (error) {
    throw inputFileError((error as NodeJS.ErrnoException).code === "ENOENT" ? path : folder, error);
  }
}
