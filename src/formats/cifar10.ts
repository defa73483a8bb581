import { open, stat } from "node:fs/promises";
import { join } from "node:path";
import { ChipError } from "../errors.ts";
import type { Shape } from "../network/types.ts";
import type { FoundSet, ImageSet } from "./image-set.ts";
import { readInputFile } from "./input-file.ts";
import { type Picture, pictureReader } from "./picture.ts";

export const CIFAR10_CLASSES: readonly string[] = [
  "airplane",
  "automobile",
  "bird",
  "cat",
  "deer",
  "dog",
  "frog",
  "horse",
  "ship",
  "truck",
];

const SIDE = 32;
const PIXELS = SIDE * SIDE;
const VALUES = 3 * PIXELS;
const SHAPE: Shape = [3, SIDE, SIDE];
/** What all its forms have in common. */
const COMMON = { shape: SHAPE, classes: CIFAR10_CLASSES, id: String };
/** A binary record: the label, then 1,024 red, green and blue values each. */
const RECORD = 1 + VALUES;
const JPEG_END = [0xff, 0xd9];

/** CIFAR-10 binary batches (`data_batch_1.bin`... as `train`, `test_batch.bin` as `test`): records of 3,073 bytes. */
export async function findBinaryBatches(folder: string, names: readonly string[]): Promise<FoundSet[]> {
  const groups = new Map<string, string[]>();
  for (const name of names.filter((name) => name.endsWith(".bin"))) {
    const set = /^data_batch_\d+\.bin$/.test(name) ? "train" : name === "test_batch.bin" ? "test" : name.slice(0, -4);
    if ((set === "train" || set === "test") && !name.includes("batch")) continue;
    if (!name.includes("batch") && !(await looksLikeBatch(join(folder, name)))) continue;
    groups.set(set, [...(groups.get(set) ?? []), name]);
  }
  return [...groups].map(([name, files]) => ({
    name,
    files,
    open: () => openBinaryBatches(files.map((file) => join(folder, file))),
  }));
}

/**
 * Opens CIFAR-10 binary batches, one behind the other.
 *
 * @throws ChipError E_DAMAGED when a file is no whole number of records or holds a label above 9
 */
export async function openBinaryBatches(paths: readonly string[]): Promise<ImageSet> {
  const batches: Uint8Array[] = [];
  for (const path of paths) {
    const bytes = await readInputFile(path);
    const wrong = bytes.length % RECORD !== 0 ? "is no whole number of images" : badLabel(bytes, RECORD);
    if (wrong !== undefined) {
      throw new ChipError("E_DAMAGED", `${path} (${bytes.length} bytes, ${RECORD} an image) ${wrong}; copy it again.`);
    }
    batches.push(bytes);
  }
  const starts = startsOf(batches.map((batch) => batch.length / RECORD));
  const place = (index: number): readonly [batch: Uint8Array, at: number] => {
    const b = starts.findLastIndex((start) => start <= index);
    return [batches[b], (index - starts[b]) * RECORD];
  };
  return {
    format: "CIFAR-10 binary",
    count: batches.reduce((sum, batch) => sum + batch.length / RECORD, 0),
    ...COMMON,
    label: (index) => {
      const [batch, at] = place(index);
      return batch[at];
    },
    image: (index) => {
      const [batch, at] = place(index);
      return batch.subarray(at + 1, at + RECORD);
    },
  };
}

/**
 * Packs of JPEG files that share one header: `jpeg_header.bin`, and for each set NAME the joined scans `NAME.scan`, the
 * bytes of each `NAME.len.u16le`, and the classes `NAME.labels.u8`. Header, scan and the end mark FF D9 are one file.
 */
export function findJpegPacks(folder: string, names: readonly string[]): FoundSet[] {
  if (!names.includes("jpeg_header.bin")) return [];
  return names
    .filter((name) => name.endsWith(".scan"))
    .map((scan) => {
      const name = scan.slice(0, -".scan".length);
      const files = [scan, `${name}.len.u16le`, `${name}.labels.u8`];
      return { name, files, open: () => openJpegPack(folder, name) };
    });
}

/**
 * Opens a pack of JPEG scans. Images are decoded when asked for; another decoder may give slightly different colours.
 *
 * @throws ChipError E_DAMAGED when its files do not fit together
 */
