import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { recordScene } from "../../../../src/events/simulate/camera.ts";
import { compareEvents, correlation, type EventComparison } from "../../../../src/events/simulate/compare.ts";
import { imageFromBytes } from "../../../../src/events/simulate/image.ts";
import { saccadePath, slowPath } from "../../../../src/events/simulate/paths.ts";
import { movingImage } from "../../../../src/events/simulate/scenes.ts";
import { readEventFile } from "../../../../src/formats/event-files.ts";
import { type ImageSet, openImageSet } from "../../../../src/formats/image-set.ts";
import { dataPath, dataRoot } from "../../../support/data.ts";
import { eventsOf } from "../../../support/tiny-chip.ts";

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

describe("compareEvents", () => {
  it("finds a recording equal to itself, whenever it began", () => {
    const rows = Array.from({ length: 50 }, (_, i) => [i * i * 20, i % 2, i % 3, i % 5] as const);
    const a = { ...eventsOf(rows), sensor: [5, 3] as const };
    const b = { ...eventsOf(rows.map(([t, ...rest]) => [t + 5000, ...rest] as const)), sensor: [5, 3] as const };
    const same = compareEvents(a, b);
    expect(same).toMatchObject({ events: 1, onShare: { real: 0.5, simulated: 0.5 } });
    expect(same.rate).toBeCloseTo(1, 12);
    expect(same.pixels).toBeCloseTo(1, 12);
  });

  it("correlates as Pearson does, and not where nothing varies", () => {
    expect(correlation([1, 2, 3, 4], [2, 4, 6, 9])).toBeCloseTo(0.9946, 3);
    expect(correlation([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1, 12);
    expect(correlation([1, 1, 1], [1, 2, 3])).toBeNull();
  });
});

describe.skipIf(!dataRoot)("simulated against real recordings that did not tune it", () => {
  const picture = (set: ImageSet, index: number) => imageFromBytes(Uint8Array.from(set.image(index)), 28, 28);

  it("N-MNIST: the same digits, 40 recordings from 701 on", async () => {
    const set = await openImageSet(dataPath("mnist", "dev", "train"));
    const found: EventComparison[] = [];
    for (let id = 701; id <= 740; id++) {
      const real = await readEventFile(dataPath("nmnist_1100", "dev", `${id}.bs2`));
      const scene = movingImage(picture(set, id - 1), saccadePath({ moveUs: 98_000 }), { sensor: [34, 34] });
      const camera = { thresholdOn: 0.19, thresholdOff: 0.19 };
      found.push(compareEvents(real, recordScene(scene, { durationUs: 310_000, seed: id, camera })));
    }
    const events = median(found.map((one) => one.events));
    const on = median(found.map(({ onShare }) => onShare.simulated - onShare.real));
    const rate = median(found.map((one) => one.rate ?? 0));
    const pixels = median(found.map((one) => one.pixels ?? 0));
    process.stdout.write(
      `N-MNIST, simulated against real, medians of 40: events x ${events.toFixed(2)}, ON share ${on.toFixed(3)} off, correlation over time ${rate.toFixed(2)}, of pixels ${pixels.toFixed(2)}\n`,
    );
    expect(Math.abs(Math.log(events))).toBeLessThan(Math.log(1.2));
    expect(Math.abs(on)).toBeLessThan(0.04);
    expect(rate).toBeGreaterThan(0.8);
    expect(pixels).toBeGreaterThan(0.85);
  });

  it("MNIST-DVS, scale 4: other zeros, 0601 to 0791", async () => {
    const real: number[][] = [];
    for (let n = 601; n <= 791; n += 10) {
      const file = join("scale4_digit0", `mnist_0_scale04_${String(n).padStart(4, "0")}.aedat`);
      const { t, p } = await readEventFile(dataPath("mnist_dvs", "dev", file));
      real.push([t.length, (t.length * 1e6) / (t[t.length - 1] - t[0]), p.reduce((sum, on) => sum + on, 0) / p.length]);
    }
    const set = await openImageSet(dataPath("mnist", "dev", "train"));
    const zeros = Array.from({ length: 400 }, (_, i) => i)
      .filter((i) => set.label(i) === 0)
      .slice(0, 6);
    const simulated = zeros.map((index) => {
      const scene = movingImage(picture(set, index), slowPath(), { sensor: [128, 128] });
      const camera = { thresholdOn: 0.28, thresholdOff: 0.28, noiseRateHz: 0.05 };
      const { t, p } = recordScene(scene, { durationUs: 2_270_000, seed: index + 1, camera });
      return [t.length, t.length / 2.27, p.reduce((sum, on) => sum + on, 0) / p.length];
    });
    const [events, rate, on] = [0, 1, 2].map((k) => [
      median(real.map((one) => one[k])),
      median(simulated.map((one) => one[k])),
    ]);
    process.stdout.write(
      `MNIST-DVS, medians real/simulated: events ${events.map(Math.round).join("/")}, events a second ${rate.map(Math.round).join("/")}, ON share ${on.map((v) => v.toFixed(3)).join("/")}\n`,
    );
    expect(Math.abs(Math.log(events[1] / events[0]))).toBeLessThan(Math.log(1.2));
    expect(Math.abs(Math.log(rate[1] / rate[0]))).toBeLessThan(Math.log(1.2));
    expect(Math.abs(on[1] - on[0])).toBeLessThan(0.04);
  });
});
