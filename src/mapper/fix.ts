import type { DeviceSpec } from "../device/types.ts";
import type { QuantDestination, QuantLayer, QuantNetwork } from "../quantize/types.ts";
import { reshape, withFeatures, withKernel } from "./reshape.ts";
import { splitLayers } from "./split.ts";

type Pair = readonly [y: number, x: number];

/** A change of a quantized network, as data: `applyFix` carries it out. */
export type Fix =
  /** Keep the first `to` output features. */
  | { readonly kind: "features"; readonly layer: string; readonly from: number; readonly to: number }
  /** Put the layer onto several cores, as `--split auto` does. */
  | { readonly kind: "split"; readonly layer: string; readonly sizes: readonly number[] }
  | { readonly kind: "stride"; readonly layer: string; readonly stride: Pair }
  /** Pool everything that comes into the layer by so much more. */
  | { readonly kind: "pool"; readonly layer: string; readonly pooling: number }
  /** Pool less in front of the layer and let it stride over the rest. */
  | { readonly kind: "poolByStride"; readonly layer: string; readonly from: number; readonly to: number }
  | { readonly kind: "kernel"; readonly layer: string; readonly size: Pair }
  /** Zero weights around the kernel; computes the same. */
  | { readonly kind: "square"; readonly layer: string; readonly size: number; readonly padding: Pair }
  | { readonly kind: "padding"; readonly layer: string; readonly padding: Pair }
  /** Remove the bias. */
  | { readonly kind: "leak"; readonly layer: string }
  | { readonly kind: "threshold"; readonly layer: string; readonly high: number; readonly low: number }
  /** A core between that passes spikes on to the destinations too many. `layer` is the source, or `input`. */
  | { readonly kind: "relay"; readonly layer: string }
  | { readonly kind: "downsample"; readonly layer: "input"; readonly by: number };

/**
 * The network after a fix, or undefined when the fix makes no sense in it (no such layer, maps that no longer match).
 *
 * What training would have to make good (fewer features, larger strides) is cut off or left as it is here: the question is
 * only whether the network fits.
 */
export function applyFix(network: QuantNetwork, fix: Fix, spec: DeviceSpec): QuantNetwork | undefined {
  const change = (edit: (layer: QuantLayer) => QuantLayer): QuantNetwork => ({
    ...network,
    layers: network.layers.map((layer) => (layer.name === fix.layer ? edit(layer) : layer)),
  });
  // A fix may speak of a relay that another fix would have to put in first.
  if (fix.layer !== "input" && !network.layers.some(({ name }) => name === fix.layer)) return undefined;
  switch (fix.kind) {
    case "features":
      return withFeatures(network, fix.layer, fix.to);
    case "split":
      return splitLayers(network, new Map([[fix.layer, fix.sizes]]));
    case "stride":
      return reshape(change((layer) => ({ ...layer, stride: fix.stride })));
    case "pool":
      return reshape(repooled(network, fix.layer, (pooling) => pooling * fix.pooling));
    case "poolByStride": {
      const factor = fix.from / fix.to;
      const strided = change((layer) => ({ ...layer, stride: [layer.stride[0] * factor, layer.stride[1] * factor] }));
      return reshape(repooled(strided, fix.layer, (pooling) => pooling / factor));
    }
    case "kernel":
      return reshape(change((layer) => withKernel(layer, fix.size)));
    case "square":
      return reshape(
        change((layer) => ({
          ...withKernel(
            layer,
            [fix.size, fix.size],
            [fix.padding[0] - layer.padding[0], fix.padding[1] - layer.padding[1]],
          ),
          padding: fix.padding,
        })),
      );
    case "padding":
      return reshape(change((layer) => ({ ...layer, padding: fix.padding })));
    case "leak":
      return change(({ leak: _, ...layer }) => layer);
    case "threshold":
      return change((layer) => ({ ...layer, thresholdHigh: fix.high, thresholdLow: fix.low }));
    case "relay":
      return withRelay(network, fix.layer, spec);
    case "downsample": {
      const [features, height, width] = network.inputShape;
      const inputShape = [features, Math.floor(height / fix.by), Math.floor(width / fix.by)] as const;
      return reshape({ ...network, inputShape });
    }
  }
}

