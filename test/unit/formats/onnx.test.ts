import { describe, expect, it } from "vitest";
import { ChipError } from "../../../src/errors.ts";
import { isOnnx, readOnnx } from "../../../src/formats/onnx.ts";
import { forward } from "../../../src/network/reference.ts";
import type { Conv2dNode, LinearNode } from "../../../src/network/types.ts";
import { onnxModel } from "../../support/onnx-model.ts";

const tensor = (shape: number[], seed = 1) => ({
  shape,
  values: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(i * 1.1 + seed)),
});
const wave = (length: number) => Float32Array.from({ length }, (_, i) => Math.cos(i * 1.9));

async function reasons(run: Promise<unknown>): Promise<string[]> {
  const error = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ChipError)) throw new Error(`expected a ChipError, got ${String(error)}`);
  return ((error.details.reasons ?? []) as { node: string; why: string }[]).map(({ node, why }) => `${node} ${why}`);
}

describe("readOnnx", () => {
  it("reads a net as PyTorch exports it", async () => {
    const bytes = onnxModel(
      [1, 2, 8, 8],
      [
        {
          op: "Conv",
          inputs: ["x", "w", "b"],
          output: "c",
          ints: { kernel_shape: [3, 3], pads: [1, 1, 1, 1], strides: [1, 1] },
        },
        { op: "BatchNormalization", inputs: ["c", "g", "h", "m", "v"], output: "n", real: { epsilon: 0.01 } },
        { op: "Relu", inputs: ["n"], output: "r" },
        { op: "AveragePool", inputs: ["r"], output: "p", ints: { kernel_shape: [2, 2], strides: [2, 2] } },
        { op: "Dropout", inputs: ["p"], output: "d" },
        { op: "Flatten", inputs: ["d"], output: "f" },
        { op: "Gemm", inputs: ["f", "l", "k"], output: "y", int: { transB: 1 } },
      ],
      {
        w: tensor([3, 2, 3, 3]),
        b: tensor([3], 2),
        g: tensor([3], 3),
        h: tensor([3], 4),
        m: tensor([3], 5),
        v: { shape: [3], values: Float32Array.of(0.5, 1, 2) },
        l: tensor([4, 48], 6),
        k: tensor([4], 7),
      },
    );
    expect(isOnnx(bytes)).toBe(true);
    const network = await readOnnx(bytes, "net.onnx");
    expect([...network.nodes].map(([name, { op }]) => `${name}:${op}`)).toEqual([
      "x:input",
      "c:conv2d",
      "r:relu",
      "p:avgPool",
      "f:flatten",
      "y:linear",
      "output:output",
    ]);
    const x = wave(128);
    const conv = network.nodes.get("c") as Conv2dNode;
    // By hand at output (feature 1, row 0, column 0).
    const [w, m, g, h] = [
      tensor([3, 2, 3, 3]).values,
      tensor([3], 5).values,
      tensor([3], 3).values,
      tensor([3], 4).values,
    ];
    let z = tensor([3], 2).values[1];
    for (let c = 0; c < 2; c++)
      for (let i = 1; i < 3; i++)
        for (let j = 1; j < 3; j++) z += w[((2 + c) * 3 + i) * 3 + j] * x[c * 64 + (i - 1) * 8 + j - 1];
    const normal = ((z - m[1]) / Math.sqrt(1 + 0.01)) * g[1] + h[1];
    const values = forward(network, x);
    expect(values.get("c")![64]).toBeCloseTo(normal, 5);
    expect(conv.padding).toEqual([1, 1]);
    const flat = values.get("f")!;
    const expected = flat.reduce(
      (sum, v, i) => sum + v * tensor([4, 48], 6).values[2 * 48 + i],
      tensor([4], 7).values[2],
    );
    expect(values.get("output")![2]).toBeCloseTo(expected, 4);
  });

  it("reads MatMul with Add, skips, uneven borders, Reshape and global pools", async () => {
    const bytes = onnxModel(
      [1, 2, 6, 6],
      [
        { op: "Conv", inputs: ["x", "w"], output: "c", ints: { strides: [2, 2] }, text: { auto_pad: "SAME_UPPER" } },
        { op: "Relu", inputs: ["c"], output: "r" },
        { op: "Conv", inputs: ["r", "v"], output: "e" },
        { op: "Add", inputs: ["e", "r"], output: "s" },
        { op: "GlobalAveragePool", inputs: ["s"], output: "g" },
        { op: "Reshape", inputs: ["g", "to"], output: "f" },
        { op: "MatMul", inputs: ["f", "l"], output: "z" },
        { op: "Add", inputs: ["z", "k"], output: "a" },
        { op: "Softmax", inputs: ["a"], output: "y" },
      ],
      { w: tensor([3, 2, 3, 3]), v: tensor([3, 3, 1, 1], 2), l: tensor([3, 2], 3), k: tensor([2], 4) },
      { to: [1, -1] },
    );
    const network = await readOnnx(bytes, "net.onnx");
    expect((network.nodes.get("c") as Conv2dNode).weightShape).toEqual([3, 2, 4, 4]);
    const linear = network.nodes.get("z") as LinearNode;
    expect(Array.from(linear.weight)).toEqual([0, 2, 4, 1, 3, 5].map((i) => tensor([3, 2], 3).values[i]));
    expect(Array.from(linear.bias!)).toEqual(Array.from(tensor([2], 4).values));
    const y = forward(network, wave(72)).get("output")!;
    expect(y[0] + y[1]).toBeCloseTo(1, 6);
  });

  it("refuses everything at once", async () => {
    const bytes = onnxModel(
      [1, 2, 6, 6],
      [
        { op: "Conv", inputs: ["x", "w"], output: "c", int: { group: 2 } },
        { op: "Sigmoid", inputs: ["c"], output: "s" },
        { op: "MaxPool", inputs: ["x"], output: "p", ints: { kernel_shape: [2, 2], pads: [0, 0, 1, 1] } },
        { op: "Sin", inputs: ["p"], output: "y" },
      ],
      { w: tensor([2, 1, 1, 1]) },
    );
    expect(await reasons(readOnnx(bytes, "net.onnx"))).toEqual([
      "c has 2 groups",
      "s is not an operation that is read",
      "p has an uneven border (0, 1, 0, 1)",
      "y is not an operation that is read",
    ]);
  });

  it("says that a file is cut short", async () => {
    const bytes = onnxModel([1, 1, 2, 2], [{ op: "Conv", inputs: ["x", "w"], output: "y" }], {
      w: tensor([1, 1, 1, 1]),
    });
    await expect(readOnnx(bytes.subarray(0, bytes.length - 20), "net.onnx")).rejects.toMatchObject({
      code: "E_DAMAGED",
    });
  });
});
