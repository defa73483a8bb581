import { describe, expect, it } from "vitest";
import type { Counters } from "../../../src/chip/chip.ts";
import { loadDevice } from "../../../src/device/catalogue.ts";
import { type NamedPreset, type PriceOptions, priceRun } from "../../../src/energy/energy.ts";
import { ChipError } from "../../../src/errors.ts";

const speck2f = await loadDevice("speck2f");
const dynapcnn = await loadDevice("dynapcnn");

function counters(counts: Partial<Counters> = {}): Counters {
  const zero = { eventsIn: 0, taps: 0, neuronUpdates: 0, saturated: 0, clamped: 0, spikes: 0, residues: 0 };
  const none = { copies: 0, linkEvents: 0, poolDropped: 0, balancerDropped: 0, decimated: 0, leakUpdates: 0 };
  return { core: 0, layer: "conv1", ...zero, ...none, ...counts };
}

const idle: PriceOptions = { durationUs: 0, inputEvents: 0, outputEvents: 0 };
const second: PriceOptions = { ...idle, durationUs: 1_000_000 };

describe("the literature's price, the default", () => {
  it("is taps x 10 pJ and nothing else, to the last bit", () => {
    const report = priceRun(
      [
        counters({ taps: 311_048, neuronUpdates: 300_000, spikes: 5000, copies: 5000, eventsIn: 4325 }),
        counters({ core: 3, layer: "conv2", taps: 98_765, neuronUpdates: 4321, leakUpdates: 77 }),
      ],
      speck2f,
      { durationUs: 311_175, inputEvents: 4325, outputEvents: 900 },
    );
    expect(report.model).toBe("literature");
    expect(report.perSynOpJ).toBe(1e-11);
    expect(report.dynamicJ).toBe((311_048 + 98_765) * 1e-11);
    expect(report.staticJ).toBe(0);
    expect(report.totalJ).toBe(report.dynamicJ);
    expect(report.perCore).toEqual([
      { core: 0, layer: "conv1", dynamicJ: 311_048 * 1e-11 },
      { core: 3, layer: "conv2", dynamicJ: 98_765 * 1e-11 },
    ]);
    expect(report.breakdown).toHaveLength(1);
    expect(report.breakdown[0]).toMatchObject({ item: "perTap", counter: "taps", count: 409_813, perItemJ: 1e-11 });
    expect(report.breakdown[0].source).toContain("Sorbaro");
  });

  it("is an assumption, while the idle power beside it was measured", () => {
    const report = priceRun([counters({ taps: 1 })], speck2f, second);
    expect(report.evidence).toBe("assumed");
    expect(report.idleEvidence).toBe("measured");
    expect(priceRun([], dynapcnn, second).idleEvidence).toBe("assumed");
  });

  it("counts a zero weight like any other", () => {
    const report = priceRun([counters({ taps: 100, neuronUpdates: 0 })], speck2f, idle);
    expect(report.dynamicJ).toBe(100 * 1e-11);
    expect(report.perZeroSynOpJ).toBe(1e-11);
  });

  it("0.63 M SynOps are 6.3 uJ, as much as 15 ms of idling", () => {
    const report = priceRun([counters({ taps: 630_000 })], speck2f, { ...idle, durationUs: 15_000 });
    expect(report.dynamicJ).toBeCloseTo(6.3e-6, 15);
    // 0.4187 mW were measured where the paper's abstract says 0.42 mW: equal within 1 %.
    expect(Math.abs(report.idleJ / report.dynamicJ - 1)).toBeLessThan(0.01);
    expect(report.staticJ).toBe(0);
  });
});

describe("idling for a second (facts of the dev kit: 418.7 uW of RAM and LOGIC, 1.170 mW of all rails)", () => {
  it("costs 418.7 uJ on RAM and LOGIC", () => {
    const report = priceRun([], speck2f, { ...second, preset: "speck-implied" });
    expect(report.staticJ).toBeCloseTo(418.7e-6, 12);
    expect(report.idleJ).toBe(report.staticJ);
    expect(report.dynamicJ).toBe(0);
    expect(report.rails.map((line) => [line.rail, line.charged])).toEqual([
      ["RAM", true],
      ["LOGIC", true],
    ]);
  });

  it("costs 1.1702 mJ on all rails", () => {
    const report = priceRun([], speck2f, { ...second, preset: "speck-implied", rails: "all" });
    expect(report.staticJ).toBeCloseTo(1170.2e-6, 12);
    expect(report.idleJ).toBe(report.staticJ);
    expect(report.rails).toHaveLength(5);
  });

  it("the literature's price charges no rail, whichever are asked for", () => {
    const report = priceRun([], speck2f, { ...second, rails: "all" });
    expect(report.staticJ).toBe(0);
    expect(report.totalJ).toBe(0);
    expect(report.idleJ).toBeCloseTo(1170.2e-6, 12);
    expect(report.rails.every((line) => !line.charged)).toBe(true);
  });
});

