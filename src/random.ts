const MULTIPLIER = 6364136223846793005n;
const MASK = (1n << 64n) - 1n;

/**
 * PCG32 (XSH-RR 64/32, O'Neill 2014): the project's only source of randomness, so that a seed fixes every byte.
 *
 * The 64-bit state is kept as two 32-bit halves, since BigInt arithmetic would cost microseconds a draw.
 */
export class Random {
  #hi = 0;
  #lo = 0;
  readonly #incHi: number;
  readonly #incLo: number;

  /** @param seed non-negative safe integer. @param stream independent sequences for one seed. */
  constructor(seed: number, stream = 54) {
    if (!Number.isSafeInteger(seed) || seed < 0)
      throw new RangeError(`seed must be a non-negative safe integer, not ${seed}`);
    const inc = ((BigInt(stream) << 1n) | 1n) & MASK;
    this.#incHi = Number(inc >> 32n);
    this.#incLo = Number(inc & 0xffffffffn);
    let state = (inc + BigInt(seed)) & MASK;
    state = (state * MULTIPLIER + inc) & MASK;
    this.#hi = Number(state >> 32n);
    this.#lo = Number(state & 0xffffffffn);
  }

  /** A uniform integer in [0, 2^32). */
  uint32(): number {
    const hi = this.#hi;
    const lo = this.#lo;
    this.#step();
    // XSH: xorshifted = ((state >> 18) ^ state) >> 27, low 32 bits; RR: rotate by state >> 59.
    const xHi = (hi >>> 18) ^ hi;
    const xLo = ((lo >>> 18) | (hi << 14)) ^ lo;
    const word = ((xHi << 5) | (xLo >>> 27)) >>> 0;
    const rotation = hi >>> 27;
    return ((word >>> rotation) | (word << (-rotation & 31))) >>> 0;
  }

  /** A uniform number in [0, 1) with 53 random bits. */
  float(): number {
    return ((this.uint32() >>> 5) * 67108864 + (this.uint32() >>> 6)) / 9007199254740992;
  }

  /** A uniform integer in [0, bound), without modulo bias. */
  below(bound: number): number {
    if (!(Number.isInteger(bound) && bound > 0 && bound <= 4294967296))
      throw new RangeError(`bound must be in 1..2^32, not ${bound}`);
    const limit = 4294967296 - (4294967296 % bound);
    let value = this.uint32();
    while (value >= limit) value = this.uint32();
    return value % bound;
  }

  /** A uniform integer in [low, high], both included. */
  integer(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  /** A sample of the standard normal distribution (Box-Muller, one of the pair). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.float()));
    return radius * Math.cos(2 * Math.PI * this.float());
  }

  #step(): void {
    // state = state * 0x5851f42d4c957f2d + inc, in 32-bit halves.
    const lo = this.#lo;
    const aLo = 0x4c957f2d;
    const aHi = 0x5851f42d;
    const lo0 = lo & 0xffff;
    const lo1 = lo >>> 16;
    const b0 = aLo & 0xffff;
    const b1 = aLo >>> 16;
    const p00 = lo0 * b0;
    const p01 = lo0 * b1;
    const p10 = lo1 * b0;
    const p11 = lo1 * b1;
    const mid = (p00 >>> 16) + (p01 & 0xffff) + (p10 & 0xffff);
    const low = (((mid & 0xffff) << 16) | (p00 & 0xffff)) >>> 0;
    const carry = p11 + (p01 >>> 16) + (p10 >>> 16) + (mid >>> 16);
    const high = (carry + Math.imul(this.#hi, aLo) + Math.imul(lo, aHi)) >>> 0;
    const sumLow = low + this.#incLo;
    this.#lo = sumLow >>> 0;
    this.#hi = (high + this.#incHi + (sumLow > 0xffffffff ? 1 : 0)) >>> 0;
  }
}
