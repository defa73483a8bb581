import { ChipError } from "../../src/errors.ts";
import { Random } from "../../src/random.ts";
import { soaking } from "./soak.ts";

/** A copy of a file with one of the accidents that happen to files: flipped bytes, a cut, a doubled or lost stretch. */
export function mutate(bytes: Uint8Array, random: Random): Uint8Array {
  const kind = random.below(8);
  if (bytes.length === 0 || kind === 0) return Uint8Array.from({ length: random.below(200) }, () => random.below(256));
  const at = random.below(bytes.length);
  if (kind === 1) return bytes.slice(0, at);
  if (kind === 2) return joined(bytes.subarray(0, at), bytes.subarray(at + 1 + random.below(16)));
  if (kind === 3) return joined(bytes.subarray(0, at), bytes.subarray(Math.max(0, at - random.below(64))));
  const copy = bytes.slice();
  for (let i = random.integer(1, 8); i > 0; i--) {
    // Headers decide most, and extremes are what size fields fear.
    const place = random.below(random.below(2) === 0 ? Math.min(copy.length, 4096) : copy.length);
    copy[place] = [0, 255, 128, 1, random.below(256), copy[place] ^ (1 << random.below(8))][random.below(6)];
  }
  return copy;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}

export interface FuzzResult {
  /** Files that were read in spite of it. */
  readonly read: number;
  readonly codes: ReadonlyMap<string, number>;
  readonly slowestMs: number;
}

/**
 * Reads mutated copies of sound files: `share` of them in `npm test`, `full` in a soak run.
 *
 * @throws what a reader throws that is no ChipError, with the case's number
 */
export async function fuzz(
  seeds: readonly Uint8Array[],
  read: (bytes: Uint8Array) => Promise<unknown>,
  { share, full }: { readonly share: number; readonly full: number },
): Promise<FuzzResult> {
  const codes = new Map<string, number>();
  let fine = 0;
  let slowestMs = 0;
  for (let i = 0; i < (soaking ? full : share); i++) {
    const bytes = mutate(seeds[i % seeds.length], new Random(i));
    const start = performance.now();
    try {
      await read(bytes);
      fine++;
    } catch (error) {
      if (!(error instanceof ChipError)) throw new Error(`case ${i}: ${String(error)}`, { cause: error });
      if (/\n/.test(error.message)) throw new Error(`case ${i}: more than one line: ${error.message}`);
      codes.set(error.code, (codes.get(error.code) ?? 0) + 1);
    }
    slowestMs = Math.max(slowestMs, performance.now() - start);
  }
  return { read: fine, codes, slowestMs };
}
