import * as tf from "@tensorflow/tfjs-core";
import type { Network } from "../network/types.ts";
import { Random } from "../random.ts";
import { chipWeights, chipWeightsOf } from "./chip-weights.ts";
import { exportNetwork } from "./export-network.ts";
import { initialWeights } from "./initial-weights.ts";
import {
  isPool,
  layOut,
  type ModelLayout,
  type PoolStep,
  type SpikeSource,
  type Step,
  type WeightLayer,
} from "./layout.ts";
import {
  averagePool2,
  conv2d,
  featureDropout,
  matMul,
  quantizedRelu,
  quantizedReluPool2,
  spikingConvolutionPool2,
} from "./ops.ts";
import { derivedRandom, derivedSeed } from "./seeds.ts";
import type { DropoutSpec, ModelSpec, PoolSpec } from "./spec.ts";

export interface ForwardOptions {
  /** Whether dropouts drop. Default false. */
  readonly training?: boolean;
  /**
   * `floor(max(0, x))` (default), or a plain ReLU, none behind the last layer: its logits may be negative, as in the usual
   * training of a network that is converted later. What a ReLU there would let through counts as its spikes.
   */
  readonly quantizeActivations?: boolean;
  /** Weights as the chip will have them (`chipWeights`), gradient straight through. Default false. */
  readonly quantizeWeights?: boolean;
  /** Decides which values are dropped; another one for every step. Default 0. */
  readonly seed?: number;
  /** Is shown what goes into each weight layer's neurons. */
  readonly onMembranes?: (membranes: tf.Tensor4D, layer: number) => void;
}

export interface ForwardResult {
  /** `[sample, class]`: the last layer's activations, summed over its map, as a host counts spikes by feature. */
  readonly logits: tf.Tensor2D;
  /** `[source]`: spikes a sample, mean over the batch; the input first, then every weight layer's neurons. */
  readonly spikes: tf.Tensor1D;
  /** `[source]`: SynOps a sample that those spikes cost in the layer that they reach. */
  readonly synOps: tf.Tensor1D;
}

/**
 * A bias-free network of convolutions, linear layers and pools with a quantized ReLU behind every weight layer: what a
 * spiking network of threshold 1 computes when all its input has come (Sorbaro et al. 2020, section 2.2).
 *
 * Differentiable with respect to `variables` by tfjs' `variableGrads`. A quantized ReLU's gradient is that of a ReLU.
 */
export interface Model {
  readonly spec: ModelSpec;
  readonly layout: ModelLayout;
  /** One a weight layer, in order: `[ky, kx, in, out]`, linear `[(y, x, feature), out]`. */
  readonly variables: readonly tf.Variable[];
  /** @param x `[sample, y, x, feature]` */
  forward(x: tf.Tensor4D, options?: ForwardOptions): ForwardResult;
  /** Copies of the weights, in the order and layout of `variables`. */
  weights(): Promise<Float32Array[]>;
  /** @throws RangeError when the sizes are those of another model */
  setWeights(weights: readonly Float32Array[]): void;
  /**
   * The network for `writeNir`, `mapNetwork` and the emulator: threshold 1, subtract, no bias.
   *
   * @param options.quantizeWeights weights as the chip will have them
   */
  toNetwork(options?: { readonly quantizeWeights?: boolean }): Promise<Network>;
  dispose(): void;
}

/**
 * Builds a model on tfjs' current backend.
 *
 * @param options.seed decides the first weights
 * @throws ChipError E_NETWORK with everything that does not fit together
 */
export function createModel(spec: ModelSpec, options: { readonly seed: number }): Model {
  return new LayeredModel(spec, options.seed);
}

class LayeredModel implements Model {
  readonly spec: ModelSpec;
  readonly layout: ModelLayout;
  readonly variables: readonly tf.Variable[];
  /** Border-exact fan-outs, `[y, x, 1]`, of the sources that have them. */
  readonly #tables: readonly (tf.Tensor3D | null)[];
  /** Of the others, 1 for those. */
  readonly #fanOuts: tf.Tensor1D;

