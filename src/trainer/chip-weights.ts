import * as tf from "@tensorflow/tfjs-core";
import type { Model } from "./model.ts";

const MOST = 127;
const LEAST = 128;
const STATE_MAX = 32767;

/**
 * Weights as the chip will have them, in units of the threshold: what the quantizer's default rule makes of a layer of
 * threshold 1, read back as real numbers,
 *
 *     S = min( 127 d / max w, 128 d / -min w, 32767 ),  T = max(1, round S),  w^ = d round(w S / d) / T
 *
 * so that a network that was trained with them loses nothing on the chip. The gradient goes straight through (Bengio et
 * al. 2013: dL/dw = dL/dw^).
 *
 * @param w weights of one layer, any shape
 * @param divisor d, area of the average pools in front of the layer; the chip sums and divides the weights instead
 */
export function chipWeights<T extends tf.Tensor>(w: T, divisor = 1): T {
  return tf.customGrad((x) => ({
    value: tf.tidy(() => rounded(x as tf.Tensor, divisor)),
    gradFunc: (dy: tf.Tensor) => tf.clone(dy),
  }))(w) as T;
}

function rounded(w: tf.Tensor, divisor: number): tf.Tensor {
  // A layer without weights on one side is not limited there: 1e-30 stands for "nothing", far below any weight.
  const top = tf.maximum(tf.max(w), 1e-30);
  const bottom = tf.maximum(tf.neg(tf.min(w)), 1e-30);
  const scale = tf.minimum(tf.minimum(tf.div(MOST * divisor, top), tf.div(LEAST * divisor, bottom)), STATE_MAX);
  const threshold = tf.maximum(tf.round(scale), 1);
  return tf.mul(tf.round(tf.mul(w, tf.div(scale, divisor))), tf.div(divisor, threshold));
}

/** Copies of a model's weights as the chip will have them, in the layout of its variables. */
export async function chipWeightsOf({
  variables,
  layout,
}: Pick<Model, "variables" | "layout">): Promise<Float32Array[]> {
  return Promise.all(
    variables.map(async (variable, i) => {
      const rounded = tf.tidy(() => chipWeights(variable as tf.Tensor, layout.layers[i]?.divisor));
      try {
        return new Float32Array(await rounded.data());
      } finally {
        rounded.dispose();
      }
    }),
  );
}
