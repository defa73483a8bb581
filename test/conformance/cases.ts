import type { ChipConfig, CoreConfig, InputConfig } from "../../src/chip/config.ts";
import type { Device } from "../../src/device/types.ts";
import { createEventStream, type EventStream } from "../../src/events/event-stream.ts";
import type { CapabilityName } from "../../src/link/capability-names.ts";
import { Random } from "../../src/random.ts";
import { tinyConfig, tinyCore } from "../support/tiny-chip.ts";

/** One rule of the emulator as a configuration and a recording that show it. */
export interface RuleCase {
  readonly title: string;
  /** What a board must be able to do for it, beyond the minimum. */
  readonly needs: readonly CapabilityName[];
  readonly config: ChipConfig;
  readonly events: EventStream;
}

/** Events all over a map, a third of them at the time of the one before. */
export function randomEvents(
  seed: number,
  count: number,
  [features, height, width]: readonly [number, number, number],
  gapUs = 40,
): EventStream {
  const random = new Random(seed);
  const events = createEventStream(count);
  let t = 1000;
  for (let i = 0; i < count; i++) {
    t += random.below(3) === 0 ? 0 : random.integer(0, gapUs);
    events.t[i] = t;
    events.p[i] = random.below(features);
    events.y[i] = random.below(height);
    events.x[i] = random.below(width);
  }
  return events;
}

function weights(seed: number, length: number, low: number, high: number): Int8Array {
  const random = new Random(seed);
  return Int8Array.from({ length }, () => random.integer(low, high));
}

/** A layer of 3 features on a 6x6 input of 2 features, 3x3 kernel, padding 1. */
function convCore(core: number, change: Partial<CoreConfig> = {}): CoreConfig {
  return tinyCore({
    core,
    inputShape: [2, 6, 6],
    outputShape: [3, 6, 6],
    kernelSize: [3, 3],
    padding: [1, 1],
    weights: weights(1, 54, -40, 60),
    thresholdHigh: 50,
    thresholdLow: -50,
    ...change,
  });
}

/**
 * The rules of emulator/README.md, smallest configurations first. `core` and `second` are core numbers that the chip has;
 * a chip of one core ignores the second.
 */
