import * as tf from "@tensorflow/tfjs-core";
import { Adam, type AdamState } from "./adam.ts";
import { countCorrect, crossEntropy, type SynOpLossOptions, synOpLoss } from "./losses.ts";
import { createModel, type ForwardOptions, type ForwardResult, type Model } from "./model.ts";
import type { ModelSpec } from "./spec.ts";
import type { Team } from "./team.ts";
import type { Batch } from "./training-set.ts";

/** How one step trains. Plain data, for it also goes to worker threads. */
export interface StepPlan {
  readonly learningRate: number;
  /** Decides the dropouts. */
  readonly seed: number;
  readonly quantizeActivations: boolean;
  readonly quantizeWeights: boolean;
  /** Null: cross entropy alone. */
  readonly synOps: { readonly loss: SynOpLossOptions; readonly weighting: "fanOut" | "none" } | null;
}

/** What a step or an evaluation gave; sums over `samples`. */
export interface Tally {
  readonly samples: number;
  readonly crossEntropy: number;
  /** The SynOp loss. */
  readonly penalty: number;
  readonly correct: number;
  /** By source: the input, then the weight layers. */
  readonly spikes: Float64Array;
  readonly synOps: Float64Array;
}

/** All that a replica carries from step to step. */
export interface ReplicaState {
  readonly weights: readonly Float32Array[];
  readonly adam: AdamState;
}

export interface ReplicaOptions {
  readonly seed: number;
  readonly weightDecay: number;
  /** Absent when it trains alone. */
  readonly team?: Team;
}

/** A model with its optimiser, on tfjs' current backend: alone, or as one of several that share every batch. */
export class Replica {
  readonly model: Model;
  readonly #options: ReplicaOptions;
  #adam: Adam;

  constructor(spec: ModelSpec, options: ReplicaOptions) {
    this.model = createModel(spec, { seed: options.seed });
    this.#options = options;
    this.#adam = this.#newAdam();
  }

  /** A new phase: the optimiser forgets, and the outer layers' weights are scaled. */
  startPhase({ scaleFirst = 1, scaleLast = 1 }: { scaleFirst?: number; scaleLast?: number }): void {
    this.#adam.dispose();
    this.#adam = this.#newAdam();
    const { variables } = this.model;
    tf.tidy(() => {
      for (const [variable, factor] of [
        [variables[0], scaleFirst],
        [variables.at(-1), scaleLast],
      ] as const)
        if (factor !== 1) variable?.assign(tf.mul(variable, factor));
    });
  }

