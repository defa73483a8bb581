// The register tiles that every product of this folder runs in, two shapes of each.
import { addPart, bytes, madd, splat, storePart, zero } from "./vector.as";

// @ts-ignore: decorator
@inline function store8(at: usize, a: v128, b: v128, n: i32): void {
  if (n >= 8) {
    v128.store(at, a);
    v128.store(at, b, 16);
  } else {
    storePart(at, a, n);
    if (n > 4) storePart(at + 16, b, n - 4);
  }
}

// @ts-ignore: decorator
@inline function store12(at: usize, a: v128, b: v128, c: v128, n: i32): void {
  if (n >= 12) {
    v128.store(at, a);
    v128.store(at, b, 16);
    v128.store(at, c, 32);
  } else {
    storePart(at, a, n);
    if (n > 4) storePart(at + 16, b, n - 4);
    if (n > 8) storePart(at + 32, c, n - 8);
  }
}

// @ts-ignore: decorator
@inline function add8(at: usize, a: v128, b: v128, n: i32): void {
  addPart(at, a, n);
  if (n > 4) addPart(at + 16, b, n - 4);
}

// @ts-ignore: decorator
@inline function add12(at: usize, a: v128, b: v128, c: v128, n: i32): void {
  addPart(at, a, n);
  if (n > 4) addPart(at + 16, b, n - 4);
  if (n > 8) addPart(at + 32, c, n - 8);
}

/**
 * The inner product tiles: MR rows of outputs by a panel of P weights wide, all sums in registers.
 *
 *     out[r][j] = sum over h < steps, k < run of  in_r[h * rowStep + k] * w[h * run + k][j]      j < n <= P
 *
 * Rows come as addresses of their own, so that a convolution needs no copy of its input (implicit GEMM); weights come
 * packed, P numbers for each k. 12 sums, 3 weights and one input are what 16 vector registers hold: 3x12. 4x8 needs fewer
 * loads for widths that twelve wastes.
 */
export function inner3x12(
  p0: usize, p1: usize, p2: usize,
  w: usize, steps: i32, run: i32, rowStep: usize,
  o0: usize, o1: usize, o2: usize, n: i32,
): void {
  let a00 = zero(), a01 = zero(), a02 = zero();
  let a10 = zero(), a11 = zero(), a12 = zero();
  let a20 = zero(), a21 = zero(), a22 = zero();
  const end = bytes(run);
  for (let h = 0; h < steps; h++) {
    for (let k: usize = 0; k < end; k += 4) {
      const w0 = v128.load(w), w1 = v128.load(w, 16), w2 = v128.load(w, 32);
      w += 48;
      const x0 = splat(p0 + k);
      a00 = madd(a00, x0, w0); a01 = madd(a01, x0, w1); a02 = madd(a02, x0, w2);
      const x1 = splat(p1 + k);
      a10 = madd(a10, x1, w0); a11 = madd(a11, x1, w1); a12 = madd(a12, x1, w2);
      const x2 = splat(p2 + k);
      a20 = madd(a20, x2, w0); a21 = madd(a21, x2, w1); a22 = madd(a22, x2, w2);
    }
    p0 += rowStep; p1 += rowStep; p2 += rowStep;
  }
  // Last row first: where there are less than three, the others repeat row 0, which then overwrites with its own sums.
  store12(o2, a20, a21, a22, n);
  store12(o1, a10, a11, a12, n);
  store12(o0, a00, a01, a02, n);
}

