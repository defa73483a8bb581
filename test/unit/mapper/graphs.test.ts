import { describe, expect, it } from "vitest";
import { loadDevice } from "../../../src/device/catalogue.ts";
import { mapNetwork } from "../../../src/mapper/map-network.ts";
import type { NetworkNode } from "../../../src/network/types.ts";
import { conv, graph, linear, pool, spike } from "../../support/build-network.ts";
import { countingNetwork, spikesAndReference } from "../../support/graph-spikes.ts";
import { thrown } from "../../support/thrown.ts";

const speck = await loadDevice("speck2f");
const input = (features: number, size: number): NetworkNode => ({ op: "input", shape: [features, size, size] });
const add: NetworkNode = { op: "add" };
const concat: NetworkNode = { op: "concat" };
const output: NetworkNode = { op: "output" };
const counts = (length: number) => Float64Array.from({ length }, (_, i) => (i * 7) % 3);

/** Every layer's spikes on an emulated Speck 2f against the network's reference; layer `a` has the neurons `ia`. */
async function expectEqual(
  nodes: Record<string, NetworkNode>,
  edges: readonly string[],
  length: number,
): Promise<void> {
  const network = countingNetwork(graph(nodes, edges), 3);
  const results = await spikesAndReference(network, counts(length), (name) => `i${name}`, speck);
  expect(results.flatMap(({ reference }) => reference).some((n) => n > 0)).toBe(true);
  for (const { layer, emulated, reference } of results) expect(emulated, layer).toEqual(reference);
}

describe("a graph, mapped to a Speck 2f and emulated", () => {
  it("skips a layer and sums", async () => {
    await expectEqual(
      {
        input: input(2, 6),
        a: conv(2, 3, 3, { padding: 1 }),
        ia: spike(),
        b: conv(3, 3, 1),
        ib: spike(),
        add,
        c: linear(108, 2),
        ic: spike(),
        flat: { op: "flatten" },
        output,
      },
      ["input>a", "a>ia", "ia>b", "b>ib", "ia>add", "ib>add", "add>flat", "flat>c", "c>ic", "ic>output"],
      72,
    );
  });

  it("concatenates branches of different pools by feature shift", async () => {
    await expectEqual(
      {
        input: input(2, 8),
        a: conv(2, 3, 2, { stride: 2 }),
        ia: spike(),
        p: pool("sumPool", 2),
        b: conv(2, 2, 1),
        ib: spike(),
        concat,
        c: conv(5, 2, 2),
        ic: spike(),
        output,
      },
      ["input>a", "a>ia", "input>p", "p>b", "b>ib", "ib>concat", "ia>concat", "concat>c", "c>ic", "ic>output"],
      128,
    );
  });

  it("averages by folding the area into the next weights", async () => {
    await expectEqual(
      {
        input: input(1, 8),
        a: conv(1, 2, 1),
        ia: spike(),
        p: pool("avgPool", 2),
        b: conv(2, 3, 3),
        ib: spike(),
        output,
      },
      ["input>a", "a>ia", "ia>p", "p>b", "b>ib", "ib>output"],
      64,
    );
  });

  it("has several outputs", async () => {
    await expectEqual(
      {
        input: input(1, 4),
        a: conv(1, 2, 3),
        ia: spike(),
        b: conv(2, 2, 1),
        ib: spike(),
        c: conv(2, 3, 2),
        ic: spike(),
        output,
        o2: output,
      },
      ["input>a", "a>ia", "ia>b", "ia>c", "b>ib", "c>ic", "ib>output", "ic>o2"],
      16,
    );
  });
});

describe("what no chip can run", () => {
  it("refuses a cycle and names it", () => {
    const nodes = { input: input(1, 4), add, a: conv(1, 1, 1), ia: spike(), output };
    const error = thrown(() => mapNetwork(graph(nodes, ["input>add", "add>a", "a>ia", "ia>add", "ia>output"]), speck));
    expect(error.code).toBe("E_UNSUPPORTED");
    expect(error.message).toContain("cycle add -> a -> ia -> add");
  });
});
