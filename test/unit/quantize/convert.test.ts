import { describe, expect, it } from "vitest";
import { forward } from "../../../src/network/reference.ts";
import type { IfNode, LinearNode, Network, NetworkNode } from "../../../src/network/types.ts";
import { calibrate } from "../../../src/quantize/calibrate.ts";
import { conversionRefusals, spikingNetwork } from "../../../src/quantize/convert.ts";
import { groupLayers } from "../../../src/quantize/group.ts";
import { prepareNetwork } from "../../../src/quantize/prepare.ts";
import { chain, conv, graph, linear, pool } from "../../support/build-network.ts";
import { thrown } from "../../support/thrown.ts";

const relu: NetworkNode = { op: "relu", quantized: false };
const output: NetworkNode = { op: "output" };
const maxPool: NetworkNode = { op: "maxPool", kernel: [2, 2], stride: [2, 2], padding: [0, 0] };

function expectSameAnswers(a: Network, b: Network, size: number): void {
  for (let n = 0; n < 5; n++) {
    const input = Float32Array.from({ length: size }, (_, i) => Math.sin(i * 1.3 + n));
    const [x, y] = [forward(a, input).get("output")!, forward(b, input).get("output")!];
    expect(y.indexOf(Math.max(...y))).toBe(x.indexOf(Math.max(...x)));
  }
}

describe("calibrate", () => {
  const net = chain(
    [1, 1, 4],
    [
      ["l", linear(4, 4, { weight: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] })],
      ["r", relu],
    ],
  );

  it("takes the percentile of what is above zero", () => {
    const inputs = Array.from({ length: 25 }, (_, n) => [4 * n + 1, 4 * n + 2, 4 * n + 3, 4 * n + 4]);
    expect(calibrate(net, inputs, { percentile: 50 }).get("r")).toBeCloseTo(50, 1);
    expect(calibrate(net, [...inputs, [-1, -2, 0, -9]], { percentile: 50 }).get("r")).toBeCloseTo(50, 1);
    expect(calibrate(net, inputs, { percentile: 100 }).get("r")).toBeCloseTo(100, 0);
    expect(calibrate(net, [[0, 0, 0, 0]]).get("r")).toBe(1);
  });

  it("refuses no images, images of another size, and percentiles that are none", () => {
    expect(thrown(() => calibrate(net, [])).code).toBe("E_DATASET");
    expect(thrown(() => calibrate(net, [[1, 2]])).message).toContain("image 0 of the calibration set has 2 values");
    expect(thrown(() => calibrate(net, [[1, 2, 3, 4]], { percentile: 0 })).code).toBe("E_OPTION");
  });
});

describe("conversionRefusals", () => {
  const net = chain(
    [1, 4, 4],
    [
      ["c", conv(1, 2, 3, { padding: 1, bias: [1, 2] })],
      ["r", relu],
      ["m", maxPool],
      ["l", linear(8, 3)],
      ["s", { op: "softmax" }],
    ],
  );

  it("lists what may not be replaced, with the option that would", () => {
    const remedies = conversionRefusals(net, { calibrated: false }).map(
      ({ node, remedy }) => `${node} ${/--\S+/.exec(remedy)}`,
    );
    expect(remedies).toEqual(["c --drop-bias", "r --calibrate", "m --max-pool", "s --calibrate"]);
    expect(conversionRefusals(net, { calibrated: true, maxPool: "average", bias: "keep" })).toEqual([]);
  });

  it("adds what no option helps against", () => {
    const linearOnly = chain(
      [1, 4, 4],
      [
        ["a", conv(1, 2, 1)],
        ["b", conv(2, 2, 1)],
        ["r", relu],
      ],
    );
    const reasons = conversionRefusals(linearOnly, { calibrated: true });
    expect(reasons.map(({ node, why }) => `${node} ${why}`)).toEqual(["a has no spiking neuron behind it"]);
  });
});

