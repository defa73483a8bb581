import { graphOf } from "../network/graph.ts";
import type { Refusal } from "../network/refusal.ts";
import type { IfNode, Network, NetworkNode, PoolNode, Shape } from "../network/types.ts";

/** A way that spikes take from a neuron stage (or the input) to the next weight layer. */
export interface Route {
  /** Name of the weight node that receives. */
  readonly to: string;
  /** Product of the pooling windows on the way, one axis. */
  readonly pooling: number;
  /** Product of the areas of the average pools on the way: the receiver's weights are divided by it. */
  readonly divisor: number;
  /** Features of the receiver in front of these: what `concat` puts there. */
  readonly featureShift: number;
}

/** Everything that one neuron stage (or the input) feeds. */
export interface Routes {
  readonly routes: readonly Route[];
  readonly output: boolean;
  /** Pools, merges and the like that the spikes pass, each once. */
  readonly passed: readonly string[];
}

/** The neurons behind a weight layer. */
export interface FoundNeuron {
  readonly name: string;
  readonly node: IfNode;
  /** Nodes between the weights and the neuron. */
  readonly passed: readonly string[];
}

interface Walk {
  readonly pools: readonly string[];
  readonly featureShift: number;
  readonly concatenated: boolean;
}

/** A core has 2 destinations; far beyond that the graph is not a chip network, and the walk would grow without end. */
const MAX_ROUTES = 256;

/** Follows spikes through pools, merges, concatenations and flattens. Collects refusals instead of throwing. */
export class RouteFinder {
  readonly warnings: string[] = [];
  readonly #refusals = new Map<string, Refusal>();
  readonly #network: Network;
  readonly #maps: ReadonlyMap<string, Shape>;
  readonly #sources: ReadonlyMap<string, readonly string[]>;
  readonly #targets: ReadonlyMap<string, readonly string[]>;

  /** @param maps output map of every node as the chip sees it (`chipMaps`) */
  constructor(network: Network, maps: ReadonlyMap<string, Shape>) {
    this.#network = network;
    this.#maps = maps;
    const graph = graphOf(network);
    this.#sources = graph.sources;
    this.#targets = graph.targets;
  }

  get refusals(): readonly Refusal[] {
    return [...this.#refusals.values()];
  }

  /** The one source of a node that has one. */
  sourceOf(name: string): string {
    return this.#sources.get(name)![0];
  }

  /** The neuron stage behind a weight layer, or undefined (with a refusal) when there is none that a core has. */
  neuronOf(weightNode: string): FoundNeuron | undefined {
    const passed: string[] = [];
    let name = weightNode;
    for (;;) {
      const targets = this.#targets.get(name)!;
      if (targets.length > 1) {
        this.#refuse(
          weightNode,
          `feeds ${targets.length} nodes before it spikes`,
          "give every branch its own copy of the weights; a core has one neuron stage",
        );
        return undefined;
      }
      name = targets[0];
      const node = this.#network.nodes.get(name)!;
      if (node.op === "flatten") {
        passed.push(name);
      } else if (node.op === "if") {
        return { name, node, passed };
      } else if (node.op === "relu" && node.quantized) {
        return { name, node: { op: "if", threshold: 1, r: 1, reset: "subtract" }, passed };
      } else {
        this.#refuseNeuron(weightNode, name, node);
        return undefined;
      }
    }
  }

