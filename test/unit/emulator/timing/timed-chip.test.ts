import { describe, expect, it } from "vitest";
import { EmulatedChip } from "../../../../emulator/emulated-chip.ts";
import { Utilisation } from "../../../../emulator/timing/utilisation.ts";
import type { OutputEvents, RunResult } from "../../../../src/chip/chip.ts";
import type { ChipConfig } from "../../../../src/chip/config.ts";
import { loadDevice } from "../../../../src/device/catalogue.ts";
import type { Device } from "../../../../src/device/types.ts";
import { createEventStream, type EventStream, sliceEvents } from "../../../../src/events/event-stream.ts";
import { withTiming } from "../../../support/timed.ts";
import { eventsOf, tinyConfig, tinyCore } from "../../../support/tiny-chip.ts";

const speck2f = await loadDevice("speck2f");
const timed = async (config: ChipConfig, device: Device = speck2f): Promise<EmulatedChip> => {
  const chip = new EmulatedChip(device, { timing: true });
  await chip.configure(config);
  return chip;
};

/** Events at one pixel, `perUs` of them in each microsecond. */
function steady(count: number, perUs: number): EventStream {
  const events = createEventStream(count);
  for (let i = 0; i < count; i++) events.t[i] = Math.floor(i / perUs);
  return events;
}

/** A core that every event keeps busy for 50 + 35 * 27 = 995 ns, with one feature that fires each time. */
const slowCore = (congestionBalancer: boolean): ChipConfig =>
  tinyConfig([
    tinyCore({
      outputShape: [35, 4, 4],
      weights: Int8Array.from({ length: 35 }, (_, f) => (f === 0 ? 100 : 1)),
      thresholdHigh: 100,
      congestionBalancer,
    }),
  ]);
/** The other features fire once in 100 events: only feature 0 counts here. */
const answersOf = (result: RunResult): number =>
  (result.events as OutputEvents).feature.reduce((count, feature) => count + (feature === 0 ? 1 : 0), 0);

describe("a timed run", () => {
  it("[D7] overload at twice the rate, without balancer: every event is answered, late", async () => {
    const result = await (await timed(slowCore(false))).run(steady(2000, 2));
    expect(answersOf(result)).toBe(2000);
    expect(result.durationUs).toBe(999);
    // 2,000 events of 995 ns: half of them are still waiting when the recording ends.
    expect(result.timing?.lastOutputUs).toBeCloseTo(1991.5, 0);
    expect(result.timing?.latencyUs?.max).toBeGreaterThan(980);
    expect(result.timing?.perCore[0]).toMatchObject({ core: 2, busyUs: 1990, utilisation: 1, maxQueue: 4 });
    expect(result.warnings).toContainEqual(expect.objectContaining({ kind: "overload" }));
  });

  it("[R9] overload at twice the rate, with balancer: about half is dropped, the rest is in time", async () => {
    const result = await (await timed(slowCore(true))).run(steady(2000, 2));
    const dropped = result.perCore[0]?.balancerDropped as number;
    expect(dropped / 2000).toBeGreaterThan(0.48);
    expect(dropped / 2000).toBeLessThan(0.52);
    expect(answersOf(result)).toBe(2000 - dropped);
    expect(result.timing?.latencyUs?.max).toBeLessThan(8);
    expect(result.warnings.map((warning) => warning.kind)).toEqual(["balancerDropped"]);
  });

  it("[D6] output events carry the board's stamps: pads and all stages, floored to 1 us, in order", async () => {
    const config = tinyConfig([
      tinyCore({ core: 2, destinations: [{ core: 3, pooling: 1, featureShift: 0 }] }),
      tinyCore({ core: 3 }),
    ]);
    const result = await (await timed(config)).run(
      eventsOf([
        [0, 0, 0, 0],
        [1, 0, 1, 1],
        [5, 0, 2, 2],
      ]),
    );
    const events = result.events as OutputEvents;
    // 1.42 + 0.12 + the router slot of the destination before the monitor; 1.42 + 0.24 a layer later.
    expect(Array.from(events.t)).toEqual([1, 1, 2, 2, 6, 6]);
    expect(Array.from(events.core)).toEqual([2, 3, 2, 3, 2, 3]);
    expect(result.timing).toMatchObject({ firstOutputUs: 1.55, latencyUs: { p50: 1.55, p99: 1.66, max: 1.66 } });
    expect(result.timing?.lastOutputUs).toBeCloseTo(6.66, 9);
  });

  it("gives the same result in chunks, and the same again after reset", async () => {
    const events = steady(5000, 3);
    const chip = await timed(slowCore(false));
    const first = await chip.run(events);
    await chip.reset();
    async function* chunks() {
      for (let at = 0; at < 5000; at += 700) yield sliceEvents(events, at, Math.min(5000, at + 700));
    }
    expect(await chip.run(chunks())).toEqual(first);
  });

  it("[D8] a leak tick takes its time on the core, and events wait for it", async () => {
    const config = tinyConfig([tinyCore({ leak: Int16Array.of(1), thresholdHigh: 10 })], {
      slowClock: { source: "external", periodUs: 10 },
    });
    const result = await (await timed(config)).run(
      eventsOf([
        [0, 0, 0, 0],
        [10, 0, 0, 0],
      ]),
    );
    // Two events of 77 ns and one tick of 16 * 27 ns.
    expect(result.timing?.perCore[0]?.busyUs).toBeCloseTo(2 * 0.077 + 16 * 0.027, 9);
    expect(result.perCore[0]?.leakUpdates).toBe(16);
  });

  it("refuses what integer picoseconds cannot hold", async () => {
    const chip = await timed(slowCore(false));
    await expect(
      chip.run(
        eventsOf([
          [0, 0, 0, 0],
          [9.1e9, 0, 0, 0],
        ]),
      ),
    ).rejects.toMatchObject({ code: "E_INPUT" });
  });

  it("[D3] a pipelined core takes the next event while the last is being written", async () => {
    const spec = withTiming(speck2f.spec, { overlap: "pipelined" });
    const config = tinyConfig([tinyCore()]);
    const result = await (await timed(config, { ...speck2f, spec })).run(eventsOf([[0, 0, 0, 0]]));
    expect(result.timing?.perCore[0]?.busyUs).toBe(0.05);
  });

  it("utilisation over time: work in bins of 1 us, all of it", async () => {
    const utilisation = new Utilisation(1, 1_000_000);
    const chip = new EmulatedChip(speck2f, { timing: true, observer: utilisation });
    await chip.configure(slowCore(false));
    const result = await chip.run(
      eventsOf([
        [0, 0, 0, 0],
        [0, 0, 0, 0],
        [5, 0, 0, 0],
      ]),
    );
    // Behind the pads at 710 ns; 995 ns each; the third at 5,710 ns.
    expect(Array.from(utilisation.busyPs(0))).toEqual([290e3, 1e6, 700e3, 0, 0, 290e3, 705e3]);
    expect(result.timing?.perCore[0]?.busyUs).toBe(2.985);
  });
});
