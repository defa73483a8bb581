import { shapeSize } from "../network/types.ts";
import type { Backend, BackendChoice } from "./backend/open-backend.ts";
import { openBackend } from "./backend/open-backend.ts";
import { createSlots, type Slot, viewSlot } from "./batch-slots.ts";
import { chipWeightsOf } from "./chip-weights.ts";
import type { ForwardOptions } from "./model.ts";
import { Replica, type ReplicaState, type StepPlan, type Tally } from "./replica.ts";
import type { ModelSpec } from "./spec.ts";
import type { Batch } from "./training-set.ts";

/** What computes, as artefacts tell it. */
export type BackendInfo = Pick<Backend, "name" | "kernels" | "version" | "reasons">;

/** Memory in use, to see whether it grows. */
export interface CrewMemory {
  readonly tensors: number;
  readonly bytes: number;
}

/** Whoever trains: this thread alone, or several worker threads on parts of every batch. */
export interface Crew {
  readonly backend: BackendInfo;
  readonly workers: number;
  startPhase(scale: { readonly scaleFirst?: number; readonly scaleLast?: number }): Promise<void>;
  /** See `Replica.equalize`. */
  equalize(batch: Batch, level: number): Promise<void>;
  /**
   * Memory for the next batch, from which a step need not copy it. Filling it is safe while one other batch is in use.
   *
   * @param samples at most `CrewOptions.batch`
   */
  room(samples: number): Batch;
  /** One step. The batch has been taken over when this returns; the next one may be made while the promise is pending. */
  step(batch: Batch, plan: StepPlan): Promise<Tally>;
  evaluate(batch: Batch, options: EvaluateOptions): Promise<Tally>;
  state(): Promise<ReplicaState>;
  restore(state: ReplicaState): Promise<void>;
  /** Weights in the layout of the model's variables, if wanted as the chip will have them. */
  weights(quantized: boolean): Promise<Float32Array[]>;
  memory(): Promise<CrewMemory>;
  close(): Promise<void>;
}

export type EvaluateOptions = Pick<ForwardOptions, "quantizeActivations" | "quantizeWeights">;

export interface CrewOptions {
  readonly backend: BackendChoice;
  readonly workers: number;
  /** Most samples a batch. */
  readonly batch: number;
  readonly seed: number;
  readonly weightDecay: number;
  /** False keeps to plain SIMD, whose results do not depend on the processor. */
  readonly relaxed?: boolean;
}

/**
 * Starts whoever trains. One worker is this thread, whose tfjs backend becomes the one asked for.
 *
 * @throws ChipError E_MISSING_PACKAGE, E_TRAINING as `openBackend`
 */
export async function openCrew(spec: ModelSpec, options: CrewOptions): Promise<Crew> {
  if (options.workers > 1) return (await import("./thread-crew.ts")).openThreadCrew(spec, options);
  const relaxed = options.relaxed === undefined ? {} : { relaxed: options.relaxed };
  const backend = await openBackend(options.backend, relaxed);
  return new LocalCrew(backend, new Replica(spec, options), options.batch);
}

class LocalCrew implements Crew {
  readonly workers = 1;
  readonly backend: BackendInfo;
  readonly #tf: Backend["tf"];
  readonly #replica: Replica;
  readonly #slots: readonly Slot[];
  readonly #sampleSize: number;
  #slot = 0;

  constructor({ tf, ...backend }: Backend, replica: Replica, batch: number) {
    this.backend = backend;
    this.#tf = tf;
    this.#replica = replica;
    this.#sampleSize = shapeSize(replica.model.spec.input);
    this.#slots = createSlots(batch, this.#sampleSize, false);
  }

  room(samples: number): Batch {
    this.#slot = (this.#slot + 1) % this.#slots.length;
    return viewSlot(this.#slots[this.#slot] as Slot, 0, samples, this.#sampleSize);
  }

  async startPhase(scale: { readonly scaleFirst?: number; readonly scaleLast?: number }): Promise<void> {
    this.#replica.startPhase(scale);
  }

  equalize(batch: Batch, level: number): Promise<void> {
    return this.#replica.equalize(batch, level);
  }

  step(batch: Batch, plan: StepPlan): Promise<Tally> {
    return this.#replica.step(batch, batch.labels.length, plan);
  }

  evaluate(batch: Batch, options: EvaluateOptions): Promise<Tally> {
    return this.#replica.evaluate(batch, options);
  }

  state(): Promise<ReplicaState> {
    return this.#replica.state();
  }

  async restore(state: ReplicaState): Promise<void> {
    this.#replica.restore(state);
  }

  weights(quantized: boolean): Promise<Float32Array[]> {
    return quantized ? chipWeightsOf(this.#replica.model) : this.#replica.model.weights();
  }

  async memory(): Promise<CrewMemory> {
    const { numTensors, numBytes } = this.#tf.memory();
    return { tensors: numTensors, bytes: numBytes };
  }

  async close(): Promise<void> {
    this.#replica.dispose();
  }
}
