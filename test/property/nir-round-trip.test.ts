import { expect, it } from "vitest";
import { readNir, writeNir } from "../../src/formats/nir.ts";
import { inferShapes } from "../../src/network/shapes.ts";
import type { Edge, Network, NetworkNode, Pair, Shape } from "../../src/network/types.ts";
import { Random } from "../../src/random.ts";
import { soaking } from "../support/soak.ts";

/** A random network: convolutions, pools and neurons with branches that meet again, then a list of dense layers. */
function randomNetwork(random: Random): Network {
  const nodes = new Map<string, NetworkNode>();
  const edges: Edge[] = [];
  let shape: Shape = [random.integer(1, 3), random.integer(4, 12), random.integer(4, 12)];
  let last = "";
  const put = (name: string, node: NetworkNode, ...from: readonly string[]): void => {
    nodes.set(name, node);
    for (const source of from) edges.push([source, name]);
    last = name;
  };
  const weights = (length: number): Float32Array => Float32Array.from({ length }, () => random.normal());
  const bias = (length: number): { bias?: Float32Array } => (random.below(3) === 0 ? { bias: weights(length) } : {});
  const spike = (): NetworkNode => ({
    op: "if",
    threshold: random.below(2) === 0 ? 1 : 0.1 + random.float(),
    r: random.below(2) === 0 ? 1 : 0.5 + random.float(),
    reset: random.below(2) === 0 ? "subtract" : "zero",
    ...(random.below(3) === 0 ? { thresholdLow: -random.float() } : {}),
  });
  const convolution = (out: number, kernel: Pair, stride: Pair, padding: Pair): NetworkNode => ({
    op: "conv2d",
    weight: weights(out * shape[0] * kernel[0] * kernel[1]),
    weightShape: [out, shape[0], ...kernel],
    stride,
    padding,
    ...bias(out),
  });
  const after = (network: Network): Shape =>
    inferShapes({
      nodes: new Map([...network.nodes, ["end", { op: "output" }]]),
      edges: [...network.edges, [last, "end"]],
    }).get(last)!;

  put("input", { op: "input", shape });
  for (let i = random.integer(1, 4); i > 0; i--) {
    const kernel: Pair = [random.integer(1, Math.min(4, shape[1])), random.integer(1, Math.min(4, shape[2]))];
    if (random.below(3) === 0) {
      // Two ways that keep the shape and meet again.
      const from = last;
      const ways = ["a", "b"].map((way) => {
        put(`${way}${i}`, convolution(shape[0], [3, 3], [1, 1], [1, 1]), from);
        return last;
      });
      put(ways.join("+"), { op: "add" }, ...ways);
      put(`s${i}`, spike(), ways.join("+"));
    } else {
      put(
        `c ${i}`,
        convolution(
          random.integer(1, 6),
          kernel,
          [random.integer(1, 2), random.integer(1, 2)],
          [random.below(3), random.below(3)],
        ),
        last,
      );
      put(`s${i}`, spike(), last);
    }
    shape = after({ nodes, edges });
    if (shape[1] >= 2 && shape[2] >= 2 && random.below(2) === 0) {
      put(
        `p${i}`,
        { op: random.below(2) === 0 ? "sumPool" : "avgPool", kernel: [2, 2], stride: [2, 2], padding: [0, 0] },
        last,
      );
      shape = after({ nodes, edges });
    }
  }
  if (random.below(2) === 0) {
    let inputs = shape[0] * shape[1] * shape[2];
    put("flat", { op: "flatten" }, last);
    for (let i = random.integer(1, 2); i > 0; i--) {
      const out = random.integer(1, 12);
      put(`dense${i}`, { op: "linear", weight: weights(out * inputs), weightShape: [out, inputs], ...bias(out) }, last);
      put(`ds${i}`, spike(), last);
      inputs = out;
    }
  }
  put("output", { op: "output" }, last);
  return { nodes, edges };
}

it("reads back every network that it writes", async () => {
  const cases = soaking ? 2_000 : 60;
  for (let seed = 0; seed < cases; seed++) {
    const network = randomNetwork(new Random(seed));
    const read = await readNir(await writeNir(network), `network ${seed}`);
    expect(Object.fromEntries(read.nodes), `seed ${seed}`).toEqual(Object.fromEntries(network.nodes));
    expect(read.edges.map((edge) => edge.join(">")).sort(), `seed ${seed}`).toEqual(
      network.edges.map((edge) => edge.join(">")).sort(),
    );
    expect([...inferShapes(read)].sort(), `seed ${seed}`).toEqual([...inferShapes(network)].sort());
  }
});
