import type { Refusal } from "../network/refusal.ts";
import type { Edge } from "../network/types.ts";
import type { Hdf5Group } from "./hdf5.ts";
import type { NirFindings, NirNode } from "./nir-nodes.ts";

/** The nodes and edges of a NIR file with graphs inside graphs laid flat. */
export interface NirGraph {
  readonly nodes: ReadonlyMap<string, NirNode>;
  readonly edges: readonly Edge[];
}

const DEEPEST = 8;

/**
 * Reads the graph in `group` (`type`, `nodes`, `edges`); undefined when that is not one.
 *
 * A node that is itself a graph is replaced by its content: node `b` of graph `a` becomes `a.b`, and the inner Input and
 * Output give way to direct edges.
 */
export function readGraph(group: Hdf5Group, findings: NirFindings, prefix = "", depth = 0): NirGraph | undefined {
  const members = group.group("nodes");
  if (members === undefined) return undefined;
  const nodes = new Map<string, NirNode>();
  const inner = new Map<string, Inner>();
  for (const key of members.keys()) {
    const name = prefix + key;
    const fields = members.group(key);
    const op = fields?.text("type");
    if (fields === undefined || op === undefined) {
      findings.problems.push(problem(name, "node", "has no type", "export the model again"));
    } else if (op === "NIRGraph") {
      const graph = depth < DEEPEST ? readGraph(fields, findings, `${name}.`, depth + 1) : undefined;
      if (graph === undefined) {
        findings.problems.push(
          problem(name, op, "is a graph without nodes or too deep inside others", "export the model again"),
        );
      } else inner.set(name, openInner(name, graph, findings));
    } else nodes.set(name, { name, op, fields });
  }
  const outer = readEdges(group, prefix, new Set([...nodes.keys(), ...inner.keys()]), findings);
  return joinGraphs(nodes, outer, inner);
}

/** A graph that is a node of another, with its Input and Output found. */
interface Inner {
  readonly graph: NirGraph;
  readonly input: string | undefined;
  readonly output: string | undefined;
}

function openInner(name: string, graph: NirGraph, findings: NirFindings): Inner {
  const doors = (op: string): string[] =>
    [...graph.nodes.values()].filter((node) => node.op === op).map((node) => node.name);
  for (const op of ["Input", "Output"]) {
    const count = doors(op).length;
    if (count === 1) continue;
    const why = `is a graph with ${count} ${op} nodes, and only one of each can be laid flat`;
    findings.refusals.push({ node: name, op: "NIRGraph", why, remedy: "export the model as one flat graph" });
  }
  return { graph, input: doors("Input")[0], output: doors("Output")[0] };
}

function joinGraphs(nodes: Map<string, NirNode>, outer: readonly Edge[], inner: ReadonlyMap<string, Inner>): NirGraph {
  const edges: Edge[] = [];
  const into = new Map<string, string[]>();
  const outOf = new Map<string, string[]>();
  for (const [name, { graph, input, output }] of inner) {
    for (const node of graph.nodes.values())
      if (node.name !== input && node.name !== output) nodes.set(node.name, node);
    const heads = graph.edges.filter(([from]) => from === input).map(([, to]) => to);
    const tails = graph.edges.filter(([, to]) => to === output).map(([from]) => from);
    into.set(name, heads);
    outOf.set(name, tails);
    edges.push(...graph.edges.filter(([from, to]) => from !== input && to !== output));
  }
  for (const [from, to] of outer) {
    for (const source of outOf.get(from) ?? [from])
      for (const target of into.get(to) ?? [to]) edges.push([source, target]);
  }
  return { nodes, edges };
}

