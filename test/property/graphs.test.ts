import { describe, expect, it } from "vitest";
import { Random } from "../../src/random.ts";
import { countingNetwork, spikesAndReference } from "../support/graph-spikes.ts";
import { randomNetwork } from "../support/random-network.ts";
import { forEachCase } from "../support/soak.ts";

describe("graphs on the emulated chip", () => {
  it("spike as the network's own reference says: chains, branches, skips, sums, concatenations, several outputs", async () => {
    await forEachCase(
      "graphs equal the reference",
      async (seed) => {
        const random = new Random(seed, 52);
        const network = countingNetwork(randomNetwork(seed, { layers: 5, averages: false }), seed, 0.15);
        const input = [...network.nodes.values()].find((node) => node.op === "input")!;
        const [features, height, width] = (input as { shape: readonly [number, number, number] }).shape;
        const counts = Float64Array.from({ length: features * height * width }, () => (random.below(12) === 0 ? 1 : 0));
        for (const { layer, emulated, reference } of await spikesAndReference(network, counts, (name) =>
          name.replace("layer", "if"),
        )) {
          expect(emulated, layer).toEqual(reference);
        }
      },
      { share: 80, full: 1000 },
    );
  });
});
