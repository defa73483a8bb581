import { describe, expect, it } from "vitest";
import { EmulatedChip, type EmulatorOptions } from "../../../emulator/emulated-chip.ts";
import { packAddress } from "../../../emulator/program.ts";
import { Readout } from "../../../emulator/readout.ts";
import type { ReadoutTick } from "../../../src/chip/chip.ts";
import type { ChipConfig, ReadoutConfig } from "../../../src/chip/config.ts";
import { loadDevice } from "../../../src/device/catalogue.ts";
import type { Device } from "../../../src/device/types.ts";
import { eventsOf, tinyConfig, tinyCore } from "../../support/tiny-chip.ts";

const speck2f = await loadDevice("speck2f");
/** The same chip without its erratum. */
const sound: Device = {
  ...speck2f,
  spec: { ...speck2f.spec, errata: speck2f.spec.errata.filter(({ id }) => id !== "readout-feature-spread") },
};

const VALID = 1 << 20;

function config(change: Partial<ReadoutConfig> = {}): ReadoutConfig {
  return {
    core: 2,
    classes: 15,
    layout: "1x1y16f",
    average: 1,
    threshold: 0,
    overrideThresholdMax: false,
    outputMode: "max",
    ...change,
  };
}

function count(readout: Readout, feature: number, spikes: number, y = 0, x = 0): void {
  for (let i = 0; i < spikes; i++) readout.count(packAddress(feature, y, x));
}

