import { EmulatedChip } from "../../emulator/emulated-chip.ts";
import { loadDevice } from "../../src/device/catalogue.ts";
import type { Device } from "../../src/device/types.ts";
import { createEventStream, type EventStream } from "../../src/events/event-stream.ts";
import { type MapOptions, mapQuantized } from "../../src/mapper/map-network.ts";
import { forward } from "../../src/network/reference.ts";
import type { Network, NetworkNode, Shape } from "../../src/network/types.ts";
import { quantize } from "../../src/quantize/quantize.ts";
import type { QuantNetwork } from "../../src/quantize/types.ts";
import { Random } from "../../src/random.ts";
import { withLimits } from "./small-device.ts";

const virtual = await loadDevice("virtual");

/** The virtual chip with cores and destinations enough for any small network, split or not. */
export const roomy: Device = {
  ...virtual,
  spec: {
    ...withLimits(virtual.spec, { destinations: 64, inputDestinations: 64 }),
    cores: Array.from({ length: 64 }, (_, id) => ({ ...virtual.spec.cores[0], id })),
  },
};

/** `[feature][y][x]` counts as events, one after the other. */
export function eventsOfMap(counts: Float64Array, [, height, width]: Shape): EventStream {
  const at: number[] = [];
  counts.forEach((count, i) => {
    for (let n = 0; n < count; n++) at.push(i);
  });
  const events = createEventStream(at.length);
  at.forEach((i, n) => {
    events.t[n] = n * 100;
    events.p[n] = Math.floor(i / (height * width));
    events.y[n] = Math.floor(i / width) % height;
    events.x[n] = i % width;
  });
  return events;
}

/** Spikes of every neuron on the emulated chip, `[feature][y][x]` by layer; parts of a split layer are put together. */
export async function emulatedSpikes(
  network: QuantNetwork,
  events: EventStream,
  device: Device = roomy,
  options: MapOptions = {},
): Promise<Map<string, number[]>> {
  const {
    config,
    layers,
    network: placed,
  } = mapQuantized(network, device, {
    ...options,
    monitor: network.layers.map(({ name }) => name),
  });
  await using chip = new EmulatedChip(device);
  // Features come as they are, not as polarities.
  await chip.configure({ ...config, input: { ...config.input, merge: false } });
  const { events: out } = await chip.run(events);
  const spikes = new Map<string, number[]>();
  for (const { name, part, outputShape } of network.layers) {
    const neurons = (part?.features ?? outputShape[0]) * outputShape[1] * outputShape[2];
    spikes.set(part?.layer ?? name, new Array<number>(neurons).fill(0));
  }
  const onCore = new Map(placed.layers.map((layer, i) => [layers[i].core, layer]));
  for (let i = 0; i < out!.t.length; i++) {
    const { name, part, outputShape } = onCore.get(out!.core[i])!;
    const feature = out!.feature[i] + (part?.from ?? 0);
    spikes.get(part?.layer ?? name)![(feature * outputShape[1] + out!.y[i]) * outputShape[2] + out!.x[i]]++;
  }
  return spikes;
}

/**
 * The network with weights of 0 and 1 and quantized ReLUs in place of its neurons, so that every spike count is a whole
 * number that `forward` gives exactly and no order matters.
 */
export function countingNetwork(network: Network, seed: number, density = 0.3): Network {
  const random = new Random(seed, 51);
  const nodes = new Map<string, NetworkNode>();
  for (const [name, node] of network.nodes) {
    if (node.op === "if") nodes.set(name, { op: "relu", quantized: true });
    else if (node.op === "conv2d" || node.op === "linear") {
      const { bias: _, ...plain } = node;
      // One weight at least is 1: a layer without any weight has no scale.
      nodes.set(name, { ...plain, weight: node.weight.map((_w, i) => (i === 0 || random.float() < density ? 1 : 0)) });
    } else nodes.set(name, node);
  }
  return { ...network, nodes };
}

/** Emulated spikes of every layer beside what the float reference says of its neurons; `neurons` by weight layer. */
export async function spikesAndReference(
  network: Network,
  counts: Float64Array,
  neuronOf: (layer: string) => string,
  device?: Device,
): Promise<readonly { readonly layer: string; readonly emulated: number[]; readonly reference: number[] }[]> {
  const quantized = quantize(network);
  const values = forward(network, counts);
  const emulated = await emulatedSpikes(quantized, eventsOfMap(counts, quantized.inputShape), device);
  return quantized.layers.map(({ name }) => ({
    layer: name,
    emulated: emulated.get(name)!,
    reference: [...values.get(neuronOf(name))!],
  }));
}
