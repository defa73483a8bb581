// Direct convolution, its two gradients and products of matrices, all as tiles of sums over packed operands.
// Images are [N, H, W, C], filters [kH, kW, C, M]; every pointer is an address in the memory of tfjs' WASM backend.
import { quantizedReluPool, throughPool } from "./pooled.as";
import { inner3x12, inner4x8, outer3x12, outer4x8 } from "./tile.as";
import { bytes, zero } from "./vector.as";

/** Zero-padded copy of one image, [H, W, C] -> [Hp, Wp, C]; a negative padding leaves rows or columns out. */
function padImage(src: usize, dst: usize, H: i32, W: i32, C: i32, top: i32, left: i32, Hp: i32, Wp: i32): void {
  const row = bytes(Wp * C);
  const from = max(0, -left), to = max(0, left);
  const columns = max(0, min(W - from, Wp - to));
  const before = bytes(to * C), copied = bytes(columns * C);
  for (let h = 0; h < Hp; h++, dst += row) {
    const y = h - top;
    if (y < 0 || y >= H) {
      memory.fill(dst, 0, row);
      continue;
    }
    if (before) memory.fill(dst, 0, before);
    memory.copy(dst + before, src + bytes((y * W + from) * C), copied);
    if (before + copied < row) memory.fill(dst + before + copied, 0, row - before - copied);
  }
}

/** [K, M] -> panels [M / P][K][P], the last one filled up with zeros. */
export function packWeights(w: usize, out: usize, K: i32, M: i32, P: i32): void {
  for (let m = 0; m < M; m += P) {
    const n = min(P, M - m);
    for (let k = 0; k < K; k++) {
      const src = w + bytes(k * M + m);
      if (n == P) for (let j = 0; j < P; j += 4) v128.store(out + bytes(j), v128.load(src + bytes(j)));
      else for (let j = 0; j < P; j++) f32.store(out + bytes(j), j < n ? f32.load(src + bytes(j)) : 0);
      out += bytes(P);
    }
  }
}

/**
 * The part of a filter that a gradient of the input needs, turned around: taps kh0, kh0 - s, ... (nh of them) down and
 * kw0, kw0 - s, ... (nw) across, input and output features exchanged, packed as `packWeights` would.
 */
export function packTurned(
  w: usize, out: usize, kW: i32, C: i32, M: i32, kh0: i32, nh: i32, kw0: i32, nw: i32, s: i32, P: i32,
): void {
  for (let c = 0; c < C; c += P) {
    const n = min(P, C - c);
    for (let i = 0; i < nh; i++) for (let j = 0; j < nw; j++) {
      const tap = w + bytes((((kh0 - i * s) * kW + kw0 - j * s) * C + c) * M);
      for (let m = 0; m < M; m++) {
        for (let q = 0; q < P; q++) f32.store(out + bytes(q), q < n ? f32.load(tap + bytes(q * M + m)) : 0);
        out += bytes(P);
      }
    }
  }
}

/**
 * Convolution with packed weights.
 *
 * @param wp from `packWeights` or `packTurned`, of panels P wide (8 or 12)
 * @param top,left rows and columns of zeros before the input's first (negative: left out)
 * @param yImage,yRow,yStep distances in floats between outputs: of two images, rows, places; M when outputs lie together
 * @param scratch a padded image: ((OH - 1) s + kH) * ((OW - 1) s + kW) * C floats
 */
