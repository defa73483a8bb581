import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { Random } from "../../src/random.ts";
import { conv2d, matMul, spikingConvolutionPool2 } from "../../src/trainer/ops.ts";
import { difference, type Numbers, onCpu, onWasm, openBoth, randomNumbers } from "../support/backends.ts";
import { assertCases } from "../support/soak.ts";

const KERNELS = ["own-relaxed-simd", "own-simd"] as const;

interface Shape {
  readonly n: number;
  readonly h: number;
  readonly w: number;
  readonly c: number;
  readonly m: number;
  readonly kh: number;
  readonly kw: number;
  readonly stride: number;
  readonly padding: number;
}

/** The convolution and its gradients of sum(y * g), for a random g. */
function convolution({ stride, padding }: Shape) {
  return (x: tf.Tensor, filter: tf.Tensor, g: tf.Tensor): tf.Tensor[] => {
    const run = (x: tf.Tensor, filter: tf.Tensor) => conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, stride, padding);
    const loss = (x: tf.Tensor, filter: tf.Tensor) => tf.sum(tf.mul(run(x, filter), g)) as tf.Scalar;
    const [dx, dw] = tf.grads(loss)([x, filter]) as [tf.Tensor, tf.Tensor];
    return [run(x, filter), dx, dw];
  };
}

function compare(shape: Shape, seed: number): void {
  const { n, h, w, c, m, kh, kw, stride, padding } = shape;
  const random = new Random(seed);
  const x = randomNumbers(random, [n, h, w, c]);
  const filter = randomNumbers(random, [kh, kw, c, m]);
  const out = (size: number, k: number): number => Math.floor((size + 2 * padding - k) / stride) + 1;
  const inputs = [x, filter, randomNumbers(random, [n, out(h, kh), out(w, kw), m])];
  const expected = onCpu(inputs, convolution(shape));
  for (const kernels of KERNELS) {
    const got = onWasm(kernels, inputs, convolution(shape));
    for (const [i, what] of ["y", "dx", "dw"].entries())
      expect(difference(got[i] as Numbers, expected[i] as Numbers), `${what} with ${kernels}`).toBeLessThan(1e-5);
  }
}

/** The same of a convolution, quantized ReLU and pool in one; the sum of the activations counts as well. */
function pooledConvolution({ stride, padding }: Shape) {
  return (x: tf.Tensor, filter: tf.Tensor, g: tf.Tensor): tf.Tensor[] => {
    const run = (x: tf.Tensor, filter: tf.Tensor) =>
      spikingConvolutionPool2(x as tf.Tensor4D, filter as tf.Tensor4D, stride, padding);
    const loss = (x: tf.Tensor, filter: tf.Tensor) => {
      const { y, sum } = run(x, filter);
      return tf.add(tf.sum(tf.mul(y, g)), tf.mul(sum, 0.25)) as tf.Scalar;
    };
    const { y, sum } = run(x, filter);
    return [y, sum, ...tf.grads(loss)([x, filter])];
  };
}

/** Whole numbers in and eighths as weights: sums are exact, also where they stand on a floor. Transforms are not exact. */
function comparePooled(shape: Shape, seed: number, exact = true): void {
  const { n, h, w, c, m, kh, kw, stride, padding } = shape;
  const random = new Random(seed);
  const whole = (sizes: number[], from: number, to: number, unit: number): Numbers => ({
    shape: sizes,
    values: Float32Array.from({ length: sizes.reduce((a, b) => a * b) }, () => (from + random.below(to - from)) * unit),
  });
  const sizes = [
    [n, h, w, c],
    [kh, kw, c, m],
  ];
  const [x, filter] = exact
    ? [whole(sizes[0] as number[], 0, 4, 1), whole(sizes[1] as number[], -8, 9, 1 / 8)]
    : sizes.map((size) => randomNumbers(random, size));
  const pooled = (size: number, k: number): number => (Math.floor((size + 2 * padding - k) / stride) + 1) >> 1;
  const inputs = [x as Numbers, filter as Numbers, randomNumbers(random, [n, pooled(h, kh), pooled(w, kw), m])];
  const expected = onCpu(inputs, pooledConvolution(shape));
  for (const kernels of KERNELS) {
    const got = onWasm(kernels, inputs, pooledConvolution(shape));
    for (const [i, what] of ["y", "sum", "dx", "dw"].entries())
      expect(difference(got[i] as Numbers, expected[i] as Numbers), `${what} with ${kernels}`).toBeLessThan(1e-5);
  }
}

function pools({ h, w, kh, kw, stride, padding }: Shape): boolean {
  return Math.min(h - kh, w - kw) + 2 * padding >= stride;
}

