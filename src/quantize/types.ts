import type { Shape } from "../network/types.ts";

/** Which features of a whole layer a part holds: `from` included, `to` excluded. */
export interface LayerPart {
  /** Name of the layer before it was split. */
  readonly layer: string;
  readonly from: number;
  readonly to: number;
  /** Features of the whole layer. */
  readonly features: number;
}

/** One conv -> IF -> pool group with integer parameters: what a core will hold. */
export interface QuantLayer {
  /** Name of the weight node. */
  readonly name: string;
  /** All nodes of the network that this layer stands for. */
  readonly nodes: readonly string[];
  readonly inputShape: Shape;
  /** Before pooling. */
  readonly outputShape: Shape;
  readonly kernelSize: readonly [ky: number, kx: number];
  readonly stride: readonly [sy: number, sx: number];
  readonly padding: readonly [py: number, px: number];
  /** `[out][in][ky][kx]`. */
  readonly weights: Int8Array;
  /** `[out]`; a bias of the network, added on each slow-clock tick. */
  readonly leak?: Int16Array;
  readonly thresholdHigh: number;
  readonly thresholdLow: number;
  readonly returnToZero: boolean;
  /** real = integer / scale. */
  readonly scale: number;
  readonly destinations: readonly QuantDestination[];
  /** True when the network's output reads this layer. */
  readonly output: boolean;
  /** Set when this is a part of a layer that lies on several cores. */
  readonly part?: LayerPart;
}

export interface QuantDestination {
  /** Name of the layer that receives. */
  readonly layer: string;
  readonly pooling: number;
  readonly featureShift: number;
}

export interface QuantNetwork {
  readonly rule: "default" | "sinabs";
  readonly inputShape: Shape;
  readonly inputDestinations: readonly QuantDestination[];
  /** A layer comes after all its sources. */
  readonly layers: readonly QuantLayer[];
  readonly warnings: readonly string[];
}
