import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { eventFanOut } from "../../../src/network/fan-out.ts";
import { forward } from "../../../src/network/reference.ts";
import { quantize } from "../../../src/quantize/quantize.ts";
import { Random } from "../../../src/random.ts";
import { openBackend } from "../../../src/trainer/backend/open-backend.ts";
import { createModel } from "../../../src/trainer/model.ts";
import type { LayerSpec, ModelSpec } from "../../../src/trainer/spec.ts";

beforeAll(async () => {
  await openBackend("wasm");
});

/** Small models of every kind of layer, on odd maps. */
const models: fc.Arbitrary<ModelSpec> = fc
  .record({
    features: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 })),
    size: fc.integer({ min: 7, max: 10 }),
    kernel: fc.integer({ min: 1, max: 4 }),
    stride: fc.integer({ min: 1, max: 2 }),
    padding: fc.integer({ min: 0, max: 2 }),
    pool: fc.constantFrom("averagePool" as const, "sumPool" as const, null),
    linear: fc.boolean(),
    fanOut: fc.constantFrom("exact" as const, "estimate" as const),
  })
  .map(({ features: [input, hidden, out], size, kernel, stride, padding, pool, linear, fanOut }) => {
    const layers: LayerSpec[] = [{ type: "conv", features: hidden, kernel, stride, padding }];
    if (pool) layers.push({ type: pool, size: 2 });
    layers.push({ type: "spatialDropout", rate: 0.5 }, { type: "dropout", rate: 0.2 });
    layers.push(linear ? { type: "linear", features: out } : { type: "conv", features: out, kernel: 1 });
    return { input: [input, size, size - 1], layers, fanOut };
  });

/** Events of two samples, `[feature][y][x]` for the reference and NHWC for the model. */
function events([features, height, width]: readonly [number, number, number], seed: number) {
  const random = new Random(seed);
  const samples = [0, 1].map(() => Float32Array.from({ length: features * height * width }, () => random.below(5)));
  const x = new Float32Array(2 * features * height * width);
  for (const [n, sample] of samples.entries()) {
    for (let c = 0; c < features; c++) {
      for (let p = 0; p < height * width; p++)
        x[(n * height * width + p) * features + c] = sample[c * height * width + p] as number;
    }
  }
  return { samples, x: tf.tensor4d(x, [2, height, width, features]) };
}

const meanSum = (maps: readonly ArrayLike<number>[]): number =>
  maps.reduce((sum, map) => sum + Array.from(map).reduce((a, b) => a + b, 0), 0) / maps.length;

