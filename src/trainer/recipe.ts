import type { ModelSpec } from "./spec.ts";

/** Recordings that become frames of events. */
export interface EventData {
  readonly type: "events";
  /** Events a frame; a remainder is dropped. */
  readonly eventsPerFrame: number;
  /** `merge`: one feature; `split`: OFF and ON, one feature each. Default `merge`. */
  readonly polarity?: "merge" | "split";
  /** Addresses are divided by it. Default 1. */
  readonly downsample?: number;
  /** Part of the recordings of each class that is set aside as test, whole recordings only. Default 0.2. */
  readonly testShare?: number;
}

/** Images, one value a pixel and feature. */
export interface ImageData {
  readonly type: "images";
  /** Range of the pixel values. Default `0..1`. */
  readonly normalize?: "0..1" | "-1..1";
  /** Side of the border from which random crops are taken while training. Default 0. */
  readonly crop?: number;
  /** Whether images are mirrored at random while training. Default false. */
  readonly flip?: boolean;
  /** Part of the images of each class that is set aside as test, where the set has no test part of its own. Default 0.2. */
  readonly testShare?: number;
}

/** Recordings that the program simulates, for the demo and for tests. */
export interface SimulatedData {
  readonly type: "simulated";
  /** Recordings a class, train and test together. */
  readonly perClass: number;
  /** What is drawn: four oriented bars (default) or the ten digits. */
  readonly figures?: "bars" | "digits";
  /** As in `EventData`. */
  readonly eventsPerFrame: number;
  /** As in `EventData`. */
  readonly polarity?: "merge" | "split";
  readonly testShare?: number;
}

export type DataSpec = EventData | ImageData | SimulatedData;

/** A SynOp budget of one layer, in SynOps a sample. */
export interface LayerBudget {
  /** Adds ((S_l - target) / target)^2 to the loss. */
  readonly target?: number;
  /** Adds (max(0, S_l - limit) / limit)^2 to the loss: nothing below the limit. */
  readonly limit?: number;
}

/** The part of the loss that has a network spend SynOps as one wants. */
export interface SynOpTerm {
  /** S0: adds ((S - S0) / S0)^2, S in SynOps a sample. */
  readonly target?: number;
  /** Adds alpha * S. */
  readonly alpha?: number;
  /** `fanOut`: S counts SynOps (default); `none`: S counts spikes, an L1 penalty, in which targets are spikes, too. */
  readonly weighting?: "fanOut" | "none";
  /** Factor on the whole term. Default 1. */
  readonly weight?: number;
  /** Epochs over which `weight` rises from 0. Default 0. */
  readonly rampEpochs?: number;
  /**
   * Epochs over which the target moves, by a constant factor a step, from the S at the phase's start to S0. A far target
   * imposed at once kills a network. Default 0: at once.
   */
  readonly approachEpochs?: number;
  /** Budgets by layer name. */
  readonly layers?: Readonly<Record<string, LayerBudget>>;
  /** A rate that no layer's core may exceed: the limit a layer is perSecond * sampleSeconds. */
  readonly rateLimit?: {
    /** SynOps a second that a core can do. */
    readonly perSecond: number;
    /** How long a sample lasts. */
    readonly sampleSeconds: number;
  };
}

/** A stretch of training with one kind of activation, weights and loss; each goes on from the weights of the one before. */
export interface Phase {
  readonly name: string;
  readonly epochs: number;
  readonly learningRate: number;
  /** Epochs of this phase, from 0, at whose start the learning rate is multiplied by `decayBy`. */
  readonly decayAt?: readonly number[];
  /** Default 0.1. */
  readonly decayBy?: number;
  /** `quantized`: floor(max(0, x)), gradient of a ReLU (default); `plain`: ReLUs, none behind the last layer. */
  readonly activations?: "quantized" | "plain";
  /** `int8`: weights are rounded as the chip will have them, gradient straight through. Default `float`. */
  readonly weights?: "float" | "int8";
  /**
   * At the start of the phase one layer after the other is scaled so that its active neurons get this on the mean, measured
   * on the phase's first batch; after that the scales below. 2 or 3 brings a deep network to where floors leave it something.
   */
  readonly equalize?: number;
  /** Factor on the first layer's weights at the start of the phase (rho); sets how much a plain network spikes. */
  readonly scaleFirst?: number;
  /** Factor on the last layer's weights at the start of the phase. */
  readonly scaleLast?: number;
  readonly synOps?: SynOpTerm;
}

/** Everything that decides a training but its data, seed and machine. */
export interface Recipe {
  readonly name: string;
  readonly description?: string;
  readonly data: DataSpec;
  readonly network: ModelSpec;
  /** Samples a step, over all workers. */
  readonly batch: number;
  /** L2 penalty added to the gradients, as PyTorch's Adam does. Default 0. */
  readonly weightDecay?: number;
  readonly phases: readonly [Phase, ...Phase[]];
  /** How often the test set is evaluated on the way; at the end it is in any case, whole. */
  readonly evaluation?: {
    /** Default 1. */
    readonly everyEpochs?: number;
    /** The first so many samples of the test set. Default: all. */
    readonly samples?: number;
  };
}
