import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileProgram } from "../../../../emulator/program.ts";
import { timestepFromConfig } from "../../../../emulator/timestep/from-config.ts";
import { compileTimestep } from "../../../../emulator/timestep/program.ts";
import { TimestepChip, type TimestepChipOptions } from "../../../../emulator/timestep/timestep-chip.ts";
import type { ChipConfig } from "../../../../src/chip/config.ts";
import { loadDevice } from "../../../../src/device/catalogue.ts";
import { chipConfigs } from "../../../support/random-chip-config.ts";
import { thrown } from "../../../support/thrown.ts";
import { eventsOf, tinyConfig, tinyCore, withNumeric } from "../../../support/tiny-chip.ts";

const speck2f = await loadDevice("speck2f");

async function chipOf(config: ChipConfig, options: Partial<TimestepChipOptions> = {}): Promise<TimestepChip> {
  const chip = new TimestepChip(speck2f, { dtUs: 1000, ...options });
  await chip.configure(config);
  return chip;
}

describe("TimestepChip", () => {
  it("cancels excitation and inhibition inside a step, which the chip would not", async () => {
    const core = tinyCore({
      inputShape: [2, 1, 1],
      outputShape: [1, 1, 1],
      weights: Int8Array.of(-5, 6),
      thresholdHigh: 4,
    });
    const chip = await chipOf(tinyConfig([core]));
    // ON then OFF in one step: 6 - 5 = 1; in two steps: a spike, 2, then the lower bound.
    const together = await chip.run(
      eventsOf([
        [0, 1, 0, 0],
        [999, 0, 0, 0],
      ]),
    );
    expect(together.perCore[0]).toMatchObject({ spikes: 0, clamped: 0, taps: 2 });
    await chip.reset();
    const apart = await chip.run(
      eventsOf([
        [0, 1, 0, 0],
        [1000, 0, 0, 0],
      ]),
    );
    expect(apart.perCore[0]).toMatchObject({ spikes: 1, clamped: 1, taps: 2 });
    expect(Array.from((await chip.readNeurons(2)).values)).toEqual([-1]);
  });

  it("runs layers without delay, pools by sum and keeps the cores' numbers", async () => {
    const first = tinyCore({ core: 5, destinations: [{ core: 1, pooling: 2, featureShift: 0 }] });
    const second = tinyCore({ core: 1, inputShape: [1, 2, 2], outputShape: [1, 2, 2], thresholdHigh: 3 });
    const chip = await chipOf(tinyConfig([first, second]));
    const { events, kernel } = await chip.run(
      eventsOf([
        [0, 0, 0, 0],
        [1, 0, 0, 1],
        [2, 0, 1, 1],
      ]),
    );
    expect(kernel).toBe("simd");
    expect(Array.from(events!.core)).toEqual([5, 5, 5, 1]);
    expect(Array.from(events!.t)).toEqual([0, 0, 0, 0]);
  });

  it("reads and writes neurons as files store them", async () => {
    const core = tinyCore({
      inputShape: [1, 1, 2],
      outputShape: [2, 1, 2],
      weights: Int8Array.of(1, 2),
      thresholdHigh: 50,
    });
    const chip = await chipOf(tinyConfig([core]));
    await chip.writeNeurons({ core: 2, shape: [2, 1, 2], values: Int16Array.of(10, 20, 30, 60) });
    const { events } = await chip.run(eventsOf([[0, 0, 0, 1]]));
    // Feature 1 at x = 1 stood above threshold: 60 + 2 fires, 12 stays.
    expect([events!.feature[0], events!.x[0], events!.t.length]).toEqual([1, 1, 1]);
    expect(await chip.readNeurons(2)).toEqual({ core: 2, shape: [2, 1, 2], values: Int16Array.of(10, 21, 30, 12) });
    await expect(chip.readNeurons(3)).rejects.toMatchObject({ code: "E_INPUT" });
    await expect(chip.writeNeurons({ core: 2, shape: [2, 1, 2], values: Int16Array.of(1) })).rejects.toMatchObject({
      code: "E_INPUT",
      message: expect.stringContaining("has 4 neurons, 1 values"),
    });
  });

  it("[T5] takes an image as current, scaled by the layer as its weights are", async () => {
    // Real weight 0.5 and threshold 1 at scale 10: current 0.25 brings 0.125 a step, a spike every eighth.
    const core = tinyCore({
      inputShape: [1, 1, 1],
      outputShape: [1, 1, 1],
      weights: Int8Array.of(5),
      thresholdHigh: 10,
      scale: 10,
    });
    const chip = await chipOf(tinyConfig([core]));
    const { events } = await chip.runAnalogue([0.25], 24);
    expect(Array.from(events!.t, (t) => t / 1000)).toEqual([7, 15, 23]);
  });

  it("takes a leak as a bias when its clock ticks once a step, and refuses any other", async () => {
    const core = tinyCore({ inputShape: [1, 1, 1], outputShape: [1, 1, 1], leak: Int16Array.of(2), thresholdHigh: 4 });
    const clock = (periodUs: number): Partial<ChipConfig> => ({ slowClock: { source: "external", periodUs } });
    const chip = await chipOf(tinyConfig([core], clock(1000)));
    const { events } = await chip.run(eventsOf([]), { untilUs: 6000 });
    expect(Array.from(events!.t)).toEqual([1000, 3000, 5000]);
    await expect(chipOf(tinyConfig([core], clock(500)))).rejects.toMatchObject({
      code: "E_UNSUPPORTED",
      message: expect.stringContaining("leak of layer2 (core 2)"),
    });
  });

  it("names everything that binned time cannot model at once", () => {
    const core = tinyCore({ decimator: { ratio: 4 }, congestionBalancer: true });
    const filter = { mode: "noise", size: [3, 3], threshold: 1 } as const;
    const config = tinyConfig([core]);
    const error = thrown(() => timestepFromConfig({ ...config, input: { ...config.input, filter } }, { dtUs: 1000 }));
    expect(error.code).toBe("E_UNSUPPORTED");
    expect(error.details.asked).toEqual([
      "the event filter",
      "the decimator of layer2 (core 2)",
      "the congestion balancer of layer2 (core 2)",
    ]);
  });

  it("refuses another chip's configuration and warns of a comparator that it does not model", async () => {
    await expect(chipOf(tinyConfig([tinyCore()], {}, "speck2e"))).rejects.toMatchObject({ code: "E_DEVICE_MISMATCH" });
    const device = { ...speck2f, spec: withNumeric(speck2f.spec, { comparator: ">" }) };
    const chip = new TimestepChip(device, { dtUs: 1000 });
    await chip.configure(tinyConfig([tinyCore()]));
    expect((await chip.run(eventsOf([[0, 0, 0, 0]]))).warnings).toMatchObject([{ kind: "notModelled" }]);
    const strict = new TimestepChip(device, { dtUs: 1000, strict: true });
    await strict.configure(tinyConfig([tinyCore()]));
    await expect(strict.run(eventsOf([[0, 0, 0, 0]]))).rejects.toMatchObject({ code: "E_STRICT" });
  });

  it("compiles any sound configuration to the shapes, routes and thresholds of event mode", () => {
    const options = { decimators: false, leak: false, filter: false, readout: false };
    fc.assert(
      fc.property(chipConfigs(options), (drawn) => {
        const config = { ...drawn, cores: drawn.cores.map((core) => ({ ...core, congestionBalancer: false })) };
        const event = compileProgram(config, speck2f.spec);
        const timestep = compileTimestep(timestepFromConfig(config, { dtUs: 1000 }));
        const common = [
          "core",
          "features",
          "height",
          "width",
          "threshold",
          "floor",
          "returnToZero",
          "monitor",
        ] as const;
        for (const [i, core] of event.cores.entries()) {
          for (const key of common) expect(timestep.cores[i][key]).toBe(core[key]);
          expect(timestep.cores[i].routes.map((r) => [r.index, r.featureShift]).sort()).toEqual(
            core.routes.map((r) => [r.index, r.featureShift]).sort(),
          );
        }
      }),
      { seed: 3, numRuns: 60 },
    );
  });
});
