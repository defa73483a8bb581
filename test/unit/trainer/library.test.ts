import * as tf from "@tensorflow/tfjs-core";
import { layers, type Sequential, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, it } from "vitest";
import { readTfjs } from "../../../src/formats/tfjs-model.ts";
import { quantize } from "../../../src/quantize/quantize.ts";
import {
  Adam,
  createModel,
  crossEntropy,
  openBackend,
  QuantizedReLU,
  synOpLoss,
} from "../../../src/trainer/library.ts";
import { quarterRecipe, quarterSets } from "../../support/training.ts";

beforeAll(async () => {
  await openBackend("wasm");
});

const { train: set } = quarterSets();
const batch = () => {
  const { x, labels } = set.batch(
    Int32Array.from({ length: 64 }, (_, i) => i),
    null,
  );
  return { x: tf.tensor4d(x, [64, 8, 8, 1]), labels: tf.tensor1d(labels, "int32") };
};

async function artifactsOf(model: Sequential): Promise<tf.io.ModelArtifacts> {
  let saved: tf.io.ModelArtifacts | undefined;
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      saved = artifacts;
      return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
    }),
  );
  return saved as tf.io.ModelArtifacts;
}

describe("in a tfjs program", () => {
  it("a model's own loop with the SynOp loss brings it to its target", () => {
    const model = createModel(quarterRecipe().network, { seed: 1 });
    const adam = new Adam(model.variables, { learningRate: 0.01 });
    const { x, labels } = batch();
    const spent: number[] = [];
    for (let step = 0; step < 80; step++) {
      tf.tidy(() => {
        const { grads } = tf.variableGrads(() => {
          const { logits, synOps } = model.forward(x, { training: true, seed: step });
          spent.push((tf.sum(synOps).dataSync() as Float32Array)[0] as number);
          return tf.add(crossEntropy(logits, labels), synOpLoss(synOps, { target: 3500, weight: 100 })) as tf.Scalar;
        }, [...model.variables]);
        adam.apply(grads);
      });
    }
    expect(Math.abs((spent.at(-1) as number) / 3500 - 1)).toBeLessThan(0.02);
  });

  it("QuantizedReLU is a layer of tf.sequential, whose SynOps can be trained down and which a chip takes", async () => {
    const relus = [new QuantizedReLU({ fanOut: 4 }), new QuantizedReLU()];
    const model = sequential({
      layers: [
        layers.conv2d({ inputShape: [8, 8, 1], filters: 6, kernelSize: 3, useBias: false }),
        relus[0] as QuantizedReLU,
        layers.flatten(),
        layers.dense({ units: 4, useBias: false }),
        relus[1] as QuantizedReLU,
      ],
    });
    const { x, labels } = batch();
    const optimizer = tf.train.adam(0.01);
    const spent: number[] = [];
    for (let step = 0; step < 60; step++) {
      optimizer.minimize(() => {
        const logits = model.apply(x, { training: true }) as tf.Tensor2D;
        const costs = tf.stack(relus.map((relu) => relu.synOps)) as tf.Tensor1D;
        spent.push((tf.sum(costs).dataSync() as Float32Array)[0] as number);
        return tf.add(crossEntropy(logits, labels), synOpLoss(costs, { target: 200, weight: 5 })) as tf.Scalar;
      });
    }
    expect(Math.abs((spent.at(-1) as number) / 200 - 1)).toBeLessThan(0.2);
    const output = model.predict(x) as tf.Tensor;
    expect([...output.dataSync()].every(Number.isInteger)).toBe(true);
    const { modelTopology, weightSpecs, weightData } = await artifactsOf(model);
    const manifest = [{ paths: ["weights.bin"], weights: weightSpecs }];
    const file = new TextEncoder().encode(JSON.stringify({ modelTopology, weightsManifest: manifest }));
    const network = await readTfjs(file, "model.json", async () => new Uint8Array(weightData as ArrayBuffer));
    expect(quantize(network).layers.map(({ outputShape }) => outputShape)).toEqual([
      ...[
        [6, 6, 6],
        [4, 1, 1],
      ],
    ]);
  });

  it("QuantizedReLU says that it was not called yet", () => {
    expect(() => new QuantizedReLU({ name: "quiet" }).spikes).toThrow(/quiet has not been called yet/);
  });
});
