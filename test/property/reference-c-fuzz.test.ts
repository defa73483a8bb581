import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeChip } from "../../src/wire/chip-codec.ts";
import { chipConfigs } from "../support/random-chip-config.ts";
import { buildReference, hasNanopb } from "../support/reference-c.ts";
import { soaking } from "../support/soak.ts";

const SHARD = 25_000;
const SAID = /^(\d+) inputs: (\d+) frames taken, (\d+) discarded, (\d+) bytes answered; files: ([\d ]+)$/;
const OPTIONS = { maxCores: 3, maxSize: 8, maxFeatures: 4, leak: false, filter: false, readout: false } as const;

/** Sound files, each behind its length: what the fuzzer starts from. */
function files(): Buffer {
  const configs = fc.sample(chipConfigs(OPTIONS), { seed: 1, numRuns: 32 });
  return Buffer.concat(
    configs.flatMap((config) => {
      const cores = config.cores.map((core) => ({ ...core, congestionBalancer: false }));
      const bytes = encodeChip({ ...config, cores });
      const length = Buffer.alloc(4);
      length.writeUInt32LE(bytes.length);
      return [length, bytes];
    }),
  );
}

test.skipIf(!hasNanopb)(
  "the firmware in C stays sound whatever comes down the line, under the address sanitizer",
  () => {
    // So little memory that some of the files do not fit.
    const fuzz = buildReference("fuzz", "SANITIZE=1", "WEIGHTS=1024", "NEURONS=1024");
    const input = files();
    const total = soaking ? 1_000_000 : 50_000;
    const reached = { taken: 0, discarded: 0, answered: 0, verdicts: [0, 0, 0, 0, 0, 0, 0] };
    for (let seed = 1; seed <= total / SHARD; seed++) {
      // A crash, a sanitizer's finding and an endless loop end the program with an error, and with it the test.
      const said = execFileSync(fuzz, [String(seed), String(SHARD)], { input, timeout: 300_000 }).toString();
      const [, inputs, taken, discarded, answered, verdicts] = SAID.exec(said.trim()) as unknown as string[];
      expect(Number(inputs)).toBe(SHARD);
      reached.taken += Number(taken);
      reached.discarded += Number(discarded);
      reached.answered += Number(answered);
      reached.verdicts = (verdicts as string).split(" ").map((count, i) => Number(count) + reached.verdicts[i]!);
    }
    // The fuzzer reaches what it is meant to: frames that pass, frames that do not, answers, every verdict on files.
    for (const count of [reached.taken, reached.discarded, reached.answered]) expect(count).toBeGreaterThan(total / 10);
    for (const count of reached.verdicts) expect(count).toBeGreaterThan(0);
    if (soaking)
      process.stdout.write(`soak: firmware in C fuzzed: ${total} inputs without a fault ${JSON.stringify(reached)}\n`);
  },
);
