import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { EmulatedChip } from "../../../emulator/emulated-chip.ts";
import type {
  ChipConfig,
  CoreConfig,
  Destination,
  FilterConfig,
  InputConfig,
  ReadoutConfig,
} from "../../../src/chip/config.ts";
import { validateConfig } from "../../../src/chip/validate.ts";
import { loadDevice } from "../../../src/device/catalogue.ts";
import type {
  BlockSpec,
  CoreSpec,
  Device,
  DeviceSpec,
  LimitSpec,
  NumericSpec,
  TimingSpec,
} from "../../../src/device/types.ts";
import { ChipError } from "../../../src/errors.ts";
import { Random } from "../../../src/random.ts";
import { onChips } from "../../support/timed.ts";
import { eventsOf, tinyConfig, tinyCore } from "../../support/tiny-chip.ts";

// Nothing that a chip.pb or a device file says is ignored: for every field there is a change that a user notices, in the
// result of a run or as a refusal. The tables are complete by type, and against the schema of chip.pb, so that a new
// field cannot be forgotten.

const speck2f = await loadDevice("speck2f");
/** What no chip looks at; a change of it changes nothing. */
const FOR_PEOPLE = "for people";
type Change<T> = ((from: T) => T) | typeof FOR_PEOPLE;
type Changes<T> = { readonly [K in keyof Required<T>]: Change<ChipConfig> };

const random = new Random(7);
const rows = Array.from(
  { length: 400 },
  (_, i) => [Math.floor(i / 20) * 500 + 7, random.below(2), random.below(6), random.below(6)] as const,
);
const weights = (length: number): Int8Array => {
  const source = new Random(3);
  return Int8Array.from({ length }, () => (source.below(4) === 0 ? 0 : source.integer(-3, 6)));
};

const first = tinyCore({
  layer: "first",
  inputShape: [2, 6, 6],
  outputShape: [2, 6, 6],
  kernelSize: [3, 3],
  padding: [1, 1],
  weights: weights(36),
  leak: Int16Array.of(-2, 1),
  initialState: Int16Array.from({ length: 72 }, (_, i) => (i % 9) - 4),
  thresholdHigh: 6,
  thresholdLow: -4,
  congestionBalancer: true,
  decimator: { ratio: 2 },
  destinations: [{ core: 3, pooling: 2, featureShift: 1 }],
});
const last = tinyCore({
  core: 3,
  layer: "last",
  inputShape: [4, 3, 3],
  outputShape: [9, 1, 1],
  kernelSize: [3, 3],
  weights: weights(4 * 9 * 9),
  thresholdHigh: 3,
  thresholdLow: -3,
});
const input: InputConfig = {
  shape: [2, 6, 6],
  onChannel: true,
  offChannel: true,
  merge: false,
  pooling: [1, 1],
  cut: { origin: [0, 0], corner: [5, 5] },
  mirrorX: false,
  mirrorY: false,
  mirrorDiagonal: false,
  filter: { mode: "noise", size: [3, 3], threshold: 1 },
  destinations: [{ core: 2, pooling: 1, featureShift: 0 }],
};
const readout: ReadoutConfig = {
  core: 3,
  classes: 3,
  layout: "1x1y16f",
  average: 1,
  threshold: 1,
  overrideThresholdMax: false,
  outputMode: "max",
};
const base: ChipConfig = {
  ...tinyConfig([first, last]),
  device: { name: "speck2f", hash: "ab".repeat(32) },
  input,
  slowClock: { source: "external", periodUs: 500 },
  readout,
};

const core =
  (change: Partial<CoreConfig>) =>
  (config: ChipConfig): ChipConfig => ({
    ...config,
    cores: config.cores.map((own, i) => (i === 0 ? { ...own, ...change } : own)),
  });
const withInput =
  (change: Partial<InputConfig>) =>
  (config: ChipConfig): ChipConfig => ({
    ...config,
    input: { ...config.input, ...change },
  });
const withFilter = (change: Partial<FilterConfig>) =>
  withInput({ filter: { ...(input.filter as FilterConfig), ...change } });
const withReadout =
  (change: Partial<ReadoutConfig>) =>
  (config: ChipConfig): ChipConfig => ({
    ...config,
    readout: { ...readout, ...change },
  });
