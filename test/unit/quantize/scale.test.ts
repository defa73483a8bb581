import { describe, expect, it } from "vitest";
import { defaultRule, type FloatParameters, sinabsRule } from "../../../src/quantize/scale.ts";

function layer(weight: readonly number[], change: Partial<FloatParameters> = {}): FloatParameters {
  return { name: "conv", weight: Float32Array.from(weight), threshold: 1, ...change };
}

describe("rule sinabs", () => {
  it("turns weight 1, threshold 1 into 127 and 127 (sinabs' one-neuron test)", () => {
    const { weights, thresholdHigh, thresholdLow } = sinabsRule(layer([1]));
    expect([weights[0], thresholdHigh, thresholdLow]).toEqual([127, 127, -127]);
  });

  it("turns weight 1, bias -0.1 into 127 and -13 (sinabs' leak test)", () => {
    const { weights, leak } = sinabsRule(layer([1], { bias: Float32Array.of(-0.1) }));
    expect([weights[0], leak?.[0]]).toEqual([127, -13]);
  });

  it("scales by 128/|min| only when the negative side is larger by more than 128/127", () => {
    expect(sinabsRule(layer([1, -1.007])).scale).toBe(127);
    expect(sinabsRule(layer([1, -1.01])).scale).toBe(Math.fround(128 / Math.fround(1.01)));
    expect([...sinabsRule(layer([0.5, -1])).weights]).toEqual([64, -128]);
  });

  it("squeezes a bias into 8 bits, at the cost of the weights", () => {
    const { scale, weights, leak } = sinabsRule(layer([1], { bias: Float32Array.of(10) }));
    expect(scale).toBe(Math.fround(12.7));
    expect([weights[0], leak?.[0]]).toEqual([13, 127]);
  });

  it("lets a lower bound of -32768 decide the scale, as sinabs does without min_v_mem", () => {
    const { scale, weights, thresholdLow, warnings } = sinabsRule(layer([0.4, -0.4, 0.6], { thresholdLow: -32_768 }));
    expect(scale).toBe(1);
    expect([...weights]).toEqual([0, 0, 1]);
    expect(thresholdLow).toBe(-32_768);
    expect(warnings.join()).toContain("the scale is 1");
    expect(warnings.join()).toContain("2 of 3 weights (67 %) round to zero");
  });

  it("works in single precision: 0.1 is 0.100000001", () => {
    expect(sinabsRule(layer([0.1])).scale).toBe(Math.fround(127 / Math.fround(0.1)));
  });
});

describe("rule default", () => {
  it("lets the weights decide: 127/max or 128/-min, whichever is smaller", () => {
    expect(defaultRule(layer([0.5, -0.25])).scale).toBe(254);
    expect(defaultRule(layer([0.5, -1])).scale).toBe(128);
    expect([...defaultRule(layer([-0.5, -1])).weights]).toEqual([-64, -128]);
  });

  it("bounds the membrane at -threshold when the network says nothing", () => {
    expect(defaultRule(layer([1], { threshold: 2 }))).toMatchObject({ thresholdHigh: 254, thresholdLow: -254 });
  });

  it("never lets a lower bound decide the scale", () => {
    const { scale, thresholdLow, warnings } = defaultRule(layer([1], { thresholdLow: -1000 }));
    expect([scale, thresholdLow]).toEqual([127, -32_768]);
    expect(warnings.join()).toContain("below the 16-bit word");
  });

  it("uses -1 where the lower bound would be 0", () => {
    const { thresholdLow, warnings } = defaultRule(layer([1], { thresholdLow: 0 }));
    expect(thresholdLow).toBe(-1);
    expect(warnings).toHaveLength(1);
  });

  it("keeps a bias in 16 bits and the weights at full scale, and says what a bias becomes", () => {
    const { scale, leak, warnings } = defaultRule(layer([1], { bias: Float32Array.of(10) }));
    expect([scale, leak?.[0]]).toEqual([127, 1270]);
    expect(warnings).toEqual(["the bias becomes leak: it is added on every slow-clock tick, not on every event."]);
  });

  it("has no leak for a bias of zeros, and drops one that rounds to zeros with a warning", () => {
    expect(defaultRule(layer([1], { bias: Float32Array.of(0) })).leak).toBeUndefined();
    const rounded = defaultRule(layer([1], { bias: Float32Array.of(0.001) }));
    expect(rounded.leak).toBeUndefined();
    expect(rounded.warnings.join()).toContain("rounds to zero everywhere");
  });

  it("cuts the scale so that a large threshold fits its word, and warns", () => {
    const { thresholdHigh, thresholdLow, scale, weights, warnings } = defaultRule(
      layer([1, -0.5], { threshold: 1000 }),
    );
    expect([thresholdHigh, thresholdLow]).toEqual([32_767, -32_767]);
    expect(scale).toBeCloseTo(32.767, 10);
    expect([...weights]).toEqual([33, -16]);
    expect(warnings.join()).toContain("the threshold 1000 would need 127000 and has 32767");
  });

  it("warns when the scale is 1 or less and something is lost, not when integers stay as they are", () => {
    expect(defaultRule(layer([127, -3], { threshold: 9 })).warnings).toEqual([]);
    expect(defaultRule(layer([254, 0.5], { threshold: 9 })).warnings.join()).toContain("the scale is 0.5");
  });

  it("raises a threshold that rounds to 0, with a warning", () => {
    const { thresholdHigh, warnings } = defaultRule(layer([1000], { threshold: 1 }));
    expect(thresholdHigh).toBe(1);
    expect(warnings.join()).toContain("every positive weight fires");
  });

  it("says that a layer of zeros never spikes", () => {
    expect(defaultRule(layer([0, 0])).warnings).toEqual(["all weights are zero: the layer never spikes."]);
  });
});