  /** Where the spikes of a neuron stage (or of the input) go. */
  routesFrom(start: string): Routes {
    const routes: Route[] = [];
    const passed = new Set<string>();
    let output = false;
    const visit = (from: string, walk: Walk): void => {
      const seen = new Map<string, number>();
      for (const name of this.#targets.get(from)!) {
        const node = this.#network.nodes.get(name)!;
        const nth = seen.get(name) ?? 0;
        seen.set(name, nth + 1);
        if (routes.length >= MAX_ROUTES) {
          this.#refuse(
            start,
            `reaches weight layers on more than ${MAX_ROUTES} ways`,
            "merge branches once, not again and again",
          );
          return;
        }
        switch (node.op) {
          case "conv2d":
          case "linear": {
            const route = this.#route(name, walk);
            if (route) routes.push(route);
            break;
          }
          case "output":
            output = this.#reachesOutput(start, name, walk) || output;
            break;
          case "if":
            this.#refuse(
              name,
              "has no weight layer in front of it",
              "put a 1x1 convolution with weight 1 in front of it",
            );
            break;
          case "relu":
            if (!node.quantized || walk.pools.some((pool) => this.#pool(pool).op === "avgPool")) {
              this.#refuse(name, "has no weight layer in front of it", "remove it: spike counts are never negative");
              break;
            }
            // floor(max(0, n)) of a count of spikes is that count.
            passed.add(name);
            visit(name, walk);
            break;
          case "sumPool":
          case "avgPool":
            passed.add(name);
            visit(name, { ...walk, pools: [...walk.pools, name] });
            break;
          case "maxPool":
            this.#refuse(
              name,
              "takes the largest value of a window, which spikes cannot be compared for",
              "replace it by an average (convert --max-pool average) or train with average pools",
            );
            visit(name, walk);
            break;
          case "softmax":
            this.#refuse(
              name,
              "computes probabilities, which no core does",
              "remove it (convert --calibrate does): the class with most spikes is the one it would name",
            );
            visit(name, walk);
            break;
          case "concat":
            passed.add(name);
            visit(name, {
              ...walk,
              featureShift: walk.featureShift + this.#featuresBefore(name, from, nth),
              concatenated: true,
            });
            break;
          default:
            passed.add(name);
            visit(name, walk);
        }
      }
    };
    visit(start, { pools: [], featureShift: 0, concatenated: false });
    return { routes, output, passed: [...passed] };
  }

  #route(to: string, walk: Walk): Route | undefined {
    let usable = true;
    let pooling = 1;
    let divisor = 1;
    for (const name of walk.pools) {
      const { op, kernel, stride, padding } = this.#pool(name);
      if (
        kernel[0] !== kernel[1] ||
        kernel[0] !== stride[0] ||
        kernel[1] !== stride[1] ||
        padding.some((n) => n !== 0)
      ) {
        const why = `pools ${kernel.join("x")} with stride ${stride.join("x")} and padding ${padding.join("x")}`;
        this.#refuse(
          name,
          why,
          "use a square window, a stride equal to it and no padding; the chip pools by dropping address bits",
        );
        usable = false;
      }
      pooling *= kernel[0];
      if (op === "avgPool") divisor *= kernel[0] * kernel[1];
    }
    return usable ? { to, pooling, divisor, featureShift: walk.featureShift } : undefined;
  }

  #reachesOutput(start: string, name: string, walk: Walk): boolean {
    const source = this.sourceOf(name);
    const map = this.#maps.get(source);
    if (walk.concatenated) {
      this.#refuse(
        name,
        "reads concatenated layers",
        "give each layer its own output, or join them in one more layer; the host counts spikes by feature",
      );
    } else if (map && map[1] * map[2] > 1 && this.#passesFlatten(source)) {
      this.#refuse(
        name,
        `reads a flattened ${map.join("x")} map`,
        "end in a 1x1 map; the host counts spikes by feature, not by position",
      );
    } else if (walk.pools.length > 0) {
      const pools = walk.pools.join(", ");
      this.warnings.push(
        `${pools} between ${start} and the output is left out: spikes are read before pooling, and the host sums each feature.`,
      );
    }
    return true;
  }

  /** True when a flatten stands between the output and the last node that forms a map. */
  #passesFlatten(name: string): boolean {
    const { op } = this.#network.nodes.get(name)!;
    if (op === "flatten") return true;
    return (
      (op === "add" || op === "concat" || op === "relu") &&
      this.#sources.get(name)!.some((source) => this.#passesFlatten(source))
    );
  }

  /** Features in front of the `nth` edge from `from` into a concat. */
  #featuresBefore(concat: string, from: string, nth: number): number {
    let features = 0;
    let left = nth;
    for (const source of this.#sources.get(concat)!) {
      if (source === from && left-- === 0) return features;
      features += this.#maps.get(source)?.[0] ?? 0;
    }
    return features;
  }

  #refuseNeuron(weightNode: string, name: string, node: NetworkNode): void {
    switch (node.op) {
      case "relu":
        this.#refuse(
          name,
          "is a plain ReLU, which does not spike",
          "calibrate the network (convert --calibrate) or train it with quantized ReLUs",
        );
        break;
      case "sumPool":
      case "avgPool":
        this.#refuse(
          name,
          `stands between the weights of ${weightNode} and their neurons`,
          "move it behind the neurons",
        );
        break;
      case "maxPool":
        this.#refuse(
          name,
          `takes the largest of windows of ${weightNode} before its neurons`,
          "move it behind the neurons and replace it by an average (convert --max-pool average)",
        );
        break;
      case "softmax":
        this.#refuse(
          name,
          "computes probabilities, which no core does",
          "convert the network with --calibrate: output neurons count, and the class with most spikes wins",
        );
        break;
      case "add":
      case "concat":
        this.#refuse(
          name,
          `joins ${weightNode} with others before the neurons`,
          "put an IF behind every weight layer; the chip joins spikes, not membranes",
        );
        break;
      default:
        this.#refuse(
          weightNode,
          "has no spiking neuron behind it",
          "append an IF node (threshold 1 after a quantized ReLU, else calibrate)",
        );
    }
  }

  #pool(name: string): PoolNode {
    return this.#network.nodes.get(name) as PoolNode;
  }

  #refuse(node: string, why: string, remedy: string): void {
    this.#refusals.set(`${node} ${why}`, { node, op: this.#network.nodes.get(node)!.op, why, remedy });
  }
}
