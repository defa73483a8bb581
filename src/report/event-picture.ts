/** Events to be drawn, in order of time; the structure of a recording. */
export interface DrawnEvents {
  /** Microseconds. */
  readonly t: Float64Array;
  readonly x: Uint16Array;
  readonly y: Uint16Array;
  /** 0 OFF, otherwise ON. */
  readonly p: Uint16Array;
}

export type Colour = readonly [red: number, green: number, blue: number];

/** A picture whose pixels are places in a palette, `[y][x]`. */
export interface IndexedPicture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** Events of both polarities at every pixel, `[y][x]`. */
export interface PolarityCounts {
  readonly width: number;
  readonly height: number;
  readonly on: Uint32Array;
  readonly off: Uint32Array;
}

const PAPER: Colour = [255, 255, 255];
/** Blue and orange can be told apart by nearly everyone. */
const ON: Colour = [11, 87, 208];
const OFF: Colour = [214, 84, 10];
/** Steps from OFF only to ON only, and from a single event to many. */
const HUES = 5;
const STRENGTHS = 15;
/** A single event must be seen. */
const FAINTEST = 0.35;

/** Colours of event pictures: paper, then for each hue from OFF (orange) to ON (blue) the strengths from faint to full. */
export const EVENT_PALETTE: readonly Colour[] = [
  PAPER,
  ...Array.from({ length: HUES * STRENGTHS }, (_, i) => {
    const ink = mix(OFF, ON, Math.floor(i / STRENGTHS) / (HUES - 1));
    return mix(PAPER, ink, FAINTEST + (1 - FAINTEST) * ((i % STRENGTHS) / (STRENGTHS - 1)));
  }),
];

/** The events `from` (included) to `to` (excluded), counted at their pixels. */
export function countPolarities(
  { x, y, p }: DrawnEvents,
  width: number,
  height: number,
  from = 0,
  to = x.length,
): PolarityCounts {
  const on = new Uint32Array(width * height);
  const off = new Uint32Array(width * height);
  for (let i = from; i < to; i++) {
    if (x[i] >= width || y[i] >= height) {
      throw new RangeError(`event ${i} (x ${x[i]}, y ${y[i]}) lies outside ${width}x${height}`);
    }
    (p[i] === 0 ? off : on)[y[i] * width + x[i]]++;
  }
  return { width, height, on, off };
}

/**
 * The count that is drawn in full colour: of pixels with events, one in two hundred has more, so that a hot pixel does
 * not make all others faint. At least 1.
 */
export function fullCount(frames: readonly PolarityCounts[]): number {
  const counts = frames.flatMap(({ on, off }) => {
    const some: number[] = [];
    for (let i = 0; i < on.length; i++) if (on[i] + off[i] > 0) some.push(on[i] + off[i]);
    return some;
  });
  const sorted = Uint32Array.from(counts).sort();
  return Math.max(1, sorted[Math.floor(sorted.length * 0.995)] ?? 1);
}

/**
 * Draws counts: hue by the share of ON, strength by the square root of the count.
 *
 * @param full count that gets the full colour
 * @param scale screen pixels a sensor pixel, each way
 */
export function paintCounts({ width, height, on, off }: PolarityCounts, full: number, scale: number): IndexedPicture {
  const pixels = new Uint8Array(width * height * scale * scale);
  const across = width * scale;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const total = on[at] + off[at];
      if (total === 0) continue;
      const hue = Math.round(((HUES - 1) * on[at]) / total);
      const strength = Math.round(Math.min(1, Math.sqrt(total / full)) * (STRENGTHS - 1));
      const colour = 1 + hue * STRENGTHS + strength;
      for (let row = y * scale; row < (y + 1) * scale; row++) {
        pixels.fill(colour, row * across + x * scale, row * across + (x + 1) * scale);
      }
    }
  }
  return { width: across, height: height * scale, pixels };
}

/** A scale at which the longer side has about 512 pixels, at least 1. */
export function pictureScale(width: number, height: number): number {
  return Math.max(1, Math.round(512 / Math.max(width, height)));
}

/** The picture as a PNG file. */
export async function encodePng(
  { width, height, pixels }: IndexedPicture,
  palette: readonly Colour[],
): Promise<Uint8Array> {
  const { PNG } = await import("pngjs");
  const png = new PNG({ width, height });
  for (let i = 0; i < pixels.length; i++) {
    const [red, green, blue] = palette[pixels[i]];
    png.data[4 * i] = red;
    png.data[4 * i + 1] = green;
    png.data[4 * i + 2] = blue;
    png.data[4 * i + 3] = 255;
  }
  return PNG.sync.write(png, { colorType: 2 });
}

/** Pictures of one size as an animated GIF that runs for ever. */
export async function encodeGif(
  pictures: Iterable<IndexedPicture>,
  palette: readonly Colour[],
  frameMs: number,
): Promise<Uint8Array> {
  const loaded = await import("gifenc");
  // Node sees the package's CommonJS form, in which everything is in the default; others see named exports.
  const gif = (loaded.GIFEncoder ?? loaded.default.GIFEncoder)();
  const colours = palette.map((colour) => [...colour]);
  for (const { width, height, pixels } of pictures) {
    gif.writeFrame(pixels, width, height, { palette: colours, delay: frameMs, repeat: 0 });
  }
  gif.finish();
  return gif.bytes();
}

function mix(from: Colour, to: Colour, share: number): Colour {
  const at = (channel: number): number => Math.round(from[channel] + (to[channel] - from[channel]) * share);
  return [at(0), at(1), at(2)];
}
