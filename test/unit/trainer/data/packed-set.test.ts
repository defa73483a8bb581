import { describe, expect, it } from "vitest";
import { Random } from "../../../../src/random.ts";
import { type PackedMeaning, PackedSet, Packer } from "../../../../src/trainer/data/packed-set.ts";
import { thrown } from "../../../support/thrown.ts";

const pack = (meaning: PackedMeaning, ...samples: number[][]): PackedSet => {
  const packer = new Packer({ shape: [2, 2, 3], classes: 3, meaning });
  for (const [i, values] of samples.entries()) packer.add(values, i % 3);
  return packer.finish();
};
const values = (set: PackedSet, ...indices: number[]): number[] => [...set.batch(Int32Array.from(indices), null).x];
/** `[feature][y][x]`. */
const SAMPLE = [1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16];

describe("samples in memory", () => {
  it("come back with features last, as often and in the order asked for", () => {
    const set = pack({ values: "counts" }, SAMPLE, new Array(12).fill(7));
    const nhwc = [1, 11, 2, 12, 3, 13, 4, 14, 5, 15, 6, 16];
    const { x, labels } = set.batch(Int32Array.of(1, 0, 0), null);
    expect([...x]).toEqual([...new Array(12).fill(7), ...nhwc, ...nhwc]);
    expect([...labels]).toEqual([1, 0, 0]);
    expect(set).toMatchObject({ shape: [2, 2, 3], classes: 3, size: 2 });
    expect(() => set.batch(Int32Array.of(2), null)).toThrow(RangeError);
  });

  it("go where they are wanted, whatever lay there before", () => {
    const set = pack({ values: "0..1", crop: 1, flip: true }, SAMPLE, SAMPLE);
    const indices = Int32Array.of(1, 0);
    const into = { x: new Float32Array(24).fill(Number.NaN), labels: Int32Array.of(9, 9) };
    expect(set.batch(indices, new Random(3), into).x).toBe(into.x);
    expect(into).toEqual(set.batch(indices, new Random(3)));
    set.batch(indices, null, into);
    expect(into).toEqual(set.batch(indices, null));
  });

  it("are brought to the range that a recipe asks for, rounded once", () => {
    const image = [0, 51, 128, 255, 0, 0, 0, 0, 0, 0, 0, 1];
    expect(values(pack({ values: "0..1" }, image), 0)[4]).toBe(Math.fround(128 / 255));
    expect(values(pack({ values: "-1..1" }, image), 0)[2]).toBe(Math.fround(51 / 127.5 - 1));
    expect(values(pack({ values: "counts" }, image), 0)[6]).toBe(255);
  });

  it("are exact beyond a byte: counts of thousands, and values that are no whole numbers", () => {
    const many = [70_000, 3, 300, 0, 0, 0, 0, 0, 0, 0, 0, 65_535];
    const half = [0.5, -2, ...new Array(10).fill(0)];
    const set = pack({ values: "counts" }, SAMPLE, [300, ...new Array(11).fill(1)], many, half);
    expect(values(set, 0).slice(0, 2)).toEqual([1, 11]);
    expect(values(set, 1)[0]).toBe(300);
    expect(values(set, 2)[0]).toBe(70_000);
    expect(values(set, 3)[0]).toBe(0.5);
    expect(values(set, 3)[2]).toBe(-2);
  });

  it("lie in memory that worker threads share", () => {
    const { samples } = pack({ values: "counts" }, SAMPLE);
    for (const { buffer } of [...samples.blocks, samples.labels]) expect(buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(values(new PackedSet(structuredClone(samples)), 0)).toEqual(values(new PackedSet(samples), 0));
  });

  it("refuse to take more memory than they may", () => {
    const packer = new Packer({ shape: [1, 64, 64], classes: 2, meaning: { values: "counts" }, limitBytes: 1e7 });
    expect(thrown(() => packer.add(new Uint8Array(4096), 0))).toMatchObject({ code: "E_DATASET" });
  });
});

describe("random crops and mirrors", () => {
  const set = pack({ values: "0..1", crop: 1, flip: true }, SAMPLE);
  const plain = values(set, 0);

  it("show every shift and its mirror image, with black from outside", () => {
    const seen = new Set<string>();
    const random = new Random(1);
    for (let i = 0; i < 600; i++) seen.add(set.batch(Int32Array.of(0), random).x.join());
    expect(seen.size).toBe(2 * 9);
    expect(seen).toContain(plain.join());
    const mirrored = [3, 13, 2, 12, 1, 11, 6, 16, 5, 15, 4, 14].map((raw) => Math.fround(raw / 255));
    expect(seen).toContain(mirrored.join());
    // One to the left and one up: the lower right corner becomes the upper left.
    const shifted = [5, 15, 6, 16, 0, 0, 0, 0, 0, 0, 0, 0].map((raw) => Math.fround(raw / 255));
    expect(seen).toContain(shifted.join());
  });

  it("depend on the randomness given alone, and leave samples for testing as they are", () => {
    const draw = (seed: number): number[] => [...set.batch(new Int32Array(8), new Random(seed)).x];
    expect(draw(3)).toEqual(draw(3));
    expect(draw(3)).not.toEqual(draw(4));
    expect(values(set, 0)).toEqual(plain);
  });

  it("fill in what black is in the range", () => {
    const dark = pack({ values: "-1..1", crop: 4 }, new Array(12).fill(255));
    const { x } = dark.batch(new Int32Array(100), new Random(2));
    expect(new Set(x)).toEqual(new Set([1, -1]));
  });
});
