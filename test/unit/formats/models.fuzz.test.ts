import { gzipSync } from "node:zlib";
import jpeg from "jpeg-js";
import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import { readIdx } from "../../../src/formats/idx.ts";
import { readKerasH5 } from "../../../src/formats/keras-h5.ts";
import { readOnnx } from "../../../src/formats/onnx.ts";
import { pictureReader } from "../../../src/formats/picture.ts";
import { readTfjs } from "../../../src/formats/tfjs-model.ts";
import { writeTfjs } from "../../../src/formats/tfjs-write.ts";
import type { Network, NetworkNode } from "../../../src/network/types.ts";
import { conversionRefusals } from "../../../src/quantize/convert.ts";
import { Random } from "../../../src/random.ts";
import { chain, conv, linear } from "../../support/build-network.ts";
import { kerasH5 } from "../../support/keras-h5.ts";
import { type FuzzResult, fuzz } from "../../support/mutate.ts";
import { onnxModel } from "../../support/onnx-model.ts";

const COUNTS = { share: 20_000, full: 1_000_000 };
const ones = (...shape: number[]) => ({ shape, values: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(0.5) });
const relu: NetworkNode = { op: "relu", quantized: false };

const net = chain(
  [2, 6, 6],
  [
    ["c", conv(2, 3, 3, { padding: 1, bias: [1, 2, 3] })],
    ["r", relu],
    ["m", { op: "maxPool", kernel: [2, 2], stride: [2, 2], padding: [0, 0] }],
    ["l", linear(27, 4)],
    ["s", { op: "softmax" }],
  ],
);

const layers = (...list: (readonly [string, string, object])[]) =>
  list.map(([class_name, name, config]) => ({ class_name, config: { name, ...config } }));
const config = {
  class_name: "Sequential",
  config: {
    layers: layers(
      [
        "ZeroPadding2D",
        "z",
        {
          padding: [
            [1, 0],
            [0, 1],
          ],
          batch_input_shape: [null, 5, 5, 2],
        },
      ],
      ["Conv2D", "c", { strides: [2, 2], padding: "same", activation: "relu" }],
      ["BatchNormalization", "n", { axis: [3], epsilon: 0.001 }],
      ["GlobalAveragePooling2D", "g", {}],
      ["Dense", "d", { activation: "softmax" }],
    ),
  },
};
const kerasWeights = {
  c: { kernel: ones(3, 3, 2, 3), bias: ones(3) },
  n: { gamma: ones(3), beta: ones(3), moving_mean: ones(3), moving_variance: ones(3) },
  d: { kernel: ones(3, 4), bias: ones(4) },
};

/** A copy of a JSON value in which some members, anywhere, became something else, or are gone. */
function mutateJson(value: unknown, random: Random, share: number): unknown {
  if (random.float() < share) {
    const others = [null, -1, 0, 1e9, 2 ** 53, 0.5, "", "same", "relu", "c", [], {}, [0, 0], [null, 3, 3, 1], true];
    return others[random.below(others.length)];
  }
  if (Array.isArray(value))
    return value.filter(() => random.float() > share / 4).map((item) => mutateJson(item, random, share));
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(() => random.float() > share / 4);
  return Object.fromEntries(kept.map(([key, member]) => [key, mutateJson(member, random, share)]));
}

/** What a caller does next must not fall over either. */
async function read(network: Promise<Network>): Promise<void> {
  conversionRefusals(await network, { calibrated: true });
}

function expectSound({ codes, slowestMs }: FuzzResult): void {
  expect(codes.size).toBeGreaterThan(0);
  expect(slowestMs).toBeLessThan(1000);
}

describe("damaged models and images give one clear error each", () => {
  it("tfjs model.json", async () => {
    const { model, weights } = writeTfjs(net, "w.bin");
    expectSound(
      await fuzz([new TextEncoder().encode(model)], (bytes) => read(readTfjs(bytes, "m", async () => weights)), COUNTS),
    );
  });

  it("tfjs model.json, sound JSON that says something else", async () => {
    const { model, weights } = writeTfjs(net, "w.bin");
    const seeds = [JSON.parse(model), { ...JSON.parse(model), modelTopology: config }];
    const counter = Uint8Array.of(0);
    let i = 0;
    // The mutation is of the value, so the helper's own mutation of one byte only numbers the case.
    const result = await fuzz(
      [counter],
      async () => {
        const random = new Random(++i);
        const changed = mutateJson(seeds[i % 2], random, [0.002, 0.01, 0.05][i % 3]);
        await read(readTfjs(new TextEncoder().encode(JSON.stringify(changed)), "m", async () => weights));
      },
      COUNTS,
    );
    expectSound(result);
    expect(result.read).toBeGreaterThan(0);
  });

  it("tfjs weights", async () => {
    const { model, weights } = writeTfjs(net, "w.bin");
    const json = new TextEncoder().encode(model);
    expectSound(await fuzz([weights], (bytes) => read(readTfjs(json, "m", async () => bytes)), COUNTS));
  });

  it("Keras HDF5", async () => {
    const seed = await kerasH5(config, kerasWeights);
    await read(readKerasH5(seed, "m.h5"));
    expectSound(await fuzz([seed], (bytes) => read(readKerasH5(bytes, "m.h5")), { ...COUNTS, share: 2_000 }));
  });

  it("ONNX", async () => {
    const seed = onnxModel(
      [1, 2, 6, 6],
      [
        { op: "Conv", inputs: ["x", "w", "b"], output: "c", ints: { pads: [0, 0, 1, 1], strides: [2, 2] } },
        { op: "Relu", inputs: ["c"], output: "r" },
        { op: "Conv", inputs: ["r", "v"], output: "e" },
        { op: "Add", inputs: ["e", "r"], output: "s" },
        { op: "Relu", inputs: ["s"], output: "t" },
        { op: "AveragePool", inputs: ["t"], output: "p", ints: { kernel_shape: [3, 3], strides: [3, 3] } },
        { op: "Reshape", inputs: ["p", "to"], output: "f" },
        { op: "Gemm", inputs: ["f", "l", "k"], output: "y", int: { transB: 1 } },
      ],
      { w: ones(3, 2, 3, 3), b: ones(3), v: ones(3, 3, 1, 1), l: ones(4, 3), k: ones(4) },
      { to: [1, -1] },
    );
    await read(readOnnx(seed, "m.onnx"));
    expectSound(await fuzz([seed], (bytes) => read(readOnnx(bytes, "m.onnx")), { ...COUNTS, share: 5_000 }));
  });

  it("idx, plain and packed", async () => {
    const plain = Uint8Array.from(
      { length: 16 + 8 * 9 },
      (_, i) => [0, 0, 8, 3, 0, 0, 0, 8, 0, 0, 0, 3, 0, 0, 0, 3][i] ?? i,
    );
    expectSound(await fuzz([plain, gzipSync(plain)], async (bytes) => readIdx(bytes, "images"), COUNTS));
  });

  it("PNG and JPEG", async () => {
    const png = new PNG({ width: 12, height: 9 });
    png.data.forEach((_, i, data) => {
      data[i] = (i * 37) % 256;
    });
    const seeds = [
      PNG.sync.write(png, { colorType: 2 }),
      PNG.sync.write(png, { colorType: 0 }),
      jpeg.encode(png, 80).data,
    ].map((bytes) => new Uint8Array(bytes));
    const decode = await pictureReader();
    for (const seed of seeds) decode(seed, "image");
    expectSound(await fuzz(seeds, async (bytes) => decode(bytes, "image"), { ...COUNTS, share: 10_000 }));
  });
});
