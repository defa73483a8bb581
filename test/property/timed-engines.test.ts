import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ReferenceEngine } from "../../emulator/kernel/reference-engine.ts";
import { SimdTimedEngine, timedModule } from "../../emulator/kernel/simd-timed-engine.ts";
import { compileProgram } from "../../emulator/program.ts";
import { EventQueueEngine } from "../../emulator/timing/event-queue-engine.ts";
import { LazyEngine } from "../../emulator/timing/lazy-engine.ts";
import type { ChipConfig } from "../../src/chip/config.ts";
import { loadDevice } from "../../src/device/catalogue.ts";
import { chipConfigs } from "../support/random-chip-config.ts";
import { assertCases } from "../support/soak.ts";
import { play, randomHappenings, type TimedSpike, withTiming } from "../support/timed.ts";

const { spec: speck2f } = await loadDevice("speck2f");

/** Timing as on a Speck, or small numbers that make ties, zeros and full queues likely. */
const timings = fc.oneof(
  fc.record({ fifoDepth: fc.integer({ min: 1, max: 4 }), units: fc.integer({ min: 1, max: 4 }) }),
  fc.record({
    tIn: fc.integer({ min: 0, max: 3 }),
    tMap: fc.integer({ min: 0, max: 2 }),
    tKernel: fc.integer({ min: 0, max: 3 }),
    tNeuron: fc.integer({ min: 1, max: 5 }),
    tOut: fc.integer({ min: 0, max: 12 }),
    padIn: fc.integer({ min: 0, max: 5 }),
    routerSlot: fc.integer({ min: 0, max: 6 }),
    fifoDepth: fc.integer({ min: 1, max: 5 }),
    units: fc.integer({ min: 1, max: 5 }),
    overlap: fc.constantFrom("none" as const, "pipelined" as const),
  }),
);

const runs = fc.record({
  timing: timings,
  gap: fc.constantFrom(1, 10, 100, 1000, 100_000, 1_000_000),
  events: fc.integer({ min: 1, max: 120 }),
  batch: fc.integer({ min: 1, max: 40 }),
  seed: fc.integer({ min: 0, max: 1_000_000 }),
});

const small = { maxFeatures: 6, maxSize: 8, inputSteps: false, filter: false, readout: false } as const;
const everyLayerMonitored = (config: ChipConfig): ChipConfig => ({
  ...config,
  cores: config.cores.map((core) => ({ ...core, monitorEnable: true })),
});
const withoutBalancer = (config: ChipConfig): ChipConfig => ({
  ...config,
  cores: config.cores.map((core) => ({ ...core, congestionBalancer: false })),
});

/** Spikes of each core in order of their emission, without times. */
const byCore = (spikes: readonly Pick<TimedSpike, "core" | "address">[]): number[][] => {
  const lists: number[][] = [];
  for (const { core, address } of spikes) {
    lists[core] ??= [];
    lists[core].push(address);
  }
  return lists;
};

