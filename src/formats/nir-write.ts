import { graphOf } from "../network/graph.ts";
import { type Refusal, refusalError } from "../network/refusal.ts";
import { inferShapes } from "../network/shapes.ts";
import type { Edge, Network, NetworkNode, Shape } from "../network/types.ts";
import { type Hdf5Writer, writeHdf5 } from "./hdf5.ts";

/** The layout written is that of NIR 1.0: `v_reset` is a field of its own, `metadata` a group of a node. */
const NIR_VERSION = "1.0";

/**
 * Writes a network as a NIR file (HDF5), which `readNir` and Python's `nir` read. The same network gives the same bytes.
 *
 * NIR has no nodes for sums: an `add` becomes several edges to its targets. A quantized ReLU is written as what it stands
 * for on the chip, an IF of threshold 1. A linear node behind a map gets the Flatten in front that NIR wants. A lower
 * bound of the membrane goes to the node's metadata (`threshold_low`), since NIR's IF has no field for it. Names that
 * HDF5 cannot hold are changed ("/" becomes ".").
 *
 * @throws ChipError E_UNSUPPORTED with every node that NIR cannot say (concatenation, a plain ReLU)
 * @throws ChipError E_NETWORK when the network does not fit together
 */
export async function writeNir(network: Network): Promise<Uint8Array> {
  const shapes = inferShapes(network);
  const { nodes, edges } = withoutAdds(network);
  const flat = flatNodes(network);
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const name of nodes.keys()) names.set(name, hdf5Name(name, taken));
  const flattened = new Map<string, string>();
  const { sources } = graphOf(network);
  for (const [name, node] of nodes) {
    if (node.op === "linear" && !flat.has(sources.get(name)![0]))
      flattened.set(name, hdf5Name(`${name}.flatten`, taken));
  }
  return writeHdf5((root) => {
    root.text("version", NIR_VERSION);
    const graph = root.group("node");
    graph.text("type", "NIRGraph");
    const members = graph.group("nodes");
    for (const [name, node] of nodes) {
      const input = shapes.get(sources.get(name)![0]) ?? shapes.get(name)!;
      const inputSizes = sizes(input, flat.has(sources.get(name)![0]));
      writeNode(members.group(names.get(name)!), node, inputSizes, sizes(shapes.get(name)!, flat.has(name)));
      const before = flattened.get(name);
      if (before !== undefined) writeNode(members.group(before), { op: "flatten" }, inputSizes, []);
    }
    const pairs: string[] = [];
    for (const [from, to] of edges) {
      const before = flattened.get(to);
      pairs.push(names.get(from)!, before ?? names.get(to)!);
    }
    for (const [name, before] of flattened) pairs.push(before, names.get(name)!);
    graph.texts("edges", pairs, [pairs.length / 2, 2]);
  });
}

function writeNode(group: Hdf5Writer, node: NetworkNode, input: readonly number[], output: readonly number[]): void {
  switch (node.op) {
    case "input":
      group.text("type", "Input");
      group.integers("shape", output);
      break;
    case "output":
      group.text("type", "Output");
      group.integers("shape", input);
      break;
    case "conv2d":
      group.text("type", "Conv2d");
      group.floats("weight", node.weight, node.weightShape);
      group.floats("bias", node.bias ?? new Float32Array(node.weightShape[0]), [node.weightShape[0]]);
      group.integers("input_shape", input.slice(1));
      group.integers("stride", node.stride);
      group.integers("padding", node.padding);
      group.integers("dilation", [1, 1]);
      group.integers("groups", [1], []);
      break;
    case "linear":
      group.text("type", node.bias ? "Affine" : "Linear");
      group.floats("weight", node.weight, node.weightShape);
      if (node.bias) group.floats("bias", node.bias, [node.weightShape[0]]);
      break;
    case "if":
      group.text("type", "IF");
      group.reals("r", node.r, output);
      group.reals("v_threshold", node.threshold, output);
      if (node.reset === "zero") group.reals("v_reset", 0, output);
      if (node.thresholdLow !== undefined) group.group("metadata").reals("threshold_low", node.thresholdLow, []);
      break;
    case "sumPool":
    case "avgPool":
      group.text("type", node.op === "sumPool" ? "SumPool2d" : "AvgPool2d");
      group.integers("kernel_size", node.kernel);
      group.integers("stride", node.stride);
      group.integers("padding", node.padding);
      break;
    case "flatten":
      group.text("type", "Flatten");
      group.integers("start_dim", [0], []);
      group.integers("end_dim", [-1], []);
      group.integers("input_type", input);
      break;
    default:
      throw new TypeError(`a ${node.op} node has no NIR form`);
  }
}

