import { ChipError } from "../../errors.ts";
import { graphOf } from "../../network/graph.ts";
import { topologicalOrder } from "../../network/order.ts";
import type { Conv2dNode, LinearNode, Network, NetworkNode } from "../../network/types.ts";

/** A weight layer between the neurons that feed it and those that it feeds. */
export interface ChainLink {
  readonly name: string;
  /** The neurons whose spikes come in: the input node's name, or that of an IF or ReLU. */
  readonly from: string;
  /** Its own neurons; undefined for a layer at the output that has none. */
  readonly to: string | undefined;
}

/**
 * The weight layers of a network without branches, from input to output.
 *
 * @throws ChipError E_UNSUPPORTED naming the first node where paths part or meet
 */
export function weightChain(network: Network): readonly ChainLink[] {
  const { sources, targets } = graphOf(network);
  const links: ChainLink[] = [];
  let neurons = "";
  let open: { readonly name: string; readonly from: string } | undefined;
  for (const name of topologicalOrder(network)) {
    const { op } = network.nodes.get(name)!;
    if (sources.get(name)!.length > 1 || targets.get(name)!.length > 1) {
      throw new ChipError(
        "E_UNSUPPORTED",
        `at ${name} (${op}) paths part or meet; this normalization is defined for networks of one chain.`,
      );
    }
    if (op === "conv2d" || op === "linear") {
      if (open) links.push({ ...open, to: undefined });
      open = { name, from: neurons };
    }
    if (op === "input" || op === "if" || op === "relu") {
      if (open) links.push({ ...open, to: name });
      open = undefined;
      neurons = name;
    }
  }
  if (open) links.push({ ...open, to: undefined });
  return links;
}

/**
 * The network with the weights of some layers multiplied; everything else is shared with the original.
 *
 * @param factors by name of the weight layer
 */
export function multiplyWeights(network: Network, factors: ReadonlyMap<string, number>): Network {
  const nodes = new Map<string, NetworkNode>(network.nodes);
  for (const [name, factor] of factors) {
    const node = network.nodes.get(name) as Conv2dNode | LinearNode;
    nodes.set(name, { ...node, weight: node.weight.map((w) => w * factor) });
  }
  return { ...network, nodes };
}