describe("timed engines", () => {
  it("[D9] without merges, the lazy engine equals the event queue: spikes, times, counters, stalls, queues", () => {
    const property = fc.property(chipConfigs({ ...small, merges: false }), runs, (config, run) => {
      const program = compileProgram(config, withTiming(speck2f, run.timing));
      const happenings = randomHappenings(config, run.events, run.gap, true, run.seed);
      const lazy = new LazyEngine(program);
      const queue = new EventQueueEngine(program);
      expect(play(lazy, happenings, run.batch)).toEqual(play(queue, happenings));
      expect(lazy.counters()).toEqual(queue.counters());
      expect(lazy.times()).toEqual(queue.times());
      for (const core of program.cores) expect(lazy.readNeurons(core.index)).toEqual(queue.readNeurons(core.index));
    });
    assertCases("lazy engine equals event queue", property, { share: 300, full: 10_000 });
  });

  it("[D9] without merges and leak, the timed SIMD kernel equals both", () => {
    const module = timedModule();
    if (module === null) return;
    const configs = chipConfigs({ ...small, maxFeatures: 20, maxSize: 12, merges: false, leak: false });
    const property = fc.property(configs, runs, (config, run) => {
      const program = compileProgram(config, withTiming(speck2f, run.timing));
      const happenings = randomHappenings(config, run.events, run.gap, true, run.seed);
      const lazy = new LazyEngine(program);
      const simd = new SimdTimedEngine(program, module);
      // A second run on the same engine starts with clean clocks and goes on with its membranes and counters.
      for (const batch of [run.batch, 1000]) {
        expect(play(simd, happenings, batch)).toEqual(play(lazy, happenings));
        expect(simd.counters()).toEqual(lazy.counters());
        expect(simd.times()).toEqual(lazy.times());
        for (const core of program.cores) expect(simd.readNeurons(core.index)).toEqual(lazy.readNeurons(core.index));
        simd.startRun();
        lazy.startRun();
      }
    });
    assertCases("timed SIMD kernel equals lazy engine", property, { share: 200, full: 10_000, seed: 4 });
  });

  it("[D9] without leak, the timed SIMD kernel's event queue equals the event queue, merges or not", () => {
    const module = timedModule();
    if (module === null) return;
    const configs = chipConfigs({ ...small, maxFeatures: 20, maxSize: 12, leak: false });
    const property = fc.property(configs, runs, (config, run) => {
      const program = compileProgram(config, withTiming(speck2f, run.timing));
      const happenings = randomHappenings(config, run.events, run.gap, true, run.seed);
      const queue = new EventQueueEngine(program);
      const simd = new SimdTimedEngine(program, module, true);
      for (const batch of [run.batch, 1000]) {
        expect(play(simd, happenings, batch)).toEqual(play(queue, happenings));
        expect(simd.counters()).toEqual(queue.counters());
        expect(simd.times()).toEqual(queue.times());
        for (const core of program.cores) expect(simd.readNeurons(core.index)).toEqual(queue.readNeurons(core.index));
        simd.startRun();
        queue.startRun();
      }
    });
    assertCases("timed SIMD event queue equals event queue", property, { share: 300, full: 10_000, seed: 5 });
  });

  it("[D8] [D9] with leak, the timed SIMD kernel's event queue equals the event queue, merges or not", () => {
    const module = timedModule();
    if (module === null) return;
    const property = fc.property(chipConfigs(small), runs, (config, run) => {
      const program = compileProgram(config, withTiming(speck2f, run.timing));
      // Now and then more ticks at once than there is room for at first.
      const burst = Array.from({ length: run.seed % 4 === 0 ? 150 : 0 }, () => ({
        timePs: 0,
        address: "tick" as const,
      }));
      const happenings = [...burst, ...randomHappenings(config, run.events, run.gap, true, run.seed)];
      const queue = new EventQueueEngine(program);
      const simd = new SimdTimedEngine(program, module, true);
      for (const batch of [run.batch, 1000]) {
        expect(play(simd, happenings, batch)).toEqual(play(queue, happenings));
        expect(simd.counters()).toEqual(queue.counters());
        expect(simd.times()).toEqual(queue.times());
        for (const core of program.cores) expect(simd.readNeurons(core.index)).toEqual(queue.readNeurons(core.index));
        simd.startRun();
        queue.startRun();
      }
    });
    assertCases("timed SIMD event queue equals event queue with leak", property, { share: 200, full: 10_000, seed: 6 });
  });

  it("[D9] with merges, the result does not depend on how the input is cut into batches", () => {
    const property = fc.property(chipConfigs(small), runs, (config, run) => {
      const program = compileProgram(config, withTiming(speck2f, run.timing));
      const happenings = randomHappenings(config, run.events, run.gap, true, run.seed);
      const whole = new EventQueueEngine(program);
      const parts = new EventQueueEngine(program);
      expect(play(parts, happenings, run.batch)).toEqual(play(whole, happenings));
      expect(parts.counters()).toEqual(whole.counters());
      expect(parts.times()).toEqual(whole.times());
    });
    assertCases("event queue in batches", property, { share: 150, full: 3_000, seed: 2 });
  });

  it("[R7] a chain or a fan-out gives the spikes, counters and membranes of the untimed run, whatever the timing", () => {
    const configs = chipConfigs({ ...small, merges: false, leak: false })
      .map(everyLayerMonitored)
      .map(withoutBalancer);
    const property = fc.property(configs, runs, (config, run) => {
      const program = compileProgram(config, withTiming(speck2f, run.timing));
      const happenings = randomHappenings(config, run.events, run.gap, false, run.seed);
      const untimed = new ReferenceEngine(program);
      const address = Uint32Array.from(happenings, (happening) => happening.address as number);
      const batch = untimed.run({ length: address.length, address });
      const expected = Array.from({ length: batch.length }, (_, i) => ({
        core: batch.core[i] as number,
        address: batch.address[i] as number,
      }));
      const timed = new LazyEngine(program);
      expect(byCore(play(timed, happenings, run.batch))).toEqual(byCore(expected));
      expect(timed.counters()).toEqual(untimed.counters());
      for (const core of program.cores) expect(timed.readNeurons(core.index)).toEqual(untimed.readNeurons(core.index));
    });
    assertCases("timed spikes equal untimed spikes", property, { share: 150, full: 3_000, seed: 3 });
  });
});
