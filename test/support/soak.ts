import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";

/** True in `npm run test:soak`: the full counts instead of the small fixed share. */
export const soaking = process.env.SPIKEWRIGHT_SOAK !== undefined;

/** Where finished shards are noted; remove the folder to start again. */
const folder = process.env.SPIKEWRIGHT_SOAK_DIR ?? ".soak";
const SHARD = 250;

export interface Counts {
  /** Cases in `npm test`. */
  readonly share: number;
  /** Cases in `npm run test:soak`. */
  readonly full: number;
  readonly seed?: number;
}

/**
 * Checks a property on a fixed number of seeded cases. In a soak run the cases come in shards with seeds of their own;
 * each finished shard is noted, so that a run that was killed goes on where it was. The total is printed.
 */
export function assertCases<T>(name: string, property: fc.IProperty<T>, counts: Counts): void {
  const seed = counts.seed ?? 1;
  if (!soaking) {
    fc.assert(property, { seed, numRuns: counts.share });
    return;
  }
  const shards = Math.ceil(counts.full / SHARD);
  const file = join(folder, `${name.replace(/[^a-z0-9]+/gi, "-")}.json`);
  const first = finishedShards(file, seed);
  for (let shard = first; shard < shards; shard++) {
    fc.assert(property, { seed: seed * 100_003 + shard, numRuns: Math.min(SHARD, counts.full - shard * SHARD) });
    note(file, { name, seed, shards: shard + 1 });
  }
  process.stdout.write(
    `soak: ${name}: ${counts.full} cases without a fault (${first > 0 ? `${first} of ${shards} shards from an earlier run` : `${shards} shards`}, seed ${seed})\n`,
  );
}

/** The same for checks that are no fast-check property: `check` gets a seed of its own for each case. */
export function forCases(name: string, check: (seed: number) => void, counts: Counts): void {
  assertCases(
    name,
    fc.property(fc.integer({ min: 0, max: 0x7fffffff }), (seed) => check(seed)),
    counts,
  );
}

function finishedShards(file: string, seed: number): number {
  try {
    const noted = JSON.parse(readFileSync(file, "utf8")) as { seed: number; shards: number };
    return noted.seed === seed ? noted.shards : 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return 0;
    throw error;
  }
}

function note(file: string, entry: object): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${file}.tmp`, JSON.stringify(entry));
  renameSync(`${file}.tmp`, file);
}

/** `forCases` for checks that take their time: one after the other, with the same seeds in every run. */
export async function forEachCase(name: string, check: (seed: number) => Promise<void>, counts: Counts): Promise<void> {
  const property = fc.asyncProperty(fc.integer({ min: 0, max: 0x7fffffff }), check);
  const numRuns = soaking ? counts.full : counts.share;
  await fc.assert(property, { seed: counts.seed ?? 1, numRuns });
  if (soaking) process.stdout.write(`soak: ${name}: ${counts.full} cases without a fault (seed ${counts.seed ?? 1})\n`);
}
