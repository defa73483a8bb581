import { open } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { ChipError, messageOf } from "../errors.ts";
import type { FoundSet, ImageSet } from "./image-set.ts";
import { inputFileError, readInputFile } from "./input-file.ts";

/** What an idx file holds. */
export interface IdxArray {
  readonly shape: readonly number[];
  readonly values: Uint8Array;
}

const UNSIGNED_BYTE = 8;
/** More than any idx set of bytes holds; a damaged gzip must not grow without end. */
const LARGEST = 2 ** 31;
const DIGITS = Array.from({ length: 10 }, (_, i) => String(i));

/**
 * Reads an idx array of bytes (the format of LeCun's MNIST files): two zero bytes, the type, the number of axes, each
 * axis as a big-endian 32-bit number, the values with the last axis innermost. Gzip is undone.
 *
 * @param name how messages call the file
 * @throws ChipError E_FORMAT when it is not idx or holds something other than bytes; E_DAMAGED when its length is not
 *   what its axes need
 */
export function readIdx(bytes: Uint8Array, name: string): IdxArray {
  const data = isGzip(bytes) ? unpack(bytes, name) : bytes;
  if (data.length < 4 || data[0] !== 0 || data[1] !== 0) {
    throw new ChipError("E_FORMAT", `${name} is not an idx file: it does not begin with two zero bytes.`);
  }
  if (data[2] !== UNSIGNED_BYTE) {
    throw new ChipError("E_FORMAT", `${name} holds values of type ${data[2]}; idx files of bytes (type 8) are read.`);
  }
  const axes = data[3];
  const head = 4 + 4 * axes;
  if (data.length < head)
    throw new ChipError("E_DAMAGED", `${name} ends in its header (${data.length} bytes); copy it again.`);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const shape = Array.from({ length: axes }, (_, i) => view.getUint32(4 + 4 * i));
  const need = shape.reduce((product, n) => product * n, 1);
  if (data.length - head !== need) {
    throw new ChipError(
      "E_DAMAGED",
      `${name} holds ${data.length - head} values, and ${shape.join("x")} needs ${need}; copy it again.`,
      { details: { need, have: data.length - head } },
    );
  }
  return { shape, values: data.subarray(head) };
}

/** Pairs of idx files, images `[n, height, width]` and labels `[n]`, that differ in `images` and `labels` by name. */
export async function findIdxPairs(folder: string, names: readonly string[]): Promise<FoundSet[]> {
  const found: FoundSet[] = [];
  for (const images of names) {
    if (!/images/i.test(images)) continue;
    const labels =
      names.find((name) => name === labelsName(images)) ??
      names.find((name) => plain(name) === plain(labelsName(images)));
    if (labels === undefined || !(await beginsLikeIdx(join(folder, images)))) continue;
    const name = plain(images).replace(/[-_.]?images.*$/i, "") || "images";
    found.push({ name, files: [images, labels], open: () => openIdxPair(join(folder, images), join(folder, labels)) });
  }
  return found;
}

/**
 * Opens a pair of idx files as a set of one-feature images.
 *
 * @throws ChipError E_DATASET when they do not belong together, otherwise as `readIdx`
 */
export async function openIdxPair(imagesPath: string, labelsPath: string): Promise<ImageSet> {
  const images = readIdx(await readInputFile(imagesPath), imagesPath);
  const labels = readIdx(await readInputFile(labelsPath), labelsPath);
  const [count, height, width] = images.shape;
  if (images.shape.length !== 3 || labels.shape.length !== 1 || labels.shape[0] !== count || height * width === 0) {
    throw new ChipError(
      "E_DATASET",
      `${imagesPath} (${images.shape.join("x")}) and ${labelsPath} (${labels.shape.join("x")}) do not belong together; images need three axes, and labels one of the same length.`,
    );
  }
  const size = height * width;
  const most = labels.values.reduce((max, label) => Math.max(max, label), 0);
  return {
    format: "MNIST idx",
    count,
    shape: [1, height, width],
    classes: most < 10 ? DIGITS : Array.from({ length: most + 1 }, (_, i) => String(i)),
    id: String,
    label: (index) => labels.values[index],
    image: (index) => images.values.subarray(index * size, (index + 1) * size),
  };
}

function labelsName(images: string): string {
  return images.replace(/images/i, "labels").replace(/idx3/i, "idx1");
}

function plain(name: string): string {
  return name.replace(/\.gz$/i, "");
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function unpack(bytes: Uint8Array, name: string): Uint8Array {
  // gzip packs at most about 1:1030.
  const most = Math.min(LARGEST, 4096 + 1100 * bytes.length);
  try {
    return new Uint8Array(gunzipSync(bytes, { maxOutputLength: most }));
  } catch (error) {
    throw new ChipError("E_DAMAGED", `${name} cannot be unpacked: ${messageOf(error)}; copy it again.`, {
      cause: error,
    });
  }
}

async function beginsLikeIdx(path: string): Promise<boolean> {
  const head = new Uint8Array(4);
  try {
    const file = await open(path);
    try {
      const { bytesRead } = await file.read(head, 0, 4, 0);
      return bytesRead === 4 && (isGzip(head) || (head[0] === 0 && head[1] === 0 && head[2] === UNSIGNED_BYTE));
    } finally {
      await file.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EISDIR") return false;
    throw inputFileError(path, error);
  }
}
