import { dirname, join, normalize } from "node:path";
import { ChipError, messageOf } from "../errors.ts";
import type { Network } from "../network/types.ts";
import { halfToNumber } from "./half-float.ts";
import { readInputFile } from "./input-file.ts";
import { asArray, asObject, asText, type Json, readKerasConfig } from "./keras-config.ts";
import { importKeras } from "./keras-import.ts";
import type { KerasWeights } from "./keras-weights.ts";
import type { Tensor } from "./network-builder.ts";

const BYTES: Readonly<Record<string, number>> = {
  float32: 4,
  float16: 2,
  int32: 4,
  uint16: 2,
  uint8: 1,
  bool: 1,
};

/** Reads a shard that `model.json` names, relative to it. */
export type ShardReader = (path: string) => Promise<Uint8Array>;

/** True when these bytes may be the `model.json` of a tfjs layers model. */
export function isTfjsModel(bytes: Uint8Array): boolean {
  if (bytes.find((byte) => byte > 32) !== 0x7b) return false;
  const head = new TextDecoder().decode(bytes.subarray(0, 65536));
  return head.includes('"modelTopology"') || head.includes('"weightsManifest"');
}

/**
 * Reads a TensorFlow.js layers model from its `model.json`; the shards lie beside it.
 *
 * @throws ChipError as `readTfjs`
 */
export async function readTfjsFile(path: string): Promise<Network> {
  return readTfjs(await readInputFile(path), path, (shard) => readInputFile(join(dirname(path), shard)));
}

/**
 * Reads a TensorFlow.js layers model (`model.json` and its weight shards). Quantized weights (uint8, uint16, float16) are
 * expanded.
 *
 * @param name how messages call the file
 * @throws ChipError E_FORMAT when it is no such model, E_DAMAGED when shards are short, otherwise as `importKeras`
 */
export async function readTfjs(bytes: Uint8Array, name: string, readShard: ShardReader): Promise<Network> {
  const root = parse(bytes, name);
  if (root.format === "graph-model" || asObject(root.modelTopology)?.node !== undefined) {
    throw new ChipError(
      "E_FORMAT",
      `${name} is a tfjs graph model, which has lost its layers; export a layers model (tensorflowjs_converter --output_format tfjs_layers_model).`,
    );
  }
  const model = readKerasConfig(root.modelTopology, name);
  return importKeras(model, await readWeights(asArray(root.weightsManifest) ?? [], name, readShard), name);
}

function parse(bytes: Uint8Array, name: string): Json {
  try {
    const root = asObject(JSON.parse(new TextDecoder().decode(bytes)));
    if (root !== undefined) return root;
  } catch (error) {
    throw new ChipError("E_FORMAT", `${name} is not JSON: ${messageOf(error)}.`, { cause: error });
  }
  throw new ChipError("E_FORMAT", `${name} is not a tfjs model: it holds no object.`);
}

async function readWeights(manifest: readonly unknown[], name: string, readShard: ShardReader): Promise<KerasWeights> {
  const layers = new Map<string, Map<string, Tensor>>();
  for (const entry of manifest) {
    const group = asObject(entry);
    const paths = (asArray(group?.paths) ?? []).map((path) => shardPath(path, name));
    const shards: Uint8Array[] = [];
    for (const path of paths) shards.push(await readShard(path));
    const data = joined(shards);
    let at = 0;
    for (const item of asArray(group?.weights) ?? []) {
      const { layer, weight, tensor, bytes } = readTensor(asObject(item) ?? {}, data, at, name);
      at += bytes;
      const members = layers.get(layer) ?? new Map<string, Tensor>();
      members.set(weight, tensor);
      layers.set(layer, members);
    }
    if (at !== data.length) {
      throw new ChipError(
        "E_DAMAGED",
        `${name}: ${paths.join(", ")} hold ${data.length} bytes, and its weights take ${at}; copy all files of the model again.`,
        { details: { need: at, have: data.length } },
      );
    }
  }
  return layers;
}

/** A model.json may come from anywhere: it names files beside itself or below, no others. */
function shardPath(value: unknown, name: string): string {
  const path = normalize(asText(value) ?? "");
  if (path !== "." && !path.startsWith("..") && !path.startsWith("/") && !path.includes("\0")) return path;
  throw new ChipError(
    "E_FORMAT",
    `${name} names the weight file ${JSON.stringify(value)}, which does not lie beside it.`,
  );
}

function joined(shards: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(shards.reduce((sum, shard) => sum + shard.length, 0));
  let at = 0;
  for (const shard of shards) {
    all.set(shard, at);
    at += shard.length;
  }
  return all;
}

interface ReadTensor {
  readonly layer: string;
  readonly weight: string;
  readonly tensor: Tensor;
  readonly bytes: number;
}

function readTensor(item: Json, data: Uint8Array, at: number, name: string): ReadTensor {
  const path = (asText(item.name) ?? "").split("/");
  const weight = (path.at(-1) ?? "").replace(/:\d+$/, "");
  const layer = path.at(-2) ?? "";
  const shape = (asArray(item.shape) ?? []).map(Number);
  const quantization = asObject(item.quantization);
  const dtype = asText(quantization?.dtype) ?? asText(item.dtype) ?? "float32";
  const size = BYTES[dtype];
  const length = shape.reduce((product, n) => product * n, 1);
  if (size === undefined || !shape.every((n) => Number.isInteger(n) && n >= 0)) {
    throw new ChipError(
      "E_FORMAT",
      `${name}: the weights ${path.join("/")} are ${dtype} of shape ${shape.join("x")}, which is not read.`,
    );
  }
  const bytes = length * size;
  if (!(at + bytes <= data.length)) {
    throw new ChipError(
      "E_DAMAGED",
      `${name}: the weights ${path.join("/")} need ${bytes} bytes from byte ${at} on, and the weight files hold ${data.length}; copy all files of the model again.`,
      { details: { offset: at, need: bytes, have: data.length - at } },
    );
  }
  const raw = data.slice(at, at + bytes).buffer;
  return { layer, weight, bytes, tensor: { shape, values: expand(raw, dtype, quantization) } };
}

function expand(raw: ArrayBuffer, dtype: string, quantization: Json | undefined): Float32Array {
  if (dtype === "float32") return new Float32Array(raw);
  if (dtype === "float16") return Float32Array.from(new Uint16Array(raw), halfToNumber);
  if (dtype === "int32") return Float32Array.from(new Int32Array(raw));
  const scale = typeof quantization?.scale === "number" ? quantization.scale : 1;
  const min = typeof quantization?.min === "number" ? quantization.min : 0;
  const integers = dtype === "uint16" ? new Uint16Array(raw) : new Uint8Array(raw);
  return Float32Array.from(integers, (q) => q * scale + min);
}
