import { describe, expect, it } from "vitest";
import { EmulatedChip } from "../../../../emulator/emulated-chip.ts";
import { compileProgram } from "../../../../emulator/program.ts";
import { timingParameters } from "../../../../emulator/timing/parameters.ts";
import { leakDone, SweepTables } from "../../../../emulator/timing/table.ts";
import type { ChipConfig, CoreConfig } from "../../../../src/chip/config.ts";
import { loadDevice } from "../../../../src/device/catalogue.ts";
import { eventsOf, tinyConfig, tinyCore } from "../../../support/tiny-chip.ts";

const speck2f = await loadDevice("speck2f");
const timing = timingParameters(speck2f.spec);
const PADS_US = 1.42;

/** A 3x3 layer, padding 1, on one feature: no weight is zero, only the centre tap reaches the threshold. */
const centreLayer = (core: number, change: Partial<CoreConfig> = {}): CoreConfig =>
  tinyCore({
    core,
    inputShape: [1, 8, 8],
    outputShape: [1, 8, 8],
    kernelSize: [3, 3],
    padding: [1, 1],
    weights: Int8Array.of(1, 1, 1, 1, 100, 1, 1, 1, 1),
    thresholdHigh: 100,
    ...change,
  });

const chain = (length: number): ChipConfig =>
  tinyConfig(
    Array.from({ length }, (_, core) => {
      const last = core === length - 1;
      return centreLayer(core, {
        monitorEnable: last,
        destinations: last ? [] : [{ core: core + 1, pooling: 1, featureShift: 0 }],
      });
    }),
  );

async function latencyUs(config: ChipConfig, y: number, x: number): Promise<number> {
  const chip = new EmulatedChip(speck2f, { timing: true });
  await chip.configure(config);
  const result = await chip.run(eventsOf([[0, 0, y, x]]));
  expect(result.events?.t).toHaveLength(1);
  return result.timing?.latencyUs?.max as number;
}

/** One event in the middle of a layer with these features: taps a second while the core does nothing else. */
function tapsPerSecond(core: number, kernel: number, features: number): number {
  const layer = tinyCore({
    core,
    inputShape: [1, 16, 16],
    outputShape: [features, 16, 16],
    kernelSize: [kernel, kernel],
    padding: [1, 1],
    weights: new Int8Array(features * kernel * kernel).fill(1),
  });
  const program = compileProgram(tinyConfig([layer]), speck2f.spec).cores[0];
  const { done, free } = new SweepTables(program as NonNullable<typeof program>, timing).lookup(0, 8, 8);
  return done.length / (free * 1e-12);
}

const within = (value: number, published: number, share: number): void => {
  expect(Math.abs(value / published - 1)).toBeLessThan(share);
};

describe("published times of Speck", () => {
  it("[D2] one 3x3 layer on a parallel core, pad to pad: 1.58 us", async () => {
    expect(await latencyUs(chain(1), 4, 4)).toBe(1.58);
  });

  it("[D2] nine layers, pad to pad: 3.36 us within 2 %", async () => {
    const latency = await latencyUs(chain(9), 4, 4);
    expect(latency).toBe(3.336); // 1,420 + 2 * 160 + 7 * 228 ns
    within(latency, 3.36, 0.02);
  });

  it("[D2] a layer of one tap: 120 ns", async () => {
    const config = tinyConfig([tinyCore({ weights: Int8Array.of(1) })]);
    expect(await latencyUs(config, 0, 0)).toBeCloseTo(PADS_US + 0.12, 9);
  });

  it("[D2] the last tap of a 16x16 kernel: 7 us", async () => {
    // The event sees the map through the flipped kernel: weight 0 belongs to the last output in sweep order.
    const weights = new Int8Array(256).fill(1);
    weights[0] = 100;
    const layer = tinyCore({
      inputShape: [1, 32, 32],
      outputShape: [1, 31, 31],
      kernelSize: [16, 16],
      padding: [7, 7],
      weights,
      thresholdHigh: 100,
    });
    const latency = (await latencyUs(tinyConfig([layer]), 16, 16)) - PADS_US;
    expect(latency).toBeCloseTo(7.005, 9);
    within(latency, 7, 0.002);
  });

  it("[D2] the centre tap of a 3x3 kernel: 222.5 ns a layer within 5 %", async () => {
    const perLayer = ((await latencyUs(chain(9), 4, 4)) - (await latencyUs(chain(2), 4, 4))) / 7;
    expect(perLayer).toBeCloseTo(0.228, 9);
    within(perLayer, 0.2225, 0.05);
  });

  it("[D2] throughput: 9 taps at P = 1 30 M/s; many taps at P = 4 100 M/s; many taps at P = 1 37 M/s", () => {
    within(tapsPerSecond(2, 3, 1), 30e6, 0.03);
    within(tapsPerSecond(0, 3, 256), 100e6, 0.01);
    within(tapsPerSecond(2, 3, 256), 37e6, 0.01);
    // One feature spreads over x only, so that units are waited for.
    within(tapsPerSecond(0, 3, 1), 57e6, 0.03);
  });

  it("[D2] 72 taps of weight zero hold a core for 760 ns", () => {
    const layer = tinyCore({
      inputShape: [1, 8, 8],
      outputShape: [8, 8, 8],
      kernelSize: [3, 3],
      padding: [1, 1],
      weights: new Int8Array(72),
    });
    const program = compileProgram(tinyConfig([layer]), speck2f.spec).cores[0];
    expect(new SweepTables(program as NonNullable<typeof program>, timing).lookup(0, 4, 4).free).toBe(760_000);
  });

  it("[D8] a leak tick over 65,536 neurons: 1.77 ms at P = 1, 0.44 ms at P = 4", () => {
    expect(leakDone(65_535, 1, timing) / 1e9).toBeCloseTo(1.77, 2);
    expect(leakDone(65_535, 4, timing) / 1e9).toBeCloseTo(0.44, 2);
  });
});
