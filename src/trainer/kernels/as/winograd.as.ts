// 3x3 convolutions of stride 1 by Winograd's minimal filtering F(4x4, 3x3): a quarter of the products.
//
// An output tile of 4x4 comes from an input tile of 6x6 (Lavin and Gray 2016):
//
//     Y = At [ (G g Gt) . (Bt d B) ] A          . = element by element, summed over input features
//
// so that the sum over features becomes 36 products of matrices, one for each place of the transformed tile. The gradient
// of the filter is the adjoint: dg = Gt [ sum over tiles (Bt d B) . (A dY At) ] G.
//
// Bt, G and A follow from the points at which polynomials are evaluated. Lavin's 0, +-1, +-2, infinity lose four times the
// precision of 0, +-3/4, +-3/2, infinity, which stand here; all numbers of Bt and A are then exact in single precision.
import { inner3x12, inner4x8, outer3x12, outer4x8 } from "./tile.as";
import { bytes } from "./vector.as";

// @ts-ignore: decorator
@inline const A: f32 = 0.75;
// @ts-ignore: decorator
@inline const B: f32 = 1.5;
// @ts-ignore: decorator
@inline const A2: f32 = 0.5625;
// @ts-ignore: decorator
@inline const B2: f32 = 2.25;
// @ts-ignore: decorator
@inline const A3: f32 = 0.421875;
// @ts-ignore: decorator
@inline const B3: f32 = 3.375;
/** a^2 b^2 and a^2 + b^2. */
// @ts-ignore: decorator
@inline const PRODUCT: f32 = 1.265625;
// @ts-ignore: decorator
@inline const SUM: f32 = 2.8125;
/** The divisors of G: a^2 b^2, 2 a^2 (a^2 - b^2) and 2 b^2 (b^2 - a^2). */
// @ts-ignore: decorator
@inline const G0: f32 = 1.0 / 1.265625;
// @ts-ignore: decorator
@inline const GA: f32 = 1.0 / -1.8984375;
// @ts-ignore: decorator
@inline const GB: f32 = 1.0 / 7.59375;

// @ts-ignore: decorator
@inline function times(a: v128, k: f32): v128 {
  return f32x4.mul(a, f32x4.splat(k));
}
// @ts-ignore: decorator
@inline function plus(a: v128, b: v128): v128 {
  return f32x4.add(a, b);
}
// @ts-ignore: decorator
@inline function minus(a: v128, b: v128): v128 {
  return f32x4.sub(a, b);
}

/** Six numbers by Bt: from `src`, `from` bytes apart, to `dst`, `to` bytes apart. */
// @ts-ignore: decorator
@inline function inputLine(src: usize, from: usize, dst: usize, to: usize): void {
  const d0 = v128.load(src), d1 = v128.load(src + from), d2 = v128.load(src + 2 * from);
  const d3 = v128.load(src + 3 * from), d4 = v128.load(src + 4 * from), d5 = v128.load(src + 5 * from);
  v128.store(dst, plus(minus(times(d0, PRODUCT), times(d2, SUM)), d4));
  const evenA = minus(d4, times(d2, B2)), oddA = times(minus(d3, times(d1, B2)), A);
  v128.store(dst + to, plus(evenA, oddA));
  v128.store(dst + 2 * to, minus(evenA, oddA));
  const evenB = minus(d4, times(d2, A2)), oddB = times(minus(d3, times(d1, A2)), B);
  v128.store(dst + 3 * to, plus(evenB, oddB));
  v128.store(dst + 4 * to, minus(evenB, oddB));
  v128.store(dst + 5 * to, plus(minus(times(d1, PRODUCT), times(d3, SUM)), d5));
}

