import fc from "fast-check";
import { expect, test } from "vitest";
import { structureFaults } from "../../src/chip/validate-structure.ts";
import { ChipError } from "../../src/errors.ts";
import { Random } from "../../src/random.ts";
import { decodeChip, encodeChip } from "../../src/wire/chip-codec.ts";
import { crc32 } from "../../src/wire/crc.ts";
import { chipConfigs } from "../support/random-chip-config.ts";
import { assertCases, forCases } from "../support/soak.ts";

test("any configuration survives the file, and the file survives the configuration byte for byte", () => {
  assertCases(
    "chip.pb round trip",
    fc.property(chipConfigs({ maxCores: 9, rectangular: true }), (config) => {
      expect(structureFaults(config)).toEqual([]);
      const bytes = encodeChip(config);
      const decoded = decodeChip(bytes, "a.pb");
      expect(decoded).toEqual(config);
      expect(Buffer.from(encodeChip(decoded)).equals(bytes)).toBe(true);
    }),
    { share: 100, full: 5_000 },
  );
});

/** One to four random changes: a byte overwritten, a bit flipped, bytes inserted, bytes cut out, a stretch copied elsewhere. */
function mutate(bytes: Uint8Array, random: Random): Uint8Array {
  let result = Buffer.from(bytes);
  for (let n = random.integer(1, 4); n > 0 && result.length > 0; n--) {
    const at = random.below(result.length);
    const length = random.integer(1, 6);
    const noise = Uint8Array.from({ length }, () => random.below(256));
    const splice = (removed: number, inserted: Uint8Array) =>
      Buffer.concat([result.subarray(0, at), inserted, result.subarray(at + removed)]);
    switch (random.below(5)) {
      case 0:
        result[at] = random.below(256);
        break;
      case 1:
        result[at]! ^= 1 << random.below(8);
        break;
      case 2:
        result = splice(0, noise);
        break;
      case 3:
        result = splice(length, new Uint8Array(0));
        break;
      case 4:
        result.copy(result, at, random.below(result.length));
        break;
    }
  }
  return result;
}

/** The file with its CRC made right again, so that the damage reaches what lies behind the CRC check. */
function reseal(bytes: Uint8Array): Uint8Array {
  const result = Buffer.from(bytes);
  const end = result.length - 5;
  if (end < 0) return result;
  result[end] = 0x7d;
  result.writeUInt32LE(crc32(result.subarray(0, end)), end + 1);
  return result;
}

test.each([
  ["as they are", (bytes: Uint8Array) => bytes, ["E_FORMAT", "E_DAMAGED", "E_CHECKSUM"]],
  ["with a right CRC", reseal, ["E_FORMAT", "E_DAMAGED", "E_CONFIG", "accepted"]],
])(`damaged files %s are refused with a ChipError or mean exactly what they say`, (kind, finish, stages) => {
  const files = fc.sample(chipConfigs({ maxCores: 3, maxFeatures: 3 }), { seed: 2, numRuns: 20 }).map(encodeChip);
  const met = new Set<string>();
  const check = (seed: number) => {
    const random = new Random(seed);
    const bytes = finish(mutate(files[random.below(files.length)]!, random));
    try {
      expect(Buffer.from(encodeChip(decodeChip(bytes, "a.pb"))).equals(bytes)).toBe(true);
      met.add("accepted");
    } catch (error) {
      if (!(error instanceof ChipError)) throw error;
      expect(error.message).not.toContain("\n");
      met.add(error.code);
    }
  };
  forCases(`chip.pb damaged files ${kind}`, check, { share: 600, full: 20_000 });
  // Every stage of the decoder has refused something, so the loop is not idle.
  expect([...met]).toEqual(expect.arrayContaining(stages));
});