function readEdges(
  group: Hdf5Group,
  prefix: string,
  names: ReadonlySet<string>,
  findings: NirFindings,
): readonly Edge[] {
  const texts = group.texts("edges");
  const where = prefix === "" ? "the network" : prefix.slice(0, -1);
  if (texts === undefined || texts.values.length === 0 || texts.shape[1] !== 2) {
    findings.problems.push(problem(where, "NIRGraph", "has no edges", "connect its nodes and export it again"));
    return [];
  }
  const edges: Edge[] = [];
  const seen = new Set<string>();
  for (let i = 0; i < texts.values.length; i += 2) {
    const [from, to] = [prefix + texts.values[i], prefix + texts.values[i + 1]];
    const missing = [from, to].filter((name) => !names.has(name));
    for (const name of missing) {
      const why = `is named by the edge ${from} -> ${to}, but there is no such node`;
      findings.problems.push(problem(name, "missing", why, "correct the edge or add the node"));
    }
    if (missing.length > 0) continue;
    const key = JSON.stringify([from, to]);
    if (seen.has(key)) findings.warnings.push(`The edge ${from} -> ${to} is there more than once; it counts once.`);
    else edges.push([from, to]);
    seen.add(key);
  }
  return edges;
}

function problem(node: string, op: string, why: string, remedy: string): Refusal {
  return { node, op, why, remedy };
}

/** What is wrong with the wiring: loose ends, several inputs, and every loop (as a refusal). */
export function checkWiring({ nodes, edges }: NirGraph, findings: NirFindings): void {
  const froms = new Set(edges.map(([from]) => from));
  const tos = new Set(edges.map(([, to]) => to));
  const inputs = [...nodes.values()].filter((node) => node.op === "Input");
  const outputs = [...nodes.values()].filter((node) => node.op === "Output");
  if (inputs.length === 0) findings.problems.push(problem("the network", "NIRGraph", "has no Input node", "add one"));
  if (outputs.length === 0) findings.problems.push(problem("the network", "NIRGraph", "has no Output node", "add one"));
  for (const { name, op } of inputs.slice(1)) {
    const why = `is an input beside ${inputs[0].name}, and events enter at one place`;
    findings.refusals.push({ node: name, op, why, remedy: "join the inputs as features of one" });
  }
  for (const { name, op } of nodes.values()) {
    const fed = tos.has(name);
    const feeds = froms.has(name);
    if (!fed && !feeds) findings.problems.push(problem(name, op, "has no edges", "connect it or remove it"));
    else if (op === "Input" ? fed : !fed) {
      findings.problems.push(problem(name, op, fed ? "is an input that is fed" : "has no source", "correct its edges"));
    } else if (op === "Output" ? feeds : !feeds) {
      findings.problems.push(
        problem(name, op, feeds ? "is an output that feeds others" : "leads nowhere", "correct its edges"),
      );
    }
  }
  for (const loop of findLoops(nodes, edges)) {
    const path = [...loop, loop[0]].join(" -> ");
    const why = `is in a loop (${path}), and events of a loop can block the chip for good`;
    findings.refusals.push({ node: loop[0], op: nodes.get(loop[0])!.op, why, remedy: "train without recurrence" });
  }
}

/** Loops that share no node, until none is left: enough to name every recurrence without naming every path through it. */
function findLoops(nodes: ReadonlyMap<string, NirNode>, edges: readonly Edge[]): string[][] {
  const loops: string[][] = [];
  const left = new Set(nodes.keys());
  for (;;) {
    const inner = edges.filter(([from, to]) => left.has(from) && left.has(to));
    // What nothing remaining feeds is in no loop; taking it away may free others.
    const fed = new Set(inner.map(([, to]) => to));
    const free = [...left].filter((name) => !fed.has(name));
    if (free.length > 0) {
      for (const name of free) left.delete(name);
      continue;
    }
    if (left.size === 0) return loops;
    const path: string[] = [];
    let name: string = left.values().next().value!;
    while (!path.includes(name)) {
      path.unshift(name);
      name = inner.find(([, to]) => to === path[0])![0];
    }
    const loop = path.slice(0, path.indexOf(name) + 1);
    loops.push([loop.at(-1)!, ...loop.slice(0, -1)]);
    for (const member of loop) left.delete(member);
  }
}
