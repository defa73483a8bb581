import { createEngine } from "../../emulator/kernel/kernel.ts";
import { type ChipProgram, compileProgram, packAddress } from "../../emulator/program.ts";
import type { ChipConfig, CoreConfig, MapShape } from "../../src/chip/config.ts";
import type { DeviceSpec } from "../../src/device/types.ts";
import { Random } from "../../src/random.ts";

/** One layer of a benchmark network: a convolution, or a kernel as large as the map. */
export interface BenchLayer {
  readonly features: number;
  readonly kernel: number;
  readonly stride?: number;
  readonly padding?: number;
  readonly pooling?: number;
}

export interface BenchNetwork {
  readonly name: string;
  readonly input: MapShape;
  readonly layers: readonly BenchLayer[];
  /** Spikes for each incoming event at every layer; default 0.15. */
  readonly rate?: number;
}

/** The MNIST-DVS network of Sorbaro et al. 2020. */
export const MNIST_DVS: BenchNetwork = {
  name: "MNIST-DVS",
  input: [1, 64, 64],
  layers: [
    { features: 8, kernel: 3, pooling: 2 },
    { features: 12, kernel: 3, pooling: 2 },
    { features: 12, kernel: 3, pooling: 2 },
    { features: 10, kernel: 6 },
  ],
};

export const NINE_CORES: BenchNetwork = {
  name: "nine cores",
  input: [2, 64, 64],
  // At 0.15 nothing would be left after five layers.
  rate: 0.8,
  layers: [
    { features: 8, kernel: 3, padding: 1 },
    { features: 8, kernel: 3, padding: 1, pooling: 2 },
    { features: 16, kernel: 3, padding: 1 },
    { features: 16, kernel: 3, padding: 1, pooling: 2 },
    { features: 16, kernel: 3, padding: 1 },
    { features: 32, kernel: 3, padding: 1, pooling: 2 },
    { features: 32, kernel: 3, padding: 1, pooling: 2 },
    { features: 64, kernel: 4 },
    { features: 11, kernel: 1 },
  ],
};

export const LINEAR: BenchNetwork = {
  name: "linear only",
  input: [2, 16, 16],
  layers: [
    { features: 128, kernel: 16 },
    { features: 64, kernel: 1 },
    { features: 10, kernel: 1 },
  ],
};

/** One layer on its own, with a square kernel, as `stride 1` or `stride 2`. */
export function singleLayer(layer: BenchLayer, input: MapShape = [2, 64, 64]): BenchNetwork {
  return { name: `stride ${layer.stride}`, input, layers: [layer] };
}

const FIRING_RATE = 0.15;

/** Events around a spot that wanders over the map, as a moving object gives. */
export function spotEvents([features, height, width]: MapShape, length: number, random: Random): Uint32Array {
  const inside = (at: number, size: number): number => Math.max(0, Math.min(size - 1, Math.round(at)));
  return Uint32Array.from({ length }, (_, i) => {
    const y = height * (0.5 + 0.35 * Math.sin(i / 3001)) + random.normal() * height * 0.1;
    const x = width * (0.5 + 0.35 * Math.sin(i / 2003)) + random.normal() * width * 0.1;
    return packAddress(random.below(features), inside(y, height), inside(x, width));
  });
}

/** A benchmark network ready to run, thresholds such that every layer fires at the network's rate. */
export function buildBench(
  network: BenchNetwork,
  device: DeviceSpec,
  events: number,
): { program: ChipProgram; input: Uint32Array } {
  const random = new Random(7);
  const input = spotEvents(network.input, events, random);
  const cores: CoreConfig[] = [];
  let shape = network.input;
  let incoming = input;
  network.layers.forEach((layer, index) => {
    const last = index === network.layers.length - 1;
    const core = randomCore(index, layer, shape, last, random);
    const tuned = tune(core, incoming, network.rate ?? FIRING_RATE, device);
    cores.push(tuned);
    incoming = pooled(spikesOf(tuned, incoming, device), core.outputShape, layer.pooling ?? 1);
    const [features, height, width] = core.outputShape;
    shape = [features, Math.floor(height / (layer.pooling ?? 1)), Math.floor(width / (layer.pooling ?? 1))];
  });
  return { program: compileProgram(configOf(network.input, cores), device), input };
}

