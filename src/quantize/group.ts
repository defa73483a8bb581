import { mergeAdds } from "../network/merge-adds.ts";
import { topologicalOrder } from "../network/order.ts";
import { type Refusal, refusalError } from "../network/refusal.ts";
import { inferShapes } from "../network/shapes.ts";
import type { Conv2dNode, IfNode, LinearNode, Network, Pair, Shape } from "../network/types.ts";
import { chipMaps } from "./maps.ts";
import { type Route, RouteFinder } from "./routes.ts";

/** One conv -> IF -> pool group in real numbers. */
export interface Group {
  /** Name of the weight node. */
  readonly name: string;
  /** Nodes that the group stands for, those that its spikes pass included. */
  readonly nodes: readonly string[];
  /** `[out][in][ky][kx]`. */
  readonly weight: Float32Array;
  readonly weightShape: readonly [out: number, inFeatures: number, ky: number, kx: number];
  readonly stride: Pair;
  readonly padding: Pair;
  readonly bias?: Float32Array;
  readonly neuron: IfNode;
  readonly inputShape: Shape;
  /** Before pooling. */
  readonly outputShape: Shape;
  readonly routes: readonly Route[];
  /** True when an output node reads the spikes. */
  readonly output: boolean;
}

export interface GroupedNetwork {
  readonly inputShape: Shape;
  readonly inputRoutes: readonly Route[];
  /** A group comes after all its sources. */
  readonly groups: readonly Group[];
  readonly warnings: readonly string[];
}

/**
 * Cuts a network into what cores hold: a convolution, its spiking neurons, and the pools behind them (Speck data sheet
 * 2.4: the order inside a core is fixed).
 *
 * Weight layers that are summed in front of neurons become one (`mergeAdds`). Branches become several routes, `add` becomes several sources of one group, `concat` a feature shift, `flatten`
 * nothing. A linear layer becomes a convolution whose kernel is its whole input map, weight.reshape(out, C, H, W). A
 * quantized ReLU becomes an IF of threshold 1, and vanishes where its input is a count of spikes already. Whether a
 * kernel or a pool is too large for a device is not judged here.
 *
 * @throws ChipError E_NETWORK when shapes contradict each other
 * @throws ChipError E_UNSUPPORTED with every reason, `details.reasons: {node, op, why, remedy}[]`
 */
export function groupLayers(original: Network): GroupedNetwork {
  const network = mergeAdds(original);
  const shapes = inferShapes(network);
  const order = topologicalOrder(network);
  const refusals: Refusal[] = [];
  const maps = chipMaps(network, order, shapes, refusals);
  const finder = new RouteFinder(network, maps);
  const groups: Group[] = [];
  for (const name of order) {
    const node = network.nodes.get(name)!;
    if (node.op !== "conv2d" && node.op !== "linear") continue;
    const neuron = finder.neuronOf(name);
    const inputMap = maps.get(finder.sourceOf(name));
    const outputMap = maps.get(name);
    if (neuron === undefined || inputMap === undefined || outputMap === undefined) continue;
    const from = finder.routesFrom(neuron.name);
    groups.push({
      name,
      nodes: [name, ...neuron.passed, neuron.name, ...from.passed],
      ...convolutionOf(node, inputMap),
      neuron: neuron.node,
      inputShape: inputMap,
      outputShape: outputMap,
      routes: from.routes,
      output: from.output,
    });
  }
  const inputs = order.filter((name) => network.nodes.get(name)!.op === "input");
  for (const extra of inputs.slice(1)) {
    refusals.push({
      node: extra,
      op: "input",
      why: `is a second input beside ${inputs[0]}`,
      remedy: "use one input; a chip has one",
    });
  }
  const input = finder.routesFrom(inputs[0]);
  if (input.output) {
    const why = "reaches the output without a weight layer";
    refusals.push({
      node: inputs[0],
      op: "input",
      why,
      remedy: "put at least one convolution or linear layer in between",
    });
  }
  refusals.push(...finder.refusals);
  if (refusals.length > 0) throw refusalError("The network cannot be put on a chip", refusals);
  return { inputShape: shapes.get(inputs[0])!, inputRoutes: input.routes, groups, warnings: finder.warnings };
}

/** The node as a convolution over the chip's input map; weights of a linear layer are already in (c, y, x) order. */
function convolutionOf(
  node: Conv2dNode | LinearNode,
  inputMap: Shape,
): Pick<Group, "weight" | "weightShape" | "stride" | "padding" | "bias"> {
  const bias = node.bias?.some((b) => b !== 0) ? { bias: node.bias } : {};
  const asLinear = node.op === "linear" || node.weightShape[1] !== inputMap[0];
  if (asLinear) {
    return {
      weight: node.weight,
      weightShape: [node.weightShape[0], ...inputMap],
      stride: [1, 1],
      padding: [0, 0],
      ...bias,
    };
  }
  return { weight: node.weight, weightShape: node.weightShape, stride: node.stride, padding: node.padding, ...bias };
}
