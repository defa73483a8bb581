import { windowOutput } from "../network/shapes.ts";
import { type NetworkNode, type Pair, type Shape, shapeSize } from "../network/types.ts";
import {
  type Border,
  diagonal,
  MOST_DIAGONAL,
  type NetworkBuilder,
  NO_BORDER,
  sameBorder,
  tooUneven,
} from "./network-builder.ts";
import type { OnnxGraph, OnnxNode, OnnxTensor } from "./onnx-decode.ts";

/** What an ONNX value is in the network. */
export interface OnnxValue {
  readonly node: string;
  readonly shape: Shape;
  /** `[n]` beside the batch; a map `[c, h, w]` otherwise. Both lie in our order already. */
  readonly flat: boolean;
}

/** The operators of one ONNX graph, each read into nodes of the network; sizes and refusals go to the builder. */
export class OnnxOperators {
  readonly #built: NetworkBuilder;
  readonly #values: ReadonlyMap<string, OnnxValue>;
  readonly #tensors: Map<string, OnnxTensor>;
  readonly #uses = new Map<string, number>();

  /** @param values what has been read so far, by name; grows as the graph is walked */
  constructor(graph: OnnxGraph, built: NetworkBuilder, values: ReadonlyMap<string, OnnxValue>) {
    this.#built = built;
    this.#values = values;
    this.#tensors = new Map(graph.tensors);
    for (const name of [...graph.nodes.flatMap(({ inputs }) => inputs), ...graph.outputs]) {
      this.#uses.set(name, (this.#uses.get(name) ?? 0) + 1);
    }
  }

