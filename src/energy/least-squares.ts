/** A fit of `rows * x = values` with every x at least 0. */
export interface NonNegativeFit {
  readonly x: Float64Array;
  /** Standard error of each x under equal, independent noise; 0 where x was held at 0. */
  readonly error: Float64Array;
  /** Root of the mean square of what is left. */
  readonly residual: number;
}

/** A step that lowers the sum of squares by less than this part of it is none. */
const TOLERANCE = 1e-12;

/**
 * Non-negative least squares by active sets (Lawson and Hanson 1974, chapter 23), on the normal equations of columns scaled
 * to length 1.
 *
 * @param rows one array a measurement, one number an unknown; at least one more row than unknowns
 */
export function fitNonNegative(rows: readonly (readonly number[])[], values: readonly number[]): NonNegativeFit {
  const unknowns = rows[0]?.length ?? 0;
  const scale = Float64Array.from(
    { length: unknowns },
    (_, k) => Math.hypot(...rows.map((row) => row[k] as number)) || 1,
  );
  const at = (row: readonly number[], k: number): number => (row[k] as number) / (scale[k] as number);
  const gram = Array.from({ length: unknowns }, (_, i) =>
    Array.from({ length: unknowns }, (_, k) => sum(rows.map((row) => at(row, i) * at(row, k)))),
  );
  const target = Array.from({ length: unknowns }, (_, k) =>
    sum(rows.map((row, r) => at(row, k) * (values[r] as number))),
  );
  const size = Math.hypot(...values) || 1;

  let x = new Array<number>(unknowns).fill(0);
  const free = new Set<number>();
  for (let step = 0; step < 10 * unknowns + 10; step++) {
    // The unknown that is held at 0 and whose growth helps most.
    const gains = x.map((_, k) =>
      free.has(k)
        ? Number.NEGATIVE_INFINITY
        : (target[k] as number) - sum(x.map((value, i) => value * (gram[k]?.[i] as number))),
    );
    const best = gains.indexOf(Math.max(...gains));
    if (!((gains[best] as number) > TOLERANCE * size)) break;
    free.add(best);
    for (;;) {
      const solved = solve(gram, target, [...free]);
      if (solved === undefined) {
        // This column says nothing that the others do not: it stays at 0.
        free.delete(best);
        break;
      }
      const negative = [...free].filter((k) => (solved[k] as number) <= 0);
      if (negative.length === 0) {
        x = solved;
        break;
      }
      // As far as the first one that would become negative, which is held at 0 from here on.
      const reach = Math.min(
        ...negative.map((k) => (x[k] as number) / ((x[k] as number) - (solved[k] as number) || 1)),
      );
      x = x.map((value, k) => value + reach * ((solved[k] as number) - value));
      for (const k of negative) if ((x[k] as number) <= 1e-15 * size) free.delete(k);
      for (const k of x.keys()) if (!free.has(k)) x[k] = 0;
      if (!free.has(best)) break;
    }
  }
  const squares = sum(
    rows.map((row, r) => ((values[r] as number) - sum(x.map((value, k) => value * at(row, k)))) ** 2),
  );
  const variance = squares / Math.max(1, rows.length - free.size);
  const errors = new Float64Array(unknowns);
  for (const k of free) {
    const unit = gram.map((_, i) => (i === k ? 1 : 0));
    const column = solve(gram, unit, [...free]);
    errors[k] = Math.sqrt(Math.max(0, variance * (column?.[k] ?? 0))) / (scale[k] as number);
  }
  return {
    x: Float64Array.from(x, (value, k) => value / (scale[k] as number)),
    error: errors,
    residual: Math.sqrt(squares / rows.length),
  };
}

/** Solves the equations of the chosen unknowns (Cholesky); the others are 0. Undefined when they depend on each other. */
function solve(gram: readonly number[][], target: readonly number[], chosen: readonly number[]): number[] | undefined {
  const n = chosen.length;
  const lower = Array.from({ length: n }, () => new Float64Array(n));
  for (let i = 0; i < n; i++) {
    for (let k = 0; k <= i; k++) {
      let value = gram[chosen[i] as number]?.[chosen[k] as number] as number;
      for (let j = 0; j < k; j++) value -= (lower[i]?.[j] as number) * (lower[k]?.[j] as number);
      if (i === k && value < 1e-10) return undefined;
      (lower[i] as Float64Array)[k] = i === k ? Math.sqrt(value) : value / (lower[k]?.[k] as number);
    }
  }
  const y = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let value = target[chosen[i] as number] as number;
    for (let j = 0; j < i; j++) value -= (lower[i]?.[j] as number) * (y[j] as number);
    y[i] = value / (lower[i]?.[i] as number);
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let j = i + 1; j < n; j++) y[i] = (y[i] as number) - (lower[j]?.[i] as number) * (y[j] as number);
    y[i] = (y[i] as number) / (lower[i]?.[i] as number);
  }
  const x = gram.map(() => 0);
  chosen.forEach((k, i) => {
    x[k] = y[i] as number;
  });
  return x;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
