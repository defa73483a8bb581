import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { writeHdf5 } from "../../../src/formats/hdf5.ts";
import { readNir, writeNir } from "../../../src/formats/nir.ts";
import { inferShapes } from "../../../src/network/shapes.ts";
import type { Conv2dNode, IfNode, LinearNode } from "../../../src/network/types.ts";
import { chain, conv, graph, linear, pool, spike } from "../../support/build-network.ts";
import { dataPath, dataRoot } from "../../support/data.ts";
import { chipErrorOf } from "../../support/errors.ts";
import { gestureNetwork } from "../../support/gesture-network.ts";
import { nirFile, real, SMALL_EDGES, SMALL_NODES, smallNir, writeGraph } from "../../support/nir-file.ts";
import { nmnistNetwork } from "../../support/nmnist-network.ts";

interface Reason {
  readonly node: string;
  readonly op: string;
  readonly why: string;
  readonly remedy: string;
}

async function reasonsOf(work: () => unknown, code: "E_UNSUPPORTED" | "E_NETWORK"): Promise<readonly Reason[]> {
  return (await chipErrorOf(work, code)).details.reasons as readonly Reason[];
}

describe("reading NIR", () => {
  it("puts unordered nodes and edges in order and drops biases of zeros", async () => {
    const network = await readNir(await smallNir(), "small.nir");
    expect([...network.nodes.keys()]).toEqual(["input", "conv", "spike", "flat", "linear", "out_spike", "output"]);
    expect(network.edges).toEqual([
      ["input", "conv"],
      ["conv", "spike"],
      ["spike", "flat"],
      ["flat", "linear"],
      ["linear", "out_spike"],
      ["out_spike", "output"],
    ]);
    const node = network.nodes.get("conv") as Conv2dNode;
    expect(node.weightShape).toEqual([3, 2, 3, 3]);
    expect(node.weight[53]).toBe(Math.fround(53 / 54 - 0.5));
    expect(node).toMatchObject({ stride: [1, 1], padding: [1, 1] });
    expect(node).not.toHaveProperty("bias");
    expect(network.nodes.get("spike")).toEqual({ op: "if", threshold: 2, r: 1, reset: "subtract" });
    expect(network.warnings).toBeUndefined();
  });

  it("keeps a bias that is not zero", async () => {
    const network = await readNir(await smallNir({ conv: { ...SMALL_NODES.conv, bias: real([0, 0.5, 0]) } }), "n");
    expect([...(network.nodes.get("conv") as Conv2dNode).bias!]).toEqual([0, 0.5, 0]);
  });

  it("reads Affine, pools, and one number for both axes", async () => {
    const bytes = await nirFile(
      {
        in: { type: "Input", shape: [1, 8, 8] },
        sum: { type: "SumPool2d", kernel_size: [2, 2], stride: [2, 2], padding: [0, 0] },
        avg: { type: "AvgPool2d", kernel_size: [2], stride: [2], padding: [0] },
        flat: { type: "Flatten", start_dim: [1], end_dim: [-1], input_type: [1, 2, 2] },
        dense: { type: "Affine", weight: real([1, 2, 3, 4], 1, 4), bias: real([-1]) },
        out: { type: "Output", shape: [1] },
      },
      ["in>sum", "sum>avg", "avg>flat", "flat>dense", "dense>out"],
    );
    const { nodes } = await readNir(bytes, "n");
    expect(nodes.get("sum")).toEqual({ op: "sumPool", kernel: [2, 2], stride: [2, 2], padding: [0, 0] });
    expect(nodes.get("avg")).toEqual({ op: "avgPool", kernel: [2, 2], stride: [2, 2], padding: [0, 0] });
    expect(nodes.get("flat")).toEqual({ op: "flatten" });
    const dense = nodes.get("dense") as LinearNode;
    expect([dense.weightShape, [...dense.weight], [...dense.bias!]]).toEqual([[1, 4], [1, 2, 3, 4], [-1]]);
  });

  it('reads padding "same" of odd kernels and "valid"', async () => {
    const padding = async (word: string): Promise<unknown> => {
      const network = await readNir(await smallNir({ conv: { ...SMALL_NODES.conv, padding: word } }), "n");
      return (network.nodes.get("conv") as Conv2dNode).padding;
    };
    expect(await padding("same")).toEqual([1, 1]);
    expect(await padding("valid")).toEqual([0, 0]);
  });

  it('refuses padding "same" that is not symmetric', async () => {
    const even = { ...SMALL_NODES.conv, weight: real(new Float32Array(24), 3, 2, 2, 2), padding: "same" };
    const strided = { ...SMALL_NODES.conv, stride: [2, 2], padding: "same" };
    for (const conv of [even, strided]) {
      const reasons = await reasonsOf(async () => readNir(await smallNir({ conv }), "n"), "E_UNSUPPORTED");
      expect(reasons.map(({ node, op }) => [node, op])).toEqual([["conv", "Conv2d"]]);
      expect(reasons[0].why).toContain("one side more than the other");
    }
  });

  it("takes v_reset 0 as reset to zero and refuses any other", async () => {
    const zero = await readNir(await smallNir({ out_spike: { ...SMALL_NODES.out_spike, v_reset: real([0, 0]) } }), "n");
    expect((zero.nodes.get("out_spike") as IfNode).reset).toBe("zero");
    const reasons = await reasonsOf(
      async () => readNir(await smallNir({ out_spike: { ...SMALL_NODES.out_spike, v_reset: real([0, -0.5]) } }), "n"),
      "E_UNSUPPORTED",
    );
    expect(reasons[0]).toMatchObject({ node: "out_spike", op: "IF" });
    expect(reasons[0].why).toContain("v_reset -0.5 to 0");
  });

  it("refuses thresholds and r that differ between neurons, with their range", async () => {
    const bytes = await smallNir({ out_spike: { type: "IF", r: real([1, 2]), v_threshold: real([0.5, 1.25]) } });
    const reasons = await reasonsOf(() => readNir(bytes, "n"), "E_UNSUPPORTED");
    expect(reasons.map(({ node }) => node)).toEqual(["out_spike", "out_spike"]);
    expect(reasons[0].why).toContain("v_threshold from 0.5 to 1.25 over its 2 neurons");
    expect(reasons[1].why).toContain("r from 1 to 2");
  });

  it("names every reason at once, in a line of bounded length", async () => {
    const nodes = Object.fromEntries(
      ["LIF", "CubaLIF", "LI", "Conv1d", "Scale", "Delay", "Threshold", "Warp"].map((type, i) => [`n${i}`, { type }]),
    );
    const edges = ["input>n0", ...[...Array(7).keys()].map((i) => `n${i}>n${i + 1}`), "n7>output"];
    const bytes = await nirFile({ input: SMALL_NODES.input, ...nodes, output: SMALL_NODES.output }, edges);
    const error = await chipErrorOf(() => readNir(bytes, "zoo.nir"), "E_UNSUPPORTED");
    const reasons = error.details.reasons as readonly Reason[];
    expect(reasons.map(({ op }) => op)).toEqual([
      "LIF",
      "CubaLIF",
      "LI",
      "Conv1d",
      "Scale",
      "Delay",
      "Threshold",
      "Warp",
    ]);
    expect(reasons.every(({ why, remedy }) => why !== "" && remedy !== "")).toBe(true);
    expect(error.message).toMatch(/^zoo\.nir cannot be put on a chip: n0 \(LIF\) .*; and 2 more\.$/);
  });

  it("refuses dilation and groups", async () => {
    const bytes = await smallNir({ conv: { ...SMALL_NODES.conv, dilation: [2, 2], groups: [2] } });
    const reasons = await reasonsOf(() => readNir(bytes, "n"), "E_UNSUPPORTED");
    expect(reasons.map(({ why }) => why.split(",")[0])).toEqual(["has dilation 2x2", "has 2 groups"]);
  });

  it("refuses a partial flatten but not one around sizes of 1", async () => {
    const flat = (shape: readonly number[]) => ({ type: "Flatten", start_dim: [1], end_dim: [-1], input_type: shape });
    await expect(readNir(await smallNir({ flat: flat([1, 3, 4, 4]) }), "n")).resolves.toBeDefined();
    const reasons = await reasonsOf(
      async () => readNir(await smallNir({ flat: flat([3, 4, 4]) }), "n"),
      "E_UNSUPPORTED",
    );
    expect(reasons[0]).toMatchObject({ node: "flat", op: "Flatten" });
  });

  it("names the loop of a recurrence", async () => {
    const nodes = { ...SMALL_NODES, back: { type: "Linear", weight: real([0, 0, 0, 0], 2, 2) } };
    const bytes = await nirFile(nodes, [...SMALL_EDGES, "out_spike>back", "back>out_spike"]);
    const reasons = await reasonsOf(() => readNir(bytes, "n"), "E_UNSUPPORTED");
    expect(reasons).toHaveLength(1);
    expect(reasons[0].why).toMatch(/back -> out_spike -> back|out_spike -> back -> out_spike/);
  });

  it("counts weights that are no numbers", async () => {
    const weight = Float32Array.from({ length: 54 }, (_, i) =>
      i < 3 ? Number.NaN : i === 9 ? Number.POSITIVE_INFINITY : 1,
    );
    const bytes = await smallNir({ conv: { ...SMALL_NODES.conv, weight: real(weight, 3, 2, 3, 3) } });
    const error = await chipErrorOf(() => readNir(bytes, "nan.nir"), "E_NETWORK");
    expect(error.message).toContain("conv (Conv2d) has 4 of 54 weight values that are not finite numbers");
  });

  it("names missing nodes, loose ends and missing fields", async () => {
    const missing = await reasonsOf(
      async () => readNir(await smallNir({}, [...SMALL_EDGES, "conv>ghost"]), "n"),
      "E_NETWORK",
    );
    expect(missing).toMatchObject([{ node: "ghost" }]);
    const loose = await smallNir(
      { alone: { type: "Flatten" } },
      SMALL_EDGES.filter((edge) => edge !== "out_spike>output"),
    );
    const ends = await reasonsOf(() => readNir(loose, "n"), "E_NETWORK");
    expect(ends.map(({ node, why }) => `${node} ${why}`)).toEqual([
      "alone has no edges",
      "out_spike leads nowhere",
      "output has no edges",
    ]);
    const bare = await reasonsOf(
      async () => readNir(await smallNir({ conv: { type: "Conv2d", bias: "zero" } }), "n"),
      "E_NETWORK",
    );
    expect(bare.map(({ node, why }) => `${node} ${why}`)).toEqual(["conv has no weight"]);
  });

  it("sums where several edges meet, under the names of the sources", async () => {
    const pooled = { type: "SumPool2d", kernel_size: [1], stride: [1], padding: [0] };
    const bytes = await nirFile(
      {
        in: { type: "Input", shape: [1, 2, 2] },
        a: pooled,
        b: pooled,
        c: pooled,
        out: { type: "Output", shape: [1, 2, 2] },
      },
      ["in>b", "in>a", "b>c", "a>c", "c>out", "c>out"],
    );
    const network = await readNir(bytes, "n");
    expect([...network.nodes.keys()]).toEqual(["in", "a", "b", "a+b", "c", "out"]);
    expect(network.nodes.get("a+b")).toEqual({ op: "add" });
    expect(network.warnings).toEqual(["The edge c -> out is there more than once; it counts once."]);
    expect(inferShapes(network).get("out")).toEqual([1, 2, 2]);
  });

  it("lays graphs inside graphs flat", async () => {
    const bytes = await writeHdf5((root) => {
      root.text("version", "1.0");
      const group = root.group("node");
      group.text("type", "NIRGraph");
      const members = group.group("nodes");
      writeGraph(members.group("body"), SMALL_NODES, SMALL_EDGES);
      for (const [name, type, shape] of [
        ["in", "Input", [2, 4, 4]],
        ["out", "Output", [2]],
      ] as const) {
        const node = members.group(name);
        node.text("type", type);
        node.integers("shape", shape);
      }
      group.texts("edges", ["in", "body", "body", "out"], [2, 2]);
    });
    const network = await readNir(bytes, "n");
    expect([...network.nodes.keys()]).toEqual([
      "in",
      "body.conv",
      "body.spike",
      "body.flat",
      "body.linear",
      "body.out_spike",
      "out",
    ]);
    expect(inferShapes(network).get("out")).toEqual([2, 1, 1]);
  });

  it("tells other files from damaged ones", async () => {
    await chipErrorOf(() => readNir(new TextEncoder().encode("not a network at all"), "x.txt"), "E_FORMAT");
    await chipErrorOf(() => readNir(new Uint8Array(0), "x.nir"), "E_DAMAGED");
    await chipErrorOf(
      async () => readNir(await writeHdf5((root) => root.text("keras_version", "2.4")), "x.h5"),
      "E_FORMAT",
    );
  });
});