const shapes = fc
  .record({
    n: fc.integer({ min: 1, max: 3 }),
    h: fc.integer({ min: 1, max: 13 }),
    w: fc.integer({ min: 1, max: 13 }),
    c: fc.integer({ min: 1, max: 26 }),
    m: fc.integer({ min: 1, max: 26 }),
    kh: fc.integer({ min: 1, max: 5 }),
    kw: fc.integer({ min: 1, max: 5 }),
    stride: fc.integer({ min: 1, max: 3 }),
    padding: fc.integer({ min: 0, max: 3 }),
  })
  .filter(({ h, w, kh, kw, padding }) => h + 2 * padding >= kh && w + 2 * padding >= kw);

/** Maps that a pool of 2x2 leaves something of, and too few features for transforms down and across, which are not exact. */
const pooledShapes = shapes
  .map((shape) => ({ ...shape, m: shape.m > 12 ? 8 : shape.m, c: Math.min(shape.c, 12) }))
  .filter(pools);

/** 3x3 and features in fours: what goes through Winograd's transforms. */
const transformed = fc.record({
  n: fc.integer({ min: 1, max: 5 }),
  h: fc.integer({ min: 3, max: 18 }),
  w: fc.integer({ min: 3, max: 18 }),
  c: fc.integer({ min: 4, max: 13 }).map((c) => 4 * c),
  m: fc.integer({ min: 4, max: 13 }).map((m) => 4 * m),
  kh: fc.constant(3),
  kw: fc.constant(3),
  stride: fc.constant(1),
  padding: fc.integer({ min: 0, max: 3 }),
});

/** 3 taps across and fewer features, whose gradients go through transforms along the rows. */
const alongRows = fc
  .record({
    n: fc.integer({ min: 1, max: 3 }),
    h: fc.integer({ min: 1, max: 13 }),
    w: fc.constantFrom(3, 4, 6, 7, 8, 11, 12, 16),
    c: fc.integer({ min: 2, max: 5 }).map((c) => 4 * c),
    m: fc.constantFrom(8, 12),
    kh: fc.integer({ min: 1, max: 4 }),
    kw: fc.constant(3),
    stride: fc.constant(1),
    padding: fc.integer({ min: 0, max: 4 }),
  })
  .filter(({ h, kh, padding }) => h + 2 * padding >= kh);

/** 3x3 of stride 2, which takes more features and maps that tiles cover better. */
const strided = fc
  .record({
    n: fc.integer({ min: 1, max: 3 }),
    out: fc.tuple(fc.constantFrom(4, 8, 11, 12), fc.constantFrom(4, 8)),
    over: fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 1 })),
    c: fc.integer({ min: 8, max: 20 }).map((c) => 4 * c),
    m: fc.integer({ min: 8, max: 20 }).map((m) => 4 * m),
    padding: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ out, over, padding, ...sizes }) => {
    const [h, w] = [0, 1].map((i) => 2 * (out[i] as number) + 1 - 2 * padding + (over[i] as number)) as [
      number,
      number,
    ];
    return { ...sizes, h, w, kh: 3, kw: 3, stride: 2, padding };
  });

const seeds = fc.nat();

