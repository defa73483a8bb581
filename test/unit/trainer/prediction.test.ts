import { beforeAll, describe, expect, it } from "vitest";
import { loadDevice } from "../../../src/device/catalogue.ts";
import { runSample } from "../../../src/evaluate/run-sample.ts";
import { openRunner, type RunMode } from "../../../src/evaluate/runner.ts";
import { sliceSample } from "../../../src/evaluate/samples.ts";
import { selectPolarity } from "../../../src/events/address.ts";
import type { DemoSet } from "../../../src/events/simulate/demo-set.ts";
import { writeNir } from "../../../src/formats/nir.ts";
import { mapNetwork } from "../../../src/mapper/map-network.ts";
import { frameSimulated, simulate } from "../../../src/trainer/data/open-data.ts";
import type { OpenedData } from "../../../src/trainer/data/opened.ts";
import type { Recipe, SimulatedData } from "../../../src/trainer/recipe.ts";
import { type TrainResult, train } from "../../../src/trainer/train.ts";
import { encodeChip } from "../../../src/wire/chip-codec.ts";

const data: SimulatedData = {
  type: "simulated",
  figures: "bars",
  perClass: 12,
  eventsPerFrame: 200,
  polarity: "split",
  testShare: 0.4,
};
const recipe: Recipe = {
  name: "bars",
  data,
  network: {
    input: [2, 16, 16],
    fanOut: "exact",
    silentSlope: 0.1,
    layers: [
      { type: "conv", features: 8, kernel: 5, stride: 2, padding: 2 },
      { type: "conv", features: 8, kernel: 3, padding: 1 },
      { type: "averagePool", size: 2 },
      { type: "linear", features: 4 },
    ],
  },
  batch: 16,
  phases: [
    { name: "learn", epochs: 8, learningRate: 5e-3 },
    { name: "save", epochs: 6, learningRate: 2e-3, synOps: { target: 25_000, approachEpochs: 2 } },
    { name: "int8", epochs: 2, learningRate: 5e-4, weights: "int8", synOps: { target: 25_000 } },
  ],
};
const seed = 1;
const device = await loadDevice("speck2f");

let set: DemoSet;
let sets: OpenedData;
let trained: TrainResult;
const models: Record<"float" | "chip", Uint8Array> = { float: new Uint8Array(), chip: new Uint8Array() };

/** Accuracy and mean SynOps of the samples that were not trained on, each run from a fresh state. */
async function measured(model: keyof typeof models, mode: RunMode) {
  const runner = await openRunner(models[model], model, device, mode);
  let [samples, right, taps] = [0, 0, 0];
  for (const { id, label, events } of set.samples.filter((sample) => sets.testIds.includes(sample.id))) {
    const whole = { events: selectPolarity(events, "split").events, dropped: 0 };
    for (const slice of sliceSample(whole, { events: data.eventsPerFrame })) {
      const { prediction, perCore } = await runSample(runner, { id, label, ...slice });
      samples++;
      if (prediction === label) right++;
      for (const core of perCore) taps += core.taps;
    }
  }
  return { samples, accuracy: right / samples, synOps: taps / samples };
}

const inSteps = (dtUs: number): RunMode => ({ mode: "timestep", dtUs });
/** Longer than any recording: all events in one step. */
const ONE_STEP = inSteps(1_000_000);

describe("what training predicts", () => {
  beforeAll(async () => {
    const expected = { input: recipe.network.input, outputs: 4 };
    set = simulate(data, expected, seed);
    sets = await frameSimulated(data, set, expected, { seed });
    trained = await train(recipe, sets, { backend: "wasm", workers: 1, seed });
    models.float = await writeNir(trained.network);
    models.chip = encodeChip(mapNetwork(trained.network, device).config);
  }, 60_000);

  it("is what the float network spends and answers, all events in one step", async () => {
    const { samples, accuracy, synOps } = await measured("float", ONE_STEP);
    expect(samples).toBe(sets.test.size);
    expect(Math.abs(synOps / trained.test.synOps - 1)).toBeLessThan(0.03);
    expect(Math.abs(accuracy - trained.test.accuracy)).toBeLessThanOrEqual(1 / samples);
  });

  it("in finer steps is exceeded, since a spike that came early is not taken back", async () => {
    const [whole, fine] = [await measured("float", ONE_STEP), await measured("float", inSteps(1000))];
    expect(fine.synOps).toBeGreaterThan(whole.synOps);
    expect(fine.synOps).toBeLessThan(1.6 * whole.synOps);
  });

  it.each([
    ["all events in one step", ONE_STEP],
    ["steps of 1 ms", inSteps(1000)],
  ])("holds for 8-bit weights as for floats: %s", async (_, mode) => {
    const [float, chip] = [await measured("float", mode), await measured("chip", mode)];
    expect(Math.abs(chip.synOps / float.synOps - 1)).toBeLessThan(0.03);
    // 0.3 points of so few samples are less than one; one may lie on a tie.
    expect(Math.abs(chip.accuracy - float.accuracy)).toBeLessThanOrEqual(1 / float.samples);
    expect(float.accuracy).toBeGreaterThan(0.8);
  });
});
