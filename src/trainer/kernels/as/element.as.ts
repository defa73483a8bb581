// What runs over a tensor once: the quantized ReLU, pools, masks, fake quantization, and the optimiser.
// Images are [N, H, W, C]; n counts floats; tails that do not fill a vector are done one by one.
import { bytes, zero } from "./vector.as";

/** Numbers whose sum is kept in single precision (256 a lane) before it goes to the double total. */
const CHUNK: i32 = 1024;

// @ts-ignore: decorator
@inline export function floorOfRelu(x: v128): v128 {
  return f32x4.floor(f32x4.max(x, zero()));
}

// @ts-ignore: decorator
@inline export function floorOfReluScalar(x: f32): f32 {
  return Mathf.floor(max<f32>(x, 0));
}

// @ts-ignore: decorator
@inline export function lanes(a: v128): f64 {
  const low = f64x2.promote_low_f32x4(a);
  const high = f64x2.promote_low_f32x4(i8x16.shuffle(a, a, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15));
  const sum = f64x2.add(low, high);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** y = floor(max(x, 0)); returns the sum of y. NaN stays NaN in both. */
export function quantizedRelu(x: usize, y: usize, n: i32): f64 {
  let total: f64 = 0;
  let i = 0;
  while (i + 8 <= n) {
    const until = min(n - 7, i + CHUNK);
    let sum0 = zero(), sum1 = zero();
    for (; i < until; i += 8, x += 32, y += 32) {
      const a = floorOfRelu(v128.load(x)), b = floorOfRelu(v128.load(x, 16));
      v128.store(y, a);
      v128.store(y, b, 16);
      sum0 = f32x4.add(sum0, a);
      sum1 = f32x4.add(sum1, b);
    }
    total += lanes(sum0) + lanes(sum1);
  }
  for (; i < n; i++, x += 4, y += 4) {
    const a = floorOfReluScalar(f32.load(x));
    f32.store(y, a);
    total += a;
  }
  return total;
}

/** dx = x > 0 ? dy + dsum : 0 */
export function quantizedReluGradient(x: usize, dy: usize, dx: usize, n: i32, dsum: f32): void {
  const d = f32x4.splat(dsum);
  let i = 0;
  for (; i + 4 <= n; i += 4, x += 16, dy += 16, dx += 16)
    v128.store(dx, v128.and(f32x4.gt(v128.load(x), zero()), f32x4.add(v128.load(dy), d)));
  for (; i < n; i++, x += 4, dy += 4, dx += 4) f32.store(dx, f32.load(x) > 0 ? f32.load(dy) + dsum : 0);
}

/** Means of 2x2 neighbours; an odd last row or column is dropped. */
export function averagePool2(x: usize, y: usize, N: i32, H: i32, W: i32, C: i32): void {
  const OH = H >> 1, OW = W >> 1;
  const row = bytes(W * C), place = bytes(C), quarter = f32x4.splat(0.25);
  for (let image = 0; image < N; image++) for (let h = 0; h < OH; h++) {
    let p = x + <usize>(image * H + 2 * h) * row;
    for (let w = 0; w < OW; w++, p += place) {
      let c = 0;
      for (; c + 4 <= C; c += 4, p += 16, y += 16) {
        const above = f32x4.add(v128.load(p), v128.load(p + place));
        const below = f32x4.add(v128.load(p + row), v128.load(p + row + place));
        v128.store(y, f32x4.mul(quarter, f32x4.add(above, below)));
      }
      for (; c < C; c++, p += 4, y += 4) {
        const above = f32.load(p) + f32.load(p + place), below = f32.load(p + row) + f32.load(p + row + place);
        f32.store(y, 0.25 * (above + below));
      }
    }
  }
}

/** dx = dy / 4 for all four neighbours, 0 in what the pool drops. */
export function averagePool2Gradient(dy: usize, dx: usize, N: i32, H: i32, W: i32, C: i32): void {
  const OH = H >> 1, OW = W >> 1;
  const row = bytes(W * C), place = bytes(C), quarter = f32x4.splat(0.25);
  for (let image = 0; image < N; image++) {
    for (let h = 0; h < OH; h++) {
      let p = dx + <usize>(image * H + 2 * h) * row;
      for (let w = 0; w < OW; w++, p += place) {
        let c = 0;
        for (; c + 4 <= C; c += 4, p += 16, dy += 16) {
          const d = f32x4.mul(quarter, v128.load(dy));
          v128.store(p, d);
          v128.store(p + place, d);
          v128.store(p + row, d);
          v128.store(p + row + place, d);
        }
        for (; c < C; c++, p += 4, dy += 4) {
          const d: f32 = 0.25 * f32.load(dy);
          f32.store(p, d);
          f32.store(p + place, d);
          f32.store(p + row, d);
          f32.store(p + row + place, d);
        }
      }
      if (W & 1) {
        memory.fill(p, 0, place);
        memory.fill(p + row, 0, place);
      }
    }
    if (H & 1) memory.fill(dx + <usize>(image * H + H - 1) * row, 0, row);
  }
}

/** y[n,i,c] = x[n,i,c] * mask[n,c] over `places` i. */
export function scaleFeatures(x: usize, mask: usize, y: usize, N: i32, places: i32, C: i32): void {
  for (let image = 0; image < N; image++, mask += bytes(C)) for (let i = 0; i < places; i++) {
    let c = 0, m = mask;
    for (; c + 4 <= C; c += 4, x += 16, y += 16, m += 16) v128.store(y, f32x4.mul(v128.load(x), v128.load(m)));
    for (; c < C; c++, x += 4, y += 4, m += 4) f32.store(y, f32.load(x) * f32.load(m));
  }
}

/** y = round(x / step) * step with step = max( max x / 127, max -x / 128 ), half to even; all zero stays zero. */
export function fakeQuantize(x: usize, y: usize, n: i32): void {
  let high: f32 = 0, low: f32 = 0;
  for (let i = 0; i < n; i++) {
    const a = f32.load(x + bytes(i));
    high = max<f32>(high, a);
    low = min<f32>(low, a);
  }
  const step = max<f32>(high / 127, low / -128);
  if (step == 0) {
    memory.fill(y, 0, bytes(n));
    return;
  }
  const steps = f32x4.splat(step);
  let i = 0;
  for (; i + 4 <= n; i += 4, x += 16, y += 16)
    v128.store(y, f32x4.mul(f32x4.nearest(f32x4.div(v128.load(x), steps)), steps));
  for (; i < n; i++, x += 4, y += 4) f32.store(y, nearest<f32>(f32.load(x) / step) * step);
}

/**
 * Adam in place, as torch.optim.Adam: g += decay w; m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g^2;
 * w -= rate m / (sqrt(v) root + epsilon). Lane by lane, so that the length of a tensor changes nothing.
 */
export function adam(
  w: usize, g: usize, m: usize, v: usize, n: i32, rate: f32, beta1: f32, rest1: f32, beta2: f32, rest2: f32,
  epsilon: f32, root: f32, decay: f32,
): void {
  const B1 = f32x4.splat(beta1), R1 = f32x4.splat(rest1), B2 = f32x4.splat(beta2), R2 = f32x4.splat(rest2);
  const L = f32x4.splat(rate), E = f32x4.splat(epsilon), S = f32x4.splat(root), D = f32x4.splat(decay);
  let i = 0;
  for (; i + 4 <= n; i += 4, w += 16, g += 16, m += 16, v += 16) {
    const weight = v128.load(w);
    const gradient = f32x4.add(v128.load(g), f32x4.mul(D, weight));
    const first = f32x4.add(f32x4.mul(B1, v128.load(m)), f32x4.mul(R1, gradient));
    const second = f32x4.add(f32x4.mul(B2, v128.load(v)), f32x4.mul(R2, f32x4.mul(gradient, gradient)));
    v128.store(m, first);
    v128.store(v, second);
    const scale = f32x4.add(f32x4.mul(f32x4.sqrt(second), S), E);
    v128.store(w, f32x4.sub(weight, f32x4.div(f32x4.mul(L, first), scale)));
  }
  for (; i < n; i++, w += 4, g += 4, m += 4, v += 4) {
    const weight = f32.load(w);
    const gradient: f32 = f32.load(g) + decay * weight;
    const first: f32 = beta1 * f32.load(m) + rest1 * gradient;
    const second: f32 = beta2 * f32.load(v) + rest2 * (gradient * gradient);
    f32.store(m, first);
    f32.store(v, second);
    const scale: f32 = Mathf.sqrt(second) * root + epsilon;
    f32.store(w, weight - rate * first / scale);
  }
}
