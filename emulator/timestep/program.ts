import { ChipError } from "../../src/errors.ts";
import { packAddress } from "../program.ts";
import {
  type Arithmetic,
  checkTimestepNetwork,
  FROM_INPUT,
  type TimestepNetwork,
  type TimestepPool,
  type TimestepSource,
} from "./layer.ts";

/** Weights, counts and membranes: integers or single precision, after the network's arithmetic. */
export type Numbers = Int32Array | Float32Array;

/**
 * How positions of one axis map to windows of a convolution, worked out so that an engine meets neither borders nor
 * strides: position i reaches the outputs first[i] .. first[i] + count[i] - 1 with the taps tap[i], tap[i] + 1, ...
 *
 * The taps of an axis are stored by residue class (k mod stride), descending within a class, because neighbouring
 * outputs use taps that are a stride apart: that way the taps of one sweep are one run of memory.
 */
export interface AxisTable {
  readonly first: Uint16Array;
  readonly count: Uint16Array;
  readonly tap: Uint16Array;
  /** Kernel coordinate of each stored tap. */
  readonly order: Uint16Array;
}

/** One copy of a spike: where it goes. */
export interface TimestepRoute {
  /** Position of the receiving layer. */
  readonly index: number;
  readonly featureShift: number;
  /** Pooled rows [first, first + count) that a row belongs to: 0 of them when it fills no window. */
  readonly rows: { readonly first: Uint16Array; readonly count: Uint16Array };
  readonly columns: { readonly first: Uint16Array; readonly count: Uint16Array };
  /** Factor on the count, so that the receiver divides all its sources by one `divisor`. */
  readonly factor: number;
}

/** A layer ready to run: maps and weights feature-last, integer average pools scaled away [T4]. */
export interface TimestepLayerProgram {
  readonly index: number;
  readonly core: number;
  readonly name: string;
  readonly inFeatures: number;
  readonly inHeight: number;
  readonly inWidth: number;
  readonly features: number;
  readonly height: number;
  readonly width: number;
  readonly kernelY: number;
  readonly kernelX: number;
  readonly strideY: number;
  readonly strideX: number;
  /** `[in][tap of y][tap of x][out]` in the order of the axis tables. */
  readonly weights: Numbers;
  readonly rows: AxisTable;
  readonly columns: AxisTable;
  /** Per input address `[y][x][c]`: taps whose weight is not zero. */
  readonly nonZero: Uint32Array;
  /** `[y][x][f]`: what every step starts from; null when all zero. */
  readonly bias: Numbers | null;
  readonly threshold: number;
  /** -Infinity (float) or the smallest integer when there is none. */
  readonly floor: number;
  readonly single: boolean;
  readonly returnToZero: boolean;
  /** What the summed counts are divided by before the weights see them; always 1 with integers. */
  readonly divisor: number;
  /** Membranes here are this many times the layer's own; 1 unless integers meet an average pool [T4]. */
  readonly scale: number;
  readonly largestWeight: number;
  readonly monitor: boolean;
  readonly initial: Numbers | null;
  readonly routes: readonly TimestepRoute[];
}

export interface TimestepProgram {
  readonly network: TimestepNetwork;
  readonly arithmetic: Arithmetic;
  readonly cores: readonly TimestepLayerProgram[];
  readonly inputRoutes: readonly TimestepRoute[];
}

/** Integers beyond this are refused: membrane, bias and the input of one step together must stay inside 32 bits [T4]. */
export const INT_LIMIT = 2 ** 28;
const NO_FLOOR_INT = -(2 ** 31);

export function createArray(arithmetic: Arithmetic, from: number | ArrayLike<number>): Numbers {
  if (typeof from === "number") return arithmetic === "int32" ? new Int32Array(from) : new Float32Array(from);
  return arithmetic === "int32" ? Int32Array.from(from) : Float32Array.from(from);
}

/**
 * Prepares a network for the engines.
 *
 * @throws ChipError E_NETWORK when it does not fit together, E_UNSUPPORTED when its integers are too large
 */
