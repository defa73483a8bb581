import { windowOutput } from "../network/shapes.ts";
import { type NetworkNode, type Pair, type Shape, shapeSize } from "../network/types.ts";
import { asArray, asObject, asText, type KerasLayer, type KerasModel } from "./keras-config.ts";
import { denseInChipOrder, type KerasWeights, kernelInChipOrder } from "./keras-weights.ts";
import {
  type Border,
  diagonal,
  MOST_DIAGONAL,
  type NetworkBuilder,
  NO_BORDER,
  sameBorder,
  soundShape,
  type Tensor,
  tooUneven,
} from "./network-builder.ts";

/** What a layer gives: a node, and how its output lies. */
export interface KerasValue {
  readonly node: string;
  readonly shape: Shape;
  /** A list in Keras; a map otherwise. */
  readonly flat: boolean;
  /** The map that was flattened: Keras lists it row by row with features innermost, we list it feature by feature. */
  readonly order?: Shape;
  /** Zeros around it that the next convolution takes over. */
  readonly border: Border;
}

/** The layers of one Keras model, each read into nodes of the network; sizes and refusals go to the builder. */
export class KerasLayers {
  readonly #model: KerasModel;
  readonly #weights: KerasWeights;
  readonly #built: NetworkBuilder;
  /** Normalizations that were folded into the weights in front. */
  readonly folded: string[] = [];

  constructor(model: KerasModel, weights: KerasWeights, built: NetworkBuilder) {
    this.#model = model;
    this.#weights = weights;
    this.#built = built;
  }

  /** How a layer is read, given what its sources are; undefined when its kind has no counterpart. */
  reader(layer: KerasLayer): ((inputs: readonly KerasValue[]) => KerasValue | undefined) | undefined {
    const { className } = layer;
    switch (className) {
      case "Conv2D":
      case "Convolution2D":
        return ([from]) => this.#conv(layer, from);
      case "Dense":
        return ([from]) => this.#dense(layer, from);
      case "BatchNormalization":
        return ([from]) => this.#normalize(layer, from);
      case "AveragePooling2D":
        return ([from]) => this.#pool(layer, from, "avgPool");
      case "MaxPooling2D":
        return ([from]) => this.#pool(layer, from, "maxPool");
      case "GlobalAveragePooling2D":
      case "GlobalMaxPooling2D":
        return ([from]) => this.#globalPool(layer, from, className === "GlobalMaxPooling2D" ? "maxPool" : "avgPool");
      case "Flatten":
        return ([from]) => this.#flatten(layer.name, from);
      case "Reshape":
        return ([from]) => this.#reshape(layer, from);
      case "ZeroPadding2D":
        return ([from]) => this.#zeroPadding(layer, from);
      case "ReLU":
        return ([from]) => this.#relu(layer, from);
      case "QuantizedReLU":
        // This program's own layer for tfjs (src/trainer/quantized-relu-layer.ts): it spikes as it is.
        return ([from]) => ({
          ...from,
          node: this.#built.add(layer.name, { op: "relu", quantized: true }, [from.node]),
        });
      case "Softmax":
        return ([from]) => this.#activation(layer, layer.name, "softmax", from);
      case "Activation":
        return ([from]) => this.#activation(layer, layer.name, layer.config.activation, from);
      case "Add":
        return (inputs) => this.#join(layer, inputs, "add");
      case "Concatenate":
        return (inputs) => this.#join(layer, inputs, "concat");
      default:
        return undefined;
    }
  }

