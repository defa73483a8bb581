// 3x3 convolutions of stride 1 and 2 by Winograd's minimal filtering: a quarter, and 9/16, of the products.
//
// An output tile of 4x4 comes from an input tile of 6x6, for stride 2 of 9x9 (Lavin and Gray 2016):
//
//     Y = At [ (G g Gt) . (Bt d B) ] A          . = element by element, summed over input features
//
// so that the sum over features becomes 36 (81) products of matrices, one for each place of the transformed tile. The gradient
// of the filter is the adjoint: dg = Gt [ sum over tiles (Bt d B) . (A dY At) ] G.
import { inner3x12, inner4x8, outer3x12, outer4x8 } from "./tile.as";
import { bytes } from "./vector.as";
import { filterGradientLine, filterLine, gradientLine, inputLine, outputLine, turnedOutputLine } from "./winograd-lines.as";

/** Between two lines of a tile in scratch: nine vectors. */
const LINE: usize = 144;
/** Scratch for one tile of 9x9 vectors, behind it for one line of eight outputs or for 3x3 taps. */
const PATCH_BYTES: usize = 2048;
const BEHIND: usize = 1536;

/** Points of a transformed line. */
// @ts-ignore: decorator
@inline function pointsOf(s: i32): i32 {
  return s == 1 ? 6 : 9;
}

/**
 * The distance between two planes: an odd number of cache lines, so that the stores of one tile do not all fall into the
 * same set of the cache.
 */
function planeBytes(rows: i32, width: i32): usize {
  return ((bytes(rows * width) + 63) & ~63) | 64;
}

/** Panels of width P that hold C features, in floats. */
// @ts-ignore: decorator
@inline function padded(C: i32, P: i32): i32 {
  return (C + P - 1) / P * P;
}

/** Filters [3, 3, C, M], or for `turned` what the input's gradient needs of them, to planes of panels [M / P][Cp][P]. */
function transformFilter(
  w: usize, u: usize, plane: usize, C: i32, M: i32, turned: bool, s: i32, P: i32, patch: usize,
): void {
  // In and out as the product sees them: turned, the filter's output features are summed over.
  const I = turned ? M : C, O = turned ? C : M;
  const Ip = padded(I, P), n = <usize>pointsOf(s);
  const taps = patch + BEHIND;
  if (I % P != 0 || O % P != 0) memory.fill(u, 0, plane * n * n);
  for (let i = 0; i < I; i++) for (let o = 0; o < O; o += 4) {
    for (let t = 0; t < 9; t++) {
      if (turned) {
        const tap = w + bytes(((8 - t) * C + o) * M + i);
        for (let q = 0; q < 4; q++) f32.store(taps + bytes(t * 4 + q), f32.load(tap + bytes(q * M)));
      } else v128.store(taps + bytes(t * 4), v128.load(w + bytes((t * C + i) * M + o)));
    }
    // Down each of the three columns, then along each row.
    for (let c: usize = 0; c < 3; c++) filterLine(s, taps + c * 16, 48, patch + c * 16, LINE);
    let out = u + bytes((o / P * Ip + i) * P + o % P);
    for (let r: usize = 0; r < n; r++, out += plane * n) filterLine(s, patch + r * LINE, 16, out, plane);
  }
}

/**
 * Address of a tile of `size` x `size` places at row h, column w; where it reaches over the image's border, of a copy
 * with zeros, whose rows are `size` places apart instead of W.
 */