/** Six numbers by At, to four. */
// @ts-ignore: decorator
@inline function outputLine(src: usize, from: usize, dst: usize, to: usize, n: i32): void {
  const m1 = v128.load(src + from), m2 = v128.load(src + 2 * from);
  const m3 = v128.load(src + 3 * from), m4 = v128.load(src + 4 * from);
  const sumA = plus(m1, m2), differenceA = minus(m1, m2), sumB = plus(m3, m4), differenceB = minus(m3, m4);
  v128.store(dst, plus(plus(v128.load(src), sumA), sumB));
  if (n > 1) v128.store(dst + to, plus(times(differenceA, A), times(differenceB, B)));
  if (n > 2) v128.store(dst + 2 * to, plus(times(sumA, A2), times(sumB, B2)));
  if (n > 3)
    v128.store(dst + 3 * to, plus(plus(times(differenceA, A3), times(differenceB, B3)), v128.load(src + 5 * from)));
}

/** Four numbers by A, the adjoint of `outputLine`, to six. */
// @ts-ignore: decorator
@inline function gradientLine(src: usize, from: usize, dst: usize, to: usize): void {
  const y0 = v128.load(src), y1 = v128.load(src + from), y2 = v128.load(src + 2 * from), y3 = v128.load(src + 3 * from);
  v128.store(dst, y0);
  const evenA = plus(y0, times(y2, A2)), oddA = plus(times(y1, A), times(y3, A3));
  v128.store(dst + to, plus(evenA, oddA));
  v128.store(dst + 2 * to, minus(evenA, oddA));
  const evenB = plus(y0, times(y2, B2)), oddB = plus(times(y1, B), times(y3, B3));
  v128.store(dst + 3 * to, plus(evenB, oddB));
  v128.store(dst + 4 * to, minus(evenB, oddB));
  v128.store(dst + 5 * to, y3);
}

/** Three numbers by G, to six. */
// @ts-ignore: decorator
@inline function filterLine(src: usize, from: usize, dst: usize, to: usize): void {
  const g0 = v128.load(src), g1 = v128.load(src + from), g2 = v128.load(src + 2 * from);
  v128.store(dst, times(g0, G0));
  const evenA = plus(g0, times(g2, A2)), oddA = times(g1, A);
  v128.store(dst + to, times(plus(evenA, oddA), GA));
  v128.store(dst + 2 * to, times(minus(evenA, oddA), GA));
  const evenB = plus(g0, times(g2, B2)), oddB = times(g1, B);
  v128.store(dst + 3 * to, times(plus(evenB, oddB), GB));
  v128.store(dst + 4 * to, times(minus(evenB, oddB), GB));
  v128.store(dst + 5 * to, g2);
}

/** Six numbers by Gt, the adjoint of `filterLine`, to three. */
// @ts-ignore: decorator
@inline function filterGradientLine(src: usize, from: usize, dst: usize, to: usize): void {
  const u1 = v128.load(src + from), u2 = v128.load(src + 2 * from);
  const u3 = v128.load(src + 3 * from), u4 = v128.load(src + 4 * from);
  const sumA = times(plus(u1, u2), GA), differenceA = times(minus(u1, u2), GA);
  const sumB = times(plus(u3, u4), GB), differenceB = times(minus(u3, u4), GB);
  v128.store(dst, plus(plus(times(v128.load(src), G0), sumA), sumB));
  v128.store(dst + to, plus(times(differenceA, A), times(differenceB, B)));
  v128.store(dst + 2 * to, plus(plus(times(sumA, A2), times(sumB, B2)), v128.load(src + 5 * from)));
}

// Scratch for one 6x6 tile of vectors, and for the 3x3 taps of four features.
const LINE: usize = 96;
export const WINOGRAD_PATCH_BYTES: i32 = 1024;

/**
 * The distance between two of the 36 planes: an odd number of cache lines, so that the 36 stores of one tile do not all
 * fall into the same set of the cache.
 */
function planeBytes(rows: i32, width: i32): usize {
  return ((bytes(rows * width) + 63) & ~63) | 64;
}

/** Panels of width P that hold C features, in floats. */
// @ts-ignore: decorator
@inline function padded(C: i32, P: i32): i32 {
  return (C + P - 1) / P * P;
}

