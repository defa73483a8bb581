/** Mean and percentiles of a set of numbers. */
export interface Spread {
  readonly mean: number;
  readonly p50: number;
  readonly p95: number;
}

/** Percentiles by the nearest-rank rule, so that each is a value that occurred; all zero for an empty set. */
export function spreadOf(values: readonly number[]): Spread {
  if (values.length === 0) return { mean: 0, p50: 0, p95: 0 };
  const sorted = Float64Array.from(values).sort();
  const sum = values.reduce((total, value) => total + value, 0);
  return { mean: sum / values.length, p50: percentile(sorted, 50), p95: percentile(sorted, 95) };
}

/** Nearest-rank percentile of sorted values: the smallest value with at least `p` percent of all at or below it. */
export function percentile(sorted: Float64Array, p: number): number {
  return sorted[Math.max(0, Math.ceil((p / 100) * sorted.length) - 1)] as number;
}