export function compileTimestep(network: TimestepNetwork): TimestepProgram {
  checkTimestepNetwork(network);
  const divisors = network.layers.map((layer) =>
    layer.sources.map((source) => source.pool?.divisor ?? 1).reduce(lcm, 1),
  );
  return {
    network,
    arithmetic: network.arithmetic,
    cores: network.layers.map((_, index) => compileLayer(network, index, divisors)),
    inputRoutes: routesFrom(network, FROM_INPUT, divisors),
  };
}

function compileLayer(network: TimestepNetwork, index: number, divisors: readonly number[]): TimestepLayerProgram {
  const layer = network.layers[index];
  const { arithmetic } = network;
  const integers = arithmetic === "int32";
  const [inFeatures, inHeight, inWidth] = layer.inputShape;
  const [features, height, width] = layer.outputShape;
  const [kernelY, kernelX] = layer.kernelSize;
  // [T4] Integers: an average of k is a sum whose layer has threshold, lower bound and bias k times as large.
  const scale = integers ? divisors[index] : 1;
  const whole = (value: number, what: string): number => {
    // + 0: a lower bound of -0 would leave zeros of either sign, depending on who was visited.
    if (!integers) return Math.fround(value) + 0;
    if (Number.isInteger(value) && Math.abs(value) <= INT_LIMIT) return value;
    throw new ChipError(
      "E_UNSUPPORTED",
      `${layer.name} has ${what} ${value}; integers up to ${INT_LIMIT} can be run, use float32 instead.`,
    );
  };
  const rows = axisTable(inHeight, height, kernelY, layer.stride[0], layer.padding[0]);
  const columns = axisTable(inWidth, width, kernelX, layer.stride[1], layer.padding[1]);
  const weights = createArray(arithmetic, layer.weights.length);
  let largestWeight = 0;
  let at = 0;
  for (let c = 0; c < inFeatures; c++) {
    for (const ky of rows.order) {
      for (const kx of columns.order) {
        for (let f = 0; f < features; f++) {
          const weight = whole(layer.weights[((f * inFeatures + c) * kernelY + ky) * kernelX + kx], "the weight");
          largestWeight = Math.max(largestWeight, Math.abs(weight));
          weights[at++] = weight;
        }
      }
    }
  }
  const positions = height * width;
  const bias = layer.bias && Array.from(layer.bias).some((value) => value !== 0) ? layer.bias : null;
  const perFeature = bias ? Array.from(bias, (value) => whole(value * scale, "the bias")) : [];
  return {
    index,
    core: layer.core,
    name: layer.name,
    inFeatures,
    inHeight,
    inWidth,
    features,
    height,
    width,
    kernelY,
    kernelX,
    strideY: layer.stride[0],
    strideX: layer.stride[1],
    weights,
    rows,
    columns,
    nonZero: nonZeroTable(weights, rows, columns, inFeatures, features),
    bias: bias && createArray(arithmetic, positions * features).map((_, i) => perFeature[i % features]),
    threshold: whole(layer.threshold * scale, "the threshold"),
    floor:
      layer.minVMem === null
        ? integers
          ? NO_FLOOR_INT
          : Number.NEGATIVE_INFINITY
        : whole(layer.minVMem * scale, "the lower bound"),
    single: layer.spikeFunction === "single",
    returnToZero: layer.reset === "zero",
    divisor: integers ? 1 : divisors[index],
    scale,
    largestWeight,
    monitor: layer.monitor,
    initial: layer.initialState && featureLast(arithmetic, layer.initialState, features, positions, scale),
    routes: routesFrom(network, index, divisors),
  };
}

function routesFrom(network: TimestepNetwork, from: number, divisors: readonly number[]): TimestepRoute[] {
  const [, height, width] = from === FROM_INPUT ? network.inputShape : network.layers[from].outputShape;
  return network.layers.flatMap((layer, index) =>
    layer.sources
      .filter((source) => source.from === from)
      .map(({ pool, featureShift }: TimestepSource) => ({
        index,
        featureShift,
        rows: poolTable(height, pool, 0),
        columns: poolTable(width, pool, 1),
        factor: divisors[index] / (pool?.divisor ?? 1),
      })),
  );
}

