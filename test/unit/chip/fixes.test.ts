import { describe, expect, it } from "vitest";
import { changeFix, holds, memoryFix, squareFix } from "../../../src/chip/fixes.ts";
import type { LayerShape } from "../../../src/chip/layer.ts";
import { loadDevice } from "../../../src/device/catalogue.ts";
import { convOutput } from "../../../src/device/memory.ts";
import { Random } from "../../../src/random.ts";

const { spec } = await loadDevice("speck2f");

function shape(inFeatures: number, features: number, kernel: number, size: number): LayerShape {
  return {
    inputShape: [inFeatures, size, size],
    outputShape: [features, size, size],
    kernelSize: [kernel, kernel],
    stride: [1, 1],
    padding: [kernel >> 1, kernel >> 1],
  };
}

/** The layer after one of the proposed changes, or undefined for a sentence that changes no number. */
function apply(layer: LayerShape, fix: string): LayerShape | undefined {
  const [features, height, width] = layer.outputShape;
  let match = /^reduce its features from \d+ to (\d+)$/.exec(fix);
  if (match) return { ...layer, outputShape: [Number(match[1]), height, width] };
  match = /^split it by features into \d+ layers of (\d+)$/.exec(fix);
  if (match) return { ...layer, outputShape: [Number(match[1]), height, width] };
  match = /^reduce its input features from \d+ to (\d+)$/.exec(fix);
  if (match) return { ...layer, inputShape: [Number(match[1]), layer.inputShape[1], layer.inputShape[2]] };
  match = /^use a stride of (\d+)$/.exec(fix);
  if (!match) return undefined;
  const stride = Number(match[1]);
  const size = (axis: 0 | 1) =>
    convOutput(layer.inputShape[axis + 1], layer.kernelSize[axis], layer.padding[axis], stride);
  return { ...layer, stride: [stride, stride], outputShape: [features, size(0), size(1)] };
}

describe("fixes for memory", () => {
  it("are true: every printed change makes the layer fit some core, and one more feature would not", () => {
    const random = new Random(3);
    let proposals = 0;
    for (let i = 0; i < 300; i++) {
      const layer = shape(random.integer(1, 200), random.integer(1, 400), random.integer(1, 6), random.integer(4, 64));
      if (spec.cores.some((core) => holds(core, layer))) continue;
      for (const fix of changeFix(layer, "kernelWords", spec.cores, spec.limits).split(", or ")) {
        const changed = apply(layer, fix);
        if (!changed) continue;
        proposals++;
        expect(spec.cores.some((core) => holds(core, changed))).toBe(true);
        if (!fix.startsWith("reduce its features")) continue;
        const [features, height, width] = changed.outputShape;
        expect(spec.cores.some((core) => holds(core, { ...changed, outputShape: [features + 1, height, width] }))).toBe(
          false,
        );
      }
    }
    expect(proposals).toBeGreaterThan(100);
  });

  it("prefer another core when one holds the layer as it is", () => {
    expect(memoryFix(shape(64, 64, 3, 4), "kernelWords", spec.cores[0], spec)).toBe(
      "move it to core 5, which holds it",
    );
  });

  it("admit when no single change helps", () => {
    const layer: LayerShape = { ...shape(300, 4, 16, 200), padding: [0, 0], outputShape: [4, 185, 185] };
    const tiny = [{ ...spec.cores[7], kernelWords: { ...spec.cores[7].kernelWords, value: 64 } }];
    expect(changeFix(layer, "kernelWords", tiny, spec.limits)).toContain("several ways at once");
  });
});

describe("squareFix", () => {
  it("never changes the size of the output", () => {
    const random = new Random(9);
    for (let i = 0; i < 200; i++) {
      const pair = (low: number, high: number): [number, number] => [
        random.integer(low, high),
        random.integer(low, high),
      ];
      const [kernelSize, stride, padding, input] = [pair(1, 6), pair(1, 2), pair(0, 3), pair(6, 12)];
      const out = (axis: 0 | 1, kernel: number, pad: number) => convOutput(input[axis], kernel, pad, stride[axis]);
      const layer: LayerShape = {
        inputShape: [1, ...input],
        outputShape: [1, out(0, kernelSize[0], padding[0]), out(1, kernelSize[1], padding[1])],
        kernelSize,
        stride,
        padding,
      };
      const match = /to (\d+)x\d+, with padding (\d+)x(\d+)/.exec(squareFix(layer, spec.limits));
      if (!match) continue;
      const [, size, y, x] = match.map(Number);
      expect([out(0, size, y), out(1, size, x)]).toEqual(layer.outputShape.slice(1));
    }
  });
});
