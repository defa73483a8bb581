import { describe, expect, it } from "vitest";
import type { NetworkNode } from "../../../src/network/types.ts";
import { foldPools } from "../../../src/quantize/fold.ts";
import { groupLayers } from "../../../src/quantize/group.ts";
import { chain, conv, graph, pool, spike } from "../../support/build-network.ts";

describe("foldPools", () => {
  it("divides the next weights by the window's area, not the bias", () => {
    const net = chain(
      [1, 4, 4],
      [
        ["p", pool("avgPool", 2)],
        ["c", conv(1, 1, 1, { weight: [3], bias: [5] })],
        ["i", spike()],
      ],
    );
    const [group] = foldPools(groupLayers(net)).groups;
    expect([group.weight[0], group.bias?.[0]]).toEqual([0.75, 5]);
  });

  it("multiplies the areas of chained averages and leaves sums alone", () => {
    const net = chain(
      [1, 16, 16],
      [
        ["p", pool("avgPool", 2)],
        ["q", pool("sumPool", 2)],
        ["r", pool("avgPool", 2)],
        ["c", conv(1, 1, 1, { weight: [1] })],
        ["i", spike()],
      ],
    );
    const { groups, inputRoutes } = foldPools(groupLayers(net));
    expect(groups[0].weight[0]).toBe(1 / 16);
    expect(inputRoutes[0].pooling).toBe(8);
  });

  it("gives every concatenated feature its own divisor", () => {
    const nodes: Record<string, NetworkNode> = {
      input: { op: "input", shape: [1, 4, 4] },
      avg: pool("avgPool", 2),
      sum: pool("sumPool", 2),
      cat: { op: "concat" },
      c: conv(2, 1, 1, { weight: [8, 8] }),
      i: spike(),
      output: { op: "output" },
    };
    const net = graph(nodes, ["input>avg", "input>sum", "avg>cat", "sum>cat", "cat>c", "c>i", "i>output"]);
    const { groups, warnings } = foldPools(groupLayers(net));
    expect([...groups[0].weight]).toEqual([2, 8]);
    expect(warnings).toEqual([]);
  });

  it("repeats input features where averages over different areas merge, and says so", () => {
    const nodes: Record<string, NetworkNode> = {
      input: { op: "input", shape: [2, 4, 4] },
      avg: pool("avgPool", 2),
      sum: pool("sumPool", 2),
      add: { op: "add" },
      c: conv(2, 1, 1, { weight: [4, 8] }),
      i: spike(),
      output: { op: "output" },
    };
    const net = graph(nodes, ["input>avg", "input>sum", "avg>add", "sum>add", "add>c", "c>i", "i>output"]);
    const { groups, inputRoutes, warnings } = foldPools(groupLayers(net));
    expect(groups[0]).toMatchObject({ inputShape: [4, 2, 2], weightShape: [1, 4, 1, 1] });
    expect([...groups[0].weight]).toEqual([4, 8, 1, 2]);
    expect(inputRoutes.map(({ featureShift, divisor }) => [divisor, featureShift])).toEqual([
      [4, 2],
      [1, 0],
    ]);
    expect(warnings.join()).toContain("(2 -> 4)");
  });

  it("divides both bounds by r", () => {
    const net = chain(
      [1, 1, 1],
      [
        ["c", conv(1, 1, 1)],
        ["i", spike(3, { r: 2, thresholdLow: -1 })],
      ],
    );
    expect(foldPools(groupLayers(net)).groups[0].neuron).toMatchObject({ r: 1, threshold: 1.5, thresholdLow: -0.5 });
  });
});
