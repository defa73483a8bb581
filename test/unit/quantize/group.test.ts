import { describe, expect, it } from "vitest";
import type { NetworkNode } from "../../../src/network/types.ts";
import { groupLayers } from "../../../src/quantize/group.ts";
import { chain, conv, graph, linear, pool, spike } from "../../support/build-network.ts";
import { thrown } from "../../support/thrown.ts";

const input = (features: number, size: number): NetworkNode => ({ op: "input", shape: [features, size, size] });
const output: NetworkNode = { op: "output" };
const relu: NetworkNode = { op: "relu", quantized: true };

interface Reason {
  readonly node: string;
  readonly why: string;
  readonly remedy: string;
}

function reasons(net: Parameters<typeof groupLayers>[0]): readonly Reason[] {
  const error = thrown(() => groupLayers(net));
  expect(error.code).toBe("E_UNSUPPORTED");
  return error.details.reasons as Reason[];
}

describe("groupLayers", () => {
  it("makes one group of convolution, neurons and pool", () => {
    const net = chain(
      [2, 8, 8],
      [
        ["c1", conv(2, 4, 3)],
        ["i1", spike()],
        ["p1", pool("avgPool", 2)],
        ["c2", conv(4, 3, 3)],
        ["i2", spike()],
      ],
    );
    const { groups, inputRoutes } = groupLayers(net);
    expect(inputRoutes).toEqual([{ to: "c1", pooling: 1, divisor: 1, featureShift: 0 }]);
    expect(groups.map(({ name, nodes, output: last }) => ({ name, nodes, last }))).toEqual([
      { name: "c1", nodes: ["c1", "i1", "p1"], last: false },
      { name: "c2", nodes: ["c2", "i2"], last: true },
    ]);
    expect(groups[0]).toMatchObject({ inputShape: [2, 8, 8], outputShape: [4, 6, 6] });
    expect(groups[0].routes).toEqual([{ to: "c2", pooling: 2, divisor: 4, featureShift: 0 }]);
  });

  it("turns a linear layer behind a flatten into a kernel over the whole map", () => {
    const net = chain(
      [2, 3, 3],
      [
        ["c", conv(2, 4, 2)],
        ["i", spike()],
        ["f", { op: "flatten" }],
        ["l", linear(16, 5)],
        ["j", spike()],
      ],
    );
    const [, last] = groupLayers(net).groups;
    expect(last).toMatchObject({
      weightShape: [5, 4, 2, 2],
      stride: [1, 1],
      padding: [0, 0],
      inputShape: [4, 2, 2],
      outputShape: [5, 1, 1],
    });
  });

  it("takes a 1x1 convolution over a flattened map as the linear layer that it is", () => {
    const net = chain(
      [2, 2, 2],
      [
        ["f", { op: "flatten" }],
        ["c", conv(8, 3, 1)],
        ["i", spike()],
      ],
    );
    expect(groupLayers(net).groups[0]).toMatchObject({ weightShape: [3, 2, 2, 2], inputShape: [2, 2, 2] });
  });

  it("multiplies chained pools, and gives a pool at the input to the input's route", () => {
    const net = chain(
      [1, 32, 32],
      [
        ["p0", pool("sumPool", 2)],
        ["c1", conv(1, 2, 3)],
        ["i1", spike()],
        ["p1", pool("avgPool", 2)],
        ["p2", pool("sumPool", 2)],
        ["c2", conv(2, 1, 3)],
        ["i2", spike()],
      ],
    );
    const { groups, inputRoutes } = groupLayers(net);
    expect(inputRoutes).toEqual([{ to: "c1", pooling: 2, divisor: 1, featureShift: 0 }]);
    expect(groups[0].routes).toEqual([{ to: "c2", pooling: 4, divisor: 4, featureShift: 0 }]);
  });

  it("follows branches, additions and concatenations", () => {
    const nodes = {
      input: input(2, 6),
      a: conv(2, 3, 1),
      ia: spike(),
      b: conv(3, 3, 1),
      ib: spike(),
      add: { op: "add" } as NetworkNode,
      cat: { op: "concat" } as NetworkNode,
      c: conv(6, 4, 1),
      ic: spike(),
      output,
    };
    const net = graph(nodes, [
      "input>a",
      "a>ia",
      "ia>b",
      "b>ib",
      "ia>add",
      "ib>add",
      "ib>cat",
      "add>cat",
      "cat>c",
      "c>ic",
      "ic>output",
    ]);
    const { groups } = groupLayers(net);
    expect(groups.map(({ name }) => name)).toEqual(["a", "b", "c"]);
    expect(groups[0].routes).toEqual([
      { to: "b", pooling: 1, divisor: 1, featureShift: 0 },
      { to: "c", pooling: 1, divisor: 1, featureShift: 3 },
    ]);
    expect(groups[1].routes.map(({ featureShift }) => featureShift)).toEqual([3, 0]);
  });

  it("counts a map that is concatenated with itself twice", () => {
    const net = graph({ input: input(2, 4), cat: { op: "concat" }, c: conv(4, 1, 1), i: spike(), output }, [
      "input>cat",
      "input>cat",
      "cat>c",
      "c>i",
      "i>output",
    ]);
    expect(groupLayers(net).inputRoutes.map(({ featureShift }) => featureShift)).toEqual([0, 2]);
  });

  it("reads a quantized ReLU as an IF of threshold 1, and drops one that only sees counts", () => {
    const net = chain(
      [1, 4, 4],
      [
        ["r0", relu],
        ["c", conv(1, 1, 3)],
        ["r1", relu],
      ],
    );
    const { groups } = groupLayers(net);
    expect(groups).toHaveLength(1);
    expect(groups[0].neuron).toEqual({ op: "if", threshold: 1, r: 1, reset: "subtract" });
  });

  it("leaves out a pool in front of the output, with a warning", () => {
    const net = chain(
      [1, 8, 8],
      [
        ["c", conv(1, 2, 1)],
        ["i", spike()],
        ["p", pool("avgPool", 8)],
        ["f", { op: "flatten" }],
      ],
    );
    const { groups, warnings } = groupLayers(net);
    expect(groups[0]).toMatchObject({ output: true, routes: [] });
    expect(warnings).toEqual([
      "p between i and the output is left out: spikes are read before pooling, and the host sums each feature.",
    ]);
  });

  it("drops a bias of zeros", () => {
    const net = chain(
      [1, 4, 4],
      [
        ["c", conv(1, 2, 3, { bias: [0, 0] })],
        ["i", spike()],
      ],
    );
    expect(groupLayers(net).groups[0].bias).toBeUndefined();
  });

  it("tells all reasons at once, each with a remedy", () => {
    const overlapping: NetworkNode = { op: "sumPool", kernel: [3, 3], stride: [2, 2], padding: [0, 0] };
    const net = chain(
      [1, 20, 20],
      [
        ["c1", conv(1, 2, 3)],
        ["r1", { op: "relu", quantized: false }],
        ["c2", conv(2, 2, 3)],
        ["i2", spike()],
        ["p2", overlapping],
        ["c3", conv(2, 2, 3)],
      ],
    );
    const found = reasons(net);
    expect(found.map(({ node }) => node).sort()).toEqual(["c3", "p2", "r1"]);
    for (const { why, remedy } of found) expect(why.length * remedy.length).toBeGreaterThan(0);
    expect(found.find(({ node }) => node === "r1")?.remedy).toContain("calibrate");
    expect(found.find(({ node }) => node === "c3")?.why).toContain("no spiking neuron");
  });

  it.each([
    [
      "neurons without weights in front",
      chain(
        [1, 4, 4],
        [
          ["i0", spike()],
          ["c", conv(1, 1, 3)],
          ["i", spike()],
        ],
      ),
      "i0",
      "no weight layer",
    ],
    [
      "two weight layers in a row",
      chain(
        [1, 4, 4],
        [
          ["c1", conv(1, 1, 1)],
          ["c2", conv(1, 1, 1)],
          ["i", spike()],
        ],
      ),
      "c1",
      "no spiking neuron",
    ],
    [
      "a pool between weights and neurons",
      chain(
        [1, 4, 4],
        [
          ["c", conv(1, 1, 1)],
          ["p", pool("sumPool", 2)],
          ["i", spike()],
        ],
      ),
      "p",
      "between the weights of c",
    ],
    [
      "membranes of layers with different strides that are added",
      graph(
        {
          input: input(1, 4),
          a: conv(1, 1, 2, { stride: 2 }),
          h: conv(1, 1, 2, { stride: 2 }),
          j: spike(),
          b: conv(1, 1, 1),
          s: { op: "add" },
          i: spike(),
          output,
        },
        ["input>a", "input>h", "h>j", "j>b", "a>s", "b>s", "s>i", "i>output"],
      ),
      "s",
      "joins a with others before the neurons",
    ],
    [
      "weights with two neuron stages",
      graph({ input: input(1, 4), a: conv(1, 1, 1), i: spike(), j: spike(2), output, out2: output }, [
        "input>a",
        "a>i",
        "a>j",
        "i>output",
        "j>out2",
      ]),
      "a",
      "feeds 2 nodes",
    ],
    [
      "a second input",
      graph({ input: input(1, 4), in2: input(1, 4), s: { op: "add" }, a: conv(1, 1, 1), i: spike(), output }, [
        "input>s",
        "in2>s",
        "s>a",
        "a>i",
        "i>output",
      ]),
      "in2",
      "second input",
    ],
    ["an input that is the output", chain([1, 2, 2], []), "input", "without a weight layer"],
    [
      "a pool behind a flatten",
      chain(
        [1, 4, 4],
        [
          ["c", conv(1, 2, 1)],
          ["i", spike()],
          ["f", { op: "flatten" }],
          ["p", pool("sumPool", 1)],
          ["l", linear(32, 2)],
          ["j", spike()],
        ],
      ),
      "p",
      "pools a flattened map",
    ],
    [
      "a flattened map at the output",
      chain(
        [1, 4, 4],
        [
          ["c", conv(1, 2, 1)],
          ["i", spike()],
          ["f", { op: "flatten" }],
        ],
      ),
      "output",
      "reads a flattened 2x4x4 map",
    ],
    [
      "concatenated outputs",
      graph(
        { input: input(1, 1), a: conv(1, 1, 1), i: spike(), b: conv(1, 1, 1), j: spike(), k: { op: "concat" }, output },
        ["input>a", "a>i", "input>b", "b>j", "i>k", "j>k", "k>output"],
      ),
      "output",
      "concatenated layers",
    ],
  ])("refuses %s", (_, net, node, why) => {
    expect(reasons(net).filter((reason) => reason.node === node && reason.why.includes(why))).toHaveLength(1);
  });
});
