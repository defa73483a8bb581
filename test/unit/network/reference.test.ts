import { describe, expect, it } from "vitest";
import { forward } from "../../../src/network/reference.ts";
import type { NetworkNode } from "../../../src/network/types.ts";
import { chain, conv, graph, linear, pool, spike } from "../../support/build-network.ts";

function last(values: ReadonlyMap<string, Float64Array>): number[] {
  return [...values.get("output")!];
}

describe("forward", () => {
  it("correlates: the kernel is not flipped, padding is zero", () => {
    const net = chain(
      [1, 2, 2],
      [["c", conv(1, 1, 3, { padding: 1, weight: [1, 2, 3, 4, 5, 6, 7, 8, 9], bias: [0.5] })]],
    );
    expect(last(forward(net, Float32Array.of(1, 0, 0, 0)))).toEqual([5.5, 4.5, 2.5, 1.5]);
  });

  it("takes a linear layer's inputs in (feature, y, x) order", () => {
    const net = chain([2, 1, 2], [["l", linear(4, 1, { weight: [1, 10, 100, 1000] })]]);
    expect(last(forward(net, Float32Array.of(1, 2, 3, 4)))).toEqual([4321]);
  });

  it("knows sum and average pools, dropping what fills no block", () => {
    const input = Float32Array.from({ length: 9 }, (_, i) => i);
    expect(last(forward(chain([1, 3, 3], [["p", pool("sumPool", 2)]]), input))).toEqual([8]);
    expect(last(forward(chain([1, 3, 3], [["p", pool("avgPool", 2)]]), input))).toEqual([2]);
  });

  it("gives the rate of an IF and whole numbers from a quantized ReLU", () => {
    expect(last(forward(chain([2, 1, 1], [["i", spike(4, { r: 2 })]]), Float32Array.of(3, -1)))).toEqual([1.5, 0]);
    expect(last(forward(chain([2, 1, 1], [["r", { op: "relu", quantized: true }]]), Float32Array.of(2.9, -1)))).toEqual(
      [2, 0],
    );
  });

  it("adds and concatenates in the order of the edges", () => {
    const nodes: Record<string, NetworkNode> = {
      input: { op: "input", shape: [1, 1, 1] },
      double: conv(1, 1, 1, { weight: [2] }),
      add: { op: "add" },
      concat: { op: "concat" },
      output: { op: "output" },
    };
    const net = graph(nodes, [
      "input>double",
      "double>add",
      "input>add",
      "add>concat",
      "double>concat",
      "concat>output",
    ]);
    expect(last(forward(net, Float32Array.of(5)))).toEqual([15, 10]);
  });

  it("refuses an input of another size", () => {
    expect(() => forward(chain([1, 2, 2], [["i", spike()]]), new Float32Array(3))).toThrow(RangeError);
  });
});
