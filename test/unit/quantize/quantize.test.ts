import { describe, expect, it } from "vitest";
import { quantize } from "../../../src/quantize/quantize.ts";
import { chain, conv, pool, spike } from "../../support/build-network.ts";
import { dataRoot } from "../../support/data.ts";
import { gestureNetwork } from "../../support/gesture-network.ts";
import { nmnistNetwork } from "../../support/nmnist-network.ts";

describe("quantize", () => {
  it("carries warnings of the reader on and names the layer in its own", () => {
    const net = chain(
      [1, 1, 1],
      [
        ["conv1", conv(1, 1, 1, { weight: [0] })],
        ["i", spike()],
      ],
    );
    const { warnings } = quantize({ ...net, warnings: ["dropout1 is left out."] });
    expect(warnings).toEqual(["dropout1 is left out.", "conv1: all weights are zero: the layer never spikes."]);
  });

  it("quantizes after the average pool is folded in, so that all 8 bits stay in use", () => {
    const net = chain(
      [1, 4, 4],
      [
        ["p", pool("avgPool", 4)],
        ["c", conv(1, 1, 1, { weight: [1] })],
        ["i", spike()],
      ],
    );
    const [layer] = quantize(net).layers;
    expect([layer.weights[0], layer.thresholdHigh, layer.scale]).toEqual([127, 127 * 16, 127 * 16]);
  });

  it("keeps reset and lower bound of the neurons", () => {
    const net = chain(
      [1, 1, 1],
      [
        ["c", conv(1, 1, 1, { weight: [1] })],
        ["i", spike(2, { reset: "zero", thresholdLow: -1 })],
      ],
    );
    expect(quantize(net).layers[0]).toMatchObject({ returnToZero: true, thresholdLow: -127, thresholdHigh: 254 });
  });

  describe.skipIf(!dataRoot)("on published networks", () => {
    it("gives sinabs' integers for the network that ran on a Speck: scale 71.537, threshold and bound 72", () => {
      const network = quantize(nmnistNetwork(), { rule: "sinabs" });
      const [first] = network.layers;
      expect(first.scale).toBeCloseTo(71.537, 3);
      expect([first.thresholdHigh, first.thresholdLow]).toEqual([72, -72]);
      expect(Math.min(...first.weights)).toBe(-128);
      expect(network.layers.map(({ name }) => name)).toEqual(["0", "2", "5", "9", "11"]);
      expect(network.layers.map(({ thresholdHigh }) => thresholdHigh)).toEqual([72, 128, 205, 108, 197]);
      expect(network.layers.every(({ leak }) => leak === undefined)).toBe(true);
      expect(network.warnings).toEqual([]);
    });

    it("reads the nine-layer gesture net without a warning", () => {
      const { layers, warnings } = quantize(gestureNetwork());
      expect(layers).toHaveLength(9);
      expect(warnings).toEqual([]);
    });
  });
});
