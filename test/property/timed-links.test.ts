import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ReferenceEngine } from "../../emulator/kernel/reference-engine.ts";
import { whyNotSimdTimed } from "../../emulator/kernel/simd-timed-engine.ts";
import { compileProgram } from "../../emulator/program.ts";
import { createTimedEngine } from "../../emulator/timing/create-engine.ts";
import { EventQueueEngine } from "../../emulator/timing/event-queue-engine.ts";
import { LazyEngine } from "../../emulator/timing/lazy-engine.ts";
import { loadDevice } from "../../src/device/catalogue.ts";
import type { DeviceSpec } from "../../src/device/types.ts";
import { chipConfigs } from "../support/random-chip-config.ts";
import { assertCases, soaking } from "../support/soak.ts";
import { onChips, play, randomHappenings, withTiming } from "../support/timed.ts";

const { spec: speck2f } = await loadDevice("speck2f");

/** Timing as on a Speck, or small numbers that make ties, overtaking and full queues likely. */
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
  /** Chip of each core of the device. */
  chips: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 9, maxLength: 9 }),
  delay: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constantFrom(1000, 50_000, 1_420_000)),
  gap: fc.constantFrom(1, 10, 100, 1000, 100_000, 1_000_000),
  events: fc.integer({ min: 1, max: 120 }),
  batch: fc.integer({ min: 1, max: 40 }),
  seed: fc.integer({ min: 0, max: 1_000_000 }),
});

type Run = typeof runs extends fc.Arbitrary<infer T> ? T : never;

const board = ({ timing, chips, delay }: Run): DeviceSpec => onChips(withTiming(speck2f, timing), chips, delay);
const small = { maxFeatures: 6, maxSize: 8, inputSteps: false, filter: false, readout: false } as const;

describe("timed engines on boards of several chips", () => {
  it("[D10] without merges, the lazy engine equals the event queue: spikes, times, counters, stalls, queues", () => {
    let crossed = 0;
    const property = fc.property(chipConfigs({ ...small, merges: false }), runs, (config, run) => {
      const program = compileProgram(config, board(run));
      const happenings = randomHappenings(config, run.events, run.gap, true, run.seed);
      const lazy = new LazyEngine(program);
      const queue = new EventQueueEngine(program);
      expect(play(lazy, happenings, run.batch)).toEqual(play(queue, happenings));
      expect(lazy.counters()).toEqual(queue.counters());
      expect(lazy.times()).toEqual(queue.times());
      for (const core of program.cores) expect(lazy.readNeurons(core.index)).toEqual(queue.readNeurons(core.index));
      crossed += queue.counters().reduce((sum, { linkEvents }) => sum + linkEvents, 0);
    });
    assertCases("links, lazy engine equals event queue", property, { share: 300, full: 10_000, seed: 11 });
    // A soak run that goes on after a kill may find nothing left to do.
    if (!soaking) expect(crossed).toBeGreaterThan(10_000);
  });

  it("[D10] with merges, the result does not depend on how the input is cut into batches", () => {
    const property = fc.property(chipConfigs(small), runs, (config, run) => {
      const program = compileProgram(config, board(run));
      const happenings = randomHappenings(config, run.events, run.gap, true, run.seed);
      const whole = new EventQueueEngine(program);
      const parts = new EventQueueEngine(program);
      expect(play(parts, happenings, run.batch)).toEqual(play(whole, happenings));
      expect(parts.counters()).toEqual(whole.counters());
      expect(parts.times()).toEqual(whole.times());
    });
    assertCases("links, event queue in batches", property, { share: 150, full: 3_000, seed: 12 });
  });

  it("[D10] links without delay change no time, merges or not", () => {
    const property = fc.property(chipConfigs(small), runs, (config, run) => {
      const happenings = randomHappenings(config, run.events, run.gap, true, run.seed);
      const linked = new EventQueueEngine(compileProgram(config, board({ ...run, delay: 0 })));
      const single = new EventQueueEngine(compileProgram(config, withTiming(speck2f, run.timing)));
      expect(play(linked, happenings)).toEqual(play(single, happenings));
      expect(linked.times()).toEqual(single.times());
      expect(linked.counters().map((core) => ({ ...core, linkEvents: 0 }))).toEqual(single.counters());
    });
    assertCases("links without delay", property, { share: 150, full: 3_000, seed: 13 });
  });

  it("[R7] a chain or a fan-out counts and ends as the untimed run, and does not take the WebAssembly engine", () => {
    const configs = chipConfigs({ ...small, merges: false, leak: false });
    const property = fc.property(configs, runs, (drawn, run) => {
      const config = { ...drawn, cores: drawn.cores.map((core) => ({ ...core, congestionBalancer: false })) };
      const program = compileProgram(config, board(run));
      const happenings = randomHappenings(config, run.events, run.gap, false, run.seed);
      const untimed = new ReferenceEngine(program);
      const address = Uint32Array.from(happenings, (happening) => happening.address as number);
      untimed.run({ length: address.length, address });
      const timed = createTimedEngine(program);
      if (program.cores.some(({ routes }) => routes.some(({ link }) => link))) {
        expect(whyNotSimdTimed(program)).toBe("copies cross links between chips");
        expect(timed.kernel).toBe("reference, timed (lazy)");
      }
      play(timed, happenings, run.batch);
      expect(timed.counters()).toEqual(untimed.counters());
      for (const core of program.cores) expect(timed.readNeurons(core.index)).toEqual(untimed.readNeurons(core.index));
    });
    assertCases("links, timed counts equal untimed", property, { share: 100, full: 3_000, seed: 14 });
  });
});
