import { describe, expect, it } from "vitest";
import { EmulatedChip } from "../../../emulator/emulated-chip.ts";
import { validateConfig } from "../../../src/chip/validate.ts";
import { chipOf } from "../../../src/device/board.ts";
import { loadDevice } from "../../../src/device/catalogue.ts";
import type { Device } from "../../../src/device/types.ts";
import { priceRun } from "../../../src/energy/energy.ts";
import { mapNetwork, mapQuantized } from "../../../src/mapper/map-network.ts";
import { quantize } from "../../../src/quantize/quantize.ts";
import { decodeChip, encodeChip } from "../../../src/wire/chip-codec.ts";
import { chain, conv, spike } from "../../support/build-network.ts";
import { cifarNet } from "../../support/published-networks.ts";
import { withCores } from "../../support/small-device.ts";
import { eventsOf } from "../../support/tiny-chip.ts";

const board = await loadDevice("virtual-board");

/** Two chips of one small core each. */
const pair: Device = {
  ...board,
  spec: {
    ...board.spec,
    cores: withCores(board.spec, [
      { kernel: 64, neuron: 64 },
      { kernel: 64, neuron: 64 },
    ]).cores.map((core) => ({ ...core, chip: core.id })),
  },
};

describe("a board of several chips", () => {
  it("takes the paper's CIFAR-10 net on fifteen chips, split", () => {
    const network = quantize(cifarNet().network);
    const { config, layers, placement } = mapQuantized(network, board);
    expect(board.spec.cores).toHaveLength(15 * 9);
    expect(layers).toHaveLength(118);
    expect(validateConfig(config, board)).toEqual([]);
    expect(placement.optimal).toBe(false);
    const chips = new Set(layers.map(({ core }) => chipOf(board.spec, core)));
    expect(chips.size).toBe(15);
    for (const { name, outputShape } of network.layers) {
      const parts = layers.filter((layer) => (layer.part?.layer ?? layer.name) === name);
      const covered = parts.map(({ part }) => (part ? part.to - part.from : outputShape[0]));
      expect(covered.reduce((sum, n) => sum + n, 0)).toBe(outputShape[0]);
    }
    expect(decodeChip(encodeChip(config), "board.pb")).toEqual(config);
  }, 30_000);

  it("counts and prices what crosses a link, and nothing else changes", async () => {
    const network = chain(
      [1, 2, 2],
      [
        ["a", conv(1, 2, 1, { weight: [1, 1] })],
        ["ia", spike()],
        ["b", conv(2, 1, 2, { weight: new Array(8).fill(1) })],
        ["ib", spike()],
      ],
    );
    const { config } = mapNetwork(network, pair);
    for (const kernel of ["reference", "simd"] as const) {
      await using chip = new EmulatedChip(pair, { kernel });
      await chip.configure(config);
      const { perCore } = await chip.run(
        eventsOf([
          [0, 1, 0, 0],
          [10, 1, 1, 1],
          [20, 1, 0, 1],
        ]),
      );
      expect(perCore.map(({ spikes, copies, linkEvents }) => [spikes, copies, linkEvents])).toEqual([
        [6, 6, 6],
        [6, 0, 0],
      ]);
      const { breakdown } = priceRun(perCore, pair, { durationUs: 20, inputEvents: 3, outputEvents: 6 });
      expect(breakdown.find(({ item }) => item === "perLinkEvent")).toMatchObject({
        count: 6,
        joules: 6 * 1e-10,
        evidence: "assumed",
      });
    }
  });

  it("refuses to time what crosses a link", async () => {
    const network = chain(
      [1, 2, 2],
      [
        ["a", conv(1, 2, 1)],
        ["ia", spike()],
        ["b", conv(2, 1, 1)],
        ["ib", spike()],
      ],
    );
    await using chip = new EmulatedChip(pair, { timing: true });
    await expect(chip.configure(mapNetwork(network, pair).config)).rejects.toThrow("links between chips");
  });
});
