import type { BackendInfo } from "./crew.ts";
import { emptyTally, type ReplicaState, type Tally } from "./replica.ts";

/** What a layer spent, mean over samples. */
export interface LayerCost {
  readonly name: string;
  readonly spikes: number;
  readonly synOps: number;
}

/** Accuracy and cost of a set. */
export interface Measured {
  /** Part of the samples whose class is named; one without a spike counts as wrong. */
  readonly accuracy: number;
  readonly crossEntropy: number;
  /** SynOps a sample, of all layers and the input. */
  readonly synOps: number;
  readonly layers: readonly LayerCost[];
}

/** A line of history.jsonl. */
export interface EpochRecord {
  /** From 1, over all phases. */
  readonly epoch: number;
  readonly phase: string;
  /** Steps since the training's start. */
  readonly steps: number;
  readonly learningRate: number;
  /** Mean over the epoch's steps: cross entropy plus SynOp loss, and the latter alone. */
  readonly loss: number;
  readonly penalty: number;
  /** Target of the epoch's last step, when there is one. */
  readonly target: number | null;
  /** Over the epoch's batches, dropouts included. */
  readonly train: Measured;
  /** At the end of the epoch; null where the recipe evaluates less often. */
  readonly test: Measured | null;
  /** Since the training's start, without interruptions. The only field that another run of the same training differs in. */
  readonly wallMs: number;
}

/** Where a training stands, beside its weights. */
export interface TrainingState {
  /** The epoch that runs, from 0 over all phases. */
  epoch: number;
  /** Steps of this epoch that are done. */
  step: number;
  /** Steps since the start. */
  steps: number;
  /** What the network spent at the start of the phase: S of its first step; null before that. */
  startCost: number | null;
  /** Of the steps of this epoch. */
  tally: Tally;
  /** By weight layer: steps in a row without a spike. */
  silent: number[];
  history: EpochRecord[];
  wallMs: number;
}

/** A whole training at the end of some step. */
export interface Checkpoint {
  readonly state: TrainingState;
  readonly replica: ReplicaState;
  /** What computed it. */
  readonly backend: Pick<BackendInfo, "name" | "kernels" | "version">;
}

/** Where checkpoints and the history are kept, so that a training goes on where it was cut off. */
export interface TrainingStore {
  /** The last checkpoint, or undefined when there is none. */
  load(): Promise<Checkpoint | undefined>;
  save(checkpoint: Checkpoint): Promise<void>;
}

export function initialState(layers: number): TrainingState {
  return {
    epoch: 0,
    step: 0,
    steps: 0,
    startCost: null,
    tally: emptyTally(layers + 1),
    silent: Array.from({ length: layers }, () => 0),
    history: [],
    wallMs: 0,
  };
}

export function measured(tally: Tally, names: readonly string[]): Measured {
  const mean = (sum: number | undefined): number => (sum ?? 0) / tally.samples;
  return {
    accuracy: mean(tally.correct),
    crossEntropy: mean(tally.crossEntropy),
    synOps: mean(tally.synOps.reduce((sum, value) => sum + value, 0)),
    layers: names.map((name, i) => ({ name, spikes: mean(tally.spikes[i]), synOps: mean(tally.synOps[i]) })),
  };
}