describe("prepareNetwork", () => {
  it("replaces only what was asked for", () => {
    const net = chain(
      [1, 4, 4],
      [
        ["c", conv(1, 2, 1, { bias: [1, 1] })],
        ["r", relu],
        ["m", maxPool],
      ],
    );
    const ops = (n: Network) => [...n.nodes.values()].map(({ op }) => op);
    expect(ops(prepareNetwork(net).network)).toContain("maxPool");
    expect(ops(prepareNetwork(net, { maxPool: "average" }).network)).not.toContain("maxPool");
    expect(prepareNetwork(net, { bias: "drop" }).network.nodes.get("c")).not.toHaveProperty("bias");
  });

  it("answers as before: sums, global averages, logits below zero", () => {
    const net = graph(
      {
        input: { op: "input", shape: [2, 8, 8] },
        stem: conv(2, 4, 3, { padding: 1, seed: 2 }),
        a: relu,
        left: conv(4, 4, 3, { padding: 1, bias: [0.1, 0.2, -0.1, 0], seed: 3 }),
        skip: { op: "add" },
        b: relu,
        down: conv(4, 6, 2, { stride: 2, seed: 4 }),
        c: relu,
        right: conv(6, 6, 1, { seed: 5 }),
        side: conv(4, 6, 2, { stride: 2, bias: [1, 0, 0, 0, 0, -1], seed: 6 }),
        join: { op: "add" },
        d: relu,
        half: pool("avgPool", 2),
        p: { op: "avgPool", kernel: [2, 2], stride: [2, 2], padding: [0, 0] },
        l: linear(6, 5, { bias: [-100, -100, -100, -100, -100], seed: 7 }),
        s: { op: "softmax" },
        output,
      },
      [
        "input>stem",
        "stem>a",
        "a>left",
        "left>skip",
        "a>skip",
        "skip>b",
        "b>down",
        "down>c",
        "c>right",
        "b>side",
        "right>join",
        "side>join",
        "join>d",
        "d>half",
        "half>p",
        "p>l",
        "l>s",
        "s>output",
      ],
    );
    const { network, replaced } = prepareNetwork(net, { bias: "keep" });
    expect(replaced.every(({ exact }) => exact)).toBe(true);
    expectSameAnswers(net, network, 128);
    const groups = groupLayers(spikingNetwork(network, new Map())).groups;
    expect(groups.map(({ name }) => name)).toEqual(["stem", "skip", "down", "side", "join", "l"]);
  });

  it("puts an average over the whole map into the weights behind it", () => {
    const net = chain(
      [1, 8, 8],
      [
        ["c", conv(1, 3, 1, { seed: 9 })],
        ["r", relu],
        ["p", pool("avgPool", 8)],
        ["f", { op: "flatten" }],
        ["l", linear(3, 4)],
      ],
    );
    const { network } = prepareNetwork(net);
    expect((network.nodes.get("l") as LinearNode).weightShape).toEqual([4, 3 * 64]);
    expectSameAnswers(net, network, 64);
  });
});

describe("spikingNetwork", () => {
  it("moves scales into weights, so that rates are activations by their scale", () => {
    const net = chain(
      [1, 1, 2],
      [
        ["a", linear(2, 2, { weight: [1, 2, 3, 4], bias: [1, -1] })],
        ["r", relu],
        ["b", linear(2, 2, { weight: [1, -1, 0.5, 2] })],
        ["q", relu],
        ["c", linear(2, 1, { weight: [1, 1] })],
        ["o", relu],
      ],
    );
    const steps = 10;
    const spiking = spikingNetwork(
      net,
      new Map([
        ["r", 4],
        ["q", 8],
        ["o", 2],
      ]),
      { steps },
    );
    const rate = forward(spiking, [0.1, 0.05] as never);
    const real = forward(net, [1, 0.5] as never);
    // Half a threshold over the presentation is added to kept biases.
    expect(rate.get("r")![0]).toBeCloseTo(real.get("r")![0] / 4 + 0.5 / steps, 6);
    expect(rate.get("r")![1]).toBeCloseTo(real.get("r")![1] / 4 + 0.5 / steps, 6);
    expect((spiking.nodes.get("q") as IfNode).threshold).toBe(1);
    const [b, c] = ["b", "c"].map((name) => Array.from((spiking.nodes.get(name) as LinearNode).weight));
    expect(b).toEqual([1, -1, 0.5, 2].map((w) => (w * 4) / 8));
    // The output's neurons count eight times as finely.
    expect(c).toEqual([32, 32]);
  });

  it("gives neurons whose spikes merge one scale", () => {
    const net = graph(
      {
        input: { op: "input", shape: [1, 2, 2] },
        a: conv(1, 1, 1),
        r: relu,
        b: conv(1, 1, 1),
        q: relu,
        sum: { op: "add" },
        c: conv(1, 1, 1, { weight: [1] }),
        o: relu,
        output,
      },
      ["input>a", "a>r", "input>b", "b>q", "r>sum", "q>sum", "sum>c", "c>o", "o>output"],
    );
    const spiking = spikingNetwork(
      net,
      new Map([
        ["r", 2],
        ["q", 6],
        ["o", 8],
      ]),
      { steps: 1 },
    );
    expect(Array.from((spiking.nodes.get("c") as LinearNode).weight)).toEqual([6]);
  });
});
