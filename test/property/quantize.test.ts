import { describe, expect, it } from "vitest";
import { forward } from "../../src/network/reference.ts";
import { windowOutput } from "../../src/network/shapes.ts";
import { shapeSize } from "../../src/network/types.ts";
import { foldPools } from "../../src/quantize/fold.ts";
import { groupLayers } from "../../src/quantize/group.ts";
import { quantize } from "../../src/quantize/quantize.ts";
import { QUANTIZE_RULES } from "../../src/quantize/scale.ts";
import type { QuantDestination, QuantNetwork } from "../../src/quantize/types.ts";
import { Random } from "../../src/random.ts";
import { evaluateGroups } from "../support/evaluate-groups.ts";
import { randomNetwork } from "../support/random-network.ts";
import { forCases } from "../support/soak.ts";

describe("grouping and folding", () => {
  it("compute what the network computes: flatten, averages, merges, concatenation, r", () => {
    forCases(
      "groups equal the network",
      (seed) => {
        const network = randomNetwork(seed, { layers: 5 });
        const grouped = foldPools(groupLayers(network));
        const random = new Random(seed, 3);
        const input = Float32Array.from({ length: shapeSize(grouped.inputShape) }, () => random.below(4));
        const expected = forward(network, input);
        const found = evaluateGroups(grouped, input);
        for (const group of grouped.groups) {
          const neuron = group.nodes.find((name) => network.nodes.get(name)?.op === "if")!;
          const [wanted, got] = [expected.get(neuron)!, found.get(group.name)!];
          expect(got.length).toBe(wanted.length);
          // Folded weights are single precision; an average of a power of two loses nothing, r = 2 neither.
          for (let i = 0; i < got.length; i++) {
            expect(Math.abs(got[i] - wanted[i])).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(wanted[i])));
          }
        }
      },
      { share: 300, full: 5000 },
    );
  });
});

describe("quantize", () => {
  it("gives layers that fit together and keeps every integer in its word", () => {
    forCases(
      "quantized layers fit together",
      (seed) => {
        for (const rule of QUANTIZE_RULES) {
          const network = randomNetwork(seed, { layers: 6, features: 6 });
          checkNetwork(quantize(network, { rule }));
        }
      },
      { share: 300, full: 5000 },
    );
  });
});

function checkNetwork(network: QuantNetwork): void {
  const position = new Map(network.layers.map(({ name }, i) => [name, i]));
  const check = (from: number, shape: readonly number[], destinations: readonly QuantDestination[]): void => {
    for (const { layer, pooling, featureShift } of destinations) {
      const to = network.layers[position.get(layer)!];
      expect(position.get(layer)).toBeGreaterThan(from);
      expect([Math.floor(shape[1] / pooling), Math.floor(shape[2] / pooling)]).toEqual(to.inputShape.slice(1));
      expect(featureShift + shape[0]).toBeLessThanOrEqual(to.inputShape[0]);
    }
  };
  check(-1, network.inputShape, network.inputDestinations);
  network.layers.forEach((layer, i) => {
    const [out, height, width] = layer.outputShape;
    expect(layer.weights.length).toBe(out * layer.inputShape[0] * layer.kernelSize[0] * layer.kernelSize[1]);
    for (const [axis, size] of [height, width].entries()) {
      expect(
        windowOutput(layer.inputShape[axis + 1], layer.kernelSize[axis], layer.padding[axis], layer.stride[axis]),
      ).toBe(size);
    }
    expect(layer.weights.some((weight) => weight !== 0)).toBe(true);
    expect(Number.isInteger(layer.thresholdHigh) && layer.thresholdHigh >= 1 && layer.thresholdHigh <= 32_767).toBe(
      true,
    );
    expect(Number.isInteger(layer.thresholdLow) && layer.thresholdLow <= 0 && layer.thresholdLow >= -32_768).toBe(true);
    if (network.rule === "default") expect(layer.thresholdLow).toBeLessThan(0);
    if (layer.leak) expect(layer.leak.length).toBe(out);
    check(i, layer.outputShape, layer.destinations);
  });
}