describe("a model", () => {
  it("computes what its exported network means, for any weights", async () => {
    await fc.assert(
      fc.asyncProperty(models, fc.nat(1000), fc.boolean(), async (spec, seed, quantizeWeights) => {
        const model = createModel(spec, { seed });
        const { samples, x } = events(spec.input, seed);
        const network = await model.toNetwork({ quantizeWeights });
        const neurons = [...network.nodes].filter(([, { op }]) => op === "if").map(([name]) => name);
        // The reference says what an IF's rate is; with a floor it is the quantized ReLU.
        const floored = { ...network, nodes: new Map(network.nodes) };
        for (const name of neurons) floored.nodes.set(name, { op: "relu", quantized: true });
        const expected = samples.map((sample) => forward(floored, sample));
        const result = model.forward(x, { quantizeWeights });
        const spikes = await result.spikes.data();
        expect(spikes[0]).toBeCloseTo(meanSum(samples), 3);
        for (const [i, name] of neurons.entries()) {
          const wanted = meanSum(expected.map((values) => values.get(name) as Float64Array));
          // A membrane within rounding of an integer may fall to either side: rarely, and by one spike.
          expect(Math.abs((spikes[i + 1] as number) - wanted)).toBeLessThanOrEqual(0.01 * wanted + 1);
        }
        tf.dispose([x, result.logits, result.spikes, result.synOps]);
        model.dispose();
      }),
      { seed: 1, numRuns: 40 },
    );
  });

  it("counts SynOps event by event when asked for exact fan-outs", async () => {
    const spec: ModelSpec = {
      input: [2, 7, 9],
      fanOut: "exact",
      layers: [{ type: "conv", features: 3, kernel: 3, stride: 2, padding: 1 }],
    };
    const model = createModel(spec, { seed: 1 });
    const { samples, x } = events([2, 7, 9], 3);
    const geometry = { input: [7, 9], kernel: [3, 3], stride: [2, 2], padding: [1, 1], outputFeatures: 3 } as const;
    let taps = 0;
    for (const sample of samples) {
      for (const [i, count] of sample.entries()) {
        const place = i % 63;
        taps += count * eventFanOut(geometry, Math.floor(place / 9), place % 9);
      }
    }
    expect((await model.forward(x).synOps.data())[0]).toBeCloseTo(taps / 2, 2);
  });

  it("loses no digits of the SynOps of a large batch", async () => {
    const spec: ModelSpec = {
      input: [2, 64, 64],
      fanOut: "exact",
      layers: [{ type: "conv", features: 3, kernel: 3, padding: 1 }],
    };
    const random = new Random(4);
    const [samples, side] = [64, 64];
    const x = Float32Array.from({ length: samples * side * side * 2 }, () => random.below(5));
    const geometry = { input: [64, 64], kernel: [3, 3], stride: [1, 1], padding: [1, 1], outputFeatures: 3 } as const;
    let taps = 0;
    for (const [i, count] of x.entries()) {
      const place = Math.floor(i / 2) % (side * side);
      taps += count * eventFanOut(geometry, Math.floor(place / side), place % side);
    }
    const model = createModel(spec, { seed: 1 });
    const { spikes, synOps } = model.forward(tf.tensor4d(x, [samples, side, side, 2]));
    const events = x.reduce((a, b) => a + b, 0);
    expect(Math.abs(((await spikes.data())[0] as number) * samples - events) / events).toBeLessThan(1e-6);
    expect(Math.abs(((await synOps.data())[0] as number) * samples - taps) / taps).toBeLessThan(1e-6);
    model.dispose();
  });

  it("is quantized by the mapper to exactly the weights that it was trained with", async () => {
    await fc.assert(
      fc.asyncProperty(models, fc.nat(1000), async (spec, seed) => {
        const model = createModel(spec, { seed });
        const exact = quantize(await model.toNetwork({ quantizeWeights: true }));
        const before = quantize(await model.toNetwork());
        for (const [i, layer] of exact.layers.entries()) {
          expect(layer.weights).toEqual(before.layers[i]?.weights);
          expect(layer.thresholdHigh).toBe(before.layers[i]?.thresholdHigh);
          // The scale is the threshold: nothing is left to round.
          expect(Math.abs(layer.scale / layer.thresholdHigh - 1)).toBeLessThan(1e-6);
        }
        model.dispose();
      }),
      { seed: 1, numRuns: 40 },
    );
  });

  it("drops whole maps in spatial dropout, the same for one seed, and nothing outside training", async () => {
    const spec: ModelSpec = {
      input: [20, 2, 2],
      layers: [
        { type: "spatialDropout", rate: 0.5 },
        { type: "conv", features: 20, kernel: 1 },
      ],
    };
    const model = createModel(spec, { seed: 1 });
    const identity = new Float32Array(400);
    for (let i = 0; i < 20; i++) identity[i * 21] = 1;
    model.setWeights([identity]);
    const x = tf.ones([1, 2, 2, 20]) as tf.Tensor4D;
    const logits = async (training: boolean, seed: number) => [
      ...(await model.forward(x, { training, seed }).logits.data()),
    ];
    const dropped = await logits(true, 7);
    expect(new Set(dropped)).toEqual(new Set([0, 8]));
    expect(await logits(true, 7)).toEqual(dropped);
    expect(await logits(true, 8)).not.toEqual(dropped);
    expect(await logits(false, 7)).toEqual(Array.from({ length: 20 }, () => 4));
  });

  it("starts from Kaiming's weights: their deviation is sqrt(2 / fan-in), bounded when uniform", async () => {
    const spec = { input: [8, 8, 8], layers: [{ type: "linear", features: 100 }] } as const;
    for (const initial of ["kaimingUniform", "kaimingNormal"] as const) {
      const [weights] = await createModel({ ...spec, initial }, { seed: 3 }).weights();
      const variance = (weights as Float32Array).reduce((sum, w) => sum + w * w, 0) / 51200;
      expect(variance / (2 / 512)).toBeCloseTo(1, 1);
      const most = Math.max(...(weights as Float32Array).map(Math.abs));
      if (initial === "kaimingUniform") expect(most).toBeLessThanOrEqual(Math.sqrt(6 / 512));
      else expect(most).toBeGreaterThan(Math.sqrt(6 / 512));
    }
  });
});