/** The network in NIR's words: no adds (edges that meet are summed), no ReLU, nothing that NIR cannot say. */
function withoutAdds(network: Network): { nodes: ReadonlyMap<string, NetworkNode>; edges: readonly Edge[] } {
  const refusals: Refusal[] = [];
  const nodes = new Map<string, NetworkNode>();
  for (const [name, node] of network.nodes) {
    if (node.op === "concat") {
      const why = "joins features, for which NIR has no node";
      refusals.push({ node: name, op: node.op, why, remedy: "split the weights behind it and add the results" });
    } else if (node.op === "relu" && !node.quantized) {
      const why = "has no spiking form yet";
      refusals.push({ node: name, op: node.op, why, remedy: "calibrate it or train it quantized" });
    } else if (node.op === "maxPool" || node.op === "softmax") {
      const why = "has no node in NIR";
      refusals.push({ node: name, op: node.op, why, remedy: "convert the network for a chip first" });
    } else if (node.op === "relu") nodes.set(name, { op: "if", threshold: 1, r: 1, reset: "subtract" });
    else if (node.op !== "add") nodes.set(name, node);
  }
  const { sources } = graphOf(network);
  const realSources = (name: string): string[] =>
    sources.get(name)!.flatMap((source) => (network.nodes.get(source)!.op === "add" ? realSources(source) : [source]));
  const edges: Edge[] = [];
  for (const [name, node] of network.nodes) {
    if (node.op === "add") continue;
    const from = realSources(name);
    const twice = from.find((source, i) => from.indexOf(source) !== i);
    if (twice !== undefined) {
      const why = `gets ${twice} more than once, and NIR's edges have no weight`;
      refusals.push({ node: name, op: node.op, why, remedy: `double the weights behind ${twice} instead` });
    }
    for (const source of from) edges.push([source, name]);
  }
  if (refusals.length > 0) throw refusalError("The network cannot be written as NIR", refusals);
  return { nodes, edges };
}

/** Nodes whose output NIR gives as a list `[N]`; all others give a map `[C, H, W]`. */
function flatNodes(network: Network): ReadonlySet<string> {
  const { sources, targets } = graphOf(network);
  const isFlat = (name: string): boolean => {
    const node = network.nodes.get(name)!;
    switch (node.op) {
      case "linear":
      case "flatten":
        return true;
      case "input":
        return (
          node.shape[1] * node.shape[2] === 1 &&
          targets.get(name)!.every((to) => network.nodes.get(to)!.op === "linear")
        );
      case "conv2d":
      case "sumPool":
      case "avgPool":
        return false;
      default:
        return isFlat(sources.get(name)![0]);
    }
  };
  return new Set([...network.nodes.keys()].filter(isFlat));
}

function sizes(shape: Shape, flat: boolean): readonly number[] {
  return flat ? [shape[0] * shape[1] * shape[2]] : shape;
}

function hdf5Name(name: string, taken: Set<string>): string {
  const base = name.replaceAll("/", ".").replace(/^\.?$/, "node");
  let free = base;
  for (let i = 2; taken.has(free); i++) free = `${base}_${i}`;
  taken.add(free);
  return free;
}
