import * as tf from "@tensorflow/tfjs-core";
import type { LayerBudget } from "./recipe.ts";

/** What a network should spend. Amounts are in the unit of the costs given: SynOps a sample, or spikes for an L1 penalty. */
export interface SynOpLossOptions {
  /** S0: adds ((S - S0) / S0)^2. */
  readonly target?: number;
  /** Adds alpha * S. */
  readonly alpha?: number;
  /** By source, in the order of the costs; null where a layer has no budget of its own. */
  readonly layers?: readonly (LayerBudget | null)[];
  /** Factor on the sum of all terms. Default 1. */
  readonly weight?: number;
}

/**
 * The SynOp loss (Sorbaro et al. 2020, eq. 5), with S = sum of the costs:
 *
 *     weight * [ ((S - S0) / S0)^2 + alpha S + sum over layers of ((S_l - T_l) / T_l)^2 + (max(0, S_l - L_l) / L_l)^2 ]
 *
 * Give `ForwardResult.synOps` for SynOps; `ForwardResult.spikes` for the L1 penalty, which forgets the fan-outs.
 *
 * @param costs `[source]`, mean over the batch
 */
export function synOpLoss(costs: tf.Tensor1D, options: SynOpLossOptions): tf.Scalar {
  return tf.tidy(() => {
    const terms: tf.Scalar[] = [];
    const total = tf.sum(costs) as tf.Scalar;
    if (options.target !== undefined) terms.push(relativeSquare(tf.sub(total, options.target), options.target));
    if (options.alpha !== undefined) terms.push(tf.mul(total, options.alpha));
    for (const [i, budget] of (options.layers ?? []).entries()) {
      if (budget === null || (budget.target === undefined && budget.limit === undefined)) continue;
      const own = tf.reshape(tf.slice(costs, i, 1), []) as tf.Scalar;
      if (budget.target !== undefined) terms.push(relativeSquare(tf.sub(own, budget.target), budget.target));
      if (budget.limit !== undefined) terms.push(relativeSquare(tf.relu(tf.sub(own, budget.limit)), budget.limit));
    }
    // Zero, but still a function of the costs, whose gradient can be asked for.
    if (terms.length === 0) return tf.mul(total, 0) as tf.Scalar;
    return tf.mul(tf.addN(terms), options.weight ?? 1) as tf.Scalar;
  });
}

function relativeSquare(difference: tf.Scalar, size: number): tf.Scalar {
  return tf.square(tf.div(difference, size));
}

/**
 * Mean cross entropy of softmax(logits) against the labels.
 *
 * @param labels `[sample]` of type int32, or `[sample, class]` one-hot
 */
export function crossEntropy(logits: tf.Tensor2D, labels: tf.Tensor1D | tf.Tensor2D): tf.Scalar {
  const [samples, classes] = logits.shape;
  // With a gradient of its own, since tfjs would compose it of some forty small operations.
  return tf.customGrad((logits, save) => {
    // As float by a cast: asked for floats at once, tfjs' WASM backend writes integers.
    const wanted = tf.cast(labels.rank === 1 ? tf.oneHot(labels as tf.Tensor1D, classes) : labels, "float32");
    const logs = tf.logSoftmax(logits as tf.Tensor2D);
    (save as tf.GradSaveFunc)([tf.sub(tf.exp(logs), wanted)]);
    return {
      value: tf.div(tf.sum(tf.mul(wanted, logs)), -samples) as tf.Tensor,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(saved[0] as tf.Tensor, tf.div(dy, samples)),
    };
  })(logits) as tf.Scalar;
}

/**
 * Samples whose largest logit is that of their label.
 *
 * @param options.spikes whether logits are counts of spikes: then a sample without any counts as wrong (default)
 */
export function countCorrect(
  logits: tf.Tensor2D,
  labels: tf.Tensor1D,
  { spikes = true }: { readonly spikes?: boolean } = {},
): tf.Scalar {
  return tf.tidy(() => {
    const right = tf.cast(tf.equal(tf.argMax(logits, 1), labels), "float32");
    return tf.sum(spikes ? tf.mul(right, tf.step(tf.max(logits, 1))) : right) as tf.Scalar;
  });
}
