import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join, normalize } from "node:path";
import { describe, expect, it } from "vitest";
import { type EventStream, sliceEvents } from "../../../src/events/event-stream.ts";
import { summarizeEvents } from "../../../src/events/summary.ts";
import { readEventFile, streamEventFile } from "../../../src/formats/event-files.ts";
import { dataPath, dataRoot } from "../../support/data.ts";
import { chipErrorOf } from "../../support/errors.ts";
import { rowsOf } from "../../support/events.ts";

interface Expected {
  readonly sensor: readonly [number, number];
  readonly count: number;
  readonly first: number[][];
  readonly last: number[][];
  readonly p1_count: number;
  readonly x_range: readonly [number, number];
  readonly sha256: { t_i64le: string; x_u16le: string; y_u16le: string; p_u8: string };
}

const FORMATS: readonly (readonly [ending: RegExp, format: string])[] = [
  [/\.aedat$/, "aedat2"],
  [/\.aedat4$/, "aedat4"],
  [/evt2.*\.raw$/, "evt2"],
  [/evt3.*\.raw$/, "evt3"],
  [/\.dat$/, "dat"],
  [/\.es$/, "es"],
  [/\.bin$/, "nmnist"],
];

const folder = "event_formats";
const expected: Record<string, Expected> = dataRoot
  ? JSON.parse(readFileSync(dataPath(folder, "expected.json"), "utf8"))
  : {};
const recordings = Object.keys(expected).filter((file) => expected[file]!.count !== undefined);

function hashesOf({ t, x, y, p }: EventStream): Expected["sha256"] {
  const hash = (data: NodeJS.ArrayBufferView): string => createHash("sha256").update(data).digest("hex");
  return {
    t_i64le: hash(BigInt64Array.from(t, BigInt)),
    x_u16le: hash(x),
    y_u16le: hash(y),
    p_u8: hash(Uint8Array.from(p)),
  };
}

describe.skipIf(!dataRoot)("real recordings", () => {
  it.each(recordings)("%s decodes to the events of independent decoders", async (file) => {
    const { sensor, count, first, last, p1_count, sha256 } = expected[file]!;
    const path = normalize(dataPath(folder, file));
    const { format } = await streamEventFile(path);
    expect(format).toBe(FORMATS.find(([ending]) => ending.test(file))?.[1]);
    const events = await readEventFile(path);
    expect(events.t.length).toBe(count);
    expect(rowsOf(sliceEvents(events, 0, 3))).toEqual(first);
    expect(rowsOf(sliceEvents(events, count - 3, count))).toEqual(last);
    expect(summarizeEvents(events)).toMatchObject({ sensor, on: p1_count });
    expect(hashesOf(events)).toEqual(sha256);
  });

  it("names what it skipped in the AEDAT 4 recording", async () => {
    const { events, report } = await streamEventFile(dataPath(folder, "aestream_davis.aedat4"));
    for await (const part of events) expect(part.sensor).toEqual([346, 260]);
    expect(report.skipped).toEqual({ "frame packets": 3, "IMU packets": 13, "trigger packets": 11 });
    expect(report.warnings).toEqual([]);
  });

  it("finds no events behind a header without data, and the camera in it", async () => {
    const path = dataPath(folder, "tonic_sample_aedat2_header.aedat");
    expect((await streamEventFile(path)).format).toBe("aedat2");
    expect((await readEventFile(path)).t.length).toBe(0);
  });

  it("reads the CSV without column names only when told them", async () => {
    const path = dataPath(folder, "aestream_sample.csv");
    const error = await chipErrorOf(() => readEventFile(path), "E_FORMAT");
    expect(error.message).toContain("--columns t,x,y,p");
    const events = await readEventFile(path, { columns: "t,x,y,p" });
    expect(rowsOf(sliceEvents(events, 0, 2))).toEqual([
      [0, 0, 0, 0],
      [1, 1, 1, 0],
    ]);
  });

  it.each([
    ["tonic_sample_stmnist.mat", "MATLAB"],
    ["faery_generic.es", "generic"],
  ])("refuses %s and says why", async (file, word) => {
    const error = await chipErrorOf(() => readEventFile(dataPath(folder, file)), "E_FORMAT");
    expect(error.message).toContain(word);
  });

  it.each(recordings)("%s reads the same in small parts", async (file) => {
    const { events } = await streamEventFile(join(dataPath(folder), file), { chunkEvents: 1000 });
    let count = 0;
    let largest = 0;
    for await (const { t } of events) {
      count += t.length;
      largest = Math.max(largest, t.length);
    }
    expect(count).toBe(expected[file]!.count);
    expect(largest).toBeLessThan(20_000);
  });
});
