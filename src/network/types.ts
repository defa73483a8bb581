/** `[features, height, width]`. */
export type Shape = readonly [features: number, height: number, width: number];
/** A pair in `[y, x]` order, as in NIR and PyTorch. */
export type Pair = readonly [y: number, x: number];

export interface InputNode {
  readonly op: "input";
  readonly shape: Shape;
}

export interface OutputNode {
  readonly op: "output";
}

/** out[o,oy,ox] = sum w[o,c,ky,kx] * in[c, oy*sy - py + ky, ox*sx - px + kx] + bias[o] (cross-correlation). */
export interface Conv2dNode {
  readonly op: "conv2d";
  /** `[out, in, ky, kx]`, row-major. */
  readonly weight: Float32Array;
  readonly weightShape: readonly [out: number, inFeatures: number, ky: number, kx: number];
  readonly stride: Pair;
  readonly padding: Pair;
  /** `[out]`; absent when there is none. On the chip a bias is leak. */
  readonly bias?: Float32Array;
}

/** out[o] = sum w[o,i] * in[i] + bias[o]; the input is flattened in (feature, y, x) order. */
export interface LinearNode {
  readonly op: "linear";
  /** `[out, in]`, row-major. */
  readonly weight: Float32Array;
  readonly weightShape: readonly [out: number, inputs: number];
  readonly bias?: Float32Array;
}

/** Integrate and fire: v += r * input; v >= threshold: spike, then v - threshold (subtract) or 0 (zero). */
export interface IfNode {
  readonly op: "if";
  readonly threshold: number;
  readonly r: number;
  readonly reset: "subtract" | "zero";
  /** Lower bound of the membrane; absent when the model gives none (NIR has no field for it). */
  readonly thresholdLow?: number;
}

/** floor(max(0, x)): what the trainer uses in place of a spiking neuron; an IF of threshold 1 on the chip. */
export interface ReluNode {
  readonly op: "relu";
  /** True for floor(max(0, x)), false for a plain ReLU, which must be calibrated before it can spike. */
  readonly quantized: boolean;
}

export interface PoolNode {
  readonly op: "sumPool" | "avgPool";
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly padding: Pair;
}

/** Largest value of each window; padding never wins. A network that was read may have it; no chip has. */
export interface MaxPoolNode {
  readonly op: "maxPool";
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly padding: Pair;
}

/** exp(x) / sum of exp over the features of a pixel. A network that was read may end in it; no chip has it. */
export interface SoftmaxNode {
  readonly op: "softmax";
}

export interface FlattenNode {
  readonly op: "flatten";
}

/** Sum of all inputs: a merge of events on the chip. */
export interface AddNode {
  readonly op: "add";
}

/** Features of all inputs one after the other, in the order of the edges: a feature shift on the chip. */
export interface ConcatNode {
  readonly op: "concat";
}

/** A discriminated union on `op`. */
export type NetworkNode =
  | InputNode
  | OutputNode
  | Conv2dNode
  | LinearNode
  | IfNode
  | ReluNode
  | PoolNode
  | MaxPoolNode
  | SoftmaxNode
  | FlattenNode
  | AddNode
  | ConcatNode;

export type Edge = readonly [from: string, to: string];

/** A network as it was trained: real numbers, named nodes, directed edges. Maps keep the order of the file. */
export interface Network {
  readonly nodes: ReadonlyMap<string, NetworkNode>;
  readonly edges: readonly Edge[];
  /** What the reader left out or changed, one sentence each. */
  readonly warnings?: readonly string[];
}

export function shapeSize(shape: Shape): number {
  return shape[0] * shape[1] * shape[2];
}

/** `2x34x34`. */
export function formatShape(shape: Shape): string {
  return shape.join("x");
}
