import type { MapShape } from "../../src/chip/config.ts";
import { convOutput } from "../../src/device/memory.ts";
import { ChipError, oneLine } from "../../src/errors.ts";
import { ADDRESS_LIMITS } from "../program.ts";

/** `[y, x]`. */
export type YX = readonly [y: number, x: number];

/**
 * Integers count exactly (32-bit membranes, no saturation: the simulator has none). Floats are rounded to 32 bits after
 * every single operation, as PyTorch does, in an order that is fixed [T2].
 */
export type Arithmetic = "int32" | "float32";

/** Sum of a window, divided: `divisor` 1 is a sum pool, ky*kx an average pool. Windows that do not fit are dropped. */
export interface TimestepPool {
  readonly kernel: YX;
  readonly stride: YX;
  readonly padding: YX;
  readonly divisor: number;
}

/** One edge into a layer. Several edges are summed. */
export interface TimestepSource {
  /** Position of the sending layer, or `FROM_INPUT`. */
  readonly from: number;
  readonly pool: TimestepPool | null;
  /** Added to the feature. */
  readonly featureShift: number;
}

export const FROM_INPUT = -1;

/**
 * Spikes of one neuron in one step, from its membrane v after the step's input:
 * multi: v > 0 ? trunc(v / threshold) : 0; single: v >= threshold ? 1 : 0.
 */
export type SpikeFunction = "multi" | "single";

/** A convolution with its neurons. A linear layer is a convolution whose kernel is the whole input map. */
export interface TimestepLayer {
  readonly name: string;
  /** Number that monitored spikes carry: the core of a chip, else the position of the layer. */
  readonly core: number;
  readonly inputShape: MapShape;
  readonly outputShape: MapShape;
  readonly kernelSize: YX;
  readonly stride: YX;
  readonly padding: YX;
  /** `[out][in][ky][kx]`, row-major. */
  readonly weights: ArrayLike<number>;
  /** `[out]`, added to every neuron in every step; null: none. */
  readonly bias: ArrayLike<number> | null;
  readonly threshold: number;
  /** Lower bound of the membrane, applied once a step, after spiking; null: none. */
  readonly minVMem: number | null;
  readonly spikeFunction: SpikeFunction;
  readonly reset: "subtract" | "zero";
  readonly sources: readonly TimestepSource[];
  /** The spikes are part of the result, before pooling. */
  readonly monitor: boolean;
  /** `[f][y][x]`; null: all zero. */
  readonly initialState: ArrayLike<number> | null;
}

/** A network for timestep mode. It may exceed every rule of the chip. */
export interface TimestepNetwork {
  readonly arithmetic: Arithmetic;
  readonly inputShape: MapShape;
  /** A layer comes after all its sources. */
  readonly layers: readonly TimestepLayer[];
}

/** Map that a pool makes of another. */
export function pooledSize(size: number, pool: TimestepPool | null, axis: 0 | 1): number {
  return pool ? convOutput(size, pool.kernel[axis], pool.padding[axis], pool.stride[axis]) : size;
}

/**
 * Checks that shapes, sources and parameters fit together.
 *
 * @throws ChipError E_NETWORK with every reason at once
 */
export function checkTimestepNetwork(network: TimestepNetwork): void {
  const wrong: string[] = [];
  checkShape("the input", network.inputShape, wrong);
  network.layers.forEach((layer, index) => {
    checkLayer(network, layer, index, wrong);
  });
  if (network.layers.length === 0) wrong.push("it has no layers");
  if (wrong.length > 0) {
    throw new ChipError("E_NETWORK", `the network cannot run in timestep mode: ${oneLine(wrong)}.`, {
      details: { wrong },
    });
  }
}

function checkLayer(network: TimestepNetwork, layer: TimestepLayer, index: number, wrong: string[]): void {
  const { name, inputShape, outputShape, kernelSize, stride, padding } = layer;
  const [features, height, width] = outputShape;
  checkShape(name, outputShape, wrong);
  checkShape(`${name}'s input`, inputShape, wrong);
  for (const axis of [0, 1] as const) {
    const expected = convOutput(inputShape[axis + 1], kernelSize[axis], padding[axis], stride[axis]);
    if (outputShape[axis + 1] !== expected) {
      wrong.push(
        `${name} has a map of ${outputShape.join("x")}, its convolution gives ${expected} along ${"yx"[axis]}`,
      );
    }
  }
  expectLength(`${name}'s weights`, layer.weights, features * inputShape[0] * kernelSize[0] * kernelSize[1], wrong);
  if (layer.bias) expectLength(`${name}'s bias`, layer.bias, features, wrong);
  if (layer.initialState) expectLength(`${name}'s initial state`, layer.initialState, features * height * width, wrong);
  const numbers = [layer.threshold, layer.minVMem ?? 0, ...(layer.bias ? Array.from(layer.bias) : [])];
  if (!numbers.every(Number.isFinite) || !everyFinite(layer.weights))
    wrong.push(`${name} holds a number that is not finite`);
  if (!(layer.threshold > 0)) wrong.push(`${name} has threshold ${layer.threshold}; it must be above zero`);
  if (layer.minVMem !== null && !(layer.minVMem < layer.threshold)) {
    wrong.push(`${name} has its lower bound ${layer.minVMem} at or above its threshold ${layer.threshold}`);
  }
  if (layer.sources.length === 0) wrong.push(`${name} has no source`);
  for (const source of layer.sources) {
    if (!(source.from >= FROM_INPUT && source.from < index)) {
      wrong.push(`${name} takes input from position ${source.from}, which is not before it`);
      continue;
    }
    const from = source.from === FROM_INPUT ? network.inputShape : network.layers[source.from].outputShape;
    const y = pooledSize(from[1], source.pool, 0);
    const x = pooledSize(from[2], source.pool, 1);
    const first = source.featureShift;
    if (y !== inputShape[1] || x !== inputShape[2] || first < 0 || first + from[0] > inputShape[0]) {
      wrong.push(
        `${name} takes ${inputShape.join("x")}, a source brings ${from[0]}x${y}x${x} from feature ${source.featureShift} on`,
      );
    }
  }
}

function everyFinite(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}

function expectLength(what: string, values: ArrayLike<number>, needed: number, wrong: string[]): void {
  if (values.length !== needed) wrong.push(`${what} hold ${values.length} numbers, ${needed} are needed`);
}

function checkShape(what: string, shape: MapShape, wrong: string[]): void {
  const [features, height, width] = shape;
  const { features: mostFeatures, size } = ADDRESS_LIMITS;
  const sound = (value: number, most: number): boolean => Number.isInteger(value) && value >= 1 && value <= most;
  if (!sound(features, mostFeatures) || !sound(height, size) || !sound(width, size)) {
    wrong.push(`${what} has the shape ${shape.join("x")}; 1x1x1 to ${mostFeatures}x${size}x${size} can be run`);
  }
}