/** A fix as an order to the user. */
export function describeFix(fix: Fix): string {
  switch (fix.kind) {
    case "features":
      return `reduce the features of ${fix.layer} from ${fix.from} to ${fix.to}`;
    case "split":
      return `split ${fix.layer} by features into parts of ${fix.sizes.join(" + ")} (--split auto)`;
    case "stride":
      return `use a stride of ${pairText(fix.stride)} in ${fix.layer}`;
    case "pool":
      return `pool the input of ${fix.layer} by ${fix.pooling}`;
    case "poolByStride":
      return `pool by ${fix.to} instead of ${fix.from} in front of ${fix.layer} and let it stride ${fix.from / fix.to} times as far`;
    case "kernel":
      return `shrink the kernel of ${fix.layer} to ${fix.size.join("x")}`;
    case "square":
      return `fill the kernel of ${fix.layer} with zero weights to ${fix.size}x${fix.size}, with padding ${fix.padding.join("x")}`;
    case "padding":
      return `use a padding of ${pairText(fix.padding)} in ${fix.layer}`;
    case "leak":
      return `remove the bias of ${fix.layer}`;
    case "threshold":
      return `set threshold_high of ${fix.layer} to ${fix.high} and threshold_low to ${fix.low} (quantize rule default keeps to the word)`;
    case "relay":
      return `put a 1x1 layer that passes spikes on (weight 1, threshold 1) behind ${fix.layer} for the destinations too many`;
    case "downsample":
      return `downsample the input by ${fix.by}`;
  }
}

function pairText([y, x]: Pair): string {
  return y === x ? `${y}` : `${y}x${x}`;
}

/** All routes into `target` with another pooling. */
function repooled(network: QuantNetwork, target: string, pool: (pooling: number) => number): QuantNetwork {
  const change = (destinations: readonly QuantDestination[]): QuantDestination[] =>
    destinations.map((one) => (one.layer === target ? { ...one, pooling: pool(one.pooling) } : one));
  return {
    ...network,
    inputDestinations: change(network.inputDestinations),
    layers: network.layers.map((layer) => ({ ...layer, destinations: change(layer.destinations) })),
  };
}

/**
 * A relay behind a source: the source keeps all destinations but the last ones, the relay takes those. Every event makes
 * one spike at its own place, whatever the comparator: weight 2 lies above threshold 1, and the reset is to zero.
 */
function withRelay(network: QuantNetwork, source: string, { limits }: DeviceSpec): QuantNetwork | undefined {
  const layer = network.layers.find(({ name }) => name === source);
  const limit = (layer ? limits.destinations : limits.inputDestinations).value;
  const destinations = layer ? layer.destinations : network.inputDestinations;
  if (limit < 2 || destinations.length <= limit) return undefined;
  const shape = layer ? layer.outputShape : network.inputShape;
  const [features] = shape;
  const weights = new Int8Array(features * features);
  for (let f = 0; f < features; f++) weights[f * features + f] = 2;
  const relay: QuantLayer = {
    name: freeName(network, `${source}>relay`),
    nodes: [],
    inputShape: shape,
    outputShape: shape,
    kernelSize: [1, 1],
    stride: [1, 1],
    padding: [0, 0],
    weights,
    thresholdHigh: 1,
    thresholdLow: -1,
    returnToZero: true,
    scale: 1,
    destinations: destinations.slice(limit - 1),
    output: false,
  };
  const kept: QuantDestination[] = [
    ...destinations.slice(0, limit - 1),
    { layer: relay.name, pooling: 1, featureShift: 0 },
  ];
  if (!layer) return { ...network, inputDestinations: kept, layers: [relay, ...network.layers] };
  return {
    ...network,
    layers: network.layers.flatMap((one) => (one === layer ? [{ ...layer, destinations: kept }, relay] : [one])),
  };
}

function freeName(network: QuantNetwork, wanted: string): string {
  let name = wanted;
  for (let n = 2; network.layers.some((layer) => layer.name === name); n++) name = `${wanted}${n}`;
  return name;
}
