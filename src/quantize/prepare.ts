import { NetworkEdit } from "../network/edit.ts";
import { inferShapes } from "../network/shapes.ts";
import { type Conv2dNode, type LinearNode, type Network, type Shape, shapeSize } from "../network/types.ts";

/** What takes the place of a part that a chip does not have; nothing is replaced that was not asked for. */
export interface PrepareOptions {
  /** Max pools become average pools of the same windows. */
  readonly maxPool?: "average";
  /** Biases are left out, or kept: then they are leak, once a step. Absent: a network that has some is refused. */
  readonly bias?: "drop" | "keep";
}

/** One change to a network. */
export interface Replacement {
  readonly node: string;
  readonly op: string;
  /** What became of it, a clause without its subject: "is an average pool now". */
  readonly what: string;
  /** True when the network computes the same as before. */
  readonly exact: boolean;
}

export interface Prepared {
  /** Still with ReLUs, in the form that spiking neurons can take over node by node. */
  readonly network: Network;
  readonly replaced: readonly Replacement[];
}

/** Identity weights cost the square of the features; beyond this they are not made. */
const MOST_IDENTITY = 2048;
/** Weights that are made where fewer were; beyond it no chip would hold them. */
const MOST_WEIGHTS = 2 ** 24;
/** No chip of the family pools more in one step. */
const LARGEST_POOL = 4;

type WeightNode = Conv2dNode | LinearNode;

/**
 * Brings a ReLU network into the form in which every weight layer, or sum of weight layers, has a ReLU behind it:
 *
 * - max pools and biases are replaced as `options` say, and left alone otherwise;
 * - a softmax at the end is left out: the largest logit stays the largest;
 * - an average over a whole map in front of a linear layer goes into its weights, w / area at every place;
 * - what is added to weight layers in front of a ReLU becomes a weight layer too: identity weights for activations (a
 *   skip), and z = relu(z) - relu(-z) for a layer whose stride or map differs, so that each summand can be a core's;
 * - a weight layer at the output gets a ReLU, because spikes are counted from zero up, and loses the mean of its outputs,
 *   so that the largest of them is not lost.
 */
export function prepareNetwork(network: Network, options: PrepareOptions = {}): Prepared {
  const edit = new NetworkEdit(network);
  const replaced: Replacement[] = [];
  const note = (node: string, what: string, exact: boolean): void => {
    replaced.push({ node, op: network.nodes.get(node)?.op ?? edit.node(node).op, what, exact });
  };
  for (const [name, node] of network.nodes) {
    if (node.op === "maxPool" && options.maxPool === "average") {
      edit.nodes.set(name, { ...node, op: "avgPool" });
      note(name, "is an average pool now", false);
    } else if ((node.op === "conv2d" || node.op === "linear") && node.bias && options.bias === "drop") {
      const { bias: _, ...rest } = node;
      edit.nodes.set(name, rest);
      note(name, "lost its bias", false);
    } else if ((node.op === "conv2d" || node.op === "linear") && node.bias && options.bias === "keep") {
      note(name, "has its bias as leak, added once a step", true);
    } else if (node.op === "softmax" && edit.targetsOf(name).every((target) => edit.node(target).op === "output")) {
      edit.remove(name);
      note(name, "is left out: the class with most spikes is the one with the largest probability", true);
    }
  }
  foldGlobalAverages(edit, note);
  prepareSums(edit, note);
  rectifyOutputs(edit, note);
  return { network: edit.done(), replaced };
}

type Note = (node: string, what: string, exact: boolean) => void;

/** avgPool over the whole map -> (flatten) -> linear becomes (flatten) -> linear of the whole map. */
function foldGlobalAverages(edit: NetworkEdit, note: Note): void {
  const shapes = inferShapes(edit.done());
  for (const [name, node] of [...edit.nodes]) {
    const from = shapes.get(edit.sourcesOf(name)[0]);
    const to = shapes.get(name);
    if (node.op !== "avgPool" || from === undefined || to === undefined || Math.max(...node.kernel) <= LARGEST_POOL)
      continue;
    const whole =
      node.kernel[0] === from[1] &&
      node.kernel[1] === from[2] &&
      to[1] * to[2] === 1 &&
      node.padding.every((n) => n === 0);
    let next = edit.targetsOf(name);
    if (next.length === 1 && edit.node(next[0]).op === "flatten") next = edit.targetsOf(next[0]);
    const linear = next.length === 1 ? edit.node(next[0]) : undefined;
    if (!whole || linear?.op !== "linear") continue;
    const area = from[1] * from[2];
    const [out, inputs] = linear.weightShape;
    if (out * inputs * area > MOST_WEIGHTS) continue;
    const weight = new Float32Array(out * inputs * area);
    for (let i = 0; i < out * inputs; i++) weight.fill(linear.weight[i] / area, i * area, (i + 1) * area);
    edit.nodes.set(next[0], { ...linear, weight, weightShape: [out, inputs * area] });
    edit.remove(name);
    note(name, `went into the weights of ${next[0]}, which see the whole ${from[1]}x${from[2]} map`, true);
  }
}

