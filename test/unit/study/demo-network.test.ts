import { describe, expect, it } from "vitest";
import { EmulatedChip } from "../../../emulator/index.ts";
import { loadDevice } from "../../../src/device/catalogue.ts";
import { countOutputs, predict } from "../../../src/evaluate/prediction.ts";
import { toInputEvents } from "../../../src/events/address.ts";
import { simulateDemoSet } from "../../../src/events/simulate/demo-set.ts";
import { mapNetwork } from "../../../src/mapper/map-network.ts";
import { inferShapes } from "../../../src/network/shapes.ts";
import type { InputNode } from "../../../src/network/types.ts";
import { demoNetwork } from "../../../src/study/demo-network.ts";

const device = await loadDevice("speck2f");
const inputShape = (demoNetwork().nodes.get("input") as InputNode).shape;

describe("the demo network", () => {
  it("takes the demo recordings and answers with one feature a class", () => {
    const network = demoNetwork();
    const { classes } = simulateDemoSet({ seed: 1, perClass: 1 });
    expect(inferShapes(network).get("output")).toEqual([classes.length, 1, 1]);
  });

  it("fits a Speck 2f without a warning", () => {
    const { layers, warnings } = mapNetwork(demoNetwork(), device);
    expect(warnings).toEqual([]);
    expect(layers.map(({ name, kernelWords, neuronWords }) => [name, kernelWords.need, neuronWords.need])).toEqual([
      ["edges", 512, 8_192],
      ["evidence", 512, 1_024],
      ["readout", 1_024, 4],
    ]);
  });

  it("balances every detector: an even field of events is no evidence", () => {
    for (const [name, node] of demoNetwork().nodes) {
      if (node.op !== "conv2d" || name !== "edges") continue;
      const area = node.weightShape[2] * node.weightShape[3];
      for (let at = 0; at < node.weight.length; at += area) {
        expect(node.weight.subarray(at, at + area).reduce((sum, w) => sum + w, 0)).toBeCloseTo(0, 5);
      }
    }
  });

  it("recognises most simulated recordings on the emulated chip, also noisy ones, and every layer spikes", async () => {
    const { config } = mapNetwork(demoNetwork(), device);
    const { outputs } = config;
    await using chip = new EmulatedChip(device);
    await chip.configure(config);
    const { samples, classes } = simulateDemoSet({ seed: 5, perClass: 5, camera: { noiseRateHz: 2, hotPixels: 2 } });
    let right = 0;
    for (const sample of samples) {
      await chip.reset();
      const { events } = toInputEvents(sample.events, { inputShape });
      const result = await chip.run(events);
      for (const { spikes } of result.perCore) expect(spikes).toBeGreaterThan(20);
      const { prediction } = predict(countOutputs(result.events!, { outputs, features: classes.length }));
      if (prediction === sample.label) right++;
    }
    // Chance is a quarter.
    expect(right / samples.length).toBeGreaterThan(0.75);
  });
});

describe("the demo set", () => {
  it("is the same for the same seed, and a larger one begins with the smaller one", () => {
    const small = simulateDemoSet({ seed: 9, perClass: 1 });
    const large = simulateDemoSet({ seed: 9, perClass: 2 });
    expect(large.samples.slice(0, 4)).toEqual(small.samples);
    expect(simulateDemoSet({ seed: 10, perClass: 1 }).samples[0].events).not.toEqual(small.samples[0].events);
  });

  it("names samples and gives every class its turn", () => {
    const { samples, classes } = simulateDemoSet({ seed: 9, perClass: 2 });
    expect(classes).toEqual(["horizontal", "vertical", "falling", "rising"]);
    expect(samples.map(({ label }) => label)).toEqual([0, 1, 2, 3, 0, 1, 2, 3]);
    expect(samples[5].id).toBe("vertical-0001");
    expect(new Set(samples.map(({ id }) => id)).size).toBe(8);
  });

  it("draws digits on request, for another sensor", () => {
    const { samples, classes } = simulateDemoSet({
      seed: 9,
      perClass: 1,
      figures: "digits",
      sensor: [34, 34],
      durationUs: 100_000,
    });
    expect(classes).toHaveLength(10);
    for (const { events } of samples) {
      expect(events.sensor).toEqual([34, 34]);
      expect(events.t.length).toBeGreaterThan(300);
      expect(events.t.at(-1)).toBeLessThanOrEqual(100_000);
    }
  });
});