describe("convolutions of our kernels", () => {
  beforeAll(openBoth);

  it("and both gradients equal tfjs' CPU backend to 1e-5, whatever the sizes, stride and padding", () => {
    assertCases("convolution", fc.property(shapes, seeds, compare), { share: 60, full: 5_000 });
  });

  it("equal it through Winograd's transforms as well", () => {
    assertCases("winograd", fc.property(transformed, seeds, compare), { share: 6, full: 1_000 });
  });

  it("equal it through those along rows alone", () => {
    assertCases("convolution along rows", fc.property(alongRows, seeds, compare), { share: 20, full: 2_000 });
  });

  it("equal it through those of stride 2", () => {
    assertCases("winograd of stride 2", fc.property(strided, seeds, compare), { share: 5, full: 500 });
  });

  it("equal it with quantized ReLU and pool behind them, in one pass over each image", () => {
    const exactly = (shape: Shape, seed: number): void => comparePooled(shape, seed);
    assertCases("pooled convolution", fc.property(pooledShapes, seeds, exactly), { share: 60, full: 3_000 });
    assertCases("pooled convolution along rows", fc.property(alongRows.filter(pools), seeds, exactly), {
      share: 15,
      full: 1_000,
    });
    // Through Winograd's transforms, which take the whole batch.
    comparePooled({ n: 3, h: 12, w: 9, c: 16, m: 20, kh: 3, kw: 3, stride: 1, padding: 1 }, 1, false);
  });

  it.each([
    { n: 1, h: 12, w: 12, c: 96, m: 96, kh: 3, kw: 3, stride: 1, padding: 1 },
    { n: 1, h: 8, w: 8, c: 96, m: 192, kh: 3, kw: 3, stride: 2, padding: 1 },
    { n: 2, h: 4, w: 4, c: 192, m: 192, kh: 3, kw: 3, stride: 1, padding: 1 },
    { n: 2, h: 8, w: 8, c: 192, m: 10, kh: 1, kw: 1, stride: 1, padding: 0 },
    { n: 2, h: 64, w: 64, c: 1, m: 8, kh: 3, kw: 3, stride: 1, padding: 0 },
    { n: 2, h: 31, w: 31, c: 8, m: 12, kh: 3, kw: 3, stride: 1, padding: 0 },
    { n: 2, h: 7, w: 9, c: 5, m: 3, kh: 1, kw: 1, stride: 2, padding: 0 },
  ])("equal it in the layers of the paper's networks: $h x $w, $c to $m, stride $stride", (shape) => {
    compare(shape, 7);
  });

  it("multiply matrices in all four orders", () => {
    const sizes = fc.tuple(...[1, 2, 3].map(() => fc.integer({ min: 1, max: 40 })));
    assertCases(
      "matrix product",
      fc.property(sizes, fc.boolean(), fc.boolean(), seeds, ([n, k, m], transposeA, transposeB, seed) => {
        const random = new Random(seed);
        const a = randomNumbers(random, transposeA ? [k, n] : [n, k]);
        const b = randomNumbers(random, transposeB ? [m, k] : [k, m]);
        const product = (a: tf.Tensor, b: tf.Tensor): tf.Tensor[] => [tf.matMul(a, b, transposeA, transposeB)];
        const [expected] = onCpu([a, b], product) as [Numbers];
        for (const kernels of KERNELS)
          expect(difference(onWasm(kernels, [a, b], product)[0] as Numbers, expected)).toBeLessThan(1e-5);
      }),
      { share: 50, full: 3_000 },
    );
  });

  it("leave dilated and unevenly strided convolutions and batches of products to tfjs", () => {
    const random = new Random(3);
    const inputs = [randomNumbers(random, [2, 9, 9, 5]), randomNumbers(random, [3, 3, 5, 6])];
    const work = (x: tf.Tensor, filter: tf.Tensor): tf.Tensor[] => [
      tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, "same", "NHWC", 2),
      tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, [1, 2], "same"),
      tf.matMul(tf.reshape(x, [2, 81, 5]), tf.reshape(x, [2, 81, 5]), false, true),
    ];
    const expected = onCpu(inputs, work);
    onWasm("own-simd", inputs, work).forEach((got, i) => {
      expect(difference(got, expected[i] as Numbers)).toBeLessThan(1e-5);
    });
  });

  it("give the same bytes every time", () => {
    const shape = { n: 3, h: 12, w: 12, c: 20, m: 24, kh: 3, kw: 3, stride: 1, padding: 1 };
    const random = new Random(5);
    const inputs = [
      [3, 12, 12, 20],
      [3, 3, 20, 24],
      [3, 12, 12, 24],
    ].map((size) => randomNumbers(random, size));
    const once = onWasm("own-simd", inputs, convolution(shape));
    expect(onWasm("own-simd", inputs, convolution(shape))).toEqual(once);
  });

  it("have gradients that agree with finite differences", () => {
    const work = (x: tf.Tensor, filter: tf.Tensor): tf.Tensor =>
      tf.sum(tf.square(matMul(tf.reshape(conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 2, 1), [4, -1]), MATRIX())));
    const MATRIX = (): tf.Tensor2D => tf.ones([40, 2]);
    const random = new Random(11);
    const inputs = [randomNumbers(random, [2, 7, 6, 4]), randomNumbers(random, [3, 2, 4, 5], 0.3)];
    const gradient = (x: tf.Tensor, filter: tf.Tensor): tf.Tensor[] => tf.grads(work)([x, filter]);
    const gradients = onWasm("own-simd", inputs, gradient);
    for (const [i, input] of inputs.entries()) {
      for (let k = 0; k < input.values.length; k += 7) {
        const at = (step: number): number => {
          const moved = inputs.map(({ shape, values }) => ({ shape, values: values.slice() }));
          (moved[i] as Numbers).values[k] = (input.values[k] as number) + step;
          return onWasm("own-simd", moved, (x, filter) => [work(x, filter)])[0]?.values[0] as number;
        };
        const slope = (at(0.01) - at(-0.01)) / 0.02;
        const analytic = gradients[i]?.values[k] as number;
        expect(Math.abs(slope - analytic)).toBeLessThan(
          1e-2 * Math.max(1, ...(gradients[i]?.values.map(Math.abs) ?? [])),
        );
      }
    }
  });
});
