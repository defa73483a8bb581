import fc from "fast-check";
import { expect, test } from "vitest";
import type { Engine, SpikeBatch } from "../../emulator/engine.ts";
import { createEngine } from "../../emulator/kernel/kernel.ts";
import { ReferenceEngine } from "../../emulator/kernel/reference-engine.ts";
import type { ChipProgram } from "../../emulator/program.ts";
import { loadDevice } from "../../src/device/catalogue.ts";
import { Random } from "../../src/random.ts";
import { chipConfigs } from "../support/random-chip-config.ts";
import {
  estimateCost,
  programWithSwitches,
  randomBatch,
  randomLayer,
  randomMembranes,
} from "../support/random-program.ts";
import { assertCases, forCases } from "../support/soak.ts";
import { tinyConfig, tinyCore } from "../support/tiny-chip.ts";

const { spec: device } = await loadDevice("speck2f");

/** Most taps of one step, so that a soak run never waits for a network that explodes. */
const STEP_TAPS = 5e6;

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Equality of long arrays: compares bytes, and shows the surroundings of the first difference only. */
function expectEqual<T extends Int16Array | Uint8Array | Uint32Array>(got: T, wanted: T, what: string): void {
  if (Buffer.compare(bytesOf(got), bytesOf(wanted)) === 0) return;
  const at = wanted.findIndex((value, i) => value !== got[i]);
  const from = Math.max(0, at < 0 ? wanted.length - 4 : at - 4);
  const part = (values: T) => ({
    what,
    length: values.length,
    from,
    values: Array.from(values.slice(from, from + 12)),
  });
  expect(part(got)).toEqual(part(wanted));
}

function expectSameSpikes(got: SpikeBatch, wanted: SpikeBatch): void {
  expect(got.length).toBe(wanted.length);
  const { length } = wanted;
  expectEqual(got.address.subarray(0, length), wanted.address.subarray(0, length), "addresses");
  expectEqual(got.core.subarray(0, length), wanted.core.subarray(0, length), "cores");
  expectEqual(got.cause.subarray(0, length), wanted.cause.subarray(0, length), "causes");
}

function expectSameState(simd: Engine, reference: Engine, program: ChipProgram): void {
  expect(simd.counters()).toEqual(reference.counters());
  for (const { index, layer } of program.cores) {
    expectEqual(simd.readNeurons(index), reference.readNeurons(index), `membranes of ${layer}`);
  }
}

/** What an engine can be asked to do, in random order, on both engines; they must agree after every step. */
function compareOn(program: ChipProgram, steps: number, random: Random): void {
  const residues = estimateCost(program, true);
  const calm = residues.input > STEP_TAPS / 100;
  const cost = calm ? estimateCost(program, false) : residues;
  const most = Math.min(80, Math.floor(STEP_TAPS / cost.input));
  const ticks = program.cores.every(({ index, leak, features, height, width }) => {
    return leak === null || features * height * width * cost.spike[index]! <= STEP_TAPS;
  });
  if (most === 0) return;
  const simd = createEngine(program, { kernel: "simd" });
  const reference = new ReferenceEngine(program);
  expect(simd.kernel).toBe("simd");
  for (let step = 0; step < steps; step++) {
    const action = random.below(10);
    if (action < 6) {
      const batch = randomBatch(program, random.below(most + 1), random);
      expectSameSpikes(simd.run(batch), reference.run(batch));
    } else if (action < 8) {
      const internal = random.below(2) === 0;
      if (ticks) expectSameSpikes(simd.tick(internal), reference.tick(internal));
    } else if (action === 8) {
      const index = random.below(program.cores.length);
      const values = randomMembranes(program, index, calm, random);
      simd.writeNeurons(index, values);
      reference.writeNeurons(index, values);
    } else if (random.below(3) === 0) {
      simd.reset();
      reference.reset();
    }
    expectSameState(simd, reference, program);
  }
}

test("[R1-R8] [R12] random networks: chains, fan-outs, merges", () => {
  const configs = chipConfigs({ maxCores: 5, rectangular: true, inputSteps: false, filter: false, readout: false });
  const property = fc.property(configs, fc.nat(), (config, seed) => {
    const random = new Random(seed);
    compareOn(programWithSwitches(config, device, random), 6, random);
  });
  assertCases("simd equals reference on networks", property, { share: 80, full: 10_000, seed: 31 });
});

test("[R1-R5] [R8] random layers: many features, whole-map kernels, every stride and padding", () => {
  const check = (seed: number) => {
    const random = new Random(seed);
    compareOn(programWithSwitches(randomLayer(random), device, random), 10, random);
  };
  forCases("simd equals reference on layers", check, { share: 80, full: 10_000, seed: 32 });
});

test("[R1-R5] runs of every number of vectors that has code of its own, full and with lanes left over", () => {
  const random = new Random(33);
  for (const vectors of [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 16, 24, 48]) {
    for (const features of [8 * vectors, 8 * vectors - 3]) {
      for (const rows of [1, 2, 3, 4]) {
        const padding = rows >> 1;
        const core = tinyCore({
          inputShape: [2, rows + 1, 2],
          outputShape: [features, 2 + 2 * padding, 2],
          kernelSize: [rows, 1],
          padding: [padding, 0],
          weights: Int8Array.from({ length: features * 2 * rows }, () => random.integer(-120, 127)),
          thresholdHigh: 300,
          thresholdLow: -200,
        });
        compareOn(programWithSwitches(tinyConfig([core]), device, random), 6, random);
      }
    }
  }
});

test("[R6] [R7] long batches through low thresholds fill every queue", () => {
  const configs = chipConfigs({ maxCores: 4, maxFeatures: 6, inputSteps: false, filter: false, readout: false });
  const property = fc.property(configs, fc.nat(), (config, seed) => {
    const random = new Random(seed);
    const hot = { ...config, cores: config.cores.map((core) => ({ ...core, thresholdHigh: random.integer(1, 100) })) };
    const program = programWithSwitches(hot, device, random);
    const most = Math.floor((4 * STEP_TAPS) / estimateCost(program, false).input);
    if (most < 500) return;
    const batch = randomBatch(program, Math.min(most, random.integer(500, 20_000)), random);
    const simd = createEngine(program, { kernel: "simd" });
    const reference = new ReferenceEngine(program);
    expectSameSpikes(simd.run(batch), reference.run(batch));
    expectSameState(simd, reference, program);
  });
  assertCases("simd equals reference on long batches", property, { share: 10, full: 500, seed: 33 });
});