  /** How a node is read, given what its first source is; undefined when its operator has no counterpart. */
  reader(node: OnnxNode): ((from: OnnxValue) => OnnxValue | undefined) | undefined {
    switch (node.op) {
      case "Constant":
        return () => this.#constant(node);
      case "Identity":
      case "Dropout":
        return (from) => from;
      case "Conv":
        return (from) => this.#conv(node, from);
      case "Gemm":
        return (from) => this.#gemm(node, from);
      case "MatMul":
        return (from) => this.#dense(node, from, this.#tensor(node, 1, 2), false, undefined);
      case "BatchNormalization":
        return (from) => this.#normalize(node, from);
      case "Relu":
        return (from) => ({ ...from, node: this.#built.add(node.name, { op: "relu", quantized: false }, [from.node]) });
      case "Softmax":
      case "LogSoftmax":
        return (from) => ({ ...from, node: this.#built.add(node.name, { op: "softmax" }, [from.node]) });
      case "AveragePool":
        return (from) => this.#pool(node, from, "avgPool");
      case "MaxPool":
        return (from) => this.#pool(node, from, "maxPool");
      case "GlobalAveragePool":
        return (from) => this.#pooled(node, from, "avgPool", [from.shape[1], from.shape[2]], [1, 1], [0, 0]);
      case "GlobalMaxPool":
        return (from) => this.#pooled(node, from, "maxPool", [from.shape[1], from.shape[2]], [1, 1], [0, 0]);
      case "ReduceMean":
        return (from) => this.#mean(node, from);
      case "Flatten":
        return (from) => this.#flatten(node, from);
      case "Reshape":
        return (from) => this.#reshape(node, from);
      case "Add":
        return (from) => this.#sum(node, from);
      case "Concat":
        return (from) => this.#concat(node, from);
      default:
        return undefined;
    }
  }

  #constant(node: OnnxNode): undefined {
    const value = node.attributes.get("value");
    if (typeof value === "object" && "shape" in value) this.#tensors.set(node.outputs[0], value);
    return undefined;
  }

  #conv(node: OnnxNode, from: OnnxValue): OnnxValue | undefined {
    const weight = this.#tensor(node, 1, 4);
    if (weight === undefined) return undefined;
    const [out, inFeatures, ky, kx] = weight.shape;
    const stride = this.#pair(node, "strides");
    if (this.#integer(node, "group", 1) !== 1) {
      return this.#refuse(node, `has ${this.#integer(node, "group", 1)} groups`, "train with groups = 1");
    }
    if (this.#pair(node, "dilations").some((n) => n !== 1)) {
      return this.#refuse(node, "has gaps in its kernel (dilation)", "train with dilation 1");
    }
    if (from.flat || from.shape[0] !== inFeatures) {
      return this.#problem(node, `needs ${inFeatures} input features and gets ${from.shape[0]}`);
    }
    const border = this.#border(node, from, [ky, kx], stride);
    if (border === undefined) return undefined;
    if (tooUneven(border)) {
      return this.#refuse(node, `has a border of ${border.join(", ")}`, "pad its sides alike");
    }
    const bias = node.inputs.length > 2 ? this.#vector(node, 2, out) : undefined;
    const values = Float32Array.from(weight.values);
    const built = this.#built.conv(node.name, values, [out, inFeatures, ky, kx], stride, border, bias);
    const height = windowOutput(from.shape[1], built.weightShape[2], built.padding[0], stride[0]);
    const width = windowOutput(from.shape[2], built.weightShape[3], built.padding[1], stride[1]);
    return { node: this.#built.add(node.name, built, [from.node]), shape: [out, height, width], flat: false };
  }

  #gemm(node: OnnxNode, from: OnnxValue): OnnxValue | undefined {
    const weight = this.#tensor(node, 1, 2);
    if (weight === undefined) return undefined;
    const transposed = this.#integer(node, "transB", 0) !== 0;
    if (this.#integer(node, "transA", 0) !== 0)
      return this.#refuse(node, "transposes its input", "export it without transA");
    const out = weight.shape[transposed ? 0 : 1];
    const alpha = this.#real(node, "alpha", 1);
    const beta = this.#real(node, "beta", 1);
    const bias =
      node.inputs.length > 2 && node.inputs[2] !== "" ? this.#vector(node, 2, out)?.map((b) => b * beta) : undefined;
    const scaled = { shape: weight.shape, values: weight.values.map((w) => w * alpha) };
    return this.#dense(node, from, scaled, transposed, bias);
  }

  /** @param transposed weights are `[out][in]`, else `[in][out]` */
  #dense(
    node: OnnxNode,
    from: OnnxValue,
    weight: OnnxTensor | undefined,
    transposed: boolean,
    bias: Float32Array | undefined,
  ): OnnxValue | undefined {
    if (weight === undefined) return undefined;
    const [out, inputs] = transposed ? weight.shape : [weight.shape[1], weight.shape[0]];
    if (!from.flat || from.shape[0] !== inputs) {
      return this.#problem(
        node,
        `needs a list of ${inputs} and gets ${from.shape.join("x")}`,
        "flatten in front of it",
      );
    }
    const values = new Float32Array(out * inputs);
    for (let o = 0; o < out; o++) {
      for (let i = 0; i < inputs; i++)
        values[o * inputs + i] = weight.values[transposed ? o * inputs + i : i * out + o];
    }
    const built: NetworkNode = {
      op: "linear",
      weight: values,
      weightShape: [out, inputs],
      ...(bias?.some((b) => b !== 0) ? { bias } : {}),
    };
    return { node: this.#built.add(node.name, built, [from.node]), shape: [out, 1, 1], flat: true };
  }

  #normalize(node: OnnxNode, from: OnnxValue): OnnxValue | undefined {
    const features = from.shape[0];
    const [gamma, beta, mean, variance] = [1, 2, 3, 4].map((input) => this.#vector(node, input, features));
    if (!gamma || !beta || !mean || !variance) return undefined;
    const epsilon = this.#real(node, "epsilon", 1e-5);
    const factor = Array.from(gamma, (g, i) => g / Math.sqrt(variance[i] + epsilon));
    const shift = Array.from(beta, (b, i) => b - mean[i] * factor[i]);
    return this.#affine(node, from, node.inputs[0], factor, shift);
  }

  /** y = factor * x + shift, in the weights in front where only this node reads them. */
  #affine(node: OnnxNode, from: OnnxValue, input: string, factor: number[], shift: number[]): OnnxValue | undefined {
    if (![...factor, ...shift].every(Number.isFinite)) return this.#problem(node, "gives no finite numbers");
    if (this.#built.fold(from.node, this.#uses.get(input), factor, shift)) return from;
    if (factor.length > MOST_DIAGONAL) {
      return this.#refuse(
        node,
        `does not stand behind weights and has ${factor.length} features`,
        "put it behind some",
      );
    }
    return { ...from, node: this.#built.add(node.name, diagonal(from.flat, factor, shift), [from.node]) };
  }

  #pool(node: OnnxNode, from: OnnxValue, op: "avgPool" | "maxPool"): OnnxValue | undefined {
    const kernel = this.#pair(node, "kernel_shape", undefined);
    const stride = this.#pair(node, "strides");
    const border = this.#border(node, from, kernel, stride);
    if (border === undefined || from.flat) return border && this.#problem(node, "pools a list");
    const padding: Pair = [border[0], border[2]];
    if (border[0] !== border[1] || border[2] !== border[3]) {
      return this.#refuse(node, `has an uneven border (${border.join(", ")})`, "pad its sides alike");
    }
    if (op === "avgPool" && padding.some((n) => n > 0) && this.#integer(node, "count_include_pad", 0) === 0) {
      return this.#refuse(node, "averages the windows at the edge over fewer values", "pool without padding");
    }
    if (this.#pair(node, "dilations").some((n) => n !== 1))
      return this.#refuse(node, "has gaps in its window", "use dilation 1");
    const exact = [0, 1].every(
      (axis) => (from.shape[axis + 1] + 2 * padding[axis] - kernel[axis]) % stride[axis] === 0,
    );
    if (this.#integer(node, "ceil_mode", 0) !== 0 && !exact) {
      return this.#refuse(node, "takes part windows at the edge (ceil_mode)", "use whole windows only");
    }
    return this.#pooled(node, from, op, kernel, stride, padding);
  }

  #pooled(
    node: OnnxNode,
    from: OnnxValue,
    op: "avgPool" | "maxPool",
    kernel: Pair,
    stride: Pair,
    padding: Pair,
  ): OnnxValue | undefined {
    const height = windowOutput(from.shape[1], kernel[0], padding[0], stride[0]);
    const width = windowOutput(from.shape[2], kernel[1], padding[1], stride[1]);
    if (height < 1 || width < 1) return this.#problem(node, `has a window larger than its map ${from.shape.join("x")}`);
    // A window over the whole map steps by itself, so that it reads as one pool.
    const own = kernel[0] === from.shape[1] && kernel[1] === from.shape[2] ? kernel : stride;
    const built = this.#built.add(node.name, { op, kernel, stride: own, padding }, [from.node]);
    return { node: built, shape: [from.shape[0], height, width], flat: false };
  }

  #mean(node: OnnxNode, from: OnnxValue): OnnxValue | undefined {
    const axes = this.#integers(node, "axes") ?? Array.from(this.#tensors.get(node.inputs[1])?.values ?? []);
    const spatial =
      axes
        .map((axis) => (axis < 0 ? axis + 4 : axis))
        .sort()
        .join() === "2,3";
    if (from.flat || !spatial) return this.#refuse(node, "is no mean over height and width", "use GlobalAveragePool");
    const pooled = this.#pooled(node, from, "avgPool", [from.shape[1], from.shape[2]], [1, 1], [0, 0]);
    return pooled && this.#integer(node, "keepdims", 1) === 0 ? this.#flat(`${node.name}.flatten`, pooled) : pooled;
  }

