import { NetworkEdit } from "./edit.ts";
import { inferShapes } from "./shapes.ts";
import type { Conv2dNode, LinearNode, Network, Shape } from "./types.ts";

/** Kernels that lie far apart would give one mostly of zeros; beyond this no chip would hold it. */
const MOST_WEIGHTS = 2 ** 26;

type WeightNode = Conv2dNode | LinearNode;

/**
 * Sums of weight layers in front of neurons, as one weight layer each: conv_a(x) + conv_b(y) is a convolution of the
 * features of x and y side by side, whose kernel is [a | b], or a + b where x and y are the same. The chip sums on one membrane only what one core receives,
 * so this is the form in which it can.
 *
 * Kernels of different size are filled up with zeros around the same centre; biases add. Layers whose strides or input
 * maps differ cannot share a core; their sum is left as it is, for others to refuse.
 */
export function mergeAdds(network: Network): Network {
  if (![...network.nodes.values()].some((node) => node.op === "add")) return network;
  const shapes = inferShapes(network);
  const edit = new NetworkEdit(network);
  for (const [name, node] of network.nodes) {
    if (node.op !== "add") continue;
    const members = edit.sourcesOf(name);
    const merged = mergedWeights(edit, members, shapes);
    if (merged === undefined) continue;
    const concat = edit.freeName(`${name}.inputs`);
    edit.nodes.set(concat, { op: "concat" });
    for (const source of distinctSources(edit, members)) edit.edges.push([source, concat]);
    edit.edges = edit.edges.filter(([from, to]) => !members.includes(from) && !members.includes(to));
    for (const member of members) edit.nodes.delete(member);
    edit.edges.push([concat, name]);
    edit.nodes.set(name, merged);
  }
  return edit.done();
}

/** What stands for the sum of these nodes, or undefined when they cannot be one layer. */
function mergedWeights(
  edit: NetworkEdit,
  members: readonly string[],
  shapes: ReadonlyMap<string, Shape>,
): WeightNode | undefined {
  const nodes = members.map((member) => edit.node(member));
  if (members.length < 2 || new Set(members).size < members.length) return undefined;
  if (!members.every((member) => edit.targetsOf(member).length === 1)) return undefined;
  const inputs = members.map((member) => shapes.get(edit.sourcesOf(member)[0]));
  if (inputs.some((input) => input === undefined)) return undefined;
  const maps = inputs as readonly Shape[];
  if (nodes.every((node) => node.op === "linear")) return sideBySide(nodes, maps, placesOf(edit, members));
  if (nodes.every((node) => node.op === "conv2d")) return overlaid(nodes, maps, placesOf(edit, members));
  return undefined;
}

/** Where each member's inputs begin among those of the merged layer, and how many these are. */
interface Places {
  readonly starts: readonly number[];
  readonly total: number;
}

function placesOf(edit: NetworkEdit, members: readonly string[]): Places {
  const starts = new Map<string, number>();
  let total = 0;
  for (const member of members) {
    const source = edit.sourcesOf(member)[0];
    if (starts.has(source)) continue;
    starts.set(source, total);
    total += (edit.node(member) as WeightNode).weightShape[1];
  }
  return { starts: members.map((member) => starts.get(edit.sourcesOf(member)[0])!), total };
}

function distinctSources(edit: NetworkEdit, members: readonly string[]): readonly string[] {
  return [...new Set(members.map((member) => edit.sourcesOf(member)[0]))];
}

function sideBySide(
  nodes: readonly LinearNode[],
  inputs: readonly Shape[],
  { starts, total }: Places,
): LinearNode | undefined {
  if (inputs.some(([, height, width]) => height !== inputs[0][1] || width !== inputs[0][2])) return undefined;
  const out = nodes[0].weightShape[0];
  const weight = new Float32Array(out * total);
  nodes.forEach((node, n) => {
    const each = node.weightShape[1];
    for (let o = 0; o < out; o++) {
      for (let i = 0; i < each; i++) weight[o * total + starts[n] + i] += node.weight[o * each + i];
    }
  });
  return { op: "linear", weight, weightShape: [out, total], ...summedBias(nodes, out) };
}

function overlaid(
  nodes: readonly Conv2dNode[],
  inputs: readonly Shape[],
  { starts, total }: Places,
): Conv2dNode | undefined {
  const { stride } = nodes[0];
  const alike = nodes.every(
    (node, i) =>
      node.stride[0] === stride[0] &&
      node.stride[1] === stride[1] &&
      inputs[i][1] === inputs[0][1] &&
      inputs[i][2] === inputs[0][2],
  );
  if (!alike) return undefined;
  // All kernels start at the outermost padding and end at the outermost reach.
  const [py, px] = [0, 1].map((axis) => Math.max(...nodes.map((node) => node.padding[axis])));
  const reach = [0, 1].map((axis) => Math.max(...nodes.map((node) => node.weightShape[axis + 2] - node.padding[axis])));
  const [ky, kx] = [py + reach[0], px + reach[1]];
  const out = nodes[0].weightShape[0];
  if (out * total * ky * kx > MOST_WEIGHTS) return undefined;
  const weight = new Float32Array(out * total * ky * kx);
  nodes.forEach((node, n) => {
    const [, features, ny, nx] = node.weightShape;
    for (let o = 0; o < out; o++) {
      for (let c = 0; c < features; c++) {
        for (let y = 0; y < ny; y++) {
          const from = ((o * features + c) * ny + y) * nx;
          const row = y + py - node.padding[0];
          const to = ((o * total + starts[n] + c) * ky + row) * kx + px - node.padding[1];
          for (let x = 0; x < nx; x++) weight[to + x] += node.weight[from + x];
        }
      }
    }
  });
  return {
    op: "conv2d",
    weight,
    weightShape: [out, total, ky, kx],
    stride,
    padding: [py, px],
    ...summedBias(nodes, out),
  };
}

function summedBias(nodes: readonly WeightNode[], out: number): { readonly bias?: Float32Array } {
  const bias = new Float32Array(out);
  for (const node of nodes) for (let o = 0; o < out; o++) bias[o] += node.bias?.[o] ?? 0;
  return bias.some((b) => b !== 0) ? { bias } : {};
}
