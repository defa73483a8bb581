import { readFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { ChipError } from "../errors.ts";
import type { Shape } from "../network/types.ts";
import { inColour } from "./cifar10.ts";
import { openDataset, type Sample } from "./dataset.ts";
import type { FoundSet, ImageSet } from "./image-set.ts";
import { inputFileError } from "./input-file.ts";
import { isPicture, type PictureReader, pictureReader } from "./picture.ts";

/**
 * A labelled folder whose files are PNG or JPEG pictures: labels.csv, or one sub-folder a class. Undefined when its first
 * sample is no picture, so that the caller can take the folder for recordings.
 *
 * @throws ChipError as `openDataset`
 */
export async function openImageFolder(folder: string, split?: string): Promise<FoundSet | undefined> {
  const dataset = await openDataset(folder, split === undefined ? {} : { split });
  const first = dataset.samples[0];
  if (first === undefined || !(await beginsLikePicture(first.file))) return undefined;
  return {
    name: split ?? "images",
    files: [],
    open: async () => openPictures(dataset.samples, dataset.classes, await pictureReader()),
  };
}

/**
 * Pictures as a set: the first decides the size that all must have. Grey pictures of a set that begins in colour are
 * read in colour; a set that begins in grey is grey throughout.
 *
 * Files are read and decoded when asked for.
 */
export function openPictures(samples: readonly Sample[], classes: readonly string[], decode: PictureReader): ImageSet {
  const read = (file: string) => {
    try {
      return decode(new Uint8Array(readFileSync(file)), file);
    } catch (error) {
      throw error instanceof ChipError ? error : inputFileError(file, error);
    }
  };
  const first = read(samples[0].file);
  const shape: Shape = [first.features, first.height, first.width];
  return {
    format: "folder of images",
    count: samples.length,
    shape,
    classes,
    id: (index) => samples[index].id,
    label: (index) => classes.indexOf(samples[index].label),
    image: (index) => {
      const { file } = samples[index];
      const picture = index === 0 ? first : read(file);
      const values = shape[0] === 3 ? inColour(picture) : picture.values;
      if (
        picture.height !== shape[1] ||
        picture.width !== shape[2] ||
        values.length !== shape[0] * shape[1] * shape[2]
      ) {
        throw new ChipError(
          "E_INPUT",
          `${file} is ${picture.features}x${picture.height}x${picture.width}, and the first image of the set ${shape.join("x")}; give all images one size.`,
          { details: { file } },
        );
      }
      return values;
    },
  };
}

async function beginsLikePicture(path: string): Promise<boolean> {
  try {
    const file = await open(path);
    try {
      const head = new Uint8Array(8);
      await file.read(head, 0, 8, 0);
      return isPicture(head);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw inputFileError(path, error);
  }
}
