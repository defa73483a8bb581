import type { EventStream } from "../event-stream.ts";

/** How close simulated events are to real ones of the same thing. */
export interface EventComparison {
  /** Simulated events for one real one. */
  readonly events: number;
  /** Share of ON events. */
  readonly onShare: { readonly real: number; readonly simulated: number };
  /** Pearson correlation of events over time, in bins of `binUs`; null when one side does not vary. */
  readonly rate: number | null;
  /** Pearson correlation of events of each pixel and polarity; null when one side does not vary. */
  readonly pixels: number | null;
}

/**
 * Compares a simulated recording with a real one, both from their first event on.
 *
 * @param binUs width of the bins for the rate, microseconds
 */
export function compareEvents(real: EventStream, simulated: EventStream, binUs = 10_000): EventComparison {
  const [width, height] = real.sensor ?? simulated.sensor ?? [0, 0];
  const bins = 1 + Math.floor(Math.max(lengthUs(real), lengthUs(simulated)) / binUs);
  return {
    events: simulated.t.length / Math.max(1, real.t.length),
    onShare: { real: onShare(real), simulated: onShare(simulated) },
    rate: correlation(rateOf(real, bins, binUs), rateOf(simulated, bins, binUs)),
    pixels: correlation(mapOf(real, width, height), mapOf(simulated, width, height)),
  };
}

/** Pearson's correlation; null when one of the two does not vary. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number | null {
  const n = a.length;
  let [sa, sb, saa, sbb, sab] = [0, 0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    sa += a[i];
    sb += b[i];
    saa += a[i] * a[i];
    sbb += b[i] * b[i];
    sab += a[i] * b[i];
  }
  const spread = (n * saa - sa * sa) * (n * sbb - sb * sb);
  return spread > 0 ? (n * sab - sa * sb) / Math.sqrt(spread) : null;
}

function lengthUs({ t }: EventStream): number {
  return t.length === 0 ? 0 : t[t.length - 1] - t[0];
}

function onShare({ p }: EventStream): number {
  return p.reduce((sum, on) => sum + on, 0) / Math.max(1, p.length);
}

function rateOf({ t }: EventStream, bins: number, binUs: number): Float64Array {
  const counts = new Float64Array(bins);
  for (let i = 0; i < t.length; i++) counts[Math.floor((t[i] - t[0]) / binUs)]++;
  return counts;
}

/** Events of each pixel, OFF then ON; those outside the real sensor are left out. */
function mapOf({ x, y, p }: EventStream, width: number, height: number): Float64Array {
  const counts = new Float64Array(2 * width * height);
  for (let i = 0; i < x.length; i++) {
    if (x[i] < width && y[i] < height) counts[(p[i] * height + y[i]) * width + x[i]]++;
  }
  return counts;
}
