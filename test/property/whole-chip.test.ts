import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EmulatedChip, type EmulatorOptions } from "../../emulator/emulated-chip.ts";
import type { RunResult } from "../../src/chip/chip.ts";
import type { ChipConfig, InputConfig } from "../../src/chip/config.ts";
import { loadDevice } from "../../src/device/catalogue.ts";
import { createEventStream, type EventStream, sliceEvents } from "../../src/events/event-stream.ts";
import { Random } from "../../src/random.ts";
import { chipConfigs } from "../support/random-chip-config.ts";
import { soaking } from "../support/soak.ts";

const device = await loadDevice("speck2f");

/** Random chips with every block, without what the emulator refuses: balancers without time, blocks without their clock. */
function runnable(config: ChipConfig, timing: boolean): ChipConfig {
  const { filter, ...input } = config.input;
  const clocked = config.slowClock.source !== "none";
  const { readout, ...rest } = config;
  const alone = filter?.mode === "noiseAndHotPixel" && filter.size[0] * filter.size[1] === 1;
  const polarities = input.shape[0] <= 2 ? input : { ...input, merge: false, onChannel: true, offChannel: true };
  return {
    ...rest,
    input: {
      ...polarities,
      ...(filter && clocked && !alone ? { filter: { ...filter, threshold: filter.threshold % 4 } } : {}),
    },
    cores: config.cores.map((core) => ({
      ...core,
      congestionBalancer: core.congestionBalancer && timing,
      // Every other readout core is one that the host does not see.
      monitorEnable: core.monitorEnable && !(readout?.core === core.core && readout.classes % 2 === 0),
    })),
    // A tick every few events, whatever the clock.
    slowClock: config.slowClock.source === "external" ? { source: "external", periodUs: 97 } : config.slowClock,
    ...(readout && clocked ? { readout: { ...readout, threshold: readout.threshold % 4 } } : {}),
  };
}

/** Events all over the sensor that the input layer expects: where the cut keeps out, some are kept out. */
function recording(input: InputConfig, count: number, seed: number): EventStream {
  const random = new Random(seed);
  const [features, height, width] = input.shape;
  const [rows, columns] = input.cut
    ? [input.cut.corner[0] + 3, input.cut.corner[1] + 3]
    : input.mirrorDiagonal
      ? [width, height]
      : [height, width];
  const polarities = features > 2 ? features : features === 2 || input.merge ? 2 : 1;
  const events = createEventStream(count);
  let t = 0;
  for (let i = 0; i < count; i++) {
    t += random.below(4) === 0 ? 0 : random.integer(0, 40);
    events.t[i] = t;
    events.p[i] = random.below(polarities);
    events.y[i] = random.below(rows * input.pooling[0]);
    events.x[i] = random.below(columns * input.pooling[1]);
  }
  return events;
}

async function play(config: ChipConfig, source: EventStream | AsyncIterable<EventStream>, options: EmulatorOptions) {
  const chip = new EmulatedChip(device, options);
  await chip.configure(config);
  const result = await chip.run(source);
  const neurons = await Promise.all(config.cores.map(({ core }) => chip.readNeurons(core)));
  return { result, neurons };
}

function essence({ result, neurons }: { result: RunResult; neurons: unknown }): object {
  const { kernel: _, ...rest } = result;
  return { ...rest, neurons };
}

async function* cut(events: EventStream, random: Random): AsyncGenerator<EventStream> {
  for (let at = 0; at < events.t.length; ) {
    const to = Math.min(events.t.length, at + random.integer(1, 60));
    yield sliceEvents(events, at, to);
    at = to;
  }
}

/** Small dividers are no Speck's, but tick within a short test. */
const configs = chipConfigs({ merges: true, maxCores: 3, maxFeatures: 6, maxSize: 8, dividers: [3, 5] });

describe("the whole chip, all blocks", () => {
  const cases = fc.record({ config: configs, seed: fc.integer({ min: 0, max: 0x7fffffff }) });

  async function check(timing: boolean, { config, seed }: { config: ChipConfig; seed: number }): Promise<void> {
    const chip = runnable(config, timing);
    const events = recording(chip.input, 250, seed);
    const whole = essence(await play(chip, events, { timing, kernel: "reference" }));
    const chunks = cut(events, new Random(seed));
    expect(essence(await play(chip, chunks, { timing, kernel: "reference" }))).toEqual(whole);
    if (timing) {
      // An observer of everything takes the event queue instead of the lazy engine.
      const watched = await play(chip, events, { timing, observer: { begin: () => undefined } });
      expect(essence(watched)).toEqual(whole);
    } else {
      expect(essence(await play(chip, events, { kernel: "auto" }))).toEqual(whole);
    }
  }

  const assertAll = (timing: boolean): Promise<void> =>
    fc.assert(
      fc.asyncProperty(cases, (one) => check(timing, one)),
      { seed: 1, numRuns: soaking ? 5000 : 60 },
    );

  it("without time: SIMD and reference, whole and in chunks", () => assertAll(false));
  it("with time: lazy and event queue, whole and in chunks", () => assertAll(true));

  it("the random chips use every block", () => {
    const chips = fc.sample(configs, { seed: 1, numRuns: 60 }).map((config) => runnable(config, true));
    expect(chips.filter(({ input }) => input.filter).length).toBeGreaterThan(3);
    expect(chips.filter(({ readout }) => readout).length).toBeGreaterThan(3);
    expect(chips.filter(({ cores }) => cores.some((core) => core.congestionBalancer)).length).toBeGreaterThan(3);
  });
});
