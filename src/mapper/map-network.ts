import type { ChipConfig, SlowClockConfig } from "../chip/config.ts";
import { checkConfig } from "../chip/validate.ts";
import type { Device, DeviceSpec } from "../device/types.ts";
import { ChipError } from "../errors.ts";
import type { Network, Shape } from "../network/types.ts";
import { quantize } from "../quantize/quantize.ts";
import type { QuantizeRule } from "../quantize/scale.ts";
import type { LayerPart, QuantNetwork } from "../quantize/types.ts";
import { type Arrangement, arrange, type SplitChoice } from "./arrange.ts";
import { configure } from "./configure.ts";
import { applyErrata } from "./errata.ts";
import { type FitMatrix, fitMatrix } from "./fit.ts";
import { explain, noPlacementError } from "./no-placement.ts";
import { type Objective, type Placement, placeLayers } from "./place.ts";
import { reordered } from "./split.ts";

export interface MapOptions {
  /** How real numbers become integers; default `default`. */
  readonly quantize?: QuantizeRule;
  /** Replaces the shape of the network's input, `[features, height, width]`. */
  readonly inputShape?: Shape;
  /** Name (not path) and SHA-256 of the network file, for the record. */
  readonly networkName?: string;
  readonly networkSha256?: string;
  /** Recorded; the mapper itself draws no random numbers. */
  readonly seed?: number;
  /** What the placement is best at; default `load`. */
  readonly objective?: Objective;
  /** Measured spikes of each layer per input event, for `load`; estimated when absent. */
  readonly spikes?: ReadonlyMap<string, number>;
  /** Whether a layer that fits no free core may be split over several; default `auto`: only where it must be. */
  readonly split?: SplitChoice;
  /** Devices to ask as well when the network does not fit, for the error to name those that take it. */
  readonly otherDevices?: readonly Device[];
  /** Layers that the host sees beside the outputs. */
  readonly monitor?: readonly string[];
  readonly slowClock?: SlowClockConfig;
}

export interface NeedHave {
  readonly need: number;
  readonly have: number;
}

/** One layer, or one part of a layer, where it came to lie. */
export interface MappedLayer {
  readonly name: string;
  /** Set when this is a part of a layer that was split. */
  readonly part?: LayerPart;
  readonly core: number;
  readonly kernelWords: NeedHave;
  readonly neuronWords: NeedHave;
  readonly leakWords: NeedHave;
  /** real = integer / scale. */
  readonly scale: number;
  readonly threshold: number;
  readonly thresholdLow: number;
}

export interface MapResult {
  readonly config: ChipConfig;
  /** The integer network that was placed. */
  readonly network: QuantNetwork;
  readonly placement: Placement;
  /** Every layer against every core. */
  readonly fits: FitMatrix;
  /** In network order. */
  readonly layers: readonly MappedLayer[];
  readonly warnings: readonly string[];
}

/**
 * The whole way from a trained network to a chip configuration: quantize, mend for errata, judge every layer against
 * every core, split what fits nowhere in one piece, place, write down, and check what was written as if a stranger had.
 *
 * The same arguments give the same configuration, byte for byte.
 *
 * @throws ChipError E_NETWORK, E_UNSUPPORTED for networks that contradict themselves or have no counterpart on a chip
 * @throws ChipError E_NO_PLACEMENT with `details` = `NoPlacement` when the device is too small
 */
export function mapNetwork(network: Network, device: Device, options: MapOptions = {}): MapResult {
  return mapQuantized(quantizeShaped(network, options), device, options);
}

/** Every layer against every core, as it is before anything is split: what `mapNetwork` starts from. */
export function fitsBeforeSplit(network: Network, device: Device, options: MapOptions = {}): FitMatrix {
  return fitMatrix(applyErrata(quantizeShaped(network, options), device.spec), device.spec);
}

function quantizeShaped(network: Network, options: MapOptions): QuantNetwork {
  const shaped = options.inputShape ? withInputShape(network, options.inputShape) : network;
  return quantize(shaped, { rule: options.quantize ?? "default" });
}

