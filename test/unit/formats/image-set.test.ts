import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { PNG } from "pngjs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ChipError } from "../../../src/errors.ts";
import { readIdx } from "../../../src/formats/idx.ts";
import { findImageSet, openImageSet } from "../../../src/formats/image-set.ts";
import { imageToCurrent, imageValues } from "../../../src/formats/image-values.ts";
import { dataPath, dataRoot } from "../../support/data.ts";
import { thrown } from "../../support/thrown.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "images-"));
});
afterEach(() => rm(folder, { recursive: true }));

const file = (name: string, bytes: Uint8Array): Promise<void> => writeFile(join(folder, name), bytes);
const images = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6);
const labels = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 7, 0);

function png(width: number, height: number, pixel: (i: number) => readonly [number, number, number], grey = false) {
  const image = new PNG({ width, height });
  for (let i = 0; i < width * height; i++) image.data.set([...pixel(i), 255], 4 * i);
  return PNG.sync.write(image, { colorType: grey ? 0 : 2 });
}

async function failure(run: Promise<unknown>): Promise<ChipError> {
  const error = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ChipError) return error;
  throw new Error(`expected a ChipError, got ${String(error)}`);
}

describe("idx", () => {
  it("reads the pair of a folder, packed or not, by the pair's name", async () => {
    await file("train-images-idx3-ubyte.gz", gzipSync(images));
    await file("train-labels-idx1-ubyte", labels);
    const set = await openImageSet(join(folder, "train"));
    expect(set).toMatchObject({ format: "MNIST idx", count: 2, shape: [1, 1, 3] });
    expect([set.label(0), set.label(1)]).toEqual([7, 0]);
    expect(set.classes[set.label(0)]).toBe("7");
    expect(Array.from(set.image(1))).toEqual([4, 5, 6]);
    expect((await openImageSet(folder)).count).toBe(2);
    expect((await openImageSet(join(folder, "train-labels-idx1-ubyte"))).count).toBe(2);
  });

  it("names the sets of a folder that holds several", async () => {
    for (const name of ["train", "t10k"]) {
      await file(`${name}-images-idx3-ubyte`, images);
      await file(`${name}-labels-idx1-ubyte`, labels);
    }
    const error = await failure(openImageSet(folder));
    expect(error).toMatchObject({ code: "E_DATASET", details: { sets: ["t10k", "train"] } });
    expect((await openImageSet(folder, { split: "t10k" })).count).toBe(2);
  });

  it("names the folder below that holds the images", async () => {
    await mkdir(join(folder, "raw"));
    await file("raw/train-images-idx3-ubyte", images);
    await file("raw/train-labels-idx1-ubyte", labels);
    const error = await failure(findImageSet(folder, { split: "train" }));
    expect(error.message).toContain(`its folder raw does (train); give ${join(folder, "raw")}.`);
    expect((await openImageSet(join(folder, "raw"), { split: "train" })).count).toBe(2);
  });

  it("refuses what does not fit together", () => {
    expect(thrown(() => readIdx(images.subarray(0, 20), "x")).message).toContain("holds 4 values, and 2x1x3 needs 6");
    expect(thrown(() => readIdx(Uint8Array.of(0, 0, 13, 1, 0, 0, 0, 0), "x")).code).toBe("E_FORMAT");
    expect(thrown(() => readIdx(gzipSync(images).subarray(0, 20), "x")).code).toBe("E_DAMAGED");
  });
});

describe("CIFAR-10 binary", () => {
  it("puts batches one behind the other", async () => {
    const batch = (label: number) =>
      Uint8Array.from({ length: 2 * 3073 }, (_, i) => (i % 3073 === 0 ? label : i % 251));
    for (const n of [1, 2, 10]) await file(`data_batch_${n}.bin`, batch(n - 1));
    const set = await openImageSet(folder);
    expect(set).toMatchObject({ format: "CIFAR-10 binary", count: 6, shape: [3, 32, 32] });
    expect([0, 1, 2, 3, 4, 5].map(set.label)).toEqual([0, 0, 1, 1, 9, 9]);
    expect(set.classes[9]).toBe("truck");
    expect(set.image(3)[0]).toBe((3073 + 1) % 251);
  });

  it("refuses a label above 9", async () => {
    await file("test_batch.bin", new Uint8Array(3073).fill(200));
    expect((await failure(openImageSet(folder))).message).toContain("has the label 200 at byte 0");
  });
});