describe("files side by side", () => {
  it("reads many files at once", async () => {
    const files = await Promise.all(
      [1, 2, 3, 4].map((threshold) =>
        writeNir(
          chain(
            [1, 2, 2],
            [
              ["c", conv(1, 1, 1)],
              ["s", spike(threshold)],
            ],
          ),
        ),
      ),
    );
    const networks = await Promise.all([...files, ...files].map((bytes) => readNir(bytes, "n")));
    expect(networks.map(({ nodes }) => (nodes.get("s") as IfNode).threshold)).toEqual([1, 2, 3, 4, 1, 2, 3, 4]);
  });

  it("leaves no files behind in the library's memory", async () => {
    const { FS } = await import("h5wasm");
    const before = FS!.readdir("/");
    await readNir(await smallNir(), "n");
    await chipErrorOf(async () => readNir((await smallNir()).subarray(0, 900), "n"), "E_DAMAGED");
    expect(FS!.readdir("/")).toEqual(before);
  });
});

describe("writing NIR", () => {
  it("gives the same bytes for the same network, whenever it is written", async () => {
    const network = chain(
      [2, 8, 8],
      [
        ["c", conv(2, 4, 3, { padding: 1 })],
        ["s", spike()],
        ["p", pool("avgPool", 2)],
      ],
    );
    const first = await writeNir(network);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(await writeNir(network)).toEqual(first);
  });

  it("keeps a lower bound, an inexact threshold, r and reset to zero", async () => {
    const node = spike(0.1, { r: 1 / 3, reset: "zero", thresholdLow: -0.1 });
    const network = await readNir(
      await writeNir(
        chain(
          [1, 2, 2],
          [
            ["c", conv(1, 2, 1)],
            ["s", node],
          ],
        ),
      ),
      "n",
    );
    expect(network.nodes.get("s")).toEqual(node);
  });

  it("writes a quantized ReLU as the IF it stands for", async () => {
    const network = chain(
      [1, 2, 2],
      [
        ["c", conv(1, 2, 1)],
        ["r", { op: "relu", quantized: true }],
      ],
    );
    const read = await readNir(await writeNir(network), "n");
    expect(read.nodes.get("r")).toEqual({ op: "if", threshold: 1, r: 1, reset: "subtract" });
  });

  it("puts the Flatten in front of a linear node that NIR wants", async () => {
    const network = chain(
      [1, 2, 2],
      [
        ["l", linear(4, 3)],
        ["s", spike()],
      ],
    );
    const read = await readNir(await writeNir(network), "n");
    expect([...read.nodes.keys()]).toEqual(["input", "l.flatten", "l", "s", "output"]);
  });

  it("changes names that HDF5 cannot hold", async () => {
    const network = chain(
      [1, 2, 2],
      [
        ["block/conv", conv(1, 2, 1)],
        ["block.conv", conv(2, 2, 1)],
        ["s", spike()],
      ],
    );
    const read = await readNir(await writeNir(network), "n");
    expect([...read.nodes.keys()]).toEqual(["input", "block.conv", "block.conv_2", "s", "output"]);
  });

  it("refuses what NIR cannot say, all at once", async () => {
    const network = graph(
      {
        in: { op: "input", shape: [1, 2, 2] },
        a: conv(1, 2, 1),
        r: { op: "relu", quantized: false },
        cat: { op: "concat" },
        sum: { op: "add" },
        out: { op: "output" },
      },
      ["in>a", "a>r", "r>cat", "a>cat", "cat>sum", "cat>sum", "sum>out"],
    );
    const reasons = await reasonsOf(() => writeNir(network), "E_UNSUPPORTED");
    expect(reasons.map(({ node }) => node)).toEqual(["r", "cat", "out"]);
  });
});

