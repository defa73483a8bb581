import { describe, expect, it } from "vitest";
import { EmulatedChip, type EmulatorOptions } from "../../../emulator/emulated-chip.ts";
import { refuseUnmodelled } from "../../../emulator/refuse.ts";
import type { ChipConfig, ReadoutConfig } from "../../../src/chip/config.ts";
import { loadDevice } from "../../../src/device/catalogue.ts";
import type { DeviceSpec } from "../../../src/device/types.ts";
import { thrown } from "../../support/thrown.ts";
import { eventsOf, tinyConfig, tinyCore } from "../../support/tiny-chip.ts";

const speck2f = await loadDevice("speck2f");

const readout: ReadoutConfig = {
  core: 2,
  classes: 4,
  layout: "4x4y1f",
  average: 1,
  threshold: 0,
  overrideThresholdMax: false,
  outputMode: "max",
};

function refusal(config: ChipConfig, spec: DeviceSpec = speck2f.spec, timed = false): string {
  const error = thrown(() => refuseUnmodelled(config, spec, timed));
  expect(error.code).toBe("E_UNSUPPORTED");
  return error.message;
}

const withInput = (change: Partial<ChipConfig["input"]>): ChipConfig => {
  const config = tinyConfig([tinyCore()]);
  return { ...config, input: { ...config.input, ...change } };
};

describe("what the emulator refuses", () => {
  it("names everything at once, each with its remedy", () => {
    const config = withInput({ filter: { mode: "noise", size: [3, 3], threshold: 1 } });
    const message = refusal({ ...config, cores: [tinyCore({ congestionBalancer: true })], readout });
    expect(message).toContain("event filter without a slow clock");
    expect(message).toContain("remove input.filter");
    expect(message).toContain("readout without a slow clock");
    expect(message).toContain("congestion balancer of core 2 (layer2) without time");
    expect(message.split("; ")).toHaveLength(3);
  });

  it("the congestion balancer needs time", () => {
    const config = tinyConfig([tinyCore({ congestionBalancer: true })]);
    expect(refusal(config)).toContain("run with time");
    expect(() => refuseUnmodelled(config, speck2f.spec, true)).not.toThrow();
  });

  it("a hot-pixel filter needs neighbours", () => {
    const config = withInput({ filter: { mode: "noiseAndHotPixel", size: [1, 1], threshold: 1 } });
    const ticking: ChipConfig = { ...config, slowClock: { source: "external", periodUs: 1000 } };
    expect(refusal(ticking)).toContain("3x3");
  });

  it("polarity switches on features of a host", () => {
    expect(refusal(withInput({ shape: [3, 4, 4], merge: true }))).toContain("3 features");
    expect(refusal(withInput({ shape: [3, 4, 4], merge: false, offChannel: false }))).toContain(
      "switch on both polarities",
    );
    expect(() => refuseUnmodelled(withInput({ shape: [3, 4, 4], merge: false }), speck2f.spec, false)).not.toThrow();
  });

  it("devices with another membrane word, and maps that its addresses cannot hold", () => {
    const { limits } = speck2f.spec;
    const wide = { ...speck2f.spec, limits: { ...limits, stateBits: { ...limits.stateBits, value: 24 } } };
    expect(refusal(tinyConfig([tinyCore()]), wide)).toContain("24 bits");
    expect(refusal(withInput({ shape: [1, 4, 2000] }))).toContain("1x4x2000");
  });
});

