import { describe, expect, it } from "vitest";
import { mergeAdds } from "../../../src/network/merge-adds.ts";
import { forward } from "../../../src/network/reference.ts";
import type { Conv2dNode, Network, NetworkNode } from "../../../src/network/types.ts";
import { conv, graph, linear } from "../../support/build-network.ts";

const relu: NetworkNode = { op: "relu", quantized: false };
const add: NetworkNode = { op: "add" };
const output: NetworkNode = { op: "output" };
const image = Float32Array.from({ length: 2 * 5 * 5 }, (_, i) => ((i * 7) % 11) - 4);

function expectSame(a: Network, b: Network, node: string): void {
  const [left, right] = [forward(a, image).get(node)!, forward(b, image).get(node)!];
  expect(right.length).toBe(left.length);
  for (const [i, value] of left.entries()) expect(right[i]).toBeCloseTo(value, 4);
}

describe("mergeAdds", () => {
  it("makes one convolution of two over different features, whatever their kernels", () => {
    const network = graph(
      {
        input: { op: "input", shape: [2, 5, 5] },
        first: conv(2, 3, 3, { padding: 1, seed: 2 }),
        spikes: relu,
        a: conv(3, 4, 3, { padding: 1, bias: [1, 2, 3, 4], seed: 3 }),
        b: conv(2, 4, 1, { bias: [1, 0, -1, 0.5], seed: 4 }),
        sum: add,
        end: relu,
        output,
      },
      ["input>first", "first>spikes", "spikes>a", "input>b", "a>sum", "b>sum", "sum>end", "end>output"],
    );
    const merged = mergeAdds(network);
    expect(merged.nodes.has("a")).toBe(false);
    expect((merged.nodes.get("sum") as Conv2dNode).weightShape).toEqual([4, 5, 3, 3]);
    expectSame(network, merged, "output");
  });

  it("adds the kernels of layers with one source", () => {
    const network = graph(
      {
        input: { op: "input", shape: [2, 5, 5] },
        a: conv(2, 3, 3, { padding: 1, seed: 3 }),
        b: conv(2, 3, 5, { padding: 2, seed: 4 }),
        sum: add,
        end: relu,
        output,
      },
      ["input>a", "input>b", "a>sum", "b>sum", "sum>end", "end>output"],
    );
    const merged = mergeAdds(network);
    expect((merged.nodes.get("sum") as Conv2dNode).weightShape).toEqual([3, 2, 5, 5]);
    expectSame(network, merged, "output");
  });

  it("merges linear layers", () => {
    const network = graph(
      {
        input: { op: "input", shape: [2, 5, 5] },
        h: linear(50, 6, { seed: 5 }),
        r: relu,
        a: linear(6, 3, { bias: [1, 1, 1] }),
        g: linear(50, 4, { seed: 6 }),
        q: relu,
        b: linear(4, 3, { seed: 7 }),
        sum: add,
        output,
      },
      ["input>h", "h>r", "r>a", "input>g", "g>q", "q>b", "a>sum", "b>sum", "sum>output"],
    );
    expectSame(network, mergeAdds(network), "output");
  });

  it("leaves sums of spikes and of different strides alone", () => {
    const network = graph({ input: { op: "input", shape: [2, 5, 5] }, a: relu, b: relu, sum: add, output }, [
      "input>a",
      "input>b",
      "a>sum",
      "b>sum",
      "sum>output",
    ]);
    expect(mergeAdds(network)).toEqual(network);
  });
});
