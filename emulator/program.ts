import type { ChipConfig, CoreConfig, Destination } from "../src/chip/config.ts";
import { chipOf } from "../src/device/board.ts";
import type { DeviceSpec } from "../src/device/types.ts";

/** Where a core's spikes go, with everything that does not change worked out. */
export interface RouteProgram {
  /** Position of the destination in `ChipProgram.cores`. */
  readonly index: number;
  /** Pooling as a shift of the address: 0, 1 or 2 [R6]. */
  readonly shift: number;
  readonly featureShift: number;
  /** Rows and columns after pooling; what lies beyond does not fill a block and is dropped. */
  readonly height: number;
  readonly width: number;
  /** True when the destination lies on another chip of the board. */
  readonly link: boolean;
}

/** A core ready to run. Weights and membranes are stored feature-last, so that one kernel row is one run of memory. */
export interface CoreProgram {
  /** Position in `ChipProgram.cores`. */
  readonly index: number;
  /** Core on the silicon. */
  readonly core: number;
  readonly layer: string;
  readonly inFeatures: number;
  readonly inHeight: number;
  readonly inWidth: number;
  readonly features: number;
  readonly height: number;
  readonly width: number;
  readonly kernelY: number;
  readonly kernelX: number;
  readonly strideY: number;
  readonly strideX: number;
  readonly paddingY: number;
  readonly paddingX: number;
  /** `[in][ky][kx][out]`. */
  readonly weights: Int8Array;
  readonly threshold: number;
  /** Smallest membrane that fires: the threshold, or one more under comparator ">" [R5]. */
  readonly fireAt: number;
  readonly floor: number;
  readonly returnToZero: boolean;
  /** False: the 16-bit word wraps [R5]. */
  readonly saturate: boolean;
  /** True: zero weights never reach the neuron [R4]. */
  readonly zeroSkip: boolean;
  /** `[out]`, or null when the layer does not leak. */
  readonly leak: Int16Array | null;
  readonly leakInternal: boolean;
  /** Engines hand out this core's spikes: the host sees them, or the readout block does [R11]. Changes between runs only. */
  monitor: boolean;
  /** 1: every spike passes. */
  readonly decimator: number;
  readonly balancer: boolean;
  /** `[y][x][f]`, or null when all zero. */
  readonly initial: Int16Array | null;
  readonly routes: readonly RouteProgram[];
  /** Parallel neuron units. */
  readonly units: number;
}

/** A configuration together with what the device file decides, in the form in which every engine runs it. */
export interface ChipProgram {
  readonly cores: readonly CoreProgram[];
  readonly inputRoutes: readonly RouteProgram[];
  /** True when some core has more than one source, so that order between sources matters [R7]. */
  readonly merges: boolean;
  readonly config: ChipConfig;
  readonly device: DeviceSpec;
}

/** Address of one event in 32 bits: feature (12) | y (10) | x (10). An emulator detail; the chip's own word is not published. */
export function packAddress(feature: number, y: number, x: number): number {
  return ((feature << 20) | (y << 10) | x) >>> 0;
}

/** Largest feature count and map size that `packAddress` can hold. */
export const ADDRESS_LIMITS = { features: 4096, size: 1024 } as const;

/**
 * Prepares a configuration for the engines. The configuration must be valid (`chip/validate`): sizes are not checked again.
 */
export function compileProgram(config: ChipConfig, device: DeviceSpec): ChipProgram {
  const indexOf = new Map(config.cores.map((core, index) => [core.core, index]));
  const cores = config.cores.map((core, index) => compileCore(core, index, indexOf, config, device));
  const [, inHeight, inWidth] = config.input.shape;
  const inputRoutes = config.input.destinations.map((to) => compileRoute(to, indexOf, inHeight, inWidth));
  const sources = new Uint32Array(cores.length);
  for (const route of [...inputRoutes, ...cores.flatMap((core) => core.routes)])
    sources[route.index] = (sources[route.index] as number) + 1;
  return { cores, inputRoutes, merges: sources.some((count) => count > 1), config, device };
}

function compileRoute(
  to: Destination,
  indexOf: ReadonlyMap<number, number>,
  height: number,
  width: number,
): RouteProgram {
  const index = indexOf.get(to.core);
  if (index === undefined) throw new RangeError(`destination core ${to.core} is not configured`);
  const shift = Math.log2(to.pooling);
  return { index, shift, featureShift: to.featureShift, height: height >> shift, width: width >> shift, link: false };
}

function compileCore(
  core: CoreConfig,
  index: number,
  indexOf: ReadonlyMap<number, number>,
  { readout }: ChipConfig,
  device: DeviceSpec,
): CoreProgram {
  const [inFeatures, inHeight, inWidth] = core.inputShape;
  const [features, height, width] = core.outputShape;
  const [kernelY, kernelX] = core.kernelSize;
  const units = device.cores.find((spec) => spec.id === core.core)?.units.value;
  if (units === undefined) throw new RangeError(`device ${device.name} has no core ${core.core}`);
  return {
    index,
    core: core.core,
    layer: core.layer,
    inFeatures,
    inHeight,
    inWidth,
    features,
    height,
    width,
    kernelY,
    kernelX,
    strideY: core.stride[0],
    strideX: core.stride[1],
    paddingY: core.padding[0],
    paddingX: core.padding[1],
    weights: featureLast(core.weights, features),
    threshold: core.thresholdHigh,
    fireAt: core.thresholdHigh + (device.numeric.comparator.value === ">" ? 1 : 0),
    floor: core.thresholdLow,
    returnToZero: core.returnToZero,
    saturate: device.numeric.upperSaturation.value,
    zeroSkip: device.numeric.zeroWeightSkip.value,
    leak: core.leak ?? null,
    leakInternal: core.leakInternalSlowClock,
    monitor: core.monitorEnable || readout?.core === core.core,
    decimator: core.decimator?.ratio ?? 1,
    balancer: core.congestionBalancer,
    initial: core.initialState ? neuronsFromFile(core.initialState, features, height * width) : null,
    routes: core.destinations.map((to) => ({
      ...compileRoute(to, indexOf, height, width),
      link: chipOf(device, to.core) !== chipOf(device, core.core),
    })),
    units,
  };
}

/** `[out][in][tap]` to `[in][tap][out]`. */
function featureLast(weights: Int8Array, features: number): Int8Array {
  const result = new Int8Array(weights.length);
  let at = 0;
  for (let f = 0; f < features; f++) {
    // One loop over input features and taps: it runs cold, while somebody waits for the first event.
    for (let to = f; to < result.length; to += features) result[to] = weights[at++] as number;
  }
  return result;
}

/** `[f][y][x]` (files, `NeuronStates`) to `[y][x][f]` (engines). */
export function neuronsFromFile(values: Int16Array, features: number, positions: number): Int16Array {
  const result = new Int16Array(values.length);
  for (let f = 0; f < features; f++) {
    for (let i = 0; i < positions; i++) result[i * features + f] = values[f * positions + i] as number;
  }
  return result;
}

/** `[y][x][f]` (engines) to `[f][y][x]` (files, `NeuronStates`). */
export function neuronsToFile(values: Int16Array, features: number, positions: number): Int16Array {
  const result = new Int16Array(values.length);
  for (let f = 0; f < features; f++) {
    for (let i = 0; i < positions; i++) result[f * positions + i] = values[i * features + f] as number;
  }
  return result;
}
