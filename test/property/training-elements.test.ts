import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { Random } from "../../src/random.ts";
import { Adam } from "../../src/trainer/adam.ts";
import {
  averagePool2,
  fakeQuantize,
  featureDropout,
  quantizedRelu,
  quantizedReluPool2,
} from "../../src/trainer/ops.ts";
import { difference, type Numbers, onCpu, onWasm, openBoth, randomNumbers } from "../support/backends.ts";
import { assertCases } from "../support/soak.ts";

const KERNELS = ["own-relaxed-simd", "own-simd", "stock"] as const;

type Work = (...inputs: tf.Tensor[]) => tf.Tensor[];

/** Every kind of kernel gives what the CPU backend gives with composed operations. */
function compare(inputs: readonly Numbers[], work: Work): void {
  const expected = onCpu(inputs, work);
  for (const kernels of KERNELS) {
    onWasm(kernels, inputs, work).forEach((got, i) => {
      expect(difference(got, expected[i] as Numbers), `result ${i} with ${kernels}`).toBeLessThan(1e-5);
    });
  }
}

const images = fc.record({
  n: fc.integer({ min: 1, max: 4 }),
  h: fc.integer({ min: 2, max: 11 }),
  w: fc.integer({ min: 2, max: 11 }),
  c: fc.integer({ min: 1, max: 17 }),
  seed: fc.nat(),
});

