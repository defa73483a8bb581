import { describe, expect, it } from "vitest";
import { FROM_INPUT } from "../../../emulator/timestep/layer.ts";
import { compileTimestep } from "../../../emulator/timestep/program.ts";
import { timestepFromNetwork } from "../../../src/evaluate/timestep-network.ts";
import type { NetworkNode } from "../../../src/network/types.ts";
import { chain, conv, graph, linear, pool, spike } from "../../support/build-network.ts";
import { thrown } from "../../support/thrown.ts";

const flatten: NetworkNode = { op: "flatten" };
const output: NetworkNode = { op: "output" };
const input: NetworkNode = { op: "input", shape: [2, 8, 8] };

describe("timestepFromNetwork", () => {
  it("makes one layer of each spiking node, pools on the edges, linear nodes as whole-map windows", () => {
    const { network, outputs } = timestepFromNetwork(
      chain(
        [2, 8, 8],
        [
          ["c", conv(2, 3, 3, { padding: 1 })],
          ["s", spike(2, { thresholdLow: -0.5 })],
          ["p", pool("avgPool", 4)],
          ["f", flatten],
          ["l", linear(12, 5)],
          ["o", spike()],
        ],
      ),
    );
    expect(outputs).toEqual([1]);
    expect(network).toMatchObject({ arithmetic: "float32", inputShape: [2, 8, 8] });
    expect(network.layers).toMatchObject([
      { name: "c", outputShape: [3, 8, 8], threshold: 2, minVMem: -0.5, monitor: false },
      { name: "l", inputShape: [3, 2, 2], outputShape: [5, 1, 1], kernelSize: [2, 2], minVMem: null, monitor: true },
    ]);
    const window = { kernel: [4, 4], stride: [4, 4], padding: [0, 0], divisor: 16 };
    expect(network.layers[1].sources).toEqual([{ from: 0, pool: window, featureShift: 0 }]);
    expect(() => compileTimestep(network)).not.toThrow();
  });

  it("takes rectangular kernels, strides and paddings that no chip has", () => {
    const weightShape = [4, 2, 1, 5] as const;
    const wide: NetworkNode = {
      op: "conv2d",
      weight: new Float32Array(40),
      weightShape,
      stride: [1, 3],
      padding: [0, 2],
    };
    const { network } = timestepFromNetwork(
      chain(
        [2, 7, 11],
        [
          ["c", wide],
          ["s", spike()],
        ],
      ),
    );
    expect(network.layers[0]).toMatchObject({ outputShape: [4, 7, 4], kernelSize: [1, 5], stride: [1, 3] });
    expect(() => compileTimestep(network)).not.toThrow();
  });

  it("folds r into weights and bias, which float32 holds", () => {
    const { network } = timestepFromNetwork(
      chain(
        [1, 1, 1],
        [
          ["l", linear(1, 2, { weight: [1, -3], bias: [0.5, 4] })],
          ["s", spike(1, { r: 2 })],
        ],
      ),
    );
    expect(Array.from(network.layers[0].weights)).toEqual([2, -6]);
    expect(Array.from(network.layers[0].bias!)).toEqual([1, 8]);
  });

  it("bounds membranes by minus the threshold when asked, and then only where the file is silent", () => {
    const net = chain(
      [1, 1, 1],
      [
        ["a", linear(1, 1)],
        ["s", spike(3)],
        ["b", linear(1, 1)],
        ["t", spike(3, { thresholdLow: -1 })],
        ["c", linear(1, 1)],
        ["q", { op: "relu", quantized: true }],
      ],
    );
    const bounds = (missingThresholdLow?: "none" | "minusThreshold") =>
      timestepFromNetwork(net, missingThresholdLow ? { missingThresholdLow } : {}).network.layers.map((l) => l.minVMem);
    expect(bounds()).toEqual([null, -1, null]);
    expect(bounds("minusThreshold")).toEqual([-3, -1, -1]);
  });

  it("makes one pool of two in a row", () => {
    const { network } = timestepFromNetwork(
      chain(
        [1, 8, 8],
        [
          ["p", pool("sumPool", 2)],
          ["q", pool("avgPool", 3)],
          ["c", conv(1, 1, 1)],
          ["s", spike()],
        ],
      ),
    );
    expect(network.layers[0].sources).toEqual([
      { from: FROM_INPUT, pool: { kernel: [6, 6], stride: [6, 6], padding: [0, 0], divisor: 9 }, featureShift: 0 },
    ]);
  });

  it("follows fan-out, sums and concatenations", () => {
    const { network, outputs } = timestepFromNetwork(
      graph(
        {
          in: input,
          a: conv(2, 3, 1),
          sa: spike(),
          b: conv(2, 4, 1),
          sb: spike(),
          join: { op: "concat" },
          c: conv(7, 3, 1),
          sc: spike(),
          sum: { op: "add" },
          d: conv(3, 1, 1),
          sd: spike(),
          out: output,
        },
        [
          "in>a",
          "a>sa",
          "in>b",
          "b>sb",
          "sa>join",
          "sb>join",
          "join>c",
          "c>sc",
          "sc>sum",
          "sa>sum",
          "sum>d",
          "d>sd",
          "sd>out",
        ],
      ),
    );
    expect(network.layers.map((layer) => [layer.name, layer.sources.map((s) => [s.from, s.featureShift])])).toEqual([
      ["a", [[FROM_INPUT, 0]]],
      ["b", [[FROM_INPUT, 0]]],
      [
        "c",
        [
          [0, 0],
          [1, 3],
        ],
      ],
      [
        "d",
        [
          [2, 0],
          [0, 0],
        ],
      ],
    ]);
    expect(outputs).toEqual([3]);
    expect(() => compileTimestep(network)).not.toThrow();
  });

  it("refuses what has no spikes, all of it at once", () => {
    const error = thrown(() =>
      timestepFromNetwork(
        chain(
          [2, 8, 8],
          [
            ["c", conv(2, 3, 3)],
            ["p", pool("sumPool", 2)],
            ["s", spike()],
            ["d", conv(3, 3, 1)],
            ["r", { op: "relu", quantized: false }],
            ["e", conv(3, 3, 1)],
          ],
        ),
      ),
    );
    expect(error.code).toBe("E_UNSUPPORTED");
    expect((error.details.reasons as { node: string }[]).map(({ node }) => node)).toEqual(["c", "s", "r", "e"]);
  });
});