const withDestination = (change: Partial<Destination>) =>
  core({ destinations: [{ ...(first.destinations[0] as Destination), ...change }] });
const without =
  <K extends string>(key: K) =>
  <T extends object>(from: T): T => {
    const { [key]: _, ...rest } = from as Record<string, unknown>;
    return rest as T;
  };

const CHIP: Changes<ChipConfig> = {
  device: (config) => ({ ...config, device: { ...config.device, name: "speck2e" } }),
  input: withInput({ merge: true }),
  cores: core({ thresholdHigh: 7 }),
  // The core is monitored either way; which monitored cores are the answer is for those who read the events.
  outputs: FOR_PEOPLE,
  slowClock: (config) => ({ ...config, slowClock: { source: "none" } }),
  readout: without("readout"),
  provenance: FOR_PEOPLE,
};
const INPUT: Changes<InputConfig> = {
  shape: withInput({ shape: [2, 5, 6] }),
  onChannel: withInput({ onChannel: false }),
  offChannel: withInput({ offChannel: false }),
  merge: withInput({ merge: true }),
  pooling: withInput({ pooling: [2, 1] }),
  cut: withInput({ cut: { origin: [0, 0], corner: [5, 4] } }),
  mirrorX: withInput({ mirrorX: true }),
  mirrorY: withInput({ mirrorY: true }),
  mirrorDiagonal: withInput({ mirrorDiagonal: true }),
  filter: (config) => ({ ...config, input: without("filter")(config.input) }),
  destinations: withInput({ destinations: [...input.destinations, { core: 3, pooling: 2, featureShift: 0 }] }),
};
const FILTER: Changes<FilterConfig> = {
  mode: withFilter({ mode: "lowPass" }),
  size: withFilter({ size: [5, 5] }),
  threshold: withFilter({ threshold: 0 }),
};
const CORE: Changes<CoreConfig> = {
  core: (config) => ({
    ...core({ core: 0 })(config),
    input: { ...input, destinations: [{ core: 0, pooling: 1, featureShift: 0 }] },
  }),
  layer: core({ layer: "other" }),
  inputShape: core({ inputShape: [1, 6, 6] }),
  outputShape: core({ outputShape: [2, 5, 6], initialState: new Int16Array(60) }),
  kernelSize: core({ kernelSize: [1, 3], padding: [0, 1], weights: weights(12) }),
  stride: core({ stride: [2, 2], outputShape: [2, 3, 3], initialState: new Int16Array(18) }),
  padding: core({ padding: [0, 0], outputShape: [2, 4, 4], initialState: new Int16Array(32) }),
  weights: core({ weights: weights(36).reverse() }),
  leak: (config) => ({ ...config, cores: config.cores.map(without("leak")) }),
  leakInternalSlowClock: core({ leakInternalSlowClock: true }),
  thresholdHigh: core({ thresholdHigh: 7 }),
  thresholdLow: core({ thresholdLow: -5 }),
  returnToZero: core({ returnToZero: true }),
  monitorEnable: core({ monitorEnable: false }),
  congestionBalancer: core({ congestionBalancer: false }),
  decimator: (config) => ({ ...config, cores: config.cores.map(without("decimator")) }),
  initialState: (config) => ({ ...config, cores: config.cores.map(without("initialState")) }),
  destinations: core({ destinations: [] }),
  scale: FOR_PEOPLE,
};
const DESTINATION: Changes<Destination> = {
  core: withDestination({ core: 4 }),
  pooling: withDestination({ pooling: 4 }),
  featureShift: withDestination({ featureShift: 2 }),
};
const READOUT: Changes<ReadoutConfig> = {
  core: withReadout({ core: 2 }),
  classes: withReadout({ classes: 2 }),
  layout: withReadout({ layout: "2x2y4f", classes: 15 }),
  average: withReadout({ average: 16 }),
  threshold: withReadout({ threshold: 0 }),
  overrideThresholdMax: withReadout({ overrideThresholdMax: true }),
  outputMode: withReadout({ outputMode: "compare" }),
};
const CLOCK: { readonly [field in "periodUs" | "divider"]: Change<ChipConfig> } = {
  periodUs: (config) => ({ ...config, slowClock: { source: "external", periodUs: 700 } }),
  divider: (config) => ({ ...config, slowClock: { source: "internal", divider: 5 } }),
};

