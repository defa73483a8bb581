import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  type ConvGeometry,
  estimatedFanOut,
  eventFanOut,
  fanOutTable,
  meanFanOut,
} from "../../../src/network/fan-out.ts";
import { Random } from "../../../src/random.ts";
import { dataPath, dataRoot } from "../../support/data.ts";

function geometry(size: number, kernel: number, padding: number, stride: number, outputFeatures: number): ConvGeometry {
  return {
    input: [size, size],
    kernel: [kernel, kernel],
    padding: [padding, padding],
    stride: [stride, stride],
    outputFeatures,
  };
}

/** Counts taps from the definition: every output, every kernel position. */
function bruteForce({ input, kernel, padding, stride, outputFeatures }: ConvGeometry, y: number, x: number): number {
  const outputs = [0, 1].map((axis) => Math.floor((input[axis] - kernel[axis] + 2 * padding[axis]) / stride[axis]) + 1);
  let taps = 0;
  for (let oy = 0; oy < outputs[0]; oy++) {
    for (let ox = 0; ox < outputs[1]; ox++) {
      for (let ky = 0; ky < kernel[0]; ky++) {
        for (let kx = 0; kx < kernel[1]; kx++) {
          if (oy * stride[0] - padding[0] + ky === y && ox * stride[1] - padding[1] + kx === x) taps += outputFeatures;
        }
      }
    }
  }
  return taps;
}

describe("fan-out", () => {
  it("is 9 features inside and less at the border of a 3x3 kernel", () => {
    const padded = geometry(5, 3, 1, 1, 8);
    expect(eventFanOut(padded, 2, 2)).toBe(72);
    expect(eventFanOut(padded, 0, 0)).toBe(32);
    expect(eventFanOut(geometry(5, 3, 0, 1, 8), 0, 0)).toBe(8);
  });

  it("equals a count from the definition for random layers", () => {
    const random = new Random(7);
    for (let i = 0; i < 100; i++) {
      const pair = (low: number, high: number): [number, number] => [
        random.integer(low, high),
        random.integer(low, high),
      ];
      const layer: ConvGeometry = {
        input: pair(5, 9),
        kernel: pair(1, 5),
        padding: pair(0, 3),
        stride: pair(1, 4),
        outputFeatures: random.integer(1, 3),
      };
      const table = fanOutTable(layer);
      for (let y = 0; y < layer.input[0]; y++) {
        for (let x = 0; x < layer.input[1]; x++) expect(table[y * layer.input[1] + x]).toBe(bruteForce(layer, y, x));
      }
    }
  });

  it("reaches every output of a linear layer from everywhere", () => {
    const whole = geometry(6, 6, 0, 1, 10);
    expect(new Set(fanOutTable(whole))).toEqual(new Set([10]));
    expect(meanFanOut(whole)).toBe(10);
  });

  it("gives the paper's fan-outs by the estimate: 72, 108, 108; 432 with stride 2", () => {
    expect(estimatedFanOut(geometry(64, 3, 0, 1, 8))).toBe(72);
    expect(estimatedFanOut(geometry(31, 3, 0, 1, 12))).toBe(108);
    expect(estimatedFanOut(geometry(32, 3, 1, 2, 192))).toBe(432);
  });

  describe.skipIf(!dataRoot)("on a real recording", () => {
    it.each([
      [1, 0, 1, 1, 4_325],
      [3, 0, 1, 1, 38_796],
      [3, 1, 1, 8, 311_048],
      [3, 1, 2, 8, 77_800],
      [3, 1, 2, 16, 155_600],
      [5, 0, 1, 20, 2_145_760],
      [5, 2, 2, 16, 431_920],
    ])("kernel %i, padding %i, stride %i, %i features: %i SynOps", (kernel, padding, stride, features, expected) => {
      const table = fanOutTable(geometry(34, kernel, padding, stride, features));
      // 40-bit events: x, y, then polarity and time.
      const bytes = readFileSync(dataPath("event_formats", "tonic_sample_nmnist.bin"));
      let taps = 0;
      for (let i = 0; i < bytes.length; i += 5) taps += table[bytes[i + 1] * 34 + bytes[i]];
      expect(taps).toBe(expected);
    });
  });
});
