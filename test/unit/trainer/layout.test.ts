import { describe, expect, it } from "vitest";
import { layOut } from "../../../src/trainer/layout.ts";
import { loadRecipe } from "../../../src/trainer/load-recipe.ts";
import type { LayerSpec } from "../../../src/trainer/spec.ts";

const layOutRecipe = async (name: string) => layOut((await loadRecipe(name)).network);

describe("the published networks", () => {
  it("MNIST-DVS: maps, fan-outs and weights of Sorbaro et al. 2020", async () => {
    const { sources, layers, parameters } = await layOutRecipe("mnist-dvs");
    expect(sources.map(({ fanOut }) => fanOut)).toEqual([72, 108, 108, 10, 0]);
    expect(sources.map(({ shape }) => shape[1])).toEqual([64, 62, 29, 12, 1]);
    expect(layers.map(({ input }) => input[1])).toEqual([64, 31, 14, 6]);
    expect(parameters).toBe(6552);
  });

  it("CIFAR-10 All-ConvNet: fan-outs, weights, and the exact MACs behind the first layer", async () => {
    const { sources, layers, parameters, macs } = await layOutRecipe("cifar10-all-convnet");
    expect(sources.map(({ fanOut }) => fanOut)).toEqual([0, 864, 432, 1728, 1728, 432, 1728, 192, 10, 1]);
    expect(parameters).toBe(1_617_312);
    expect(macs - (layers[0]?.macs ?? 0)).toBe(342_220_800);
  });
});

it("counts the taps of a spike exactly, dropped pool edges included", () => {
  const layers: LayerSpec[] = [
    { type: "conv", features: 1, kernel: 1 },
    { type: "averagePool", size: 2 },
    { type: "conv", features: 5, kernel: 3, padding: 1 },
  ];
  const { sources } = layOut({ input: [1, 5, 5], layers, fanOut: "exact" });
  const neurons = sources[1]?.fanOut as Float32Array;
  // The pool leaves a 2x2 map: every place of it lies in all four of the windows around it; the fifth row is dropped.
  expect([...neurons.subarray(0, 5)]).toEqual([20, 20, 20, 20, 0]);
  expect([...neurons.subarray(20)]).toEqual([0, 0, 0, 0, 0]);
  expect([...((sources[0] as (typeof sources)[number]).fanOut as Float32Array)]).toEqual(
    Array.from({ length: 25 }, () => 1),
  );
});

it("names everything that does not fit at once", () => {
  const layers: LayerSpec[] = [
    { type: "conv", name: "big", features: 4, kernel: 9 },
    { type: "dropout", rate: 1 },
    { type: "averagePool", size: 16 },
    { type: "conv", name: "big", features: 4, kernel: 3 },
  ];
  expect(() => layOut({ input: [1, 8, 8], layers })).toThrowError(
    /two layers are called big; big has a kernel of 9x9 and padding 0, but its map is 1x8x8; the dropout at place 2 has rate 1.*; pool1 pools 16x16/,
  );
});