function randomCore(index: number, layer: BenchLayer, shape: MapShape, last: boolean, random: Random): CoreConfig {
  const { features, kernel, stride = 1, padding = 0, pooling = 1 } = layer;
  const size = (input: number): number => Math.floor((input + 2 * padding - kernel) / stride) + 1;
  return {
    core: index,
    layer: `layer ${index + 1}`,
    inputShape: shape,
    outputShape: [features, size(shape[1]), size(shape[2])],
    kernelSize: [kernel, kernel],
    stride: [stride, stride],
    padding: [padding, padding],
    weights: Int8Array.from({ length: features * shape[0] * kernel * kernel }, () => random.integer(-60, 68)),
    leakInternalSlowClock: false,
    thresholdHigh: 1000,
    thresholdLow: -1000,
    returnToZero: false,
    monitorEnable: last,
    congestionBalancer: false,
    destinations: last ? [] : [{ core: index + 1, pooling, featureShift: 0 }],
    scale: 1,
  };
}

function configOf(input: MapShape, cores: readonly CoreConfig[]): ChipConfig {
  return {
    device: { name: "virtual", hash: "0".repeat(64) },
    input: {
      shape: input,
      onChannel: true,
      offChannel: true,
      merge: input[0] === 1,
      pooling: [1, 1],
      mirrorX: false,
      mirrorY: false,
      mirrorDiagonal: false,
      destinations: [{ core: 0, pooling: 1, featureShift: 0 }],
    },
    cores,
    outputs: [{ core: cores.length - 1, featureShift: 0 }],
    slowClock: { source: "none" },
    provenance: {
      tool: "bench",
      network: "bench",
      networkSha256: "",
      quantizeRule: "default",
      objective: "cores",
      optimal: false,
      seed: 7,
      warnings: [],
    },
  };
}

/** The threshold that comes closest to a firing rate, by halving; the floor is its mirror image. */
function tune(core: CoreConfig, incoming: Uint32Array, wanted: number, device: DeviceSpec): CoreConfig {
  if (incoming.length === 0) throw new RangeError(`no event reaches ${core.layer}`);
  const withThreshold = (threshold: number): CoreConfig => ({
    ...core,
    thresholdHigh: threshold,
    thresholdLow: -threshold,
  });
  let low = 1;
  let high = 30_000;
  while (high - low > Math.max(1, high >> 6)) {
    const middle = (low + high) >> 1;
    const rate = spikesOf(withThreshold(middle), incoming, device).length / incoming.length;
    if (rate > wanted) low = middle;
    else high = middle;
  }
  return withThreshold(high);
}

/** Spikes of one layer on its own, before pooling. */
function spikesOf(core: CoreConfig, incoming: Uint32Array, device: DeviceSpec): Uint32Array {
  const alone = { ...core, core: 0, monitorEnable: true, destinations: [] };
  const engine = createEngine(compileProgram(configOf(core.inputShape, [alone]), device));
  return engine.run({ length: incoming.length, address: incoming }).address;
}

function pooled(addresses: Uint32Array, [, height, width]: MapShape, pooling: number): Uint32Array {
  const places = { height: Math.floor(height / pooling), width: Math.floor(width / pooling) };
  return addresses
    .map((a) => packAddress(a >>> 20, Math.floor(((a >>> 10) & 1023) / pooling), Math.floor((a & 1023) / pooling)))
    .filter((a) => ((a >>> 10) & 1023) < places.height && (a & 1023) < places.width);
}

/** The same with the first layer's features on two cores, whose spikes meet at the second layer's core. */
export function splitFirstLayer(program: ChipProgram): ChipProgram {
  const { config, device } = program;
  const [first, ...others] = config.cores as [CoreConfig, ...CoreConfig[]];
  const [features, height, width] = first.outputShape;
  const half = features / 2;
  const beyond = config.cores.length;
  const part = (core: number, from: number): CoreConfig => ({
    ...first,
    core,
    layer: `${first.layer}, features from ${from}`,
    outputShape: [half, height, width],
    weights: first.weights.slice(
      (from * first.weights.length) / features,
      ((from + half) * first.weights.length) / features,
    ),
    destinations: first.destinations.map((to) => ({ ...to, featureShift: from })),
  });
  const input = {
    ...config.input,
    destinations: [0, beyond].map((core) => ({ core, pooling: 1 as const, featureShift: 0 })),
  };
  return compileProgram({ ...config, input, cores: [part(0, 0), part(beyond, half), ...others] }, device);
}
