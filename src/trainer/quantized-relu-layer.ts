import * as tf from "@tensorflow/tfjs-core";
import { layers } from "@tensorflow/tfjs-layers";
import { quantizedRelu } from "./ops.ts";

export interface QuantizedReLUOptions {
  readonly name?: string;
  /** SynOps that one of its spikes costs in the layer behind it: k * k * features / stride^2 of a convolution. Default 0. */
  readonly fanOut?: number;
}

/**
 * `floor(max(0, x))` with the gradient of a ReLU, as a tfjs layer: put it behind every bias-free convolution of a
 * `tf.sequential` or `tf.model`, and the network can be read (`spikewright convert`) and run on a chip.
 *
 *     const relus = [new QuantizedReLU({ fanOut: 108 }), new QuantizedReLU({ fanOut: 10 })];
 *     const model = tf.sequential({ layers: [tf.layers.conv2d({ ..., useBias: false }), relus[0], ...] });
 *     optimizer.minimize(() => {
 *       const logits = model.apply(x, { training: true });
 *       const costs = tf.stack(relus.map((relu) => relu.synOps));
 *       return tf.add(crossEntropy(logits, labels), synOpLoss(costs, { target: 5e5 }));
 *     });
 */
export class QuantizedReLU extends layers.Layer {
  static readonly className = "QuantizedReLU";
  readonly #fanOut: number;
  #spikes: tf.Scalar | undefined;

  constructor(options: QuantizedReLUOptions = {}) {
    super(options.name === undefined ? {} : { name: options.name });
    this.#fanOut = options.fanOut ?? 0;
  }

  /**
   * Spikes a sample of the last call, mean over the batch; differentiable, and alive until the next call.
   *
   * @throws RangeError before the first call
   */
  get spikes(): tf.Scalar {
    if (this.#spikes === undefined) throw new RangeError(`${this.name} has not been called yet`);
    return this.#spikes;
  }

  /** `spikes` times the fan-out. */
  get synOps(): tf.Scalar {
    return tf.mul(this.spikes, this.#fanOut) as tf.Scalar;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = Array.isArray(inputs) ? (inputs[0] as tf.Tensor) : inputs;
    const { y, sum } = quantizedRelu(x);
    // Kept, since tfjs frees what a layer's call leaves behind.
    this.#spikes?.dispose();
    this.#spikes = tf.keep(tf.div(sum, x.shape[0] ?? 1) as tf.Scalar);
    return y;
  }

  override computeOutputShape(inputShape: (number | null)[]): (number | null)[] {
    return inputShape;
  }

  override dispose(): ReturnType<layers.Layer["dispose"]> {
    this.#spikes?.dispose();
    return super.dispose();
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), fanOut: this.#fanOut };
  }
}

tf.serialization.registerClass(QuantizedReLU);