/** Filters [3, 3, C, M], or for `turned` what the input's gradient needs of them, to 36 planes of panels [M / P][Cp][P]. */
function transformFilter(w: usize, u: usize, plane: usize, C: i32, M: i32, turned: bool, P: i32, patch: usize): void {
  // In and out as the product sees them: turned, the filter's output features are summed over.
  const I = turned ? M : C, O = turned ? C : M;
  const Ip = padded(I, P);
  const taps = patch, half = patch + 256;
  if (I % P != 0 || O % P != 0) memory.fill(u, 0, plane * 36);
  for (let i = 0; i < I; i++) for (let o = 0; o < O; o += 4) {
    for (let t = 0; t < 9; t++) {
      if (turned) {
        const tap = w + bytes(((8 - t) * C + o) * M + i);
        for (let q = 0; q < 4; q++) f32.store(taps + bytes(t * 4 + q), f32.load(tap + bytes(q * M)));
      } else v128.store(taps + bytes(t * 4), v128.load(w + bytes((t * C + i) * M + o)));
    }
    // Down each of the three columns: half[row][column], then along each of the six rows.
    for (let c: usize = 0; c < 3; c++) filterLine(taps + c * 16, 48, half + c * 16, 48);
    let out = u + bytes((o / P * Ip + i) * P + o % P);
    for (let r: usize = 0; r < 6; r++, out += plane * 6) filterLine(half + r * 48, 16, out, plane);
  }
}

/**
 * Address of a tile of `size` x `size` places at row h, column w; where it reaches over the image's border, of a copy
 * with zeros. The distance between its rows is then `size` places instead of W: see `tileRow`.
 */
function tileAt(image: usize, H: i32, W: i32, C: i32, h: i32, w: i32, size: i32, copy: usize): usize {
  if (h >= 0 && w >= 0 && h + size <= H && w + size <= W) return image + bytes((h * W + w) * C);
  const feature = bytes(C);
  for (let y = 0; y < size; y++) {
    const to = copy + bytes(y * size * C);
    const from = max(0, -w), until = min(size, W - w);
    if (h + y < 0 || h + y >= H || from >= until) {
      memory.fill(to, 0, feature * <usize>size);
      continue;
    }
    memory.fill(to, 0, feature * <usize>from);
    memory.copy(to + feature * <usize>from, image + bytes(((h + y) * W + w + from) * C), feature * <usize>(until - from));
    memory.fill(to + feature * <usize>until, 0, feature * <usize>(size - until));
  }
  return copy;
}

/** Tiles t0 .. t0 + count of x to 36 planes of panels [C / P][count][P]. */
function transformInput(
  x: usize, v: usize, plane: usize, H: i32, W: i32, C: i32, top: i32, left: i32, tilesH: i32, tilesW: i32,
  t0: i32, count: i32, P: i32, patch: usize,
): void {
  const copy = patch + WINOGRAD_PATCH_BYTES;
  for (let t = 0; t < count; t++) {
    const tile = t0 + t;
    const image = tile / (tilesH * tilesW), inImage = tile % (tilesH * tilesW);
    const h = inImage / tilesW * 4 - top, w = inImage % tilesW * 4 - left;
    const src = tileAt(x + bytes(image * H * W * C), H, W, C, h, w, 6, copy);
    const row = bytes(src == copy ? 6 * C : W * C), feature = bytes(C);
    for (let c = 0; c < C; c += 4) {
      const from = src + bytes(c);
      for (let i: usize = 0; i < 6; i++) inputLine(from + i * feature, row, patch + i * 16, LINE);
      let out = v + bytes((c / P * count + t) * P + c % P);
      for (let i: usize = 0; i < 6; i++, out += plane * 6) inputLine(patch + i * LINE, 16, out, plane);
    }
  }
}

/** Clears the panel that `transformInput` fills only in part when P does not divide the features. */
function clearLastPanel(v: usize, plane: usize, C: i32, count: i32, P: i32): void {
  if (C % P == 0) return;
  for (let f: usize = 0; f < 36; f++)
    memory.fill(v + f * plane + bytes(C / P * count * P), 0, bytes(count * P));
}