describe("readout [R11]", () => {
  it("feature f of layout 1x1y16f is class f + 1; the largest average wins, the lower class at a tie", () => {
    const readout = new Readout(config(), sound.spec);
    count(readout, 0, 2);
    count(readout, 6, 5);
    count(readout, 14, 5);
    expect(readout.tick(10)).toEqual({
      tUs: 10,
      classIndex: 7,
      average: 5,
      value: VALID | (7 << 16) | 5,
      interrupt: true,
    });
    expect(readout.tick(20)).toEqual({
      tUs: 20,
      classIndex: null,
      average: 0,
      value: VALID | (1 << 16),
      interrupt: false,
    });
  });

  it.each([
    ["2x2y4f", [3, 1, 0], 15],
    ["2x2y4f", [0, 0, 1], 2],
    ["2x2y4f", [0, 1, 0], 3],
    ["2x2y4f", [1, 0, 0], 5],
    ["2x4y2f", [1, 2, 1], 14],
    ["2x4y2f", [0, 3, 0], 7],
    ["4x4y1f", [0, 3, 2], 15],
    ["4x4y1f", [0, 1, 0], 5],
    ["1x1y16f", [14, 0, 0], 15],
  ] as const)("layout %s: (feature, y, x) %j is class %i", (layout, [feature, y, x], expected) => {
    const readout = new Readout(config({ layout }), sound.spec);
    count(readout, feature, 1, y, x);
    expect(readout.tick(0).classIndex).toBe(expected);
    expect(readout.warnings()).toEqual([]);
  });

  it.each([
    ["2x2y4f", [0, 0, 2]],
    ["2x2y4f", [4, 0, 0]],
    ["2x4y2f", [0, 4, 0]],
    ["4x4y1f", [1, 0, 0]],
    ["4x4y1f", [0, 3, 3]],
    ["1x1y16f", [15, 0, 0]],
    ["1x1y16f", [0, 0, 1]],
  ] as const)("layout %s: (feature, y, x) %j reaches no class, and is warned about", (layout, [feature, y, x]) => {
    const readout = new Readout(config({ layout }), sound.spec);
    count(readout, feature, 3, y, x);
    expect(readout.tick(0).classIndex).toBeNull();
    expect(readout.warnings()).toMatchObject([{ kind: "readoutDropped", core: 2, count: 3 }]);
  });

  it("erratum: features 0, 4, 8... arrive at classes 1, 2, 3..., the others nowhere", () => {
    for (const [feature, expected] of [
      [0, 1],
      [4, 2],
      [8, 3],
      [56, 15],
    ] as const) {
      const readout = new Readout(config(), speck2f.spec);
      count(readout, feature, 1);
      expect(readout.tick(0).classIndex).toBe(expected);
    }
    const readout = new Readout(config(), speck2f.spec);
    count(readout, 1, 1);
    count(readout, 60, 1);
    expect(readout.tick(0).classIndex).toBeNull();
    expect(readout.warnings()[0]?.message).toContain("only features 0, 4, 8...");
  });

  it("averages over 16 ticks, integer part, and forgets what is older", () => {
    const readout = new Readout(config({ average: 16, overrideThresholdMax: true }), sound.spec);
    count(readout, 3, 40);
    expect(readout.tick(0)).toMatchObject({ classIndex: 4, average: 2 });
    for (let i = 1; i < 16; i++) expect(readout.tick(i).average).toBe(2);
    expect(readout.tick(16)).toMatchObject({ classIndex: 1, average: 0 });
    for (let i = 0; i < 8; i++) {
      count(readout, 5, 3);
      readout.tick(17 + i);
    }
    // 24 spikes in 16 ticks.
    expect(readout.tick(25)).toMatchObject({ classIndex: 6, average: 1 });
  });

  it("averages over 32 ticks", () => {
    const readout = new Readout(config({ average: 32 }), sound.spec);
    count(readout, 0, 64);
    for (let i = 0; i < 32; i++) expect(readout.tick(i).average).toBe(2);
    expect(readout.tick(32).average).toBe(0);
  });

  it("shows a class above the threshold only, or always with the override", () => {
    for (const [override, spikes, classIndex] of [
      [false, 3, null],
      [false, 4, 2],
      [true, 3, 2],
      [true, 0, 1],
    ] as const) {
      const readout = new Readout(config({ threshold: 3, overrideThresholdMax: override }), sound.spec);
      count(readout, 1, spikes);
      expect(readout.tick(0)).toMatchObject({ classIndex, interrupt: classIndex !== null, average: spikes });
    }
  });

  it("fills the low 16 bits of the word by output mode", () => {
    const values = (["off", "compare", "selected", "max"] as const).map((outputMode) => {
      const readout = new Readout(config({ outputMode, threshold: 2 }), sound.spec);
      count(readout, 0, 3);
      count(readout, 1, 2);
      count(readout, 14, 9);
      return readout.tick(0).value;
    });
    const largest = VALID | (15 << 16);
    expect(values).toEqual([0, largest | 0x8002, largest | 9, largest | 9]);
    // Below the threshold no neuron is selected.
    const readout = new Readout(config({ outputMode: "selected", threshold: 2 }), sound.spec);
    count(readout, 1, 2);
    expect(readout.tick(0).value).toBe(VALID | (2 << 16));
  });

  it("holds an average in 16 bits", () => {
    const readout = new Readout(config(), sound.spec);
    count(readout, 0, 70_000);
    expect(readout.tick(0)).toMatchObject({ average: 65_535, value: VALID | (1 << 16) | 65_535 });
  });
});

