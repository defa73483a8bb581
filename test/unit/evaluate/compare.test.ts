import { describe, expect, it } from "vitest";
import { EmulatedChip } from "../../../emulator/emulated-chip.ts";
import type { OutputEvents } from "../../../src/chip/chip.ts";
import { loadDevice } from "../../../src/device/catalogue.ts";
import { compareRuns, compareSpikes } from "../../../src/evaluate/compare.ts";
import { eventsOf, tinyConfig, tinyCore } from "../../support/tiny-chip.ts";

type Row = readonly [t: number, core: number, feature: number, y: number, x: number];

function spikes(...rows: readonly Row[]): OutputEvents {
  return {
    t: Float64Array.from(rows, (row) => row[0]),
    core: Uint8Array.from(rows, (row) => row[1]),
    feature: Uint16Array.from(rows, (row) => row[2]),
    y: Uint16Array.from(rows, (row) => row[3]),
    x: Uint16Array.from(rows, (row) => row[4]),
  };
}

describe("comparing spikes", () => {
  const a: Row = [5, 2, 0, 1, 1];
  const b: Row = [5, 0, 3, 2, 1];
  const c: Row = [9, 2, 1, 0, 0];

  it("finds equal lists equal", () => {
    expect(compareSpikes(spikes(a, b, c), spikes(a, b, c))).toEqual({
      equal: true,
      sameOrder: true,
      first: null,
      left: 3,
      right: 3,
      onlyLeft: 0,
      onlyRight: 0,
    });
  });

  it("does not judge the order within an instant, but reports it", () => {
    expect(compareSpikes(spikes(a, b, c), spikes(b, a, c))).toMatchObject({ equal: true, sameOrder: false });
  });

  it("counts repetitions", () => {
    expect(compareSpikes(spikes(a, a, c), spikes(a, c))).toMatchObject({ equal: false, onlyLeft: 1, onlyRight: 0 });
  });

  it("names the earliest difference, of one instant that of the earliest layer", () => {
    // Core 2 comes before core 0 in the network.
    expect(compareSpikes(spikes(a, b, c), spikes(c), [2, 0]).first).toEqual({
      t: 5,
      core: 2,
      feature: 0,
      y: 1,
      x: 1,
      onlyIn: "left",
    });
    expect(compareSpikes(spikes(c), spikes(a, b, c), [0, 2]).first).toMatchObject({ core: 0, onlyIn: "right" });
  });

  it("goes on behind a difference", () => {
    expect(compareSpikes(spikes(a, c), spikes(b, c))).toMatchObject({ onlyLeft: 1, onlyRight: 1 });
  });
});

describe("comparing runs", () => {
  it("finds the layer whose weight differs, and totals that show it", async () => {
    const device = await loadDevice("speck2f");
    const config = tinyConfig([
      tinyCore({ layer: "first", destinations: [{ core: 3, pooling: 1, featureShift: 0 }] }),
      tinyCore({ core: 3, layer: "second", thresholdHigh: 2 }),
    ]);
    const changed = {
      ...config,
      cores: config.cores.map((core) => (core.core === 3 ? { ...core, weights: Int8Array.of(2) } : core)),
    };
    const input = eventsOf([
      [0, 0, 1, 1],
      [40, 0, 1, 1],
      [70, 0, 2, 1],
    ]);
    const [left, right] = await Promise.all(
      [config, changed].map(async (each) => {
        const chip = new EmulatedChip(device);
        await chip.configure(each);
        return chip.run(input);
      }),
    );
    const comparison = compareRuns(config, left as never, right as never);
    expect(comparison).toMatchObject({
      equal: false,
      accepted: false,
      first: { t: 0, core: 3, layer: "second", feature: 0, y: 1, x: 1, onlyIn: "right" },
      layers: [
        { name: "first", equal: true, relative: 0 },
        { name: "second", equal: false, left: { spikes: 1 }, right: { spikes: 3 }, relative: 2 },
      ],
    });
    expect(compareRuns(config, left as never, right as never, 2).accepted).toBe(true);
    // Only one side spikes: no tolerance covers that, and JSON has no infinity to say it with.
    const silenced = { ...left, perCore: left?.perCore.map((counters) => ({ ...counters, spikes: 0 })) };
    const onlyRight = compareRuns(config, silenced as never, right as never, 1e9);
    expect(onlyRight.layers[1]?.relative).toBeNull();
    expect(onlyRight.accepted).toBe(false);
    expect(compareRuns(config, left as never, left as never)).toMatchObject({
      equal: true,
      accepted: true,
      first: null,
    });
  });
});
