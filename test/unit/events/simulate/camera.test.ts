import { describe, expect, it } from "vitest";
import type { EventStream } from "../../../../src/events/event-stream.ts";
import { type CameraParameters, recordScene, watchScene } from "../../../../src/events/simulate/camera.ts";
import { saccadePath } from "../../../../src/events/simulate/paths.ts";
import { functionScene, imageSequence, movingImage, type Scene } from "../../../../src/events/simulate/scenes.ts";
import { DIGITS, drawFigure } from "../../../../src/events/simulate/shapes.ts";

/**
 * No noise, no mismatch, no dead time: what happens can be computed by hand. Thresholds here and below are a little above
 * round numbers, so that crossings lie a little after whole microseconds and rounding errors do not show.
 */
const IDEAL: Partial<CameraParameters> = {
  thresholdOn: 0.250_003,
  thresholdOff: 0.250_003,
  thresholdMismatch: 0,
  refractoryUs: 0,
  noiseRateHz: 0,
  randomStart: false,
};

/** One pixel whose log intensity rises by one in 100 ms. */
const rising = functionScene((_x, _y, tUs) => Math.exp(tUs / 100_000), [1, 1]);
const falling = functionScene((_x, _y, tUs) => Math.exp(-tUs / 100_000), [1, 1]);

const digit = (name: string): Scene =>
  movingImage(drawFigure(DIGITS.get(name)!, { size: 28 }), saccadePath(), { sensor: [34, 34] });

function timesOfPixel(events: EventStream, x: number, y: number): number[] {
  return [...events.t].filter((_, i) => events.x[i] === x && events.y[i] === y);
}

