import type { Network } from "../network/types.ts";
import type { KerasLayer, KerasModel } from "./keras-config.ts";
import { KerasLayers, type KerasValue } from "./keras-layers.ts";
import type { KerasWeights } from "./keras-weights.ts";
import { NetworkBuilder, soundShape } from "./network-builder.ts";

/** Layers that do nothing when the network is used. */
const TRAINING_ONLY: ReadonlySet<string> = new Set([
  "Dropout",
  "SpatialDropout2D",
  "AlphaDropout",
  "GaussianDropout",
  "GaussianNoise",
  "ActivityRegularization",
]);

/** Layers that have no counterpart, and what helps. */
const REMEDIES: Readonly<Record<string, readonly [why: string, remedy: string]>> = {
  DepthwiseConv2D: ["convolves each feature by itself", "use a Conv2D, with zeros between features if need be"],
  SeparableConv2D: ["convolves each feature by itself", "use Conv2D layers"],
  Conv2DTranspose: ["enlarges its map", "use Conv2D layers"],
  UpSampling2D: ["enlarges its map", "use Conv2D layers"],
  LSTM: ["is recurrent", "use feed-forward layers"],
  GRU: ["is recurrent", "use feed-forward layers"],
  SimpleRNN: ["is recurrent", "use feed-forward layers"],
  Multiply: ["multiplies activations", "use Add; the chip adds events"],
  LayerNormalization: ["depends on the input's own statistics", "use BatchNormalization, which is folded"],
  GroupNormalization: ["depends on the input's own statistics", "use BatchNormalization, which is folded"],
};

/**
 * A Keras model as a network: channels-last maps become `[feature][y][x]`, weights of Dense layers behind a Flatten
 * follow; batch normalization is folded into the weights in front; uneven "same" borders are made even by widening the
 * kernel with zeros. All of it exact; what cannot be exact is refused.
 *
 * Rectifiers stay plain ReLUs, and max pools, biases and softmax stay too: what a chip cannot do is for the conversion to
 * settle (`convertNetwork`).
 *
 * @throws ChipError E_UNSUPPORTED with every reason at once, E_NETWORK when sizes contradict each other
 */
export function importKeras(model: KerasModel, weights: KerasWeights, file: string): Network {
  return new Importer(model, weights).run(file);
}

/** Walks the graph: every layer behind its sources, then the output. */
class Importer {
  readonly #model: KerasModel;
  readonly #layers: KerasLayers;
  readonly #built = new NetworkBuilder();
  readonly #values = new Map<string, KerasValue>();
  readonly #idle: string[] = [];

  constructor(model: KerasModel, weights: KerasWeights) {
    this.#model = model;
    this.#layers = new KerasLayers(model, weights, this.#built);
  }

  run(file: string): Network {
    for (const layer of inOrder(this.#model.layers)) {
      const value = this.#read(layer);
      if (value !== undefined && soundShape(value.shape)) this.#values.set(layer.name, value);
    }
    if (this.#model.outputs.length > 1) {
      const why = `is one of ${this.#model.outputs.length} outputs`;
      this.#built.refuse(this.#model.outputs[1], "output", why, "export a model with one output");
    }
    const last = this.#values.get(this.#model.outputs[0]);
    if (last !== undefined) this.#built.add("output", { op: "output" }, [last.node]);
    else if (this.#built.refusals.length + this.#built.problems.length === 0) {
      this.#built.problem(this.#model.outputs[0] ?? "output", "output", "cannot be reached from the input");
    }
    this.#summarize();
    return this.#built.finish(file);
  }

  #summarize(): void {
    const { warnings } = this.#built;
    if (this.#idle.length > 0) warnings.push(`${this.#idle.join(", ")}: for training only, left out.`);
    if (this.#layers.folded.length > 0)
      warnings.push(`${this.#layers.folded.join(", ")}: folded into the weights in front.`);
  }

  #read(layer: KerasLayer): KerasValue | undefined {
    const { className, sources } = layer;
    if (layer.uses > 1) {
      return this.#refuse(
        layer,
        `is used at ${layer.uses} places with the same weights`,
        "give each place a layer of its own",
      );
    }
    if (className === "InputLayer") return this.#layers.input(layer);
    const inputs = sources.map((source) => this.#values.get(source));
    const idle = TRAINING_ONLY.has(className);
    if (idle) this.#idle.push(layer.name);
    const method = idle ? ([from]: readonly KerasValue[]) => from : this.#layers.reader(layer);
    if (method === undefined) {
      const [why, remedy] = REMEDIES[className] ?? [
        "is not a layer that is read",
        "use Conv2D, Dense, AveragePooling2D, Flatten, ReLU, BatchNormalization, Add",
      ];
      return this.#refuse(layer, why, remedy);
    }
    if (inputs.length === 0) return this.#problem(layer, "has no source");
    // A source that was refused has been told about; what lies behind it is not judged.
    if (!inputs.every((input) => input !== undefined)) return undefined;
    const { border } = inputs[0];
    if (border.some((n) => n > 0) && !idle && className !== "Conv2D" && className !== "ZeroPadding2D") {
      return this.#refuse(layer, "stands behind a ZeroPadding2D", "put a Conv2D right behind the padding");
    }
    return method(inputs);
  }

  #refuse(layer: KerasLayer, why: string, remedy: string): undefined {
    return this.#built.refuse(layer.name, layer.className, why, remedy);
  }

  #problem(layer: KerasLayer, why: string, remedy?: string): undefined {
    return this.#built.problem(layer.name, layer.className, why, remedy);
  }
}

/** Each layer behind its sources, otherwise as in the file; layers on a cycle are left out. */
function inOrder(layers: readonly KerasLayer[]): readonly KerasLayer[] {
  const placed = new Set<string>();
  const names = new Set(layers.map(({ name }) => name));
  const order: KerasLayer[] = [];
  let waiting = [...layers];
  while (waiting.length > 0) {
    const ready = waiting.filter(({ sources }) => sources.every((source) => placed.has(source) || !names.has(source)));
    if (ready.length === 0) break;
    for (const layer of ready) {
      order.push(layer);
      placed.add(layer.name);
    }
    waiting = waiting.filter((layer) => !placed.has(layer.name));
  }
  return order;
}