  input(layer: KerasLayer): KerasValue | undefined {
    const batch = asArray(layer.config.batch_input_shape) ?? asArray(layer.config.batch_shape) ?? [];
    const sizes = batch.slice(1).map(Number);
    if (batch.length < 2 || !sizes.every((n) => Number.isInteger(n) && n > 0)) {
      return this.#problem(layer, "does not say its input shape", "export the model with a fixed input shape");
    }
    if (sizes.length !== 1 && sizes.length !== 3) {
      return this.#refuse(layer, `takes inputs of ${sizes.length} sizes`, "give it images: height x width x features");
    }
    const shape: Shape = sizes.length === 1 ? [sizes[0], 1, 1] : [sizes[2], sizes[0], sizes[1]];
    if (!soundShape(shape)) return this.#problem(layer, `has an input of ${shape.join("x")}, beyond reason`);
    const node = this.#built.add(layer.name, { op: "input", shape }, []);
    return { node, shape, flat: sizes.length === 1, border: NO_BORDER };
  }

  #conv(layer: KerasLayer, from: KerasValue): KerasValue | undefined {
    const { config } = layer;
    const kernel = this.#tensor(layer, "kernel", 4);
    const stride = this.#pair(layer, "strides");
    this.#expectPlain(layer);
    if (kernel === undefined || stride === undefined) return undefined;
    const [ky, kx, inFeatures, out] = kernel.shape;
    if (from.flat || inFeatures !== from.shape[0]) {
      return this.#problem(layer, `needs ${inFeatures} input features and gets ${from.shape[0]}`);
    }
    const border = this.#border(layer, from, [ky, kx], stride);
    if (border === undefined) return undefined;
    if (tooUneven(border)) {
      return this.#refuse(layer, `has a border of ${border.join(", ")}`, "pad its sides alike");
    }
    const bias = this.#bias(layer, out);
    const weight = kernelInChipOrder(kernel);
    const node = this.#built.conv(layer.name, weight, [out, inFeatures, ky, kx], stride, border, bias);
    const [, , wy, wx] = node.weightShape;
    const height = windowOutput(from.shape[1], wy, node.padding[0], stride[0]);
    const width = windowOutput(from.shape[2], wx, node.padding[1], stride[1]);
    return this.#activated(layer, from, node, [out, height, width], false, config.activation);
  }

  #dense(layer: KerasLayer, from: KerasValue): KerasValue | undefined {
    const kernel = this.#tensor(layer, "kernel", 2);
    if (kernel === undefined) return undefined;
    const [inputs, out] = kernel.shape;
    const needed = from.flat ? shapeSize(from.shape) : from.shape[0];
    if (inputs !== needed) return this.#problem(layer, `needs ${inputs} inputs and gets ${needed}`);
    const bias = this.#bias(layer, out);
    const weight = denseInChipOrder(kernel, from.order);
    // On a map Keras applies the layer to each pixel: a 1x1 convolution.
    const node: NetworkNode = from.flat
      ? { op: "linear", weight, weightShape: [out, inputs], ...(bias ? { bias } : {}) }
      : this.#built.conv(layer.name, weight, [out, inputs, 1, 1], [1, 1], NO_BORDER, bias);
    const shape: Shape = from.flat ? [out, 1, 1] : [out, from.shape[1], from.shape[2]];
    return this.#activated(layer, from, node, shape, from.flat, layer.config.activation);
  }

  /** (x - mean) / sqrt(variance + epsilon) * gamma + beta, worked into the weights in front where there are some. */
  #normalize(layer: KerasLayer, from: KerasValue): KerasValue | undefined {
    const features = from.shape[0];
    const mean = this.#vector(layer, "moving_mean", features);
    const variance = this.#vector(layer, "moving_variance", features);
    const gamma = layer.config.scale === false ? undefined : this.#vector(layer, "gamma", features);
    const beta = layer.config.center === false ? undefined : this.#vector(layer, "beta", features);
    if (mean === undefined || variance === undefined) return undefined;
    const axis = asArray(layer.config.axis)?.[0] ?? layer.config.axis ?? -1;
    if (axis !== -1 && axis !== (from.flat ? 1 : 3)) {
      return this.#refuse(layer, `normalizes axis ${String(axis)}`, "normalize features (the last axis)");
    }
    if (from.order !== undefined && from.order[1] * from.order[2] > 1) {
      return this.#refuse(layer, "normalizes a flattened map", "put it in front of the Flatten");
    }
    const epsilon = typeof layer.config.epsilon === "number" ? layer.config.epsilon : 1e-3;
    const factor = Array.from(variance, (v, i) => (gamma?.[i] ?? 1) / Math.sqrt(v + epsilon));
    const shift = Array.from(mean, (m, i) => (beta?.[i] ?? 0) - m * factor[i]);
    if (![...factor, ...shift].every(Number.isFinite)) {
      return this.#problem(layer, "has variances or means that give no finite numbers");
    }
    if (this.#built.fold(from.node, this.#usesOf(layer.sources[0]), factor, shift)) {
      this.folded.push(layer.name);
      return from;
    }
    if (features > MOST_DIAGONAL) {
      return this.#refuse(
        layer,
        `does not stand behind a weight layer and has ${features} features`,
        "put it behind one",
      );
    }
    return { ...from, node: this.#built.add(layer.name, diagonal(from.flat, factor, shift), [from.node]) };
  }

  #pool(layer: KerasLayer, from: KerasValue, op: "avgPool" | "maxPool"): KerasValue | undefined {
    const kernel = this.#pair(layer, "pool_size");
    const stride = layer.config.strides === null ? kernel : this.#pair(layer, "strides", kernel);
    this.#expectPlain(layer);
    if (kernel === undefined || stride === undefined) return undefined;
    if (from.flat) return this.#problem(layer, "pools a list");
    if (layer.config.padding === "same") {
      const border = [0, 1].flatMap((axis) => sameBorder(from.shape[axis + 1], kernel[axis], stride[axis]));
      if (border.some((n) => n > 0)) {
        return this.#refuse(
          layer,
          `has padding "same" on a ${from.shape[1]}x${from.shape[2]} map, where windows of ${kernel.join("x")} are cut at the edge`,
          'use padding "valid", or a map that the window divides',
        );
      }
    }
    return this.#pooled(layer.name, from, op, kernel, stride);
  }

  #globalPool(layer: KerasLayer, from: KerasValue, op: "avgPool" | "maxPool"): KerasValue | undefined {
    if (from.flat) return this.#problem(layer, "pools a list");
    const kernel: Pair = [from.shape[1], from.shape[2]];
    const pooled = this.#pooled(layer.name, from, op, kernel, kernel);
    if (pooled === undefined || layer.config.keepdims === true) return pooled;
    return this.#flatten(`${layer.name}.flatten`, pooled);
  }

  #pooled(
    name: string,
    from: KerasValue,
    op: "avgPool" | "maxPool",
    kernel: Pair,
    stride: Pair,
  ): KerasValue | undefined {
    const shape: Shape = [
      from.shape[0],
      windowOutput(from.shape[1], kernel[0], 0, stride[0]),
      windowOutput(from.shape[2], kernel[1], 0, stride[1]),
    ];
    const node = this.#built.add(name, { op, kernel, stride, padding: [0, 0] }, [from.node]);
    return { ...from, node, shape };
  }

  #flatten(name: string, from: KerasValue): KerasValue {
    if (from.flat) return from;
    const node = this.#built.add(name, { op: "flatten" }, [from.node]);
    return { node, shape: [shapeSize(from.shape), 1, 1], flat: true, order: from.shape, border: NO_BORDER };
  }

  /** Only what moves nothing: a map to a list, or the list at the input to a map of one feature. */
  #reshape(layer: KerasLayer, from: KerasValue): KerasValue | undefined {
    const target = (asArray(layer.config.target_shape) ?? []).map(Number);
    if (target.length === 1) return this.#flatten(layer.name, from);
    const node = this.#built.nodes.get(from.node);
    const [height, width, features] = target;
    const fits = target.length === 3 && height * width * features === shapeSize(from.shape);
    if (fits && features === 1 && node?.op === "input" && from.flat && this.#usesOf(layer.sources[0]) === 1) {
      const shape: Shape = [1, height, width];
      this.#built.nodes.set(from.node, { op: "input", shape });
      return { node: from.node, shape, flat: false, border: NO_BORDER };
    }
    if (fits && !from.flat && height === from.shape[1] && width === from.shape[2]) return from;
    return this.#refuse(layer, `reshapes to ${target.join("x")}`, "give the network its images as maps from the start");
  }

  #zeroPadding(layer: KerasLayer, from: KerasValue): KerasValue | undefined {
    const given = asArray(layer.config.padding) ?? [layer.config.padding, layer.config.padding];
    const [rows, columns] = given.map((side) => asArray(side) ?? [side, side]);
    const own = [...(rows ?? []), ...(columns ?? [])].map(Number);
    if (own.length !== 4 || !own.every((n) => Number.isInteger(n) && n >= 0 && n <= 1024)) {
      return this.#problem(layer, "has a padding that is not read");
    }
    return { ...from, border: from.border.map((n, i) => n + own[i]) as unknown as Border };
  }

  #relu(layer: KerasLayer, from: KerasValue): KerasValue | undefined {
    const { max_value: most, threshold = 0, negative_slope: slope = 0 } = layer.config;
    const slopes = asArray(slope)?.map(Number) ?? [Number(slope ?? 0)];
    if (Number(threshold ?? 0) !== 0 || slopes.some((n) => n !== 0) || (most !== undefined && most !== null)) {
      return this.#refuse(
        layer,
        "is not a plain ReLU (it has a limit, a threshold or a slope)",
        "train with a plain ReLU",
      );
    }
    return this.#activation(layer, layer.name, "relu", from);
  }

  #activated(
    layer: KerasLayer,
    from: KerasValue,
    node: NetworkNode,
    shape: Shape,
    flat: boolean,
    activation: unknown,
  ): KerasValue | undefined {
    if (shape[1] < 1 || shape[2] < 1) {
      return this.#problem(layer, `has a window larger than its map of ${from.shape[1]}x${from.shape[2]}`);
    }
    const value = { node: this.#built.add(layer.name, node, [from.node]), shape, flat, border: NO_BORDER };
    return this.#activation(layer, undefined, activation, value);
  }

  #activation(
    layer: KerasLayer,
    own: string | undefined,
    activation: unknown,
    from: KerasValue,
  ): KerasValue | undefined {
    const kind = asText(activation) ?? asText(asObject(activation)?.class_name)?.toLowerCase() ?? "linear";
    if (kind === "linear") return from;
    if (kind === "relu") {
      const name = own ?? `${layer.name}.relu`;
      return { ...from, node: this.#built.add(name, { op: "relu", quantized: false }, [from.node]) };
    }
    if (kind === "softmax") {
      const name = own ?? `${layer.name}.softmax`;
      return { ...from, node: this.#built.add(name, { op: "softmax" }, [from.node]) };
    }
    return this.#refuse(layer, `has the activation ${kind}`, "train with relu, the only one that spikes can stand for");
  }

  #join(layer: KerasLayer, inputs: readonly KerasValue[], op: "add" | "concat"): KerasValue | undefined {
    const first = inputs[0];
    const alike = inputs.every(
      (input) =>
        input.flat === first.flat &&
        !input.border.some((n) => n > 0) &&
        (op === "concat" || input.order?.join() === first.order?.join()) &&
        input.shape.every((n, axis) => n === first.shape[axis] || (op === "concat" && axis === 0)),
    );
    if (!alike) {
      const shapes = inputs.map((input) => input.shape.join("x")).join(", ");
      return this.#refuse(layer, `joins ${shapes}`, "give all its sources one shape");
    }
    const axis = layer.config.axis ?? -1;
    if (op === "concat" && (first.flat || (axis !== -1 && axis !== 3))) {
      return this.#refuse(layer, "does not join features of maps", "join along the last axis of maps");
    }
    const node = this.#built.add(
      layer.name,
      { op },
      inputs.map((input) => input.node),
    );
    const features = op === "add" ? first.shape[0] : inputs.reduce((sum, input) => sum + input.shape[0], 0);
    return { ...first, node, shape: [features, first.shape[1], first.shape[2]] };
  }

  #border(layer: KerasLayer, from: KerasValue, kernel: Pair, stride: Pair): Border | undefined {
    const padding = asText(layer.config.padding) ?? "valid";
    if (padding === "valid") return from.border;
    if (padding !== "same") return this.#refuse(layer, `has padding "${padding}"`, 'use "same" or "valid"');
    const [top, bottom, left, right] = from.border;
    const rows = sameBorder(from.shape[1] + top + bottom, kernel[0], stride[0]);
    const columns = sameBorder(from.shape[2] + left + right, kernel[1], stride[1]);
    return [top + rows[0], bottom + rows[1], left + columns[0], right + columns[1]];
  }

  /** Refuses what a plain layer does not have: another order of axes, gaps in the kernel, groups. */
  #expectPlain(layer: KerasLayer): void {
    const { data_format: format, groups = 1 } = layer.config;
    if (format !== undefined && format !== null && format !== "channels_last") {
      this.#refuse(layer, `has its axes in the order ${String(format)}`, "export the model with channels_last");
    }
    if (layer.config.dilation_rate !== undefined) {
      const dilation = this.#pair(layer, "dilation_rate");
      if (dilation?.some((n) => n !== 1))
        this.#refuse(layer, "has gaps in its kernel (dilation)", "train with dilation 1");
    }
    if (groups !== 1) this.#refuse(layer, `has ${String(groups)} groups`, "train with groups = 1");
  }

  #bias(layer: KerasLayer, out: number): Float32Array | undefined {
    if (layer.config.use_bias === false) return undefined;
    const bias = this.#vector(layer, "bias", out);
    return bias?.some((b) => b !== 0) ? bias : undefined;
  }

  #vector(layer: KerasLayer, name: string, length: number): Float32Array | undefined {
    const tensor = this.#tensor(layer, name, 1);
    if (tensor === undefined || tensor.values.length === length) return tensor?.values;
    return this.#problem(layer, `has ${tensor.values.length} values of ${name} and needs ${length}`);
  }

  #tensor(layer: KerasLayer, name: string, rank: number): Tensor | undefined {
    const tensor = this.#weights.get(layer.name)?.get(name);
    if (tensor === undefined) return this.#problem(layer, `has no weights "${name}" in the file`);
    if (tensor.shape.length !== rank || !tensor.shape.every((n) => n >= 1)) {
      return this.#problem(layer, `has ${name} of shape ${tensor.shape.join("x")}; ${rank} sizes are needed`);
    }
    const bad = tensor.values.reduce((count, value) => count + (Number.isFinite(value) ? 0 : 1), 0);
    if (bad > 0) return this.#problem(layer, `has ${bad} values of ${name} that are not finite numbers`);
    return tensor;
  }

  #pair(layer: KerasLayer, field: string, missing?: Pair): Pair | undefined {
    const value = layer.config[field];
    const pair = asArray(value)?.map(Number) ?? (typeof value === "number" ? [value, value] : missing);
    if (pair?.length === 2 && pair.every((n) => Number.isInteger(n) && n >= 1 && n <= 65536)) return [pair[0], pair[1]];
    return this.#problem(layer, `has ${field} ${JSON.stringify(value) ?? "missing"}; two whole numbers are needed`);
  }

  #usesOf(name: string): number {
    return this.#model.layers.reduce((sum, layer) => sum + layer.sources.filter((source) => source === name).length, 0);
  }

  #refuse(layer: KerasLayer, why: string, remedy: string): undefined {
    return this.#built.refuse(layer.name, layer.className, why, remedy);
  }

  #problem(layer: KerasLayer, why: string, remedy?: string): undefined {
    return this.#built.problem(layer.name, layer.className, why, remedy);
  }
}