/** 36 planes of [count][M] to the tiles t0 .. t0 + count of y. */
function transformOutput(
  z: usize, plane: usize, y: usize, OH: i32, OW: i32, M: i32, tilesH: i32, tilesW: i32, t0: i32, count: i32, patch: usize,
): void {
  for (let t = 0; t < count; t++) {
    const tile = t0 + t;
    const image = tile / (tilesH * tilesW), inImage = tile % (tilesH * tilesW);
    const h = inImage / tilesW * 4, w = inImage % tilesW * 4;
    const rows = min(4, OH - h), columns = min(4, OW - w);
    const out = y + bytes(((image * OH + h) * OW + w) * M);
    for (let m = 0; m < M; m += 4) {
      const from = z + bytes(t * M + m);
      for (let i: usize = 0; i < 6; i++) outputLine(from + i * plane, plane * 6, patch + i * 16, LINE, 4);
      for (let i = 0; i < rows; i++)
        outputLine(patch + <usize>i * LINE, 16, out + bytes(i * OW * M + m), bytes(M), columns);
    }
  }
}

/** Tiles t0 .. t0 + count of dy to 36 planes of panels [M / P][count][P]. */
function transformGradient(
  dy: usize, z: usize, plane: usize, OH: i32, OW: i32, M: i32, tilesH: i32, tilesW: i32, t0: i32, count: i32, P: i32,
  patch: usize,
): void {
  const copy = patch + WINOGRAD_PATCH_BYTES;
  for (let t = 0; t < count; t++) {
    const tile = t0 + t;
    const image = tile / (tilesH * tilesW), inImage = tile % (tilesH * tilesW);
    const h = inImage / tilesW * 4, w = inImage % tilesW * 4;
    const src = tileAt(dy + bytes(image * OH * OW * M), OH, OW, M, h, w, 4, copy);
    const row = bytes(src == copy ? 4 * M : OW * M), feature = bytes(M);
    for (let m = 0; m < M; m += 4) {
      const from = src + bytes(m);
      for (let i: usize = 0; i < 4; i++) gradientLine(from + i * feature, row, patch + i * 16, LINE);
      let out = z + bytes((m / P * count + t) * P + m % P);
      for (let i: usize = 0; i < 6; i++, out += plane * 6) gradientLine(patch + i * LINE, 16, out, plane);
    }
  }
}

/** Floats of scratch for `winogradConvolve` and `winogradFilterGradient`. */
export function winogradScratch(C: i32, M: i32, block: i32, P: i32): i32 {
  const c = padded(C, P), m = padded(M, P);
  const planes = planeBytes(c, m) + planeBytes(block, c) + planeBytes(block, m);
  return <i32>(planes * 36 + <usize>WINOGRAD_PATCH_BYTES + bytes(36 * max(C, M)) >> 2) + 64;
}

/**
 * Convolution 3x3 of stride 1; with `turned` the gradient of the input, x being dy then and top, left 2 less the padding.
 *
 * @param C,M features of the filter as it is stored, multiples of 4
 * @param block tiles at a time
 */
