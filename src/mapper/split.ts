import type { QuantDestination, QuantLayer, QuantNetwork } from "../quantize/types.ts";

/**
 * Puts layers onto several cores each: part k holds `sizes[k]` consecutive output features.
 *
 * Every source of a split layer sends to all its parts, in their order; a part sends to where the layer sent, with the
 * features before it added to the shift. A neuron gets exactly the updates that it got in one piece, in the same order,
 * because output features of a convolution do not depend on each other. What changes is the order in which the spikes of
 * one input event leave the layer: part by part instead of position by position (`reordered` says whose).
 *
 * @param sizes features of each part, by layer name; parts of a layer are called `name/1`, `name/2`...
 * @throws RangeError when sizes do not add up to the layer's features
 */
export function splitLayers(network: QuantNetwork, sizes: ReadonlyMap<string, readonly number[]>): QuantNetwork {
  const parts = new Map(
    network.layers.map((layer) => [layer.name, partsOf(layer, sizes.get(layer.name) ?? [layer.outputShape[0]])]),
  );
  const toParts = (destinations: readonly QuantDestination[]): QuantDestination[] =>
    destinations.flatMap((destination) =>
      (parts.get(destination.layer) ?? []).map(({ name }) => ({ ...destination, layer: name })),
    );
  return {
    ...network,
    inputDestinations: toParts(network.inputDestinations),
    layers: network.layers.flatMap(({ name }) =>
      (parts.get(name) ?? []).map((part) => ({
        ...part,
        destinations: toParts(part.destinations).map((destination) => ({
          ...destination,
          featureShift: destination.featureShift + (part.part?.from ?? 0),
        })),
      })),
    ),
  };
}

function partsOf(layer: QuantLayer, sizes: readonly number[]): readonly QuantLayer[] {
  const [features, height, width] = layer.outputShape;
  if (sizes.reduce((sum, size) => sum + size, 0) !== features || sizes.some((size) => size < 1)) {
    throw new RangeError(`${layer.name} has ${features} features; parts of ${sizes.join(" + ")} do not make it up`);
  }
  if (sizes.length === 1) return [layer];
  const perFeature = layer.weights.length / features;
  let from = 0;
  return sizes.map((size, index) => {
    const [first, to] = [from, from + size];
    from = to;
    return {
      ...layer,
      name: `${layer.name}/${index + 1}`,
      outputShape: [size, height, width],
      weights: layer.weights.slice(first * perFeature, to * perFeature),
      ...(layer.leak ? { leak: layer.leak.slice(first, to) } : {}),
      part: { layer: layer.name, from: first, to, features },
    };
  });
}

/** A layer that receives the spikes of one input event in another order than before its sources were split. */
export interface Reordered {
  readonly source: string;
  readonly layer: string;
}

/**
 * Which receivers of split layers may behave differently, because order can matter to them.
 *
 * Order stays as it was when an event reaches one position only (stride at least the kernel, or a map of one position).
 * It does not matter where weights lie between 0 and the threshold, the reset subtracts, nothing leaks and the word
 * cannot overflow, in the receiver and in all layers behind it: then a neuron's spikes depend on the sum of its inputs.
 *
 * @param network before the split
 */
export function reordered(network: QuantNetwork, split: ReadonlySet<string>): readonly Reordered[] {
  const layers = new Map(network.layers.map((layer) => [layer.name, layer]));
  const free = new Map<string, boolean>();
  for (const layer of [...network.layers].reverse()) {
    const behind = layer.destinations.every(({ layer: name }) => free.get(name));
    free.set(layer.name, behind && ignoresOrder(layer));
  }
  const found: Reordered[] = [];
  for (const name of split) {
    const layer = layers.get(name)!;
    if (keepsOrder(layer)) continue;
    for (const target of new Set(layer.destinations.map((destination) => destination.layer))) {
      if (!free.get(target)) found.push({ source: name, layer: target });
    }
  }
  return found;
}

/** True when an event makes all its spikes at one position, so that a split changes nothing behind the layer. */
export function keepsOrder({ kernelSize, stride, outputShape, leak }: QuantLayer): boolean {
  const onePosition = outputShape[1] * outputShape[2] === 1;
  if (leak && !onePosition) return false;
  return [0, 1].every((axis) => outputShape[axis + 1] === 1 || stride[axis] >= kernelSize[axis]);
}

function ignoresOrder({ weights, thresholdHigh, returnToZero, leak }: QuantLayer): boolean {
  if (returnToZero || leak || 2 * thresholdHigh > 32_767) return false;
  return weights.every((weight) => weight >= 0 && weight <= thresholdHigh);
}
