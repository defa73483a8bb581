import fc from "fast-check";
import { expect, test } from "vitest";
import { findTimeFault } from "../../src/events/event-stream.ts";
import { recordScene } from "../../src/events/simulate/camera.ts";
import { slowPath } from "../../src/events/simulate/paths.ts";
import { movingImage } from "../../src/events/simulate/scenes.ts";
import { assertCases } from "../support/soak.ts";

const recordings = fc.record({
  image: fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 16, maxLength: 16 }),
  width: fc.integer({ min: 1, max: 12 }),
  height: fc.integer({ min: 1, max: 12 }),
  scale: fc.double({ min: 0.5, max: 4, noNaN: true }),
  periodUs: fc.integer({ min: 5_000, max: 200_000 }),
  durationUs: fc.integer({ min: 1, max: 60_000 }),
  seed: fc.nat(),
  camera: fc.record({
    thresholdOn: fc.double({ min: 0.05, max: 1, noNaN: true }),
    thresholdOff: fc.double({ min: 0.05, max: 1, noNaN: true }),
    thresholdMismatch: fc.double({ min: 0, max: 0.3, noNaN: true }),
    refractoryUs: fc.integer({ min: 0, max: 5_000 }),
    noiseRateHz: fc.constantFrom(0, 1, 300),
    hotPixels: fc.integer({ min: 0, max: 1 }),
    stepUs: fc.integer({ min: 50, max: 4_000 }),
    randomStart: fc.boolean(),
  }),
});

test("whatever the scene and the camera: sorted whole microseconds, inside the sensor, gaps as long as the refractory time, repeatable", () => {
  assertCases(
    "camera",
    fc.property(recordings, ({ image, width, height, scale, periodUs, durationUs, seed, camera }) => {
      const values = Float32Array.from(image, (value) => value / 255);
      const path = slowPath({ amplitude: [4, 3], periodUs: [periodUs, periodUs * 0.7] });
      const scene = movingImage({ width: 4, height: 4, values }, path, { sensor: [width, height], scale });
      const events = recordScene(scene, { durationUs, seed, camera });
      expect(findTimeFault(events)).toBe(-1);
      const last = new Map<number, number>();
      for (let i = 0; i < events.t.length; i++) {
        const [t, x, y] = [events.t[i], events.x[i], events.y[i]];
        if (!(t >= 0 && t <= durationUs && x < width && y < height && events.p[i] <= 1))
          expect([t, x, y]).toBe("inside");
        const gap = t - (last.get(y * width + x) ?? Number.NEGATIVE_INFINITY);
        if (gap < camera.refractoryUs) expect(gap).toBeGreaterThanOrEqual(camera.refractoryUs);
        last.set(y * width + x, t);
      }
      expect(recordScene(scene, { durationUs, seed, camera })).toEqual(events);
    }),
    { share: 60, full: 5_000 },
  );
});

test("without noise a pixel that only brightens sends ON events only, one a threshold", () => {
  assertCases(
    "camera brightening",
    fc.property(
      fc.double({ min: 0.05, max: 0.9, noNaN: true }),
      fc.double({ min: 0.1, max: 3, noNaN: true }),
      fc.integer({ min: 100, max: 5_000 }),
      (threshold, rise, stepUs) => {
        const scene = {
          sensor: [1, 1] as const,
          render: (tUs: number, into: Float32Array) => into.fill(Math.exp((rise * tUs) / 50_000)),
        };
        const camera = {
          thresholdOn: threshold,
          thresholdMismatch: 0,
          refractoryUs: 0,
          noiseRateHz: 0,
          randomStart: false,
          stepUs,
        };
        const events = recordScene(scene, { durationUs: 50_000, seed: 1, camera });
        expect(events.p.every((p) => p === 1)).toBe(true);
        // Intensities are single precision: a crossing at the very end may fall to either side.
        expect(Math.abs(events.t.length - rise / threshold)).toBeLessThan(1 + 1e-4);
      },
    ),
    { share: 100, full: 5_000 },
  );
});
