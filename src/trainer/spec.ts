import type { Shape } from "../network/types.ts";

/** A convolution without bias and the spiking neurons behind it. */
export interface ConvSpec {
  readonly type: "conv";
  readonly name?: string;
  readonly features: number;
  /** Side of the square kernel. */
  readonly kernel: number;
  /** Default 1. */
  readonly stride?: number;
  /** Default 0. */
  readonly padding?: number;
  /** SynOps that one spike of this layer costs, in place of what follows from the next weight layer. */
  readonly fanOut?: number;
}

/** A linear layer without bias and the spiking neurons behind it; its input is flattened in (feature, y, x) order. */
export interface LinearSpec {
  readonly type: "linear";
  readonly name?: string;
  readonly features: number;
  /** As in `ConvSpec`. */
  readonly fanOut?: number;
}

/** Windows without overlap; rows and columns that fill no window are dropped, after their spikes were paid for. */
export interface PoolSpec {
  readonly type: "averagePool" | "sumPool";
  readonly name?: string;
  readonly size: number;
}

/** Only while training: zeroes values (`dropout`) or whole feature maps (`spatialDropout`), and scales up the rest. */
export interface DropoutSpec {
  readonly type: "dropout" | "spatialDropout";
  /** Probability of being dropped, below 1. */
  readonly rate: number;
}

/** From the input to the output; a dropout that comes first is an input dropout. */
export type LayerSpec = ConvSpec | LinearSpec | PoolSpec | DropoutSpec;

/** A network to train: a chain of bias-free layers, each weight layer followed by neurons of threshold 1 that subtract. */
export interface ModelSpec {
  /** `[features, height, width]`. */
  readonly input: Shape;
  readonly layers: readonly LayerSpec[];
  /** Distribution of the first weights; He et al. 2015, fan-in, gain of a ReLU. Default `kaimingUniform`. */
  readonly initial?: "kaimingUniform" | "kaimingNormal";
  /**
   * What a spike costs: the literature's k * k * features / stride^2 (`estimate`, default), or the taps that it really
   * causes, borders and dropped pool edges counted (`exact`; what the emulator counts).
   */
  readonly fanOut?: "estimate" | "exact";
  /** Whether input values are events that cost SynOps (event frames: yes; images fed as currents: no). Default true. */
  readonly countInput?: boolean;
  /**
   * Lower bound of the membranes, in thresholds, as written into the exported network. Default `none`: as low as 16-bit
   * membranes reach, which is what the quantized ReLU stands for. It changes nothing in the training itself.
   */
  readonly lowerBound?: number | "none";
  /**
   * Keeps every weight at or below what lifts a membrane by one threshold an event. Then no neuron ever needs two spikes
   * for one event, and the chip, which gives at most one, leaves nothing over. Default false.
   */
  readonly oneSpikePerEvent?: boolean;
  /**
   * While training, the last layer's logits get this factor times what its membranes have below zero. A class whose neuron
   * is silent for every sample has no gradient otherwise and stays lost. Nothing of it is exported. Default 0, as published.
   */
  readonly silentSlope?: number;
  /**
   * Factor on the logits in the cross entropy, 0.1 say where spikes are summed over a map: without it the loss asks for a
   * handful of spikes altogether, which a floor at every place of the map turns into none. Which class wins does not depend
   * on it. Default 1, as published.
   */
  readonly logitScale?: number;
}
