import type { CoreProgram } from "../program.ts";

/** What an input row (or column) reaches along its axis, and which part of the kernel reaches it. */
export interface Reach {
  /** First output row reached. */
  readonly first: number;
  readonly count: number;
  /** `(input + padding) mod stride`: which rows of the kernel take part. */
  readonly phase: number;
  /** Row of the phase's kernel that meets `first`; the next output row meets the next one. */
  readonly from: number;
  /** Number of the window (phase, from, count) along this axis. */
  readonly window: number;
}

/**
 * One axis of a layer, by rule R1: output o meets kernel row k = input + padding - o*stride.
 *
 * The kernel rows k = phase, phase + stride, ... that can meet one input form its *phase kernel*, kept in the order of
 * rising outputs (flipped), so that neighbouring outputs find their weights side by side at any stride.
 */
export interface Axis {
  /** By input row. */
  readonly reach: readonly Reach[];
  /** Phases that any kernel row belongs to. */
  readonly phases: number;
  /** Rows of a phase kernel; in some phases the first ones lie outside the kernel and are never used. */
  readonly rows: number;
  /** One member of each window. */
  readonly windows: readonly Reach[];
}

export function createAxis(input: number, output: number, kernel: number, stride: number, padding: number): Axis {
  const rows = Math.ceil(kernel / stride);
  const windows = new Map<string, Reach>();
  const reach = Array.from({ length: input }, (_, at) => {
    const phase = (at + padding) % stride;
    const last = (at + padding - phase) / stride;
    const used = phase < kernel ? Math.ceil((kernel - phase) / stride) : 0;
    const first = Math.max(0, last - used + 1);
    const count = Math.max(0, Math.min(output - 1, last) - first + 1);
    // A row that reaches nothing has no place in the kernel.
    const part = count > 0 ? { phase, from: rows - 1 - last + first, count } : { phase: 0, from: 0, count };
    const key = `${part.phase} ${part.from} ${part.count}`;
    const known = windows.get(key);
    const found = { first: count > 0 ? first : 0, window: known?.window ?? windows.size, ...part };
    if (!known) windows.set(key, found);
    return found;
  });
  return { reach, phases: Math.min(stride, kernel), rows, windows: [...windows.values()] };
}

/** Kernel row of a phase kernel's row; -1 where the phase has none. */
export function kernelRow(axis: Axis, kernel: number, stride: number, phase: number, row: number): number {
  const k = phase + stride * (axis.rows - 1 - row);
  return k < kernel ? k : -1;
}

/** Both axes of a layer. */
export interface Windows {
  readonly y: Axis;
  readonly x: Axis;
}

export function createWindows(core: CoreProgram): Windows {
  return {
    y: createAxis(core.inHeight, core.height, core.kernelY, core.strideY, core.paddingY),
    x: createAxis(core.inWidth, core.width, core.kernelX, core.strideX, core.paddingX),
  };
}

/** Weights of one input feature in a layer's phase kernels: `[phase y][phase x][row][column][out]`. */
export function weightsPerFeature(core: CoreProgram, { y, x }: Windows): number {
  return y.phases * x.phases * y.rows * x.rows * core.features;
}

/** Writes all weights as `[in][phase y][phase x][row][column][out]`. */
export function writePhaseKernels(core: CoreProgram, { y, x }: Windows, into: Int8Array): void {
  const { features, kernelY, kernelX, strideY, strideX, weights } = core;
  let at = 0;
  for (let c = 0; c < core.inFeatures; c++) {
    for (let phaseY = 0; phaseY < y.phases; phaseY++) {
      for (let phaseX = 0; phaseX < x.phases; phaseX++) {
        for (let row = 0; row < y.rows; row++) {
          const ky = kernelRow(y, kernelY, strideY, phaseY, row);
          for (let column = 0; column < x.rows; column++, at += features) {
            const kx = kernelRow(x, kernelX, strideX, phaseX, column);
            if (ky < 0 || kx < 0) continue;
            const from = ((c * kernelY + ky) * kernelX + kx) * features;
            if (features < 16) for (let f = 0; f < features; f++) into[at + f] = weights[from + f] as number;
            else into.set(weights.subarray(from, from + features), at);
          }
        }
      }
    }
  }
}

/** Weights that are not zero in each window of each input feature: `[in][window y][window x]`. */
export function nonZeroByWindow(core: CoreProgram, windows: Windows): Float64Array {
  const { y, x } = windows;
  const result = new Float64Array(core.inFeatures * y.windows.length * x.windows.length);
  const corners = (y.rows + 1) * (x.rows + 1);
  let at = 0;
  for (let c = 0; c < core.inFeatures; c++) {
    const sums = Array.from({ length: y.phases * x.phases }, (_, i) =>
      cornerSums(core, windows, c, Math.floor(i / x.phases), i % x.phases, new Float64Array(corners)),
    );
    for (const rows of y.windows) {
      const top = rows.from * (x.rows + 1);
      const bottom = top + rows.count * (x.rows + 1);
      for (const columns of x.windows) {
        const sum = sums[rows.phase * x.phases + columns.phase] as Float64Array;
        const left = columns.from;
        const right = left + columns.count;
        const cut = (sum[bottom + left] as number) + (sum[top + right] as number) - (sum[top + left] as number);
        result[at++] = (sum[bottom + right] as number) - cut;
      }
    }
  }
  return result;
}

/** Two-dimensional prefix sums of non-zero weights over one phase kernel: above and left of each corner. */
function cornerSums(
  core: CoreProgram,
  { y, x }: Windows,
  c: number,
  phaseY: number,
  phaseX: number,
  sums: Float64Array,
): Float64Array {
  const { features, kernelY, kernelX, weights } = core;
  const width = x.rows + 1;
  for (let row = 0; row < y.rows; row++) {
    const ky = kernelRow(y, kernelY, core.strideY, phaseY, row);
    let inRow = 0;
    for (let column = 0; column < x.rows; column++) {
      const kx = kernelRow(x, kernelX, core.strideX, phaseX, column);
      if (ky >= 0 && kx >= 0) {
        const from = ((c * kernelY + ky) * kernelX + kx) * features;
        for (let f = 0; f < features; f++) if (weights[from + f] !== 0) inRow++;
      }
      sums[(row + 1) * width + column + 1] = (sums[row * width + column + 1] as number) + inRow;
    }
  }
  return sums;
}
