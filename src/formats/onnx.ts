import type { Network, Shape } from "../network/types.ts";
import { NetworkBuilder, soundShape } from "./network-builder.ts";
import { decodeOnnx, type OnnxGraph, type OnnxNode } from "./onnx-decode.ts";
import { OnnxOperators, type OnnxValue } from "./onnx-operators.ts";

/** What helps in place of operators that have no counterpart. */
const REMEDIES: Readonly<Record<string, string>> = {
  Mul: "fold factors into the weights in front, and the input's into --input-scale",
  Div: "fold factors into the weights in front, and the input's into --input-scale",
  Sub: "fold what is taken off into the bias in front",
  Clip: "train with a plain ReLU; limits have no counterpart",
  LeakyRelu: "train with a plain ReLU",
  Sigmoid: "train with ReLU, the only activation that spikes can stand for",
  Tanh: "train with ReLU, the only activation that spikes can stand for",
  QLinearConv: "export the model in real numbers; it is quantized here",
  QuantizeLinear: "export the model in real numbers; it is quantized here",
};

/** True when these bytes may be an ONNX file: a protobuf that begins with the IR version, or with the model's texts. */
export function isOnnx(bytes: Uint8Array): boolean {
  return bytes.length > 8 && bytes[0] === 0x08 && bytes[1] < 0x20 && bytes[2] !== 0 && bytes[2] % 8 <= 2;
}

/**
 * Reads an ONNX model: Conv, Gemm, MatMul, Relu, average and max pools, Flatten, Reshape to a list, BatchNormalization
 * (folded), Add, Concat, Softmax; Identity and Dropout are passed over. Maps are `[feature][y][x]` in ONNX already.
 * Uneven borders are made even by widening the kernel with zeros. Exact; what cannot be exact is refused.
 *
 * @param name how messages call the file
 * @throws ChipError E_UNSUPPORTED with every reason at once, E_NETWORK when sizes contradict each other, otherwise as
 *   `decodeOnnx`
 */
export async function readOnnx(bytes: Uint8Array, name: string): Promise<Network> {
  return new Importer(await decodeOnnx(bytes, name)).run(name);
}

/** Walks the graph: its inputs, its nodes as listed, then the output. */
class Importer {
  readonly #graph: OnnxGraph;
  readonly #operators: OnnxOperators;
  readonly #built = new NetworkBuilder();
  readonly #values = new Map<string, OnnxValue>();

  constructor(graph: OnnxGraph) {
    this.#graph = graph;
    this.#operators = new OnnxOperators(graph, this.#built, this.#values);
  }

  run(file: string): Network {
    for (const { name, shape } of this.#graph.inputs) this.#input(name, shape);
    // ONNX lists nodes behind their sources.
    for (const node of this.#graph.nodes) {
      const value = this.#read(node);
      if (value === undefined) continue;
      if (soundShape(value.shape)) this.#values.set(node.outputs[0], value);
      else this.#built.problem(node.name, node.op, `gives a map of ${value.shape.join("x")}`);
    }
    const { outputs } = this.#graph;
    if (outputs.length > 1) {
      this.#built.refuse(outputs[1], "output", `is one of ${outputs.length} outputs`, "export a model with one output");
    }
    const last = this.#values.get(outputs[0]);
    if (last !== undefined) this.#built.add("output", { op: "output" }, [last.node]);
    else if (this.#built.refusals.length + this.#built.problems.length === 0) {
      this.#built.problem(outputs[0] ?? "output", "output", "cannot be reached from the input");
    }
    return this.#built.finish(file);
  }

  #input(name: string, dims: readonly number[]): void {
    const sizes = dims.slice(1);
    const shape: Shape = sizes.length === 1 ? [sizes[0], 1, 1] : (sizes as unknown as Shape);
    if ((sizes.length !== 1 && sizes.length !== 3) || !soundShape(shape)) {
      const why = `has the shape ${dims.join("x") || "(none)"}`;
      this.#built.problem(
        name,
        "input",
        why,
        "export the model with a fixed input of batch x features x height x width",
      );
      return;
    }
    this.#values.set(name, {
      node: this.#built.add(name, { op: "input", shape }, []),
      shape,
      flat: sizes.length === 1,
    });
  }

  #read(node: OnnxNode): OnnxValue | undefined {
    const [first] = node.inputs;
    const from = this.#values.get(first);
    const read = this.#operators.reader(node);
    if (read === undefined) {
      const remedy = REMEDIES[node.op] ?? "use Conv, Gemm, Relu, AveragePool, Flatten, BatchNormalization and Add";
      return this.#built.refuse(node.name, node.op, "is not an operation that is read", remedy);
    }
    if (node.op === "Constant") return read(undefined as never);
    // A source that was refused has been told about; what lies behind it is not judged.
    const known = node.inputs.find((input) => this.#values.has(input));
    return from === undefined && (node.op !== "Add" || known === undefined) ? undefined : read(from!);
  }
}