export function convolve(
  x: usize, wp: usize, y: usize, N: i32, H: i32, W: i32, C: i32, OH: i32, OW: i32, M: i32, kH: i32, kW: i32, s: i32,
  top: i32, left: i32, yImage: i32, yRow: i32, yStep: i32, P: i32, scratch: usize,
): void {
  const Hp = (OH - 1) * s + kH, Wp = (OW - 1) * s + kW;
  const plain = top == 0 && left == 0 && Hp <= H && Wp <= W;
  const run = kW * C;
  const inRow = bytes((plain ? W : Wp) * C), inStep = bytes(s * C), rowAdvance = inRow * <usize>s;
  const panel = bytes(kH * run * P);
  const outStep = bytes(yStep);
  const rows = P == 12 ? 3 : 4;
  for (let image = 0; image < N; image++) {
    let src = x + bytes(image * H * W * C);
    if (!plain) {
      padImage(src, scratch, H, W, C, top, left, Hp, Wp);
      src = scratch;
    }
    const out = y + bytes(image * yImage);
    let w = wp;
    for (let m = 0; m < M; m += P, w += panel) {
      const n = min(P, M - m);
      const outM = out + bytes(m);
      let oh = 0, ow = 0, p = src, o = outM;
      let rest = OH * OW;
      while (rest > 0) {
        const p0 = p, o0 = o;
        let p1 = p0, p2 = p0, p3 = p0, o1 = o0, o2 = o0, o3 = o0;
        if (ow + rows < OW) {
          // All rows of the tile, and the next one, lie in one row of the output.
          p1 = p0 + inStep; o1 = o0 + outStep;
          p2 = p1 + inStep; o2 = o1 + outStep;
          p3 = p2 + inStep; o3 = o2 + outStep;
          p = P == 12 ? p3 : p3 + inStep;
          o = P == 12 ? o3 : o3 + outStep;
          ow += rows;
        } else for (let r = 1; r <= rows; r++) {
          if (++ow == OW) {
            ow = 0;
            oh++;
            p = src + <usize>oh * rowAdvance;
            o = outM + bytes(oh * yRow);
          } else {
            p += inStep;
            o += outStep;
          }
          if (r < rest && r < rows) {
            if (r == 1) { p1 = p; o1 = o; }
            else if (r == 2) { p2 = p; o2 = o; }
            else { p3 = p; o3 = o; }
          }
        }
        if (P == 12) inner3x12(p0, p1, p2, w, kH, run, inRow, o0, o1, o2, n);
        else inner4x8(p0, p1, p2, p3, w, kH, run, inRow, o0, o1, o2, o3, n);
        rest -= rows;
      }
    }
  }
}

/**
 * `convolve` and `quantizedReluPool` behind it, image by image, so that the full map stays in the cache.
 *
 * @param signs see there
 * @param map room for one image's map, OH * OW * M floats
 * @returns the sum of the activations
 */
export function convolveReluPool(
  x: usize, wp: usize, y: usize, signs: usize, N: i32, H: i32, W: i32, C: i32, OH: i32, OW: i32, M: i32, kH: i32, kW: i32,
  s: i32, top: i32, left: i32, P: i32, map: usize, scratch: usize,
): f64 {
  const pooled = bytes((OH >> 1) * (OW >> 1) * M);
  let total: f64 = 0;
  for (let image = 0; image < N; image++, x += bytes(H * W * C), y += pooled, signs += bytes(OH * OW * M) >> 4) {
    convolve(x, wp, map, 1, H, W, C, OH, OW, M, kH, kW, s, top, left, 0, OW * M, M, P, scratch);
    total += quantizedReluPool(map, y, signs, 1, OH, OW, M);
  }
  return total;
}

/** Packs dy: [places, M] -> panels [M / P][places][P], the last one filled up with zeros. */
function packPlaces(dy: usize, out: usize, places: i32, M: i32, P: i32): void {
  const panel = bytes(places * P);
  for (let q = 0; q < places; q++) {
    let d = out + bytes(q * P);
    for (let m = 0; m < M; m += P, d += panel) {
      const src = dy + bytes(q * M + m);
      const n = min(P, M - m);
      if (n == P) for (let j = 0; j < P; j += 4) v128.store(d + bytes(j), v128.load(src + bytes(j)));
      else for (let j = 0; j < P; j++) f32.store(d + bytes(j), j < n ? f32.load(src + bytes(j)) : 0);
    }
  }
}

