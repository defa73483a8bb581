import type { Edge, Network, NetworkNode, Pair, Shape } from "../../src/network/types.ts";
import { type PlainTensor, readPlainWeights } from "./plain-weights.ts";

interface PlainNode {
  readonly type: string;
  readonly weight?: { readonly tensor: string };
  readonly bias?: { readonly tensor: string };
  readonly v_threshold?: { readonly tensor: string };
  readonly r?: { readonly tensor: string };
  readonly stride?: Pair;
  readonly padding?: Pair;
  readonly kernel_size?: Pair;
  readonly shape?: readonly number[];
}

/** The network that ran on a Speck for the NIR paper, from its plain copy (no HDF5 needed). */
export function nmnistNetwork(): Network {
  const { json, tensors } = readPlainWeights<{ nodes: Record<string, PlainNode>; edges: Edge[] }>(
    "models",
    "nir",
    "cnn_sinabs_nmnist_plain",
  );
  const nodes = new Map(Object.entries(json.nodes).map(([name, node]) => [name, convert(node, tensors)]));
  return { nodes, edges: json.edges };
}

function convert(node: PlainNode, tensors: ReadonlyMap<string, PlainTensor>): NetworkNode {
  const tensor = (ref: { readonly tensor: string } | undefined): PlainTensor => tensors.get(ref!.tensor)!;
  switch (node.type) {
    case "Input":
      return { op: "input", shape: node.shape as unknown as Shape };
    case "Output":
      return { op: "output" };
    case "Flatten":
      return { op: "flatten" };
    case "SumPool2d":
      return { op: "sumPool", kernel: node.kernel_size!, stride: node.stride!, padding: node.padding! };
    case "IF":
      return {
        op: "if",
        threshold: tensor(node.v_threshold).values[0],
        r: tensor(node.r).values[0],
        reset: "subtract",
      };
    case "Conv2d":
      return {
        op: "conv2d",
        weight: tensor(node.weight).values,
        weightShape: tensor(node.weight).shape as unknown as readonly [number, number, number, number],
        stride: node.stride!,
        padding: node.padding!,
        bias: tensor(node.bias).values,
      };
    case "Affine":
      return {
        op: "linear",
        weight: tensor(node.weight).values,
        weightShape: tensor(node.weight).shape as unknown as Pair,
        bias: tensor(node.bias).values,
      };
    default:
      throw new Error(`unexpected node type ${node.type}`);
  }
}