  constructor(spec: ModelSpec, seed: number) {
    this.spec = spec;
    this.layout = layOut(spec);
    this.variables = this.layout.layers.map((layer, i) => {
      const values = initialWeights(layer, spec.initial ?? "kaimingUniform", derivedRandom(seed, "weights", i));
      return tf.tidy(() => tf.variable(tf.tensor(values, [...layer.variableShape])));
    });
    this.#tables = this.layout.sources.map(fanOutTensor);
    this.#fanOuts = tf.tensor1d(
      this.layout.sources.map(({ fanOut }) => (typeof fanOut === "number" ? fanOut : 1)),
      "float32",
    );
  }

  forward(x: tf.Tensor4D, options: ForwardOptions = {}): ForwardResult {
    const { training = false, quantizeActivations = true, quantizeWeights = false, seed = 0 } = options;
    const samples = x.shape[0];
    const sums: tf.Scalar[] = [];
    const priced: tf.Scalar[] = [];
    const count = (y: tf.Tensor, sum: tf.Scalar): void => {
      const table = this.#tables[sums.length];
      sums.push(sum);
      priced.push(table ? sumInTwo(tf.mul(y, table)) : sum);
    };
    count(x, this.layout.sources[0]?.counted ? sumInTwo(x) : tf.scalar(0));
    let y = x;
    let lastMembranes = x;
    let poolDone: Step | undefined;
    for (const [place, step] of this.layout.steps.entries()) {
      if (step.type === "weights") {
        const variable = this.variables[step.index] as tf.Variable;
        const weights = quantizeWeights ? chipWeights(variable as tf.Tensor, step.layer.divisor) : variable;
        const next = this.layout.steps[place + 1];
        // A pool of 2x2 goes in one pass with the neurons before it, unless their places have prices of their own.
        const pooled = quantizeActivations && next !== undefined && isHalving(next) && !this.#tables[sums.length];
        const last = step.index === this.layout.layers.length - 1;
        if (pooled && !last && !options.onMembranes && step.layer.type === "conv") {
          // Nobody asks for the membranes, which then need not leave the cache.
          const { stride, padding } = step.layer;
          const active = spikingConvolutionPool2(y, weights as tf.Tensor4D, stride, padding);
          count(active.y, active.sum);
          y = fromMean(active.y, next);
          poolDone = next;
          continue;
        }
        const membranes = applyWeights(y, weights, step.layer);
        options.onMembranes?.(membranes, step.index);
        const active = pooled
          ? quantizedReluPool2(membranes)
          : quantizeActivations
            ? quantizedRelu(membranes)
            : plainRelu(membranes);
        count(active.y, active.sum);
        const spiking = last && !quantizeActivations ? membranes : active.y;
        y = pooled ? fromMean(active.y, next) : spiking;
        poolDone = pooled ? next : undefined;
        lastMembranes = membranes;
      } else if (isPool(step)) {
        if (step !== poolDone) y = pool(y, step);
      } else if (training && step.rate > 0) {
        y = drop(y, step, derivedSeed(seed, "dropout", place));
      }
    }
    const slope = training && quantizeActivations ? (this.spec.silentSlope ?? 0) : 0;
    const silent = slope > 0 ? tf.mul(sumOverMap(tf.minimum(lastMembranes, 0)), slope) : undefined;
    const counts = sumOverMap(y);
    const logits = silent ? (tf.add(counts, silent) as tf.Tensor2D) : counts;
    // All sources at once: small operations cost what tfjs spends on each.
    const spikes = tf.div(tf.stack(sums), samples) as tf.Tensor1D;
    const means = this.#tables.some((table) => table !== null) ? tf.div(tf.stack(priced), samples) : spikes;
    return { logits, spikes, synOps: tf.mul(means, this.#fanOuts) as tf.Tensor1D };
  }

  async weights(): Promise<Float32Array[]> {
    return Promise.all(this.variables.map(async (variable) => new Float32Array(await variable.data())));
  }

  setWeights(weights: readonly Float32Array[]): void {
    if (weights.length !== this.variables.length || weights.some((w, i) => w.length !== this.variables[i]?.size))
      throw new RangeError("weights of another model");
    tf.tidy(() => {
      for (const [i, variable] of this.variables.entries())
        variable.assign(tf.tensor(weights[i] as Float32Array, variable.shape));
    });
  }

  async toNetwork({ quantizeWeights = false }: { readonly quantizeWeights?: boolean } = {}): Promise<Network> {
    const weights = quantizeWeights ? await chipWeightsOf(this) : await this.weights();
    return exportNetwork(this.spec, this.layout, weights);
  }

  dispose(): void {
    tf.dispose([...this.variables, this.#fanOuts, ...this.#tables.filter((table) => table !== null)]);
  }
}

function fanOutTensor({ shape, fanOut }: SpikeSource): tf.Tensor3D | null {
  return typeof fanOut === "number" ? null : tf.tensor3d(fanOut, [shape[1], shape[2], 1]);
}

function applyWeights(x: tf.Tensor4D, weights: tf.Tensor, layer: WeightLayer): tf.Tensor4D {
  if (layer.type === "conv") return conv2d(x, weights as tf.Tensor4D, layer.stride, layer.padding);
  const samples = x.shape[0];
  const flat = tf.reshape(x, [samples, layer.fanIn]) as tf.Tensor2D;
  return tf.reshape(matMul(flat, weights as tf.Tensor2D), [samples, 1, 1, layer.output[0]]);
}

function sumOverMap(x: tf.Tensor4D): tf.Tensor2D {
  const [samples, height, width, features] = x.shape;
  return height * width === 1 ? tf.reshape(x, [samples, features]) : (tf.sum(x, [1, 2]) as tf.Tensor2D);
}

function plainRelu(x: tf.Tensor4D): { readonly y: tf.Tensor4D; readonly sum: tf.Scalar } {
  const y = tf.relu(x);
  return { y, sum: sumInTwo(y) };
}

/** Sum of rows, then of those: one running sum of millions of numbers would lose digits in 32 bits (tfjs' WASM does). */
function sumInTwo(x: tf.Tensor4D): tf.Scalar {
  return tf.sum(tf.sum(x, [2, 3])) as tf.Scalar;
}

function pool(x: tf.Tensor4D, spec: PoolSpec): tf.Tensor4D {
  const { size } = spec;
  return fromMean(size === 2 ? averagePool2(x) : tf.avgPool(x, size, size, "valid"), spec);
}

function fromMean(mean: tf.Tensor4D, { type, size }: PoolSpec): tf.Tensor4D {
  return type === "averagePool" ? mean : tf.mul(mean, size * size);
}

function isHalving(step: Step): step is PoolStep {
  return isPool(step) && step.size === 2;
}

function drop(x: tf.Tensor4D, { type, rate }: DropoutSpec, seed: number): tf.Tensor4D {
  const [samples, height, width, features] = x.shape;
  const mask = dropMask(type === "dropout" ? x.size : samples * features, rate, seed);
  return type === "dropout"
    ? tf.mul(x, tf.tensor4d(mask, [samples, height, width, features]))
    : featureDropout(x, tf.tensor2d(mask, [samples, features]));
}

/** 0 with probability `rate`, else what keeps the mean: 1 / (1 - rate). */
function dropMask(length: number, rate: number, seed: number): Float32Array {
  const random = new Random(seed);
  const kept = 1 / (1 - rate);
  const limit = rate * 2 ** 32;
  return Float32Array.from({ length }, () => (random.uint32() < limit ? 0 : kept));
}