describe("the price that Speck's published power implies", () => {
  const preset = "speck-implied";

  it("is 25 pJ for a SynOp and 6 pJ when its weight is zero", () => {
    const report = priceRun([], speck2f, { ...idle, preset });
    expect(report.perSynOpJ).toBe(25e-12);
    expect(report.perZeroSynOpJ).toBe(6e-12);
    expect(
      priceRun([counters({ taps: 1000, neuronUpdates: 1000 })], speck2f, { ...idle, preset }).dynamicJ,
    ).toBeCloseTo(25e-9, 18);
  });

  it("all-zero kernels pay for sweep, events and pads, and for no neuron", () => {
    const run = { ...idle, preset, inputEvents: 40, outputEvents: 2 };
    const report = priceRun([counters({ eventsIn: 40, taps: 2880 })], speck2f, run);
    const joules = Object.fromEntries(report.breakdown.map((line) => [line.item, line.joules]));
    expect(joules).toMatchObject({ perNeuronRead: 0, perNeuronWrite: 0, perCompare: 0, perSpike: 0, perCopy: 0 });
    expect(report.dynamicJ).toBeCloseTo(2880 * 6e-12 + 40 * 20e-12 + 40 * 250e-12 + 42 * 500e-12, 18);
    expect(report.perCore[0].dynamicJ).toBeCloseTo(2880 * 6e-12 + 40 * 20e-12, 18);
  });

  it("a spike costs 35 pJ with its first copy and 15 pJ more with its second", () => {
    const price = (copies: number) =>
      priceRun([counters({ spikes: 1, copies })], speck2f, { ...idle, preset }).dynamicJ;
    expect(price(1)).toBeCloseTo(35e-12, 20);
    expect(price(2)).toBeCloseTo(50e-12, 20);
  });

  it("60 % fewer spikes in every layer leave 40 % of the dynamic energy", () => {
    const layers = (share: number) =>
      [1, 2, 3].map((core) =>
        counters({
          core,
          eventsIn: 1000 * core * share,
          taps: 72_000 * core * share,
          neuronUpdates: 65_000 * core * share,
          spikes: 500 * core * share,
          copies: 500 * core * share,
        }),
      );
    const price = (share: number) =>
      priceRun(layers(share), speck2f, { ...second, preset, inputEvents: 5000 * share, outputEvents: 100 * share });
    expect(price(0.4).dynamicJ / price(1).dynamicJ).toBeCloseTo(0.4, 12);
    expect(price(0.4).staticJ).toBe(price(1).staticJ);
  });

  it("340 M SynOps/s come to 8.9 mW, near the 9.5 mW published for the busiest application", () => {
    const report = priceRun([counters({ taps: 340e6, neuronUpdates: 340e6 })], speck2f, { ...second, preset });
    expect(report.totalJ).toBeCloseTo(8.9e-3, 4);
  });

  it("cores, input layer and pads add up to the whole", () => {
    const run = { ...second, preset, inputEvents: 123, outputEvents: 45 };
    const cores = [
      counters({ taps: 10, neuronUpdates: 7, eventsIn: 3 }),
      counters({ core: 1, spikes: 4, leakUpdates: 9 }),
    ];
    const report = priceRun(cores, speck2f, run);
    const inCores = report.perCore.reduce((sum, core) => sum + core.dynamicJ, 0);
    expect(report.dynamicJ).toBeCloseTo(inCores + 123 * 250e-12 + 168 * 500e-12, 18);
    expect(report.totalJ).toBe(report.dynamicJ + report.staticJ);
  });
});

describe("evidence", () => {
  const measured = { unit: "J", evidence: "measured", source: "board 7" } as const;
  const own: NamedPreset = {
    name: "board-7",
    title: "Board 7",
    perTap: { value: 12e-12, ...measured },
    perLeakUpdate: { value: 19e-12, ...measured, evidence: "assumed" },
    staticRails: ["RAM", "LOGIC"],
  };

  it("is that of the weakest number that went into the figure", () => {
    const report = priceRun([counters({ taps: 5 })], speck2f, { ...second, preset: own });
    expect(report).toMatchObject({ model: "board-7", evidence: "measured" });
    expect(report.breakdown[0].source).toBe("board 7");
    const leaking = priceRun([counters({ taps: 5, leakUpdates: 1 })], speck2f, { ...second, preset: own });
    expect(leaking.evidence).toBe("assumed");
  });

  it("counts static power that the preset charges", () => {
    expect(priceRun([], dynapcnn, { ...idle, preset: { ...own, staticRails: ["CHIP"] } }).evidence).toBe("assumed");
  });
});

describe("refusals", () => {
  it("an unknown preset, naming those that there are", () => {
    expect(() => priceRun([], speck2f, { ...idle, preset: "optimistic" })).toThrow(
      'speck2f has no energy preset "optimistic"; give one of literature, speck-implied, or the path of a preset file.',
    );
  });

  it("a preset that charges a rail of another chip", () => {
    const preset = { title: "x", staticRails: ["RAM"] };
    expect(() => priceRun([], dynapcnn, { ...idle, preset })).toThrow(ChipError);
    expect(() => priceRun([], dynapcnn, { ...idle, preset })).toThrow('charges the rail "RAM"; dynapcnn has CHIP');
  });

  it("a duration that is none", () => {
    expect(() => priceRun([], speck2f, { ...idle, durationUs: Number.NaN })).toThrow(RangeError);
    expect(() => priceRun([], speck2f, { ...idle, durationUs: -1 })).toThrow(RangeError);
  });
});
