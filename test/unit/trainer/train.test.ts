import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import type { Recipe } from "../../../src/trainer/recipe.ts";
import { type TrainOptions, train } from "../../../src/trainer/train.ts";
import type { TrainingSets } from "../../../src/trainer/training-set.ts";
import type { Checkpoint, TrainingStore } from "../../../src/trainer/training-state.ts";
import { chipErrorOf } from "../../support/errors.ts";
import { arraySet, quarterRecipe, quarterSets } from "../../support/training.ts";

const options: TrainOptions = { backend: "wasm", workers: 1, seed: 1 };
const sets = quarterSets();
/** What the input of `sets` costs: 60 events of 3 x 3 x 6 taps. */
const INPUT_SYNOPS = 3240;

/** A store that has forgotten everything but bytes, as a file does. */
class MemoryStore implements TrainingStore {
  saves = 0;
  #last: Checkpoint | undefined;
  async load(): Promise<Checkpoint | undefined> {
    return structuredClone(this.#last);
  }
  async save(checkpoint: Checkpoint): Promise<void> {
    this.saves++;
    this.#last = structuredClone(checkpoint);
  }
}

const weightsOf = (network: Awaited<ReturnType<typeof train>>["network"]) =>
  [...network.nodes.values()].flatMap((node) => ("weight" in node ? [...node.weight] : []));

const phase = (changes: Partial<Recipe["phases"][number]>): Recipe["phases"][number] => ({
  name: "train",
  epochs: 6,
  learningRate: 0.01,
  ...changes,
});

describe("train", () => {
  it("learns what it is shown, the same for one seed, something else for another", async () => {
    const first = await train(quarterRecipe(), sets, options);
    expect(first.test.accuracy).toBeGreaterThan(0.95);
    expect(first.history).toHaveLength(6);
    expect(first.steps).toBe(48);
    const again = await train(quarterRecipe(), sets, options);
    expect(again.history).toEqual(first.history);
    expect(weightsOf(again.network)).toEqual(weightsOf(first.network));
    const other = await train(quarterRecipe(), sets, { ...options, seed: 2 });
    expect(weightsOf(other.network)).not.toEqual(weightsOf(first.network));
  });

  it("comes to a target of SynOps, and keeps the accuracy", async () => {
    const free = await train(quarterRecipe(), sets, options);
    const spent = free.test.synOps - INPUT_SYNOPS;
    const target = INPUT_SYNOPS + spent / 2;
    const recipe = quarterRecipe({
      phases: [phase({}), phase({ name: "save", epochs: 8, synOps: { target, weight: 20, approachEpochs: 4 } })],
    });
    const { test, history } = await train(recipe, sets, options);
    expect(test.synOps - INPUT_SYNOPS).toBeLessThan(0.7 * spent);
    expect(test.accuracy).toBeGreaterThan(0.95);
    const targets = history.slice(6).map((record) => record.target as number);
    expect([...targets].sort((a, b) => b - a)).toEqual(targets);
    expect(targets.at(-1)).toBe(target);
  });

  it("keeps a layer under its limit, and saves spikes with an L1 penalty", async () => {
    const free = await train(quarterRecipe(), sets, options);
    const conv = free.test.layers[1]?.synOps as number;
    const limited = await train(
      quarterRecipe({
        phases: [phase({ epochs: 10, synOps: { layers: { conv1: { limit: conv / 2 } }, weight: 20 } })],
      }),
      sets,
      options,
    );
    expect(limited.test.layers[1]?.synOps).toBeLessThan(0.7 * conv);
    const sparse = await train(
      quarterRecipe({ phases: [phase({ epochs: 10, synOps: { alpha: 0.02, weighting: "none" } })] }),
      sets,
      options,
    );
    expect(sparse.test.layers[1]?.spikes).toBeLessThan((free.test.layers[1]?.spikes as number) * 0.8);
  });

  it("goes through plain, quantized and int8 phases", async () => {
    const recipe = quarterRecipe({
      phases: [
        phase({ name: "plain", epochs: 3, activations: "plain" }),
        phase({ name: "quantized", epochs: 3, scaleFirst: 2, scaleLast: 0.5 }),
        phase({ name: "int8", epochs: 2, weights: "int8", learningRate: 0.001 }),
      ],
    });
    const { history, network } = await train(recipe, sets, options);
    expect(history.map((record) => record.phase)).toEqual([
      ...["plain", "plain", "plain", "quantized", "quantized", "quantized", "int8", "int8"],
    ]);
    expect(history.at(-1)?.test?.accuracy).toBeGreaterThan(0.95);
    for (const node of network.nodes.values()) {
      if ("weight" in node) expect(new Set(node.weight).size).toBeLessThanOrEqual(256);
    }
  });

  it("scales a plain network to where its floors leave it something", async () => {
    const deep = quarterRecipe({
      network: {
        input: [1, 8, 8],
        silentSlope: 0.1,
        layers: [
          ...Array.from({ length: 5 }, () => ({ type: "conv", features: 6, kernel: 3, padding: 1 }) as const),
          { type: "linear", features: 4 },
        ],
      },
    });
    const barelyTrained = (changes: Partial<Recipe["phases"][number]>) =>
      train({ ...deep, phases: [phase({ epochs: 1, learningRate: 1e-9, ...changes })] }, sets, options);
    // As it is, spikes die out from layer to layer.
    const error = await chipErrorOf(() => barelyTrained({ scaleFirst: 0.5 }), "E_TRAINING");
    expect(error.message).toMatch(/conv\d has not spiked for any sample of the test set: the network is dead/);
    const { test } = await barelyTrained({ equalize: 3 });
    for (const { spikes } of test.layers.slice(1, 6)) expect(spikes).toBeGreaterThan(200);
  });

  it("holds weights under one threshold an event when asked to", async () => {
    const recipe = quarterRecipe({ phases: [phase({ learningRate: 0.3, epochs: 2 })] });
    const most = async (oneSpikePerEvent: boolean) => {
      const network = { ...recipe.network, oneSpikePerEvent };
      const result = await train({ ...recipe, network }, sets, options);
      return Math.max(...(result.network.nodes.get("conv1") as unknown as { weight: Float32Array }).weight);
    };
    expect(await most(false)).toBeGreaterThan(1);
    expect(await most(true)).toBeLessThanOrEqual(1);
  });

  it("evaluates as often as the recipe says, and the whole test set in the end", async () => {
    const recipe = quarterRecipe({ evaluation: { everyEpochs: 4, samples: 8 } });
    const { history, test } = await train(recipe, sets, options);
    expect(history.map((record) => record.test !== null)).toEqual([false, false, false, true, false, true]);
    expect((test.accuracy * sets.test.size) % 1).toBe(0);
  });
});

describe("an interrupted training", () => {
  it("goes on from any step to the very same result", async () => {
    const whole = await train(quarterRecipe(), sets, options);
    for (const stopAt of [1, 5, 8, 21, 40]) {
      const store = new MemoryStore();
      const controller = new AbortController();
      let calls = 0;
      // The first call tells where it begins.
      const onProgress = () => {
        if (calls++ === stopAt) controller.abort();
      };
      const error = await chipErrorOf(
        () => train(quarterRecipe(), sets, { ...options, store, signal: controller.signal, onProgress }),
        "E_INTERRUPTED",
      );
      expect(error.message).toMatch(/interrupted in epoch \d, step \d of 8; what is done is kept/);
      const rest = await train(quarterRecipe(), sets, { ...options, store });
      expect(weightsOf(rest.network)).toEqual(weightsOf(whole.network));
      expect(rest.history).toEqual(whole.history);
      // Done already: only the result is read.
      const again = await train(quarterRecipe(), sets, { ...options, store });
      expect(again.test).toEqual(whole.test);
    }
  });

  it("is kept now and then within an epoch, by the clock that it was given", async () => {
    const store = new MemoryStore();
    let now = 0;
    await train(quarterRecipe({ phases: [phase({ epochs: 1 })] }), sets, {
      ...options,
      store,
      checkpointMs: 3,
      now: () => now++,
    });
    expect(store.saves).toBeGreaterThan(1);
  });

  it("does not go on elsewhere than it began", async () => {
    const store = new MemoryStore();
    await train(quarterRecipe({ phases: [phase({ epochs: 1 })] }), sets, { ...options, store });
    const error = await chipErrorOf(
      () => train(quarterRecipe({ phases: [phase({ epochs: 1 })] }), sets, { ...options, store, backend: "cpu" }),
      "E_TRAINING",
    );
    expect(error.message).toMatch(/was made on wasm .* here is cpu/);
  });
});

describe("what cannot be trained", () => {
  it("a target under what the input costs is refused, saying by how much", async () => {
    const recipe = quarterRecipe({ phases: [phase({ synOps: { target: 3000 } })] });
    const error = await chipErrorOf(() => train(recipe, sets, options), "E_TRAINING");
    expect(error.message).toBe(
      "The target of 3,000 SynOps cannot be reached: the input alone costs 3,240 a sample (60 events of 54 SynOps each in conv1), 240 more. Aim higher, feed fewer events, or give conv1 fewer features.",
    );
    expect(error.details).toMatchObject({ target: 3000, input: INPUT_SYNOPS, missing: 240 });
  });

  it("a loss that is no number stops it and is named", async () => {
    const bad = new Float32Array(64 * 32).fill(1);
    bad[100] = Number.NaN;
    const labels = Array.from({ length: 32 }, (_, i) => i % 4);
    const set = arraySet([1, 8, 8], 4, bad, labels);
    const error = await chipErrorOf(() => train(quarterRecipe(), { train: set, test: set }, options), "E_TRAINING");
    expect(error.message).toMatch(
      /phase train, epoch 1, step \d: the loss is NaN, not a finite number, first in input/,
    );
    const steep = quarterRecipe({ phases: [phase({ learningRate: 1e30 })] });
    const other = await chipErrorOf(() => train(steep, sets, options), "E_TRAINING");
    expect(other.message).toMatch(
      /(the loss is .* first in (conv1|linear1)\. Lower the learning rate \(1e\+30\)|has not spiked)/,
    );
  });

  it("a network that has stopped spiking is dead: which layer, since when, what to do", async () => {
    const recipe = quarterRecipe({
      phases: [phase({ epochs: 20, learningRate: 0.05, synOps: { target: INPUT_SYNOPS + 1, weight: 1e4 } })],
    });
    const error = await chipErrorOf(() => train(recipe, sets, options), "E_TRAINING");
    expect(error.message).toMatch(
      /epoch 7, step \d: (conv1|linear1) has not spiked for 50 steps: the network is dead\. Approach the target more slowly/,
    );
    expect(error.details).toMatchObject({ reason: "dead", phase: "train" });
  });

  it("data of another shape, budgets for no layer, more workers than samples a batch", async () => {
    const small = arraySet([1, 4, 4], 5, new Float32Array(16), [0]);
    const wrong: TrainingSets = { train: small, test: small };
    const error = await chipErrorOf(() => train(quarterRecipe(), wrong, options), "E_DATASET");
    expect(error.message).toMatch(/takes 1x8x8, and samples of the training set are 1x4x4; .* 4 classes apart/);
    const budget = quarterRecipe({ phases: [phase({ synOps: { layers: { conv9: { limit: 5 } } } })] });
    expect((await chipErrorOf(() => train(budget, sets, options), "E_OPTION")).message).toMatch(
      /budget for conv9, which is no weight layer; there are conv1, linear1/,
    );
    await chipErrorOf(() => train(quarterRecipe({ batch: 2 }), sets, { ...options, workers: 3 }), "E_OPTION");
  });
});

it("leaves no tensor behind, and its memory does not grow from step to step", async () => {
  const before = tf.memory();
  const heap = (): number => (tf.backend() as BackendWasm).wasm.HEAPU8.length;
  const seen: { tensors: number; bytes: number; heap: number }[] = [];
  const recipe = quarterRecipe({ phases: [phase({ epochs: 3, weights: "int8", synOps: { target: 3600 } })] });
  await train(recipe, sets, {
    ...options,
    onProgress: () => seen.push({ tensors: tf.memory().numTensors, bytes: tf.memory().numBytes, heap: heap() }),
  });
  expect(seen).toHaveLength(25);
  expect(new Set(seen.map(({ tensors }) => tensors)).size).toBe(1);
  expect(new Set(seen.map(({ bytes }) => bytes)).size).toBe(1);
  expect(new Set(seen.slice(8).map(({ heap }) => heap)).size).toBe(1);
  expect(tf.memory().numTensors).toBe(before.numTensors);
});
