// Quantized ReLU and 2x2 average pool in one pass, forward and backward: the full map is read and never written.
import { floorOfRelu, floorOfReluScalar, lanes } from "./element.as";
import { bytes, zero } from "./vector.as";

/** Sum of floor(max(x, 0)) over n numbers that belong to no window of the pool. */
function sumDropped(x: usize, n: i32): f64 {
  let total: f64 = 0;
  for (let i = 0; i < n; i++) total += floorOfReluScalar(f32.load(x + bytes(i)));
  return total;
}

/** y = mean over 2x2 windows of floor(max(x, 0)); returns the sum of floor(max(x, 0)) over all of x. */
export function quantizedReluPool(x: usize, y: usize, N: i32, H: i32, W: i32, C: i32): f64 {
  const OH = H >> 1, OW = W >> 1;
  const row = bytes(W * C), place = bytes(C), quarter = f32x4.splat(0.25);
  let total: f64 = 0;
  for (let image = 0; image < N; image++) {
    for (let h = 0; h < OH; h++) {
      let p = x + <usize>(image * H + 2 * h) * row;
      let sum = zero();
      for (let w = 0; w < OW; w++, p += place) {
        let c = 0;
        for (; c + 4 <= C; c += 4, p += 16, y += 16) {
          const above = f32x4.add(floorOfRelu(v128.load(p)), floorOfRelu(v128.load(p + place)));
          const below = f32x4.add(floorOfRelu(v128.load(p + row)), floorOfRelu(v128.load(p + row + place)));
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
      if (W & 1) total += sumDropped(p, C) + sumDropped(p + row, C);
    }
    if (H & 1) total += sumDropped(x + <usize>(image * H + H - 1) * row, W * C);
  }
  return total;
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
