import fc from "fast-check";
import {
  type Arithmetic,
  FROM_INPUT,
  pooledSize,
  type TimestepLayer,
  type TimestepNetwork,
  type TimestepPool,
  type TimestepSource,
} from "../../emulator/timestep/layer.ts";
import type { MapShape } from "../../src/chip/config.ts";
import { convOutput } from "../../src/device/memory.ts";
import { Random } from "../../src/random.ts";

/** Input of one run: the events `[c, y, x, n]` of each step. */
export type Steps = readonly (readonly (readonly [c: number, y: number, x: number, n: number])[])[];

export interface RandomTimestepCase {
  readonly network: TimestepNetwork;
  readonly steps: Steps;
}

type Draw = fc.GeneratorValue;

/**
 * Small networks for timestep mode with input: chains, fan-outs and merges; rectangular kernels, strides, paddings and
 * pools (overlapping and padded too); any feature count; bias, lower bound, both spike functions, both resets, initial
 * states. Structure shrinks; weights and input come from one drawn seed.
 */
export function timestepCases(arithmetic: Arithmetic): fc.Arbitrary<RandomTimestepCase> {
  return fc.gen().map((draw) => {
    const integer = (min: number, max: number): number => draw(fc.integer, { min, max });
    const random = new Random(integer(0, 0xffff_ffff));
    const inputShape: MapShape = [integer(1, 5), integer(1, 11), integer(1, 11)];
    const layers: TimestepLayer[] = [];
    const count = integer(1, 4);
    for (let index = 0; index < count; index++) layers.push(randomLayer(draw, random, arithmetic, inputShape, layers));
    const steps = Array.from({ length: integer(1, 12) }, () =>
      Array.from({ length: random.below(4) === 0 ? 0 : random.below(25) }, () => {
        const [c, y, x] = inputShape.map((size) => random.below(size));
        return [c, y, x, random.below(5) === 0 ? random.integer(2, 4) : 1] as const;
      }),
    );
    return { network: { arithmetic, inputShape, layers }, steps };
  });
}

function randomLayer(
  draw: Draw,
  random: Random,
  arithmetic: Arithmetic,
  inputShape: MapShape,
  before: readonly TimestepLayer[],
): TimestepLayer {
  const integer = (min: number, max: number): number => draw(fc.integer, { min, max });
  const chance = (percent: number): boolean => integer(0, 99) >= 100 - percent;
  const real = (size: number): number =>
    arithmetic === "int32" ? random.integer(-size, size) : Math.fround(random.normal() * size * 0.4);
  const shapeOf = (from: number): MapShape => (from === FROM_INPUT ? inputShape : before[from].outputShape);
  const first = chance(70) ? before.length - 1 : integer(FROM_INPUT, before.length - 1);
  const sources: TimestepSource[] = [randomSource(draw, first, shapeOf(first))];
  const mapOf = ({ from, pool }: TimestepSource): readonly number[] =>
    ([0, 1] as const).map((axis) => pooledSize(shapeOf(from)[axis + 1], pool, axis));
  const [height, width] = mapOf(sources[0]);
  for (let from = FROM_INPUT; from < before.length && sources.length < 3; from++) {
    const other = randomSource(draw, from, shapeOf(from));
    if (mapOf(other).join() === `${height},${width}` && chance(50)) sources.push(other);
  }
  const inFeatures = Math.max(...sources.map((s) => shapeOf(s.from)[0] + s.featureShift));
  const axis = (size: number) => {
    const padding = integer(0, 3);
    const kernel = integer(1, Math.min(6, size + 2 * padding));
    const stride = integer(1, 4);
    return { kernel, stride, padding, output: convOutput(size, kernel, padding, stride) };
  };
  const linear = chance(20);
  const y = linear ? { kernel: height, stride: 1, padding: 0, output: 1 } : axis(height);
  const x = linear ? { kernel: width, stride: 1, padding: 0, output: 1 } : axis(width);
  const features = integer(1, 11);
  const zeros = chance(30);
  const weights = Array.from({ length: features * inFeatures * y.kernel * x.kernel }, () =>
    zeros && random.below(2) === 0 ? 0 : real(60),
  );
  const threshold = arithmetic === "int32" ? integer(1, 150) : Math.fround(integer(1, 1500) / 13);
  return {
    name: `layer${before.length}`,
    core: before.length,
    inputShape: [inFeatures, height, width],
    outputShape: [features, y.output, x.output],
    kernelSize: [y.kernel, x.kernel],
    stride: [y.stride, x.stride],
    padding: [y.padding, x.padding],
    weights,
    bias: chance(25) ? Array.from({ length: features }, () => real(20)) : null,
    threshold,
    minVMem: chance(70) ? (chance(60) ? -threshold : -integer(0, 200)) : null,
    spikeFunction: chance(30) ? "single" : "multi",
    reset: chance(25) ? "zero" : "subtract",
    sources,
    monitor: true,
    initialState: chance(15) ? Array.from({ length: features * y.output * x.output }, () => real(300)) : null,
  };
}

function randomSource(draw: Draw, from: number, shape: MapShape): TimestepSource {
  const integer = (min: number, max: number): number => draw(fc.integer, { min, max });
  const featureShift = integer(0, 4) === 4 ? integer(1, 2) : 0;
  if (integer(0, 2) < 2) return { from, pool: null, featureShift };
  const kernel = [integer(1, Math.min(3, shape[1])), integer(1, Math.min(3, shape[2]))] as const;
  const pool: TimestepPool = {
    kernel,
    stride: integer(0, 3) === 3 ? [integer(1, 2), integer(1, 3)] : kernel,
    padding: integer(0, 3) === 3 ? [integer(0, 1), integer(0, 1)] : [0, 0],
    divisor: integer(0, 1) === 1 ? kernel[0] * kernel[1] : 1,
  };
  return { from, pool, featureShift };
}
