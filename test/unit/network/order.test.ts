import { describe, expect, it } from "vitest";
import { topologicalOrder } from "../../../src/network/order.ts";
import type { NetworkNode } from "../../../src/network/types.ts";
import { graph } from "../../support/build-network.ts";
import { thrown } from "../../support/thrown.ts";

const input: NetworkNode = { op: "input", shape: [1, 4, 4] };
const add: NetworkNode = { op: "add" };
const output: NetworkNode = { op: "output" };

describe("topologicalOrder", () => {
  it("puts every node behind its sources, whatever the order of the file", () => {
    const net = graph({ output, c: add, b: add, a: add, input }, ["c>output", "b>c", "a>c", "a>b", "input>a"]);
    expect(topologicalOrder(net)).toEqual(["input", "a", "b", "c", "output"]);
  });

  it("keeps the order of the file among nodes that are free", () => {
    const net = graph({ input, z: add, m: add, a: add, output }, ["input>a", "input>m", "input>z", "a>output"]);
    expect(topologicalOrder(net)).toEqual(["input", "z", "m", "a", "output"]);
  });

  it("refuses a cycle and names exactly its nodes", () => {
    const net = graph({ input, a: add, b: add, c: add, output }, ["input>a", "a>b", "b>a", "b>c", "c>output"]);
    const error = thrown(() => topologicalOrder(net));
    expect(error.code).toBe("E_UNSUPPORTED");
    expect(error.message).toContain("a -> b -> a");
    expect((error.details.reasons as { node: string }[]).map(({ node }) => node).sort()).toEqual(["a", "b"]);
  });

  it("refuses a node that feeds itself", () => {
    const error = thrown(() => topologicalOrder(graph({ input, a: add, output }, ["input>a", "a>a", "a>output"])));
    expect(error.message).toContain("a -> a");
  });

  it("names every edge to a node that does not exist", () => {
    const error = thrown(() => topologicalOrder(graph({ input, output }, ["input>conv1", "conv2>output"])));
    expect(error.code).toBe("E_NETWORK");
    expect(error.message).toContain('"conv1"');
    expect(error.message).toContain('"conv2"');
  });
});
