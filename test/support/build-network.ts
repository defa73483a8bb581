import type { Edge, Network, NetworkNode, Shape } from "../../src/network/types.ts";
import { Random } from "../../src/random.ts";

/** A chain input -> nodes in order -> output. */
export function chain(inputShape: Shape, nodes: readonly (readonly [name: string, node: NetworkNode])[]): Network {
  const all = new Map<string, NetworkNode>([
    ["input", { op: "input", shape: inputShape }],
    ...nodes,
    ["output", { op: "output" }],
  ]);
  const names = [...all.keys()];
  return { nodes: all, edges: names.slice(1).map((name, i): Edge => [names[i], name]) };
}

/** Any graph: nodes by name and edges as `a>b`. */
export function graph(nodes: Readonly<Record<string, NetworkNode>>, edges: readonly string[]): Network {
  return { nodes: new Map(Object.entries(nodes)), edges: edges.map((edge) => edge.split(">") as unknown as Edge) };
}

export interface ConvOptions {
  readonly stride?: number;
  readonly padding?: number;
  readonly bias?: readonly number[];
  /** Weights in order; random in (-1, 1) when absent. */
  readonly weight?: readonly number[] | Float32Array;
  readonly seed?: number;
}

export function conv(inFeatures: number, out: number, kernel: number, options: ConvOptions = {}): NetworkNode {
  const { stride = 1, padding = 0 } = options;
  return {
    op: "conv2d",
    weight: weights(out * inFeatures * kernel * kernel, options),
    weightShape: [out, inFeatures, kernel, kernel],
    stride: [stride, stride],
    padding: [padding, padding],
    ...(options.bias ? { bias: Float32Array.from(options.bias) } : {}),
  };
}

export function linear(inputs: number, out: number, options: ConvOptions = {}): NetworkNode {
  return {
    op: "linear",
    weight: weights(out * inputs, options),
    weightShape: [out, inputs],
    ...(options.bias ? { bias: Float32Array.from(options.bias) } : {}),
  };
}

export function spike(
  threshold = 1,
  more: { r?: number; reset?: "subtract" | "zero"; thresholdLow?: number } = {},
): NetworkNode {
  return { op: "if", threshold, r: 1, reset: "subtract", ...more };
}

export function pool(op: "sumPool" | "avgPool", kernel: number): NetworkNode {
  return { op, kernel: [kernel, kernel], stride: [kernel, kernel], padding: [0, 0] };
}

function weights(length: number, { weight, seed = 1 }: ConvOptions): Float32Array {
  if (weight) return Float32Array.from(weight);
  const random = new Random(seed);
  return Float32Array.from({ length }, () => 2 * random.float() - 1);
}
