import { Random } from "../../random.ts";
import { EventBuilder } from "../event-builder.ts";
import { concatEvents, type EventStream } from "../event-stream.ts";
import type { Scene } from "./scenes.ts";

/** How the camera is built. Contrasts are differences of the natural logarithm of the light intensity. */
export interface CameraParameters {
  /** Rise of log intensity that makes an ON event. */
  readonly thresholdOn: number;
  /** Fall of log intensity that makes an OFF event. */
  readonly thresholdOff: number;
  /** Spread of both thresholds from pixel to pixel: standard deviation over nominal threshold. */
  readonly thresholdMismatch: number;
  /** Whole microseconds for which a pixel is held in reset after an event; it forgets what happens meanwhile. */
  readonly refractoryUs: number;
  /** Events without a cause, per pixel and second, half of them ON. */
  readonly noiseRateHz: number;
  /** Number of defective pixels that keep firing. */
  readonly hotPixels: number;
  /** Events of a hot pixel per second, half of them ON. */
  readonly hotPixelRateHz: number;
  /** Whole microseconds between two looks at the scene; in between log intensity is taken as a straight line. */
  readonly stepUs: number;
  /** Time stamps are multiples of this many whole microseconds, rounded down. */
  readonly timeResolutionUs: number;
  /** True: a pixel's memory starts anywhere between its thresholds, as after long use; false: at the first intensity. */
  readonly randomStart: boolean;
}

/** A quiet sensor; the refractory time is the shortest common gap at one pixel in real N-MNIST recordings. */
export const DEFAULT_CAMERA: CameraParameters = {
  thresholdOn: 0.25,
  thresholdOff: 0.25,
  thresholdMismatch: 0.05,
  refractoryUs: 1_700,
  noiseRateHz: 0.5,
  hotPixels: 0,
  hotPixelRateHz: 200,
  stepUs: 1_000,
  timeResolutionUs: 1,
  randomStart: true,
};

export interface RecordOptions {
  /** Length of the recording, whole microseconds. */
  readonly durationUs: number;
  /** Decides mismatch, noise, hot pixels and start values; the same seed gives the same events. */
  readonly seed: number;
  readonly camera?: Partial<CameraParameters>;
}

/**
 * What an event camera records of a scene: events in time order, of equal time in raster order; polarity 1 is ON.
 *
 * Every pixel remembers a log intensity. Once the present one lies a threshold above (below) it, the pixel sends an ON
 * (OFF) event, is held in reset for the refractory time, and then remembers the log intensity of that moment. This is
 * the change detector of Lichtsteiner et al. 2008 without its bandwidth limits.
 *
 * @throws RangeError when a parameter makes no sense
 */
export function recordScene(scene: Scene, options: RecordOptions): EventStream {
  return concatEvents([...watchScene(scene, options)]);
}

/** Events to collect before a part is handed on. */
const PART = 65_536;

/** The same as `recordScene`, part by part, for long recordings in bounded memory; at least one part. */
export function* watchScene(scene: Scene, options: RecordOptions): Generator<EventStream> {
  const { durationUs } = options;
  if (!(Number.isSafeInteger(durationUs) && durationUs > 0)) {
    throw new RangeError(`durationUs must be a whole number above zero, not ${durationUs}`);
  }
  const camera = { ...DEFAULT_CAMERA, ...options.camera };
  checkParameters(camera, scene);
  const pixels = new PixelArray(scene, camera, options.seed);
  const builder = new EventBuilder(scene.sensor);
  for (let from = 0; from < durationUs; from += camera.stepUs) {
    pixels.step(from, Math.min(durationUs, from + camera.stepUs), builder);
    if (builder.length >= PART) yield builder.take();
  }
  yield builder.take();
}

