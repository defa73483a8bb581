import { ChipError, oneLine } from "../errors.ts";
import { type ConvGeometry, estimatedFanOut, fanOutTable } from "../network/fan-out.ts";
import { windowOutput } from "../network/shapes.ts";
import { formatShape, type Shape, shapeSize } from "../network/types.ts";
import type { ConvSpec, DropoutSpec, LayerSpec, LinearSpec, ModelSpec, PoolSpec } from "./spec.ts";

/** A weight layer with all that follows from its place in the network. */
export interface WeightLayer {
  readonly name: string;
  readonly type: "conv" | "linear";
  /** Map that it reads, behind pools. */
  readonly input: Shape;
  /** Map of its neurons, in front of pools. */
  readonly output: Shape;
  /** Side of its kernel; of a linear layer, 1. */
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  /** Shape of the variable in tfjs: `[ky, kx, in, out]`, or `[(y, x, feature), out]` of a linear layer. */
  readonly variableShape: readonly number[];
  /** Weights of one neuron. */
  readonly fanIn: number;
  /** Multiplications for one sample in a network of plain numbers, those with padding included, as the literature counts. */
  readonly macs: number;
  /** Product of the areas of the average pools in front of it: on the chip, which sums, its weights are divided by this. */
  readonly divisor: number;
}

/** Where spikes come from: the input, and every weight layer's neurons. */
export interface SpikeSource {
  readonly name: string;
  readonly shape: Shape;
  /** SynOps that a spike costs: everywhere the same, or `[y][x]` where borders count. */
  readonly fanOut: number | Float32Array;
  /** False for an input that is no spikes but currents: it costs nothing. */
  readonly counted: boolean;
}

export type PoolStep = PoolSpec & { readonly name: string };

export type Step =
  | { readonly type: "weights"; readonly layer: WeightLayer; readonly index: number }
  | PoolStep
  | DropoutSpec;

export function isPool(step: Step): step is PoolStep {
  return step.type === "averagePool" || step.type === "sumPool";
}

/** A model with every shape worked out. */
export interface ModelLayout {
  readonly steps: readonly Step[];
  readonly layers: readonly WeightLayer[];
  /** The input, then the weight layers. */
  readonly sources: readonly SpikeSource[];
  /** Output of the last step. */
  readonly output: Shape;
  /** Multiplications of all layers for one sample. */
  readonly macs: number;
  readonly parameters: number;
}

/**
 * Works out shapes, fan-outs and sizes of a model.
 *
 * @throws ChipError E_NETWORK with every contradiction at once, each naming its layer (`details.problems`)
 */
export function layOut(spec: ModelSpec): ModelLayout {
  const problems: string[] = [];
  const names = layerNames(spec.layers, problems);
  const steps: Step[] = [];
  const layers: WeightLayer[] = [];
  let map = spec.input;
  let divisor = 1;
  for (const [i, layer] of spec.layers.entries()) {
    const name = names[i] as string;
    switch (layer.type) {
      case "dropout":
      case "spatialDropout":
        if (!(layer.rate >= 0 && layer.rate < 1))
          problems.push(`the ${layer.type} at place ${i + 1} has rate ${layer.rate}; it needs 0 or more, below 1`);
        steps.push(layer);
        break;
      case "averagePool":
      case "sumPool": {
        const output: Shape = [map[0], Math.floor(map[1] / layer.size), Math.floor(map[2] / layer.size)];
        if (output[1] < 1 || output[2] < 1) {
          problems.push(`${name} pools ${layer.size}x${layer.size}, but its map is ${formatShape(map)}`);
          break;
        }
        map = output;
        if (layer.type === "averagePool") divisor *= layer.size * layer.size;
        steps.push({ ...layer, name });
        break;
      }
      default: {
        const built = weightLayer(layer, name, map, divisor);
        if (built.output.some((size) => size < 1)) {
          problems.push(
            `${name} has a kernel of ${built.kernel}x${built.kernel} and padding ${built.padding}, but its map is ${formatShape(map)}`,
          );
          break;
        }
        steps.push({ type: "weights", layer: built, index: layers.length });
        layers.push(built);
        map = built.output;
        divisor = 1;
      }
    }
  }
  if (layers.length === 0) problems.push("it has no conv or linear layer");
  if (problems.length > 0) {
    throw new ChipError("E_NETWORK", `The network cannot be trained: ${oneLine(problems)}.`, { details: { problems } });
  }
  return {
    steps,
    layers,
    sources: spikeSources(spec, steps),
    output: map,
    macs: layers.reduce((sum, layer) => sum + layer.macs, 0),
    parameters: layers.reduce((sum, layer) => sum + layer.fanIn * layer.output[0], 0),
  };
}

