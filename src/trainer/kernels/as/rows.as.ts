// Convolutions of stride 1 with 3 taps across, any number down, by minimal filtering along the rows: half of the products.
//
// Four outputs of a row come from six inputs (Lavin and Gray 2016, in one dimension):
//
//     Y = At [ sum over rows of the filter  (G g) . (Bt d) ]          . = element by element, summed over input features
//
// so that the sum over features and rows of the filter becomes 6 products of matrices. With few features the transforms down
// and across (winograd.as.ts) cost what they save; those across alone are cheap: each row is transformed once.
import { throughPool } from "./pooled.as";
import { inner3x12, inner4x8, outer3x12, outer4x8 } from "./tile.as";
import { bytes, zero } from "./vector.as";
import { A, A2, A3, B, B2, B3, factor, filterGradientLine, filterLine, gradientLine6, inputLine6, outputLine6, PRODUCT, SUM } from "./winograd-lines.as";

/** Outputs of a tile, inputs of a tile and products for it. */
const OUTPUTS: i32 = 4;
const POINTS: usize = 6;
/** Tiles that the register tiles may read and write behind the last. */
const SPARE: i32 = 4;
/** Bytes for the places of one tile at the edge of a map, four features. */
const EDGE: usize = 96;

// @ts-ignore: decorator
@inline function tilesOf(places: i32): i32 {
  return (places + OUTPUTS - 1) / OUTPUTS;
}

/** Bytes of a plane; odd in cache lines, so that the stores of one tile do not all fall into the same set of the cache. */
// @ts-ignore: decorator
@inline function plane(rows: i32, width: i32): usize {
  return ((bytes(rows * width) + 63) & ~63) | 64;
}

/** Floats of scratch for `convolveRows` and `filterGradientRows`. */
export function rowsScratch(C: i32, OH: i32, OW: i32, M: i32, kH: i32, P: i32): i32 {
  const tiles = tilesOf(OW), wide = (M + P - 1) / P * P;
  const planes = plane(kH * C, wide) + plane((OH + kH - 1) * tiles + SPARE, C) + plane(OH * tiles + SPARE, wide);
  return <i32>((POINTS * planes + EDGE) >> 2) + 32;
}

/** Places `from` .. `from` + n of a row of W places, zeros outside: four features, 16 bytes apart, to `edge`. */
function edgeOf(row: usize, from: i32, n: i32, W: i32, place: usize, edge: usize): void {
  for (let i = 0; i < n; i++) {
    const w = from + i;
    v128.store(edge + <usize>i * 16, w >= 0 && w < W ? v128.load(row + <usize>w * place) : zero());
  }
}

/** One image, padded: [H, W, C] to planes of [rows][tiles][C]. */
function transformInput(
  x: usize, v: usize, planeV: usize, H: i32, W: i32, C: i32, top: i32, left: i32, rows: i32, tiles: i32, edge: usize,
): void {
  const place = bytes(C);
  const product = factor(PRODUCT, edge), sum = factor(SUM, edge);
  const a = factor(A, edge), b = factor(B, edge), a2 = factor(A2, edge), b2 = factor(B2, edge);
  for (let h = 0; h < rows; h++) {
    const y = h - top, row = x + <usize>(y * W) * place;
    for (let t = 0; t < tiles; t++, v += place) {
      const from = t * OUTPUTS - left;
      if (y < 0 || y >= H) {
        for (let f: usize = 0; f < POINTS; f++) memory.fill(v + f * planeV, 0, place);
      } else if (from >= 0 && from + <i32>POINTS <= W) {
        const src = row + <usize>from * place;
        for (let c: usize = 0; c < place; c += 16) inputLine6(src + c, place, v + c, planeV, product, sum, a, b, a2, b2);
      } else for (let c: usize = 0; c < place; c += 16) {
        edgeOf(row + c, from, <i32>POINTS, W, place, edge);
        inputLine6(edge, 16, v + c, planeV, product, sum, a, b, a2, b2);
      }
    }
  }
}

/**
 * Convolution of stride 1 with 3 taps across.
 *
 * @param wp from `packWeights` or `packTurned`, of panels P wide (8 or 12)
 * @param C,M multiples of 4
 * @param top,left rows and columns of zeros before the input's first
 * @param signs,dsum,map 0, or for `throughPool`: then x is the gradient of what a pool behind has made
 */
