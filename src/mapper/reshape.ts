import { convOutput } from "../device/memory.ts";
import type { QuantDestination, QuantLayer, QuantNetwork } from "../quantize/types.ts";

type Pair = readonly [y: number, x: number];

/**
 * Works out all maps anew after one layer or the input has changed. A layer whose kernel is its whole input map (a linear
 * layer) keeps to its map: the kernel is cut, or filled up with zero weights.
 *
 * @returns undefined when maps no longer match: sources of different sizes, or a map smaller than the kernel over it
 */
export function reshape(network: QuantNetwork): QuantNetwork | undefined {
  const maps = new Map<string, Pair>();
  let sound = true;
  const send = ([, height, width]: QuantLayer["outputShape"], destinations: readonly QuantDestination[]): void => {
    for (const { layer, pooling } of destinations) {
      const map: Pair = [Math.floor(height / pooling), Math.floor(width / pooling)];
      const other = maps.get(layer);
      if (other && (other[0] !== map[0] || other[1] !== map[1])) sound = false;
      maps.set(layer, map);
    }
  };
  send(network.inputShape, network.inputDestinations);
  const layers = network.layers.map((layer) => {
    const map = maps.get(layer.name) ?? [layer.inputShape[1], layer.inputShape[2]];
    if (Math.min(...map) < 1) sound = false;
    const changed = sound ? onMap(layer, map) : layer;
    if (Math.min(...changed.outputShape) < 1) sound = false;
    send(changed.outputShape, changed.destinations);
    return changed;
  });
  return sound ? { ...network, layers } : undefined;
}

/** The layer on another input map. */
function onMap(layer: QuantLayer, map: Pair): QuantLayer {
  const [features, height, width] = layer.inputShape;
  const { padding, stride } = layer;
  const whole =
    layer.kernelSize[0] === height &&
    layer.kernelSize[1] === width &&
    padding.every((n) => n === 0) &&
    height * width > 1;
  const sized = whole ? withKernel(layer, map) : layer;
  const axis = (i: 0 | 1): number => convOutput(map[i], sized.kernelSize[i], padding[i], stride[i]);
  return { ...sized, inputShape: [features, ...map], outputShape: [layer.outputShape[0], axis(0), axis(1)] };
}

/** The layer with a kernel of another size; what is cut or added lies behind, or around (`front`). */
export function withKernel(layer: QuantLayer, kernelSize: Pair, front: Pair = [0, 0]): QuantLayer {
  const [ky, kx] = layer.kernelSize;
  const [newKy, newKx] = kernelSize;
  if (ky === newKy && kx === newKx) return layer;
  const planes = layer.outputShape[0] * layer.inputShape[0];
  const weights = new Int8Array(planes * newKy * newKx);
  for (let plane = 0; plane < planes; plane++) {
    for (let y = 0; y < newKy; y++) {
      for (let x = 0; x < newKx; x++) {
        const [fromY, fromX] = [y - front[0], x - front[1]];
        if (fromY < 0 || fromY >= ky || fromX < 0 || fromX >= kx) continue;
        weights[(plane * newKy + y) * newKx + x] = layer.weights[(plane * ky + fromY) * kx + fromX];
      }
    }
  }
  return { ...layer, kernelSize, weights };
}

/** The network with fewer output features in one layer, and without the weights that read the others. */
export function withFeatures(network: QuantNetwork, name: string, features: number): QuantNetwork {
  const layer = network.layers.find((candidate) => candidate.name === name)!;
  const [before, height, width] = layer.outputShape;
  const smaller: QuantLayer = {
    ...layer,
    outputShape: [features, height, width],
    weights: layer.weights.slice(0, (layer.weights.length / before) * features),
    ...(layer.leak ? { leak: layer.leak.slice(0, features) } : {}),
  };
  let changed: QuantNetwork = { ...network, layers: network.layers.map((one) => (one === layer ? smaller : one)) };
  const places = layer.destinations
    .map(({ layer: target, featureShift }) => ({ target, featureShift }))
    .filter((one, index, all) => index === all.findIndex((other) => sameRoute(one, other)));
  // From the back, so that shifts in front stay true.
  for (const { target, featureShift } of places.sort((a, b) => b.featureShift - a.featureShift)) {
    changed = withoutInputs(changed, target, featureShift + features, featureShift + before);
  }
  return changed;
}

/** A layer may send to the same place twice: both are one cut. */
function sameRoute(
  a: { readonly target: string; readonly featureShift: number },
  b: { readonly target: string; readonly featureShift: number },
): boolean {
  return a.target === b.target && a.featureShift === b.featureShift;
}

/** The network without input features `from`..`to - 1` of a layer, unless somebody still brings them. */
function withoutInputs(network: QuantNetwork, name: string, from: number, to: number): QuantNetwork {
  const brought = (features: number, destinations: readonly QuantDestination[]): boolean =>
    destinations.some(
      ({ layer, featureShift }) => layer === name && featureShift < to && featureShift + features > from,
    );
  const sources = [
    { features: network.inputShape[0], destinations: network.inputDestinations },
    ...network.layers.map(({ outputShape, destinations }) => ({ features: outputShape[0], destinations })),
  ];
  if (sources.some(({ features, destinations }) => brought(features, destinations))) return network;
  const moved = (destinations: readonly QuantDestination[]): QuantDestination[] =>
    destinations.map((one) =>
      one.layer === name && one.featureShift >= to ? { ...one, featureShift: one.featureShift - (to - from) } : one,
    );
  return {
    ...network,
    inputDestinations: moved(network.inputDestinations),
    layers: network.layers.map((layer) => ({
      ...(layer.name === name ? cutInputs(layer, from, to) : layer),
      destinations: moved(layer.destinations),
    })),
  };
}

function cutInputs(layer: QuantLayer, from: number, to: number): QuantLayer {
  const [features, height, width] = layer.inputShape;
  const taps = layer.kernelSize[0] * layer.kernelSize[1];
  const left = features - (to - from);
  const weights = new Int8Array(layer.outputShape[0] * left * taps);
  let at = 0;
  for (let o = 0; o < layer.outputShape[0]; o++) {
    for (let c = 0; c < features; c++) {
      if (c >= from && c < to) continue;
      const start = (o * features + c) * taps;
      weights.set(layer.weights.subarray(start, start + taps), at);
      at += taps;
    }
  }
  return { ...layer, inputShape: [left, height, width], weights };
}
