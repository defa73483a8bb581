import { describe, expect, it } from "vitest";
import { findSaturation } from "../../../emulator/saturation.ts";
import type { ChipConfig } from "../../../src/chip/config.ts";
import { loadDevice } from "../../../src/device/catalogue.ts";
import { createEventStream } from "../../../src/events/event-stream.ts";
import { tinyConfig, tinyCore } from "../../support/tiny-chip.ts";

const { spec: speck2f } = await loadDevice("speck2f");
const events = createEventStream(4000);

/** Every event costs the core 50 + 30 * 27 = 860 ns. */
const layer = (congestionBalancer: boolean): ChipConfig =>
  tinyConfig([
    tinyCore({
      outputShape: [30, 4, 4],
      weights: new Int8Array(30).fill(1),
      thresholdHigh: 30_000,
      congestionBalancer,
    }),
  ]);

describe("findSaturation", () => {
  it("finds the rate of the slowest core", () => {
    for (const balancer of [false, true]) {
      const found = findSaturation(layer(balancer), speck2f, events);
      expect(Math.abs((found.eventsPerSecond * 860) / 1e9 - 1)).toBeLessThan(0.015);
      expect(found.bottleneck).toMatchObject({ core: 2, layer: "layer2" });
      expect(found.bottleneck.utilisation).toBeGreaterThan(0.98);
      expect(Math.abs(found.synOpsPerSecond / (30 * found.eventsPerSecond) - 1)).toBeLessThan(0.02);
    }
  });

  it("counts leak ticks as load", () => {
    const leaking = tinyConfig(
      [
        tinyCore({
          outputShape: [30, 4, 4],
          weights: new Int8Array(30).fill(1),
          thresholdHigh: 30_000,
          leak: new Int16Array(30).fill(-1),
        }),
      ],
      { slowClock: { source: "external", periodUs: 26 } },
    );
    // A tick takes 480 * 27 ns = 12.96 us, about half of every period.
    const found = findSaturation(leaking, speck2f, events);
    expect(found.eventsPerSecond / findSaturation(layer(false), speck2f, events).eventsPerSecond).toBeCloseTo(0.5, 1);
  });

  it("refuses a recording of which nothing reaches the network", () => {
    const { input } = layer(false);
    const deaf = { ...layer(false), input: { ...input, offChannel: false } };
    expect(() => findSaturation(deaf, speck2f, events)).toThrow(/no event/);
  });

  it("refuses an event filter, which judges by the recording's own times", () => {
    const { input } = layer(false);
    const filter = { mode: "noise", size: [3, 3], threshold: 1 } as const;
    expect(() => findSaturation({ ...layer(false), input: { ...input, filter } }, speck2f, events)).toThrow(
      /input.filter/,
    );
  });
});
