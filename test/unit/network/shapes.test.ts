import { describe, expect, it } from "vitest";
import { inferShapes } from "../../../src/network/shapes.ts";
import type { NetworkNode } from "../../../src/network/types.ts";
import { chain, conv, graph, linear, pool, spike } from "../../support/build-network.ts";
import { mnistDvsNet } from "../../support/published-networks.ts";
import { thrown } from "../../support/thrown.ts";

const output: NetworkNode = { op: "output" };

describe("inferShapes", () => {
  it("gives the maps of the paper's MNIST-DVS net: 64, 62, 31, 29, 14, 12, 6", () => {
    const shapes = inferShapes(mnistDvsNet().network);
    expect([...shapes.values()].map((shape) => shape[1])).toEqual([64, 62, 62, 31, 29, 29, 14, 12, 12, 6, 1, 1, 1]);
    expect(shapes.get("output")).toEqual([10, 1, 1]);
  });

  it("handles rectangles: kernel, stride and padding a side", () => {
    const node: NetworkNode = {
      op: "conv2d",
      weight: new Float32Array(3 * 2 * 3 * 5),
      weightShape: [3, 2, 3, 5],
      stride: [2, 1],
      padding: [1, 0],
    };
    expect(inferShapes(chain([2, 9, 11], [["c", node]])).get("c")).toEqual([3, 5, 7]);
  });

  it("adds equal maps, concatenates features, flattens", () => {
    const net = graph(
      {
        input: { op: "input", shape: [2, 4, 4] },
        add: { op: "add" },
        concat: { op: "concat" },
        flat: { op: "flatten" },
        output,
      },
      ["input>add", "input>add", "add>concat", "input>concat", "concat>flat", "flat>output"],
    );
    const shapes = inferShapes(net);
    expect(shapes.get("add")).toEqual([2, 4, 4]);
    expect(shapes.get("concat")).toEqual([4, 4, 4]);
    expect(shapes.get("flat")).toEqual([64, 1, 1]);
  });

  it("lists every inconsistency at once, with need and have, and says nothing about what follows from one", () => {
    const net = chain(
      [2, 8, 8],
      [
        ["conv1", conv(3, 4, 3)],
        ["if1", spike(0)],
        ["lin", { ...linear(7, 5), weight: new Float32Array(9) } as NetworkNode],
      ],
    );
    const { code, message, details } = thrown(() => inferShapes(net));
    expect(code).toBe("E_NETWORK");
    expect(message).toContain("conv1 (conv2d) needs 3 input features; input gives 2 (2x8x8)");
    expect(message).toContain("if1 (if) has threshold 0; it must be above 0");
    expect(message).toContain("lin (linear) has 9 weights; its shape 5x7 needs 35");
    expect(details.problems).toHaveLength(3);
    expect(message.split("\n")).toHaveLength(1);
  });

  it("refuses weights that are no numbers, and counts them", () => {
    const net = chain([1, 4, 4], [["conv", conv(1, 1, 2, { weight: [1, Number.NaN, Number.POSITIVE_INFINITY, 0] })]]);
    expect(thrown(() => inferShapes(net)).message).toContain(
      "conv (conv2d) has 2 of 4 weight values that are not finite",
    );
  });

  it.each([
    [
      "a window larger than the map",
      chain([1, 4, 4], [["p", pool("sumPool", 5)]]),
      "needs a map of at least its window 5x5; it has 4x4",
    ],
    [
      "several sources without add",
      graph({ a: { op: "input", shape: [1, 2, 2] }, b: { op: "input", shape: [1, 2, 2] }, i: spike(), o: output }, [
        "a>i",
        "b>i",
        "i>o",
      ]),
      "join them with an add node",
    ],
    [
      "a dead end",
      graph({ a: { op: "input", shape: [1, 2, 2] }, i: spike(), o: output }, ["a>i", "a>o"]),
      "i (if) leads nowhere",
    ],
    ["no input", graph({ o: output }, []), "there is no input node"],
    [
      "unequal maps in an add",
      graph({ a: { op: "input", shape: [1, 4, 4] }, p: pool("sumPool", 2), s: { op: "add" }, o: output }, [
        "a>p",
        "a>s",
        "p>s",
        "s>o",
      ]),
      "a 1x4x4, p 1x2x2",
    ],
    ["a wrong number of inputs", chain([2, 3, 3], [["l", linear(17, 2)]]), "needs 17 inputs; input gives 18 (2x3x3)"],
  ])("refuses %s", (_, net, sentence) => {
    expect(thrown(() => inferShapes(net)).message).toContain(sentence);
  });
});