describe("folders of pictures", () => {
  it("takes one sub-folder a class, features apart", async () => {
    for (const name of ["cat", "dog"]) {
      await mkdir(join(folder, name));
      await file(
        `${name}/1.png`,
        png(2, 1, (i) => [i, 100 + i, name === "cat" ? 200 : 201]),
      );
    }
    const set = await openImageSet(folder);
    expect(set).toMatchObject({ count: 2, shape: [3, 1, 2], classes: ["cat", "dog"] });
    expect([set.id(1), set.label(1)]).toEqual(["dog/1", 1]);
    expect(Array.from(set.image(1))).toEqual([0, 1, 100, 101, 201, 201]);
  });

  it("takes labels.csv, and a grey set as one feature", async () => {
    await file("labels.csv", new TextEncoder().encode("file,label\nb.png,5\na.png,2\n"));
    await file(
      "a.png",
      png(1, 2, (i) => [9 * i, 9 * i, 9 * i], true),
    );
    await file(
      "b.png",
      png(1, 2, () => [3, 3, 3], true),
    );
    const set = await openImageSet(folder);
    expect(set.shape).toEqual([1, 2, 1]);
    expect(set.classes[set.label(0)]).toBe("5");
    expect(Array.from(set.image(1))).toEqual([0, 9]);
  });

  it("says which picture has another size, and which cannot be decoded", async () => {
    await mkdir(join(folder, "a"));
    await file(
      "a/1.png",
      png(2, 2, () => [1, 2, 3]),
    );
    await file(
      "a/2.png",
      png(3, 2, () => [1, 2, 3]),
    );
    await file("a/3.png", png(2, 2, () => [1, 2, 3]).subarray(0, 60));
    const set = await openImageSet(folder);
    expect(thrown(() => set.image(1)).message).toContain("2.png is 3x2x3, and the first image of the set 3x2x2");
    expect(thrown(() => set.image(2)).code).toBe("E_DAMAGED");
  });

  it("leaves folders of recordings to others", async () => {
    await mkdir(join(folder, "a"));
    await file("a/1.bin", Uint8Array.of(1, 2, 3));
    expect(await findImageSet(folder)).toBeUndefined();
  });
});

describe("imageValues", () => {
  it("normalizes, scales and shares a presentation out over its steps", () => {
    expect(Array.from(imageValues([0, 51, 255]))).toEqual([0, Math.fround(0.2), 1]);
    expect(Array.from(imageValues([0, 255], { normalize: "-1..1", inputScale: 2 }))).toEqual([-2, 2]);
    expect(Array.from(imageToCurrent([200], { normalize: "none", steps: 10 }))).toEqual([20]);
  });
});

describe.skipIf(!dataRoot)("real sets", () => {
  it("opens MNIST, CIFAR-10 as JPEG and CIFAR-10 as PNG", async () => {
    const mnist = await openImageSet(dataPath("mnist", "dev", "train"));
    expect([mnist.count, ...[0, 1, 2, 3, 4].map(mnist.label)]).toEqual([60000, 5, 0, 4, 1, 9]);
    const strips = await openImageSet(dataPath("cifar10_lossless4k", "dev"));
    expect([strips.count, ...[0, 1, 2, 3].map(strips.label)]).toEqual([3000, 6, 9, 9, 4]);
    const jpeg = await openImageSet(dataPath("cifar10_jpeg60k", "dev"), { split: "train" });
    expect([jpeg.count, jpeg.label(13)]).toEqual([50000, 3]);
    // Means of the first images by another decoder, which rounds where this one cuts.
    const means = [148.574, 103.512, 119.544, 70.333, 80.348];
    for (const [i, mean] of means.entries()) {
      const image = jpeg.image(i);
      let sum = 0;
      for (const value of image) sum += value;
      expect(Math.abs(sum / image.length - mean)).toBeLessThan(0.6);
    }
  });
});
