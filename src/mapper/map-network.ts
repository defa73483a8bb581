import type { ChipConfig, SlowClockConfig } from "../chip/config.ts";
import { checkConfig } from "../chip/validate.ts";
import type { Device } from "../device/types.ts";
import { ChipError } from "../errors.ts";
import type { Network, Shape } from "../network/types.ts";
import { quantize } from "../quantize/quantize.ts";
import type { QuantizeRule } from "../quantize/scale.ts";
import type { QuantNetwork } from "../quantize/types.ts";
import { configure } from "./configure.ts";
import { applyErrata } from "./errata.ts";
import { type FitMatrix, fitMatrix } from "./fit.ts";
import { findObstacles, noPlacementError } from "./misfit.ts";
import { type Objective, type Placement, placeLayers } from "./place.ts";

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
  /** Layers that the host sees beside the outputs. */
  readonly monitor?: readonly string[];
  readonly slowClock?: SlowClockConfig;
}

export interface NeedHave {
  readonly need: number;
  readonly have: number;
}

/** One layer where it came to lie. */
export interface MappedLayer {
  readonly name: string;
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
 * every core, place, write down, and check what was written as if a stranger had.
 *
 * The same arguments give the same configuration, byte for byte.
 *
 * @throws ChipError E_NETWORK, E_UNSUPPORTED for networks that contradict themselves or have no counterpart on a chip
 * @throws ChipError E_NO_PLACEMENT with `details = {misfits, conflict}` when the device is too small
 */
export function mapNetwork(network: Network, device: Device, options: MapOptions = {}): MapResult {
  const { spec } = device;
  const shaped = options.inputShape ? withInputShape(network, options.inputShape) : network;
  const quantized = applyErrata(quantize(shaped, { rule: options.quantize ?? "default" }), spec);
  const fits = fitMatrix(quantized, spec);
  const obstacles = findObstacles(fits, spec);
  if (obstacles) throw noPlacementError(obstacles, spec);
  const placement = placeLayers(quantized, fits, spec, options);
  const config = configure(quantized, placement, device, {
    networkName: options.networkName ?? "",
    networkSha256: options.networkSha256 ?? "",
    seed: options.seed ?? 0,
    warnings: quantized.warnings,
    ...(options.monitor ? { monitor: knownLayers(options.monitor, quantized) } : {}),
    ...(options.slowClock ? { slowClock: options.slowClock } : {}),
  });
  checkConfig(config, device);
  return {
    config,
    network: quantized,
    placement,
    fits,
    layers: mappedLayers(fits, placement),
    warnings: config.provenance.warnings,
  };
}

function mappedLayers(fits: FitMatrix, placement: Placement): MappedLayer[] {
  return fits.layers.map(({ layer, need, cores }) => {
    const core = placement.coreOf.get(layer.name)!;
    const { have } = cores.find((fit) => fit.core === core)!;
    return {
      name: layer.name,
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

function knownLayers(names: readonly string[], network: QuantNetwork): readonly string[] {
  const known = network.layers.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return names;
  throw new ChipError(
    "E_OPTION",
    `There is no layer ${unknown.join(", ")} to monitor; layers are ${known.join(", ")}.`,
    {
      details: { unknown, known },
    },
  );
}
