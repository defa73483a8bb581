import { basename, dirname, join } from "node:path";
import { ChipError } from "../errors.ts";
import { graphOf } from "../network/graph.ts";
import { topologicalOrder } from "../network/order.ts";
import { type Refusal, refusalError } from "../network/refusal.ts";
import { inferShapes } from "../network/shapes.ts";
import type { Conv2dNode, LinearNode, MaxPoolNode, Network, NetworkNode, PoolNode, Shape } from "../network/types.ts";
import { checkOutputFile, type WriteFileOptions, writeFileAtomic } from "./atomic-file.ts";
import { denseInKerasOrder, kernelInKerasOrder } from "./keras-weights.ts";

/** The files of a tfjs layers model. */
export interface TfjsFiles {
  /** The text of model.json. */
  readonly model: string;
  readonly weights: Uint8Array;
}

interface KerasEntry {
  readonly class_name: string;
  readonly config: Record<string, unknown>;
}

interface Weights {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/**
 * Writes a ReLU network as a tfjs layers model: `model.json` at `path` and its weights beside it (`NAME.bin`).
 *
 * @returns names of the files written
 * @throws ChipError as `writeTfjs`; E_FILE_EXISTS, E_FILE_NOT_FOUND, E_FILE_ACCESS
 */
export async function writeTfjsFile(
  network: Network,
  path: string,
  options: WriteFileOptions = {},
): Promise<readonly string[]> {
  const shard = `${basename(path).replace(/\.json$/, "")}.weights.bin`;
  const shardPath = join(dirname(path), shard);
  const { model, weights } = writeTfjs(network, shard);
  await checkOutputFile(path, options);
  await writeFileAtomic(shardPath, weights, options);
  await writeFileAtomic(path, model, options);
  return [path, shardPath];
}

/**
 * A network as a functional tfjs layers model, channels last; `readTfjs` and tfjs read it. Paddings become ZeroPadding2D
 * layers. The same network gives the same bytes.
 *
 * @param shard name of the weight file, as model.json calls it
 * @throws ChipError E_UNSUPPORTED with every node that Keras has no layer for (spiking neurons, quantized ReLUs, sum
 *   pools, padded pools)
 */
export function writeTfjs(network: Network, shard: string): TfjsFiles {
  refuse(network);
  const shapes = inferShapes(network);
  const { sources } = graphOf(network);
  const names = layerNames(network);
  const layers: object[] = [];
  const weights: Weights[] = [];
  /** The Keras layer that gives a node's output. */
  const givenBy = new Map<string, string>();
  /** Nodes whose output is a list in Keras, each with the map that was flattened into it, if one was. */
  const lists = new Map<string, Shape | undefined>();
  const put = (name: string, entry: KerasEntry, inputs: readonly string[]): string => {
    const inbound = inputs.length === 0 ? [] : [inputs.map((input) => [input, 0, 0, {}])];
    layers.push({ ...entry, name, config: { name, trainable: true, ...entry.config }, inbound_nodes: inbound });
    return name;
  };
  for (const name of topologicalOrder(network)) {
    const node = network.nodes.get(name)!;
    const from = sources.get(name)!;
    const own = names.get(name)!;
    let inputs = from.map((source) => givenBy.get(source)!);
    const fromShape = shapes.get(from[0])!;
    if (node.op === "output") {
      givenBy.set(name, inputs[0]);
      continue;
    }
    if (node.op === "conv2d" && node.padding.some((n) => n > 0)) {
      const [py, px] = node.padding;
      inputs = [
        put(
          `${own}_padding`,
          layer("ZeroPadding2D", {
            padding: [
              [py, py],
              [px, px],
            ],
            ...LAST,
          }),
          inputs,
        ),
      ];
    }
    if (node.op === "linear" && !lists.has(from[0])) {
      inputs = [put(`${own}_flatten`, layer("Flatten", LAST), inputs)];
    }
    const order = lists.has(from[0]) ? lists.get(from[0]) : fromShape;
    if (node.op === "conv2d" || node.op === "linear") weights.push(...weightsOf(own, node, order));
    givenBy.set(name, put(own, entryOf(node), inputs));
    if (node.op === "linear") lists.set(name, undefined);
    else if (node.op === "flatten") lists.set(name, order);
    else if (lists.has(from[0])) lists.set(name, order);
  }
  const [input] = [...network.nodes].find(([, node]) => node.op === "input")!;
  const [output] = [...network.nodes].find(([, node]) => node.op === "output")!;
  const config = {
    name: "network",
    layers,
    input_layers: [[givenBy.get(input), 0, 0]],
    output_layers: [[givenBy.get(output), 0, 0]],
  };
  const manifest = [{ paths: [shard], weights: weights.map(({ name, shape }) => ({ name, shape, dtype: "float32" })) }];
  const model = {
    format: "layers-model",
    generatedBy: "spikewright",
    convertedBy: null,
    modelTopology: { keras_version: "2.4.0", backend: "tensorflow", model_config: { class_name: "Model", config } },
    weightsManifest: manifest,
  };
  return { model: `${JSON.stringify(model)}\n`, weights: bytesOf(weights) };
}

const LAST = { data_format: "channels_last" } as const;

function layer(className: string, config: Record<string, unknown>): KerasEntry {
  return { class_name: className, config };
}

function refuse(network: Network): void {
  const refusals: Refusal[] = [];
  for (const [name, node] of network.nodes) {
    const because = obstacle(node);
    if (because !== undefined) refusals.push({ node: name, op: node.op, ...because });
  }
  if (refusals.length > 0) throw refusalError("The network cannot be written as a tfjs layers model", refusals);
}

function obstacle(node: NetworkNode): Pick<Refusal, "why" | "remedy"> | undefined {
  if (node.op === "if" || (node.op === "relu" && node.quantized)) {
    return { why: "spikes, and Keras has no such layer", remedy: "write the network as NIR" };
  }
  if (node.op === "sumPool") return { why: "sums, and Keras has no such pool", remedy: "use an average pool" };
  if ((node.op === "avgPool" || node.op === "maxPool") && node.padding.some((n) => n > 0)) {
    return { why: "pools with a padding that Keras counts differently", remedy: "pool without padding" };
  }
  return undefined;
}

function entryOf(node: NetworkNode): KerasEntry {
  switch (node.op) {
    case "input": {
      const [features, height, width] = node.shape;
      return layer("InputLayer", {
        batch_input_shape: [null, height, width, features],
        dtype: "float32",
        sparse: false,
      });
    }
    case "conv2d":
      return layer("Conv2D", {
        filters: node.weightShape[0],
        kernel_size: node.weightShape.slice(2),
        strides: node.stride,
        padding: "valid",
        dilation_rate: [1, 1],
        activation: "linear",
        use_bias: node.bias !== undefined,
        ...LAST,
      });
    case "linear":
      return layer("Dense", { units: node.weightShape[0], activation: "linear", use_bias: node.bias !== undefined });
    case "relu":
      return layer("Activation", { activation: "relu" });
    case "softmax":
      return layer("Activation", { activation: "softmax" });
    case "avgPool":
      return layer("AveragePooling2D", poolConfig(node));
    case "maxPool":
      return layer("MaxPooling2D", poolConfig(node));
    case "flatten":
      return layer("Flatten", LAST);
    case "add":
      return layer("Add", {});
    case "concat":
      return layer("Concatenate", { axis: -1 });
    default:
      throw new TypeError(`a ${node.op} node has no Keras form`);
  }
}

function poolConfig({ kernel, stride }: PoolNode | MaxPoolNode): Record<string, unknown> {
  return { pool_size: kernel, strides: stride, padding: "valid", ...LAST };
}

function weightsOf(name: string, node: Conv2dNode | LinearNode, order: Shape | undefined): Weights[] {
  const kernel: Weights =
    node.op === "conv2d"
      ? {
          name: `${name}/kernel`,
          shape: [node.weightShape[2], node.weightShape[3], node.weightShape[1], node.weightShape[0]],
          values: kernelInKerasOrder(node.weight, node.weightShape),
        }
      : {
          name: `${name}/kernel`,
          shape: [node.weightShape[1], node.weightShape[0]],
          values: denseInKerasOrder(node.weight, node.weightShape[0], order),
        };
  return node.bias ? [kernel, { name: `${name}/bias`, shape: [node.bias.length], values: node.bias }] : [kernel];
}

/** Keras' names hold letters, digits, `_`, `-` and `.`; a slash would part the names of weights. */
function layerNames(network: Network): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const name of network.nodes.keys()) {
    const base = name.replaceAll(/[^A-Za-z0-9_.-]/g, "_").replace(/^[^A-Za-z0-9]/, "n$&") || "node";
    let free = base;
    for (let i = 2; taken.has(free); i++) free = `${base}_${i}`;
    taken.add(free);
    names.set(name, free);
  }
  return names;
}

function bytesOf(weights: readonly Weights[]): Uint8Array {
  const all = new Float32Array(weights.reduce((sum, { values }) => sum + values.length, 0));
  let at = 0;
  for (const { values } of weights) {
    all.set(values, at);
    at += values.length;
  }
  if (all.some((value) => !Number.isFinite(value))) {
    throw new ChipError("E_NETWORK", "the network holds weights that are not finite numbers.");
  }
  return new Uint8Array(all.buffer);
}
