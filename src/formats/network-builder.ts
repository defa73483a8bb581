import { ChipError, oneLine } from "../errors.ts";
import type { Refusal } from "../network/refusal.ts";
import type { Conv2dNode, Edge, LinearNode, Network, NetworkNode, Pair, Shape } from "../network/types.ts";

const NAMED_IN_MESSAGE = 6;
/** Features that a normalization without weights in front of it may have: it costs their square in weights. */
export const MOST_DIAGONAL = 2048;
/** How much wider one side of a border may be than the other: the kernel grows by it. */
const MOST_UNEVEN = 16;

/** Numbers of a model file in row-major order. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Zeros around a map: rows above, rows below, columns left, columns right. */
export type Border = readonly [top: number, bottom: number, left: number, right: number];

export const NO_BORDER: Border = [0, 0, 0, 0];

/** What an importer brings to light and builds, gathered so that the user hears everything at once. */
export class NetworkBuilder {
  readonly nodes = new Map<string, NetworkNode>();
  readonly edges: Edge[] = [];
  readonly refusals: Refusal[] = [];
  readonly problems: Refusal[] = [];
  readonly warnings: string[] = [];

  /** Adds a node behind others, under `wanted` or the first free name like it. */
  add(wanted: string, node: NetworkNode, sources: readonly string[]): string {
    let name = wanted;
    for (let i = 2; this.nodes.has(name); i++) name = `${wanted}_${i}`;
    this.nodes.set(name, node);
    for (const source of sources) this.edges.push([source, name]);
    return name;
  }

  /** The convolution under a border that need not be even, see `borderedConv`; warns when its kernel had to grow. */
  conv(
    name: string,
    weight: Float32Array,
    shape: readonly [out: number, inFeatures: number, ky: number, kx: number],
    stride: Pair,
    border: Border,
    bias: Float32Array | undefined,
  ): Conv2dNode {
    return borderedConv(weight, shape, stride, border, bias, (before, after) =>
      this.warnings.push(
        `${name}: its border is uneven (${border.join(", ")}), so its kernel grows from ${before.join("x")} to ${after.join("x")} with zeros; the result is the same.`,
      ),
    );
  }

  /**
   * Works y = factor * x + shift into the weights of a node that one layer alone reads.
   *
   * @returns false, and does nothing, where there are no such weights
   */
  fold(name: string, readers: number | undefined, factor: ArrayLike<number>, shift: ArrayLike<number>): boolean {
    const node = this.nodes.get(name)!;
    if ((node.op !== "conv2d" && node.op !== "linear") || readers !== 1) return false;
    this.nodes.set(name, scaledOutputs(node, factor, shift));
    return true;
  }

  refuse(node: string, op: string, why: string, remedy: string): undefined {
    this.refusals.push({ node, op, why, remedy });
    return undefined;
  }

  problem(node: string, op: string, why: string, remedy = "correct the model and export it again"): undefined {
    this.problems.push({ node, op, why, remedy });
    return undefined;
  }

  /** @throws ChipError E_NETWORK or E_UNSUPPORTED with all that was found (`details.reasons`) */
  finish(file: string): Network {
    const reasons = [...this.problems, ...this.refusals];
    if (reasons.length > 0) {
      const shown = reasons
        .slice(0, NAMED_IN_MESSAGE)
        .map(({ node, op, why, remedy }) => `${node} (${op}) ${why}: ${remedy}`);
      if (reasons.length > NAMED_IN_MESSAGE) shown.push(`and ${reasons.length - NAMED_IN_MESSAGE} more`);
      const broken = this.problems.length > 0;
      throw new ChipError(
        broken ? "E_NETWORK" : "E_UNSUPPORTED",
        `${file} ${broken ? "is not a sound network" : "cannot be imported"}: ${oneLine(shown)}.`,
        { details: { reasons } },
      );
    }
    const warnings = this.warnings.length > 0 ? { warnings: this.warnings } : {};
    return { nodes: this.nodes, edges: this.edges, ...warnings };
  }
}