/** Everything that a user sees of a run with time, or the refusal. */
async function outcome(config: ChipConfig, spec: DeviceSpec = speck2f.spec): Promise<string> {
  const device: Device = { ...speck2f, spec };
  const chip = new EmulatedChip(device, { timing: true });
  try {
    const violations = validateConfig(config, device).map(({ rule }) => rule);
    if (violations.length > 0) return `violations: ${violations}`;
    await chip.configure(config);
    const { durationUs: _, ...seen } = await chip.run(eventsOf(rows));
    const neurons = await Promise.all(config.cores.map(({ core: number }) => chip.readNeurons(number)));
    return JSON.stringify({ ...seen, neurons });
  } catch (error) {
    if (!(error instanceof ChipError)) throw error;
    return `${error.code}: ${error.message}`;
  }
}

const usual = await outcome(base);

describe("every field of a configuration is answered for", () => {
  it("starts from a configuration that runs and uses every block", () => {
    const seen = JSON.parse(usual);
    expect(seen.perCore[0].balancerDropped).toBeGreaterThan(0);
    expect(seen.perCore[0].leakUpdates).toBeGreaterThan(0);
    expect(seen.perCore[0].decimated).toBeGreaterThan(0);
    expect(seen.perCore[1].spikes).toBeGreaterThan(0);
    expect(seen.input.filtered).toBeGreaterThan(0);
    expect(seen.readout.some((tick: { classIndex: number | null }) => tick.classIndex !== null)).toBe(true);
  });

  const tables = { CHIP, INPUT, FILTER, CORE, DESTINATION, READOUT, CLOCK };
  for (const [table, changes] of Object.entries(tables)) {
    for (const [field, change] of Object.entries<Change<ChipConfig>>(changes)) {
      if (change === FOR_PEOPLE) continue;
      it(`${table} ${field}`, async () => {
        expect(await outcome(change(base))).not.toBe(usual);
      });
    }
  }

  it("what is for people changes nothing", async () => {
    const scaled = core({ scale: 99 })({
      ...base,
      outputs: [{ core: 2, featureShift: 1 }],
      provenance: { ...base.provenance, seed: 9 },
    });
    expect(await outcome(scaled)).toBe(usual);
  });

  it("covers the schema of chip.pb", () => {
    const proto = readFileSync(new URL("../../../firmware-schemas/chip.proto", import.meta.url), "utf8");
    const fieldsOf = (message: string): string[] => {
      const body = new RegExp(`^message ${message} \\{\\n([^]*?)^\\}`, "m").exec(proto)?.[1] ?? "";
      const names = [...body.matchAll(/^ +(?:optional |repeated )?\w+ (\w+) = \d+;/gm)].map(
        ([, name]) => name as string,
      );
      return names.map((name) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())).sort();
    };
    // Device name and hash stand in the envelope.
    expect(["device", ...fieldsOf("ChipConfig")].sort()).toEqual(Object.keys(CHIP).sort());
    expect(fieldsOf("InputConfig")).toEqual(Object.keys(INPUT).sort());
    expect(fieldsOf("FilterConfig")).toEqual(Object.keys(FILTER).sort());
    expect(fieldsOf("CoreConfig")).toEqual(Object.keys(CORE).sort());
    expect(fieldsOf("Destination")).toEqual(Object.keys(DESTINATION).sort());
    expect(fieldsOf("ReadoutConfig")).toEqual(Object.keys(READOUT).sort());
    expect(fieldsOf("SlowClock")).toEqual(Object.keys(CLOCK).sort());
  });
});

