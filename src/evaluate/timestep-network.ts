import {
  FROM_INPUT,
  type SpikeFunction,
  type TimestepLayer,
  type TimestepNetwork,
  type TimestepPool,
  type TimestepSource,
} from "../../emulator/timestep/layer.ts";
import { type Graph, graphOf } from "../network/graph.ts";
import { mergeAdds } from "../network/merge-adds.ts";
import { topologicalOrder } from "../network/order.ts";
import { type Refusal, refusalError } from "../network/refusal.ts";
import { inferShapes } from "../network/shapes.ts";
import {
  type Conv2dNode,
  formatShape,
  type LinearNode,
  type Network,
  type NetworkNode,
  type PoolNode,
  type Shape,
} from "../network/types.ts";

export interface NetworkOptions {
  /** Default "multi", as sinabs. */
  readonly spikeFunction?: SpikeFunction;
  /**
   * Lower bound of neurons whose file gives none: none, as the file says (default), or minus their threshold, which is
   * what sinabs sets when it reads NIR and what the quantizer sets for the chip.
   */
  readonly missingThresholdLow?: "minusThreshold" | "none";
}

/** A float network for timestep mode, and which of its layers are the answer. */
export interface FloatTimestepNetwork {
  readonly network: TimestepNetwork;
  /** Positions of the layers that the network's outputs read; they are monitored. */
  readonly outputs: readonly number[];
}

/** Spikes of a node as they arrive: from which layer, over which pool, shifted by how many features. */
type Feed = TimestepSource;

/** What a node passes on. */
interface Passed {
  readonly feeds: readonly Feed[];
  /** Shape in which a flattened map keeps its height and width. */
  readonly map: Shape;
}

/**
 * A network as the training literature simulates it: its float weights, one layer for each spiking node. It may exceed
 * every rule of the chip: rectangular kernels, average and overlapping pools, bias, any size.
 *
 * @throws ChipError E_NETWORK when it does not fit together; E_UNSUPPORTED naming every node that has no place here
 */
export function timestepFromNetwork(network: Network, options: NetworkOptions = {}): FloatTimestepNetwork {
  return new Builder(network, options).build();
}

class Builder {
  readonly #network: Network;
  readonly #options: NetworkOptions;
  readonly #graph: Graph;
  readonly #shapes: ReadonlyMap<string, Shape>;
  readonly #refusals: Refusal[] = [];
  readonly #passed = new Map<string, Passed>();
  readonly #layers: TimestepLayer[] = [];

  constructor(network: Network, options: NetworkOptions) {
    // Sums of weight layers in front of neurons become one layer, as on the chip.
    this.#network = mergeAdds(network);
    this.#options = options;
    this.#graph = graphOf(this.#network);
    this.#shapes = inferShapes(this.#network);
  }

