// Quantized ReLU and 2x2 average pool in one pass, forward and backward: the full map is read and never written.
import { floorOfRelu, floorOfReluScalar, lanes } from "./element.as";
import { bytes, zero } from "./vector.as";

/** Which of four numbers are above 0, a bit each. */
// @ts-ignore: decorator
@inline function signsOf(x: v128): i32 {
  return i32x4.bitmask(f32x4.gt(x, zero()));
}

/** Sum of floor(max(x, 0)) over n numbers that belong to no window of the pool; their signs, where `signs` is not 0. */
function sumDropped(x: usize, n: i32, signs: usize): f64 {
  let total: f64 = 0;
  for (let i = 0; i < n; i++) total += floorOfReluScalar(f32.load(x + bytes(i)));
  if (signs) for (let i = 0; i < n; i += 4) store<u8>(signs + (i >> 2), signsOf(v128.load(x + bytes(i))));
  return total;
}

/**
 * y = mean over 2x2 windows of floor(max(x, 0)); returns the sum of floor(max(x, 0)) over all of x.
 *
 * @param signs 0, or where a byte for each four features (C in fours) tells which are above 0: all that the gradient needs
 */
export function quantizedReluPool(x: usize, y: usize, signs: usize, N: i32, H: i32, W: i32, C: i32): f64 {
  const OH = H >> 1, OW = W >> 1;
  const row = bytes(W * C), place = bytes(C), quarter = f32x4.splat(0.25);
  let total: f64 = 0;
  for (let image = 0; image < N; image++) {
    for (let h = 0; h < OH; h++) {
      const first = <usize>(image * H + 2 * h) * row;
      let p = x + first, bits = signs + (first >> 4);
      let sum = zero();
      for (let w = 0; w < OW; w++, p += place, bits += place >> 4) {
        let c = 0;
        for (; c + 4 <= C; c += 4, p += 16, y += 16, bits++) {
          const a = v128.load(p), b = v128.load(p + place), d = v128.load(p + row), e = v128.load(p + row + place);
          if (signs) {
            store<u8>(bits, signsOf(a));
            store<u8>(bits + (place >> 4), signsOf(b));
            store<u8>(bits + (row >> 4), signsOf(d));
            store<u8>(bits + (row + place >> 4), signsOf(e));
          }
          const above = f32x4.add(floorOfRelu(a), floorOfRelu(b)), below = f32x4.add(floorOfRelu(d), floorOfRelu(e));
          const window = f32x4.add(above, below);
          sum = f32x4.add(sum, window);
          v128.store(y, f32x4.mul(quarter, window));
        }
        for (; c < C; c++, p += 4, y += 4) {
          const above: f32 = floorOfReluScalar(f32.load(p)) + floorOfReluScalar(f32.load(p + place));
          const below: f32 = floorOfReluScalar(f32.load(p + row)) + floorOfReluScalar(f32.load(p + row + place));
          total += above + below;
          f32.store(y, 0.25 * (above + below));
        }
      }
      total += lanes(sum);
      if (W & 1) total += sumDropped(p, C, signs && bits) + sumDropped(p + row, C, signs && bits + (row >> 4));
    }
    const last = <usize>(image * H + H - 1) * row;
    if (H & 1) total += sumDropped(x + last, W * C, signs && signs + (last >> 4));
  }
  return total;
}

/** Ones where the bit of a number is set. */
// @ts-ignore: decorator
@inline function maskOf(signs: usize): v128 {
  const bits = i32x4(1, 2, 4, 8);
  return i32x4.eq(v128.and(i32x4.splat(load<u8>(signs)), bits), bits);
}

/** dx = d where the signs say so, over n numbers. */
function spread(signs: usize, dx: usize, n: i32, d: v128): void {
  for (let i = 0; i < n; i += 4) v128.store(dx + bytes(i), v128.and(maskOf(signs + (i >> 2)), d));
}

/**
 * Gradient of `quantizedReluPool` for one image, from signs: dx = x > 0 ? dy of its window / 4 + dsum : 0.
 *
 * @param signs,dy those of the batch; C in fours
 * @returns dx
 */