export function ruleCases({ spec, hash }: Device, core: number, second: number): RuleCase[] {
  const chip = (cores: readonly CoreConfig[], change: Partial<ChipConfig> = {}): ChipConfig => ({
    ...tinyConfig(cores, change),
    device: { name: spec.name, hash },
  });
  const input = (config: ChipConfig, change: Partial<InputConfig>): ChipConfig => ({
    ...config,
    input: { ...config.input, ...change },
  });
  const one = (change: Partial<CoreConfig> = {}, more: Partial<ChipConfig> = {}) =>
    chip([convCore(core, change)], more);
  const wide = randomEvents(1, 400, [2, 6, 6]);
  const many: readonly CapabilityName[] = ["manyCores"];
  const ticking: Partial<ChipConfig> = { slowClock: { source: "external", periodUs: 500 } };
  const to = (pooling: number, featureShift = 0) => ({ core: second, pooling, featureShift });
  const next = (change: Partial<CoreConfig> = {}) =>
    tinyCore({
      core: second,
      inputShape: [4, 3, 3],
      outputShape: [2, 3, 3],
      weights: weights(2, 8, -20, 60),
      thresholdHigh: 40,
      thresholdLow: -40,
      ...change,
    });
  const first = (pooling: number, featureShift: number) =>
    convCore(core, { monitorEnable: true, destinations: [to(pooling, featureShift)] });

  return [
    { title: "[R1] a convolution with padding", needs: [], config: one(), events: wide },
    {
      title: "[R1] stride 2, kernel 2x2, no padding",
      needs: [],
      config: one({
        kernelSize: [2, 2],
        stride: [2, 2],
        padding: [0, 0],
        outputShape: [3, 3, 3],
        weights: weights(3, 24, -30, 60),
      }),
      events: wide,
    },
    { title: "[R2] return to zero", needs: [], config: one({ returnToZero: true }), events: wide },
    {
      title: "[R2] a floor that is met",
      needs: [],
      config: one({ thresholdLow: -7, weights: weights(4, 54, -60, 40) }),
      events: wide,
    },
    {
      title: "[R3] residues",
      needs: [],
      config: one({ thresholdHigh: 20, weights: weights(5, 54, 20, 127) }),
      events: wide,
    },
    {
      title: "[R4] zero weights",
      needs: [],
      config: one({ weights: weights(6, 54, -1, 1).map((weight) => weight * 60), thresholdHigh: 55 }),
      events: wide,
    },
    {
      title: "[R5] weight 127 at threshold 127 fires",
      needs: [],
      config: one({ weights: new Int8Array(54).fill(127), thresholdHigh: 127 }),
      events: wide,
    },
    {
      title: "[R5] the top of the 16-bit word",
      needs: [],
      config: chip([
        tinyCore({ core, inputShape: [1, 1, 1], outputShape: [1, 1, 1], weights: Int8Array.of(127), thresholdHigh: 1 }),
      ]),
      events: randomEvents(2, 600, [1, 1, 1]),
    },
    {
      title: "[R6] a decimator",
      needs: ["decimator"],
      config: one({ decimator: { ratio: 4 } }),
      events: wide,
    },
    { title: "[R6] pooling 2 and a feature shift", needs: many, config: chip([first(2, 1), next()]), events: wide },
    {
      title: "[R6] pooling 4 drops the edge",
      needs: many,
      config: chip([
        convCore(core, { monitorEnable: true, destinations: [to(4)] }),
        next({ inputShape: [3, 1, 1], outputShape: [2, 1, 1], weights: weights(7, 6, -20, 60) }),
      ]),
      events: wide,
    },
    {
      title: "[R7] two layers into one: order decides",
      needs: many,
      config: input(chip([first(2, 1), next({ inputShape: [4, 3, 3] })]), {
        destinations: [
          { core, pooling: 1, featureShift: 0 },
          { core: second, pooling: 2, featureShift: 0 },
        ],
      }),
      events: wide,
    },
    {
      title: "[R8] leak on the external clock",
      needs: ["leak"],
      config: one({ leak: Int16Array.of(9, -5, 0) }, ticking),
      events: wide,
    },
    {
      title: "[R8] a leak that waits for the other clock",
      needs: ["leak"],
      config: one({ leak: Int16Array.of(9, -5, 0), leakInternalSlowClock: true }, ticking),
      events: wide,
    },
    {
      title: "[R10] polarity switches, merge, cut and mirrors",
      needs: ["inputSteps"],
      config: input(one({ inputShape: [1, 6, 4], outputShape: [3, 6, 4], weights: weights(8, 27, -40, 60) }), {
        shape: [1, 6, 4],
        merge: true,
        offChannel: false,
        mirrorX: true,
        mirrorY: true,
        mirrorDiagonal: true,
        cut: { origin: [1, 2], corner: [4, 7] },
      }),
      events: randomEvents(3, 500, [2, 9, 9]),
    },
    {
      title: "[R10] the input pools",
      needs: ["inputSteps"],
      config: input(one(), { pooling: [2, 2] }),
      events: randomEvents(4, 400, [2, 12, 12]),
    },
    {
      title: "[R10] the event filter",
      needs: ["filter", "leak"],
      config: input(one({}, ticking), { filter: { mode: "noise", size: [3, 3], threshold: 1 } }),
      events: randomEvents(5, 400, [2, 6, 6], 200),
    },
    {
      title: "[R11] the readout block",
      needs: ["readout", "leak"],
      config: one(
        {},
        {
          ...ticking,
          readout: {
            core,
            classes: 8,
            layout: "2x2y4f",
            average: 16,
            threshold: 0,
            overrideThresholdMax: false,
            outputMode: "max",
          },
        },
      ),
      events: wide,
    },
    {
      title: "[R12] initial states",
      needs: ["initialState"],
      config: one({ initialState: Int16Array.from({ length: 108 }, (_, i) => (i % 7) * 9 - 30) }),
      events: wide,
    },
    { title: "a recording that starts late and has gaps", needs: [], config: one(), events: gappy() },
    { title: "an empty recording", needs: [], config: one(), events: createEventStream(0) },
    {
      title: "a core that nobody monitors",
      needs: [],
      config: one({ monitorEnable: false }, { outputs: [] }),
      events: wide,
    },
  ];
}

/** Times above 2^32 microseconds, steps of 40 minutes. */
function gappy(): EventStream {
  const events = randomEvents(6, 40, [2, 6, 6]);
  return { ...events, t: events.t.map((t, i) => t + 5_000_000_000 + Math.floor(i / 10) * 2_400_000_000) };
}