function checkParameters(camera: CameraParameters, scene: Scene): void {
  const rule = (holds: boolean, name: keyof CameraParameters, wanted: string): void => {
    if (!holds) throw new RangeError(`${name} must be ${wanted}, not ${camera[name]}`);
  };
  rule(camera.thresholdOn >= 0.01, "thresholdOn", "at least 0.01");
  rule(camera.thresholdOff >= 0.01, "thresholdOff", "at least 0.01");
  rule(camera.thresholdMismatch >= 0, "thresholdMismatch", "at least 0");
  rule(Number.isInteger(camera.refractoryUs) && camera.refractoryUs >= 0, "refractoryUs", "a whole number from 0");
  rule(camera.noiseRateHz >= 0, "noiseRateHz", "at least 0");
  rule(camera.hotPixelRateHz >= 0, "hotPixelRateHz", "at least 0");
  rule(Number.isInteger(camera.stepUs) && camera.stepUs > 0, "stepUs", "a whole number above 0");
  rule(
    Number.isInteger(camera.timeResolutionUs) && camera.timeResolutionUs > 0,
    "timeResolutionUs",
    "a whole number above 0",
  );
  const pixels = scene.sensor[0] * scene.sensor[1];
  rule(
    Number.isInteger(camera.hotPixels) && camera.hotPixels >= 0 && camera.hotPixels <= pixels,
    "hotPixels",
    `a whole number in 0..${pixels}`,
  );
}

/** Darker than this a pixel sees nothing: keeps the logarithm finite. */
const DARKEST = 1e-6;
/** The least threshold that mismatch leaves, as a share of the nominal one. */
const LEAST_THRESHOLD = 0.2;
/** In `#release`: the pixel is not in reset. */
const FREE = -1;

class PixelArray {
  readonly #scene: Scene;
  readonly #camera: CameraParameters;
  readonly #random: Random;
  readonly #width: number;
  readonly #pixels: number;
  /** The scene at the end of the last step, and its logarithm. */
  readonly #intensity: Float32Array;
  readonly #level: Float64Array;
  /** The log intensity that each pixel compares with. */
  readonly #memory: Float64Array;
  readonly #on: Float64Array;
  readonly #off: Float64Array;
  /** Time at which a pixel in reset is let go, or FREE. */
  readonly #release: Float64Array;
  readonly #noiseRateHz: Float64Array;
  /** Time of a pixel's next noise event. */
  readonly #nextNoise: Float64Array;
  readonly #frame: Float32Array;
  readonly #sorter: StepSorter;

  constructor(scene: Scene, camera: CameraParameters, seed: number) {
    const pixels = scene.sensor[0] * scene.sensor[1];
    const random = new Random(seed);
    this.#scene = scene;
    this.#camera = camera;
    this.#random = random;
    this.#width = scene.sensor[0];
    this.#pixels = pixels;
    this.#frame = new Float32Array(pixels);
    scene.render(0, this.#frame);
    this.#intensity = this.#frame.slice();
    this.#level = Float64Array.from(this.#frame, (value) => Math.log(Math.max(DARKEST, value)));
    const spread = (): number => Math.max(LEAST_THRESHOLD, 1 + camera.thresholdMismatch * random.normal());
    this.#on = new Float64Array(pixels).map(() => camera.thresholdOn * spread());
    this.#off = new Float64Array(pixels).map(() => camera.thresholdOff * spread());
    // A float below 1 keeps the memory strictly inside the band, so that a scene at rest stays silent.
    this.#memory = this.#level.map((level, i) =>
      camera.randomStart ? level + this.#off[i] - (this.#on[i] + this.#off[i]) * inside(random) : level,
    );
    this.#release = new Float64Array(pixels).fill(FREE);
    this.#noiseRateHz = new Float64Array(pixels).fill(camera.noiseRateHz);
    for (const pixel of choose(camera.hotPixels, pixels, random)) this.#noiseRateHz[pixel] += camera.hotPixelRateHz;
    this.#nextNoise = this.#noiseRateHz.map((rate) => waitUs(rate, random));
    this.#sorter = new StepSorter(camera.timeResolutionUs);
  }

