import { describe, expect, it } from "vitest";
import { readEventFile, streamEventFile } from "../../../src/formats/event-files.ts";
import type { ReadEventsOptions } from "../../../src/formats/event-format.ts";
import { ReadReport } from "../../../src/formats/read-report.ts";
import { chipErrorOf } from "../../support/errors.ts";
import { rowsOf } from "../../support/events.ts";
import {
  AEDAT3_HEADER,
  aedat2Records,
  aedat3Event,
  aedat3Packet,
  aedat4File,
  bytesOf,
  datFile,
  davisAddress,
  dvs128Address,
  randomRecording,
  text,
  words16,
  words32,
} from "../../support/recordings.ts";

async function rowsIn(bytes: Uint8Array, options: ReadEventsOptions = {}): Promise<number[][]> {
  return rowsOf(await readEventFile(bytes, options));
}

async function reported(bytes: Uint8Array, options: ReadEventsOptions = {}): Promise<ReadReport> {
  const report = new ReadReport();
  await readEventFile(bytes, { ...options, report });
  return report;
}

describe("AEDAT 1.0 and 2.0", () => {
  const V2 = text("#!AER-DAT2.0\r\n# any\r\n");

  it("DVS128 fields come as stored, in either version", async () => {
    const rows = [
      [5, 3, 100, 1],
      [9, 127, 0, 0],
    ];
    const v2 = bytesOf(V2, aedat2Records([dvs128Address(3, 100, 1), 5], [dvs128Address(127, 0, 0), 9]));
    expect(await rowsIn(v2)).toEqual(rows);
    const v1 = bytesOf(text("#!AER-DAT1.0\n"), [100, 7, 0, 0, 0, 5], [0, 254, 0, 0, 0, 9]);
    expect(await rowsIn(v1)).toEqual(rows);
    expect((await readEventFile(v1)).sensor).toEqual([128, 128]);
  });

  it("the worked bytes of one event: 00 00 64 07 | 00 00 00 05 is x 3, y 100, p 1 at 5 us", async () => {
    expect(await rowsIn(bytesOf(V2, [0, 0, 0x64, 7, 0, 0, 0, 5]))).toEqual([[5, 3, 100, 1]]);
  });

  it("flips, swaps and inverts only on request", async () => {
    const file = bytesOf(V2, aedat2Records([dvs128Address(3, 100, 1), 5]));
    expect(await rowsIn(file, { orientation: { flipX: true, flipY: true, invertPolarity: true } })).toEqual([
      [5, 124, 27, 0],
    ]);
    expect(await rowsIn(file, { orientation: { swapXY: true } })).toEqual([[5, 100, 3, 1]]);
  });

  it("skips and counts what bit 15 marks as no pixel event", async () => {
    const file = bytesOf(V2, aedat2Records([0x8000, 1], [dvs128Address(1, 2, 0), 5]));
    expect(await rowsIn(file)).toEqual([[5, 1, 2, 0]]);
    expect((await reported(file)).skipped).toEqual({ "external events, APS and IMU samples": 1 });
  });

  it("takes the camera from the header or from the caller, and skips frames of a DAVIS", async () => {
    const records = aedat2Records([0x80000000, 1], [davisAddress(239, 179, 1), 4], [0x400, 5]);
    const named = text("#!AER-DAT2.0\r\n# AEChip: eu.seebetter.ini.chips.davis.DAVIS240C\r\n");
    expect(await rowsIn(bytesOf(named, records))).toEqual([[4, 239, 179, 1]]);
    expect(await rowsIn(bytesOf(V2, records), { camera: "davis240" })).toEqual([[4, 239, 179, 1]]);
    expect((await chipErrorOf(() => readEventFile(bytesOf(V2, records)), "E_DAMAGED")).message).toContain("--camera");
  });

  it("data that begins with the letter of header lines is data", async () => {
    const named = text("#!AER-DAT2.0\r\n# AEChip: DAVIS240C\r\n");
    const file = bytesOf(named, aedat2Records([0x23000000, 1]));
    expect(await rowsIn(file)).toEqual([[1, 0, 140, 0]]);
  });

  it("the time stamp runs over after 2^32 us and times go on", async () => {
    const file = bytesOf(V2, aedat2Records([2, 0xfffffffe], [2, 3]));
    expect((await rowsIn(file)).map(([t]) => t)).toEqual([2 ** 32 - 2, 2 ** 32 + 3]);
    expect((await reported(file)).clockOverflows).toBe(1);
  });
});

