import { describe, expect, it } from "vitest";
import { DenseForward } from "../../../../src/network/dense-forward.ts";
import type { LinearNode, Network } from "../../../../src/network/types.ts";
import { transferPlainly } from "../../../../src/trainer/baselines/plain-transfer.ts";
import { activityScales, normalizeRobustly } from "../../../../src/trainer/baselines/robust-normalization.ts";
import { scaleFirstLayer } from "../../../../src/trainer/baselines/weight-scaling.ts";
import { chain, conv, graph, linear, pool, spike } from "../../../support/build-network.ts";
import { thrown } from "../../../support/thrown.ts";

/** 2 inputs, 2 neurons, 2 outputs: small enough to compute by hand. */
const NET = chain(
  [2, 1, 1],
  [
    ["a", linear(2, 2, { weight: [1, 2, -1, 4] })],
    ["aSpikes", spike()],
    ["b", linear(2, 2, { weight: [1, 0, 0.5, 2] })],
    ["bSpikes", spike()],
  ],
);
const weightsOf = (network: Network, name: string): number[] => [...(network.nodes.get(name) as LinearNode).weight];

describe("first-layer scaling", () => {
  it("multiplies the first layer by rho, and divides the last by it where asked to", () => {
    const scaled = scaleFirstLayer(NET, 0.25);
    expect(weightsOf(scaled, "a")).toEqual([0.25, 0.5, -0.25, 1]);
    expect(weightsOf(scaled, "b")).toEqual(weightsOf(NET, "b"));
    expect(weightsOf(scaleFirstLayer(NET, 0.25, { restoreLast: true }), "b")).toEqual([4, 0, 2, 8]);
    expect(weightsOf(NET, "a")).toEqual([1, 2, -1, 4]);
  });

  it("makes every layer rho times as active, and with the last restored leaves the answers", () => {
    const before = new DenseForward(NET).run([3, 1]);
    const after = new DenseForward(scaleFirstLayer(NET, 0.5, { restoreLast: true })).run([3, 1]);
    expect([...after.get("aSpikes")!]).toEqual([...before.get("aSpikes")!].map((v) => v / 2));
    expect([...after.get("output")!]).toEqual([...before.get("output")!]);
  });

  it("of a single layer changes nothing when the last is restored", () => {
    const single = chain([2, 1, 1], [["a", linear(2, 1, { weight: [3, 5] })]]);
    expect(weightsOf(scaleFirstLayer(single, 0.5, { restoreLast: true }), "a")).toEqual([3, 5]);
    expect(thrown(() => scaleFirstLayer(single, 0)).code).toBe("E_OPTION");
  });
});

describe("robust normalization", () => {
  it("divides each layer by its percentile and multiplies by that of the one before", () => {
    const scales = new Map([
      ["input", 8],
      ["aSpikes", 4],
      ["bSpikes", 0.5],
    ]);
    const normal = normalizeRobustly(NET, scales);
    expect(weightsOf(normal, "a")).toEqual([2, 4, -2, 8]);
    expect(weightsOf(normal, "b")).toEqual([8, 0, 4, 16]);
  });

  it("measures percentiles over all activations, or those above zero", () => {
    // Activations of a for inputs (k, 0), k = 1..100: k and 0; of b: k and k / 2.
    const inputs = Array.from({ length: 100 }, (_, i) => [i + 1, 0]);
    const near = (scales: ReadonlyMap<string, number>, name: string, value: number): void =>
      expect(scales.get(name)! / value).toBeCloseTo(1, 2);
    const all = activityScales(NET, inputs, { percentile: 90 });
    // 200 values each; of a, 100 are zero, and the 180th in order is 80.
    near(all, "aSpikes", 80);
    near(all, "input", 80);
    // Of b: k and k / 2; 50.. stand above half: 180 of 200 lie at or below 80.
    near(all, "bSpikes", 80);
    const positive = activityScales(NET, inputs, { percentile: 90, of: "positive" });
    near(positive, "aSpikes", 90);
    near(activityScales(NET, inputs, { percentile: 100 }), "bSpikes", 100);
  });

  it("brings the percentile of every layer's activations to one", () => {
    const net = chain(
      [1, 6, 6],
      [
        ["c", conv(1, 3, 3, { seed: 4 })],
        ["cSpikes", spike()],
        ["pool", pool("avgPool", 2)],
        ["flatten", { op: "flatten" }],
        ["d", linear(12, 2, { weight: Array.from({ length: 24 }, (_, i) => Math.sin(i) + 0.5) })],
        ["dSpikes", spike()],
      ],
    );
    const inputs = Array.from({ length: 50 }, (_, k) => Array.from({ length: 36 }, (_, i) => (i * (k + 3)) % 7));
    const scales = activityScales(net, inputs, { percentile: 99 });
    const normal = activityScales(
      normalizeRobustly(net, scales),
      inputs.map((input) => input.map((v) => v / scales.get("input")!)),
      { percentile: 99 },
    );
    for (const name of ["input", "cSpikes", "dSpikes"]) expect(normal.get(name)).toBeCloseTo(1, 2);
  });

  it("says which layer is silent, and refuses branches and nonsense", () => {
    const silent = activityScales(NET, [[0, 0]]);
    expect(thrown(() => normalizeRobustly(NET, silent)).message).toMatch(
      /input, aSpikes, bSpikes cannot be normalized/,
    );
    const branched = graph(
      {
        input: { op: "input", shape: [2, 1, 1] },
        a: linear(2, 2),
        b: linear(2, 2),
        sum: { op: "add" },
        spikes: spike(),
        output: { op: "output" },
      },
      ["input>a", "input>b", "a>sum", "b>sum", "sum>spikes", "spikes>output"],
    );
    expect(thrown(() => normalizeRobustly(branched, new Map())).code).toBe("E_UNSUPPORTED");
    expect(thrown(() => activityScales(NET, [])).code).toBe("E_DATASET");
    expect(thrown(() => activityScales(NET, [[1, 1]], { percentile: 0 })).code).toBe("E_OPTION");
  });
});

describe("plain transfer", () => {
  it("puts neurons of threshold 1 in place of ReLUs and leaves weights alone", () => {
    const net = chain(
      [2, 1, 1],
      [
        ["a", linear(2, 2, { weight: [1, 2, -1, 4] })],
        ["relu", { op: "relu", quantized: false }],
      ],
    );
    const spiking = transferPlainly(net);
    expect(spiking.nodes.get("relu")).toEqual({ op: "if", threshold: 1, r: 1, reset: "subtract" });
    expect(transferPlainly(net, { thresholdLow: -1 }).nodes.get("relu")).toMatchObject({ thresholdLow: -1 });
    expect(spiking.nodes.get("a")).toBe(net.nodes.get("a"));
    expect(transferPlainly(NET).nodes.get("aSpikes")).toBe(NET.nodes.get("aSpikes"));
  });
});
