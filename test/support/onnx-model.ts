import protobuf from "protobufjs";
import { ONNX_SCHEMA } from "../../src/formats/onnx-schema.ts";

export interface OnnxNodeSpec {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly ints?: Readonly<Record<string, readonly number[]>>;
  readonly int?: Readonly<Record<string, number>>;
  readonly real?: Readonly<Record<string, number>>;
  readonly text?: Readonly<Record<string, string>>;
}

export interface OnnxTensorSpec {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** An ONNX file of these nodes in order; the last one's output is the model's. */
export function onnxModel(
  inputShape: readonly number[],
  nodes: readonly OnnxNodeSpec[],
  tensors: Readonly<Record<string, OnnxTensorSpec>> = {},
  shapes: Readonly<Record<string, readonly number[]>> = {},
): Uint8Array {
  const type = protobuf.Root.fromJSON(ONNX_SCHEMA as never).lookupType("ModelProto");
  const initializer = [
    ...Object.entries(tensors).map(([name, { shape, values }]) => ({
      name,
      dims: shape,
      dataType: 1,
      rawData: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
    })),
    ...Object.entries(shapes).map(([name, values]) => ({
      name,
      dims: [values.length],
      dataType: 7,
      int64Data: values,
    })),
  ];
  const attributesOf = ({ ints = {}, int = {}, real = {}, text = {} }: OnnxNodeSpec) => [
    ...Object.entries(ints).map(([name, values]) => ({ name, ints: values })),
    ...Object.entries(int).map(([name, i]) => ({ name, i })),
    ...Object.entries(real).map(([name, f]) => ({ name, f })),
    ...Object.entries(text).map(([name, s]) => ({ name, s: new TextEncoder().encode(s) })),
  ];
  const graph = {
    name: "test",
    node: nodes.map((node) => ({
      input: node.inputs,
      output: [node.output],
      name: node.output,
      opType: node.op,
      attribute: attributesOf(node),
    })),
    initializer,
    input: [
      { name: "x", type: { tensorType: { elemType: 1, shape: { dim: inputShape.map((n) => ({ dimValue: n })) } } } },
    ],
    output: [{ name: nodes.at(-1)!.output }],
  };
  const model = { irVersion: 8, producerName: "test", graph, opsetImport: [{ version: 13 }] };
  return type.encode(type.fromObject(model)).finish();
}
