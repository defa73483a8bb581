import { ChipError, oneLine } from "../errors.ts";
import type { Network } from "./types.ts";

/** Neighbours of every node, in the order of the network's edges. An edge that occurs twice counts twice. */
export interface Graph {
  readonly sources: ReadonlyMap<string, readonly string[]>;
  readonly targets: ReadonlyMap<string, readonly string[]>;
}

/**
 * The network's edges seen from its nodes.
 *
 * @throws ChipError E_NETWORK naming every edge that starts or ends at a node that does not exist
 */
export function graphOf(network: Network): Graph {
  const sources = new Map<string, string[]>();
  const targets = new Map<string, string[]>();
  for (const name of network.nodes.keys()) {
    sources.set(name, []);
    targets.set(name, []);
  }
  const problems: string[] = [];
  for (const [from, to] of network.edges) {
    for (const end of [from, to]) {
      if (!network.nodes.has(end)) problems.push(`edge ${from} -> ${to} names "${end}", which is not a node`);
    }
    targets.get(from)?.push(to);
    sources.get(to)?.push(from);
  }
  if (problems.length > 0) {
    throw new ChipError("E_NETWORK", `The network's edges are wrong: ${oneLine(problems)}.`, { details: { problems } });
  }
  return { sources, targets };
}