/** Windows of a pool that each position belongs to. */
function poolTable(size: number, pool: TimestepPool | null, axis: 0 | 1): TimestepRoute["rows"] {
  const identity = { kernel: [1, 1], stride: [1, 1], padding: [0, 0], divisor: 1 } as const;
  const { kernel, stride, padding } = pool ?? identity;
  const windows = Math.floor((size - kernel[axis] + 2 * padding[axis]) / stride[axis]) + 1;
  return axisTable(size, windows, kernel[axis], stride[axis], padding[axis]);
}

/** Output o reads position o * stride - padding + k, k in 0 .. kernel - 1. */
function axisTable(size: number, outputs: number, kernel: number, stride: number, padding: number): AxisTable {
  const start = new Uint16Array(stride + 1);
  const order = new Uint16Array(kernel);
  let at = 0;
  for (let residue = 0; residue < stride; residue++) {
    start[residue] = at;
    const members = residue < kernel ? Math.ceil((kernel - residue) / stride) : 0;
    for (let i = members - 1; i >= 0; i--) order[at++] = residue + i * stride;
  }
  start[stride] = at;
  const first = new Uint16Array(size);
  const count = new Uint16Array(size);
  const tap = new Uint16Array(size);
  for (let i = 0; i < size; i++) {
    const residue = (i + padding) % stride;
    const last = (i + padding - residue) / stride;
    const lowest = last - (start[residue + 1] - start[residue]) + 1;
    const from = Math.max(0, lowest);
    const to = Math.min(outputs - 1, last);
    if (to < from) continue;
    first[i] = from;
    count[i] = to - from + 1;
    tap[i] = start[residue] + from - lowest;
  }
  return { first, count, tap, order };
}

function nonZeroTable(
  weights: ArrayLike<number>,
  rows: AxisTable,
  columns: AxisTable,
  inFeatures: number,
  features: number,
): Uint32Array {
  const kernelX = columns.order.length;
  const taps = rows.order.length * kernelX;
  const perTap = new Uint32Array(inFeatures * taps);
  for (let i = 0; i < weights.length; i++) if (weights[i] !== 0) perTap[Math.floor(i / features)]++;
  const table = new Uint32Array(rows.first.length * columns.first.length * inFeatures);
  let at = 0;
  for (let y = 0; y < rows.first.length; y++) {
    for (let x = 0; x < columns.first.length; x++) {
      for (let c = 0; c < inFeatures; c++, at++) {
        let sum = 0;
        for (let i = 0; i < rows.count[y]; i++) {
          const row = c * taps + (rows.tap[y] + i) * kernelX + columns.tap[x];
          for (let j = 0; j < columns.count[x]; j++) sum += perTap[row + j];
        }
        table[at] = sum;
      }
    }
  }
  return table;
}

/** `[f][y][x]` to `[y][x][f]`, scaled. */
export function featureLast(
  arithmetic: Arithmetic,
  values: ArrayLike<number>,
  features: number,
  positions: number,
  scale: number,
): Numbers {
  const result = createArray(arithmetic, values.length);
  for (let f = 0; f < features; f++) {
    for (let i = 0; i < positions; i++) result[i * features + f] = values[f * positions + i] * scale;
  }
  return result;
}

/** `packAddress` of every input address `[y][x][c]` of a layer. */
export function inputAddresses(layer: TimestepLayerProgram): Uint32Array {
  const table = new Uint32Array(layer.inHeight * layer.inWidth * layer.inFeatures);
  let at = 0;
  for (let y = 0; y < layer.inHeight; y++) {
    for (let x = 0; x < layer.inWidth; x++) {
      for (let c = 0; c < layer.inFeatures; c++) table[at++] = packAddress(c, y, x);
    }
  }
  return table;
}

function lcm(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return (a / x) * b;
}