/**
 * A convolution of a map with an uneven border, exactly: nodes pad both sides alike, so the wider side decides and the
 * kernel gets rows or columns of zeros where the border is narrower.
 *
 * With a rows above and b > a below: padding b, and b - a zero rows in front of the kernel, since
 * w[k] at s*o - a + k is w'[k + b - a] at s*o - b + (k + b - a). The output size stays floor((n + a + b - k) / s) + 1.
 *
 * @param weight `[out][in][ky][kx]`
 * @param widened is called with the sizes before and after when the kernel had to grow
 */
function borderedConv(
  weight: Float32Array,
  shape: readonly [out: number, inFeatures: number, ky: number, kx: number],
  stride: Pair,
  border: Border,
  bias: Float32Array | undefined,
  widened: (from: Pair, to: Pair) => void,
): Conv2dNode {
  const [top, bottom, left, right] = border;
  const padding: Pair = [Math.max(top, bottom), Math.max(left, right)];
  const hasBias = bias?.some((b) => b !== 0) ? { bias } : {};
  if (top === bottom && left === right) {
    return { op: "conv2d", weight, weightShape: shape, stride, padding, ...hasBias };
  }
  const [out, inFeatures, ky, kx] = shape;
  const [ny, nx] = [ky + Math.abs(bottom - top), kx + Math.abs(right - left)];
  const [dy, dx] = [Math.max(0, bottom - top), Math.max(0, right - left)];
  const wide = new Float32Array(out * inFeatures * ny * nx);
  for (let map = 0; map < out * inFeatures; map++) {
    for (let y = 0; y < ky; y++) {
      for (let x = 0; x < kx; x++) wide[(map * ny + y + dy) * nx + x + dx] = weight[(map * ky + y) * kx + x];
    }
  }
  widened([ky, kx], [ny, nx]);
  return { op: "conv2d", weight: wide, weightShape: [out, inFeatures, ny, nx], stride, padding, ...hasBias };
}

/** Zeros before and behind along one axis for an output of ceil(size / stride): TensorFlow's "same", the odd one behind. */
export function sameBorder(size: number, kernel: number, stride: number): readonly [before: number, behind: number] {
  const total = Math.max(0, (Math.ceil(size / stride) - 1) * stride + kernel - size);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

/**
 * y = factor * x + shift behind a weight layer, worked into its weights and bias (in double precision, rounded once).
 *
 * @param factor one an output feature
 */
function scaledOutputs<T extends Conv2dNode | LinearNode>(
  node: T,
  factor: ArrayLike<number>,
  shift: ArrayLike<number>,
): T {
  const out = node.weightShape[0];
  const each = node.weight.length / out;
  const weight = node.weight.map((w, i) => w * factor[Math.floor(i / each)]);
  const bias = Float32Array.from({ length: out }, (_, o) => (node.bias?.[o] ?? 0) * factor[o] + shift[o]);
  const { bias: _, ...rest } = node;
  return { ...rest, weight, ...(bias.some((b) => b !== 0) ? { bias } : {}) } as T;
}

/** True when one side of the border is so much wider than the other that no kernel should grow by it. */
export function tooUneven([top, bottom, left, right]: Border): boolean {
  return Math.abs(bottom - top) > MOST_UNEVEN || Math.abs(right - left) > MOST_UNEVEN;
}

/** y = factor * x + shift of each value of a list, or of each feature of a map (a 1x1 convolution). */
export function diagonal(flat: boolean, factor: ArrayLike<number>, shift: ArrayLike<number>): Conv2dNode | LinearNode {
  const linear = diagonalLinear(factor, shift);
  if (flat) return linear;
  const { weightShape } = linear;
  return { ...linear, op: "conv2d", weightShape: [...weightShape, 1, 1], stride: [1, 1], padding: [0, 0] };
}

function diagonalLinear(factor: ArrayLike<number>, shift: ArrayLike<number>): LinearNode {
  const n = factor.length;
  const weight = new Float32Array(n * n);
  for (let i = 0; i < n; i++) weight[i * n + i] = factor[i];
  const bias = Float32Array.from(shift);
  return { op: "linear", weight, weightShape: [n, n], ...(bias.some((b) => b !== 0) ? { bias } : {}) };
}

/** Size of an imported map that is worth computing with; a damaged file may claim anything. */
export function soundShape(shape: Shape): boolean {
  return shape.every((n) => Number.isInteger(n) && n >= 1 && n <= 65536) && shape[0] * shape[1] * shape[2] <= 2 ** 26;
}
