import type { Edge, Network, NetworkNode, Shape } from "../../src/network/types.ts";
import { Random } from "../../src/random.ts";
import { conv, linear, pool, spike } from "./build-network.ts";

export interface RandomNetworkOptions {
  /** Largest number of weight layers. */
  readonly layers?: number;
  /** Additions, concatenations and several readers of one layer. */
  readonly branches?: boolean;
  /** Largest input height and width. */
  readonly size?: number;
  readonly features?: number;
  readonly averages?: boolean;
}

interface Place {
  readonly name: string;
  readonly shape: Shape;
}

/** A sound spiking network drawn from a seed: chains or branched graphs, pools of both kinds, a linear layer at times. */
export function randomNetwork(seed: number, options: RandomNetworkOptions = {}): Network {
  const { layers = 4, branches = true, size = 9, features = 4, averages = true } = options;
  const random = new Random(seed);
  const nodes = new Map<string, NetworkNode>();
  const edges: Edge[] = [];
  const add = (name: string, node: NetworkNode, sources: readonly string[]): void => {
    nodes.set(name, node);
    for (const source of sources) edges.push([source, name]);
  };
  const pick = <T>(list: readonly T[]): T => list[random.below(list.length)];
  const inputShape: Shape = [random.integer(1, features), random.integer(4, size), random.integer(4, size)];
  add("input", { op: "input", shape: inputShape }, []);
  const places: Place[] = [{ name: "input", shape: inputShape }];
  const read = new Set<string>();

  const pooled = (from: Place, label: string): Place => {
    if (random.below(3) > 0 || from.shape[1] < 2 || from.shape[2] < 2) return from;
    const name = `pool${label}`;
    add(name, pool(averages && random.below(2) === 0 ? "avgPool" : "sumPool", 2), [from.name]);
    return { name, shape: [from.shape[0], from.shape[1] >> 1, from.shape[2] >> 1] };
  };
  const joined = (from: Place, label: string): Place => {
    if (!branches || random.below(2) === 0) return from;
    const [f, h, w] = from.shape;
    const others = places.filter(({ shape }) => shape[1] === h && shape[2] === w);
    if (others.length === 0) return from;
    const other = pick(others);
    read.add(other.name);
    if (other.shape[0] === f && random.below(2) === 0) {
      add(`add${label}`, { op: "add" }, [from.name, other.name]);
      return { name: `add${label}`, shape: from.shape };
    }
    add(`concat${label}`, { op: "concat" }, [from.name, other.name]);
    return { name: `concat${label}`, shape: [f + other.shape[0], h, w] };
  };

  const count = random.integer(1, layers);
  for (let i = 1; i <= count; i++) {
    const base = branches ? pick(places) : places[places.length - 1];
    read.add(base.name);
    const from = joined(pooled(base, `${i}a`), `${i}`);
    const out = random.integer(1, features);
    const shape = weightLayer(random, add, `layer${i}`, from, out, i === count);
    add(`if${i}`, spike(0.5 + random.float(), { r: pick([1, 1, 2]) }), [`layer${i}`]);
    places.push({ name: `if${i}`, shape });
  }
  let outputs = 0;
  for (const { name } of places.slice(1)) {
    if (read.has(name)) continue;
    outputs++;
    add(outputs === 1 ? "output" : `output${outputs}`, { op: "output" }, [name]);
  }
  return { nodes, edges };
}

function weightLayer(
  random: Random,
  add: (name: string, node: NetworkNode, sources: readonly string[]) => void,
  name: string,
  from: Place,
  out: number,
  last: boolean,
): Shape {
  const [features, height, width] = from.shape;
  const seed = random.uint32();
  const bias = random.below(4) === 0 ? { bias: Array.from({ length: out }, () => random.float() - 0.5) } : {};
  if ((last && random.below(2) === 0) || Math.min(height, width) < 2) {
    add(`flat_${name}`, { op: "flatten" }, [from.name]);
    add(name, linear(features * height * width, out, { seed, ...bias }), [`flat_${name}`]);
    return [out, 1, 1];
  }
  const kernel = random.integer(1, Math.min(3, height, width));
  const padding = random.below(kernel);
  const stride = random.integer(1, 2);
  add(name, conv(features, out, kernel, { padding, stride, seed, ...bias }), [from.name]);
  const size = (n: number): number => Math.floor((n - kernel + 2 * padding) / stride) + 1;
  return [out, size(height), size(width)];
}
