import type { ChipConfig, CoreConfig, Destination, InputConfig, Provenance, SlowClockConfig } from "../chip/config.ts";
import type { Device } from "../device/types.ts";
import type { QuantDestination, QuantLayer, QuantNetwork } from "../quantize/types.ts";
import { VERSION } from "../version.ts";
import type { Placement } from "./place.ts";

export interface ConfigureOptions {
  /** Name (not path) of the network file. */
  readonly networkName: string;
  /** SHA-256 of the network file, 64 hexadecimal digits; empty when there is no file. */
  readonly networkSha256: string;
  readonly seed: number;
  /** Layers that the host sees beside the outputs. */
  readonly monitor?: readonly string[];
  /** Clock of leaking layers; default one tick a millisecond when some layer leaks, else none. */
  readonly slowClock?: SlowClockConfig;
  /** What the steps before had to say. */
  readonly warnings: readonly string[];
}

const DEFAULT_LEAK_PERIOD_US = 1000;

/** Writes a placed network down in the chip's own words. Cores come in network order; outputs are monitored. */
export function configure(
  network: QuantNetwork,
  placement: Placement,
  device: Device,
  options: ConfigureOptions,
): ChipConfig {
  const warnings = [...options.warnings];
  const coreOf = (layer: string): number => placement.coreOf.get(layer)!;
  const destination = ({ layer, pooling, featureShift }: QuantDestination): Destination => ({
    core: coreOf(layer),
    pooling,
    featureShift,
  });
  const cores = network.layers.map((layer) =>
    configureCore(layer, coreOf(layer.name), layer.destinations.map(destination), options),
  );
  const slowClock = options.slowClock ?? defaultSlowClock(network, warnings);
  return {
    device: { name: device.spec.name, hash: device.hash },
    input: configureInput(network, network.inputDestinations.map(destination), warnings),
    cores: cores.map((core) => ({
      ...core,
      leakInternalSlowClock: slowClock.source === "internal" && core.leak !== undefined,
    })),
    outputs: network.layers
      .filter(({ output }) => output)
      .map(({ name, part }) => ({ core: coreOf(name), featureShift: part?.from ?? 0 })),
    slowClock,
    provenance: provenance(network, placement, { ...options, warnings }),
  };
}

function configureCore(
  layer: QuantLayer,
  core: number,
  destinations: readonly Destination[],
  { monitor = [] }: ConfigureOptions,
): CoreConfig {
  return {
    core,
    layer: layer.name,
    inputShape: layer.inputShape,
    outputShape: layer.outputShape,
    kernelSize: layer.kernelSize,
    stride: layer.stride,
    padding: layer.padding,
    weights: layer.weights,
    ...(layer.leak ? { leak: layer.leak } : {}),
    leakInternalSlowClock: false,
    thresholdHigh: layer.thresholdHigh,
    thresholdLow: layer.thresholdLow,
    returnToZero: layer.returnToZero,
    monitorEnable: layer.output || monitor.includes(layer.name),
    congestionBalancer: false,
    destinations,
    scale: layer.scale,
  };
}

/** One input feature takes both polarities as one; two take OFF as feature 0 and ON as feature 1. */
function configureInput(network: QuantNetwork, destinations: readonly Destination[], warnings: string[]): InputConfig {
  const [features] = network.inputShape;
  if (features > 2) {
    warnings.push(
      `The input has ${features} features and an event camera gives 2; events must come from the host, feature by feature.`,
    );
  }
  return {
    shape: network.inputShape,
    onChannel: true,
    offChannel: true,
    merge: features === 1,
    pooling: [1, 1],
    mirrorX: false,
    mirrorY: false,
    mirrorDiagonal: false,
    destinations,
  };
}

function defaultSlowClock(network: QuantNetwork, warnings: string[]): SlowClockConfig {
  const leaking = network.layers.filter(({ leak }) => leak).map(({ name }) => name);
  if (leaking.length === 0) return { source: "none" };
  warnings.push(
    `${leaking.join(", ")} leak on every tick of the slow clock, which is set to one a millisecond; set it to the time step that the network was trained with.`,
  );
  return { source: "external", periodUs: DEFAULT_LEAK_PERIOD_US };
}

function provenance(network: QuantNetwork, placement: Placement, options: ConfigureOptions): Provenance {
  return {
    tool: `spikewright ${VERSION}`,
    network: options.networkName,
    networkSha256: options.networkSha256,
    quantizeRule: network.rule,
    objective: placement.objective,
    optimal: placement.optimal,
    seed: options.seed,
    warnings: options.warnings,
  };
}
