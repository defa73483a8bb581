import { describe, expect, it } from "vitest";
import { EmulatedChip } from "../../../emulator/emulated-chip.ts";
import { createEngine } from "../../../emulator/kernel/kernel.ts";
import { compileProgram, packAddress } from "../../../emulator/program.ts";
import { validateConfig } from "../../../src/chip/validate.ts";
import { chipOf } from "../../../src/device/board.ts";
import { loadDevice } from "../../../src/device/catalogue.ts";
import type { Device } from "../../../src/device/types.ts";
import { priceRun } from "../../../src/energy/energy.ts";
import { type MapResult, mapNetwork, mapQuantized } from "../../../src/mapper/map-network.ts";
import { quantize } from "../../../src/quantize/quantize.ts";
import type { QuantNetwork } from "../../../src/quantize/types.ts";
import { Random } from "../../../src/random.ts";
import { decodeChip, encodeChip } from "../../../src/wire/chip-codec.ts";
import { chain, conv, spike } from "../../support/build-network.ts";
import { cifarNet } from "../../support/published-networks.ts";
import { withCores } from "../../support/small-device.ts";
import { eventsOf } from "../../support/tiny-chip.ts";

const board = await loadDevice("virtual-board");
const virtual = await loadDevice("virtual");

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

  it("times what crosses a link: the answer comes one delay later than on one chip", async () => {
    const network = chain(
      [1, 2, 2],
      [
        ["a", conv(1, 2, 1, { weight: [1, 1] })],
        ["ia", spike()],
        ["b", conv(2, 1, 2, { weight: new Array(8).fill(1) })],
        ["ib", spike()],
      ],
    );
    const single = { ...pair, spec: { ...pair.spec, cores: pair.spec.cores.map((core) => ({ ...core, chip: 0 })) } };
    const firstOutputs: (number | null | undefined)[] = [];
    for (const device of [single, pair]) {
      await using chip = new EmulatedChip(device, { timing: true });
      await chip.configure(mapNetwork(network, device).config);
      const { perCore, timing } = await chip.run(eventsOf([[0, 1, 0, 0]]));
      expect(perCore[0]?.linkEvents).toBe(device === pair ? 2 : 0);
      firstOutputs.push(timing?.firstOutputUs);
    }
    const delayUs = (pair.spec.board?.link.delay.value as number) / 1e6;
    expect(firstOutputs[1]).toBeCloseTo((firstOutputs[0] as number) + delayUs, 9);
  });

  it("runs the paper's CIFAR-10 net, split over fifteen chips, as one large chip does: every neuron's spikes", async () => {
    const network = fewSpikes(quantize(cifarNet().network), new Random(5));
    const random = new Random(6);
    const events = Uint32Array.from({ length: 40 }, () =>
      packAddress(random.below(3), random.below(32), random.below(32)),
    );
    const whole = spikesByNeuron(mapQuantized(network, virtual), "reference", events);
    const split = spikesByNeuron(mapQuantized(network, board), "simd", events);
    expect(split.linkEvents).toBeGreaterThan(1000);
    expect(whole.linkEvents).toBe(0);
    for (const { name } of network.layers) {
      expect(whole.layers.get(name)?.size, name).toBeGreaterThan(5);
      expect(split.layers.get(name), name).toEqual(whole.layers.get(name));
    }
  }, 30_000);
});

/**
 * The same layers with few weights that are not zero, so that a spike makes a handful of spikes and no more. None is
 * negative or above the threshold, so that the order in which a split layer's spikes leave does not matter.
 */
function fewSpikes(network: QuantNetwork, random: Random): QuantNetwork {
  const thresholdHigh = 16;
  return {
    ...network,
    layers: network.layers.map((layer) => {
      const taps = (layer.outputShape[0] * layer.kernelSize[0] * layer.kernelSize[1]) / layer.stride[0] ** 2;
      // An event fires about two neurons and brings two halfway.
      const oneIn = Math.ceil(taps / 4);
      const weights = layer.weights.map(() => (random.below(oneIn) === 0 ? thresholdHigh / random.integer(1, 2) : 0));
      return { ...layer, weights, thresholdHigh, thresholdLow: -thresholdHigh };
    }),
  };
}

/** Runs without time; spikes of each layer by neuron (`packAddress` in the whole layer), parts put together. */
function spikesByNeuron({ config, layers }: MapResult, kernel: "reference" | "simd", address: Uint32Array) {
  const monitored = { ...config, cores: config.cores.map((core) => ({ ...core, monitorEnable: true })) };
  const program = compileProgram(monitored, (config.device.name === board.spec.name ? board : virtual).spec);
  const engine = createEngine(program, { kernel });
  const { length, core, address: neuron } = engine.run({ length: address.length, address });
  const counts = new Map<string, Map<number, number>>();
  for (let i = 0; i < length; i++) {
    const number = program.cores[core[i] as number]?.core;
    const layer = layers.find((one) => one.core === number);
    if (!layer) throw new RangeError(`no layer on core ${number}`);
    const name = layer.part?.layer ?? layer.name;
    const at = (neuron[i] as number) + packAddress(layer.part?.from ?? 0, 0, 0);
    const of = counts.get(name) ?? new Map<number, number>();
    counts.set(name, of.set(at, (of.get(at) ?? 0) + 1));
  }
  const linkEvents = engine.counters().reduce((sum, one) => sum + one.linkEvents, 0);
  return { layers: counts, linkEvents };
}
