import { describe, expect, it } from "vitest";
import { compileProgram } from "../../../../emulator/program.ts";
import { EventQueueEngine } from "../../../../emulator/timing/event-queue-engine.ts";
import { LazyEngine } from "../../../../emulator/timing/lazy-engine.ts";
import { loadDevice } from "../../../../src/device/catalogue.ts";
import { play, withTiming } from "../../../support/timed.ts";
import { tinyConfig, tinyCore } from "../../../support/tiny-chip.ts";

const { spec: speck2f } = await loadDevice("speck2f");

// Round numbers in place of Speck's, in ps, and queues of one event.
const device = withTiming(speck2f, {
  tIn: 10,
  tMap: 10,
  tKernel: 10,
  tNeuron: 20,
  tOut: 30,
  routerSlot: 5,
  padIn: 0,
  fifoDepth: 1,
});

/**
 * A -> B -> C, 1x1 kernels. A and B have one feature, and every event makes a spike; C has eight features, of which the
 * first fires.
 *
 *     one tap is done  t_in + t_map + t_k + t_n = 50 after the start, its spike leaves 30 later: 80
 *     A and B are free 50 after the start
 *     C is free        t_in + t_map + t_k + 8 * t_n = 190 after the start
 */
const config = tinyConfig([
  tinyCore({ core: 2, monitorEnable: false, destinations: [{ core: 3, pooling: 1, featureShift: 0 }] }),
  tinyCore({ core: 3, monitorEnable: false, destinations: [{ core: 4, pooling: 1, featureShift: 0 }] }),
  tinyCore({
    core: 4,
    outputShape: [8, 4, 4],
    weights: Int8Array.of(100, 1, 1, 1, 1, 1, 1, 1),
    thresholdHigh: 100,
  }),
]);

/*
 * Nine events at time 0. "A3" is A's sweep for event 3; [a..b] a freeze, which puts off everything of that core later
 * than a by b - a.
 *
 * Input to A (5 ps apart; the queue holds one, so event n enters when A takes n - 1):
 *   0 at 0; 1 at 5; 2 at 50 = A1; 3 at 100; 4 at 150; 5 at 200; 6 at 250; 7 at 300; 8 at 390 = A7
 * A takes 0..6 every 50: 0 50 100 150 200 250 300. Its spikes are ready at 80 130 180 230 280 330 380 ...
 * B takes 0 at 80, 1 at 130, 2 at 180, 3 at 230. Its spikes are ready at 160 210 260 310 ...
 * C takes 0 at 160, 1 (there at 210) at 160 + 190 = 350, then every 190: 540 730 920 1110 1300 1490 1680.
 *
 * B: spike 2 is ready at 260, but C's queue holds event 1 until 350:                 [260..350], 90
 *    B3 began at 230 and was to end at 280: ends 370, spike 3 ready 400 (was 310)
 *    B4 (there at 280) at 370, to end 420; spike 3 waits for C2 at 540:              [400..540], 140
 *    so B4 ends 560, spike 4 ready 590 (was 450)
 *    B5 at 560, to end 610; spike 4 waits for C3 at 730:                             [590..730], 140
 *    so B5 ends 750, spike 5 ready 780; B6 at 750; C4 at 920:                        [780..920], 140
 *    B7 at 940; C5 at 1110: [970..1110], 140; B8 at 1130; C6 at 1300: [1160..1300], 140; C7 at 1490: [1350..1490], 140
 *    together 90 + 6 * 140 = 930
 * A: spike 5 is ready at 330, but B's queue holds event 4 until B4 at 370:           [330..370], 40
 *    A6 began at 300 and was to end at 350: ends 390, spike 6 ready 420 (was 380)
 *    A7 at 390, to end 440; spike 6 waits for B5 at 560:                             [420..560], 140
 *    so A7 ends 580, spike 7 ready 610; A8 at 580; B6 at 750:                        [610..750], 140
 *    A8's spike, ready at 660 + 140 = 800, waits for B7 at 940:                      [800..940], 140
 *    together 40 + 3 * 140 = 460
 * Events 2 to 8 found A's queue full; the last of them waited for 390.
 */
