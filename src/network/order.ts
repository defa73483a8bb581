import { ChipError } from "../errors.ts";
import { graphOf } from "./graph.ts";
import type { Network } from "./types.ts";

/**
 * Every node after all its sources; among nodes that are free to come next, the order of the file.
 *
 * @throws ChipError E_UNSUPPORTED naming the nodes of a cycle: a loop of events can block the chip for good
 *   (sinabs documentation, Speck overview: "can result in deadlock").
 * @throws ChipError E_NETWORK when an edge names an unknown node
 */
export function topologicalOrder(network: Network): readonly string[] {
  const { sources, targets } = graphOf(network);
  const names = [...network.nodes.keys()];
  const position = new Map(names.map((name, index) => [name, index]));
  const waitsFor = new Map(names.map((name) => [name, sources.get(name)!.length]));
  const ready = names.filter((name) => waitsFor.get(name) === 0);
  const order: string[] = [];
  while (ready.length > 0) {
    // Nets have tens of nodes, so a scan for the first in file order is cheaper than it is to explain a heap.
    let next = 0;
    for (let i = 1; i < ready.length; i++) if (position.get(ready[i])! < position.get(ready[next])!) next = i;
    const name = ready.splice(next, 1)[0];
    order.push(name);
    for (const target of targets.get(name)!) {
      const left = waitsFor.get(target)! - 1;
      waitsFor.set(target, left);
      if (left === 0) ready.push(target);
    }
  }
  if (order.length < names.length) {
    const done = new Set(order);
    throw cycleError(
      network,
      findCycle(
        names.filter((name) => !done.has(name)),
        sources,
      ),
    );
  }
  return order;
}

/**
 * One cycle among nodes of which each has a source among them: walk backwards until a node comes twice. It begins with
 * its first node in file order.
 */
function findCycle(remaining: readonly string[], sources: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const among = new Set(remaining);
  const path: string[] = [];
  let name = remaining[0];
  while (!path.includes(name)) {
    path.push(name);
    name = sources.get(name)!.find((source) => among.has(source))!;
  }
  const cycle = path.slice(path.indexOf(name)).reverse();
  const first = cycle.indexOf(remaining.find((node) => cycle.includes(node))!);
  return [...cycle.slice(first), ...cycle.slice(0, first)];
}

function cycleError(network: Network, cycle: readonly string[]): ChipError {
  const why = `lies on the cycle ${[...cycle, cycle[0]].join(" -> ")}`;
  const remedy = "unroll the recurrence or remove one of its edges";
  return new ChipError("E_UNSUPPORTED", `The network ${why.replace("lies on", "has")}; ${remedy}.`, {
    details: { reasons: cycle.map((node) => ({ node, op: network.nodes.get(node)!.op, why, remedy })), cycle },
  });
}
