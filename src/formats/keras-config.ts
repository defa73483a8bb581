import { ChipError } from "../errors.ts";

/** A JSON object whose members may be anything. */
export type Json = Readonly<Record<string, unknown>>;

/** One layer of a Keras model, with the layers that feed it. */
export interface KerasLayer {
  readonly name: string;
  readonly className: string;
  readonly config: Json;
  readonly sources: readonly string[];
  /** How often the layer is used; the same weights at several places when above 1. */
  readonly uses: number;
}

export interface KerasModel {
  readonly layers: readonly KerasLayer[];
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

const MOST_LAYERS = 4096;
/** How deep tensor references are searched for in the calls of newer Keras versions. */
const DEEPEST = 12;

/**
 * The layers of a Keras model configuration, Sequential or functional, in the spelling of Keras 2, Keras 3 or tfjs.
 *
 * @param file how messages call the file
 * @throws ChipError E_FORMAT when it is no such configuration; E_UNSUPPORTED for a model of its own class
 */
export function readKerasConfig(topology: unknown, file: string): KerasModel {
  const root = asObject(topology);
  const model = asObject(root?.model_config) ?? root;
  const className = asText(model?.class_name);
  const config = asObject(model?.config);
  const listed = asArray(config?.layers) ?? asArray(model?.config);
  if (className === undefined || listed === undefined) {
    throw new ChipError("E_FORMAT", `${file} holds no Keras model: it lists no layers.`);
  }
  if (listed.length > MOST_LAYERS) {
    throw new ChipError("E_FORMAT", `${file} lists ${listed.length} layers; up to ${MOST_LAYERS} are read.`);
  }
  const layers = listed.map((entry, i) => readLayer(asObject(entry), i, file));
  if (className === "Sequential") return sequential(layers, asArray(config?.build_input_shape));
  if (className === "Functional" || className === "Model") return functional(layers, config ?? {}, file);
  throw new ChipError(
    "E_UNSUPPORTED",
    `${file} is a Keras model of class ${className}; build it as a Sequential or functional model.`,
    { details: { className } },
  );
}

export function asObject(value: unknown): Json | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

export function asArray(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

export function asText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function readLayer(entry: Json | undefined, index: number, file: string): KerasLayer {
  const config = asObject(entry?.config);
  const className = asText(entry?.class_name);
  const name = asText(config?.name) ?? asText(entry?.name);
  if (config === undefined || className === undefined || name === undefined) {
    throw new ChipError("E_FORMAT", `${file}: layer ${index} of the model has no class_name, config or name.`);
  }
  const calls = asArray(entry?.inbound_nodes) ?? [];
  return { name, className, config, sources: calls.flatMap((call) => callSources(call)), uses: calls.length };
}

/** Layers that one call takes its tensors from: `["conv", 0, 0, {}]` in Keras 2, `keras_history` inside in Keras 3. */
function callSources(call: unknown, depth = 0): string[] {
  if (depth > DEEPEST) return [];
  const list = asArray(call);
  if (list !== undefined) {
    if (typeof list[0] === "string" && typeof list[1] === "number") return [list[0]];
    return list.flatMap((item) => callSources(item, depth + 1));
  }
  const object = asObject(call);
  if (object === undefined) return [];
  const history = asArray(object.keras_history);
  if (history !== undefined) return typeof history[0] === "string" ? [history[0]] : [];
  return Object.entries(object).flatMap(([key, value]) => (key === "kwargs" ? [] : callSources(value, depth + 1)));
}

function sequential(layers: readonly KerasLayer[], buildShape: readonly unknown[] | undefined): KerasModel {
  const first = layers[0];
  const chain: KerasLayer[] = [];
  if (first !== undefined && first.className !== "InputLayer") {
    const shape = first.config.batch_input_shape ?? first.config.batch_shape ?? buildShape;
    const config = { name: "input", batch_input_shape: shape };
    chain.push({ name: freeName("input", layers), className: "InputLayer", config, sources: [], uses: 1 });
  }
  for (const layer of layers) {
    const before = chain.at(-1);
    chain.push({ ...layer, sources: before === undefined ? [] : [before.name], uses: 1 });
  }
  return { layers: chain, inputs: chain.slice(0, 1).map(nameOf), outputs: chain.slice(-1).map(nameOf) };
}

function functional(layers: readonly KerasLayer[], config: Json, file: string): KerasModel {
  const inputs = tensorNames(config.input_layers);
  const outputs = tensorNames(config.output_layers);
  if (outputs.length === 0) throw new ChipError("E_FORMAT", `${file}: the model names no output layer.`);
  return { layers, inputs, outputs };
}

/** `[["dense", 0, 0]]`, or `["dense", 0, 0]` where there is only one. */
function tensorNames(value: unknown): string[] {
  return [...new Set(callSources(value))];
}

function freeName(wanted: string, layers: readonly { readonly name: string }[]): string {
  let name = wanted;
  for (let i = 2; layers.some((layer) => layer.name === name); i++) name = `${wanted}_${i}`;
  return name;
}

function nameOf(layer: KerasLayer): string {
  return layer.name;
}