describe("operations that pass over a tensor once", () => {
  beforeAll(openBoth);

  it("quantized ReLU: floor above 0, its sum, and the gradient of a plain ReLU through both", () => {
    const size = fc.integer({ min: 1, max: 5_000 });
    const work: Work = (x, g) => {
      const loss = (x: tf.Tensor): tf.Scalar => {
        const { y, sum } = quantizedRelu(x);
        return tf.add(tf.sum(tf.mul(y, g)), tf.square(sum));
      };
      const { y, sum } = quantizedRelu(x);
      return [y, sum, tf.grad(loss)(x)];
    };
    assertCases(
      "quantized ReLU",
      fc.property(size, fc.nat(), (n, seed) => {
        const random = new Random(seed);
        compare([randomNumbers(random, [n], 4), randomNumbers(random, [n])], work);
      }),
      { share: 60, full: 3_000 },
    );
  });

  it("quantized ReLU gives 0 at 0 and below, the gradient 0 there, and lets NaN through", () => {
    const values = Float32Array.of(-1, -0, 0, 0.25, 1, 1.999, 3, 100.5, Number.NaN);
    const work: Work = (x) => {
      const { y, sum } = quantizedRelu(x);
      return [y, sum, tf.grad((x) => tf.sum(quantizedRelu(x).y))(tf.slice(x, 0, 8))];
    };
    const [y, sum, dx] = onWasm("own-simd", [{ shape: [9], values }], work) as [Numbers, Numbers, Numbers];
    expect([...y.values].map((value) => value + 0)).toEqual([0, 0, 0, 0, 1, 1, 3, 100, Number.NaN]);
    expect(sum.values[0]).toBeNaN();
    expect([...dx.values]).toEqual([0, 0, 0, 1, 1, 1, 1, 1]);
  });

  it("average pool of 2x2 that drops odd edges, and its gradient", () => {
    const work: Work = (x, g) => [
      averagePool2(x as tf.Tensor4D),
      tf.grad((x) => tf.sum(tf.mul(averagePool2(x as tf.Tensor4D), g)))(x),
    ];
    assertCases(
      "average pool",
      fc.property(images, ({ n, h, w, c, seed }) => {
        const random = new Random(seed);
        compare([randomNumbers(random, [n, h, w, c]), randomNumbers(random, [n, h >> 1, w >> 1, c])], work);
      }),
      { share: 60, full: 3_000 },
    );
  });

  it("quantized ReLU and pool in one pass, sum and gradient, odd edges included", () => {
    const work: Work = (x, g) => {
      const loss = (x: tf.Tensor): tf.Scalar => {
        const { y, sum } = quantizedReluPool2(x as tf.Tensor4D);
        return tf.add(tf.sum(tf.mul(y, g)), tf.square(sum));
      };
      const { y, sum } = quantizedReluPool2(x as tf.Tensor4D);
      return [y, sum, tf.grad(loss)(x)];
    };
    assertCases(
      "quantized ReLU and pool",
      fc.property(images, ({ n, h, w, c, seed }) => {
        const random = new Random(seed);
        compare([randomNumbers(random, [n, h, w, c], 4), randomNumbers(random, [n, h >> 1, w >> 1, c])], work);
      }),
      { share: 60, full: 3_000 },
    );
  });

  it("takes integers for what they are", () => {
    const work: Work = (x) => {
      const frames = tf.cast(x, "int32") as tf.Tensor4D;
      const { y, sum } = quantizedRelu(frames);
      return [y, sum, quantizedReluPool2(frames).y, featureDropout(frames, tf.ones([2, 3], "int32"))];
    };
    compare([randomNumbers(new Random(2), [2, 4, 5, 3], 9)], work);
  });

  it("leaves pools of other sizes to tfjs", () => {
    const work: Work = (x) => [tf.avgPool(x as tf.Tensor4D, 3, 2, "same"), tf.avgPool(x as tf.Tensor4D, 2, 1, "valid")];
    compare([randomNumbers(new Random(1), [2, 7, 6, 5])], work);
  });

  it("channel dropout scales each feature of each sample, gradient likewise", () => {
    const work: Work = (x, mask, g) => {
      const drop = (x: tf.Tensor): tf.Tensor4D => featureDropout(x as tf.Tensor4D, mask as tf.Tensor2D);
      return [drop(x), tf.grad((x) => tf.sum(tf.mul(drop(x), g)))(x)];
    };
    assertCases(
      "channel dropout",
      fc.property(images, ({ n, h, w, c, seed }) => {
        const random = new Random(seed);
        const mask = { shape: [n, c], values: Float32Array.from({ length: n * c }, () => 2 * random.below(2)) };
        compare([randomNumbers(random, [n, h, w, c]), mask, randomNumbers(random, [n, h, w, c])], work);
      }),
      { share: 60, full: 3_000 },
    );
    expect(() => featureDropout(tf.zeros([2, 3, 3, 4]), tf.zeros([2, 3]))).toThrow(/has shape 2x4, not 2x3/);
  });

  it("fake quantization rounds to the quantizer's steps, twice the same, and passes the gradient through", () => {
    const work: Work = (x, g) => [fakeQuantize(x), tf.grad((x) => tf.sum(tf.mul(fakeQuantize(x), g)))(x)];
    assertCases(
      "fake quantization",
      fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(), (n, seed) => {
        const random = new Random(seed);
        const x = randomNumbers(random, [n], 0.3);
        compare([x, randomNumbers(random, [n])], work);
        const [once] = onWasm("own-simd", [x], (x) => [fakeQuantize(x)]) as [Numbers];
        const high = Math.max(0, ...x.values);
        const low = Math.min(0, ...x.values);
        const step = Math.max(high / 127, low / -128);
        for (const value of once.values) {
          const steps = Math.round(value / step);
          expect(Math.abs(value / step - steps)).toBeLessThan(1e-3);
          expect(steps).toBeGreaterThanOrEqual(-128);
          expect(steps).toBeLessThanOrEqual(127);
        }
        expect(difference(onWasm("own-simd", [once], (x) => [fakeQuantize(x)])[0] as Numbers, once)).toBeLessThan(1e-6);
      }),
      { share: 40, full: 2_000 },
    );
    const zeros = { shape: [9], values: new Float32Array(9) };
    compare([zeros, zeros], work);
  });
});

