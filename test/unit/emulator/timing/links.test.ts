import { describe, expect, it } from "vitest";
import { compileProgram } from "../../../../emulator/program.ts";
import { EventQueueEngine } from "../../../../emulator/timing/event-queue-engine.ts";
import { LazyEngine } from "../../../../emulator/timing/lazy-engine.ts";
import { loadDevice } from "../../../../src/device/catalogue.ts";
import { onChips, play, withTiming } from "../../../support/timed.ts";
import { tinyConfig, tinyCore } from "../../../support/tiny-chip.ts";

const { spec: speck2f } = await loadDevice("speck2f");

// Round numbers in place of Speck's, in ps, and queues of one event; core 3 lies on another chip, 100 ps away.
const device = onChips(
  withTiming(speck2f, {
    tIn: 10,
    tMap: 10,
    tKernel: 10,
    tNeuron: 20,
    tOut: 30,
    routerSlot: 5,
    padIn: 0,
    fifoDepth: 1,
  }),
  [0, 0, 0, 1, 0, 0, 0, 0, 0],
  100,
);

/**
 * A -> B over a link, 1x1 kernels, both monitored. A has one feature, and every event makes a spike; B has eight
 * features, of which the first fires.
 *
 *     A: free 50 after the start; the spike is ready 80 after it: its copy comes to B at 180, the monitor's leaves at 85
 *     B: free t_in + t_map + t_k + 8 * t_n = 190 after the start; its spike leaves 80 after the start
 */
const config = tinyConfig([
  tinyCore({ core: 2, destinations: [{ core: 3, pooling: 1, featureShift: 0 }] }),
  tinyCore({
    core: 3,
    outputShape: [8, 4, 4],
    weights: Int8Array.of(100, 1, 1, 1, 1, 1, 1, 1),
    thresholdHigh: 100,
  }),
]);

/*
 * Four events at time 0 and one at 400. [a..b] is a freeze of A, which puts off everything of A later than a by b - a,
 * what is under way on the link included.
 *
 * Input: 0 at 0; 1 at 5; 2 at 50 = A1 (found the queue full); 3 at 100 = A2 (the same); 4 at 400.
 * A takes 0..3 at 0 50 100 150, is done at 200. The monitor sees its spikes at 85 135 185 235; they overtake the copies
 * to B, which come at 180 230 280 330 if nothing holds them up.
 * B takes 0 at 180, until 370; copy 1 waits in its queue from 230.
 *    Copy 2 comes at 280 and finds the queue full until B takes 1 at 370:            [280..370], 90
 *    so copy 3 comes at 420 (was 330). A takes event 4 at 400, to end at 450.
 *    B works on 1 until 560; copy 3 finds copy 2 in the queue:                       [420..560], 140
 *    so A4 ends at 590 (was 450), the monitor sees its spike at 625 (was 485), copy 4 comes at 720 (was 580)
 *    B takes 2 at 560, until 750; copy 4 finds copy 3 in the queue:                  [720..750], 30
 * B takes 3 at 750 and 4 at 940, until 1130.
 */
const EXPECTED = {
  starts: [
    [0, 50, 100, 150, 400],
    [180, 370, 560, 750, 940],
  ],
  outputs: [
    [85, 135, 185, 235, 625],
    [260, 450, 640, 830, 1020],
  ],
  times: {
    perCore: [
      { busyPs: 5 * 50, stallPs: 90 + 140 + 30, maxQueue: 1 },
      { busyPs: 5 * 190, stallPs: 0, maxQueue: 1 },
    ],
    input: { blocked: 2, maxWaitPs: 100 },
    endPs: 1130,
  },
};

const events = [0, 0, 0, 0, 400].map((timePs) => ({ timePs, address: 0 }));

describe("links between the chips of a board", () => {
  for (const Engine of [EventQueueEngine, LazyEngine]) {
    it(`[D10] two chips, queues of one event: as computed by hand (${Engine.name})`, () => {
      const starts: number[][] = [[], []];
      const engine = new Engine(compileProgram(config, device), {
        begin: (core, timePs) => starts[core]?.push(timePs),
      });
      const spikes = play(engine, events);
      expect(starts).toEqual(EXPECTED.starts);
      const outputs = [0, 1].map((core) => spikes.filter((spike) => spike.core === core).map(({ timePs }) => timePs));
      expect(outputs).toEqual(EXPECTED.outputs);
      expect(engine.times()).toEqual(EXPECTED.times);
      expect(engine.counters().map(({ linkEvents }) => linkEvents)).toEqual([5, 0]);
    });
  }
});
