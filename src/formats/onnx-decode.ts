import { ChipError, messageOf } from "../errors.ts";
import { halfToNumber } from "./half-float.ts";
import { ONNX_SCHEMA } from "./onnx-schema.ts";

/** A tensor of the file; weights as floats, shapes as whole numbers. */
export interface OnnxTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array | Float64Array;
}

export type OnnxAttribute = number | string | readonly number[] | OnnxTensor;

export interface OnnxNode {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
}

export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly tensors: ReadonlyMap<string, OnnxTensor>;
  /** Inputs that are no weights, with the sizes that are known (0 where one is not). */
  readonly inputs: readonly { readonly name: string; readonly shape: readonly number[] }[];
  readonly outputs: readonly string[];
}

/** Messages as the protobuf library gives them: plain objects with 64-bit integers as numbers. */
interface RawTensor {
  dims: number[];
  dataType: number;
  floatData: number[];
  int32Data: number[];
  int64Data: number[];
  doubleData: number[];
  name: string;
  rawData: Uint8Array;
  dataLocation: number;
}
interface RawAttribute {
  name: string;
  f?: number;
  i?: number;
  s?: Uint8Array;
  t?: RawTensor;
  floats: number[];
  ints: number[];
}
interface RawModel {
  graph?: {
    node: {
      input: string[];
      output: string[];
      name: string;
      opType: string;
      attribute: RawAttribute[];
      domain: string;
    }[];
    initializer: RawTensor[];
    input: { name: string; type?: { tensorType?: { shape?: { dim: { dimValue?: number }[] } } } }[];
    output: { name: string }[];
  };
}

const FLOAT = 1;
const INT32 = 6;
const INT64 = 7;
const FLOAT16 = 10;
const DOUBLE = 11;
/** Bytes of an element of each type that is read. */
const SIZES: Readonly<Record<number, number>> = { [FLOAT]: 4, [INT32]: 4, [INT64]: 8, [FLOAT16]: 2, [DOUBLE]: 8 };
const MOST_NODES = 65536;

/**
 * Decodes an ONNX file as far as a feed-forward network goes.
 *
 * @param name how messages call the file
 * @throws ChipError E_FORMAT when it is not ONNX, E_DAMAGED when it is cut short or contradicts itself
 */
export async function decodeOnnx(bytes: Uint8Array, name: string): Promise<OnnxGraph> {
  const graph = (await decodeModel(bytes, name)).graph;
  if (graph === undefined || graph.node.length === 0) {
    throw new ChipError("E_FORMAT", `${name} is not an ONNX model: it holds no graph.`);
  }
  if (graph.node.length > MOST_NODES) {
    throw new ChipError("E_FORMAT", `${name} holds ${graph.node.length} nodes; up to ${MOST_NODES} are read.`);
  }
  const tensors = new Map(graph.initializer.map((tensor) => [tensor.name, tensorOf(tensor, name)]));
  const nodes = graph.node.map((node, i): OnnxNode => {
    const attributes = new Map(
      node.attribute.map((attribute): [string, OnnxAttribute] => [attribute.name, attributeOf(attribute, name)]),
    );
    const own = node.name || node.output[0] || `node${i}`;
    return { name: own, op: node.opType, inputs: node.input, outputs: node.output, attributes };
  });
  const inputs = graph.input
    .filter((input) => !tensors.has(input.name))
    .map((input) => ({
      name: input.name,
      shape: (input.type?.tensorType?.shape?.dim ?? []).map((dim) => Number(dim.dimValue ?? 0)),
    }));
  return { nodes, tensors, inputs, outputs: graph.output.map((output) => output.name) };
}

async function decodeModel(bytes: Uint8Array, name: string): Promise<RawModel> {
  const protobuf = (await import("protobufjs")).default;
  const type = protobuf.Root.fromJSON(ONNX_SCHEMA as never).lookupType("ModelProto");
  try {
    return type.toObject(type.decode(bytes), { longs: Number, arrays: true }) as RawModel;
  } catch (error) {
    throw new ChipError(
      "E_DAMAGED",
      `${name} is not an ONNX file, or is cut short: ${messageOf(error)}; export it again.`,
      {
        cause: error,
      },
    );
  }
}

function attributeOf(attribute: RawAttribute, name: string): OnnxAttribute {
  if (attribute.t !== undefined) return tensorOf(attribute.t, name);
  if (attribute.ints.length > 0) return attribute.ints;
  if (attribute.floats.length > 0) return attribute.floats;
  if (attribute.s !== undefined && attribute.s.length > 0) return new TextDecoder().decode(attribute.s);
  return attribute.i ?? attribute.f ?? 0;
}

function tensorOf(tensor: RawTensor, name: string): OnnxTensor {
  const { dims, dataType } = tensor;
  const size = SIZES[dataType];
  const title = `${name}: the tensor ${JSON.stringify(tensor.name)}`;
  if (tensor.dataLocation === 1) {
    throw new ChipError("E_FORMAT", `${title} lies in another file; export the model with its weights inside.`);
  }
  if (size === undefined)
    throw new ChipError("E_FORMAT", `${title} has elements of type ${dataType}, which is not read.`);
  const length = dims.reduce((product, n) => product * n, 1);
  const values = valuesOf(tensor, size);
  if (!dims.every((n) => Number.isInteger(n) && n >= 0) || values.length !== length) {
    throw new ChipError(
      "E_DAMAGED",
      `${title} holds ${values.length} values, and its shape ${dims.join("x")} needs ${length}.`,
    );
  }
  return { shape: dims, values };
}

function valuesOf(tensor: RawTensor, size: number): Float32Array | Float64Array {
  const { dataType, rawData } = tensor;
  if (rawData === undefined || rawData.length === 0) {
    if (dataType === FLOAT) return Float32Array.from(tensor.floatData);
    if (dataType === DOUBLE) return Float64Array.from(tensor.doubleData);
    if (dataType === INT64) return Float64Array.from(tensor.int64Data);
    if (dataType === FLOAT16) return Float32Array.from(tensor.int32Data, halfToNumber);
    return Float64Array.from(tensor.int32Data);
  }
  // A copy: the elements must start at a multiple of their size.
  const { buffer } = Uint8Array.from(rawData.subarray(0, rawData.length - (rawData.length % size)));
  if (dataType === FLOAT) return new Float32Array(buffer);
  if (dataType === DOUBLE) return new Float64Array(buffer);
  if (dataType === FLOAT16) return Float32Array.from(new Uint16Array(buffer), halfToNumber);
  if (dataType === INT64) return Float64Array.from(new BigInt64Array(buffer), Number);
  return Float64Array.from(new Int32Array(buffer));
}