/**
 * The way from an integer network on: `mapNetwork` without its first step.
 *
 * @throws ChipError E_NO_PLACEMENT, E_OPTION as `mapNetwork`
 */
export function mapQuantized(network: QuantNetwork, device: Device, options: MapOptions = {}): MapResult {
  const { spec } = device;
  const split = options.split ?? "auto";
  const quantized = applyErrata(network, spec);
  const arranged = arrange(quantized, spec, split);
  if ("obstacles" in arranged) {
    const devices = (options.otherDevices ?? []).filter((other) => {
      return (
        other.spec.name !== spec.name && "arrangement" in arrange(applyErrata(network, other.spec), other.spec, split)
      );
    });
    const names = devices.map((other) => other.spec.name);
    throw noPlacementError(explain(arranged.obstacles, quantized, spec, split, names), spec);
  }
  const { arrangement } = arranged;
  const placement = placed(arrangement, spec, options);
  const config = configure(arrangement.network, placement, device, {
    networkName: options.networkName ?? "",
    networkSha256: options.networkSha256 ?? "",
    seed: options.seed ?? 0,
    warnings: [...quantized.warnings, ...orderWarnings(quantized, arrangement)],
    ...(options.monitor ? { monitor: knownLayers(options.monitor, arrangement.network) } : {}),
    ...(options.slowClock ? { slowClock: options.slowClock } : {}),
  });
  checkConfig(config, device);
  return {
    config,
    network: arrangement.network,
    placement,
    fits: arrangement.fits,
    layers: mappedLayers(arrangement.fits, placement),
    warnings: config.provenance.warnings,
  };
}

function placed({ network, fits, split }: Arrangement, spec: DeviceSpec, options: MapOptions): Placement {
  const placement = placeLayers(network, fits, spec, options);
  // Other ways to split might be better still, except in the number of cores, which the planner makes smallest.
  if (!split) return placement;
  return { ...placement, optimal: placement.objective === "cores" && placement.optimal && split.fewest };
}

/** What a split may change, in words; see `reordered`. */
function orderWarnings(whole: QuantNetwork, { split }: Arrangement): string[] {
  const places = split ? reordered(whole, new Set(split.sizes.keys())) : [];
  if (places.length === 0) return [];
  const where = places.map(({ source, layer }) => `${source} to ${layer}`).join(", ");
  return [
    `Spikes of one event go from ${where} part by part instead of position by position, because the source is split; where order matters to a neuron (negative weights, reset to zero), spikes there and behind can differ from those of an unsplit network.`,
  ];
}

function mappedLayers(fits: FitMatrix, placement: Placement): MappedLayer[] {
  return fits.layers.map(({ layer, need, cores }) => {
    const core = placement.coreOf.get(layer.name)!;
    const { have } = cores.find((fit) => fit.core === core)!;
    return {
      name: layer.name,
      ...(layer.part ? { part: layer.part } : {}),
      core,
      kernelWords: { need: need.kernelWords, have: have.kernelWords },
      neuronWords: { need: need.neuronWords, have: have.neuronWords },
      leakWords: { need: need.leakWords, have: have.leakWords },
      scale: layer.scale,
      threshold: layer.thresholdHigh,
      thresholdLow: layer.thresholdLow,
    };
  });
}

function withInputShape(network: Network, shape: Shape): Network {
  const nodes = new Map(network.nodes);
  for (const [name, node] of nodes) if (node.op === "input") nodes.set(name, { ...node, shape });
  return { ...network, nodes };
}

/** Names of the layers to monitor; a split layer stands for all its parts. */
function knownLayers(names: readonly string[], { layers }: QuantNetwork): readonly string[] {
  const namesOf = (name: string): string[] =>
    layers.filter((layer) => layer.name === name || layer.part?.layer === name).map((layer) => layer.name);
  const unknown = names.filter((name) => namesOf(name).length === 0);
  if (unknown.length === 0) return names.flatMap(namesOf);
  const known = [...new Set(layers.map(({ name, part }) => part?.layer ?? name))];
  const message = `There is no layer ${unknown.join(", ")} to monitor; layers are ${known.join(", ")}.`;
  throw new ChipError("E_OPTION", message, { details: { unknown, known } });
}