describe("Adam", () => {
  beforeAll(openBoth);

  /** Ten steps on given gradients, from given weights; what torch.optim.Adam computes, in double precision. */
  function torchAdam(weights: Float32Array, gradients: readonly Float32Array[], rate: number, decay: number): number[] {
    const [m, v] = [new Float64Array(weights.length), new Float64Array(weights.length)];
    const w = Float64Array.from(weights);
    gradients.forEach((gradient, step) => {
      for (let i = 0; i < w.length; i++) {
        const g = (gradient[i] as number) + decay * (w[i] as number);
        m[i] = 0.9 * (m[i] as number) + 0.1 * g;
        v[i] = 0.999 * (v[i] as number) + 0.001 * g * g;
        const scale = Math.sqrt(v[i] as number) / Math.sqrt(1 - 0.999 ** (step + 1)) + 1e-8;
        w[i] = (w[i] as number) - ((rate / (1 - 0.9 ** (step + 1))) * (m[i] as number)) / scale;
      }
    });
    return [...w];
  }

  function steps(adam: Adam, name: string, gradients: readonly Float32Array[]): void {
    for (const gradient of gradients) tf.tidy(() => adam.apply({ [name]: tf.tensor1d(gradient) }));
  }

  const random = new Random(9);
  const initial = randomNumbers(random, [37]).values;
  const gradients = Array.from({ length: 10 }, () => randomNumbers(random, [37], 0.1).values);
  const expected = torchAdam(initial, gradients, 0.01, 0.003);

  it.each(KERNELS)("equals torch.optim.Adam with weight decay, with %s kernels", (kernels) => {
    onWasm(kernels, [], () => []);
    const weight = tf.variable(tf.tensor1d(initial));
    const adam = new Adam([weight], { learningRate: 0.01, weightDecay: 0.003 });
    steps(adam, weight.name, gradients);
    const got = { shape: [37], values: new Float32Array(weight.dataSync()) };
    expect(difference(got, { shape: [37], values: Float32Array.from(expected) })).toBeLessThan(1e-5);
    adam.dispose();
    weight.dispose();
  });

  it.each(KERNELS)("goes on from a saved state with the same bytes, with %s kernels", async (kernels) => {
    onWasm(kernels, [], () => []);
    const weight = tf.variable(tf.tensor1d(initial));
    const adam = new Adam([weight], { learningRate: 0.01 });
    steps(adam, weight.name, gradients.slice(0, 4));
    const state = await adam.state();
    const half = tf.variable(tf.tensor1d(await weight.data<"float32">()));
    steps(adam, weight.name, gradients.slice(4));
    const resumed = new Adam([half], { learningRate: 0.01 });
    resumed.restore(state);
    expect(resumed.step).toBe(4);
    steps(resumed, half.name, gradients.slice(4));
    expect(half.dataSync()).toEqual(weight.dataSync());
    expect(() => new Adam([half], { learningRate: 1 }).restore({ ...state, first: [] })).toThrow("other variables");
  });

  it.each(KERNELS)(
    "leaves copies of the weights alone, and convolutions see the new weights, with %s kernels",
    (kernels) => {
      onWasm(kernels, [], () => []);
      const filter = tf.variable(tf.ones([2, 2, 1, 1]));
      const adam = new Adam([filter], { learningRate: 0.5 });
      const x = tf.ones([1, 2, 2, 1]) as tf.Tensor4D;
      // A dilated and a depthwise convolution stay with tfjs, which packs the weights of a tensor only once.
      const outputs = (): number[] =>
        tf.tidy(() => [
          tf.conv2d(x, filter as tf.Tensor4D, 1, "valid").dataSync()[0] as number,
          tf.depthwiseConv2d(x, filter as tf.Tensor4D, 1, "valid").dataSync()[0] as number,
        ]);
      expect(outputs()).toEqual([4, 4]);
      const snapshot = filter.clone();
      const step = (): void => tf.tidy(() => adam.apply({ [filter.name]: tf.ones([2, 2, 1, 1]) }));
      step();
      expect([...snapshot.dataSync()]).toEqual([1, 1, 1, 1]);
      expect(outputs()[0]).toBeCloseTo(2, 5);
      snapshot.dispose();
      step();
      const [full, depthwise] = outputs() as [number, number];
      expect(full).toBeCloseTo(0, 5);
      expect(depthwise).toBeCloseTo(0, 5);
    },
  );
});