  /** Lives through one step of the scene and appends its events, sorted, to the builder. */
  step(fromUs: number, toUs: number, builder: EventBuilder): void {
    this.#scene.render(toUs, this.#frame);
    this.#sorter.start(fromUs, toUs);
    for (let i = 0; i < this.#pixels; i++) {
      const before = this.#level[i];
      let after = before;
      if (this.#frame[i] !== this.#intensity[i]) {
        this.#intensity[i] = this.#frame[i];
        after = Math.log(Math.max(DARKEST, this.#frame[i]));
        this.#level[i] = after;
      }
      const release = this.#release[i];
      const sleeps = after === before && this.#nextNoise[i] >= toUs && (release === FREE || release >= toUs);
      if (!sleeps) this.#live(i, fromUs, toUs, before, (after - before) / (toUs - fromUs));
    }
    this.#sorter.flush(builder, this.#width);
  }

  /** One pixel through one step, in which its log intensity goes from `level` up by `slope` per microsecond. */
  #live(i: number, fromUs: number, toUs: number, level: number, slope: number): void {
    const random = this.#random;
    let now = fromUs;
    for (;;) {
      const release = this.#release[i];
      if (release !== FREE) {
        if (release >= toUs) return;
        now = release;
        this.#release[i] = FREE;
        this.#memory[i] = level + slope * (now - fromUs);
        while (this.#nextNoise[i] < now) this.#nextNoise[i] += waitUs(this.#noiseRateHz[i], random);
      }
      let crossing = Number.POSITIVE_INFINITY;
      if (slope !== 0) {
        const target = this.#memory[i] + (slope > 0 ? this.#on[i] : -this.#off[i]);
        crossing = Math.max(now, fromUs + (target - level) / slope);
      }
      const noise = this.#nextNoise[i];
      if (crossing > toUs && noise >= toUs) return;
      let polarity = slope > 0 ? 1 : 0;
      now = crossing;
      if (noise < crossing) {
        now = noise;
        polarity = random.uint32() & 1;
        this.#nextNoise[i] += waitUs(this.#noiseRateHz[i], random);
      }
      this.#sorter.add(now, i, polarity);
      this.#release[i] = now + this.#camera.refractoryUs;
    }
  }
}

/** A uniform number in (0, 1). */
function inside(random: Random): number {
  return (random.uint32() + 0.5) / 4294967296;
}

/** Microseconds to the next event of a Poisson process. */
function waitUs(rateHz: number, random: Random): number {
  return rateHz > 0 ? (-Math.log(inside(random)) / rateHz) * 1e6 : Number.POSITIVE_INFINITY;
}

/** `count` different pixels. */
function choose(count: number, pixels: number, random: Random): ReadonlySet<number> {
  const chosen = new Set<number>();
  while (chosen.size < count) chosen.add(random.below(pixels));
  return chosen;
}

/** Sorts one step's events by time stamp, keeping the order in which they came: a counting sort, for stamps are few. */
class StepSorter {
  readonly #resolutionUs: number;
  readonly #stamp: number[] = [];
  readonly #pixel: number[] = [];
  readonly #polarity: number[] = [];
  #first = 0;
  #counts = new Uint32Array(0);
  #order = new Uint32Array(0);

  constructor(resolutionUs: number) {
    this.#resolutionUs = resolutionUs;
  }

  start(fromUs: number, toUs: number): void {
    this.#first = Math.floor(fromUs / this.#resolutionUs);
    const stamps = Math.floor(toUs / this.#resolutionUs) - this.#first + 1;
    if (this.#counts.length < stamps + 1) this.#counts = new Uint32Array(stamps + 1);
  }

  add(tUs: number, pixel: number, polarity: number): void {
    this.#stamp.push(Math.floor(tUs / this.#resolutionUs) - this.#first);
    this.#pixel.push(pixel);
    this.#polarity.push(polarity);
  }

  flush(builder: EventBuilder, width: number): void {
    const count = this.#stamp.length;
    if (count === 0) return;
    if (this.#order.length < count) this.#order = new Uint32Array(count * 2);
    this.#counts.fill(0);
    for (const stamp of this.#stamp) this.#counts[stamp + 1]++;
    for (let i = 1; i < this.#counts.length; i++) this.#counts[i] += this.#counts[i - 1];
    for (let i = 0; i < count; i++) this.#order[this.#counts[this.#stamp[i]]++] = i;
    for (let k = 0; k < count; k++) {
      const i = this.#order[k];
      const y = Math.floor(this.#pixel[i] / width);
      const tUs = (this.#first + this.#stamp[i]) * this.#resolutionUs;
      builder.push(tUs, this.#pixel[i] - y * width, y, this.#polarity[i]);
    }
    this.#stamp.length = this.#pixel.length = this.#polarity.length = 0;
  }
}
