import * as tf from "@tensorflow/tfjs-core";
// tfjs-core's Node bundle comes without gradients; importing the layers registers all of them.
import "@tensorflow/tfjs-layers";

/** Relative to the largest expected value; single precision leaves 1e-7. */
const TOLERANCE = 1e-4;

/**
 * Lets the current tfjs backend compute one small convolution with its two gradients, a floor and a product of matrices,
 * all with results known beforehand. A native backend may load and still fail at its first kernel.
 *
 * @throws Error that says what went wrong
 */
export async function tryComputing(): Promise<void> {
  const names = ["convolution", "gradient of its input", "gradient of its filter", "floor", "matrix product"];
  const results = tf.tidy(() => {
    const x = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
    const filter = tf.tensor4d([1, -1, 2, 0.5], [2, 2, 1, 1]);
    const { value, grads } = tf.valueAndGrads((x: tf.Tensor, filter: tf.Tensor) =>
      tf.sum(tf.square(tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, "valid"))),
    )([x, filter]);
    return [
      value,
      grads[0] as tf.Tensor,
      grads[1] as tf.Tensor,
      tf.floor(tf.tensor1d([-0.5, 0.5, 2])),
      tf.matMul(tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor2d([5, 6, 7, 8], [2, 2])),
    ];
  });
  try {
    for (const [i, tensor] of results.entries()) {
      const got = await tensor.data();
      const expected = EXPECTED[i] as readonly number[];
      const scale = Math.max(...expected.map(Math.abs));
      const wrong = expected.findIndex((value, k) => !(Math.abs((got[k] as number) - value) <= TOLERANCE * scale));
      if (got.length !== expected.length || wrong >= 0) {
        throw new Error(
          `${names[i]} gives ${got[wrong] ?? got.length} where ${expected[wrong] ?? expected.length} is right`,
        );
      }
    }
  } finally {
    tf.dispose(results);
  }
}

// With y = [9.5, 12, 17, 19.5] and dy = 2 y, by hand.
const EXPECTED: readonly (readonly number[])[] = [
  [903.5],
  [19, 5, -24, 72, 62.5, -27, 68, 95, 19.5],
  [398, 514, 746, 862],
  [-1, 0, 2],
  [19, 22, 43, 50],
];
