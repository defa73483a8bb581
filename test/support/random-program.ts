import type { InputBatch } from "../../emulator/engine.ts";
import {
  type ChipProgram,
  type CoreProgram,
  compileProgram,
  packAddress,
  type RouteProgram,
} from "../../emulator/program.ts";
import type { ChipConfig } from "../../src/chip/config.ts";
import type { DeviceSpec } from "../../src/device/types.ts";
import type { Random } from "../../src/random.ts";
import { tinyConfig, tinyCore } from "./tiny-chip.ts";

/** A configuration prepared with the device's open questions [R4] [R5] answered at random. */
export function programWithSwitches(config: ChipConfig, device: DeviceSpec, random: Random): ChipProgram {
  const { comparator, upperSaturation, zeroWeightSkip } = device.numeric;
  return compileProgram(config, {
    ...device,
    numeric: {
      comparator: { ...comparator, value: random.below(3) === 0 ? ">" : ">=" },
      upperSaturation: { ...upperSaturation, value: random.below(3) !== 0 },
      zeroWeightSkip: { ...zeroWeightSkip, value: random.below(3) !== 0 },
    },
  });
}

/** Events over the whole input map, or crowded on a few pixels so that membranes travel far. */
export function randomBatch(program: ChipProgram, length: number, random: Random): InputBatch {
  const [features, height, width] = program.config.input.shape;
  const crowded = random.below(3) === 0;
  const atY = random.below(height);
  const atX = random.below(width);
  const address = Uint32Array.from({ length }, () => {
    const y = crowded ? Math.min(height - 1, atY + random.below(2)) : random.below(height);
    const x = crowded ? Math.min(width - 1, atX + random.below(2)) : random.below(width);
    return packAddress(random.below(features), y, x);
  });
  return { length, address };
}

/** Expected taps, all the way down the network: of one input event, and of one spike of each core. */
export interface Cost {
  readonly input: number;
  readonly spike: readonly number[];
}

/**
 * Networks drawn at random can explode: thousands of spikes for one event, at every layer. An estimate from mean weights
 * and thresholds, so that tests can leave those out.
 *
 * @param residues true: count with neurons that fire at every event, because membranes were written from outside
 */
export function estimateCost(program: ChipProgram, residues: boolean): Cost {
  const spike: number[] = [];
  const arriving = (routes: readonly RouteProgram[]): number =>
    routes.reduce((sum, { index }) => sum + fanOut(program.cores[index]!) * (1 + rate(index) * spike[index]!), 0);
  const rate = (index: number): number => {
    const { weights, threshold, initial, leak } = program.cores[index]!;
    if (residues || initial || leak) return 1;
    const drive = weights.reduce((sum, weight) => sum + Math.max(0, weight), 0) / weights.length;
    return Math.min(1, drive / threshold);
  };
  for (const { index, routes } of [...program.cores].reverse()) spike[index] = arriving(routes);
  return { input: arriving(program.inputRoutes), spike };
}

function fanOut({ features, height, width, kernelY, kernelX, strideY, strideX }: CoreProgram): number {
  return features * Math.min(height, Math.ceil(kernelY / strideY)) * Math.min(width, Math.ceil(kernelX / strideX));
}

/** Membranes for `writeNeurons`: everyday values; unless `calm` also the whole word, or close to where something happens. */
export function randomMembranes(program: ChipProgram, index: number, calm: boolean, random: Random): Int16Array {
  const { features, height, width, fireAt, floor } = program.cores[index]!;
  const edges = [-32_768, -32_640, floor - 1, floor, floor + 127, 0, fireAt - 1, fireAt, 32_640, 32_767];
  const style = calm ? 0 : random.below(3);
  return Int16Array.from({ length: features * height * width }, () => {
    if (style === 0) return random.integer(Math.max(floor, -300), Math.max(floor, Math.min(fireAt, 300)));
    if (style === 1) return random.integer(-32_768, 32_767);
    const value = edges[random.below(edges.length)]! + random.integer(-2, 2);
    return Math.max(-32_768, Math.min(32_767, value));
  });
}

/** One layer, any size that fits a few ten thousand neurons: what networks of small maps do not reach. */
export function randomLayer(random: Random): ChipConfig {
  const y = randomAxis(random);
  const x = random.below(3) === 0 ? randomAxis(random) : y;
  const inFeatures = random.integer(1, 6);
  const most = Math.max(1, Math.min(200, Math.floor(30_000 / (y.output * x.output))));
  const features = random.below(4) === 0 ? random.integer(1, Math.min(most, 9)) : random.integer(1, most);
  const density = random.below(3) === 0 ? 0.3 : 1;
  const bias = random.integer(-100, 100);
  const weights = Int8Array.from({ length: features * inFeatures * y.kernel * x.kernel }, () =>
    random.float() > density ? 0 : Math.max(-128, Math.min(127, random.integer(-128, 127) + bias)),
  );
  const thresholdHigh = random.below(4) === 0 ? random.integer(32_000, 32_767) : random.integer(1, 600);
  const floors = [-thresholdHigh, 0, -32_768, -32_700, random.integer(-1000, 0)];
  const core = tinyCore({
    inputShape: [inFeatures, y.input, x.input],
    outputShape: [features, y.output, x.output],
    kernelSize: [y.kernel, x.kernel],
    stride: [y.stride, x.stride],
    padding: [y.padding, x.padding],
    weights,
    thresholdHigh,
    thresholdLow: floors[random.below(floors.length)]!,
    returnToZero: random.below(3) === 0,
    ...(random.below(3) === 0 && {
      leak: Int16Array.from({ length: features }, () => random.integer(-32_768, 32_767) >> random.below(12)),
    }),
  });
  return tinyConfig([core]);
}

/** Sizes along one axis: a small kernel, one as large as the map, or anything. */
function randomAxis(random: Random) {
  const stride = [1, 1, 2, 4, 8][random.below(5)]!;
  const padding = random.below(2) === 0 ? 0 : random.integer(0, 7);
  const input = random.integer(1, 20);
  const padded = input + 2 * padding;
  const kernel = [random.integer(1, 3), random.integer(1, 16), padded][random.below(3)]!;
  const used = Math.min(kernel, padded);
  return { stride, padding, input, kernel: used, output: Math.floor((padded - used) / stride) + 1 };
}
