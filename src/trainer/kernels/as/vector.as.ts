// What all kernels share: fused multiply-add where the build has it, and stores of less than a whole vector.

/** a * b + acc: with one rounding in the relaxed build on machines that can, with two in the plain build. */
// @ts-ignore: decorator
@inline export function madd(acc: v128, a: v128, b: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, acc);
  return f32x4.add(acc, f32x4.mul(a, b));
}

// @ts-ignore: decorator
@inline export function zero(): v128 {
  return f32x4.splat(0);
}

/** One number in all four lanes. */
// @ts-ignore: decorator
@inline export function splat(address: usize): v128 {
  return v128.load_splat<f32>(address);
}

/** Bytes of so many floats. */
// @ts-ignore: decorator
@inline export function bytes(floats: i32): usize {
  return <usize>floats << 2;
}

/** Stores the first n of four lanes, n in 1..4. */
// @ts-ignore: decorator
@inline export function storePart(at: usize, a: v128, n: i32): void {
  if (n >= 4) {
    v128.store(at, a);
    return;
  }
  f32.store(at, f32x4.extract_lane(a, 0));
  if (n >= 2) f32.store(at, f32x4.extract_lane(a, 1), 4);
  if (n >= 3) f32.store(at, f32x4.extract_lane(a, 2), 8);
}

/** Adds the first n of four lanes to what is stored, n in 1..4. */
// @ts-ignore: decorator
@inline export function addPart(at: usize, a: v128, n: i32): void {
  if (n >= 4) {
    v128.store(at, f32x4.add(v128.load(at), a));
    return;
  }
  f32.store(at, f32.load(at) + f32x4.extract_lane(a, 0));
  if (n >= 2) f32.store(at, f32.load(at, 4) + f32x4.extract_lane(a, 1), 4);
  if (n >= 3) f32.store(at, f32.load(at, 8) + f32x4.extract_lane(a, 2), 8);
}