describe("readout in the chip [R11]", () => {
  /** Each event of feature p at (0, 0) is one spike of feature p. */
  function chipConfig(readout: Partial<ReadoutConfig> = {}, change: Partial<ChipConfig> = {}): ChipConfig {
    const identity = Int8Array.from({ length: 81 }, (_, i) => (i % 10 === 0 ? 1 : 0));
    const core = tinyCore({ inputShape: [9, 1, 1], outputShape: [9, 1, 1], weights: identity });
    return tinyConfig([core], {
      slowClock: { source: "external", periodUs: 1000 },
      readout: config({ classes: 10, ...readout }),
      ...change,
    });
  }

  const events = eventsOf([
    [0, 4, 0, 0],
    [10, 4, 0, 0],
    [20, 8, 0, 0],
    [1000, 8, 0, 0],
    [1500, 8, 0, 0],
    [3500, 0, 0, 0],
  ]);

  async function run(chip: ChipConfig, options: EmulatorOptions = {}) {
    const emulated = new EmulatedChip(speck2f, options);
    await emulated.configure(chip);
    return emulated.run(events);
  }

  for (const timing of [false, true]) {
    it(`answers on every tick, ${timing ? "with" : "without"} time`, async () => {
      const { readout } = await run(chipConfig(), { timing });
      expect(readout?.map(({ tUs, classIndex, average }) => [tUs, classIndex, average])).toEqual([
        [1000, 2, 2],
        [2000, 3, 2],
        [3000, null, 0],
      ]);
    });

    it(`reads a core that the host does not see, ${timing ? "with" : "without"} time`, async () => {
      const open = chipConfig();
      const [core] = open.cores;
      if (!core) throw new Error("no core");
      const closed = { ...open, cores: [{ ...core, monitorEnable: false }], outputs: [] };
      const seen = await run(open, { timing });
      const hidden = await run(closed, { timing });
      expect(hidden.readout).toEqual(seen.readout);
      expect(seen.events?.t).toHaveLength(6);
      expect(hidden.events?.t).toHaveLength(0);
      expect(hidden.perCore).toEqual(seen.perCore);
    });

    it(`hands ticks to onReadout and then keeps none, ${timing ? "with" : "without"} time`, async () => {
      const chip = new EmulatedChip(speck2f, { timing });
      await chip.configure(chipConfig());
      const ticks: ReadoutTick[] = [];
      const result = await chip.run(events, { onReadout: (tick) => ticks.push(tick) });
      expect(ticks.map(({ classIndex }) => classIndex)).toEqual([2, 3, null]);
      expect(result.readout).toBeUndefined();
    });
  }

  it("counts what passes the decimator", async () => {
    const open = chipConfig();
    const [core] = open.cores;
    if (!core) throw new Error("no core");
    const { readout } = await run({ ...open, cores: [{ ...core, decimator: { ratio: 2 } }] });
    expect(readout?.map(({ classIndex, average }) => [classIndex, average])).toEqual([
      [2, 1],
      [3, 1],
      [null, 0],
    ]);
  });

  it("ticks with the internal clock after every 2^d events", async () => {
    const chip = new EmulatedChip(speck2f);
    await chip.configure(chipConfig({}, { slowClock: { source: "internal", divider: 1 } }));
    const { readout } = await chip.run(events);
    expect(readout?.map(({ tUs, classIndex, average }) => [tUs, classIndex, average])).toEqual([
      [10, 2, 2],
      [1000, 3, 2],
      [3500, 1, 1],
    ]);
  });

  it("goes on from run to run until reset", async () => {
    const chip = new EmulatedChip(speck2f);
    await chip.configure(chipConfig({ average: 16, overrideThresholdMax: true }));
    const busy = eventsOf(Array.from({ length: 32 }, (_, i) => [i, 4, 0, 0] as const));
    await chip.run(busy, { untilUs: 1000 });
    const quiet = { untilUs: 1000 };
    const last = eventsOf([[0, 8, 0, 0]]);
    expect((await chip.run(last, quiet)).readout?.at(-1)).toMatchObject({ classIndex: 2, average: 2 });
    await chip.reset();
    expect((await chip.run(last, quiet)).readout?.at(-1)).toMatchObject({ average: 0 });
  });

  it("sees what a leak fires on a tick in the next tick", async () => {
    const core = tinyCore({ inputShape: [1, 1, 1], outputShape: [1, 1, 1], leak: Int16Array.of(1) });
    const chip = new EmulatedChip(speck2f);
    const leaking = tinyConfig([core], {
      slowClock: { source: "external", periodUs: 1000 },
      readout: config(),
    });
    await chip.configure(leaking);
    const { readout } = await chip.run(eventsOf([[0, 0, 0, 0]]), { untilUs: 3000 });
    // The event's own spike, then the leak's of 1000 us, then that of 2000 us.
    expect(readout?.map(({ average }) => average)).toEqual([1, 1, 1]);
  });
});
