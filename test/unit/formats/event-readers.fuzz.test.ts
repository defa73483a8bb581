import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { ChipError } from "../../../src/errors.ts";
import { streamEventFile, writeEvents } from "../../../src/formats/event-files.ts";
import { fuzz } from "../../support/mutate.ts";
import {
  aedat2File,
  aedat3File,
  aedat4File,
  datFile,
  esFile,
  evt21File,
  joined,
  randomRecording,
  text,
} from "../../support/recordings.ts";

const events = randomRecording(400, [128, 128], 1);
const many = randomRecording(3000, [128, 128], 2);
const davis = text("#!AER-DAT2.0\r\n# AEChip: DAVIS240C\r\n");

/** Sound files of each format, small, so that there are many cases; several kinds where the format has them. */
const SEEDS: Readonly<Record<string, () => Promise<Uint8Array[]>>> = {
  aedat2: async () => [aedat2File(events), aedat2File(many), joined(davis, aedat2File(events).subarray(200))],
  aedat3: async () => [aedat3File(events, 100), aedat3File(many)],
  aedat4: () => Promise.all((["none", "lz4", "zstd"] as const).map((compression) => aedat4File(events, compression))),
  evt2: async () => [await writeEvents(events, "evt2"), await writeEvents(many, "evt2")],
  evt21: async () => [evt21File(events)],
  evt3: async () => [await writeEvents(events, "evt3"), await writeEvents(many, "evt3")],
  dat: async () => [datFile(events), datFile(many)],
  es: async () => [esFile(events), esFile(many)],
  csv: async () => [await writeEvents(events, "csv"), text("x y p t_s\n1 2 0 0.5\n3 4 1 0.75\n")],
  hdf5: async () => [await writeEvents(events, "hdf5")],
  npy: async () => [await writeEvents(events, "npy")],
  npz: async () => [await writeEvents(events, "npz")],
  nmnist: async () => [await writeEvents(randomRecording(400, [34, 34], 3), "nmnist")],
};

/** Files of a soak run in all, over the formats, half of them to be repaired. */
const TOTAL = Number(process.env.SPIKEWRIGHT_FUZZ ?? 1_000_000);
const CASES = { share: 4000, full: Math.ceil(TOTAL / Object.keys(SEEDS).length / 2) };
/** The HDF5 library takes a millisecond a file. */
const HDF5_CASES = { ...CASES, share: 300 };
/** Beside a multiple of the file: a part, and what unpacking may need. */
const SPARE = 32 * 1024 * 1024;

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** Bytes in buffers beyond `before`; what nobody holds any more is collected before that counts as too much. */
function memoryBeyond(before: number, bound: number): number {
  // A collection frees buffers in the background; the next one waits for that.
  for (let i = 0; i < 2 && process.memoryUsage().arrayBuffers - before > bound; i++) collectGarbage();
  return process.memoryUsage().arrayBuffers - before;
}

describe("mutated recordings", () => {
  it.each(Object.keys(SEEDS))("%s: one clear line, or what can be read; no hang, bounded memory", async (format) => {
    const seeds = await SEEDS[format]!();
    const before = process.memoryUsage().arrayBuffers;
    const bound = SPARE + 100 * Math.max(...seeds.map(({ length }) => length));
    let largest = 0;
    let eventsRead = 0;
    for (const repair of [false, true]) {
      const read = async (bytes: Uint8Array): Promise<void> => {
        const { events: parts } = await streamEventFile(bytes, { format, repair });
        for await (const { t } of parts) {
          eventsRead += t.length;
          // Fewer than some thirty events a byte: no format packs them tighter, and compressed ones claim no more.
          if (t.length > 4096 + 32 * bytes.length) throw new Error(`a part of ${t.length} events`);
        }
        largest = Math.max(largest, memoryBeyond(before, bound));
      };
      const counts = format === "hdf5" ? HDF5_CASES : CASES;
      const { slowestMs, codes, read: fine } = await fuzz(seeds, read, counts);
      expect(slowestMs).toBeLessThan(1000);
      expect(fine).toBeGreaterThan(0);
      if (!repair) expect(codes.size).toBeGreaterThan(0);
    }
    expect(eventsRead).toBeGreaterThan(0);
    expect(largest).toBeLessThan(bound);
  });

  it("are recognised, or refused in one line, without naming their format", async () => {
    const seeds = (await Promise.all(Object.values(SEEDS).map((make) => make()))).flat();
    const read = async (bytes: Uint8Array): Promise<void> => {
      const { events: parts } = await streamEventFile(bytes, { repair: true });
      for await (const { sensor } of parts) if (sensor && sensor[0] < 1) throw new ChipError("E_INPUT", "no sensor.");
    };
    const { slowestMs } = await fuzz(seeds, read, CASES);
    expect(slowestMs).toBeLessThan(1000);
  });
});
