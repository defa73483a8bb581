import type { CoreSpec, TimingSpec } from "../device/types.ts";
import { meanFanOut } from "../network/fan-out.ts";
import type { QuantDestination, QuantLayer, QuantNetwork } from "../quantize/types.ts";

/**
 * Taps (SynOps) of every layer for one event at the input, by layer name.
 *
 * taps = events into the layer * mean border-exact fan-out. With `spikes` (measured spikes of each layer per input
 * event) the events are those; without, it is an estimate that lets every layer send as many spikes as it gets events,
 * evenly over its map. Pooling keeps the spikes whose row and column fill a block.
 */
export function tapsPerInputEvent(
  network: QuantNetwork,
  spikes?: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const eventsIn = new Map<string, number>();
  const send = (events: number, height: number, width: number, destinations: readonly QuantDestination[]): void => {
    for (const { layer, pooling } of destinations) {
      const kept = (wholeBlocks(height, pooling) / height) * (wholeBlocks(width, pooling) / width);
      eventsIn.set(layer, (eventsIn.get(layer) ?? 0) + events * kept);
    }
  };
  const taps = new Map<string, number>();
  send(1, network.inputShape[1], network.inputShape[2], network.inputDestinations);
  for (const layer of network.layers) {
    const events = eventsIn.get(layer.name) ?? 0;
    taps.set(layer.name, events * meanTaps(layer));
    // A part of a split layer sends its share of the layer's spikes.
    const { part } = layer;
    const share = part ? (part.to - part.from) / part.features : 1;
    const sent = spikes?.get(layer.name) ?? share * (spikes?.get(part?.layer ?? layer.name) ?? events);
    send(sent, layer.outputShape[1], layer.outputShape[2], layer.destinations);
  }
  return taps;
}

/** Mean taps of one event into a layer, over all positions of its input map. */
export function meanTaps(layer: QuantLayer): number {
  return meanFanOut({
    input: [layer.inputShape[1], layer.inputShape[2]],
    kernel: layer.kernelSize,
    stride: layer.stride,
    padding: layer.padding,
    outputFeatures: layer.outputShape[0],
  });
}

/**
 * Picoseconds from an event's arrival at an idle core to the end of its last tap, by the model of
 * emulator/timing/README.md, without zero weights: t_in + t_map + t_kernel + t_neuron + (taps - 1) * max(t_kernel, t_neuron / P) + t_out.
 */
export function serviceTime(taps: number, core: CoreSpec, timing: TimingSpec): number {
  const step = Math.max(timing.tKernel.value, timing.tNeuron.value / core.units.value);
  const fixed = timing.tIn.value + timing.tMap.value + timing.tKernel.value + timing.tNeuron.value + timing.tOut.value;
  return fixed + Math.max(0, taps - 1) * step;
}

function wholeBlocks(size: number, pooling: number): number {
  return Math.floor(size / pooling) * pooling;
}
