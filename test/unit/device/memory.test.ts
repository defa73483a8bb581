import { describe, expect, it } from "vitest";
import { loadDevice } from "../../../src/device/catalogue.ts";
import { addressBits, convOutput, wordsNeeded } from "../../../src/device/memory.ts";

interface Conv {
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: number;
  readonly stride?: number;
  readonly padding?: number;
  /** Sum pooling after the layer. */
  readonly pool?: number;
}

const ALL = [0, 1, 2, 3, 4, 5, 6, 7, 8];

/** One row a layer: kernel words, neuron words, and the cores of a Speck 2f whose memories suffice. */
async function fitTable(inputSize: number, layers: readonly Conv[]): Promise<[number, number, number[]][]> {
  const { spec } = await loadDevice("speck2f");
  let size = inputSize;
  return layers.map(({ inputs, outputs, kernel, stride = 1, padding = 0, pool = 1 }) => {
    const output = convOutput(size, kernel, padding, stride);
    size = Math.floor(output / pool);
    const need = wordsNeeded({
      inputFeatures: inputs,
      outputFeatures: outputs,
      kernel: [kernel, kernel],
      output: [output, output],
      leak: false,
    });
    const fits = spec.cores.filter(
      (core) => core.kernelWords.value >= need.kernelWords && core.neuronWords.value >= need.neuronWords,
    );
    return [need.kernelWords, need.neuronWords, fits.map((core) => core.id)];
  });
}

describe("memory words of a layer (Speck data sheet 3.2.4.1)", () => {
  it("data sheet example: 16 -> 32 features, 3x3, padding 1, 64x64 needs 8 Ki kernel and 128 Ki neuron words", () => {
    const output = convOutput(64, 3, 1, 1);
    expect(output).toBe(64);
    expect(
      wordsNeeded({ inputFeatures: 16, outputFeatures: 32, kernel: [3, 3], output: [output, output], leak: true }),
    ).toEqual({ kernelWords: 8192, neuronWords: 131072, leakWords: 32 });
  });

  it("rounds height and width apart, and neither the kernel's input nor the map's features", () => {
    expect(wordsNeeded({ inputFeatures: 3, outputFeatures: 5, kernel: [2, 3], output: [9, 4], leak: false })).toEqual({
      kernelWords: 3 * 8 * 8,
      neuronWords: 5 * 16 * 4,
      leakWords: 0,
    });
  });

  it("addressBits is the exact ceiling of log2", () => {
    expect([1, 2, 3, 4, 5, 8, 9, 255, 256, 257, 65536, 65537].map(addressBits)).toEqual([
      0, 1, 2, 2, 3, 3, 4, 8, 8, 9, 16, 17,
    ]);
  });

  it("convOutput drops what a stride does not reach", () => {
    expect(convOutput(128, 2, 0, 2)).toBe(64);
    expect(convOutput(31, 3, 0, 1)).toBe(29);
    expect(convOutput(34, 5, 2, 2)).toBe(17);
  });
});