describe("what the emulator warns of", () => {
  async function warned(config: ChipConfig, rows = [[0, 0, 0, 0]] as const, options: EmulatorOptions = {}) {
    const chip = new EmulatedChip(speck2f, options);
    await chip.configure(config);
    return (await chip.run(eventsOf(rows))).warnings.map(({ kind, message }) => `${kind}: ${message}`);
  }

  it("a leak whose clock never ticks", async () => {
    const leaking = tinyCore({ leak: Int16Array.of(-1), thresholdHigh: 100 });
    expect(await warned(tinyConfig([leaking]))).toEqual([
      "slowClock: layer2 (core 2): does not leak; it waits for the external slow clock, and the slow clock is off",
    ]);
    const internal = tinyCore({ leak: Int16Array.of(-1), leakInternalSlowClock: true, thresholdHigh: 100 });
    const config = tinyConfig([internal], { slowClock: { source: "external", periodUs: 1000 } });
    expect(await warned(config)).toEqual([
      "slowClock: layer2 (core 2): does not leak; it waits for the internal slow clock, and the slow clock is external",
    ]);
    expect(await warned({ ...config, slowClock: { source: "internal", divider: 14 } })).toEqual([]);
  });

  it("a slow clock outside the device's range", async () => {
    const clock = (periodUs: number) => tinyConfig([tinyCore()], { slowClock: { source: "external", periodUs } });
    expect(await warned(clock(1_000_000))).toEqual([
      "slowClock: the slow clock ticks at 1.00 Hz; speck2f is known to run it at 10 to 10000 Hz",
    ]);
    expect(await warned(clock(99))).toHaveLength(1);
    expect(await warned(clock(100))).toEqual([]);
    expect(await warned(clock(100_000))).toEqual([]);
  });

  it("a layer of which nothing arrives, because no copy fills a pooling block", async () => {
    const first = tinyCore({
      inputShape: [1, 3, 3],
      outputShape: [1, 3, 3],
      destinations: [{ core: 3, pooling: 2, featureShift: 0 }],
    });
    const config = tinyConfig([first, tinyCore({ core: 3, inputShape: [1, 1, 1], outputShape: [1, 1, 1] })]);
    expect(await warned(config, [[0, 0, 2, 2]] as never)).toEqual([
      "poolDropped: layer2 (core 2): all 1 copies were dropped, none fills a pooling block",
    ]);
    expect(await warned(config)).toEqual([]);
  });

  it("an input that is kept out altogether", async () => {
    const config = withInput({ offChannel: false });
    expect(await warned(config)).toEqual([
      "inputDropped: input: all 1 events were kept out by the polarity switches; nothing reached the network",
    ]);
  });

  it("events that the balancer drops, in a run with time", async () => {
    const config = tinyConfig([tinyCore({ congestionBalancer: true })]);
    const burst = Array.from({ length: 100 }, () => [0, 0, 0, 0] as const);
    const [first, ...rest] = await warned(config, burst as never, { timing: true });
    expect(first).toMatch(/^balancerDropped: layer2 \(core 2\): \d+ events dropped by the congestion balancer$/);
    expect(rest).toEqual([]);
  });

  it.each([
    ["saturated", tinyConfig([tinyCore({ initialState: new Int16Array(16).fill(32_767), thresholdHigh: 32_767 })]), {}],
    ["residues", tinyConfig([tinyCore({ weights: Int8Array.of(5) })]), {}],
    ["slowClock", tinyConfig([tinyCore({ leak: Int16Array.of(1) })]), {}],
    ["inputDropped", withInput({ offChannel: false }), {}],
    [
      "readoutDropped",
      tinyConfig([tinyCore({ inputShape: [1, 5, 5], outputShape: [1, 5, 5] })], {
        slowClock: { source: "external", periodUs: 1000 },
        readout: { ...readout, classes: 1, layout: "1x1y16f" },
      }),
      {},
    ],
    ["balancerDropped", tinyConfig([tinyCore({ congestionBalancer: true })]), { timing: true }],
  ] as const)("strict: %s is an error", async (kind, config, options) => {
    const rows = Array.from({ length: 60 }, () => [0, 0, 1, 1] as const);
    const chip = new EmulatedChip(speck2f, { ...options, strict: true });
    await chip.configure(config);
    await expect(chip.run(eventsOf(rows))).rejects.toMatchObject({
      code: "E_STRICT",
      details: { warnings: expect.arrayContaining([expect.objectContaining({ kind })]) },
    });
  });

  it("strict: a clean run is no error", async () => {
    expect(await warned(tinyConfig([tinyCore()]), undefined, { strict: true })).toEqual([]);
  });
});
