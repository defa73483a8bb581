// The transforms of winograd.as.ts along one line of a tile: numbers of four features at a time, read `from` bytes apart and
// stored `to` bytes apart. Bt, G and A follow from the points at which polynomials are evaluated. The usual 0, +-1, +-2,
// infinity (Lavin and Gray 2016) lose four times the precision of 0, +-3/4, +-3/2, infinity, which stand here; all numbers of
// Bt and A are then exact in single precision.

// @ts-ignore: decorator
@inline export const A: f32 = 0.75;
// @ts-ignore: decorator
@inline export const B: f32 = 1.5;
// @ts-ignore: decorator
@inline export const A2: f32 = 0.5625;
// @ts-ignore: decorator
@inline export const B2: f32 = 2.25;
// @ts-ignore: decorator
@inline export const A3: f32 = 0.421875;
// @ts-ignore: decorator
@inline export const B3: f32 = 3.375;
/** a^2 b^2 and a^2 + b^2. */
// @ts-ignore: decorator
@inline export const PRODUCT: f32 = 1.265625;
// @ts-ignore: decorator
@inline export const SUM: f32 = 2.8125;
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
@inline function scale(a: v128, k: v128): v128 {
  return f32x4.mul(a, k);
}
// @ts-ignore: decorator
@inline function plus(a: v128, b: v128): v128 {
  return f32x4.add(a, b);
}
// @ts-ignore: decorator
@inline function minus(a: v128, b: v128): v128 {
  return f32x4.sub(a, b);
}

/**
 * Four times a factor that a loop uses: through memory, at 16 free bytes. A constant would be made anew at each of its uses,
 * in three instructions; this one stays in a register.
 */
// @ts-ignore: decorator
@inline export function factor(k: f32, at: usize): v128 {
  f32.store(at, k);
  return v128.load_splat<f32>(at);
}

/** Six numbers by Bt: from `src`, `from` bytes apart, to `dst`, `to` bytes apart. */
// @ts-ignore: decorator
@inline export function inputLine6(
  src: usize, from: usize, dst: usize, to: usize, product: v128, sum: v128, a: v128, b: v128, a2: v128, b2: v128,
): void {
  const d0 = v128.load(src), d1 = v128.load(src + from), d2 = v128.load(src + 2 * from);
  const d3 = v128.load(src + 3 * from), d4 = v128.load(src + 4 * from), d5 = v128.load(src + 5 * from);
  v128.store(dst, plus(minus(scale(d0, product), scale(d2, sum)), d4));
  const evenA = minus(d4, scale(d2, b2)), oddA = scale(minus(d3, scale(d1, b2)), a);
  v128.store(dst + to, plus(evenA, oddA));
  v128.store(dst + 2 * to, minus(evenA, oddA));
  const evenB = minus(d4, scale(d2, a2)), oddB = scale(minus(d3, scale(d1, a2)), b);
  v128.store(dst + 3 * to, plus(evenB, oddB));
  v128.store(dst + 4 * to, minus(evenB, oddB));
  v128.store(dst + 5 * to, plus(minus(scale(d1, product), scale(d3, sum)), d5));
}

/** Six numbers by At, to four. */
// @ts-ignore: decorator
@inline export function outputLine6(
  src: usize, from: usize, dst: usize, to: usize, n: i32, a: v128, b: v128, a2: v128, b2: v128, a3: v128, b3: v128,
): void {
  const m1 = v128.load(src + from), m2 = v128.load(src + 2 * from);
  const m3 = v128.load(src + 3 * from), m4 = v128.load(src + 4 * from);
  const sumA = plus(m1, m2), differenceA = minus(m1, m2), sumB = plus(m3, m4), differenceB = minus(m3, m4);
  v128.store(dst, plus(plus(v128.load(src), sumA), sumB));
  if (n > 1) v128.store(dst + to, plus(scale(differenceA, a), scale(differenceB, b)));
  if (n > 2) v128.store(dst + 2 * to, plus(scale(sumA, a2), scale(sumB, b2)));
  if (n > 3)
    v128.store(dst + 3 * to, plus(plus(scale(differenceA, a3), scale(differenceB, b3)), v128.load(src + 5 * from)));
}

