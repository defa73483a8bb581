import { describe, expect, it } from "vitest";
import { readKerasConfig } from "../../../src/formats/keras-config.ts";
import { importKeras } from "../../../src/formats/keras-import.ts";
import type { KerasWeights } from "../../../src/formats/keras-weights.ts";
import { forward } from "../../../src/network/reference.ts";
import type { Conv2dNode, Network } from "../../../src/network/types.ts";
import { kerasLayer as layer, randomWeights, sequential } from "../../support/keras-model.ts";
import { thrown } from "../../support/thrown.ts";

/** Keras' own arithmetic on a channels-last map, written from its documentation. */
function kerasConv(
  x: Float64Array,
  [h, w, c]: number[],
  kernel: Float32Array,
  shape: readonly number[],
  stride: number,
  same: boolean,
) {
  const [ky, kx, , out] = shape;
  const size = (n: number, k: number) => (same ? Math.ceil(n / stride) : Math.floor((n - k) / stride) + 1);
  const [oh, ow] = [size(h, ky), size(w, kx)];
  const before = (n: number, k: number, o: number) =>
    same ? Math.floor(Math.max(0, (o - 1) * stride + k - n) / 2) : 0;
  const [py, px] = [before(h, ky, oh), before(w, kx, ow)];
  const y = new Float64Array(oh * ow * out);
  for (let a = 0; a < oh; a++)
    for (let b = 0; b < ow; b++)
      for (let o = 0; o < out; o++)
        for (let i = 0; i < ky; i++)
          for (let j = 0; j < kx; j++)
            for (let f = 0; f < c; f++) {
              const [r, s] = [a * stride - py + i, b * stride - px + j];
              if (r >= 0 && r < h && s >= 0 && s < w)
                y[(a * ow + b) * out + o] += x[(r * w + s) * c + f] * kernel[((i * kx + j) * c + f) * out + o];
            }
  return { y, shape: [oh, ow, out] };
}

const channelsFirst = (x: ArrayLike<number>, [h, w, c]: number[]) =>
  Float64Array.from({ length: h * w * c }, (_, i) => x[(i % (h * w)) * c + Math.floor(i / (h * w))]);
const input = (h: number, w: number, c: number) => ({ batch_input_shape: [null, h, w, c] });
const wave = (length: number) => Float64Array.from({ length }, (_, i) => Math.sin(i * 1.7));
const valuesOf = (weights: KerasWeights, name: string, part: string) => weights.get(name)!.get(part)!.values;

function refusals(run: () => Network): string[] {
  const error = thrown(run);
  return (error.details.reasons as { node: string; why: string }[]).map(({ node, why }) => `${node}: ${why}`);
}