export function inner4x8(
  p0: usize, p1: usize, p2: usize, p3: usize,
  w: usize, steps: i32, run: i32, rowStep: usize,
  o0: usize, o1: usize, o2: usize, o3: usize, n: i32,
): void {
  let a00 = zero(), a01 = zero(), a10 = zero(), a11 = zero();
  let a20 = zero(), a21 = zero(), a30 = zero(), a31 = zero();
  const end = bytes(run);
  for (let h = 0; h < steps; h++) {
    for (let k: usize = 0; k < end; k += 4) {
      const w0 = v128.load(w), w1 = v128.load(w, 16);
      w += 32;
      const x0 = splat(p0 + k);
      a00 = madd(a00, x0, w0); a01 = madd(a01, x0, w1);
      const x1 = splat(p1 + k);
      a10 = madd(a10, x1, w0); a11 = madd(a11, x1, w1);
      const x2 = splat(p2 + k);
      a20 = madd(a20, x2, w0); a21 = madd(a21, x2, w1);
      const x3 = splat(p3 + k);
      a30 = madd(a30, x3, w0); a31 = madd(a31, x3, w1);
    }
    p0 += rowStep; p1 += rowStep; p2 += rowStep; p3 += rowStep;
  }
  store8(o3, a30, a31, n);
  store8(o2, a20, a21, n);
  store8(o1, a10, a11, n);
  store8(o0, a00, a01, n);
}

/**
 * The outer product tiles: what gradients of weights are made of.
 *
 *     dw[r][j] += sum over h < rows, q < columns of  x[h * xRow + q * xStep + r] * dy[h * columns + q][j]
 *
 * r < r_max <= MR, j < n <= P; dy comes packed, P numbers for each place.
 */
export function outer3x12(
  x: usize, xRow: usize, xStep: usize, dy: usize, rows: i32, columns: i32,
  dw: usize, dwRow: usize, r: i32, n: i32,
): void {
  let a00 = zero(), a01 = zero(), a02 = zero();
  let a10 = zero(), a11 = zero(), a12 = zero();
  let a20 = zero(), a21 = zero(), a22 = zero();
  const dyRow = <usize>columns * 48;
  for (let h = 0; h < rows; h++) {
    let p = x;
    const end = dy + dyRow;
    while (dy < end) {
      const d0 = v128.load(dy), d1 = v128.load(dy, 16), d2 = v128.load(dy, 32);
      dy += 48;
      const x0 = v128.load_splat<f32>(p);
      a00 = madd(a00, x0, d0); a01 = madd(a01, x0, d1); a02 = madd(a02, x0, d2);
      const x1 = v128.load_splat<f32>(p, 4);
      a10 = madd(a10, x1, d0); a11 = madd(a11, x1, d1); a12 = madd(a12, x1, d2);
      const x2 = v128.load_splat<f32>(p, 8);
      a20 = madd(a20, x2, d0); a21 = madd(a21, x2, d1); a22 = madd(a22, x2, d2);
      p += xStep;
    }
    x += xRow;
  }
  add12(dw, a00, a01, a02, n);
  if (r > 1) add12(dw + dwRow, a10, a11, a12, n);
  if (r > 2) add12(dw + dwRow * 2, a20, a21, a22, n);
}

export function outer4x8(
  x: usize, xRow: usize, xStep: usize, dy: usize, rows: i32, columns: i32,
  dw: usize, dwRow: usize, r: i32, n: i32,
): void {
  let a00 = zero(), a01 = zero(), a10 = zero(), a11 = zero();
  let a20 = zero(), a21 = zero(), a30 = zero(), a31 = zero();
  const dyRow = <usize>columns * 32;
  for (let h = 0; h < rows; h++) {
    let p = x;
    const end = dy + dyRow;
    while (dy < end) {
      const d0 = v128.load(dy), d1 = v128.load(dy, 16);
      dy += 32;
      const x0 = v128.load_splat<f32>(p);
      a00 = madd(a00, x0, d0); a01 = madd(a01, x0, d1);
      const x1 = v128.load_splat<f32>(p, 4);
      a10 = madd(a10, x1, d0); a11 = madd(a11, x1, d1);
      const x2 = v128.load_splat<f32>(p, 8);
      a20 = madd(a20, x2, d0); a21 = madd(a21, x2, d1);
      const x3 = v128.load_splat<f32>(p, 12);
      a30 = madd(a30, x3, d0); a31 = madd(a31, x3, d1);
      p += xStep;
    }
    x += xRow;
  }
  add8(dw, a00, a01, n);
  if (r > 1) add8(dw + dwRow, a10, a11, n);
  if (r > 2) add8(dw + dwRow * 2, a20, a21, n);
  if (r > 3) add8(dw + dwRow * 3, a30, a31, n);
}