describe("AEDAT 3.1", () => {
  it("reads valid polarity events of all packets, counts the rest", async () => {
    const file = bytesOf(
      AEDAT3_HEADER,
      aedat3Packet(bytesOf(aedat3Event(10, 127, 1, 1), aedat3Event(11, 5, 6, 0, 0))),
      aedat3Packet(new Uint8Array(16), { type: 0 }),
      aedat3Packet(aedat3Event(3, 0, 127, 0), { overflow: 1 }),
    );
    expect((await streamEventFile(file)).format).toBe("aedat3");
    expect(await rowsIn(file)).toEqual([
      [10, 127, 1, 1],
      [2 ** 31 + 3, 0, 127, 0],
    ]);
    expect((await reported(file)).skipped).toEqual({ "invalid events": 1, "special events": 2 });
    expect((await readEventFile(file)).sensor).toEqual([128, 128]);
  });

  it("refuses 3.0 by its version", async () => {
    await chipErrorOf(() => readEventFile(text("#!AER-DAT3.0\r\n")), "E_VERSION");
  });
});

describe("AEDAT 4", () => {
  it.each(["none", "lz4", "zstd"] as const)("packets packed by %s hold the same events", async (compression) => {
    const events = randomRecording(40_000, [346, 260], 1);
    const read = await readEventFile(await aedat4File(events, compression));
    expect(read).toEqual(events);
  });

  it("refuses a packet whose checksum differs", async () => {
    const file = await aedat4File(randomRecording(2000, [346, 260], 1), "lz4");
    file[2000]! ^= 0x40;
    const error = await chipErrorOf(() => readEventFile(file), "E_DAMAGED");
    expect(error.details.offset).toBeGreaterThan(500);
  });
});

describe("Prophesee RAW", () => {
  it("EVT 2.0: time high and low, triggers skipped, nothing before the first time", async () => {
    const file = bytesOf(
      text("% evt 2.0\n% geometry 640x480\n% end\n"),
      words32(
        0x10000000,
        0x80000002,
        (1 << 28) | (5 << 22) | (639 << 11) | 479,
        0xa0000000,
        (63 << 22) | (1 << 11) | 2,
      ),
    );
    expect(await rowsIn(file)).toEqual([
      [133, 639, 479, 1],
      [191, 1, 2, 0],
    ]);
    expect((await reported(file)).skipped).toEqual({ "events before the first time": 1, "external triggers": 1 });
  });

  it("EVT 2.0: a time high that falls from its end to its beginning is a loop of 2^34 us", async () => {
    const file = bytesOf(text("% evt 2.0\n"), words32(0x8fffffff, 0, 0x80000000, 0));
    expect((await rowsIn(file)).map(([t]) => t)).toEqual([2 ** 34 - 64, 2 ** 34]);
    expect((await reported(file)).clockOverflows).toBe(1);
  });

  it("EVT 2.1: bits of the mask are events, in either order of the halves", async () => {
    const upper = [0x80000001, (1 << 28) | (2 << 22) | (32 << 11) | 7];
    const lower = [0, 0x80000005];
    const rows = [0, 2, 31].map((bit) => [66, 32 + bit, 7, 1]);
    const native = words32(lower[0]!, upper[0]!, lower[1]!, upper[1]!);
    const legacy = words32(upper[0]!, lower[0]!, upper[1]!, lower[1]!);
    expect(await rowsIn(bytesOf(text("% evt 2.1\n% end\n"), native))).toEqual(rows);
    expect(await rowsIn(bytesOf(text("% evt 2.1\n% endianness legacy\n% end\n"), legacy))).toEqual(rows);
  });

  it("EVT 3.0: states and vectors", async () => {
    const file = bytesOf(
      text("% format EVT3;height=720;width=1280\n% end\n"),
      words16(
        0x2005, // before the first time
        0x8001, // time high 1: 4096 us
        0x6003, // time low 3
        0x0064, // row 100
        0x280a, // column 10, ON: an event
        0x3000 | 500, // vector base 500, OFF
        0x4000 | 0x801, // columns 500 and 511
        0x5000 | 0x81, // columns 512 and 519
        0x8001, // the same time high leaves the low bits alone
        0x2001,
        0x8002, // the next one sets them to zero
        0x2002,
        0xa000, // trigger
      ),
    );
    expect(await rowsIn(file)).toEqual([
      [4099, 10, 100, 1],
      [4099, 500, 100, 0],
      [4099, 511, 100, 0],
      [4099, 512, 100, 0],
      [4099, 519, 100, 0],
      [4099, 1, 100, 0],
      [8192, 2, 100, 0],
    ]);
    expect((await readEventFile(file)).sensor).toEqual([1280, 720]);
    expect((await reported(file)).skipped).toEqual({ "words before the first time": 1, "external triggers": 1 });
  });

  it("EVT 3.0: the clock runs over after 2^24 us", async () => {
    const file = bytesOf(text("% evt 3.0\n% end\n"), words16(0x8fff, 0x6fff, 0x2000, 0x8000, 0x2000));
    expect((await rowsIn(file)).map(([t]) => t)).toEqual([2 ** 24 - 1, 2 ** 24]);
  });

  it("names a version that it does not read, and a file that names none", async () => {
    const evt4 = await chipErrorOf(() => readEventFile(text("% evt 4.0\n% end\n1234")), "E_FORMAT");
    expect(evt4.message).toContain("EVT 4.0");
    const none = await chipErrorOf(() => readEventFile(text("% Date 2020\n% end\n1234")), "E_FORMAT");
    expect(none.message).toContain("--format");
  });
});