  build(): FloatTimestepNetwork {
    const outputs = new Set<number>();
    let inputShape: Shape | undefined;
    for (const name of topologicalOrder(this.#network)) {
      const node = this.#node(name);
      if (node.op === "input") {
        if (inputShape) this.#refuse(name, "is a second input", "keep one input node");
        inputShape ??= node.shape;
      }
      this.#passed.set(name, this.#pass(name, node));
      if (node.op === "output") for (const { from } of this.#feedsOf(name)) if (from !== FROM_INPUT) outputs.add(from);
    }
    if (this.#refusals.length > 0) throw refusalError("The network cannot run in timestep mode", this.#refusals);
    const layers = this.#layers.map((layer, index) => ({ ...layer, monitor: outputs.has(index) }));
    return {
      network: { arithmetic: "float32", inputShape: inputShape as Shape, layers },
      outputs: [...outputs].sort((a, b) => a - b),
    };
  }

  /** A refused node passes nothing on, so that one fault gives one sentence. */
  #pass(name: string, node: NetworkNode): Passed {
    const sources = this.#graph.sources.get(name) as readonly string[];
    const map = this.#shapes.get(name) as Shape;
    switch (node.op) {
      case "input":
        return { feeds: [{ from: FROM_INPUT, pool: null, featureShift: 0 }], map };
      case "conv2d":
      case "linear":
        if (!(this.#graph.targets.get(name) as readonly string[]).every((to) => this.#spikes(to))) {
          this.#refuse(name, "has no spiking neuron right behind it", "put an IF node behind it, and nothing between");
        }
        return { feeds: [], map };
      case "if":
      case "relu":
        return { feeds: this.#addLayer(name, node, sources[0]), map };
      case "sumPool":
      case "avgPool":
        return { feeds: this.#pooled(name, node, sources[0]), map };
      case "maxPool":
        this.#refuse(name, "takes the largest value of a window", "convert the network with --max-pool average");
        return { feeds: [], map };
      case "softmax":
        this.#refuse(name, "computes probabilities, not spikes", "convert the network with --calibrate");
        return { feeds: [], map };
      case "concat":
        return this.#concatenated(name, sources);
      case "add":
        if (new Set(sources.map((source) => formatShape(this.#mapOf(source)))).size > 1) {
          this.#refuse(name, "adds maps that were flattened from different shapes", "add them before flattening");
        }
        return { feeds: sources.flatMap((source) => this.#feedsOf(source)), map: this.#mapOf(sources[0]) };
      default:
        return { feeds: this.#feedsOf(sources[0]), map: this.#mapOf(sources[0]) };
    }
  }

  #addLayer(name: string, node: NetworkNode, source: string): readonly Feed[] {
    const weights = this.#node(source);
    if (node.op === "relu" && !node.quantized) {
      this.#refuse(name, "is a ReLU that was never turned into a spiking neuron", "calibrate and convert the network");
      return [];
    }
    if (weights.op !== "conv2d" && weights.op !== "linear") {
      this.#refuse(name, `has ${source} (${weights.op}) in front of it`, "put a convolution or linear node before it");
      return [];
    }
    const before = (this.#graph.sources.get(source) as readonly string[])[0];
    const map = this.#mapOf(before);
    if (weights.op === "conv2d" && formatShape(map) !== formatShape(this.#shapes.get(before) as Shape)) {
      this.#refuse(source, "is a convolution of a flattened map", "remove the flatten node");
      return [];
    }
    const neuron =
      node.op === "if" ? node : { threshold: 1, r: 1, reset: "subtract" as const, thresholdLow: undefined };
    const missing = this.#options.missingThresholdLow === "minusThreshold" ? -neuron.threshold : null;
    const index = this.#layers.length;
    this.#layers.push({
      name: source,
      core: index,
      inputShape: map,
      outputShape: this.#shapes.get(source) as Shape,
      ...geometryOf(weights, map),
      // [T6] v += r * input, so r goes into weights and bias.
      weights: weights.weight.map((weight) => weight * neuron.r),
      bias: weights.bias ? weights.bias.map((bias) => bias * neuron.r) : null,
      threshold: neuron.threshold,
      minVMem: neuron.thresholdLow ?? missing,
      spikeFunction: this.#options.spikeFunction ?? "multi",
      reset: neuron.reset,
      sources: this.#feedsOf(before),
      monitor: false,
      initialState: null,
    });
    return [{ from: index, pool: null, featureShift: 0 }];
  }

  #pooled(name: string, node: PoolNode, source: string): readonly Feed[] {
    const pool: TimestepPool = {
      kernel: node.kernel,
      stride: node.stride,
      padding: node.padding,
      divisor: node.op === "avgPool" ? node.kernel[0] * node.kernel[1] : 1,
    };
    return this.#feedsOf(source).map((feed) => {
      if (feed.pool === null) return { ...feed, pool };
      if (!tiles(feed.pool) || !tiles(pool)) {
        this.#refuse(name, "pools a pooled map with windows that overlap or are padded", "make it one pool");
        return feed;
      }
      const kernel = [feed.pool.kernel[0] * pool.kernel[0], feed.pool.kernel[1] * pool.kernel[1]] as const;
      return {
        ...feed,
        pool: { kernel, stride: kernel, padding: [0, 0] as const, divisor: feed.pool.divisor * pool.divisor },
      };
    });
  }

  #concatenated(name: string, sources: readonly string[]): Passed {
    let features = 0;
    const feeds = sources.flatMap((source) => {
      const map = this.#mapOf(source);
      if (formatShape(map) !== formatShape(this.#shapes.get(source) as Shape)) {
        this.#refuse(name, `joins ${source}, which is flattened`, "join the maps before flattening");
      }
      const shift = features;
      features += map[0];
      return this.#feedsOf(source).map((feed) => ({ ...feed, featureShift: feed.featureShift + shift }));
    });
    const [, height, width] = this.#mapOf(sources[0]);
    return { feeds, map: [features, height, width] };
  }

  #spikes(name: string): boolean {
    const { op } = this.#node(name);
    return op === "if" || op === "relu";
  }

  #node(name: string): NetworkNode {
    return this.#network.nodes.get(name) as NetworkNode;
  }

  #feedsOf(name: string): readonly Feed[] {
    return (this.#passed.get(name) as Passed).feeds;
  }

  #mapOf(name: string): Shape {
    return (this.#passed.get(name) as Passed).map;
  }

  #refuse(node: string, why: string, remedy: string): void {
    this.#refusals.push({ node, op: this.#node(node).op, why, remedy });
  }
}

function geometryOf(
  node: Conv2dNode | LinearNode,
  map: Shape,
): Pick<TimestepLayer, "kernelSize" | "stride" | "padding"> {
  // A linear node is a convolution with one window, as large as the map: its weights are in (feature, y, x) order too.
  if (node.op === "linear") return { kernelSize: [map[1], map[2]], stride: [1, 1], padding: [0, 0] };
  return { kernelSize: [node.weightShape[2], node.weightShape[3]], stride: node.stride, padding: node.padding };
}

/** Windows side by side, so that two such pools in a row are one. */
function tiles({ kernel, stride, padding }: TimestepPool): boolean {
  return kernel[0] === stride[0] && kernel[1] === stride[1] && padding[0] === 0 && padding[1] === 0;
}
