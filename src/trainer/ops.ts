import * as tf from "@tensorflow/tfjs-core";
import { OWN_KERNELS } from "./kernels/names.ts";

/**
 * The operations of a training step, differentiable with tfjs' `grad` and `variableGrads` on every backend. Where our
 * kernels are installed (src/trainer/kernels) one of them runs; elsewhere the same is composed of stock operations, with
 * the same meaning. Images are [N, H, W, C]: samples, rows, columns, features.
 */

/**
 * The quantized ReLU and the sum of what it gives, in one pass (Sorbaro et al. 2020, eq. 3):
 *
 *     y = floor(max(x, 0)),   sum = sum of all y
 *
 * The gradient is that of a plain ReLU, for y and through the sum alike: dx = x > 0 ? dy + dsum : 0.
 */
export function quantizedRelu<T extends tf.Tensor>(x: T): { readonly y: T; readonly sum: tf.Scalar } {
  if (hasOwn(OWN_KERNELS.quantizedRelu)) {
    const inputs = { x: asFloat(x) };
    const [y, sum] = tf.engine().runKernel(OWN_KERNELS.quantizedRelu, inputs) as unknown as [T, tf.Scalar];
    return { y, sum };
  }
  const y = floorOfRelu(asFloat(x)) as T;
  return { y, sum: tf.sum(y) as tf.Scalar };
}

const floorOfRelu = tf.customGrad((x, save) => {
  (save as tf.GradSaveFunc)([x as tf.Tensor]);
  return {
    value: tf.tidy(() => tf.floor(tf.relu(x as tf.Tensor))),
    gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.tidy(() => tf.mul(dy, tf.step(saved[0] as tf.Tensor))),
  };
});

/**
 * `quantizedRelu` and `averagePool2` behind it, in one pass over a map that is then read once and never written.
 *
 * @returns y: [N, H >> 1, W >> 1, C], means of floor(max(x, 0)); sum: of all floor(max(x, 0)), those of a dropped odd last
 * row or column included
 */
export function quantizedReluPool2(x: tf.Tensor4D): { readonly y: tf.Tensor4D; readonly sum: tf.Scalar } {
  if (hasOwn(OWN_KERNELS.quantizedReluPool)) {
    const inputs = { x: asFloat(x) };
    const [y, sum] = tf.engine().runKernel(OWN_KERNELS.quantizedReluPool, inputs) as unknown as [
      tf.Tensor4D,
      tf.Scalar,
    ];
    return { y, sum };
  }
  const { y, sum } = quantizedRelu(x);
  return { y: averagePool2(y), sum };
}

/**
 * `conv2d` and `quantizedReluPool2` behind it; where our kernels run, image by image, so that the full map is never written to
 * memory. The gradient keeps a bit for each of its places.
 */
export function spikingConvolutionPool2(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  stride = 1,
  padding = 0,
): { readonly y: tf.Tensor4D; readonly sum: tf.Scalar } {
  const [n, h, w] = x.shape;
  const [kH, kW, , m] = filter.shape;
  const [outH, outW] = [outputs(h, kH, stride, padding), outputs(w, kW, stride, padding)];
  if (!hasOwn(OWN_KERNELS.convolutionReluPool) || m % 4 !== 0 || outH < 2 || outW < 2)
    return quantizedReluPool2(conv2d(x, filter, stride, padding));
  const signs = tf.engine().runKernel(OWN_KERNELS.signs, {}, { shape: [n, outH, outW, m / 4] }) as tf.Tensor;
  const inputs = { x: asFloat(x), filter: asFloat(filter), signs };
  const attributes = { strides: stride, pad: sides(padding), dataFormat: "NHWC" };
  const outs = tf.engine().runKernel(OWN_KERNELS.convolutionReluPool, inputs, attributes as unknown as tf.NamedAttrMap);
  const [y, sum] = outs as unknown as [tf.Tensor4D, tf.Scalar];
  return { y, sum };
}

function outputs(size: number, kernel: number, stride: number, padding: number): number {
  return Math.floor((size + 2 * padding - kernel) / stride) + 1;
}

/** Means of 2x2 neighbours: [N, H, W, C] to [N, H >> 1, W >> 1, C]; an odd last row or column is dropped. */
export function averagePool2(x: tf.Tensor4D): tf.Tensor4D {
  return tf.avgPool(x, 2, 2, "valid");
}

/**
 * Spatial dropout with a mask given from outside: y[n,h,w,c] = x[n,h,w,c] * mask[n,c]. The mask has no gradient.
 *
 * @param mask [N, C]: 0 where a feature of a sample is dropped, else 1 / (1 - rate)
 */
export function featureDropout(x: tf.Tensor4D, mask: tf.Tensor2D): tf.Tensor4D {
  const [n, , , c] = x.shape;
  if (mask.shape[0] !== n || mask.shape[1] !== c)
    throw new RangeError(`a mask for ${x.shape.join("x")} has shape ${n}x${c}, not ${mask.shape.join("x")}`);
  if (hasOwn(OWN_KERNELS.scaleFeatures))
    return tf.engine().runKernel(OWN_KERNELS.scaleFeatures, { x: asFloat(x), mask: asFloat(mask) }) as tf.Tensor4D;
  return tf.mul(x, tf.reshape(mask, [n, 1, 1, c]));
}

/**
 * Convolution without bias.
 *
 * @param x [N, H, W, C]
 * @param filter [kH, kW, C, M]
 * @param stride the same down and across
 * @param padding rows and columns of zeros on every side
 * @returns [N, (H + 2 padding - kH) / stride + 1, (W + 2 padding - kW) / stride + 1, M], rounded down
 */
export function conv2d(x: tf.Tensor4D, filter: tf.Tensor4D, stride = 1, padding = 0): tf.Tensor4D {
  return tf.conv2d(x, filter, stride, sides(padding));
}

/** Explicit, since a number would make tfjs refuse sizes that the stride does not divide. */
function sides(padding: number): tf.backend_util.ExplicitPadding {
  return [
    [0, 0],
    [padding, padding],
    [padding, padding],
    [0, 0],
  ];
}

/** Product of two matrices, [N, K] x [K, M]: a linear layer without bias. */
export function matMul(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  return tf.matMul(a, b);
}

/**
 * Weights as the quantizer's rule `default` will round them to 8 bits, one scale for the whole tensor:
 *
 *     step = max( max w / 127, max -w / 128 ),   w' = round(w / step) * step      (half to even; all zero stays zero)
 *
 * The gradient passes straight through: that of w is that of w'.
 */
export function fakeQuantize<T extends tf.Tensor>(weights: T): T {
  if (hasOwn(OWN_KERNELS.fakeQuantize))
    return tf.engine().runKernel(OWN_KERNELS.fakeQuantize, { x: asFloat(weights) }) as T;
  return roundedToSteps(weights) as T;
}

const roundedToSteps = tf.customGrad((w) => ({
  value: tf.tidy(() => {
    const step = tf.maximum(tf.div(tf.max(w as tf.Tensor), 127), tf.div(tf.min(w as tf.Tensor), -128));
    return tf.mul(tf.round(tf.divNoNan(w as tf.Tensor, step)), step);
  }),
  gradFunc: (dy: tf.Tensor) => tf.clone(dy),
}));

function hasOwn(kernel: string): boolean {
  return tf.getKernel(kernel, tf.getBackend()) !== undefined;
}

/** Our kernels read single precision only; frames and masks may come as integers. */
function asFloat<T extends tf.Tensor>(x: T): T {
  return x.dtype === "float32" ? x : tf.cast(x, "float32");
}
