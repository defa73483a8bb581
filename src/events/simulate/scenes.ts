import type { SensorSize } from "../event-stream.ts";
import type { GrayImage } from "./image.ts";
import type { Path } from "./paths.ts";

/** What the camera looks at. */
export interface Scene {
  readonly sensor: SensorSize;
  /** Writes the linear light intensity (any unit, above zero) of every pixel at a time, row by row. */
  render(tUs: number, into: Float32Array): void;
}

export interface MovingImageOptions {
  readonly sensor: SensorSize;
  /** Sensor pixels that one image pixel covers. Default 1. Below about 0.5 the image should be blurred first. */
  readonly scale?: number;
  /** Intensity of black when white is 1; the contrast that the camera sees. Default 0.15. */
  readonly black?: number;
  /** Value (0..1) around the image. Default 0. */
  readonly background?: number;
}

/**
 * An image that moves along a path, its centre at the sensor's centre plus the path's offset; sampled bilinearly.
 */
export function movingImage(image: GrayImage, path: Path, options: MovingImageOptions): Scene {
  const { sensor, scale = 1, black = 0.15, background = 0 } = options;
  if (!(scale > 0)) throw new RangeError(`scale must be above zero, not ${scale}`);
  if (!(black > 0 && black <= 1)) throw new RangeError(`black must be above 0 and at most 1, not ${black}`);
  const [width, height] = sensor;
  const intensity = framed(image, background, black);
  const pitch = image.width + 2;
  const columns = new Taps(width, image.width, scale);
  const rows = new Taps(height, image.height, scale);
  return {
    sensor,
    render(tUs, into) {
      const [dx, dy] = path(tUs);
      columns.place(dx);
      rows.place(dy);
      for (let y = 0, i = 0; y < height; y++) {
        const upper = rows.index[y] * pitch;
        const lower = rows.next[y] * pitch;
        const down = rows.weight[y];
        for (let x = 0; x < width; x++, i++) {
          const left = columns.index[x];
          const right = columns.next[x];
          const across = columns.weight[x];
          const above = intensity[upper + left] + across * (intensity[upper + right] - intensity[upper + left]);
          const below = intensity[lower + left] + across * (intensity[lower + right] - intensity[lower + left]);
          into[i] = above + down * (below - above);
        }
      }
    },
  };
}

/** The image as intensities black..1 with one pixel of background around it. */
function framed(image: GrayImage, background: number, black: number): Float64Array {
  const { width, height, values } = image;
  const pitch = width + 2;
  const result = new Float64Array(pitch * (height + 2)).fill(black + (1 - black) * background);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      result[(y + 1) * pitch + x + 1] = black + (1 - black) * values[y * width + x];
    }
  }
  return result;
}

/** For every sensor pixel of one axis: the two pixels of the framed image around it, and the weight of the second. */
class Taps {
  readonly index: Int32Array;
  readonly next: Int32Array;
  readonly weight: Float64Array;
  readonly #imageSize: number;
  readonly #scale: number;

  constructor(sensorSize: number, imageSize: number, scale: number) {
    this.index = new Int32Array(sensorSize);
    this.next = new Int32Array(sensorSize);
    this.weight = new Float64Array(sensorSize);
    this.#imageSize = imageSize;
    this.#scale = scale;
  }

  place(offset: number): void {
    const size = this.index.length;
    const last = this.#imageSize + 1;
    for (let i = 0; i < size; i++) {
      // Pixel centres lie at half-integers; + 0.5 comes from the frame's extra pixel.
      const at = (i + 0.5 - size / 2 - offset) / this.#scale + this.#imageSize / 2 + 0.5;
      const inside = Math.min(last, Math.max(0, at));
      const index = Math.floor(inside);
      this.index[i] = index;
      this.next[i] = Math.min(last, index + 1);
      this.weight[i] = inside - index;
    }
  }
}

/**
 * Pictures shown one after the other, blended linearly in between; before the first and after the last they stand still.
 *
 * @param frames linear intensities above zero, `[y][x]`, each of the sensor's size
 * @param frameUs microseconds from one picture to the next
 */
export function imageSequence(frames: readonly Float32Array[], frameUs: number, sensor: SensorSize): Scene {
  const pixels = sensor[0] * sensor[1];
  if (frames.length === 0) throw new RangeError("an image sequence needs a frame");
  if (frames.some((frame) => frame.length !== pixels)) throw new RangeError(`every frame needs ${pixels} pixels`);
  if (!(frameUs > 0)) throw new RangeError(`frameUs must be above zero, not ${frameUs}`);
  return {
    sensor,
    render(tUs, into) {
      const at = Math.min(frames.length - 1, Math.max(0, tUs / frameUs));
      const index = Math.floor(at);
      const from = frames[index];
      const to = frames[Math.min(frames.length - 1, index + 1)];
      for (let i = 0; i < pixels; i++) into[i] = from[i] + (at - index) * (to[i] - from[i]);
    },
  };
}

/** A scene given as a formula: linear intensity above zero at pixel (x, y) and a time. */
export function functionScene(intensity: (x: number, y: number, tUs: number) => number, sensor: SensorSize): Scene {
  const [width, height] = sensor;
  return {
    sensor,
    render(tUs, into) {
      for (let y = 0, i = 0; y < height; y++) for (let x = 0; x < width; x++, i++) into[i] = intensity(x, y, tUs);
    },
  };
}
