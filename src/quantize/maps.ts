import { graphOf } from "../network/graph.ts";
import type { Refusal } from "../network/refusal.ts";
import { formatShape, type Network, type NetworkNode, type Shape } from "../network/types.ts";

/**
 * Output map of every node as the chip sees it: the network's shape, except that `flatten` changes nothing, because a
 * linear layer becomes a convolution over the whole map. A node whose map cannot exist on a chip is left out and gets a
 * refusal; nodes behind it are left out silently.
 */
export function chipMaps(
  network: Network,
  order: readonly string[],
  shapes: ReadonlyMap<string, Shape>,
  refusals: Refusal[],
): ReadonlyMap<string, Shape> {
  const { sources } = graphOf(network);
  const maps = new Map<string, Shape>();
  for (const name of order) {
    const node = network.nodes.get(name)!;
    const names = sources.get(name)!;
    const inputs = names.map((source) => maps.get(source));
    if (!inputs.every((map) => map !== undefined)) continue;
    const flattened = names.some((source, i) => !sameShape(inputs[i], shapes.get(source)!));
    const result = mapOf(node, inputs, shapes.get(name)!, flattened);
    if (Array.isArray(result)) maps.set(name, result as unknown as Shape);
    else refusals.push({ node: name, op: node.op, ...(result as Pick<Refusal, "why" | "remedy">) });
  }
  return maps;
}

function mapOf(
  node: NetworkNode,
  inputs: readonly Shape[],
  shape: Shape,
  flattened: boolean,
): Shape | Pick<Refusal, "why" | "remedy"> {
  switch (node.op) {
    case "flatten":
    case "if":
    case "relu":
    case "softmax":
    case "output":
      return inputs[0];
    case "conv2d": {
      const plain =
        [...node.weightShape.slice(2), ...node.stride].every((n) => n === 1) && node.padding.every((n) => n === 0);
      if (!flattened || plain) return shape;
      return { why: "slides a kernel over a flattened map", remedy: "remove the flatten in front of it" };
    }
    case "sumPool":
    case "avgPool":
    case "maxPool":
      if (!flattened) return shape;
      return { why: "pools a flattened map", remedy: "pool before the flatten" };
    case "add":
      if (inputs.every((map) => sameShape(map, inputs[0]))) return inputs[0];
      return {
        why: `adds flattened maps of different shapes (${list(inputs)})`,
        remedy: "make the maps equal before the flatten",
      };
    case "concat":
      if (inputs.every((map) => map[1] === inputs[0][1] && map[2] === inputs[0][2])) {
        return [inputs.reduce((sum, map) => sum + map[0], 0), inputs[0][1], inputs[0][2]];
      }
      return {
        why: `joins flattened maps of different sizes (${list(inputs)})`,
        remedy: "pool the maps to one height and width before the flatten",
      };
    default:
      return shape;
  }
}

function sameShape(a: Shape, b: Shape): boolean {
  return a.every((n, i) => n === b[i]);
}

function list(maps: readonly Shape[]): string {
  return maps.map(formatShape).join(", ");
}
