import * as tf from "@tensorflow/tfjs-core";
import { OWN_KERNELS } from "./kernels/names.ts";

export interface AdamOptions {
  readonly learningRate: number;
  /** L2: added to the gradient as weightDecay * w, before the moments (torch.optim.Adam, not AdamW). */
  readonly weightDecay?: number;
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
}

/** All that `Adam` carries from step to step, exactly; arrays in the order of its variables. */
export interface AdamState {
  readonly step: number;
  readonly first: readonly Float32Array[];
  readonly second: readonly Float32Array[];
}

/**
 * Adam with L2 weight decay as torch.optim.Adam has it (Kingma and Ba 2015, algorithm 1):
 *
 *     g = gradient + weightDecay * w
 *     m = beta1 m + (1 - beta1) g,   v = beta2 v + (1 - beta2) g^2
 *     w = w - learningRate / (1 - beta1^t) * m / ( sqrt(v) / sqrt(1 - beta2^t) + epsilon )
 *
 * Where our kernels are installed, weights and moments change in place, in one pass.
 */
export class Adam {
  /** May change between steps: that is what schedules do. */
  learningRate: number;
  readonly #variables: readonly tf.Variable[];
  readonly #weightDecay: number;
  readonly #beta1: number;
  readonly #beta2: number;
  readonly #epsilon: number;
  readonly #first: tf.Variable[];
  readonly #second: tf.Variable[];
  #step = 0;

  constructor(variables: readonly tf.Variable[], options: AdamOptions) {
    this.#variables = variables;
    this.learningRate = options.learningRate;
    this.#weightDecay = options.weightDecay ?? 0;
    this.#beta1 = options.beta1 ?? 0.9;
    this.#beta2 = options.beta2 ?? 0.999;
    this.#epsilon = options.epsilon ?? 1e-8;
    this.#first = variables.map(zerosLike);
    this.#second = variables.map(zerosLike);
  }

  /** Steps taken so far. */
  get step(): number {
    return this.#step;
  }

  /**
   * One step.
   *
   * @param gradients by the variables' names, as `tf.variableGrads` gives them; they stay the caller's
   */
  apply(gradients: Readonly<Record<string, tf.Tensor>>): void {
    this.#step++;
    const correction1 = 1 - this.#beta1 ** this.#step;
    const correction2 = 1 - this.#beta2 ** this.#step;
    const own = tf.getKernel(OWN_KERNELS.adam, tf.getBackend()) !== undefined;
    this.#variables.forEach((weight, i) => {
      const gradient = gradients[weight.name];
      if (gradient === undefined) throw new RangeError(`no gradient for ${weight.name}`);
      const first = this.#first[i] as tf.Variable;
      const second = this.#second[i] as tf.Variable;
      const numbers: AdamNumbers = {
        rate: this.learningRate / correction1,
        beta1: this.#beta1,
        beta2: this.#beta2,
        epsilon: this.#epsilon,
        root: 1 / Math.sqrt(correction2),
        weightDecay: this.#weightDecay,
      };
      if (own) {
        const inputs = { weight, gradient, first, second };
        // In place, unless another tensor shares the weights' memory: then the kernel gives new ones.
        const [changed] = tf.engine().runKernel(OWN_KERNELS.adam, inputs, { ...numbers }) as unknown as tf.Tensor[];
        if (changed !== undefined) {
          weight.assign(changed);
          changed.dispose();
        }
      } else composedStep(weight, gradient, first, second, numbers);
    });
  }

  /** What a checkpoint keeps. */
  async state(): Promise<AdamState> {
    const read = (moments: readonly tf.Variable[]): Promise<Float32Array[]> =>
      Promise.all(moments.map(async (moment) => new Float32Array(await moment.data())));
    return { step: this.#step, first: await read(this.#first), second: await read(this.#second) };
  }

  /**
   * Goes on from a state exactly as if it had never stopped.
   *
   * @throws RangeError when the state is of other variables
   */
  restore(state: AdamState): void {
    const assign = (moments: readonly tf.Variable[], values: readonly Float32Array[]): void => {
      if (values.length !== moments.length || values.some((value, i) => value.length !== moments[i]?.size))
        throw new RangeError("an Adam state of other variables");
      tf.tidy(() =>
        moments.forEach((moment, i) => void moment.assign(tf.tensor(values[i] as Float32Array, moment.shape))),
      );
    };
    assign(this.#first, state.first);
    assign(this.#second, state.second);
    this.#step = state.step;
  }

  /** Frees the moments; the variables stay. */
  dispose(): void {
    tf.dispose([...this.#first, ...this.#second]);
  }
}

/** What one step needs beside the tensors. */
export interface AdamNumbers {
  /** learningRate / (1 - beta1^t) */
  readonly rate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** 1 / sqrt(1 - beta2^t) */
  readonly root: number;
  readonly weightDecay: number;
}

function zerosLike(variable: tf.Variable): tf.Variable {
  return tf.tidy(() => tf.variable(tf.zerosLike(variable), false));
}

function composedStep(
  weight: tf.Variable,
  gradient: tf.Tensor,
  first: tf.Variable,
  second: tf.Variable,
  { rate, beta1, beta2, epsilon, root, weightDecay }: AdamNumbers,
): void {
  tf.tidy(() => {
    const g = weightDecay === 0 ? gradient : tf.add(gradient, tf.mul(weight, weightDecay));
    first.assign(tf.add(tf.mul(first, beta1), tf.mul(g, 1 - beta1)));
    second.assign(tf.add(tf.mul(second, beta2), tf.mul(tf.square(g), 1 - beta2)));
    const scale = tf.add(tf.mul(tf.sqrt(second), root), epsilon);
    weight.assign(tf.sub(weight, tf.div(tf.mul(first, rate), scale)));
  });
}
