/** Something whose speed is compared; `run` does one portion of work and says how much that was. */
export interface Candidate {
  readonly name: string;
  run(): number;
}

export interface Rate {
  readonly name: string;
  /** Work a second of processor time in each round. */
  readonly rounds: readonly number[];
  readonly median: number;
}

/**
 * Runs all candidates in turn, round after round, so that whatever else the machine does meets them alike; it counts the
 * time that this process had a processor, so that waiting for others does not count at all.
 *
 * @param rounds rounds that count; one more comes first, to warm up
 * @param roundMs time for each candidate in each round
 */
export function measure(candidates: readonly Candidate[], rounds: number, roundMs: number): Rate[] {
  const rates = candidates.map(() => [] as number[]);
  for (let round = -1; round < rounds; round++) {
    candidates.forEach((candidate, i) => {
      const start = process.cpuUsage().user;
      let work = 0;
      let elapsed = 0;
      do {
        work += candidate.run();
        elapsed = (process.cpuUsage().user - start) / 1000;
      } while (elapsed < roundMs);
      if (round >= 0) rates[i]?.push((work / elapsed) * 1000);
    });
  }
  return candidates.map(({ name }, i) => ({ name, rounds: rates[i] ?? [], median: median(rates[i] ?? []) }));
}

/** Something that gives way to others while it works. */
export interface SlowCandidate {
  readonly name: string;
  run(): Promise<number>;
}

/** As `measure`, of work that is waited for. */
export async function measureSlow(
  candidates: readonly SlowCandidate[],
  rounds: number,
  roundMs: number,
): Promise<Rate[]> {
  const rates = candidates.map(() => [] as number[]);
  for (let round = -1; round < rounds; round++) {
    for (const [i, candidate] of candidates.entries()) {
      const start = performance.now();
      let work = 0;
      let elapsed = 0;
      do {
        work += await candidate.run();
        elapsed = performance.now() - start;
      } while (elapsed < roundMs);
      if (round >= 0) rates[i]?.push((work / elapsed) * 1000);
    }
  }
  return candidates.map(({ name }, i) => ({ name, rounds: rates[i] ?? [], median: median(rates[i] ?? []) }));
}

/** Median over rounds of the quotient of two candidates of one run. */
export function ratio(rates: readonly Rate[], name: string, to: string): number {
  const a = roundsOf(rates, name);
  const b = roundsOf(rates, to);
  return median(a.map((rate, round) => rate / (b[round] as number)));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

function roundsOf(rates: readonly Rate[], name: string): readonly number[] {
  const found = rates.find((rate) => rate.name === name);
  if (found === undefined) throw new RangeError(`nothing called ${name} was measured`);
  return found.rounds;
}
