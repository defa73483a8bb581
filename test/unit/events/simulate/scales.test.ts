import { describe, expect, it } from "vitest";
import type { EventStream } from "../../../../src/events/event-stream.ts";
import { recordScene } from "../../../../src/events/simulate/camera.ts";
import { compareEvents } from "../../../../src/events/simulate/compare.ts";
import { type GrayImage, imageFromBytes } from "../../../../src/events/simulate/image.ts";
import { slowPath } from "../../../../src/events/simulate/paths.ts";
import { movingImage } from "../../../../src/events/simulate/scenes.ts";
import { readEventFile } from "../../../../src/formats/event-files.ts";
import { openImageSet } from "../../../../src/formats/image-set.ts";
import { dataPath, dataRoot } from "../../../support/data.ts";

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const PERIOD_US = 1_300_000;
/** Where on its way the image drifts right and down at about 25 pixels a second; the clips drift so at 20 to 29. */
const LIKE_THE_CLIPS = 7 / 8;
const PHASES = [1 / 8, 3 / 8, 5 / 8, LIKE_THE_CLIPS];

/** One real symbol at three sizes. Nothing was fitted to these clips: thresholds and path are those of scale 4. */
describe.skipIf(!dataRoot)("MNIST-DVS, symbol 0001 at scales 4, 8 and 16, the first 0.197 s", () => {
  // Too few events at the larger scales; README.md beside the camera says why.
  it.each([
    { mnistScale: "04", scale: 1, real: 1_782, like: [0.85, 1.4], any: [0.6, 1.0] },
    { mnistScale: "08", scale: 2, real: 5_078, like: [0.6, 1.0], any: [0.38, 0.7] },
    { mnistScale: "16", scale: 4, real: 11_209, like: [0.5, 0.9], any: [0.3, 0.6] },
  ])("scale $mnistScale", { timeout: 60_000 }, async ({ mnistScale, scale, real, like, any }) => {
    const clip = await readEventFile(
      dataPath("mnist_dvs", "dev", "multiscale", `mnist_0_scale${mnistScale}_0001_qt1.aedat`),
    );
    const set = await openImageSet(dataPath("mnist", "dev", "train"));
    const zeros = Array.from({ length: 400 }, (_, i) => i)
      .filter((i) => set.label(i) === 0)
      .slice(0, 6);
    const durationUs = clip.t[clip.t.length - 1] - clip.t[0];
    const found = zeros.flatMap((index) => {
      const image = imageFromBytes(Uint8Array.from(set.image(index)), 28, 28);
      return PHASES.map((phase) => {
        const simulated = filmed(image, scale, phase, durationUs, index * 8 + Math.round(phase * 8));
        return { phase, ...compareEvents(clip, simulated, 20_000), unevenness: unevenness(simulated) };
      });
    });
    const alike = found.filter(({ phase }) => phase === LIKE_THE_CLIPS);
    const eventsLike = median(alike.map(({ events }) => events));
    const eventsAny = median(found.map(({ events }) => events));
    const on = median(found.map(({ onShare }) => onShare.simulated - onShare.real));
    const uneven = [unevenness(clip), median(found.map((one) => one.unevenness))];
    const rate = median(alike.map((one) => one.rate ?? 0));
    const wider = zeros.slice(0, 3).flatMap((index) => {
      const image = imageFromBytes(Uint8Array.from(set.image(index)), 28, 28);
      return PHASES.map((phase) => filmed(image, scale, phase, durationUs, index, scale).t.length / real);
    });
    const drift = Math.hypot(slope(clip.t, clip.x), slope(clip.t, clip.y));
    const flicker = phasor(clip.t, 75);
    process.stdout.write(
      `MNIST-DVS, symbol 0001, scale ${mnistScale}: events x ${eventsLike.toFixed(2)} (movement as in the clip), x ${eventsAny.toFixed(2)} (any phase), ON share ${found[0].onShare.real.toFixed(3)} real, ${on.toFixed(3)} off, spread of 20 ms bins real/simulated ${uneven.map((v) => v.toFixed(2)).join("/")}, correlation over time ${rate.toFixed(2)}; path grown with the image: events x ${median(wider).toFixed(2)}; the clip drifts at ${drift.toFixed(0)} px/s, its 75 Hz phasor is ${flicker.toFixed(2)}\n`,
    );
    expect(clip.t.length).toBe(real);
    expect(eventsLike).toBeGreaterThan(like[0]);
    expect(eventsLike).toBeLessThan(like[1]);
    expect(eventsAny).toBeGreaterThan(any[0]);
    expect(eventsAny).toBeLessThan(any[1]);
    expect(Math.abs(on)).toBeLessThan(0.05);
    expect(Math.abs(uneven[1] - uneven[0])).toBeLessThan(0.1);
    // Why the path does not grow with the image, and what the camera does not see.
    expect(drift).toBeGreaterThan(15);
    expect(drift).toBeLessThan(35);
    expect(flicker).toBeGreaterThan(0.1);
  });
});

/** The default slow path from some point of its way on, at any scale: the real image moves as far at all three; `grown` widens the path. */
function filmed(
  image: GrayImage,
  scale: number,
  phase: number,
  durationUs: number,
  seed: number,
  grown = 1,
): EventStream {
  const path = slowPath({ amplitude: [5 * grown, 2 * grown] });
  const scene = movingImage(image, (tUs) => path(tUs + phase * PERIOD_US), { sensor: [128, 128], scale });
  const camera = { thresholdOn: 0.28, thresholdOff: 0.28, noiseRateHz: 0.05 };
  return recordScene(scene, { durationUs, seed, camera });
}

/** Standard deviation over mean of the events in whole bins of 20 ms. */
function unevenness({ t }: EventStream): number {
  const bins = new Float64Array(9);
  for (const at of t) {
    const bin = Math.floor((at - t[0]) / 20_000);
    if (bin < bins.length) bins[bin]++;
  }
  const mean = bins.reduce((sum, n) => sum + n, 0) / bins.length;
  return Math.sqrt(bins.reduce((sum, n) => sum + (n - mean) ** 2, 0) / bins.length) / mean;
}

/** Slope of a straight line through event positions, pixels a second. */
function slope(t: ArrayLike<number>, at: ArrayLike<number>): number {
  const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, v) => sum + v, 0) / values.length;
  const [meanT, meanAt] = [mean(t), mean(at)];
  let [up, across] = [0, 0];
  for (let i = 0; i < t.length; i++) {
    up += (t[i] - meanT) * (at[i] - meanAt);
    across += (t[i] - meanT) ** 2;
  }
  return (up / across) * 1e6;
}

/** Length of the mean phasor of events at a frequency: 0 spread evenly, 1 all at one moment of the cycle. */
function phasor(t: ArrayLike<number>, hz: number): number {
  let [re, im] = [0, 0];
  for (let i = 0; i < t.length; i++) {
    const angle = 2 * Math.PI * hz * ((t[i] - t[0]) / 1e6);
    re += Math.cos(angle);
    im += Math.sin(angle);
  }
  return Math.hypot(re, im) / t.length;
}