  #flatten(node: OnnxNode, from: OnnxValue): OnnxValue | undefined {
    if (this.#integer(node, "axis", 1) !== 1)
      return this.#refuse(node, "flattens the batch too", "flatten from axis 1");
    return this.#flat(node.name, from);
  }

  #reshape(node: OnnxNode, from: OnnxValue): OnnxValue | undefined {
    const target = Array.from(this.#tensors.get(node.inputs[1])?.values ?? []);
    const list = target.length === 2 && (target[1] === -1 || target[1] === shapeSize(from.shape));
    return list
      ? this.#flat(node.name, from)
      : this.#refuse(node, `reshapes to ${target.join("x")}`, "flatten to batch x list only");
  }

  #flat(name: string, from: OnnxValue): OnnxValue {
    if (from.flat) return from;
    const node = this.#built.add(name, { op: "flatten" }, [from.node]);
    return { node, shape: [shapeSize(from.shape), 1, 1], flat: true };
  }

  /** With weights of the file: a bias. With another activation: a sum. */
  #sum(node: OnnxNode, _from: OnnxValue): OnnxValue | undefined {
    const activations = node.inputs.filter((input) => this.#values.has(input));
    const constants = node.inputs.filter((input) => this.#tensors.has(input));
    if (activations.length === 1 && constants.length === 1) {
      const from = this.#values.get(activations[0])!;
      const shift = perFeature(this.#tensors.get(constants[0])!, from);
      if (shift === undefined)
        return this.#refuse(node, "adds a constant that differs over the map", "add one value a feature");
      return this.#affine(node, from, activations[0], new Array<number>(from.shape[0]).fill(1), shift);
    }
    // One of two sources was refused before.
    if (activations.length < node.inputs.length) return undefined;
    return this.#join(node, "add");
  }

  #concat(node: OnnxNode, from: OnnxValue): OnnxValue | undefined {
    const axis = this.#integer(node, "axis", 1);
    if (axis !== 1 && !(axis === -3 && !from.flat))
      return this.#refuse(node, `joins along axis ${axis}`, "join features (axis 1)");
    if (!node.inputs.every((input) => this.#values.has(input))) return undefined;
    return this.#join(node, "concat");
  }

  #join(node: OnnxNode, op: "add" | "concat"): OnnxValue | undefined {
    const inputs = node.inputs.map((input) => this.#values.get(input)!);
    const [first] = inputs;
    const from = op === "add" ? 0 : 1;
    if (
      !inputs.every(
        ({ shape, flat }) => flat === first.flat && shape.slice(from).join() === first.shape.slice(from).join(),
      )
    ) {
      return this.#problem(node, `joins ${inputs.map(({ shape }) => shape.join("x")).join(", ")}`);
    }
    const features = op === "add" ? first.shape[0] : inputs.reduce((sum, { shape }) => sum + shape[0], 0);
    const name = this.#built.add(
      node.name,
      { op },
      inputs.map((input) => input.node),
    );
    return { node: name, shape: [features, first.shape[1], first.shape[2]], flat: first.flat };
  }

  /** From `pads` (top, left, bottom, right) or `auto_pad`. */
  #border(node: OnnxNode, from: OnnxValue, kernel: Pair, stride: Pair): Border | undefined {
    const auto = node.attributes.get("auto_pad") ?? "NOTSET";
    if (auto === "VALID") return NO_BORDER;
    if (auto === "SAME_UPPER" || auto === "SAME_LOWER") {
      const [rows, columns] = [0, 1].map((axis) => sameBorder(from.shape[axis + 1], kernel[axis], stride[axis]));
      return auto === "SAME_UPPER" ? [...rows, ...columns] : [rows[1], rows[0], columns[1], columns[0]];
    }
    const [top, left, bottom, right] = this.#integers(node, "pads") ?? [0, 0, 0, 0];
    const border: Border = [top, bottom, left, right];
    if (border.every((n) => Number.isInteger(n) && n >= 0 && n <= 1024)) return border;
    return this.#problem(node, `has the border ${border.join(", ")}`);
  }

  #tensor(node: OnnxNode, input: number, rank: number): OnnxTensor | undefined {
    const tensor = this.#tensors.get(node.inputs[input] ?? "");
    if (tensor === undefined) {
      return this.#refuse(
        node,
        `takes its weights (${node.inputs[input] ?? "none"}) from elsewhere than the file`,
        "export constant weights",
      );
    }
    if (tensor.shape.length !== rank || tensor.values.length === 0) {
      return this.#problem(node, `has weights of shape ${tensor.shape.join("x")}; ${rank} sizes are needed`);
    }
    if (!tensor.values.every(Number.isFinite)) return this.#problem(node, "has weights that are not finite numbers");
    return tensor;
  }

  #vector(node: OnnxNode, input: number, length: number): Float32Array | undefined {
    const tensor = this.#tensor(node, input, this.#tensors.get(node.inputs[input])?.shape.length ?? 1);
    if (tensor === undefined) return undefined;
    if (tensor.values.length === length) return Float32Array.from(tensor.values);
    return this.#problem(node, `has ${tensor.values.length} values where ${length} features need as many`);
  }

  #pair(node: OnnxNode, attribute: string, missing: Pair = [1, 1]): Pair {
    const ints = this.#integers(node, attribute) ?? missing;
    if (ints.length === 2 && ints.every((n) => Number.isInteger(n) && n >= 1 && n <= 65536)) return [ints[0], ints[1]];
    this.#problem(node, `has ${attribute} ${ints.join("x")}; two whole numbers are needed`);
    return [1, 1];
  }

  #integers(node: OnnxNode, attribute: string): readonly number[] | undefined {
    const value = node.attributes.get(attribute);
    return Array.isArray(value) ? (value as readonly number[]) : undefined;
  }

  #integer(node: OnnxNode, attribute: string, missing: number): number {
    return this.#real(node, attribute, missing);
  }

  #real(node: OnnxNode, attribute: string, missing: number): number {
    const value = node.attributes.get(attribute);
    return typeof value === "number" ? value : missing;
  }

  #refuse(node: OnnxNode, why: string, remedy: string): undefined {
    return this.#built.refuse(node.name, node.op, why, remedy);
  }

  #problem(node: OnnxNode, why: string, remedy?: string): undefined {
    return this.#built.problem(node.name, node.op, why, remedy);
  }
}

/** A constant as one value a feature: a scalar, `[f]` beside lists, `[f,1,1]` or `[1,f,1,1]` beside maps. */
function perFeature({ shape, values }: OnnxTensor, { shape: map, flat }: OnnxValue): number[] | undefined {
  if (values.length === 1) return new Array<number>(map[0]).fill(values[0]);
  const dims = shape.filter((n, i) => n !== 1 || i >= shape.length - (flat ? 1 : 3));
  const fits = flat ? dims.length === 1 && dims[0] === map[0] : dims.join() === `${map[0]},1,1`;
  return fits ? Array.from(values) : undefined;
}
