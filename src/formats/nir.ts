import { ChipError, oneLine } from "../errors.ts";
import { topologicalOrder } from "../network/order.ts";
import type { Edge, Network, NetworkNode } from "../network/types.ts";
import { type Hdf5Group, readHdf5 } from "./hdf5.ts";
import { checkWiring, type NirGraph, readGraph } from "./nir-graph.ts";
import { type NirFindings, readNode } from "./nir-nodes.ts";

const NAMED_IN_MESSAGE = 6;
const naturally = new Intl.Collator("en", { numeric: true }).compare;

/**
 * Reads a network in the Neuromorphic Intermediate Representation (NIR, HDF5; Pedersen et al. 2024).
 *
 * HDF5 keeps no order of nodes, so they come in topological order, ties by name. Graphs inside graphs are laid flat.
 * Where several edges meet, NIR adds: an `add` node named after its sources (`a+b`) says so. Biases of zeros only are
 * left out. `IF`: without `v_reset` the threshold is subtracted, `v_reset` 0 sets the membrane to 0, as NIR defines it.
 *
 * @param name how messages call the file
 * @throws ChipError E_UNSUPPORTED with every reason why it cannot go on a chip (`details.reasons`: node, op, why, remedy)
 * @throws ChipError E_NETWORK when the network contradicts itself (edges to missing nodes, values that are not numbers,
 *   sizes that do not fit), with the same details; E_FORMAT when it is no NIR file, E_DAMAGED when it cannot be read
 */
export async function readNir(bytes: Uint8Array, name: string): Promise<Network> {
  return readHdf5(bytes, name, (root) => readNetwork(root, name));
}

function readNetwork(root: Hdf5Group, name: string): Network {
  const group = root.group("node");
  if (group?.text("type") !== "NIRGraph") {
    throw new ChipError("E_FORMAT", `${name} is an HDF5 file but not a NIR network: it has no graph in "/node".`);
  }
  const findings: NirFindings = { refusals: [], problems: [], warnings: [] };
  const graph = readGraph(group, findings) ?? { nodes: new Map(), edges: [] };
  if (findings.problems.length + findings.refusals.length === 0) checkWiring(graph, findings);
  const nodes = new Map<string, NetworkNode>();
  for (const nirNode of [...graph.nodes.values()].sort((a, b) => naturally(a.name, b.name))) {
    const node = readNode(nirNode, findings);
    if (node !== undefined) nodes.set(nirNode.name, node);
  }
  refuse(name, findings);
  return arrange(nodes, graph.edges, findings.warnings);
}

function refuse(name: string, { problems, refusals }: NirFindings): void {
  const reasons = [...problems, ...refusals];
  if (reasons.length === 0) return;
  const sentences = reasons
    .slice(0, NAMED_IN_MESSAGE)
    .map(({ node, op, why, remedy }) => `${node} (${op}) ${why}: ${remedy}`);
  if (reasons.length > NAMED_IN_MESSAGE) sentences.push(`and ${reasons.length - NAMED_IN_MESSAGE} more`);
  const [code, verdict] =
    problems.length > 0
      ? (["E_NETWORK", "is not a sound network"] as const)
      : (["E_UNSUPPORTED", "cannot be put on a chip"] as const);
  throw new ChipError(code, `${name} ${verdict}: ${oneLine(sentences)}.`, { details: { reasons } });
}

/** Adds where several edges meet, and the order in which events pass. */
function arrange(nodes: Map<string, NetworkNode>, nirEdges: NirGraph["edges"], warnings: readonly string[]): Network {
  const edges: Edge[] = [];
  const adds = new Map<string, string>();
  for (const target of [...nodes.keys()]) {
    const sources = nirEdges.filter(([, to]) => to === target).map(([from]) => from);
    sources.sort(naturally);
    if (sources.length === 1) edges.push([sources[0], target]);
    if (sources.length < 2) continue;
    const key = JSON.stringify(sources);
    let add = adds.get(key);
    if (add === undefined) {
      add = freeName(sources.join("+"), nodes);
      adds.set(key, add);
      nodes.set(add, { op: "add" });
      for (const source of sources) edges.push([source, add]);
    }
    edges.push([add, target]);
  }
  const order = topologicalOrder({ nodes, edges });
  const position = new Map(order.map((name, i) => [name, i]));
  return {
    nodes: new Map(order.map((name): [string, NetworkNode] => [name, nodes.get(name)!])),
    edges: edges.toSorted(
      (a, b) => position.get(a[0])! - position.get(b[0])! || position.get(a[1])! - position.get(b[1])!,
    ),
    ...(warnings.length > 0 ? { warnings } : {}),
  };
}

/** `wanted`, or with the first number behind it that makes it new. */
function freeName(wanted: string, taken: { has(name: string): boolean }): string {
  let name = wanted;
  for (let i = 2; taken.has(name); i++) name = `${wanted}_${i}`;
  return name;
}

export { writeNir } from "./nir-write.ts";