/** Every summand in front of a ReLU becomes a weight layer that the others can share a core with. */
function prepareSums(edit: NetworkEdit, note: Note): void {
  const shapes = new Map(inferShapes(edit.done()));
  for (const [name, node] of [...edit.nodes]) {
    if (node.op !== "add" || !edit.targetsOf(name).every((target) => edit.node(target).op === "relu")) continue;
    const shape = shapes.get(name)!;
    for (let i = 0; i < edit.sourcesOf(name).length; i++) {
      const source = edit.sourcesOf(name)[i];
      if (isWeights(edit, source) && edit.targetsOf(source).length === 1) continue;
      if (shape[0] > MOST_IDENTITY) continue;
      const identity = edit.insertBefore(name, i, `${name}.skip`, identityWeights(shape));
      shapes.set(identity, shape);
      note(identity, `carries ${source} into the sum ${name} by identity weights`, true);
    }
    const members = edit.sourcesOf(name);
    if (members.length < 2 || !members.every((member) => isWeights(edit, member))) continue;
    const geometry = (member: string): string => {
      const weights = edit.node(member) as WeightNode;
      const from = shapes.get(edit.sourcesOf(member)[0])!;
      return weights.op === "linear"
        ? `list ${from[1]}x${from[2]}`
        : `${from[1]}x${from[2]} by ${weights.stride.join("x")}`;
    };
    // The layer that keeps the map decides, so that the identity weights of the others fit it.
    const base = members.find((member) => geometry(member) === `${shape[1]}x${shape[2]} by 1x1`) ?? members[0];
    members.forEach((member, i) => {
      if (geometry(member) === geometry(base) || shape[0] > MOST_IDENTITY) return;
      splitSigns(edit, name, i, member, shapes);
      note(member, `became two halves, relu(z) - relu(-z), because ${base} cannot share a core with it`, true);
    });
  }
}

/** member -> add becomes [w; -w] -> relu -> [1 | -1] -> add. */
function splitSigns(edit: NetworkEdit, add: string, nth: number, member: string, shapes: Map<string, Shape>): void {
  const node = edit.node(member) as WeightNode;
  const out = node.weightShape[0];
  const weight = new Float32Array(2 * node.weight.length);
  weight.set(node.weight);
  for (let i = 0; i < node.weight.length; i++) weight[node.weight.length + i] = -node.weight[i];
  const bias = node.bias ? { bias: Float32Array.from([...node.bias, ...node.bias.map((b) => -b)]) } : {};
  edit.nodes.set(
    member,
    node.op === "linear"
      ? { ...node, ...bias, weight, weightShape: [2 * out, node.weightShape[1]] }
      : {
          ...node,
          ...bias,
          weight,
          weightShape: [2 * out, node.weightShape[1], node.weightShape[2], node.weightShape[3]],
        },
  );
  const shape = shapes.get(member)!;
  shapes.set(member, [2 * out, shape[1], shape[2]]);
  const halves = edit.insertBefore(add, nth, `${member}.halves`, { op: "relu", quantized: false });
  shapes.set(halves, [2 * out, shape[1], shape[2]]);
  const signs = new Float32Array(2 * out * out);
  for (let o = 0; o < out; o++) {
    signs[o * 2 * out + o] = 1;
    signs[o * 2 * out + out + o] = -1;
  }
  const back = edit.insertBefore(
    add,
    nth,
    `${member}.difference`,
    node.op === "linear"
      ? { op: "linear", weight: signs, weightShape: [out, 2 * out] }
      : { op: "conv2d", weight: signs, weightShape: [out, 2 * out, 1, 1], stride: [1, 1], padding: [0, 0] },
  );
  shapes.set(back, shape);
}

/**
 * The weight layer less the mean of its outputs: the differences between logits stay, so do softmax and the largest, and
 * the largest is never below zero.
 */
function centred<T extends WeightNode>(node: T): T {
  const out = node.weightShape[0];
  const each = node.weight.length / out;
  const weight = node.weight.slice();
  for (let i = 0; i < each; i++) {
    let sum = 0;
    for (let o = 0; o < out; o++) sum += node.weight[o * each + i];
    for (let o = 0; o < out; o++) weight[o * each + i] -= sum / out;
  }
  if (node.bias === undefined) return { ...node, weight };
  const mean = node.bias.reduce((sum, b) => sum + b, 0) / out;
  return { ...node, weight, bias: node.bias.map((b) => b - mean) };
}

function rectifyOutputs(edit: NetworkEdit, note: Note): void {
  for (const [name, node] of [...edit.nodes]) {
    if (node.op !== "conv2d" && node.op !== "linear") continue;
    if (!leadsToOutput(edit, name)) continue;
    edit.nodes.set(name, centred(node));
    const relu = edit.insertBehind(name, `${name}.count`, { op: "relu", quantized: false });
    note(relu, `counts what ${name} gives above the mean of its outputs, so that the largest is never silent`, true);
  }
}

/** True when an output reads this node through nothing but adds, pools and flattens. */
function leadsToOutput(edit: NetworkEdit, name: string): boolean {
  return edit.targetsOf(name).some((target) => {
    const { op } = edit.node(target);
    return (
      op === "output" || ((op === "flatten" || op === "avgPool" || op === "sumPool") && leadsToOutput(edit, target))
    );
  });
}

function isWeights(edit: NetworkEdit, name: string): boolean {
  const { op } = edit.node(name);
  return op === "conv2d" || op === "linear";
}

function identityWeights(shape: Shape): WeightNode {
  const n = shape[0];
  const weight = new Float32Array(n * n);
  for (let i = 0; i < n; i++) weight[i * n + i] = 1;
  if (shapeSize(shape) === n) return { op: "linear", weight, weightShape: [n, n] };
  return { op: "conv2d", weight, weightShape: [n, n, 1, 1], stride: [1, 1], padding: [0, 0] };
}
