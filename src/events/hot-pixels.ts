import { filterEvents, type Selected } from "./address.ts";
import type { EventStream } from "./event-stream.ts";
import { summarizeEvents } from "./summary.ts";

/** A pixel and how many events it sent. */
export interface HotPixel {
  readonly x: number;
  readonly y: number;
  readonly events: number;
}

export interface HotPixelRule {
  /** How many times as many events as the second most active pixel within two rows and columns. Default 10. */
  readonly factor?: number;
  /** Events that a pixel must have sent at least. Default 20. */
  readonly least?: number;
}

/** Every pixel of a line, ends included, has two others of it this near. */
const REACH = 2;
/** With the second most active, two hot pixels side by side do not hide each other. */
const NEIGHBOUR = 1;

/**
 * Pixels that send far more events than those around them, the busiest first: what moves excites whole edges, so that a
 * pixel alone with its events is broken or noisy. Both polarities count together; a neighbour without events counts as
 * one event.
 */
export function findHotPixels(events: EventStream, { factor = 10, least = 20 }: HotPixelRule = {}): HotPixel[] {
  const [width, height] = summarizeEvents(events).sensor;
  const counts = new Uint32Array(width * height);
  for (let i = 0; i < events.x.length; i++) counts[events.y[i] * width + events.x[i]]++;
  const hot: HotPixel[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const count = counts[y * width + x];
      if (count >= least && count > factor * Math.max(1, busyNeighbour(counts, width, height, x, y))) {
        hot.push({ x, y, events: count });
      }
    }
  }
  return hot.sort((a, b) => b.events - a.events);
}

function busyNeighbour(counts: Uint32Array, width: number, height: number, x: number, y: number): number {
  const around: number[] = [];
  for (let row = Math.max(0, y - REACH); row <= Math.min(height - 1, y + REACH); row++) {
    for (let column = Math.max(0, x - REACH); column <= Math.min(width - 1, x + REACH); column++) {
      if (row !== y || column !== x) around.push(counts[row * width + column]);
    }
  }
  return around.sort((a, b) => b - a)[NEIGHBOUR] ?? 0;
}

/** The recording without the events of some pixels. */
export function removePixels(events: EventStream, pixels: readonly Pick<HotPixel, "x" | "y">[]): Selected {
  const out = new Set(pixels.map(({ x, y }) => y * 65_536 + x));
  return filterEvents(events, (i) => !out.has(events.y[i] * 65_536 + events.x[i]));
}
