import { describe, expect, it } from "vitest";
import type { EventStream } from "../../../src/events/event-stream.ts";
import { readEventFile, writeEvents } from "../../../src/formats/event-files.ts";
import { ReadReport } from "../../../src/formats/read-report.ts";
import { chipErrorOf } from "../../support/errors.ts";
import { eventsOf, rowsOf } from "../../support/events.ts";
import {
  aedat2File,
  aedat3File,
  aedat4File,
  datFile,
  esFile,
  evt21File,
  randomRecording,
  text,
} from "../../support/recordings.ts";

const recording = randomRecording(3000, [128, 128], 1);
const FILES: Readonly<Record<string, () => Promise<Uint8Array> | Uint8Array>> = {
  npy: () => writeEvents(recording, "npy"),
  nmnist: () => writeEvents(recording, "nmnist"),
  aedat2: () => aedat2File(recording),
  aedat3: () => aedat3File(recording, 500),
  aedat4: () => aedat4File({ ...randomRecording(40_000, [128, 128], 1) }, "lz4"),
  evt2: () => writeEvents(recording, "evt2"),
  evt21: () => evt21File(recording),
  evt3: () => writeEvents(recording, "evt3"),
  dat: () => datFile(recording),
  es: () => esFile(recording),
  csv: () => writeEvents(recording, "csv"),
};

/** About in the middle, and inside a record of 2, 4, 5, 8 or 16 bytes; in text where a cell is missing. */
function cutPlace(whole: Uint8Array, format: string): number {
  const place = whole.length - 80 * Math.floor((0.4 * whole.length) / 80) - 1;
  return format === "csv" ? whole.lastIndexOf(0x2c, place) + 1 : place;
}

async function repaired(bytes: Uint8Array, options = {}): Promise<{ events: EventStream; report: ReadReport }> {
  const report = new ReadReport();
  return { events: await readEventFile(bytes, { repair: true, report, ...options }), report };
}

describe("a recording that is cut short", () => {
  it.each(Object.keys(FILES))("%s: refused with its offset, or read up to there", async (format) => {
    const options = { format, sensor: [128, 128] as const };
    const whole = await FILES[format]!();
    const cut = whole.subarray(0, cutPlace(whole, format));
    const all = await readEventFile(whole, options);
    const error = await chipErrorOf(() => readEventFile(cut, options), "E_DAMAGED");
    expect(error.message).toContain("--repair");
    expect(error.details.offset).toBeGreaterThan(0);

    const { events, report } = await repaired(cut, options);
    expect(events.t.length).toBeGreaterThan(0.2 * all.t.length);
    expect(events.t).toEqual(all.t.subarray(0, events.t.length));
    expect(events.x).toEqual(all.x.subarray(0, events.t.length));
    expect(report.warnings).toMatchObject([{ offset: expect.any(Number), count: 1 }]);
    expect(report.warnings[0]!.message).not.toContain("--repair");
  });

  it("leaves nothing to say about sound recordings", async () => {
    for (const [format, make] of Object.entries(FILES)) {
      const { report } = await repaired(await make(), { format, sensor: [128, 128] });
      expect(report.warnings, format).toEqual([]);
    }
  });
});

describe("damage in the middle", () => {
  it("AEDAT 4 goes on behind a packet that cannot be unpacked", async () => {
    const events = randomRecording(60_000, [346, 260], 4);
    const file = await aedat4File(events, "lz4");
    file[file.length >> 1]! ^= 0x20;
    const { events: read, report } = await repaired(file);
    expect(events.t.length - read.t.length).toBe(16_384);
    expect(report.warnings).toMatchObject([{ count: 1 }]);
  });

  it("CSV leaves out lines that are none, and counts them", async () => {
    const { events, report } = await repaired(text("t,x,y,p\n1,2,3,0\nbroken\n4,5,6,1\nx\n"));
    expect(rowsOf(events)).toEqual([
      [1, 2, 3, 0],
      [4, 5, 6, 1],
    ]);
    expect(report.warnings).toMatchObject([{ offset: 16, count: 2 }]);
  });
});

describe("time and place", () => {
  const csv = (rows: readonly string[]): Uint8Array => text("t,x,y,p\n", ...rows.map((row) => `${row}\n`));
  const times = async (rows: readonly number[]): Promise<{ t: number[]; report: ReadReport }> => {
    const { events, report } = await repaired(csv(rows.map((t) => `${t},0,0,0`)));
    return { t: [...events.t], report };
  };

  it("refuses time that runs backwards and events outside the sensor, naming the event", async () => {
    const back = await chipErrorOf(() => readEventFile(csv(["5,0,0,0", "4,0,0,0"])), "E_INPUT");
    expect(back.message).toContain("runs backwards in time at event 1 (4 us after 5 us)");
    const file = csv(["5,0,0,0", "6,9,0,0"]);
    const outside = await chipErrorOf(() => readEventFile(file, { sensor: [9, 9] }), "E_INPUT");
    expect(outside.message).toContain("event 1 at x 9, y 0 lies outside the sensor 9x9");
  });

  it("leaves out events outside the sensor", async () => {
    const { events, report } = await repaired(csv(["5,0,0,0", "6,9,0,0", "7,8,8,1", "8,0,99,1"]), { sensor: [9, 9] });
    expect(rowsOf(events)).toEqual([
      [5, 0, 0, 0],
      [7, 8, 8, 1],
    ]);
    expect(report.warnings).toMatchObject([{ event: 1, count: 2 }]);
  });

  it("a step back of up to 10 ms: the event gets the time of the one before", async () => {
    const { t, report } = await times([100, 20_000, 10_000, 30_000]);
    expect(t).toEqual([100, 20_000, 20_000, 30_000]);
    expect(report.warnings).toMatchObject([{ event: 2, count: 1 }]);
  });

  it("a few events that leap ahead are left out", async () => {
    const { t, report } = await times([100, 200, 90_000_000, 90_000_001, 300, 400]);
    expect(t).toEqual([100, 200, 300, 400]);
    expect(report.warnings).toMatchObject([{ event: 4, count: 2 }]);
  });

  it("a clock that was set back goes on from where it was", async () => {
    const { t, report } = await times([1_000_000, 1_000_100, 0, 50, 60]);
    expect(t).toEqual([1_000_000, 1_000_100, 1_000_100, 1_000_150, 1_000_160]);
    expect(report.warnings).toMatchObject([{ event: 2, count: 1 }]);
  });

  it("numbers events by their place in the file, whatever the size of parts", async () => {
    const rows = Array.from({ length: 100 }, (_, i) => `${i === 70 ? 0 : i * 20_000},0,0,0`);
    const { report } = await repaired(csv(rows), { chunkEvents: 8 });
    expect(report.warnings).toMatchObject([{ event: 70 }]);
  });
});

it("a report keeps one entry a kind, however much is broken", async () => {
  const rows = Array.from({ length: 5000 }, () => "x,y\n");
  const { events, report } = await repaired(text("t,x,y,p\n1,1,1,1\n", ...rows));
  expect(events).toEqual({ ...eventsOf([[1, 1, 1, 1]]) });
  expect(report.warnings.length).toBe(1);
  expect(report.warnings[0]).toMatchObject({ count: 5000 });
  expect(report.warnings[0]!.message).toMatch(/\(5,000 such places\)\.$/);
});
