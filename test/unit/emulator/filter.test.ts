import { describe, expect, it } from "vitest";
import { EmulatedChip } from "../../../emulator/emulated-chip.ts";
import { EventFilter } from "../../../emulator/filter.ts";
import type { FilterConfig } from "../../../src/chip/config.ts";
import { loadDevice } from "../../../src/device/catalogue.ts";
import { eventsOf, tinyConfig, tinyCore } from "../../support/tiny-chip.ts";

const speck2f = await loadDevice("speck2f");

function filterOf(change: Partial<FilterConfig>, map: readonly [number, number, number] = [1, 5, 5]): EventFilter {
  return new EventFilter({ mode: "noise", size: [3, 3], threshold: 2, ...change }, map);
}

function age(filter: EventFilter, ticks: number): void {
  for (let i = 0; i < ticks; i++) filter.tick();
}

describe("event filter [R10]", () => {
  it("noise: the first event is alone; a neighbour's or the pixel's own earlier event lets one pass", () => {
    const filter = filterOf({});
    expect(filter.passes(2, 2)).toBe(false);
    expect(filter.passes(2, 2)).toBe(true);
    expect(filter.passes(3, 3)).toBe(true);
    expect(filterOf({}).passes(0, 0)).toBe(false);
  });

  it("noise: within `threshold` ticks, the limit included; a dropped event leaves its stamp", () => {
    const filter = filterOf({ threshold: 2 });
    filter.passes(2, 2);
    age(filter, 2);
    expect(filter.passes(2, 3)).toBe(true);
    age(filter, 3);
    expect(filter.passes(2, 2)).toBe(false);
    expect(filter.passes(2, 3)).toBe(true);
  });

  it("noise: the window is [y, x], ends at the map's edge and does not reach round it", () => {
    const wide = filterOf({ size: [1, 5] });
    wide.passes(2, 4);
    expect(wide.passes(1, 4)).toBe(false);
    expect(wide.passes(2, 2)).toBe(true);
    const corner = filterOf({ size: [3, 3] });
    corner.passes(0, 4);
    // The next pixel in memory, but the other side of the map.
    expect(corner.passes(1, 0)).toBe(false);
    expect(corner.passes(1, 3)).toBe(true);
    const left = filterOf({ size: [3, 3] });
    left.passes(1, 0);
    expect(left.passes(0, 4)).toBe(false);
    const whole = filterOf({ size: [15, 15] });
    whole.passes(0, 0);
    expect(whole.passes(4, 4)).toBe(true);
  });

  it("low pass: drops what comes less than `threshold` ticks after the pixel's last event, dropped or not", () => {
    const filter = filterOf({ mode: "lowPass", size: [1, 1], threshold: 3 });
    expect(filter.passes(1, 1)).toBe(true);
    expect(filter.passes(1, 2)).toBe(true);
    age(filter, 2);
    expect(filter.passes(1, 1)).toBe(false);
    age(filter, 2);
    expect(filter.passes(1, 1)).toBe(false);
    age(filter, 3);
    expect(filter.passes(1, 1)).toBe(true);
  });

  it("low pass: threshold 0 lets everything pass", () => {
    const filter = filterOf({ mode: "lowPass", threshold: 0 });
    expect([filter.passes(0, 0), filter.passes(0, 0)]).toEqual([true, true]);
  });

  it("noise and hot pixel: a pixel cannot vouch for itself, a neighbour can", () => {
    const filter = filterOf({ mode: "noiseAndHotPixel", threshold: 10 });
    for (let i = 0; i < 5; i++) {
      expect(filter.passes(2, 2)).toBe(false);
      filter.tick();
    }
    expect(filter.passes(2, 3)).toBe(true);
    expect(filter.passes(2, 2)).toBe(true);
  });

  it("stamps are 16 bits: an age wraps after 65,536 ticks", () => {
    const filter = filterOf({ mode: "lowPass", threshold: 3 });
    filter.passes(0, 0);
    age(filter, 65_535);
    expect(filter.passes(4, 4)).toBe(true);
    age(filter, 2);
    // 65,537 ticks look like one.
    expect(filter.passes(0, 0)).toBe(false);
    const late = filterOf({ mode: "lowPass", threshold: 3 });
    age(late, 65_535);
    late.passes(0, 0);
    age(late, 2);
    expect(late.passes(0, 0)).toBe(false);
    age(late, 3);
    expect(late.passes(0, 0)).toBe(true);
    const over = filterOf({ mode: "lowPass", threshold: 3 });
    age(over, 65_535);
    over.passes(0, 0);
    age(over, 3);
    expect(over.passes(0, 0)).toBe(true);
  });

  it("reset forgets all events", () => {
    const filter = filterOf({});
    filter.passes(2, 2);
    filter.reset();
    expect(filter.passes(2, 2)).toBe(false);
  });
});

describe("event filter in the chip [R10]", () => {
  const input = (filter: FilterConfig) => {
    const config = tinyConfig([tinyCore()], { slowClock: { source: "external", periodUs: 1000 } });
    return { ...config, input: { ...config.input, filter } };
  };
  const rows = [
    [0, 0, 1, 1],
    [900, 1, 1, 2],
    [1500, 0, 1, 1],
    [9000, 0, 1, 1],
    [9000, 0, 2, 2],
  ] as const;

  for (const timing of [false, true]) {
    it(`ages with the slow clock, ${timing ? "with" : "without"} time; both polarities share a stamp`, async () => {
      const chip = new EmulatedChip(speck2f, { timing });
      await chip.configure(input({ mode: "noise", size: [3, 3], threshold: 1 }));
      const result = await chip.run(eventsOf(rows));
      expect(result.input).toEqual({ events: 5, dropped: 2, filtered: 2 });
      expect(Array.from(result.events?.x ?? [])).toEqual([2, 1, 2]);
      expect(result.perCore[0]?.eventsIn).toBe(3);
    });
  }

  it("keeps its stamps from run to run until reset", async () => {
    const chip = new EmulatedChip(speck2f);
    await chip.configure(input({ mode: "lowPass", size: [1, 1], threshold: 5 }));
    const once = eventsOf([[0, 0, 0, 0]]);
    expect((await chip.run(once)).input.dropped).toBe(0);
    expect((await chip.run(once)).input.dropped).toBe(1);
    await chip.reset();
    expect((await chip.run(once)).input.dropped).toBe(0);
  });

  it("works on the map after pooling, cut and mirror", async () => {
    const config = input({ mode: "noiseAndHotPixel", size: [3, 3], threshold: 1 });
    const pooled = { ...config, input: { ...config.input, pooling: [2, 2] as const } };
    const chip = new EmulatedChip(speck2f);
    await chip.configure(pooled);
    const result = await chip.run(
      eventsOf([
        [0, 0, 0, 0],
        [1, 0, 1, 1],
        [2, 0, 3, 3],
      ]),
    );
    // (0, 0) and (1, 1) are one pooled pixel, which cannot vouch for itself; (3, 3) is its neighbour (1, 1).
    expect(result.input).toEqual({ events: 3, dropped: 2, filtered: 2 });
  });

  it("warns when nothing passes", async () => {
    const chip = new EmulatedChip(speck2f);
    await chip.configure(input({ mode: "noise", size: [3, 3], threshold: 1 }));
    const { warnings } = await chip.run(eventsOf([[0, 0, 0, 0]]));
    expect(warnings).toMatchObject([{ kind: "inputDropped", count: 1 }]);
    expect(warnings[0]?.message).toContain("the event filter");
  });
});