export function winogradConvolve(
  x: usize, w: usize, y: usize, N: i32, H: i32, W: i32, OH: i32, OW: i32, C: i32, M: i32, turned: bool, top: i32,
  left: i32, block: i32, P: i32, scratch: usize,
): void {
  const I = turned ? M : C, O = turned ? C : M;
  const Ip = padded(I, P);
  const weights = planeBytes(Ip, padded(O, P)), input = planeBytes(block, Ip), output = planeBytes(block, O);
  const u = (scratch + 63) & ~63, v = u + weights * 36, z = v + input * 36, patch = z + output * 36;
  transformFilter(w, u, weights, C, M, turned, P, patch);
  const tilesH = (OH + 3) / 4, tilesW = (OW + 3) / 4, tiles = N * tilesH * tilesW;
  const rows = P == 12 ? 3 : 4;
  for (let t0 = 0; t0 < tiles; t0 += block) {
    const count = min(block, tiles - t0);
    clearLastPanel(v, input, I, count, P);
    transformInput(x, v, input, H, W, I, top, left, tilesH, tilesW, t0, count, P, patch);
    const panel = bytes(count * P), tile = bytes(P), out = bytes(O), steps = Ip / P;
    for (let f: usize = 0; f < 36; f++) {
      const from = v + f * input, to = z + f * output;
      let panelW = u + f * weights;
      for (let o = 0; o < O; o += P, panelW += bytes(Ip * P)) {
        const n = min(P, O - o);
        let p = from, q = to + bytes(o);
        for (let t = 0; t < count; t += rows, p += tile * <usize>rows, q += out * <usize>rows) {
          const rest = count - t;
          const p1 = rest > 1 ? p + tile : p, q1 = rest > 1 ? q + out : q;
          const p2 = rest > 2 ? p + 2 * tile : p, q2 = rest > 2 ? q + 2 * out : q;
          if (P == 12) inner3x12(p, p1, p2, panelW, steps, P, panel, q, q1, q2, n);
          else {
            const p3 = rest > 3 ? p + 3 * tile : p, q3 = rest > 3 ? q + 3 * out : q;
            inner4x8(p, p1, p2, p3, panelW, steps, P, panel, q, q1, q2, q3, n);
          }
        }
      }
    }
    transformOutput(z, output, y, OH, OW, O, tilesH, tilesW, t0, count, patch);
  }
}

/** Gradient of a 3x3 filter of stride 1, summed over the batch in the order of the tiles; C and M multiples of 4. */
export function winogradFilterGradient(
  x: usize, dy: usize, dw: usize, N: i32, H: i32, W: i32, OH: i32, OW: i32, C: i32, M: i32, top: i32, left: i32,
  block: i32, P: i32, scratch: usize,
): void {
  const Cp = padded(C, P), Mp = padded(M, P);
  const weights = planeBytes(C, M), input = planeBytes(block, Cp), output = planeBytes(block, Mp);
  const u = (scratch + 63) & ~63, v = u + weights * 36, z = v + input * 36, patch = z + output * 36;
  memory.fill(u, 0, weights * 36);
  const tilesH = (OH + 3) / 4, tilesW = (OW + 3) / 4, tiles = N * tilesH * tilesW;
  const R = P == 12 ? 3 : 4;
  const dwRow = bytes(M), tile = bytes(P);
  for (let t0 = 0; t0 < tiles; t0 += block) {
    const count = min(block, tiles - t0);
    transformInput(x, v, input, H, W, C, top, left, tilesH, tilesW, t0, count, P, patch);
    transformGradient(dy, z, output, OH, OW, M, tilesH, tilesW, t0, count, P, patch);
    const panel = bytes(count * P);
    for (let f: usize = 0; f < 36; f++) {
      const from = v + f * input;
      for (let c = 0; c < C; c += R) {
        const a = from + bytes(c / P * count * P + c % P);
        let b = z + f * output, out = u + f * weights + bytes(c * M);
        for (let m = 0; m < M; m += P, b += panel, out += tile) {
          const n = min(P, M - m);
          if (P == 12) outer3x12(a, 0, tile, b, 1, count, out, dwRow, min(3, C - c), n);
          else outer4x8(a, 0, tile, b, 1, count, out, dwRow, min(4, C - c), n);
        }
      }
    }
  }
  const half = patch;
  for (let c = 0; c < C; c++) for (let m = 0; m < M; m += 4) {
    const from = u + bytes(c * M + m);
    for (let i: usize = 0; i < 6; i++) filterGradientLine(from + i * weights, weights * 6, half + i * 16, LINE);
    const tap = bytes(C * M);
    let out = dw + bytes(c * M + m);
    for (let r: usize = 0; r < 3; r++, out += tap * 3) filterGradientLine(half + r * LINE, 16, out, tap);
  }
}
