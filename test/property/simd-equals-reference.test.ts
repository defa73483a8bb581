import fc from "fast-check";
import { expect, test } from "vitest";
import type { Engine, SpikeBatch } from "../../emulator/engine.ts";
import { createEngine } from "../../emulator/kernel/kernel.ts";
import { ReferenceEngine } from "../../emulator/kernel/reference-engine.ts";
import type { ChipProgram } from "../../emulator/program.ts";
import { loadDevice } from "../../src/device/catalogue.ts";
import { Random } from "../../src/random.ts";
import { chipConfigs } from "../support/random-chip-config.ts";
import { programWithSwitches, randomBatch, randomLayer, randomMembranes } from "../support/random-program.ts";
import { assertCases, forCases } from "../support/soak.ts";

const { spec: device } = await loadDevice("speck2f");

function plain({ length, address, core, cause }: SpikeBatch) {
  return {
    address: Array.from(address.subarray(0, length)),
    core: Array.from(core.subarray(0, length)),
    cause: Array.from(cause.subarray(0, length)),
  };
}

function expectSame(simd: Engine, reference: Engine, program: ChipProgram): void {
  expect(simd.counters()).toEqual(reference.counters());
  for (const { index } of program.cores) {
    const [got, wanted] = [simd.readNeurons(index), reference.readNeurons(index)];
    if (Buffer.compare(bytesOf(got), bytesOf(wanted)) !== 0) expect(got).toEqual(wanted);
  }
}

function bytesOf(values: Int16Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** What an engine can be asked to do, in random order, on both engines; they must agree after every step. */
function compareOn(program: ChipProgram, steps: number, random: Random): void {
  const simd = createEngine(program, { kernel: "simd" });
  const reference = new ReferenceEngine(program);
  expect(simd.kernel).toBe("simd");
  for (let step = 0; step < steps; step++) {
    const action = random.below(10);
    if (action < 6) {
      const batch = randomBatch(program, random.below(80), random);
      expect(plain(simd.run(batch))).toEqual(plain(reference.run(batch)));
    } else if (action < 8) {
      const internal = random.below(2) === 0;
      expect(plain(simd.tick(internal))).toEqual(plain(reference.tick(internal)));
    } else if (action === 8) {
      const index = random.below(program.cores.length);
      const values = randomMembranes(program, index, random);
      simd.writeNeurons(index, values);
      reference.writeNeurons(index, values);
    } else if (random.below(3) === 0) {
      simd.reset();
      reference.reset();
    }
    expectSame(simd, reference, program);
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

test("[R6] [R7] long batches through low thresholds fill every queue", () => {
  const configs = chipConfigs({ maxCores: 4, maxFeatures: 6, inputSteps: false, filter: false, readout: false });
  const property = fc.property(configs, fc.nat(), (config, seed) => {
    const random = new Random(seed);
    const hot = { ...config, cores: config.cores.map((core) => ({ ...core, thresholdHigh: random.integer(1, 100) })) };
    const program = programWithSwitches(hot, device, random);
    const batch = randomBatch(program, random.integer(1000, 2000), random);
    const simd = createEngine(program, { kernel: "simd" });
    const reference = new ReferenceEngine(program);
    expect(plain(simd.run(batch))).toEqual(plain(reference.run(batch)));
    expectSame(simd, reference, program);
  });
  assertCases("simd equals reference on long batches", property, { share: 8, full: 500, seed: 33 });
});
