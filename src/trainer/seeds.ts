import { Random } from "../random.ts";

const WORD = (1n << 64n) - 1n;

/** What randomness is for: the same seed gives each purpose numbers of its own. */
const PURPOSES = { weights: 1n, order: 2n, augment: 3n, dropout: 4n } as const;

export type Purpose = keyof typeof PURPOSES;

/**
 * A seed for one purpose and index (a layer, an epoch, a step), mixed by SplitMix64 (Steele et al. 2014). Since everything
 * random in a training hangs on the seed and its place alone, a resumed training needs no state of a generator.
 */
export function derivedSeed(seed: number, purpose: Purpose, index: number): number {
  let z = mix(BigInt(seed) * 0x9e3779b97f4a7c15n + PURPOSES[purpose]);
  z = mix(z + BigInt(index) * 0x9e3779b97f4a7c15n);
  // What a number holds exactly.
  return Number(z >> 11n);
}

export function derivedRandom(seed: number, purpose: Purpose, index: number): Random {
  return new Random(derivedSeed(seed, purpose, index));
}

function mix(value: bigint): bigint {
  let z = value & WORD;
  z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & WORD;
  z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & WORD;
  return z ^ (z >> 31n);
}