describe("Prophesee DAT", () => {
  it("version 2 has 14 bits for x and y, version 1 has 9 and 8", async () => {
    const two = bytesOf(text("% Version 2\n"), [12, 8], words32(7, (1 << 28) | (300 << 14) | 600));
    expect(await rowsIn(two)).toEqual([[7, 600, 300, 1]]);
    const one = bytesOf(text("% Data file\n"), [0, 8], words32(7, (1 << 17) | (239 << 9) | 303));
    expect(await rowsIn(one)).toEqual([[7, 303, 239, 1]]);
  });

  it("refuses a file of triggers", async () => {
    const error = await chipErrorOf(() => readEventFile(bytesOf(text("% Version 2\n"), [14, 8])), "E_FORMAT");
    expect(error.message).toContain("external triggers");
  });

  it("takes the sensor from its header", async () => {
    expect((await readEventFile(datFile(randomRecording(10, [304, 240], 2)))).sensor).toEqual([304, 240]);
  });
});

describe("Event Stream", () => {
  it("adds up waits, passes over filler", async () => {
    const head = bytesOf(text("Event Stream"), [2, 0, 0, 1, 64, 1, 240, 0]);
    const file = bytesOf(head, [(3 << 1) | 1, 63, 1, 239, 0], [0xff, 0xfe], [1 << 1, 2, 0, 5, 0]);
    expect(await rowsIn(file)).toEqual([
      [3, 319, 239, 1],
      [131, 2, 5, 0],
    ]);
    expect((await readEventFile(file)).sensor).toEqual([320, 240]);
  });
});

describe("CSV", () => {
  it.each([
    ["commas", "t,x,y,p\n5,1,2,0\n6,3,4,1\n"],
    ["another order and Windows line ends", "polarity,y,x,timestamp\r\n0,2,1,5\r\n1,4,3,6\r\n"],
    ["semicolons, no line end at the end", "x;y;p;ts\n1;2;0;5\n3;4;1;6"],
    ["spaces, a comment, an empty line, a further column", "# made by hand\nt x y p id\n\n5 1 2 0 7\n6 3 4 1 8\n"],
    ["seconds", "t_s,x,y,p\n5e-6,1,2,0\n0.000006,3,4,1\n"],
    ["OFF as -1, quotation marks", '"t [us]","x","y","p"\n5,1,2,-1\n6,3,4,1\n'],
  ])("%s", async (_, file) => {
    expect(await rowsIn(text(file))).toEqual([
      [5, 1, 2, 0],
      [6, 3, 4, 1],
    ]);
  });

  it("shows the line that is no event, with its number and offset", async () => {
    const error = await chipErrorOf(() => readEventFile(text("t,x,y,p\n5,1,2,0\n6,3,four,1\n")), "E_DAMAGED");
    expect(error.message).toContain('line 3 (offset 16) is no event: "6,3,four,1"');
  });

  it("lines that end at the border of what is read at once are whole", async () => {
    const events = randomRecording(200_000, [128, 128], 3);
    const { t, x, y, p } = events;
    const lines = Array.from(t, (us, i) => `${us},${x[i]},${y[i]},${p[i]}\n`);
    const file = text(`t,x,y,p\n${lines.join("")}`);
    expect(file.length).toBeGreaterThan(2 << 20);
    expect((await readEventFile(file)).t).toEqual(t);
  });
});
