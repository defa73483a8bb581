import type { FilterConfig, MapShape } from "../src/chip/config.ts";

/** Stamps count slow-clock ticks in 16 bits. */
const STAMP_MASK = 0xffff;
/** Of a pixel without any event so far. */
const NEVER = -1;

/**
 * [R10] The event filter, last block of the input layer (Speck data sheet 3.2.3.5): one 16-bit stamp of the slow clock
 * for each pixel of the map that the destinations receive; all features of a pixel share it. Every event leaves its
 * stamp, whether it passes or not. An age is the difference of two stamps, so it wraps after 65,536 ticks.
 *
 * - noise: passes when some pixel of the window, its own included, had an event at most `threshold` ticks before.
 * - low pass: is dropped when its own pixel had an event less than `threshold` ticks before.
 * - noise and hot pixel: as noise, but a pixel cannot vouch for itself.
 */
export class EventFilter {
  readonly #mode: FilterConfig["mode"];
  readonly #threshold: number;
  readonly #reachY: number;
  readonly #reachX: number;
  readonly #height: number;
  readonly #width: number;
  readonly #stamps: Int32Array;
  #now = 0;

  constructor({ mode, threshold, size }: FilterConfig, [, height, width]: MapShape) {
    this.#mode = mode;
    this.#threshold = threshold;
    this.#reachY = (size[0] - 1) / 2;
    this.#reachX = (size[1] - 1) / 2;
    this.#height = height;
    this.#width = width;
    this.#stamps = new Int32Array(height * width).fill(NEVER);
  }

  /** True when the event passes. Coordinates are those of the map after the mirror. */
  passes(y: number, x: number): boolean {
    const own = y * this.#width + x;
    const passes = this.#mode === "lowPass" ? !this.#younger(own, this.#threshold) : this.#supported(y, x, own);
    this.#stamps[own] = this.#now;
    return passes;
  }

  /** One tick of the slow clock. */
  tick(): void {
    this.#now = (this.#now + 1) & STAMP_MASK;
  }

  /** No pixel has had an event. */
  reset(): void {
    this.#stamps.fill(NEVER);
    this.#now = 0;
  }

  #supported(y: number, x: number, own: number): boolean {
    const bottom = Math.min(this.#height - 1, y + this.#reachY);
    const left = Math.max(0, x - this.#reachX);
    const right = Math.min(this.#width - 1, x + this.#reachX);
    for (let row = Math.max(0, y - this.#reachY); row <= bottom; row++) {
      for (let pixel = row * this.#width + left; pixel <= row * this.#width + right; pixel++) {
        if (pixel === own && this.#mode === "noiseAndHotPixel") continue;
        if (this.#younger(pixel, this.#threshold + 1)) return true;
      }
    }
    return false;
  }

  /** The pixel's last event lies fewer than `ticks` ticks back. */
  #younger(pixel: number, ticks: number): boolean {
    const stamp = this.#stamps[pixel] as number;
    return stamp !== NEVER && ((this.#now - stamp) & STAMP_MASK) < ticks;
  }
}
