import { describe, expect, test } from "vitest";
import type { ChipConfig, CoreConfig, InputConfig } from "../../../src/chip/config.ts";
import { structureFaults } from "../../../src/chip/validate-structure.ts";
import { soundChipConfig } from "../../support/sound-chip-config.ts";

const sound = soundChipConfig();
const output = (core: number) => ({ core, featureShift: 0 });

function withCore(position: number, change: Partial<CoreConfig>): ChipConfig {
  return { ...sound, cores: sound.cores.map((core, i) => (i === position ? { ...core, ...change } : core)) };
}

function withInput(change: Partial<InputConfig>): ChipConfig {
  return { ...sound, input: { ...sound.input, ...change } };
}

test("a sound configuration has no faults", () => {
  expect(structureFaults(sound)).toEqual([]);
});

describe("each fault is named with its field, what is there and what is needed", () => {
  const cases: readonly (readonly [fault: string, config: ChipConfig])[] = [
    ["device.name is empty", { ...sound, device: { ...sound.device, name: "" } }],
    ["device.hash is no SHA-256 of 64 lower-case hexadecimal digits", { ...sound, device: { name: "x", hash: "AB" } }],
    ["input.shape.features is 0; it must be an integer in 1..65535", withInput({ shape: [0, 3, 3], destinations: [] })],
    ["input.pooling.x is 3; it must be one of 1, 2, 4", withInput({ pooling: [1, 3] })],
    ["input.cut leaves 2x3; input.shape says 3x3", withInput({ cut: { origin: [1, 1], corner: [2, 3] } })],
    [
      "input.filter.size.y is 4; the window must be odd",
      withInput({ filter: { mode: "noise", size: [4, 3], threshold: 1 } }),
    ],
    [
      "input.destinations[0].core is 9, which is not among cores",
      withInput({ destinations: [{ core: 9, pooling: 1, featureShift: 0 }] }),
    ],
    [
      "input.destinations[0] brings a map of 1x1; core 4 takes 3x3",
      withInput({ destinations: [{ core: 4, pooling: 2, featureShift: 0 }] }),
    ],
    [
      "input.destinations[0] brings features up to 1; core 4 takes 1 (0..0)",
      withInput({ destinations: [{ core: 4, pooling: 1, featureShift: 1 }] }),
    ],
    [
      "cores is empty; a chip needs at least one core",
      { ...sound, cores: [], outputs: [], input: { ...sound.input, destinations: [] } },
    ],
    ["cores[2].core is 1, as in cores[1]", { ...sound, cores: [...sound.cores, sound.cores[1]!] }],
    [
      "cores[0].destinations[0].core is 4, which does not come after its source in cores; loops are not possible",
      withCore(0, { destinations: [{ core: 4, pooling: 1, featureShift: 0 }] }),
    ],
    [
      "cores[0].outputShape is 2x2; input, kernel, stride and padding give 3x2",
      withCore(0, { kernelSize: [1, 2], weights: new Int8Array(4) }),
    ],
    ["cores[0].weights has 7 values; [out][in][ky][kx] needs 8", withCore(0, { weights: new Int8Array(7) })],
    ["cores[1].leak has 2 values; [out] needs 1", withCore(1, { leak: new Int16Array(2) })],
    ["cores[0].initialState has 4 values; [out][y][x] needs 8", withCore(0, { initialState: new Int16Array(4) })],
    ["cores[0].thresholdHigh is 32768; it must be an integer in 1..32767", withCore(0, { thresholdHigh: 32_768 })],
    ["cores[0].thresholdLow is -0.5; it must be an integer in -32768..0", withCore(0, { thresholdLow: -0.5 })],
    ["cores[0].decimator.ratio is 0; it must be an integer in 1..65535", withCore(0, { decimator: { ratio: 0 } })],
    [
      "cores[0].scale is Infinity; it must be a finite number above 0",
      withCore(0, { scale: Number.POSITIVE_INFINITY }),
    ],
    ["cores[0].layer is not well-formed Unicode text", withCore(0, { layer: "\ud800" })],
    ["outputs[0] is core 4, which is not monitored", { ...sound, outputs: [output(4)] }],
    ["outputs[1] names core 1 again", { ...sound, outputs: [output(1), output(1)] }],
    [
      "slowClock.divider is 32; it must be an integer in 0..31",
      { ...sound, slowClock: { source: "internal", divider: 32 } },
    ],
    [
      "slowClock.periodUs is 0.5; it must be an integer in 1..4294967295",
      { ...sound, slowClock: { source: "external", periodUs: 0.5 } },
    ],
    [
      "readout.classes is 16; it must be an integer in 1..15",
      {
        ...sound,
        readout: {
          core: 1,
          classes: 16,
          layout: "4x4y1f",
          average: 16,
          threshold: 0,
          overrideThresholdMax: false,
          outputMode: "max",
        },
      },
    ],
    [
      "provenance.seed is -1; it must be an integer in 0..9007199254740991",
      { ...sound, provenance: { ...sound.provenance, seed: -1 } },
    ],
  ];
  test.each(cases)("%s", (fault, config) => {
    expect(structureFaults(config)).toEqual([fault]);
  });
});

test("all faults come at once", () => {
  const config = withCore(0, { weights: new Int8Array(1), thresholdHigh: 0 });
  expect(structureFaults({ ...config, outputs: [output(7)] })).toEqual([
    "cores[0].weights has 1 values; [out][in][ky][kx] needs 8",
    "cores[0].thresholdHigh is 0; it must be an integer in 1..32767",
    "outputs[0] is 7, which is not among cores",
  ]);
});

test("a diagonal mirror changes height and width of the cut", () => {
  const input = {
    shape: [1, 3, 2] as const,
    destinations: [],
    cut: { origin: [5, 5] as const, corner: [6, 7] as const },
  };
  expect(structureFaults(withInput({ ...input, mirrorDiagonal: true }))).toEqual([]);
  expect(structureFaults(withInput({ ...input, mirrorDiagonal: false }))).toEqual([
    "input.cut leaves 2x3; input.shape says 3x2",
  ]);
});

test("shapes that would need more memory than there is are refused by arithmetic alone", () => {
  const config = withCore(0, { inputShape: [65_535, 65_535, 65_535], outputShape: [65_535, 65_534, 65_534] });
  expect(structureFaults(config)).toContain("cores[0].weights has 8 values; [out][in][ky][kx] needs 17179344900");
});