describe("recordScene", () => {
  it("sends ON at every threshold that log intensity crosses upwards, at the time of the crossing", () => {
    const events = recordScene(rising, { durationUs: 99_000, seed: 1, camera: { ...IDEAL, thresholdOn: 0.260_003 } });
    expect([...events.t]).toEqual([26_000, 52_000, 78_000]);
    expect([...events.p]).toEqual([1, 1, 1]);
  });

  it("sends OFF on the way down, with its own threshold", () => {
    const events = recordScene(falling, { durationUs: 99_000, seed: 1, camera: { ...IDEAL, thresholdOff: 0.350_003 } });
    expect([...events.t]).toEqual([35_000, 70_000]);
    expect([...events.p]).toEqual([0, 0]);
  });

  it("finds crossing times between its looks at the scene", () => {
    const coarse = recordScene(rising, {
      durationUs: 90_000,
      seed: 1,
      camera: { ...IDEAL, stepUs: 45_000, thresholdOn: 0.260_003 },
    });
    expect([...coarse.t]).toEqual([26_000, 52_000, 78_000]);
    const stamped = recordScene(rising, {
      durationUs: 90_000,
      seed: 1,
      camera: { ...IDEAL, thresholdOn: 0.260_003, timeResolutionUs: 5_000 },
    });
    expect([...stamped.t]).toEqual([25_000, 50_000, 75_000]);
  });

  it("holds a pixel in reset for the refractory time, after which it starts from the present intensity", () => {
    const camera = { ...IDEAL, thresholdOn: 0.200_003, refractoryUs: 10_500 };
    const events = recordScene(rising, { durationUs: 99_000, seed: 1, camera });
    expect([...events.t]).toEqual([20_000, 50_500, 81_000]);
  });

  it("is silent before a scene at rest", () => {
    const still = movingImage(drawFigure(DIGITS.get("3")!, { size: 28 }), () => [0.3, -0.4], { sensor: [34, 34] });
    const events = recordScene(still, { durationUs: 300_000, seed: 7, camera: { noiseRateHz: 0 } });
    expect(events.t).toHaveLength(0);
    expect(events.sensor).toEqual([34, 34]);
  });

  it("makes noise at the rate that it is told, half of it ON", () => {
    const dark = functionScene(() => 0.2, [32, 32]);
    const events = recordScene(dark, { durationUs: 2_000_000, seed: 3, camera: { noiseRateHz: 10, refractoryUs: 0 } });
    const expected = 32 * 32 * 10 * 2;
    expect(Math.abs(events.t.length - expected)).toBeLessThan(5 * Math.sqrt(expected));
    const on = events.p.reduce((sum, p) => sum + p, 0);
    expect(Math.abs(on - expected / 2)).toBeLessThan(5 * Math.sqrt(expected / 4));
  });

  it("has just the hot pixels that it is told, at their rate", () => {
    const dark = functionScene(() => 0.2, [32, 32]);
    const camera = { noiseRateHz: 0, hotPixels: 5, hotPixelRateHz: 100, refractoryUs: 0 };
    const events = recordScene(dark, { durationUs: 4_000_000, seed: 3, camera });
    const perPixel = new Map<number, number>();
    for (let i = 0; i < events.t.length; i++) {
      const pixel = events.y[i] * 32 + events.x[i];
      perPixel.set(pixel, (perPixel.get(pixel) ?? 0) + 1);
    }
    expect(perPixel.size).toBe(5);
    for (const count of perPixel.values()) expect(Math.abs(count - 400)).toBeLessThan(100);
  });

  it("gives pixels thresholds of their own", () => {
    const brightening = functionScene((_x, _y, tUs) => Math.exp(tUs / 100_000), [16, 16]);
    const record = (thresholdMismatch: number) =>
      recordScene(brightening, { durationUs: 40_000, seed: 5, camera: { ...IDEAL, thresholdMismatch } });
    expect(new Set(record(0).t)).toEqual(new Set([25_000]));
    const spread = record(0.1);
    const first = Array.from({ length: 256 }, (_, i) => timesOfPixel(spread, i % 16, i >> 4)[0]);
    const mean = first.reduce((a, b) => a + b, 0) / 256;
    const deviation = Math.sqrt(first.reduce((a, b) => a + (b - mean) ** 2, 0) / 256);
    expect(mean).toBeGreaterThan(24_000);
    expect(mean).toBeLessThan(26_000);
    expect(deviation).toBeGreaterThan(2_000);
    expect(deviation).toBeLessThan(3_000);
  });

  it("gives the same events for a seed, others for another", () => {
    const record = (seed: number) => recordScene(digit("5"), { durationUs: 300_000, seed });
    expect(record(11)).toEqual(record(11));
    expect(record(12)).not.toEqual(record(11));
  });

  it("puts events of one microsecond in raster order", () => {
    const flash = imageSequence([new Float32Array(12).fill(0.1), new Float32Array(12).fill(1)], 1_000, [4, 3]);
    const events = recordScene(flash, { durationUs: 2_000, seed: 1, camera: { ...IDEAL, thresholdOn: 2 } });
    expect(new Set(events.t).size).toBe(1);
    expect([...events.y].map((y, i) => y * 4 + events.x[i])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it("records a digit about as an N-MNIST sensor does: three bursts, as much ON as OFF", () => {
    const events = recordScene(digit("0"), { durationUs: 300_000, seed: 2 });
    expect(events.t.length).toBeGreaterThan(2_000);
    expect(events.t.length).toBeLessThan(8_000);
    const on = events.p.reduce((sum, p) => sum + p, 0) / events.t.length;
    expect(on).toBeGreaterThan(0.45);
    expect(on).toBeLessThan(0.55);
    const perWindow = new Array<number>(30).fill(0);
    for (const t of events.t) perWindow[Math.min(29, Math.floor(t / 10_000))]++;
    for (const burst of [0, 10, 20]) expect(perWindow[burst + 4]).toBeGreaterThan(10 * perWindow[burst + 9]);
  });

  it("hands a long recording on in parts that make up the whole", () => {
    const noisy = functionScene(() => 1, [64, 64]);
    const options = { durationUs: 1_000_000, seed: 1, camera: { noiseRateHz: 40 } };
    const parts = [...watchScene(noisy, options)];
    expect(parts.length).toBeGreaterThan(1);
    const whole = recordScene(noisy, options);
    expect(parts.flatMap((part) => [...part.t])).toEqual([...whole.t]);
  });

  it.each<[Partial<CameraParameters>, RegExp]>([
    [{ thresholdOn: 0 }, /thresholdOn must be at least 0.01, not 0/],
    [{ refractoryUs: 0.5 }, /refractoryUs must be a whole number from 0, not 0.5/],
    [{ hotPixels: 2 }, /hotPixels must be a whole number in 0..1, not 2/],
    [{ noiseRateHz: Number.NaN }, /noiseRateHz must be at least 0, not NaN/],
  ])("refuses %j", (camera, message) => {
    expect(() => recordScene(rising, { durationUs: 1_000, seed: 1, camera })).toThrow(message);
  });
});