/** Four numbers by A, the adjoint of `outputLine6`, to six. */
// @ts-ignore: decorator
@inline export function gradientLine6(
  src: usize, from: usize, dst: usize, to: usize, a: v128, b: v128, a2: v128, b2: v128, a3: v128, b3: v128,
): void {
  const y0 = v128.load(src), y1 = v128.load(src + from), y2 = v128.load(src + 2 * from), y3 = v128.load(src + 3 * from);
  v128.store(dst, y0);
  const evenA = plus(y0, scale(y2, a2)), oddA = plus(scale(y1, a), scale(y3, a3));
  v128.store(dst + to, plus(evenA, oddA));
  v128.store(dst + 2 * to, minus(evenA, oddA));
  const evenB = plus(y0, scale(y2, b2)), oddB = plus(scale(y1, b), scale(y3, b3));
  v128.store(dst + 3 * to, plus(evenB, oddB));
  v128.store(dst + 4 * to, minus(evenB, oddB));
  v128.store(dst + 5 * to, y3);
}

/** Three numbers by G, to six. */
// @ts-ignore: decorator
@inline function filterLine6(src: usize, from: usize, dst: usize, to: usize): void {
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

/** Six numbers by Gt, the adjoint of `filterLine6`, to three. */
// @ts-ignore: decorator
@inline function filterGradientLine6(src: usize, from: usize, dst: usize, to: usize): void {
  const u1 = v128.load(src + from), u2 = v128.load(src + 2 * from);
  const u3 = v128.load(src + 3 * from), u4 = v128.load(src + 4 * from);
  const sumA = times(plus(u1, u2), GA), differenceA = times(minus(u1, u2), GA);
  const sumB = times(plus(u3, u4), GB), differenceB = times(minus(u3, u4), GB);
  v128.store(dst, plus(plus(times(v128.load(src), G0), sumA), sumB));
  v128.store(dst + to, plus(times(differenceA, A), times(differenceB, B)));
  v128.store(dst + 2 * to, plus(plus(times(sumA, A2), times(sumB, B2)), v128.load(src + 5 * from)));
}

// Stride 2: even and odd places of the input are convolved apart, with two and with one tap. Two taps go through F(4, 2) at
// the points 0, +-3/4, 3/2, infinity, five products for four outputs; one tap stays as it is, four. Nine in all, where the
// direct way has twelve; 81 for a tile of 4x4 instead of 144.

/** The divisors of G for two taps: a^2 b, 2 a^2 (a - b), -2 a^2 (a + b), b (b^2 - a^2). */
// @ts-ignore: decorator
@inline const H0: f32 = 1.0 / 0.84375;
// @ts-ignore: decorator
@inline const HA: f32 = 1.0 / -0.84375;
// @ts-ignore: decorator
@inline const HN: f32 = 1.0 / -2.53125;
// @ts-ignore: decorator
@inline const HB: f32 = 1.0 / 2.53125;
/** a^2 b, a b, b - a and a + b. */
// @ts-ignore: decorator
@inline const A2B: f32 = 0.84375;
// @ts-ignore: decorator
@inline const AB: f32 = 1.125;
// @ts-ignore: decorator
@inline const B_LESS_A: f32 = 0.75;
// @ts-ignore: decorator
@inline const A_PLUS_B: f32 = 2.25;

/** Five numbers, `step` apart, by Bt of two taps. */
// @ts-ignore: decorator
@inline function twoTaps(src: usize, step: usize, dst: usize, to: usize): void {
  const d0 = v128.load(src), d1 = v128.load(src + step), d2 = v128.load(src + 2 * step);
  const d3 = v128.load(src + 3 * step), d4 = v128.load(src + 4 * step);
  v128.store(dst, plus(minus(minus(times(d0, A2B), times(d1, A2)), times(d2, B)), d3));
  v128.store(dst + to, minus(minus(d3, times(d2, B_LESS_A)), times(d1, AB)));
  v128.store(dst + 2 * to, plus(minus(d3, times(d2, A_PLUS_B)), times(d1, AB)));
  v128.store(dst + 3 * to, minus(d3, times(d1, A2)));
  v128.store(dst + 4 * to, plus(minus(minus(times(d1, A2B), times(d2, A2)), times(d3, B)), d4));
}

/** Nine products to four outputs: five by At of two taps, and four of one tap added to them. */
// @ts-ignore: decorator
@inline function outputLine9(src: usize, from: usize, dst: usize, to: usize, n: i32): void {
  const m1 = v128.load(src + from), m2 = v128.load(src + 2 * from), m3 = v128.load(src + 3 * from);
  const sum = plus(m1, m2), difference = minus(m1, m2);
  const odd = src + 5 * from;
  v128.store(dst, plus(plus(plus(v128.load(src), sum), m3), v128.load(odd)));
  if (n > 1) v128.store(dst + to, plus(plus(times(difference, A), times(m3, B)), v128.load(odd + from)));
  if (n > 2) v128.store(dst + 2 * to, plus(plus(times(sum, A2), times(m3, B2)), v128.load(odd + 2 * from)));
  if (n > 3) {
    const last = plus(plus(times(difference, A3), times(m3, B3)), v128.load(src + 4 * from));
    v128.store(dst + 3 * to, plus(last, v128.load(odd + 3 * from)));
  }
}

/** Nine places of the input, even and odd: to five and four. */
// @ts-ignore: decorator
@inline function inputLine9(src: usize, from: usize, dst: usize, to: usize): void {
  twoTaps(src, 2 * from, dst, to);
  for (let i: usize = 0; i < 4; i++) v128.store(dst + (5 + i) * to, v128.load(src + (2 * i + 1) * from));
}

/**
 * Five places of the output's gradient to five and four. They serve eight places of the input's gradient, of which every
 * other one sees two taps and the rest, with one tap, come first when the padding is `odd`.
 */
// @ts-ignore: decorator
@inline function turnedLine9(odd: usize, src: usize, from: usize, dst: usize, to: usize): void {
  twoTaps(src, from, dst, to);
  for (let i: usize = 0; i < 4; i++) v128.store(dst + (5 + i) * to, v128.load(src + (i + 1 - odd) * from));
}

/** Nine products to those eight places. */
// @ts-ignore: decorator
@inline function turnedOutputLine9(odd: usize, src: usize, from: usize, at: usize, to: usize): void {
  const dst = at + odd * to;
  const m1 = v128.load(src + from), m2 = v128.load(src + 2 * from), m3 = v128.load(src + 3 * from);
  const sum = plus(m1, m2), difference = minus(m1, m2);
  v128.store(dst, plus(plus(v128.load(src), sum), m3));
  v128.store(dst + 2 * to, plus(times(difference, A), times(m3, B)));
  v128.store(dst + 4 * to, plus(times(sum, A2), times(m3, B2)));
  v128.store(dst + 6 * to, plus(plus(times(difference, A3), times(m3, B3)), v128.load(src + 4 * from)));
  for (let i: usize = 0; i < 4; i++) v128.store(at + (2 * i + 1 - odd) * to, v128.load(src + (5 + i) * from));
}

/** Four numbers to nine, the adjoint of `outputLine9`. */
// @ts-ignore: decorator
@inline function gradientLine9(src: usize, from: usize, dst: usize, to: usize): void {
  const y0 = v128.load(src), y1 = v128.load(src + from), y2 = v128.load(src + 2 * from), y3 = v128.load(src + 3 * from);
  const even = plus(y0, times(y2, A2)), odd = plus(times(y1, A), times(y3, A3));
  v128.store(dst, y0);
  v128.store(dst + to, plus(even, odd));
  v128.store(dst + 2 * to, minus(even, odd));
  v128.store(dst + 3 * to, plus(plus(y0, times(y2, B2)), plus(times(y1, B), times(y3, B3))));
  v128.store(dst + 4 * to, y3);
  v128.store(dst + 5 * to, y0);
  v128.store(dst + 6 * to, y1);
  v128.store(dst + 7 * to, y2);
  v128.store(dst + 8 * to, y3);
}

/** Three taps, outer ones and middle one apart, by G to nine. */
// @ts-ignore: decorator
@inline function filterLine9(src: usize, from: usize, dst: usize, to: usize): void {
  const g0 = v128.load(src), middle = v128.load(src + from), g1 = v128.load(src + 2 * from);
  v128.store(dst, times(g0, H0));
  v128.store(dst + to, times(plus(g0, times(g1, A)), HA));
  v128.store(dst + 2 * to, times(minus(g0, times(g1, A)), HN));
  v128.store(dst + 3 * to, times(plus(g0, times(g1, B)), HB));
  v128.store(dst + 4 * to, g1);
  for (let i: usize = 5; i < 9; i++) v128.store(dst + i * to, middle);
}

/** Nine numbers by Gt to three taps, the adjoint of `filterLine9`. */
// @ts-ignore: decorator
@inline function filterGradientLine9(src: usize, from: usize, dst: usize, to: usize): void {
  const u1 = times(v128.load(src + from), HA), u2 = times(v128.load(src + 2 * from), HN);
  const u3 = times(v128.load(src + 3 * from), HB);
  v128.store(dst, plus(plus(times(v128.load(src), H0), u1), plus(u2, u3)));
  const low = plus(v128.load(src + 5 * from), v128.load(src + 6 * from));
  v128.store(dst + to, plus(low, plus(v128.load(src + 7 * from), v128.load(src + 8 * from))));
  v128.store(dst + 2 * to, plus(plus(times(minus(u1, u2), A), times(u3, B)), v128.load(src + 4 * from)));
}

// By stride: 6 points a line for stride 1, 9 for stride 2.

// @ts-ignore: decorator
@inline export function inputLine(s: i32, turned: bool, odd: usize, src: usize, from: usize, dst: usize, to: usize): void {
  if (s == 1) inputLine6(src, from, dst, to, f32x4.splat(PRODUCT), f32x4.splat(SUM), f32x4.splat(A), f32x4.splat(B), f32x4.splat(A2), f32x4.splat(B2));
  else if (turned) turnedLine9(odd, src, from, dst, to);
  else inputLine9(src, from, dst, to);
}

/** To the first n of four outputs. */
// @ts-ignore: decorator
@inline export function outputLine(s: i32, src: usize, from: usize, dst: usize, to: usize, n: i32): void {
  if (s == 1) outputLine6(src, from, dst, to, n, f32x4.splat(A), f32x4.splat(B), f32x4.splat(A2), f32x4.splat(B2), f32x4.splat(A3), f32x4.splat(B3));
  else outputLine9(src, from, dst, to, n);
}

/** Of stride 2, to all eight places of the input's gradient. */
// @ts-ignore: decorator
@inline export function turnedOutputLine(odd: usize, src: usize, from: usize, dst: usize, to: usize): void {
  turnedOutputLine9(odd, src, from, dst, to);
}

// @ts-ignore: decorator
@inline export function gradientLine(s: i32, src: usize, from: usize, dst: usize, to: usize): void {
  if (s == 1) gradientLine6(src, from, dst, to, f32x4.splat(A), f32x4.splat(B), f32x4.splat(A2), f32x4.splat(B2), f32x4.splat(A3), f32x4.splat(B3));
  else gradientLine9(src, from, dst, to);
}

// @ts-ignore: decorator
@inline export function filterLine(s: i32, src: usize, from: usize, dst: usize, to: usize): void {
  if (s == 1) filterLine6(src, from, dst, to);
  else filterLine9(src, from, dst, to);
}

// @ts-ignore: decorator
@inline export function filterGradientLine(s: i32, src: usize, from: usize, dst: usize, to: usize): void {
  if (s == 1) filterGradientLine6(src, from, dst, to);
  else filterGradientLine9(src, from, dst, to);
}
