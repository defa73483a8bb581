import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { Random } from "../../src/random.ts";
import { crossEntropy } from "../../src/trainer/losses.ts";
import { averagePool2, conv2d, featureDropout, matMul } from "../../src/trainer/ops.ts";
import { type Numbers, onWasm, openBoth, randomNumbers } from "../support/backends.ts";
import { assertCases } from "../support/soak.ts";

const KERNELS = ["own-relaxed-simd", "own-simd"] as const;

type Operation = (...inputs: tf.Tensor[]) => tf.Tensor;

/**
 * Gradients against differences of the operation's own values, in a random direction of each input.
 *
 * The loss is sum(y^2 / 2 + g y), and every operation here is linear in each input, so that the loss is quadratic there:
 * then a central difference is the slope itself, at any step, and only rounding is left.
 */
function agree(operation: Operation, inputs: readonly Numbers[], random: Random): void {
  for (const kernels of KERNELS) {
    const [y] = onWasm(kernels, inputs, (...tensors) => [operation(...tensors)]) as [Numbers];
    const g = randomNumbers(random, y.shape);
    const gradients = onWasm(kernels, [...inputs, g], (...tensors) => {
      const weight = tensors.pop() as tf.Tensor;
      const loss = (...x: tf.Tensor[]): tf.Scalar => {
        const out = operation(...x);
        return tf.sum(tf.add(tf.mul(tf.square(out), 0.5), tf.mul(out, weight)));
      };
      return tf.grads(loss)(tensors);
    });
    const lossAt = (moved: readonly Numbers[]): number => {
      const [{ values }] = onWasm(kernels, moved, (...tensors) => [operation(...tensors)]) as [Numbers];
      return values.reduce((sum, out, i) => sum + out * (out / 2 + (g.values[i] as number)), 0);
    };
    for (const [i, input] of inputs.entries()) {
      const direction = randomNumbers(random, input.shape);
      const towards = (sign: number): Numbers[] =>
        inputs.map((each, j) => ({
          ...each,
          values: i === j ? each.values.map((v, k) => v + sign * (direction.values[k] as number)) : each.values,
        }));
      const [up, down] = [lossAt(towards(1)), lossAt(towards(-1))];
      const gradient = (gradients[i] as Numbers).values;
      const slope = gradient.reduce((sum, part, k) => sum + part * (direction.values[k] as number), 0);
      const error = Math.abs(slope - (up - down) / 2);
      expect(error / (Math.abs(up) + Math.abs(down) + 1), `input ${i} with ${kernels}`).toBeLessThan(1e-5);
    }
  }
}

const size = (min: number, max: number) => fc.integer({ min, max });
const shapes = fc
  .record({
    n: size(1, 3),
    h: size(1, 12),
    w: size(1, 12),
    c: fc.oneof(size(1, 9), fc.constantFrom(8, 12, 16, 32)),
    m: fc.oneof(size(1, 9), fc.constantFrom(8, 12, 16, 32)),
    kh: fc.oneof(fc.constant(3), size(1, 5)),
    kw: fc.oneof(fc.constant(3), size(1, 5)),
    stride: size(1, 3),
    padding: size(0, 3),
  })
  .filter(({ h, w, kh, kw, padding }) => h + 2 * padding >= kh && w + 2 * padding >= kw);

describe("gradients against finite differences, at random shapes", () => {
  beforeAll(openBoth);

  it("convolutions, in their input and in their filter", () => {
    const check = fc.property(shapes, fc.nat(), ({ n, h, w, c, m, kh, kw, stride, padding }, seed) => {
      const random = new Random(seed);
      const inputs = [randomNumbers(random, [n, h, w, c]), randomNumbers(random, [kh, kw, c, m])];
      const run: Operation = (x, filter) => conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, stride, padding);
      agree(run, inputs, random);
    });
    assertCases("finite differences of convolutions", check, { share: 60, full: 3_000 });
  });

  it("matrix products", () => {
    const check = fc.property(size(1, 20), size(1, 60), size(1, 20), fc.nat(), (n, k, m, seed) => {
      const random = new Random(seed);
      const inputs = [randomNumbers(random, [n, k]), randomNumbers(random, [k, m])];
      agree((a, b) => matMul(a as tf.Tensor2D, b as tf.Tensor2D), inputs, random);
    });
    assertCases("finite differences of matrix products", check, { share: 20, full: 1_000 });
  });

  it("cross entropy, which is not quadratic: against its formula in double precision", () => {
    const check = fc.property(size(1, 6), size(2, 12), fc.boolean(), fc.nat(), (n, classes, oneHot, seed) => {
      const random = new Random(seed);
      const logits = randomNumbers(random, [n, classes], 3);
      const labels = Int32Array.from({ length: n }, () => random.below(classes));
      const byHand = (values: ArrayLike<number>): number => {
        let loss = 0;
        for (let i = 0; i < n; i++) {
          const row = Array.from({ length: classes }, (_, k) => values[i * classes + k] as number);
          loss += Math.log(row.reduce((sum, v) => sum + Math.exp(v), 0)) - (row[labels[i] as number] as number);
        }
        return loss / n;
      };
      for (const kernels of KERNELS) {
        const [value, gradient] = onWasm(kernels, [logits], (x) => {
          const indices = tf.tensor1d(labels, "int32");
          const wanted = oneHot ? (tf.oneHot(indices, classes) as tf.Tensor2D) : indices;
          const { value, grad } = tf.valueAndGrad((x: tf.Tensor) => crossEntropy(x as tf.Tensor2D, wanted))(x);
          return [value, grad];
        }) as [Numbers, Numbers];
        const expected = byHand(logits.values);
        expect(Math.abs((value.values[0] as number) - expected)).toBeLessThan(1e-5 * (1 + expected));
        for (let k = 0; k < logits.values.length; k++) {
          const at = (step: number): number =>
            byHand(Float64Array.from(logits.values, (v, j) => (j === k ? v + step : v)));
          const slope = (at(1e-4) - at(-1e-4)) / 2e-4;
          expect(Math.abs((gradient.values[k] as number) - slope)).toBeLessThan(1e-5);
        }
      }
    });
    assertCases("finite differences of cross entropy", check, { share: 30, full: 1_000 });
  });

  it("average pools, and dropout of features", () => {
    const check = fc.property(size(1, 4), size(2, 11), size(2, 11), size(1, 17), fc.nat(), (n, h, w, c, seed) => {
      const random = new Random(seed);
      const inputs = [randomNumbers(random, [n, h, w, c])];
      agree((x) => averagePool2(x as tf.Tensor4D), inputs, random);
      const mask = Float32Array.from({ length: n * c }, () => 2 * random.below(2));
      agree((x) => featureDropout(x as tf.Tensor4D, tf.tensor2d(mask, [n, c])), inputs, random);
    });
    assertCases("finite differences of pools and dropout", check, { share: 20, full: 1_000 });
  });
});