export async function openJpegPack(folder: string, name: string): Promise<ImageSet> {
  const read = (file: string): Promise<Uint8Array> => readInputFile(join(folder, file));
  const [header, scans, sizes, labels] = await Promise.all(
    ["jpeg_header.bin", `${name}.scan`, `${name}.len.u16le`, `${name}.labels.u8`].map(read),
  );
  const count = labels.length;
  const starts = new Float64Array(count + 1);
  for (let i = 0; i < count; i++) starts[i + 1] = starts[i] + sizes[2 * i] + 256 * sizes[2 * i + 1];
  const wrong =
    sizes.length !== 2 * count
      ? `${sizes.length / 2} sizes for ${count} labels`
      : starts[count] !== scans.length
        ? `${scans.length} bytes of scans where the sizes need ${starts[count]}`
        : badLabel(labels, 1);
  if (wrong !== undefined) throw new ChipError("E_DAMAGED", `${join(folder, name)} has ${wrong}; copy it again.`);
  const decode = await pictureReader();
  return {
    format: "CIFAR-10 as JPEG scans",
    count,
    ...COMMON,
    label: (index) => labels[index],
    image: (index) => {
      const scan = scans.subarray(starts[index], starts[index + 1]);
      const file = new Uint8Array(header.length + scan.length + JPEG_END.length);
      file.set(header);
      file.set(scan, header.length);
      file.set(JPEG_END, header.length + scan.length);
      const title = `${join(folder, name)} image ${index}`;
      const picture = decode(file, title);
      if (picture.width !== SIDE || picture.height !== SIDE) {
        throw new ChipError("E_DAMAGED", `${title} is ${picture.width}x${picture.height}, not 32x32; copy it again.`);
      }
      return inColour(picture);
    },
  };
}

/** Strips of CIFAR-10: `*_batch_0.png`..., each row one image of 1,024 RGB pixels in row order, with `labels.u8`. */
export function findPngStrips(folder: string, names: readonly string[]): FoundSet[] {
  const strips = names.filter((name) => /_batch_\d+\.png$/.test(name));
  if (strips.length === 0 || !names.includes("labels.u8")) return [];
  const name = strips[0].replace(/_batch_\d+\.png$/, "");
  return [{ name, files: [...strips, "labels.u8"], open: () => openPngStrips(folder, strips) }];
}

/** @throws ChipError E_DAMAGED when strips and labels do not fit together */
export async function openPngStrips(folder: string, strips: readonly string[]): Promise<ImageSet> {
  const decode = await pictureReader();
  const labels = await readInputFile(join(folder, "labels.u8"));
  const pictures: Picture[] = [];
  for (const strip of strips) pictures.push(decode(await readInputFile(join(folder, strip)), join(folder, strip)));
  const narrow = strips.find((_, i) => pictures[i].width !== PIXELS);
  if (narrow !== undefined)
    throw new ChipError("E_DAMAGED", `${join(folder, narrow)} is not ${PIXELS} pixels wide, one row an image.`);
  const starts = startsOf(pictures.map(({ height }) => height));
  const count = pictures.reduce((sum, { height }) => sum + height, 0);
  const wrong = labels.length !== count ? `${labels.length} labels for ${count} images` : badLabel(labels, 1);
  if (wrong !== undefined) throw new ChipError("E_DAMAGED", `${folder} has ${wrong}; copy it again.`);
  return {
    format: "CIFAR-10 as PNG strips",
    count,
    ...COMMON,
    label: (index) => labels[index],
    image: (index) => {
      const strip = starts.findLastIndex((start) => start <= index);
      const { values, height, features } = pictures[strip];
      const row = index - starts[strip];
      const image = new Uint8Array(VALUES);
      for (let f = 0; f < 3; f++) {
        const from = (Math.min(f, features - 1) * height + row) * PIXELS;
        image.set(values.subarray(from, from + PIXELS), f * PIXELS);
      }
      return image;
    },
  };
}

/** A grey picture has its one value in all three colours. */
export function inColour({ features, values }: Picture): Uint8Array {
  if (features === 3) return values;
  const colour = new Uint8Array(3 * values.length);
  for (let f = 0; f < 3; f++) colour.set(values, f * values.length);
  return colour;
}

function startsOf(counts: readonly number[]): number[] {
  let sum = 0;
  return counts.map((count) => (sum += count) - count);
}

function badLabel(bytes: Uint8Array, step: number): string | undefined {
  for (let at = 0; at < bytes.length; at += step) {
    if (bytes[at] > 9) return `has the label ${bytes[at]} at byte ${at}, above 9`;
  }
  return undefined;
}

/** Under another name: whole records, and labels that exist in the first and the second. */
async function looksLikeBatch(path: string): Promise<boolean> {
  const { size } = await stat(path);
  if (size === 0 || size % RECORD !== 0) return false;
  const file = await open(path);
  try {
    const label = new Uint8Array(1);
    for (const at of [0, Math.min(RECORD, size - RECORD)]) {
      await file.read(label, 0, 1, at);
      if (label[0] > 9) return false;
    }
    return true;
  } finally {
    await file.close();
  }
}
