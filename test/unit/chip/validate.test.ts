import { describe, expect, it } from "vitest";
import type { ChipConfig, CoreConfig } from "../../../src/chip/config.ts";
import { checkConfig, validateConfig } from "../../../src/chip/validate.ts";
import { loadDevice } from "../../../src/device/catalogue.ts";
import { mapNetwork } from "../../../src/mapper/map-network.ts";
import { chain, conv, linear, pool, spike } from "../../support/build-network.ts";
import { thrown } from "../../support/thrown.ts";

const speck = await loadDevice("speck2f");
const network = chain(
  [2, 8, 8],
  [
    ["conv1", conv(2, 4, 3, { padding: 1 })],
    ["if1", spike()],
    ["pool1", pool("sumPool", 2)],
    ["fc", linear(64, 3)],
    ["if2", spike()],
  ],
);
const { config: sound } = mapNetwork(network, speck);

/** The sound configuration after someone edited its first core. */
function edited(change: Partial<CoreConfig>): ChipConfig {
  return { ...sound, cores: [{ ...sound.cores[0], ...change }, sound.cores[1]] };
}

const rules = (config: ChipConfig, device = speck) => validateConfig(config, device).map(({ rule }) => rule);

describe("validateConfig", () => {
  it("finds nothing wrong with what the mapper writes", () => {
    expect(validateConfig(sound, speck)).toEqual([]);
  });

  it.each<[string, Partial<CoreConfig>, object]>([
    ["thresholdHigh", { thresholdHigh: 40_000 }, { need: "40000", limit: "an integer in 1..32767" }],
    ["thresholdLow", { thresholdLow: -40_000 }, { need: "-40000" }],
    ["thresholdLow", { thresholdLow: 0 }, { need: 0, fix: "use -1" }],
    ["core", { core: 12 }, { need: 12, limit: "0, 1, 2, 3, 4, 5, 6, 7, 8" }],
    ["weights", { weights: new Int8Array(5) }, { need: "5 values" }],
    ["decimator", { decimator: { ratio: 64 } }, { need: 64, limit: "2, 4, 8, 16, 32, 128, 256, 512" }],
    ["outputShape", { outputShape: [4, 7, 8] }, {}],
    ["destinations", { destinations: [{ core: 99, pooling: 1, featureShift: 0 }] }, {}],
    ["destinations", { destinations: [{ core: sound.cores[1].core, pooling: 4, featureShift: 0 }] }, {}],
    ["destinations", { destinations: [{ core: sound.cores[1].core, pooling: 2, featureShift: 1 }] }, {}],
    ["padding", { padding: [9, 1] }, { need: 9, limit: 7 }],
  ])("names the rule %s that an edit breaks: %j", (rule, change, expected) => {
    const core = change.core ?? sound.cores[0].core;
    expect(validateConfig(edited(change), speck)).toContainEqual(
      expect.objectContaining({ layer: "conv1", core, rule, ...expected }),
    );
  });

  it("tells each broken field once", () => {
    expect(rules(edited({ thresholdHigh: 40_000 }))).toEqual(["thresholdHigh"]);
  });

  it("counts destinations", () => {
    const to = sound.cores[0].destinations[0];
    expect(validateConfig(edited({ destinations: [to, to, to] }), speck)).toEqual([
      expect.objectContaining({ rule: "destinations", need: 3, limit: 2 }),
    ]);
  });

  it("counts words on the core that was chosen, and names one that would do", () => {
    const big = mapNetwork(
      chain(
        [64, 4, 4],
        [
          ["c", conv(64, 64, 3, { padding: 1 })],
          ["i", spike()],
        ],
      ),
      speck,
    ).config;
    const moved: ChipConfig = {
      ...big,
      input: { ...big.input, destinations: [{ ...big.input.destinations[0], core: 7 }] },
      cores: [{ ...big.cores[0], core: 7 }],
      outputs: [{ core: 7, featureShift: 0 }],
    };
    expect(validateConfig(moved, speck)).toEqual([
      {
        layer: "c",
        core: 7,
        rule: "kernelWords",
        need: 65_536,
        limit: 16_384,
        fix: "move it to core 5, which holds it",
      },
    ]);
  });

  it("knows which blocks a device lacks", async () => {
    const dynapcnn = await loadDevice("dynapcnn");
    const config: ChipConfig = {
      ...edited({ congestionBalancer: true, decimator: { ratio: 2 } }),
      slowClock: { source: "internal", divider: 14 },
      readout: {
        core: sound.cores[1].core,
        classes: 3,
        layout: "1x1y16f",
        average: 1,
        threshold: 1,
        overrideThresholdMax: false,
        outputMode: "max",
      },
    };
    expect(rules(config)).toEqual([]);
    expect(rules(config, dynapcnn).sort()).toEqual(["congestionBalancer", "decimator", "readout", "slowClock"]);
    expect(rules({ ...config, slowClock: { source: "internal", divider: 3 } })).toEqual(["slowClock"]);
  });

  it("reports everything at once", () => {
    const config = {
      ...edited({ thresholdHigh: 0, decimator: { ratio: 3 } }),
      outputs: [{ core: 99, featureShift: 0 }],
    };
    expect(rules(config).sort()).toEqual(["decimator", "outputs", "thresholdHigh"]);
  });
});

describe("checkConfig", () => {
  it("passes a sound configuration", () => {
    expect(() => checkConfig(sound, speck)).not.toThrow();
  });

  it("refuses another device, and another version of the same device file", async () => {
    const other = thrown(() => checkConfig(sound, { ...speck, spec: { ...speck.spec, name: "speck2e" } }));
    expect(other.code).toBe("E_DEVICE_MISMATCH");
    expect(other.message).toContain("made for speck2f, not for speck2e");
    const version = thrown(() => checkConfig(sound, { ...speck, hash: "0".repeat(64) }));
    expect(version.code).toBe("E_DEVICE_MISMATCH");
    expect(version.message).toContain("another version of device file speck2f");
  });

  it("lists all violations on one line, with core, rule, need, limit and fix", () => {
    const error = thrown(() => checkConfig(edited({ decimator: { ratio: 64 }, padding: [9, 1] }), speck));
    expect(error.code).toBe("E_CONFIG");
    expect(error.message).toContain(`conv1 (core ${sound.cores[0].core}) breaks decimator: 64, limit 2, 4, 8`);
    expect(error.message).toContain("breaks padding: 9, limit 7");
    expect(error.message).not.toContain("\n");
    expect(error.details.violations).toEqual(
      validateConfig(edited({ decimator: { ratio: 64 }, padding: [9, 1] }), speck),
    );
  });
});