describe("every field of a device is answered for", () => {
  type Values<T> = { readonly [K in keyof Required<T>]: unknown };
  const limits: Values<LimitSpec> = {
    inputSize: 5,
    outputSize: 5,
    features: 1,
    kernelSize: 2,
    kernelSquare: FOR_PEOPLE, // below
    strides: [2],
    padding: 0,
    pools: [1],
    destinations: 0,
    inputDestinations: 0,
    weightBits: 2,
    stateBits: 12,
    leakBits: 1,
    readoutClasses: 2,
  };
  const numeric: Values<NumericSpec> = { comparator: ">", upperSaturation: FOR_PEOPLE, zeroWeightSkip: false };
  const timing: Values<TimingSpec> = {
    tIn: 1e6,
    tMap: 1e6,
    tKernel: 1e6,
    tNeuron: 1e6,
    tOut: 1e6,
    padIn: 1e7,
    padOut: 1e7,
    routerSlot: 1e6,
    fifoDepth: 1,
    overlap: "pipelined",
    boardStamp: 1e9,
  };
  const blocks: Values<BlockSpec> = {
    // Events come from a recording, whatever sensor the chip has beside its cores.
    sensor: FOR_PEOPLE,
    readout: false,
    congestionBalancer: false,
    decimatorRatios: [],
    slowClockDividers: FOR_PEOPLE, // below
    slowClockMin: 5000,
    slowClockMax: 1000,
  };
  const cores: Values<Omit<CoreSpec, "id" | "chip">> = { kernelWords: 1, neuronWords: 1, leakWords: 0, units: 4 };

  const changed = (group: Record<string, { readonly value: unknown }>, field: string, value: unknown) => ({
    ...group,
    [field]: { ...group[field], value },
  });
  const groups = { limits, numeric, timing, blocks } as const;
  for (const [group, fields] of Object.entries(groups)) {
    for (const [field, value] of Object.entries(fields)) {
      if (value === FOR_PEOPLE) continue;
      it(`${group}.${field}`, async () => {
        const { spec } = speck2f;
        const old = spec[group as keyof typeof groups] as unknown as Record<string, { value: unknown }>;
        const spec2 = { ...spec, [group]: changed(old, field, value) } as unknown as DeviceSpec;
        expect(await outcome(base, spec2)).not.toBe(usual);
      });
    }
  }

  for (const [field, value] of Object.entries(cores)) {
    it(`cores.${field}`, async () => {
      const { spec } = speck2f;
      const own = spec.cores.map((one) => changed(one as never, field, value)) as unknown as CoreSpec[];
      expect(await outcome(base, { ...spec, cores: own })).not.toBe(usual);
    });
  }

  it("board.chips, board.link.delay", async () => {
    const chips = [0, 0, 0, 1, 0, 0, 0, 0, 0];
    const near = await outcome(base, onChips(speck2f.spec, chips, 0));
    expect(near).not.toBe(usual);
    expect(await outcome(base, onChips(speck2f.spec, chips, 5e9))).not.toBe(near);
  });

  it("limits.kernelSquare, numeric.upperSaturation, blocks.slowClockDividers", async () => {
    const { spec } = speck2f;
    const rectangular = core({ kernelSize: [1, 3], padding: [0, 1], weights: weights(12) })(base);
    const any = { ...spec, limits: { ...spec.limits, kernelSquare: { ...spec.limits.kernelSquare, value: false } } };
    expect(await outcome(rectangular, any)).not.toBe(await outcome(rectangular));
    const full = core({ initialState: new Int16Array(72).fill(32_767), thresholdHigh: 32_767 })(base);
    const wraps = {
      ...spec,
      numeric: { ...spec.numeric, upperSaturation: { ...spec.numeric.upperSaturation, value: false } },
    };
    expect(await outcome(full, wraps)).not.toBe(await outcome(full));
    const internal: ChipConfig = { ...base, slowClock: { source: "internal", divider: 14 } };
    const none = {
      ...spec,
      blocks: { ...spec.blocks, slowClockDividers: { ...spec.blocks.slowClockDividers, value: [] } },
    };
    expect(await outcome(internal, none)).not.toBe(await outcome(internal));
  });

  it("errata", async () => {
    const { spec } = speck2f;
    expect(await outcome(base, { ...spec, errata: [] })).not.toBe(usual);
    const atZero = core({ thresholdLow: 0 })(base);
    expect(await outcome(atZero)).toContain("thresholdLow");
    const rest = spec.errata.filter(({ id }) => id !== "threshold-low-zero");
    expect(await outcome(atZero, { ...spec, errata: rest })).not.toContain("violations");
    expect(spec.errata.map(({ id }) => id).sort()).toEqual(["readout-feature-spread", "threshold-low-zero"]);
  });
});