export function convolveRows(
  x: usize, wp: usize, y: usize, N: i32, H: i32, W: i32, C: i32, OH: i32, OW: i32, M: i32, kH: i32, top: i32, left: i32,
  P: i32, scratch: usize, signs: usize, dsum: f32, map: usize,
): void {
  const tiles = tilesOf(OW), rowsIn = OH + kH - 1, panels = (M + P - 1) / P, count = OH * tiles;
  const planeU = plane(kH * C, panels * P), planeV = plane(rowsIn * tiles + SPARE, C), planeZ = plane(count + SPARE, M);
  const u = (scratch + 63) & ~63, v = u + planeU * POINTS, z = v + planeV * POINTS, edge = z + planeZ * POINTS;
  const panel = bytes(kH * C * P), tap = bytes(C * P);
  for (let q = 0; q < panels; q++) for (let kh = 0; kh < kH; kh++) {
    const from = wp + <usize>(q * kH + kh) * tap * 3, to = u + <usize>q * panel + <usize>kh * tap;
    for (let i: usize = 0; i < tap; i += 16) filterLine(1, from + i, tap, to + i, planeU);
  }
  const a = factor(A, edge), b = factor(B, edge), a2 = factor(A2, edge), b2 = factor(B2, edge);
  const a3 = factor(A3, edge), b3 = factor(B3, edge);
  const place = bytes(C), rowStep = bytes(tiles * C), out = bytes(M), rows = P == 12 ? 3 : 4;
  for (let image = 0; image < N; image++) {
    const src = signs ? throughPool(signs, x, dsum, map, image, H, W, C) : x + bytes(image * H * W * C);
    transformInput(src, v, planeV, H, W, C, top, left, rowsIn, tiles, edge);
    for (let f: usize = 0; f < POINTS; f++) {
      let w = u + f * planeU;
      for (let m = 0; m < M; m += P, w += panel) {
        const width = min(P, M - m);
        let p = v + f * planeV, o = z + f * planeZ + bytes(m);
        for (let i = 0; i < count; i += rows, p += place * <usize>rows, o += out * <usize>rows) {
          const p1 = p + place, p2 = p1 + place, o1 = o + out, o2 = o1 + out;
          if (P == 12) inner3x12(p, p1, p2, w, kH, C, rowStep, o, o1, o2, width);
          else inner4x8(p, p1, p2, p2 + place, w, kH, C, rowStep, o, o1, o2, o2 + out, width);
        }
      }
    }
    let from = z;
    for (let h = 0; h < OH; h++) for (let t = 0; t < tiles; t++, from += out) {
      const to = y + <usize>((image * OH + h) * OW + t * OUTPUTS) * out, n = min(OUTPUTS, OW - t * OUTPUTS);
      for (let m: usize = 0; m < out; m += 16) outputLine6(from + m, planeZ, to + m, out, n, a, b, a2, b2, a3, b3);
    }
  }
}

/** One image's dy to planes of panels [M / P][OH * tiles][P]. */
function transformGradient(
  dy: usize, d: usize, planeD: usize, OH: i32, OW: i32, M: i32, tiles: i32, P: i32, edge: usize,
): void {
  const a = factor(A, edge), b = factor(B, edge), a2 = factor(A2, edge), b2 = factor(B2, edge);
  const a3 = factor(A3, edge), b3 = factor(B3, edge);
  const place = bytes(M);
  let i = 0;
  for (let h = 0; h < OH; h++) for (let t = 0; t < tiles; t++, i++) {
    const row = dy + <usize>(h * OW) * place;
    for (let m = 0; m < M; m += 4) {
      const to = d + bytes((m / P * OH * tiles + i) * P + m % P);
      let from = row + <usize>(t * OUTPUTS) * place + bytes(m), step = place;
      if ((t + 1) * OUTPUTS > OW) {
        edgeOf(row + bytes(m), t * OUTPUTS, OUTPUTS, OW, place, edge);
        from = edge;
        step = 16;
      }
      gradientLine6(from, step, to, planeD, a, b, a2, b2, a3, b3);
    }
  }
}

/** Gradient of the filter [kH, 3, C, M], summed over the batch in the order of the images; sizes as for `convolveRows`. */
export function filterGradientRows(
  x: usize, dy: usize, dw: usize, N: i32, H: i32, W: i32, C: i32, OH: i32, OW: i32, M: i32, kH: i32, top: i32, left: i32,
  P: i32, scratch: usize, signs: usize, dsum: f32, map: usize,
): void {
  const tiles = tilesOf(OW), rowsIn = OH + kH - 1, wide = (M + P - 1) / P * P, count = OH * tiles;
  const planeU = plane(kH * C, M), planeV = plane(rowsIn * tiles + SPARE, C), planeD = plane(count + SPARE, wide);
  const u = (scratch + 63) & ~63, v = u + planeU * POINTS, d = v + planeV * POINTS, edge = d + planeD * POINTS;
  memory.fill(u, 0, planeU * POINTS);
  if (wide != M) memory.fill(d, 0, planeD * POINTS);
  const R = P == 12 ? 3 : 4, place = bytes(C), row = bytes(M);
  for (let image = 0; image < N; image++) {
    transformInput(x + bytes(image * H * W * C), v, planeV, H, W, C, top, left, rowsIn, tiles, edge);
    const g = signs ? throughPool(signs, dy, dsum, map, image, OH, OW, M) : dy + bytes(image * OH * OW * M);
    transformGradient(g, d, planeD, OH, OW, M, tiles, P, edge);
    for (let f: usize = 0; f < POINTS; f++) for (let kh = 0; kh < kH; kh++) {
      const from = v + f * planeV + bytes(kh * tiles * C), to = u + f * planeU + bytes(kh * C * M);
      let b = d + f * planeD;
      for (let m = 0; m < M; m += P, b += bytes(count * P)) for (let c = 0; c < C; c += R) {
        const a = from + bytes(c), o = to + bytes(c * M + m);
        if (P == 12) outer3x12(a, 0, place, b, 1, count, o, row, min(3, C - c), min(P, M - m));
        else outer4x8(a, 0, place, b, 1, count, o, row, C - c, min(P, M - m));
      }
    }
  }
  const tap = bytes(C * M);
  for (let kh = 0; kh < kH; kh++) for (let i: usize = 0; i < tap; i += 16)
    filterGradientLine(1, u + <usize>kh * tap + i, planeU, dw + <usize>kh * tap * 3 + i, tap);
}