  /**
   * Scales the weights of one layer after the other so that its active neurons get `level` on the mean, from layers that
   * spike already: then no floor swallows what the layers before it say. A plain network keeps, roughly, what it computes.
   *
   * @param batch this replica's part
   */
  async equalize(batch: Batch, level: number): Promise<void> {
    for (const [i, variable] of this.model.variables.entries()) {
      const own = tf.tidy(() => {
        let sums = tf.zeros([2]) as tf.Tensor1D;
        this.model.forward(this.#tensors(batch).x, {
          onMembranes: (membranes, layer) => {
            if (layer === i) sums = tf.stack([tf.sum(tf.relu(membranes)), tf.sum(tf.step(membranes))]) as tf.Tensor1D;
          },
        });
        return sums;
      });
      const values = (await own.data()) as Float32Array;
      own.dispose();
      const [sum, active] = this.#options.team?.sum(values) ?? values;
      // A layer without an active neuron has no scale to go by.
      if (sum !== undefined && active !== undefined && active > 0)
        tf.tidy(() => variable.assign(tf.mul(variable, (level * active) / sum)));
    }
  }

  /**
   * One step on this replica's part of a batch.
   *
   * @param total samples of the whole batch, all replicas together
   */
  async step(batch: Batch, total: number, plan: StepPlan): Promise<Tally> {
    const { variables } = this.model;
    const samples = batch.labels.length;
    const share = samples / total;
    const metrics = tf.tidy(() => {
      const { x, labels } = this.#tensors(batch);
      let metrics = tf.scalar(0) as tf.Tensor;
      const loss = (): tf.Scalar => {
        const result = this.model.forward(x, { ...plan, training: true });
        const entropy = this.#entropy(result, labels, plan);
        const penalty = this.#penalty(result, share, plan);
        metrics = tf.keep(metricsOf(result, labels, entropy, penalty, plan.quantizeActivations));
        return tf.add(entropy, penalty) as tf.Scalar;
      };
      const { grads } = tf.variableGrads(loss, [...variables]);
      this.#adam.learningRate = plan.learningRate;
      this.#adam.apply(this.#shared(grads, share));
      this.#clip();
      return metrics;
    });
    return readTally(metrics, samples);
  }

  /** Accuracy and cost of samples that are not trained on. */
  async evaluate(
    batch: Batch,
    options: Pick<ForwardOptions, "quantizeActivations" | "quantizeWeights">,
  ): Promise<Tally> {
    const metrics = tf.tidy(() => {
      const { x, labels } = this.#tensors(batch);
      const result = this.model.forward(x, options);
      const entropy = this.#entropy(result, labels, options);
      return metricsOf(result, labels, entropy, tf.scalar(0), options.quantizeActivations ?? true);
    });
    return readTally(metrics, batch.labels.length);
  }

  async state(): Promise<ReplicaState> {
    return { weights: await this.model.weights(), adam: await this.#adam.state() };
  }

  restore({ weights, adam }: ReplicaState): void {
    this.model.setWeights(weights);
    this.#adam.restore(adam);
  }

  dispose(): void {
    this.#adam.dispose();
    this.model.dispose();
  }

  #newAdam(): Adam {
    return new Adam(this.model.variables, { learningRate: 0, weightDecay: this.#options.weightDecay });
  }

  #tensors({ x, labels }: Batch): { readonly x: tf.Tensor4D; readonly labels: tf.Tensor1D } {
    const [features, height, width] = this.model.spec.input;
    return { x: tf.tensor4d(x, [labels.length, height, width, features]), labels: tf.tensor1d(labels, "int32") };
  }

  /** In a plain network logits have no floor to get over, and are what they are. */
  #entropy(
    { logits }: ForwardResult,
    labels: tf.Tensor1D,
    { quantizeActivations = true }: Pick<ForwardOptions, "quantizeActivations">,
  ): tf.Scalar {
    const scale = quantizeActivations ? (this.model.spec.logitScale ?? 1) : 1;
    return crossEntropy(scale === 1 ? logits : tf.mul(logits, scale), labels);
  }

  /** The SynOp loss of the whole batch: its S is the mean over all replicas' parts, since it is not linear in S. */
  #penalty(result: ForwardResult, share: number, { synOps }: StepPlan): tf.Scalar {
    if (synOps === null) return tf.scalar(0);
    const own = synOps.weighting === "fanOut" ? result.synOps : result.spikes;
    const { team } = this.#options;
    return synOpLoss(team === undefined ? own : meanOverTeam(own, share, team), synOps.loss);
  }

  /** Gradients of the whole batch, from those of all replicas' parts. */
  #shared(grads: tf.NamedTensorMap, share: number): tf.NamedTensorMap {
    const { team } = this.#options;
    if (team === undefined) return grads;
    const { variables } = this.model;
    const flat = new Float32Array(this.model.layout.parameters);
    let at = 0;
    for (const { name, size } of variables) {
      const values = grads[name]?.dataSync() as Float32Array;
      for (let i = 0; i < size; i++) flat[at + i] = (values[i] as number) * share;
      at += size;
    }
    const sum = team.sum(flat);
    at = 0;
    return Object.fromEntries(
      variables.map(({ name, size, shape }) => [name, tf.tensor(sum.subarray(at, (at += size)), shape)]),
    );
  }

  /** One spike an event is enough when no weight lifts a membrane by more than one threshold. */
  #clip(): void {
    if (this.model.spec.oneSpikePerEvent !== true) return;
    for (const [i, variable] of this.model.variables.entries())
      variable.assign(tf.minimum(variable, this.model.layout.layers[i]?.divisor ?? 1));
  }
}

/**
 * The mean over all replicas' parts, weighted by their shares. Its gradient goes to the own part unchanged: the sum of the
 * replicas' gradients, again weighted by their shares, is then that of the mean.
 */
function meanOverTeam(own: tf.Tensor1D, share: number, team: Team): tf.Tensor1D {
  return tf.customGrad((costs) => {
    const values = (costs as tf.Tensor).dataSync() as Float32Array;
    return {
      value: tf.tensor1d(team.sum(values.map((value) => value * share))) as tf.Tensor,
      gradFunc: (dy: tf.Tensor) => tf.clone(dy),
    };
  })(own) as tf.Tensor1D;
}

/** [cross entropy, penalty, correct, spikes..., synOps...] as one tensor, so that one read is enough. */
function metricsOf(
  { logits, spikes, synOps }: ForwardResult,
  labels: tf.Tensor1D,
  entropy: tf.Scalar,
  penalty: tf.Scalar,
  quantized: boolean,
): tf.Tensor1D {
  const head = tf.stack([entropy, penalty, countCorrect(logits, labels, { spikes: quantized })]) as tf.Tensor1D;
  return tf.concat1d([head, spikes, synOps]);
}

async function readTally(metrics: tf.Tensor, samples: number): Promise<Tally> {
  const values = await metrics.data();
  metrics.dispose();
  const sources = (values.length - 3) / 2;
  const sums = (from: number): Float64Array =>
    Float64Array.from(values.subarray(from, from + sources), (v) => v * samples);
  return {
    samples,
    crossEntropy: (values[0] as number) * samples,
    penalty: (values[1] as number) * samples,
    correct: values[2] as number,
    spikes: sums(3),
    synOps: sums(3 + sources),
  };
}

export function emptyTally(sources: number): Tally {
  return {
    samples: 0,
    crossEntropy: 0,
    penalty: 0,
    correct: 0,
    spikes: new Float64Array(sources),
    synOps: new Float64Array(sources),
  };
}

/** Always added up in the same order, so that the same training gives the same digits. */
export function addTallies(a: Tally, b: Tally): Tally {
  return {
    samples: a.samples + b.samples,
    crossEntropy: a.crossEntropy + b.crossEntropy,
    penalty: a.penalty + b.penalty,
    correct: a.correct + b.correct,
    spikes: a.spikes.map((value, i) => value + (b.spikes[i] as number)),
    synOps: a.synOps.map((value, i) => value + (b.synOps[i] as number)),
  };
}