describe("importKeras", () => {
  it.each([
    [7, 6, 3, 2, true],
    [8, 8, 3, 2, true],
    [9, 5, 2, 1, true],
    [9, 5, 4, 3, true],
    [8, 7, 3, 2, false],
  ])("convolves a %dx%d map as Keras does: kernel %d, stride %d, same %s", (h, w, k, stride, same) => {
    const weights = randomWeights({ conv: { kernel: [k, k, 2, 3] } });
    const config = { strides: [stride, stride], padding: same ? "same" : "valid", use_bias: false, ...input(h, w, 2) };
    const network = importKeras(sequential([layer("Conv2D", "conv", config)]), weights, "test");
    const x = wave(h * w * 2);
    const expected = kerasConv(x, [h, w, 2], valuesOf(weights, "conv", "kernel"), [k, k, 2, 3], stride, same);
    const y = forward(network, channelsFirst(x, [h, w, 2])).get("output")!;
    const wanted = channelsFirst(expected.y, expected.shape);
    expect(y.length).toBe(wanted.length);
    for (const [i, value] of wanted.entries()) expect(y[i]).toBeCloseTo(value, 5);
  });

  it("follows Flatten's order into Dense weights", () => {
    const weights = randomWeights({ d: { kernel: [2 * 3 * 4, 5], bias: [5] } });
    const network = importKeras(
      sequential([
        layer("Flatten", "f", input(2, 3, 4)),
        layer("Dropout", "drop"),
        layer("Dense", "d", { activation: "relu" }),
      ]),
      weights,
      "test",
    );
    const x = wave(24);
    const [kernel, bias] = [valuesOf(weights, "d", "kernel"), valuesOf(weights, "d", "bias")];
    const y = forward(network, channelsFirst(x, [2, 3, 4])).get("output")!;
    y.forEach((value, o) => {
      const sum = x.reduce((all, v, i) => all + v * kernel[i * 5 + o], bias[o]);
      expect(value).toBeCloseTo(Math.max(0, sum), 5);
    });
    expect(network.warnings).toEqual(["drop: for training only, left out."]);
  });

  it("folds batch normalization into weights and bias, and gives it weights of its own elsewhere", () => {
    const norm = { gamma: [3], beta: [3], moving_mean: [3], moving_variance: [3] };
    const weights = randomWeights({ conv: { kernel: [1, 1, 2, 3], bias: [3] }, a: norm, b: norm });
    const network = importKeras(
      sequential([
        layer("Conv2D", "conv", { strides: [1, 1], ...input(2, 2, 2) }),
        layer("BatchNormalization", "a", { axis: [3], epsilon: 0.01 }),
        layer("ReLU", "relu"),
        layer("BatchNormalization", "b", { epsilon: 0.01 }),
      ]),
      weights,
      "test",
    );
    expect([...network.nodes.keys()]).toEqual(["input", "conv", "relu", "b", "output"]);
    const x = Float64Array.of(1, 2, 3, 4, -1, -2, -3, -4);
    const values = forward(network, x);
    const normal = (name: string, f: number, value: number) => {
      const part = (p: string) => valuesOf(weights, name, p)[f];
      return ((value - part("moving_mean")) / Math.sqrt(part("moving_variance") + 0.01)) * part("gamma") + part("beta");
    };
    const kernel = valuesOf(weights, "conv", "kernel");
    for (let f = 0; f < 3; f++) {
      const z = normal("a", f, 1 * kernel[f] + -1 * kernel[3 + f] + valuesOf(weights, "conv", "bias")[f]);
      expect(values.get("conv")![f * 4]).toBeCloseTo(z, 5);
      expect(values.get("output")![f * 4]).toBeCloseTo(normal("b", f, Math.max(0, z)), 5);
    }
  });

  it("lets a convolution take over the zeros in front of it", () => {
    const weights = randomWeights({ conv: { kernel: [3, 3, 1, 1], bias: [1] } });
    const network = importKeras(
      sequential([
        layer("ZeroPadding2D", "pad", {
          padding: [
            [1, 0],
            [2, 2],
          ],
          ...input(4, 4, 1),
        }),
        layer("Conv2D", "conv", { strides: [1, 1] }),
      ]),
      weights,
      "test",
    );
    const conv = network.nodes.get("conv") as Conv2dNode;
    expect([conv.weightShape, conv.padding]).toEqual([
      [1, 1, 4, 3],
      [1, 2],
    ]);
    expect(forward(network, wave(16)).get("conv")!.length).toBe(3 * 6);
  });

  it("reads functional models of Keras 2 and 3, whatever the order of their layers", () => {
    const weights = randomWeights({ a: { kernel: [1, 1, 1, 1], bias: [1] } });
    const add = {
      class_name: "Add",
      name: "sum",
      config: { name: "sum" },
      inbound_nodes: [
        [
          ["x", 0, 0, {}],
          ["a", 0, 0, {}],
        ],
      ],
    };
    const tensor = (from: string) => ({ class_name: "__keras_tensor__", config: { keras_history: [from, 0, 0] } });
    const add3 = { ...add, inbound_nodes: [{ args: [[tensor("x"), tensor("a")]], kwargs: {} }] };
    for (const sum of [add, add3]) {
      const layers = [
        sum,
        { class_name: "Conv2D", name: "a", config: { name: "a", strides: [1, 1] }, inbound_nodes: [[["x", 0, 0, {}]]] },
        { class_name: "InputLayer", name: "x", config: { name: "x", batch_shape: [null, 1, 1, 1] }, inbound_nodes: [] },
      ];
      const config = { layers, input_layers: [["x", 0, 0]], output_layers: [["sum", 0, 0]] };
      const network = importKeras(readKerasConfig({ class_name: "Functional", config }, "test"), weights, "test");
      const [w, b] = [valuesOf(weights, "a", "kernel")[0], valuesOf(weights, "a", "bias")[0]];
      expect(forward(network, [2] as never).get("output")![0]).toBeCloseTo(2 + 2 * w + b, 5);
    }
  });

  it("refuses everything at once", () => {
    const weights = randomWeights({ c: { kernel: [3, 3, 1, 2], bias: [2] } });
    const model = sequential([
      layer("Conv2D", "c", { strides: [1, 1], activation: "sigmoid", dilation_rate: [2, 2], ...input(8, 8, 1) }),
      layer("DepthwiseConv2D", "depth"),
      layer("LSTM", "memory"),
    ]);
    expect(refusals(() => importKeras(model, weights, "test"))).toEqual([
      "c: has gaps in its kernel (dilation)",
      "c: has the activation sigmoid",
      "depth: convolves each feature by itself",
      "memory: is recurrent",
    ]);
  });

  it('refuses pools whose windows are cut, and takes "same" where none is', () => {
    const pool = (size: number) =>
      sequential([
        layer("AveragePooling2D", "p", {
          pool_size: [2, 2],
          strides: [2, 2],
          padding: "same",
          ...input(size, size, 1),
        }),
      ]);
    expect(refusals(() => importKeras(pool(5), new Map(), "test"))[0]).toContain("windows of 2x2 are cut at the edge");
    expect([...importKeras(pool(6), new Map(), "test").nodes.keys()]).toContain("p");
  });

  it("says what is missing", () => {
    const dense = sequential([layer("Dense", "d", { batch_input_shape: [null, 4] })]);
    expect(refusals(() => importKeras(dense, new Map(), "test"))).toEqual(['d: has no weights "kernel" in the file']);
    const weights = randomWeights({ d: { kernel: [5, 2], bias: [2] } });
    expect(refusals(() => importKeras(dense, weights, "test"))).toEqual(["d: needs 5 inputs and gets 4"]);
  });
});