/** As `padImage`, with the features split in blocks of R: [H, W, C] -> [C / R][Hp][Wp][R]; R is 3 or 4 and divides C. */
function padInBlocks(
  src: usize, dst: usize, H: i32, W: i32, C: i32, R: i32, top: i32, left: i32, Hp: i32, Wp: i32,
): void {
  const block = bytes(Hp * Wp * R);
  for (let h = 0; h < Hp; h++) for (let w = 0; w < Wp; w++) {
    const y = h - top, x = w - left;
    const inside = y >= 0 && y < H && x >= 0 && x < W;
    let from = src + bytes((y * W + x) * C), to = dst + bytes((h * Wp + w) * R);
    for (let c = 0; c < C; c += R, to += block, from += bytes(R)) {
      if (R == 4) v128.store(to, inside ? v128.load(from) : zero());
      else {
        i64.store(to, inside ? i64.load(from) : 0);
        i32.store(to, inside ? i32.load(from, 8) : 0, 8);
      }
    }
  }
}

/**
 * Gradient of the filter, summed over the batch in the order of the images:
 *
 *     dw[kh,kw,c,m] = sum over n,h,w of  x[n, h s + kh - top, w s + kw - left, c] * dy[n,h,w,m]
 *
 * Works on `band` output rows at a time, so that a band of x and of dy stays in the cache while all tiles pass over it.
 *
 * @param signs,dsum,map 0, or for `throughPool`: then dy is the gradient of what a pool behind has made
 * @param scratch padded band of x, ((band - 1) s + kH) * ((OW - 1) s + kW) * C floats and 32 more, then a packed band of dy
 */
export function filterGradient(
  x: usize, dy: usize, dw: usize, N: i32, H: i32, W: i32, C: i32, OH: i32, OW: i32, M: i32, kH: i32, kW: i32, s: i32,
  top: i32, left: i32, band: i32, P: i32, scratch: usize, signs: usize, dsum: f32, map: usize,
): void {
  memory.fill(dw, 0, bytes(kH * kW * C * M));
  const R = P == 12 ? 3 : 4;
  const Wp = (OW - 1) * s + kW;
  // With many features, the places that a tile reads are far apart in memory; blocks bring them together.
  const blocks = C >= 48 && C % R == 0;
  const dwRow = bytes(M);
  // What needs neither zeros around nor another order is read where it lies.
  const plain = !blocks && top == 0 && left == 0 && (OH - 1) * s + kH <= H && Wp <= W;
  const columns = plain ? W : Wp;
  const step = bytes(s * (blocks ? R : C)), row = bytes(columns * s * (blocks ? R : C));
  for (let image = 0; image < N; image++) {
    const src = x + bytes(image * H * W * C);
    const g = signs ? throughPool(signs, dy, dsum, map, image, OH, OW, M) : dy + bytes(image * OH * OW * M);
    for (let h0 = 0; h0 < OH; h0 += band) {
      const rows = min(band, OH - h0);
      const Hp = (rows - 1) * s + kH;
      const band0 = plain ? src + bytes(h0 * s * W * C) : scratch;
      if (blocks) padInBlocks(src, scratch, H, W, C, R, top - h0 * s, left, Hp, Wp);
      else if (!plain) padImage(src, scratch, H, W, C, top - h0 * s, left, Hp, Wp);
      let packed = g + bytes(h0 * OW * M);
      if (M != P) {
        const places = packed;
        packed = (scratch + bytes(Hp * Wp * C) + 127) & ~63;
        packPlaces(places, packed, rows * OW, M, P);
      }
      const panel = bytes(rows * OW * P);
      // What one tile walks along: R features of one tap, or R neighbours out of the kW * C numbers of a filter row.
      const taps = blocks ? kW : 1;
      const length = blocks ? C : kW * C;
      for (let r = 0; r < length; r += R) {
        let b = packed;
        for (let m = 0; m < M; m += P, b += panel) {
          const n = min(P, M - m);
          for (let kh = 0; kh < kH; kh++) for (let kw = 0; kw < taps; kw++) {
            const a = blocks
              ? band0 + bytes(r * Hp * Wp + (kh * Wp + kw) * R)
              : band0 + bytes(kh * columns * C + r);
            const out = dw + bytes(((kh * taps + kw) * length + r) * M + m);
            if (P == 12) outer3x12(a, row, step, b, rows, OW, out, dwRow, min(3, length - r), n);
            else outer4x8(a, row, step, b, rows, OW, out, dwRow, min(4, length - r), n);
          }
        }
      }
    }
  }
}
