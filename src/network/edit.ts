import type { Edge, Network, NetworkNode } from "./types.ts";

/** A network being rewritten: nodes and edges that can be changed, then taken as a `Network` again. */
export class NetworkEdit {
  readonly nodes: Map<string, NetworkNode>;
  edges: Edge[];
  readonly #warnings: readonly string[];

  constructor(network: Network) {
    this.nodes = new Map(network.nodes);
    this.edges = [...network.edges];
    this.#warnings = network.warnings ?? [];
  }

  sourcesOf(name: string): readonly string[] {
    return this.edges.filter(([, to]) => to === name).map(([from]) => from);
  }

  targetsOf(name: string): readonly string[] {
    return this.edges.filter(([from]) => from === name).map(([, to]) => to);
  }

  node(name: string): NetworkNode {
    return this.nodes.get(name)!;
  }

  /** `wanted`, or with the first number behind it that makes it new. */
  freeName(wanted: string): string {
    let name = wanted;
    for (let i = 2; this.nodes.has(name); i++) name = `${wanted}_${i}`;
    return name;
  }

  /** Puts a new node on the `nth` edge into `target`. */
  insertBefore(target: string, nth: number, wanted: string, node: NetworkNode): string {
    const name = this.freeName(wanted);
    const at = this.#edgeInto(target, nth);
    this.edges.splice(at, 1, [this.edges[at][0], name], [name, target]);
    this.nodes.set(name, node);
    return name;
  }

  /** Puts a new node behind `source`, in front of all that it fed. */
  insertBehind(source: string, wanted: string, node: NetworkNode): string {
    const name = this.freeName(wanted);
    this.edges = this.edges.map(([from, to]): Edge => (from === source ? [name, to] : [from, to]));
    this.edges.push([source, name]);
    this.nodes.set(name, node);
    return name;
  }

  /** Takes a node with one source out; its source feeds what it fed. */
  remove(name: string): void {
    const source = this.sourcesOf(name)[0];
    this.edges = this.edges
      .filter(([, to]) => to !== name)
      .map(([from, to]): Edge => (from === name ? [source, to] : [from, to]));
    this.nodes.delete(name);
  }

  /** Lets the `nth` edge into `target` come from `source` instead. */
  redirect(target: string, nth: number, source: string): void {
    this.edges[this.#edgeInto(target, nth)] = [source, target];
  }

  #edgeInto(target: string, nth: number): number {
    let left = nth;
    return this.edges.findIndex(([, to]) => to === target && left-- === 0);
  }

  /** The network as it is now; nodes that nothing leads to any more are gone. */
  done(): Network {
    return {
      nodes: new Map(this.nodes),
      edges: [...this.edges],
      ...(this.#warnings.length > 0 ? { warnings: this.#warnings } : {}),
    };
  }
}
