import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { Random } from "../../../../src/random.ts";
import { Adam } from "../../../../src/trainer/adam.ts";
import { openBackend } from "../../../../src/trainer/backend/open-backend.ts";
import {
  averagePool2,
  conv2d,
  fakeQuantize,
  featureDropout,
  matMul,
  quantizedRelu,
  quantizedReluPool2,
} from "../../../../src/trainer/ops.ts";

const FEATURES = [2, 16, 16, 8] as const;
const SAMPLES = 3;

/** A network with every kernel in it: direct and transformed convolutions, stride 2, pools, mask, product. */
class SmallTraining {
  readonly #random = new Random(1);
  readonly #weights: tf.Variable[];
  readonly #adam: Adam;

  constructor() {
    const [a, b, c, d] = FEATURES;
    const shapes = [
      [3, 3, a, b],
      [3, 3, b, c],
      [3, 3, c, d],
      [16, 4],
    ];
    this.#weights = shapes.map((shape) => tf.tidy(() => tf.variable(this.#numbers(shape, 0.5))));
    this.#adam = new Adam(this.#weights, { learningRate: 1e-3, weightDecay: 1e-4 });
  }

  step(samples = SAMPLES): number {
    return tf.tidy(() => {
      const x = this.#numbers([samples, 14, 13, FEATURES[0]], 2) as tf.Tensor4D;
      const mask = this.#numbers([samples, FEATURES[1]], 1) as tf.Tensor2D;
      const { value, grads } = tf.variableGrads(() => this.#loss(x, mask), this.#weights);
      this.#adam.apply(grads);
      return value.dataSync()[0] as number;
    });
  }

  weights(): Float32Array[] {
    return this.#weights.map((weight) => weight.dataSync<"float32">().slice());
  }

  dispose(): void {
    tf.dispose(this.#weights);
    this.#adam.dispose();
  }

  #loss(x: tf.Tensor4D, mask: tf.Tensor2D): tf.Scalar {
    const [first, second, third, last] = this.#weights as unknown as [
      tf.Tensor4D,
      tf.Tensor4D,
      tf.Tensor4D,
      tf.Tensor2D,
    ];
    const one = quantizedRelu(conv2d(x, first, 1, 1));
    const two = quantizedReluPool2(conv2d(featureDropout(one.y, mask), fakeQuantize(second), 1, 1));
    const three = quantizedRelu(conv2d(two.y, third, 2, 1));
    const flat = tf.reshape(averagePool2(three.y), [x.shape[0], 16]) as tf.Tensor2D;
    const four = quantizedRelu(matMul(flat, last));
    const cost = tf.addN([one.sum, two.sum, three.sum, four.sum]);
    return tf.add(tf.sum(tf.square(four.y)), tf.square(tf.div(cost, 1e3))) as tf.Scalar;
  }

  #numbers(shape: readonly number[], scale: number): tf.Tensor {
    const size = shape.reduce((a, b) => a * b, 1);
    const values = Float32Array.from({ length: size }, () => this.#random.normal() * scale);
    return tf.tensor(values, [...shape]);
  }
}

function heapBytes(): number {
  return (tf.backend() as BackendWasm).wasm.HEAPU8.length;
}

function train(steps: number): Float32Array[] {
  const training = new SmallTraining();
  for (let i = 0; i < steps; i++) training.step();
  const weights = training.weights();
  training.dispose();
  return weights;
}

describe("training steps with our kernels", () => {
  it.each([true, false])(
    "leave no tensor behind and do not grow the heap (fused multiply-add: %s)",
    async (relaxed) => {
      await openBackend("wasm", { relaxed });
      const training = new SmallTraining();
      for (let i = 0; i < 3; i++) training.step();
      const { numTensors, numBytes, numDataBuffers } = tf.memory();
      const bytes = heapBytes();
      for (let i = 0; i < 300; i++) training.step();
      expect(tf.memory()).toMatchObject({ numTensors, numBytes, numDataBuffers });
      expect(heapBytes()).toBe(bytes);
      training.dispose();
    },
  );

  it("give the same bytes for the same start, whatever ran before", async () => {
    await openBackend("wasm");
    const once = train(20);
    train(3);
    expect(train(20)).toEqual(once);
    expect(once.every((weights) => weights.every(Number.isFinite))).toBe(true);
  });

  it("go on when the memory grows in between", async () => {
    await openBackend("wasm");
    const before = heapBytes();
    const expected = train(6);
    const training = new SmallTraining();
    for (let i = 0; i < 3; i++) training.step();
    const large = tf.zeros([heapBytes() / 4]);
    for (let i = 0; i < 3; i++) training.step();
    expect(heapBytes()).toBeGreaterThan(before);
    expect(training.weights()).toEqual(expected);
    large.dispose();
    training.dispose();
  });

  it("say so when the memory does not suffice, and go on with less", async () => {
    await openBackend("wasm");
    const row = tf.ones([1, 1, 16_500, 1]) as tf.Tensor4D;
    const filter = tf.ones([1, 1, 1, 65_536]) as tf.Tensor4D;
    const before = tf.memory().numTensors;
    expect(() => conv2d(row, filter)).toThrow(/memory of the wasm backend is used up.*Take a smaller batch/);
    expect(tf.memory().numTensors).toBe(before);
    expect(conv2d(row, tf.ones([1, 1, 1, 2])).shape).toEqual([1, 1, 16_500, 2]);
  });
});