export function throughPool(
  signs: usize, dy: usize, dsum: f32, dx: usize, image: i32, H: i32, W: i32, C: i32,
): usize {
  const OH = H >> 1, OW = W >> 1;
  const row = bytes(W * C), place = bytes(C), quarter = f32x4.splat(0.25), each = f32x4.splat(dsum);
  signs += <usize>(image * H) * row >> 4;
  dy += bytes(image * OH * OW * C);
  for (let h = 0; h < OH; h++) {
    const first = <usize>(2 * h) * row;
    let q = dx + first, bits = signs + (first >> 4);
    for (let w = 0; w < OW; w++, q += place, bits += place >> 4) for (let c = 0; c < C; c += 4, q += 16, dy += 16, bits++) {
      const d = f32x4.add(f32x4.mul(quarter, v128.load(dy)), each);
      v128.store(q, v128.and(maskOf(bits), d));
      v128.store(q + place, v128.and(maskOf(bits + (place >> 4)), d));
      v128.store(q + row, v128.and(maskOf(bits + (row >> 4)), d));
      v128.store(q + row + place, v128.and(maskOf(bits + (row + place >> 4)), d));
    }
    if (W & 1) {
      spread(bits, q, C, each);
      spread(bits + (row >> 4), q + row, C, each);
    }
  }
  const last = <usize>(H - 1) * row;
  if (H & 1) spread(signs + (last >> 4), dx + last, W * C, each);
  return dx;
}

/** dx = x > 0 ? dsum : 0 over n numbers that belong to no window. */
function gradientOfDropped(x: usize, dx: usize, n: i32, dsum: f32): void {
  for (let i = 0; i < n; i++) f32.store(dx + bytes(i), f32.load(x + bytes(i)) > 0 ? dsum : 0);
}

// @ts-ignore: decorator
@inline function passWhere(x: usize, dx: usize, d: v128): void {
  v128.store(dx, v128.and(f32x4.gt(v128.load(x), zero()), d));
}

// @ts-ignore: decorator
@inline function passWhereScalar(x: usize, dx: usize, d: f32): void {
  f32.store(dx, f32.load(x) > 0 ? d : 0);
}

/** dx = x > 0 ? dy of its window / 4 + dsum : 0 */
export function quantizedReluPoolGradient(
  x: usize, dy: usize, dx: usize, N: i32, H: i32, W: i32, C: i32, dsum: f32,
): void {
  const OH = H >> 1, OW = W >> 1;
  const row = bytes(W * C), place = bytes(C), quarter = f32x4.splat(0.25), each = f32x4.splat(dsum);
  for (let image = 0; image < N; image++) {
    for (let h = 0; h < OH; h++) {
      let p = x + <usize>(image * H + 2 * h) * row, q = dx + <usize>(image * H + 2 * h) * row;
      for (let w = 0; w < OW; w++, p += place, q += place) {
        let c = 0;
        for (; c + 4 <= C; c += 4, p += 16, q += 16, dy += 16) {
          const d = f32x4.add(f32x4.mul(quarter, v128.load(dy)), each);
          passWhere(p, q, d);
          passWhere(p + place, q + place, d);
          passWhere(p + row, q + row, d);
          passWhere(p + row + place, q + row + place, d);
        }
        for (; c < C; c++, p += 4, q += 4, dy += 4) {
          const d: f32 = 0.25 * f32.load(dy) + dsum;
          passWhereScalar(p, q, d);
          passWhereScalar(p + place, q + place, d);
          passWhereScalar(p + row, q + row, d);
          passWhereScalar(p + row + place, q + row + place, d);
        }
      }
      if (W & 1) {
        gradientOfDropped(p, q, C, dsum);
        gradientOfDropped(p + row, q + row, C, dsum);
      }
    }
    const last = <usize>(image * H + H - 1) * row;
    if (H & 1) gradientOfDropped(x + last, dx + last, W * C, dsum);
  }
}
