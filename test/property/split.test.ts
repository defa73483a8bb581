import { describe, expect, it } from "vitest";
import { createEventStream, type EventStream } from "../../src/events/event-stream.ts";
import { reordered, splitLayers } from "../../src/mapper/split.ts";
import { quantize } from "../../src/quantize/quantize.ts";
import type { QuantLayer, QuantNetwork } from "../../src/quantize/types.ts";
import { Random } from "../../src/random.ts";
import { emulatedSpikes } from "../support/graph-spikes.ts";
import { randomNetwork } from "../support/random-network.ts";
import { forEachCase } from "../support/soak.ts";

/** Random parts for some layers. */
function randomSizes(network: QuantNetwork, random: Random): Map<string, number[]> {
  const sizes = new Map<string, number[]>();
  for (const { name, outputShape } of network.layers) {
    let left = outputShape[0];
    if (left < 2 || random.below(3) === 0) continue;
    const parts: number[] = [];
    while (left > 0) {
      const size = random.integer(1, parts.length === 0 ? left - 1 : left);
      parts.push(size);
      left -= size;
    }
    sizes.set(name, parts);
  }
  return sizes;
}

function randomEvents([features, height, width]: QuantNetwork["inputShape"], random: Random): EventStream {
  const events = createEventStream(150);
  for (let i = 0; i < 150; i++) {
    events.t[i] = i * 100;
    events.p[i] = random.below(features);
    events.y[i] = random.below(height);
    events.x[i] = random.below(width);
  }
  return events;
}

/** The network with weights in 0..threshold, subtracting, without leak: no order matters to it. */
function orderless(network: QuantNetwork): QuantNetwork {
  const layers = network.layers.map(({ leak: _, ...layer }): QuantLayer => {
    const weights = layer.weights.map((weight) => Math.min(Math.abs(weight), layer.thresholdHigh, 127));
    return { ...layer, weights, returnToZero: false };
  });
  return { ...network, layers };
}

/** Layers that see the same events in the same order, or do not care: those not behind a reordered receiver. */
function unaffected(network: QuantNetwork, sizes: ReadonlyMap<string, readonly number[]>): string[] {
  const affected = new Set(reordered(network, new Set(sizes.keys())).map(({ layer }) => layer));
  for (const layer of network.layers) {
    if (affected.has(layer.name)) for (const target of layer.destinations) affected.add(target.layer);
  }
  return network.layers.map(({ name }) => name).filter((name) => !affected.has(name));
}

describe("a split network", () => {
  it("gives the spikes of the unsplit one, neuron for neuron, in all layers", async () => {
    await forEachCase(
      "split equivalence",
      async (seed) => {
        const random = new Random(seed, 33);
        const network = orderless(quantize(randomNetwork(seed, { layers: 5, features: 6 })));
        const sizes = randomSizes(network, random);
        expect(reordered(network, new Set(sizes.keys()))).toEqual([]);
        const events = randomEvents(network.inputShape, random);
        expect(await emulatedSpikes(splitLayers(network, sizes), events)).toEqual(
          await emulatedSpikes(network, events),
        );
      },
      { share: 60, full: 500 },
    );
  });

  it("does so with any weights up to where order begins to matter, and says where that is", async () => {
    await forEachCase(
      "split equivalence with any weights",
      async (seed) => {
        const random = new Random(seed, 34);
        const network = quantize(randomNetwork(seed, { layers: 5, features: 6 }));
        const sizes = randomSizes(network, random);
        const events = randomEvents(network.inputShape, random);
        const whole = await emulatedSpikes(network, events);
        const split = await emulatedSpikes(splitLayers(network, sizes), events);
        for (const name of unaffected(network, sizes)) expect(split.get(name)).toEqual(whole.get(name));
      },
      { share: 60, full: 500 },
    );
  });
});