describe.skipIf(!dataRoot)("real NIR files", () => {
  const file = (name: string): Uint8Array => new Uint8Array(readFileSync(dataPath("models", "nir", name)));

  it("reads the network that ran on a Speck as its plain copy has it", async () => {
    const network = await readNir(file("cnn_sinabs_nmnist.nir"), "cnn_sinabs_nmnist.nir");
    const plain = nmnistNetwork();
    expect([...network.nodes.keys()]).toEqual([
      "input",
      "0",
      "1",
      "2",
      "3",
      "4",
      "5",
      "6",
      "7",
      "8",
      "9",
      "10",
      "11",
      "12",
      "output",
    ]);
    for (const [name, node] of network.nodes) {
      const { bias: _, ...expected } = plain.nodes.get(name) as Conv2dNode;
      expect(node, name).toEqual(expected);
    }
    expect(network.edges.map(String).sort()).toEqual(plain.edges.map(String).sort());
    expect(inferShapes(network).get("output")).toEqual([10, 1, 1]);
    expect(await readNir(await writeNir(network), "again")).toEqual(network);
  });

  it("writes and reads the nine-layer gesture network", async () => {
    const network = gestureNetwork();
    const again = await readNir(await writeNir(network), "gesture.nir");
    expect(again.nodes.size).toBe(network.nodes.size + 1); // one Flatten
    for (const [name, node] of network.nodes) expect(again.nodes.get(name), name).toEqual(node);
    expect(inferShapes(again).get("output")).toEqual([11, 1, 1]);
  });

  it.each([
    ["lif_norse.nir", [["1", "LIF"]]],
    ["lif_rockpool.nir", [["1_LIFNeuronTorch", "LIF"]]],
    [
      "braille_noDelay_bias_zero.nir",
      [
        ["lif1.lif", "CubaLIF"],
        ["lif1.lif", "CubaLIF"],
        ["lif2", "CubaLIF"],
      ],
    ],
    [
      "braille_noDelay_noBias_subtract.nir",
      [
        ["lif1.lif", "CubaLIF"],
        ["lif1.lif", "CubaLIF"],
        ["lif2", "CubaLIF"],
      ],
    ],
  ])("refuses %s with every reason", async (name, expected) => {
    const reasons = await reasonsOf(() => readNir(file(name), name), "E_UNSUPPORTED");
    expect(reasons.map(({ node, op }) => [node, op]).sort()).toEqual(expected);
  });

  it("calls every cut of a real file damaged", async () => {
    const bytes = file("cnn_sinabs_nmnist.nir");
    for (const length of [1, 7, 8, 9, 96, 511, 2048, 100_000, 200_001, bytes.length - 1]) {
      await chipErrorOf(() => readNir(bytes.subarray(0, length), "cut.nir"), "E_DAMAGED");
    }
  });
});
