import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ChipError } from "../../../src/errors.ts";
import { isTfjsModel, readTfjs, readTfjsFile } from "../../../src/formats/tfjs-model.ts";
import { writeTfjs, writeTfjsFile } from "../../../src/formats/tfjs-write.ts";
import { forward } from "../../../src/network/reference.ts";
import type { NetworkNode } from "../../../src/network/types.ts";
import { chain, conv, graph, linear, pool, spike } from "../../support/build-network.ts";
import { dataPath, dataRoot } from "../../support/data.ts";
import { thrown } from "../../support/thrown.ts";

const relu: NetworkNode = { op: "relu", quantized: false };
const net = graph(
  {
    input: { op: "input", shape: [2, 6, 8] },
    "a/1": conv(2, 3, 3, { padding: 1, bias: [1, 2, 3], seed: 2 }),
    r: relu,
    b: conv(2, 3, 1, { seed: 3 }),
    sum: { op: "add" },
    both: { op: "concat" },
    m: { op: "maxPool", kernel: [2, 2], stride: [2, 2], padding: [0, 0] },
    p: pool("avgPool", 1),
    l: linear(6 * 3 * 4, 5, { bias: [1, 2, 3, 4, 5], seed: 4 }),
    q: relu,
    l2: linear(5, 3, { seed: 5 }),
    s: { op: "softmax" },
    output: { op: "output" },
  },
  [
    "input>a/1",
    "a/1>r",
    "input>b",
    "r>sum",
    "b>sum",
    "sum>both",
    "b>both",
    "both>m",
    "m>p",
    "p>l",
    "l>q",
    "q>l2",
    "l2>s",
    "s>output",
  ],
);
const image = Float32Array.from({ length: 2 * 6 * 8 }, (_, i) => Math.cos(i * 2.1));
const bytes = (text: string) => new TextEncoder().encode(text);

async function failure(run: Promise<unknown>): Promise<ChipError> {
  const error = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ChipError) return error;
  throw new Error(`expected a ChipError, got ${String(error)}`);
}

describe("tfjs layers models", () => {
  it("come back as they were written", async () => {
    const folder = await mkdtemp(join(tmpdir(), "tfjs-"));
    try {
      expect((await writeTfjsFile(net, join(folder, "model.json"))).length).toBe(2);
      expect((await failure(writeTfjsFile(net, join(folder, "model.json")))).code).toBe("E_FILE_EXISTS");
      const back = await readTfjsFile(join(folder, "model.json"));
      const [x, y] = [forward(net, image).get("output")!, forward(back, image).get("output")!];
      for (const [i, value] of x.entries()) expect(y[i]).toBeCloseTo(value, 6);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("refuses to write what Keras has no layer for, all of it", () => {
    const spiking = chain(
      [1, 4, 4],
      [
        ["c", conv(1, 1, 1)],
        ["i", spike()],
        ["p", pool("sumPool", 2)],
      ],
    );
    const error = thrown(() => writeTfjs(spiking, "w.bin"));
    expect((error.details.reasons as { node: string }[]).map(({ node }) => node)).toEqual(["i", "p"]);
  });

  it("expands quantized weights", async () => {
    const weights = [
      { name: "d/kernel", shape: [2, 1], dtype: "float32", quantization: { dtype: "uint8", scale: 0.5, min: -1 } },
    ];
    const model = {
      modelTopology: {
        class_name: "Sequential",
        config: [{ class_name: "Dense", config: { name: "d", use_bias: false, batch_input_shape: [null, 2] } }],
      },
      weightsManifest: [{ paths: ["w"], weights }],
    };
    const network = await readTfjs(bytes(JSON.stringify(model)), "m", async () => Uint8Array.of(4, 255));
    expect(network.nodes.get("d")).toMatchObject({ weight: Float32Array.of(1, 126.5) });
  });

  it("reads shards beside the model only, and whole ones", async () => {
    const { model, weights } = writeTfjs(net, "w.bin");
    const cut = await failure(readTfjs(bytes(model), "m", async () => weights.subarray(0, -4)));
    expect(cut.code).toBe("E_DAMAGED");
    const outside = bytes(model.replace('"w.bin"', '"../../secret"'));
    expect((await failure(readTfjs(outside, "m", async () => weights))).message).toContain("does not lie beside it");
    const graphModel = bytes('{"format":"graph-model","modelTopology":{"node":[]}}');
    expect(isTfjsModel(graphModel)).toBe(true);
    expect((await failure(readTfjs(graphModel, "m", async () => weights))).message).toContain("export a layers model");
  });

  it.skipIf(!dataRoot)("reads a published one", async () => {
    const network = await readTfjsFile(dataPath("models", "tfjs_mnist_cnn_a", "model.json"));
    const weights = [...network.nodes.values()].reduce(
      (sum, node) => sum + ("weight" in node ? node.weight.length + (node.bias?.length ?? 0) : 0),
      0,
    );
    expect(weights).toBe(594_922);
  });
});
