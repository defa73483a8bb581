import { ChipError, oneLine } from "../errors.ts";
import { nodeProblems } from "./checks.ts";
import { graphOf } from "./graph.ts";
import { topologicalOrder } from "./order.ts";
import { formatShape, type Network, type NetworkNode, type Pair, type Shape, shapeSize } from "./types.ts";

/** Output size of a window that slides along one axis: floor((input - kernel + 2 padding) / stride) + 1. */
export function windowOutput(input: number, kernel: number, padding: number, stride: number): number {
  return Math.floor((input - kernel + 2 * padding) / stride) + 1;
}

/**
 * Output shape `[features, height, width]` of every node; linear and flattened outputs are `[n, 1, 1]`.
 *
 * Convolutions and pools take whole windows only (floor). Nodes behind a faulty one are not judged, so that one mistake
 * gives one sentence.
 *
 * @throws ChipError E_NETWORK with every inconsistency at once (`details.problems`), each naming its node and saying
 *   what it needs and has
 * @throws ChipError E_UNSUPPORTED when there is a cycle
 */
export function inferShapes(network: Network): ReadonlyMap<string, Shape> {
  const { sources, targets } = graphOf(network);
  const shapes = new Map<string, Shape>();
  const problems: string[] = [];
  if (![...network.nodes.values()].some((node) => node.op === "input")) problems.push("there is no input node");
  if (![...network.nodes.values()].some((node) => node.op === "output")) problems.push("there is no output node");
  for (const name of topologicalOrder(network)) {
    const node = network.nodes.get(name)!;
    const own = [...nodeProblems(node), ...linkProblems(node, sources.get(name)!.length, targets.get(name)!.length)];
    const inputs = sources.get(name)!.map((source) => shapes.get(source));
    if (own.length === 0 && inputs.every((shape) => shape !== undefined)) {
      const result = outputShape(node, inputs, sources.get(name)!);
      if (typeof result === "string") own.push(result);
      else shapes.set(name, result);
    }
    problems.push(...own.map((problem) => `${name} (${node.op}) ${problem}`));
  }
  if (problems.length > 0) {
    throw new ChipError("E_NETWORK", `The network does not fit together: ${oneLine(problems)}.`, {
      details: { problems },
    });
  }
  return shapes;
}

function linkProblems(node: NetworkNode, sources: number, targets: number): string[] {
  const problems: string[] = [];
  if (node.op === "input") {
    if (sources > 0) problems.push(`has ${sources} source(s); an input has none`);
  } else if (node.op === "add" || node.op === "concat") {
    if (sources === 0) problems.push("has no source; it needs at least one");
  } else if (sources !== 1) {
    problems.push(
      sources === 0 ? "has no source; connect it" : `has ${sources} sources and takes one; join them with an add node`,
    );
  }
  if (node.op === "output") {
    if (targets > 0) problems.push(`feeds ${targets} node(s); an output feeds none`);
  } else if (targets === 0) {
    problems.push("leads nowhere; connect it to an output or remove it");
  }
  return problems;
}

/** The node's output shape, or what is wrong as a sentence without its subject. */
function outputShape(node: NetworkNode, inputs: readonly Shape[], names: readonly string[]): Shape | string {
  const from = inputs[0];
  switch (node.op) {
    case "input":
      return node.shape;
    case "conv2d": {
      const [out, inFeatures, ky, kx] = node.weightShape;
      if (from[0] !== inFeatures)
        return `needs ${inFeatures} input features; ${names[0]} gives ${from[0]} (${formatShape(from)})`;
      return windowShape(out, from, [ky, kx], node.stride, node.padding);
    }
    case "linear": {
      const [out, wanted] = node.weightShape;
      if (shapeSize(from) === wanted) return [out, 1, 1];
      return `needs ${wanted} inputs; ${names[0]} gives ${shapeSize(from)} (${formatShape(from)})`;
    }
    case "sumPool":
    case "avgPool":
    case "maxPool":
      return windowShape(from[0], from, node.kernel, node.stride, node.padding);
    case "flatten":
      return [shapeSize(from), 1, 1];
    case "add":
      return inputs.every((shape) => formatShape(shape) === formatShape(from))
        ? from
        : `needs sources of one shape; it has ${listShapes(inputs, names)}`;
    case "concat":
      return inputs.every((shape) => shape[1] === from[1] && shape[2] === from[2])
        ? [inputs.reduce((sum, shape) => sum + shape[0], 0), from[1], from[2]]
        : `needs sources of one height and width; it has ${listShapes(inputs, names)}`;
    default:
      return from;
  }
}

function windowShape(features: number, from: Shape, kernel: Pair, stride: Pair, padding: Pair): Shape | string {
  const height = windowOutput(from[1], kernel[0], padding[0], stride[0]);
  const width = windowOutput(from[2], kernel[1], padding[1], stride[1]);
  if (height >= 1 && width >= 1) return [features, height, width];
  return `needs a map of at least its window ${kernel.join("x")}; it has ${from[1]}x${from[2]} with padding ${padding.join("x")}`;
}

function listShapes(shapes: readonly Shape[], names: readonly string[]): string {
  return shapes.map((shape, i) => `${names[i]} ${formatShape(shape)}`).join(", ");
}