function tileAt(image: usize, H: i32, W: i32, C: i32, h: i32, w: i32, size: i32, copy: usize): usize {
  if (h >= 0 && w >= 0 && h + size <= H && w + size <= W) return image + bytes((h * W + w) * C);
  const feature = bytes(C);
  const from = max(0, -w), until = min(size, W - w);
  for (let y = 0; y < size; y++) {
    const to = copy + bytes(y * size * C);
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

/**
 * Tiles t0 .. t0 + count of x to planes of panels [C / P][count][P]. `turned`, x is the output's gradient.
 *
 * @param top,left places before the image's first at which the first tile begins
 */
function transformInput(
  x: usize, v: usize, plane: usize, H: i32, W: i32, C: i32, top: i32, left: i32, tilesH: i32, tilesW: i32,
  t0: i32, count: i32, turned: bool, oddTop: usize, oddLeft: usize, s: i32, P: i32, patch: usize,
): void {
  const copy = patch + PATCH_BYTES;
  const n = <usize>pointsOf(s);
  const size = s == 1 ? 6 : turned ? 5 : 9;
  const step = s == 1 || turned ? 4 : 8;
  for (let t = 0; t < count; t++) {
    const tile = t0 + t;
    const image = tile / (tilesH * tilesW), inImage = tile % (tilesH * tilesW);
    const h = inImage / tilesW * step - top, w = inImage % tilesW * step - left;
    const src = tileAt(x + bytes(image * H * W * C), H, W, C, h, w, size, copy);
    const row = bytes(src == copy ? size * C : W * C), feature = bytes(C);
    for (let c = 0; c < C; c += 4) {
      const from = src + bytes(c);
      for (let i: usize = 0; i < <usize>size; i++)
        inputLine(s, turned, oddTop, from + i * feature, row, patch + i * 16, LINE);
      let out = v + bytes((c / P * count + t) * P + c % P);
      for (let i: usize = 0; i < n; i++, out += plane * n)
        inputLine(s, turned, oddLeft, patch + i * LINE, 16, out, plane);
    }
  }
}

/** Clears the panel that `transformInput` fills only in part when P does not divide the features. */
function clearLastPanel(v: usize, plane: usize, planes: usize, C: i32, count: i32, P: i32): void {
  if (C % P == 0) return;
  for (let f: usize = 0; f < planes; f++)
    memory.fill(v + f * plane + bytes(C / P * count * P), 0, bytes(count * P));
}

/** Planes of [count][M] to the tiles t0 .. t0 + count of y, 4x4 places each. */
function transformOutput(
  z: usize, plane: usize, y: usize, OH: i32, OW: i32, M: i32, tilesH: i32, tilesW: i32, t0: i32, count: i32, s: i32,
  patch: usize,
): void {
  const n = <usize>pointsOf(s);
  for (let t = 0; t < count; t++) {
    const tile = t0 + t;
    const image = tile / (tilesH * tilesW), inImage = tile % (tilesH * tilesW);
    const h = inImage / tilesW * 4, w = inImage % tilesW * 4;
    const rows = min(4, OH - h), columns = min(4, OW - w);
    const out = y + bytes(((image * OH + h) * OW + w) * M);
    for (let m = 0; m < M; m += 4) {
      const from = z + bytes(t * M + m);
      for (let i: usize = 0; i < n; i++) outputLine(s, from + i * plane, plane * n, patch + i * 16, LINE, 4);
      for (let i = 0; i < rows; i++)
        outputLine(s, patch + <usize>i * LINE, 16, out + bytes(i * OW * M + m), bytes(M), columns);
    }
  }
}

/** Planes of [count][C] to the tiles of dx for stride 2, 8x8 places each. */
function transformTurnedOutput(
  z: usize, plane: usize, dx: usize, H: i32, W: i32, C: i32, tilesH: i32, tilesW: i32, t0: i32, count: i32,
  oddTop: usize, oddLeft: usize, patch: usize,
): void {
  const line = patch + BEHIND;
  for (let t = 0; t < count; t++) {
    const tile = t0 + t;
    const image = tile / (tilesH * tilesW), inImage = tile % (tilesH * tilesW);
    const h = inImage / tilesW * 8, w = inImage % tilesW * 8;
    const rows = min(8, H - h), columns = min(8, W - w);
    for (let c = 0; c < C; c += 4) {
      const from = z + bytes(t * C + c);
      for (let i: usize = 0; i < 9; i++) turnedOutputLine(oddTop, from + i * plane, plane * 9, patch + i * 16, LINE);
      for (let i = 0; i < rows; i++) {
        const row = patch + <usize>i * LINE, out = dx + bytes(((image * H + h + i) * W + w) * C + c);
        if (columns == 8) {
          turnedOutputLine(oddLeft, row, 16, out, bytes(C));
          continue;
        }
        turnedOutputLine(oddLeft, row, 16, line, 16);
        for (let j = 0; j < columns; j++) v128.store(out + bytes(j * C), v128.load(line + <usize>j * 16));
      }
    }
  }
}

/** Tiles t0 .. t0 + count of dy, 4x4 places each, to planes of panels [M / P][count][P]. */
function transformGradient(
  dy: usize, z: usize, plane: usize, OH: i32, OW: i32, M: i32, tilesH: i32, tilesW: i32, t0: i32, count: i32, s: i32,
  P: i32, patch: usize,
): void {
  const copy = patch + PATCH_BYTES;
  const n = <usize>pointsOf(s);
  for (let t = 0; t < count; t++) {
    const tile = t0 + t;
    const image = tile / (tilesH * tilesW), inImage = tile % (tilesH * tilesW);
    const h = inImage / tilesW * 4, w = inImage % tilesW * 4;
    const src = tileAt(dy + bytes(image * OH * OW * M), OH, OW, M, h, w, 4, copy);
    const row = bytes(src == copy ? 4 * M : OW * M), feature = bytes(M);
    for (let m = 0; m < M; m += 4) {
      const from = src + bytes(m);
      for (let i: usize = 0; i < 4; i++) gradientLine(s, from + i * feature, row, patch + i * 16, LINE);
      let out = z + bytes((m / P * count + t) * P + m % P);
      for (let i: usize = 0; i < n; i++, out += plane * n) gradientLine(s, patch + i * LINE, 16, out, plane);
    }
  }
}

/** Floats of scratch for `winogradConvolve` and `winogradFilterGradient`. */
export function winogradScratch(C: i32, M: i32, s: i32, block: i32, P: i32): i32 {
  const c = padded(C, P), m = padded(M, P), n = <usize>pointsOf(s);
  const planes = planeBytes(c, m) + planeBytes(block, c) + planeBytes(block, m);
  return <i32>(planes * n * n + PATCH_BYTES + bytes(81 * max(C, M)) >> 2) + 64;
}

/**
 * Convolution 3x3 of stride s, 1 or 2; with `turned` the gradient of its input: then x is dy, [N, H, W, M], and y is dx.
 *
 * @param H,W map of x; @param OH,OW map of y
 * @param C,M features of the filter as it is stored, multiples of 4
 * @param top,left padding of the convolution, also when turned
 * @param block tiles at a time
 */
export function winogradConvolve(
  x: usize, w: usize, y: usize, N: i32, H: i32, W: i32, OH: i32, OW: i32, C: i32, M: i32, turned: bool, s: i32,
  top: i32, left: i32, block: i32, P: i32, scratch: usize,
): void {
  const I = turned ? M : C, O = turned ? C : M;
  const Ip = padded(I, P), n = <usize>pointsOf(s), planes = n * n;
  const weights = planeBytes(Ip, padded(O, P)), input = planeBytes(block, Ip), output = planeBytes(block, O);
  const u = (scratch + 63) & ~63, v = u + weights * planes, z = v + input * planes, patch = z + output * planes;
  transformFilter(w, u, weights, C, M, turned, s, P, patch);
  // Where the first tile begins. Turned, that is for stride 1 the padding of a full convolution; for stride 2 it is the
  // first of the five places that reach the eight places 0..7 of dx.
  const eights = turned && s == 2;
  const oddTop = <usize>(top & 1), oddLeft = <usize>(left & 1);
  const before = eights ? 1 - (top & 1) - (top >> 1) : turned ? 2 - top : top;
  const beside = eights ? 1 - (left & 1) - (left >> 1) : turned ? 2 - left : left;
  const size = eights ? 8 : 4, tilesH = (OH + size - 1) / size, tilesW = (OW + size - 1) / size;
  const tiles = N * tilesH * tilesW;
  const rows = P == 12 ? 3 : 4;
  for (let t0 = 0; t0 < tiles; t0 += block) {
    const count = min(block, tiles - t0);
    clearLastPanel(v, input, planes, I, count, P);
    transformInput(x, v, input, H, W, I, before, beside, tilesH, tilesW, t0, count, turned, oddTop, oddLeft, s, P, patch);
    const panel = bytes(count * P), tile = bytes(P), out = bytes(O), steps = Ip / P;
    for (let f: usize = 0; f < planes; f++) {
      const from = v + f * input, to = z + f * output;
      let panelW = u + f * weights;
      for (let o = 0; o < O; o += P, panelW += bytes(Ip * P)) {
        const width = min(P, O - o);
        let p = from, q = to + bytes(o);
        for (let t = 0; t < count; t += rows, p += tile * <usize>rows, q += out * <usize>rows) {
          const rest = count - t;
          const p1 = rest > 1 ? p + tile : p, q1 = rest > 1 ? q + out : q;
          const p2 = rest > 2 ? p + 2 * tile : p, q2 = rest > 2 ? q + 2 * out : q;
          if (P == 12) inner3x12(p, p1, p2, panelW, steps, P, panel, q, q1, q2, width);
          else {
            const p3 = rest > 3 ? p + 3 * tile : p, q3 = rest > 3 ? q + 3 * out : q;
            inner4x8(p, p1, p2, p3, panelW, steps, P, panel, q, q1, q2, q3, width);
          }
        }
      }
    }
    if (eights) transformTurnedOutput(z, output, y, OH, OW, O, tilesH, tilesW, t0, count, oddTop, oddLeft, patch);
    else transformOutput(z, output, y, OH, OW, O, tilesH, tilesW, t0, count, s, patch);
  }
}

/** Gradient of a 3x3 filter of stride s, 1 or 2, summed over the batch in the order of the tiles; C and M multiples of 4. */
export function winogradFilterGradient(
  x: usize, dy: usize, dw: usize, N: i32, H: i32, W: i32, OH: i32, OW: i32, C: i32, M: i32, s: i32, top: i32, left: i32,
  block: i32, P: i32, scratch: usize,
): void {
  const Cp = padded(C, P), Mp = padded(M, P), n = <usize>pointsOf(s), planes = n * n;
  const weights = planeBytes(C, M), input = planeBytes(block, Cp), output = planeBytes(block, Mp);
  const u = (scratch + 63) & ~63, v = u + weights * planes, z = v + input * planes, patch = z + output * planes;
  memory.fill(u, 0, weights * planes);
  const tilesH = (OH + 3) / 4, tilesW = (OW + 3) / 4, tiles = N * tilesH * tilesW;
  const R = P == 12 ? 3 : 4;
  const dwRow = bytes(M), tile = bytes(P);
  for (let t0 = 0; t0 < tiles; t0 += block) {
    const count = min(block, tiles - t0);
    transformInput(x, v, input, H, W, C, top, left, tilesH, tilesW, t0, count, false, 0, 0, s, P, patch);
    transformGradient(dy, z, output, OH, OW, M, tilesH, tilesW, t0, count, s, P, patch);
    const panel = bytes(count * P);
    for (let f: usize = 0; f < planes; f++) {
      const from = v + f * input;
      for (let c = 0; c < C; c += R) {
        const a = from + bytes(c / P * count * P + c % P);
        let b = z + f * output, out = u + f * weights + bytes(c * M);
        for (let m = 0; m < M; m += P, b += panel, out += tile) {
          const width = min(P, M - m);
          if (P == 12) outer3x12(a, 0, tile, b, 1, count, out, dwRow, min(3, C - c), width);
          else outer4x8(a, 0, tile, b, 1, count, out, dwRow, min(4, C - c), width);
        }
      }
    }
  }
  const tap = bytes(C * M);
  for (let c = 0; c < C; c++) for (let m = 0; m < M; m += 4) {
    const from = u + bytes(c * M + m);
    for (let i: usize = 0; i < n; i++) filterGradientLine(s, from + i * weights, weights * n, patch + i * 16, LINE);
    let out = dw + bytes(c * M + m);
    for (let r: usize = 0; r < 3; r++, out += tap * 3) filterGradientLine(s, patch + r * LINE, 16, out, tap);
  }
}