describe("published networks on the nine-core chips", () => {
  const gesture: Conv[] = [
    { inputs: 2, outputs: 16, kernel: 2, stride: 2 },
    { inputs: 16, outputs: 16, kernel: 3, padding: 1, pool: 2 },
    { inputs: 16, outputs: 32, kernel: 3, padding: 1, pool: 2 },
    { inputs: 32, outputs: 32, kernel: 3, padding: 1, pool: 2 },
    { inputs: 32, outputs: 64, kernel: 3, padding: 1, pool: 2 },
    { inputs: 64, outputs: 64, kernel: 3, padding: 1, pool: 2 },
    { inputs: 64, outputs: 256, kernel: 2 },
    { inputs: 256, outputs: 128, kernel: 1 },
    { inputs: 128, outputs: 11, kernel: 1 },
  ];

  it("sinabs' DVS-gesture network, 2x128x128: nine layers, and the hand-made mapping fits", async () => {
    const table = await fitTable(128, gesture);
    expect(table).toEqual([
      [128, 65536, [0, 1, 2]],
      [4096, 65536, [0, 1, 2]],
      [8192, 32768, [0, 1, 2, 3, 4]],
      [16384, 8192, ALL],
      [32768, 4096, [3, 4, 5, 6]],
      [65536, 1024, [5, 6]],
      [65536, 256, [5, 6]],
      [32768, 128, [3, 4, 5, 6]],
      [2048, 11, ALL],
    ]);
    const handMade = [0, 1, 2, 7, 4, 5, 6, 3, 8];
    expect(handMade.map((core, layer) => table[layer][2].includes(core))).toEqual(Array(9).fill(true));
  });

  it("the same with one output feature (sinabs' large-network test)", async () => {
    const table = await fitTable(128, [...gesture.slice(0, 8), { inputs: 128, outputs: 1, kernel: 1 }]);
    expect(table.at(-1)).toEqual([128, 1, ALL]);
  });

  it("the LeNet of sinabs' documentation, 1x28x28", async () => {
    expect(
      await fitTable(28, [
        { inputs: 1, outputs: 20, kernel: 5, pool: 2 },
        { inputs: 20, outputs: 32, kernel: 5, pool: 2 },
        { inputs: 32, outputs: 128, kernel: 3, pool: 2 },
        { inputs: 128, outputs: 500, kernel: 1 },
        { inputs: 500, outputs: 10, kernel: 1 },
      ]),
    ).toEqual([
      [1024, 20480, [0, 1, 2, 3, 4]],
      [20480, 2048, [3, 4, 5, 6]],
      [65536, 512, [5, 6]],
      [65536, 500, [5, 6]],
      [8000, 10, ALL],
    ]);
  });

  it("the MNIST-DVS network of Sorbaro et al. 2020, 1x64x64, fits", async () => {
    expect(
      await fitTable(64, [
        { inputs: 1, outputs: 8, kernel: 3, pool: 2 },
        { inputs: 8, outputs: 12, kernel: 3, pool: 2 },
        { inputs: 12, outputs: 12, kernel: 3, pool: 2 },
        { inputs: 12, outputs: 10, kernel: 6 },
      ]),
    ).toEqual([
      [128, 32768, [0, 1, 2, 3, 4]],
      [2048, 12288, ALL],
      [3072, 3072, ALL],
      [12288, 10, ALL],
    ]);
  });

  it("the CIFAR-10 network of Sorbaro et al. 2020, 3x32x32: seven of nine layers fit no core", async () => {
    const Ki = 1024;
    expect(
      await fitTable(32, [
        { inputs: 3, outputs: 96, kernel: 3, padding: 1 },
        { inputs: 96, outputs: 96, kernel: 3, padding: 1 },
        { inputs: 96, outputs: 192, kernel: 3, padding: 1, stride: 2 },
        { inputs: 192, outputs: 192, kernel: 3, padding: 1 },
        { inputs: 192, outputs: 192, kernel: 3, padding: 1 },
        { inputs: 192, outputs: 192, kernel: 3, padding: 1, stride: 2 },
        { inputs: 192, outputs: 192, kernel: 3, padding: 1 },
        { inputs: 192, outputs: 192, kernel: 1 },
        { inputs: 192, outputs: 10, kernel: 1 },
      ]),
    ).toEqual([
      [6 * Ki, 96 * Ki, []],
      [192 * Ki, 96 * Ki, []],
      [384 * Ki, 48 * Ki, []],
      [768 * Ki, 48 * Ki, []],
      [768 * Ki, 48 * Ki, []],
      [768 * Ki, 12 * Ki, []],
      [768 * Ki, 12 * Ki, []],
      [48 * Ki, 12 * Ki, [5, 6]],
      [3 * Ki, 640, ALL],
    ]);
  });
});