/** Given names, else the type and its running number: conv1, conv2, linear1. */
function layerNames(layers: readonly LayerSpec[], problems: string[]): string[] {
  const counts = new Map<string, number>();
  const seen = new Set<string>();
  return layers.map((layer) => {
    const kind = layer.type === "averagePool" || layer.type === "sumPool" ? "pool" : layer.type;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    const name = ("name" in layer ? layer.name : undefined) ?? `${kind}${counts.get(kind)}`;
    if (seen.has(name)) problems.push(`two layers are called ${name}`);
    seen.add(name);
    return name;
  });
}

function weightLayer(spec: ConvSpec | LinearSpec, name: string, input: Shape, divisor: number): WeightLayer {
  if (spec.type === "linear") {
    const inputs = shapeSize(input);
    return {
      name,
      type: "linear",
      input,
      output: [spec.features, 1, 1],
      kernel: 1,
      stride: 1,
      padding: 0,
      variableShape: [inputs, spec.features],
      fanIn: inputs,
      macs: inputs * spec.features,
      divisor,
    };
  }
  const { features, kernel, stride = 1, padding = 0 } = spec;
  const output: Shape = [
    features,
    windowOutput(input[1], kernel, padding, stride),
    windowOutput(input[2], kernel, padding, stride),
  ];
  const fanIn = kernel * kernel * input[0];
  return {
    name,
    type: "conv",
    input,
    output,
    kernel,
    stride,
    padding,
    variableShape: [kernel, kernel, input[0], features],
    fanIn,
    macs: fanIn * shapeSize(output),
    divisor,
  };
}

function spikeSources(spec: ModelSpec, steps: readonly Step[]): SpikeSource[] {
  const given = spec.layers.filter((layer) => layer.type === "conv" || layer.type === "linear");
  const starts = [-1, ...steps.flatMap((step, i) => (step.type === "weights" ? [i] : []))];
  return starts.map((start, nth) => {
    const own = start < 0 ? undefined : (steps[start] as { readonly layer: WeightLayer }).layer;
    const name = own?.name ?? "input";
    const shape = own?.output ?? spec.input;
    const counted = own !== undefined || spec.countInput !== false;
    const fixed = own === undefined ? undefined : given[nth - 1]?.fanOut;
    if (!counted || fixed !== undefined) return { name, shape, fanOut: fixed ?? 0, counted };
    let pooling = 1;
    for (const step of steps.slice(start + 1)) {
      if (isPool(step)) pooling *= step.size;
      if (step.type === "weights")
        return { name, shape, fanOut: fanOutInto(step.layer, shape, pooling, spec), counted };
    }
    return { name, shape, fanOut: 0, counted };
  });
}

/** What a spike at each place of `shape` costs in `layer`, behind pools of `pooling` altogether. */
function fanOutInto(layer: WeightLayer, shape: Shape, pooling: number, spec: ModelSpec): number | Float32Array {
  const [, height, width] = layer.input;
  const linear = layer.type === "linear";
  const geometry: ConvGeometry = {
    input: [height, width],
    kernel: linear ? [height, width] : [layer.kernel, layer.kernel],
    stride: [layer.stride, layer.stride],
    padding: [layer.padding, layer.padding],
    outputFeatures: layer.output[0],
  };
  if (spec.fanOut !== "exact") return linear ? layer.output[0] : estimatedFanOut(geometry);
  const pooled = fanOutTable(geometry);
  const table = new Float32Array(shape[1] * shape[2]);
  for (let y = 0; y < shape[1]; y++) {
    for (let x = 0; x < shape[2]; x++) {
      const py = Math.floor(y / pooling);
      const px = Math.floor(x / pooling);
      // Behind the last whole window of a pool a spike has nowhere to go.
      if (py < height && px < width) table[y * shape[2] + x] = pooled[py * width + px] as number;
    }
  }
  return table;
}