const EXPECTED = {
  starts: {
    A: [0, 50, 100, 150, 200, 250, 300, 390, 580],
    B: [80, 130, 180, 230, 370, 560, 750, 940, 1130],
    C: [160, 350, 540, 730, 920, 1110, 1300, 1490, 1680],
  },
  outputs: [240, 430, 620, 810, 1000, 1190, 1380, 1570, 1760],
  times: {
    perCore: [
      { busyPs: 9 * 50, stallPs: 460, maxQueue: 1 },
      { busyPs: 9 * 50, stallPs: 930, maxQueue: 1 },
      { busyPs: 9 * 190, stallPs: 0, maxQueue: 1 },
    ],
    input: { blocked: 7, maxWaitPs: 390 },
    endPs: 1680 + 190,
  },
};

const burst = Array.from({ length: 9 }, () => ({ timePs: 0, address: 0 }));

describe("back-pressure", () => {
  for (const Engine of [EventQueueEngine, LazyEngine]) {
    it(`[D5] three cores, queues of one event, a burst of nine: as computed by hand (${Engine.name})`, () => {
      const starts: number[][] = [[], [], []];
      const engine = new Engine(compileProgram(config, device), {
        begin: (core, timePs) => starts[core]?.push(timePs),
      });
      const spikes = play(engine, burst);
      expect(starts).toEqual(Object.values(EXPECTED.starts));
      expect(spikes.map((spike) => spike.timePs)).toEqual(EXPECTED.outputs);
      expect(engine.times()).toEqual(EXPECTED.times);
    });
  }

  it("[D5] busy intervals leave out the freezes", () => {
    const busy: [number, number][] = [];
    const engine = new LazyEngine(compileProgram(config, device), {
      busy: (core, from, to) => {
        if (core === 0 && from >= 300) busy.push([from, to]);
      },
    });
    play(engine, burst);
    expect(busy).toEqual([
      [300, 330],
      [370, 390],
      [390, 420],
      [560, 580],
      [580, 610],
      [750, 770],
    ]);
  });

  it("[D5] a deep queue takes the burst: no core stalls", () => {
    const engine = new EventQueueEngine(compileProgram(config, withTiming(device, { fifoDepth: 9 })));
    play(engine, burst);
    expect(engine.times().perCore.map((core) => core.stallPs)).toEqual([0, 0, 0]);
    expect(engine.times().perCore[2]?.maxQueue).toBe(6);
    expect(engine.times().input.blocked).toBe(0);
  });

  it("[D4] a second destination is served one router slot later", () => {
    const fan = tinyConfig([
      tinyCore({
        core: 2,
        monitorEnable: false,
        destinations: [
          { core: 3, pooling: 1, featureShift: 0 },
          { core: 4, pooling: 1, featureShift: 0 },
        ],
      }),
      tinyCore({ core: 3 }),
      tinyCore({ core: 4 }),
    ]);
    const spikes = play(new LazyEngine(compileProgram(fan, device)), [{ timePs: 0, address: 0 }]);
    expect(spikes.map(({ core, timePs }) => [core, timePs])).toEqual([
      [1, 160],
      [2, 165],
    ]);
  });

  it("[R7] at a merge the clock decides; at equal times the sender that comes first in the network", () => {
    // The input reaches core 4 directly and, 80 ps later, through core 3; two events 85 ps apart cross there.
    const merge = tinyConfig(
      [
        tinyCore({ core: 3, monitorEnable: false, destinations: [{ core: 4, pooling: 1, featureShift: 1 }] }),
        tinyCore({
          core: 4,
          inputShape: [2, 4, 4],
          weights: Int8Array.of(1, 1),
          thresholdHigh: 2,
        }),
      ],
      {},
    );
    const both = {
      ...merge,
      input: {
        ...merge.input,
        destinations: [
          { core: 3, pooling: 1, featureShift: 0 },
          { core: 4, pooling: 1, featureShift: 0 },
        ],
      },
    };
    const order: (number | null)[] = [];
    const engine = new EventQueueEngine(compileProgram(both, device), {
      begin: (core, _time, address) => {
        if (core === 1) order.push((address as number) >>> 20);
      },
    });
    // Direct copies come at 5 and 80; the first event's way through core 3 ends at 80 as well: the input is first.
    const spikes = play(engine, [
      { timePs: 0, address: 0 },
      { timePs: 75, address: 0 },
    ]);
    expect(order).toEqual([0, 0, 1, 1]);
    expect(spikes.map((spike) => spike.causePs)).toEqual([75, 75]);
  });
});
