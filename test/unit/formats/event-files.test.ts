import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEventStream, type EventStream, type SensorSize } from "../../../src/events/event-stream.ts";
import { readEventFile, streamEventFile, writeEventFile, writeEvents } from "../../../src/formats/event-files.ts";
import { writeNpy, writeNpyRecords } from "../../../src/formats/npy.ts";
import { writeNpz } from "../../../src/formats/npz.ts";
import { Random } from "../../../src/random.ts";
import { dataPath, dataRoot } from "../../support/data.ts";
import { chipErrorOf } from "../../support/errors.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "events-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function randomEvents(count: number, sensor: SensorSize = [34, 34], seed = 1): EventStream {
  const random = new Random(seed);
  const events = createEventStream(count, sensor);
  let t = 0;
  for (let i = 0; i < count; i++) {
    t += random.below(200);
    events.t[i] = t;
    events.x[i] = random.below(sensor[0]);
    events.y[i] = random.below(sensor[1]);
    events.p[i] = random.below(2);
  }
  return events;
}

/** Records of an N-MNIST file. */
function nmnistFile(...records: readonly (readonly [t: number, x: number, y: number, p: number])[]): Uint8Array {
  return Uint8Array.from(records.flatMap(([t, x, y, p]) => [x, y, (p << 7) | (t >> 16), (t >> 8) & 255, t & 255]));
}

const inFile = (name: string, bytes: Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};

describe("every written format", () => {
  it.each(["npz", "npy", "nmnist"])("%s gives back the same events, whole and in parts", async (format) => {
    const events = randomEvents(3000);
    const bytes = await writeEvents(events, format);
    const path = inFile(`round.${format === "nmnist" ? "bin" : format}`, bytes);
    const { sensor: _, ...columns } = events;
    for (const input of format === "nmnist" ? [path] : [path, bytes])
      expect(await readEventFile(input)).toMatchObject(columns);

    const stream = await streamEventFile(path, { chunkEvents: 700 });
    expect(stream.format).toBe(format);
    const parts: EventStream[] = [];
    for await (const part of stream.events) parts.push(part);
    expect(parts.map(({ t }) => t.length)).toEqual([700, 700, 700, 700, 200]);
    expect(parts.flatMap(({ t }) => [...t])).toEqual([...events.t]);
    expect(await writeEvents(events, format)).toEqual(bytes);
  });

  it("npz remembers the sensor, and times are written in the recording's own clock", async () => {
    const events = { ...randomEvents(10, [640, 480]), originUs: 1_633_953_690_975_950 };
    const read = await readEventFile(await writeEvents(events, "npz"));
    expect(read.sensor).toEqual([640, 480]);
    expect(read.originUs).toBe(0);
    expect(read.t[9]).toBe(events.originUs + events.t[9]);
  });

  it("chooses the format by the name's ending and writes whole files only", async () => {
    const path = join(folder, "out.npz");
    await writeEventFile(path, randomEvents(5));
    await chipErrorOf(() => writeEventFile(path, randomEvents(6)), "E_FILE_EXISTS");
    await writeEventFile(path, randomEvents(6), { force: true });
    expect((await readEventFile(path)).t).toHaveLength(6);
    await chipErrorOf(() => writeEventFile(join(folder, "out.mp4"), randomEvents(5)), "E_OPTION");
  });
});

describe("N-MNIST", () => {
  it("adds 8,192 us for each overflow marker, which is no event", async () => {
    const path = inFile(
      "overflow.bin",
      nmnistFile([8000, 1, 2, 1], [0, 0, 240, 0], [100, 3, 4, 0], [0, 0, 240, 0], [100, 5, 6, 1]),
    );
    const { t, x, y, p } = await readEventFile(path);
    expect([[...t], [...x], [...y], [...p]]).toEqual([
      [8000, 8292, 16484],
      [1, 3, 5],
      [2, 4, 6],
      [1, 0, 1],
    ]);
  });

  it("writes times beyond the 23-bit clock with markers", async () => {
    const events = createEventStream(3, [34, 34]);
    events.t.set([0, 2 ** 23 - 1, 30_000_000]);
    const path = inFile("long.bin", await writeEvents(events, "nmnist"));
    expect([...(await readEventFile(path)).t]).toEqual([...events.t]);
  });

  it("refuses to write what it cannot hold, naming the event", async () => {
    const events = createEventStream(2, [640, 480]);
    events.x[1] = 300;
    const error = await chipErrorOf(() => writeEvents(events, "nmnist"), "E_INPUT");
    expect(error.details).toEqual({ event: 1 });
  });

  it("is cut short when bytes are left over", async () => {
    const bytes = await writeEvents(randomEvents(40), "nmnist");
    const error = await chipErrorOf(() => readEventFile(inFile("cut.bin", bytes.subarray(0, 198))), "E_DAMAGED");
    expect(error.details).toMatchObject({ offset: 195 });
    expect(error.message).toContain("event 39");
  });

  it("needs the sensor's size for larger sensors", async () => {
    const path = inFile("caltech.bin", nmnistFile([1, 100, 20, 0], [2, 239, 179, 1]));
    const error = await chipErrorOf(() => readEventFile(path), "E_INPUT");
    expect(error.message).toContain("event 0 at x 100, y 20 lies outside the sensor 34x34");
    expect((await readEventFile(path, { sensor: [240, 180] })).sensor).toEqual([240, 180]);
  });
});

describe("NumPy recordings", () => {
  it("reads fields by name, in any order and under the names that tools use", async () => {
    const bytes = writeNpyRecords({
      x: { data: Int16Array.of(1, 2) },
      y: { data: Int16Array.of(3, 4) },
      timestamp: { data: Float64Array.of(10, 20), type: "i8" },
      polarity: { data: Int8Array.of(-1, 1) },
    });
    const { t, x, y, p } = await readEventFile(bytes);
    expect([[...t], [...x], [...y], [...p]]).toEqual([
      [10, 20],
      [1, 2],
      [3, 4],
      [0, 1],
    ]);
  });

  it("reads what the emulator writes and archives with one structured array", async () => {
    const output = writeNpz(
      {
        t: Float64Array.of(1, 2),
        core: Uint8Array.of(0, 0),
        feature: Uint16Array.of(5, 300),
        y: Uint8Array.of(1, 1),
        x: Uint8Array.of(2, 2),
      },
      { "meta.json": '{"layers":[]}' },
    );
    expect([...(await readEventFile(output)).p]).toEqual([5, 300]);
    const { readNpz } = await import("../../../src/formats/npz.ts");
    const single = (await import("../../../src/formats/zip.ts")).writeZip(
      { "arr_0.npy": await writeEvents(randomEvents(9), "npy") },
      true,
    );
    expect((await readNpz(single, "s.npz")).arrays.size).toBe(1);
    expect((await readEventFile(single)).t).toEqual(randomEvents(9).t);
  });

  it("says what is missing or ambiguous", async () => {
    const four = await chipErrorOf(() => readEventFile(writeNpy(new Float64Array(8), { shape: [2, 4] })), "E_FORMAT");
    expect(four.message).toContain("does not say which column is t, x, y and p");
    const noP = await chipErrorOf(
      () =>
        readEventFile(
          writeNpyRecords({
            t: { data: Uint8Array.of(1) },
            x: { data: Uint8Array.of(1) },
            y: { data: Uint8Array.of(1) },
          }),
        ),
      "E_FORMAT",
    );
    expect(noP.message).toContain("no field p (only t, x, y)");
    const other = await chipErrorOf(
      () => readEventFile(writeNpz({ weights: Float32Array.of(1), bias: Float32Array.of(1) })),
      "E_FORMAT",
    );
    expect(other.message).toContain("it has weights.npy, bias.npy");
  });

  it("refuses fractional times, negative addresses and columns of different lengths", async () => {
    const base = { x: Uint8Array.of(1, 1), y: Uint8Array.of(1, 1), p: Uint8Array.of(1, 1) };
    const seconds = await chipErrorOf(
      () => readEventFile(writeNpz({ t: Float64Array.of(0, 0.25), ...base })),
      "E_INPUT",
    );
    expect(seconds.message).toContain("event 1 is 0.25, not whole microseconds");
    await chipErrorOf(
      () => readEventFile(writeNpz({ t: Float64Array.of(0, 1), ...base, x: Int16Array.of(1, -2) })),
      "E_INPUT",
    );
    await chipErrorOf(() => readEventFile(writeNpz({ t: Float64Array.of(0, 1, 2), ...base })), "E_INPUT");
  });
});

describe("rules for all formats", () => {
  it("refuses time that runs backwards, also from one part to the next", async () => {
    const events = randomEvents(10);
    events.t[6] = events.t[5] - 1;
    for (const chunkEvents of [100, 3, 6]) {
      const error = await chipErrorOf(
        async () => readEventFile(await writeEvents(events, "npz"), { chunkEvents }),
        "E_INPUT",
      );
      expect(error.details).toMatchObject({ event: 6 });
      expect(error.message).toContain(`${events.t[6]} us after ${events.t[5]} us`);
    }
  });

  it("refuses events outside a sensor that the caller states", async () => {
    const error = await chipErrorOf(
      async () => readEventFile(await writeEvents(randomEvents(50), "npy"), { sensor: [8, 34] }),
      "E_INPUT",
    );
    expect(error.message).toContain("outside the sensor 8x34");
  });

  it("recognises the format by content, not by the ending", async () => {
    const npz = inFile("wrong.bin", await writeEvents(randomEvents(20), "npz"));
    expect((await streamEventFile(npz)).format).toBe("npz");
    const bin = inFile("nmnist.dat", await writeEvents(randomEvents(200), "nmnist"));
    expect((await streamEventFile(bin)).format).toBe("nmnist");
    await chipErrorOf(
      () =>
        streamEventFile(inFile("text.bin", new TextEncoder().encode("No events in here, only words.\n".repeat(40)))),
      "E_FORMAT",
    );
  });

  it("takes a format by name, and knows which there are", async () => {
    const path = inFile("short.xyz", nmnistFile([5, 1, 1, 1]));
    await chipErrorOf(() => readEventFile(path), "E_FORMAT");
    expect((await readEventFile(path, { format: "nmnist" })).t).toEqual(Float64Array.of(5));
    await chipErrorOf(() => readEventFile(path, { format: "vhs" }), "E_OPTION");
  });

  it("has one clear line for missing, empty and unreadable files", async () => {
    await chipErrorOf(() => readEventFile(join(folder, "nowhere.bin")), "E_FILE_NOT_FOUND");
    await chipErrorOf(() => readEventFile(folder), "E_FILE_ACCESS");
    await chipErrorOf(() => readEventFile(inFile("empty.npz", new Uint8Array(0))), "E_DAMAGED");
  });

  it("closes the file when the reader stops early", async () => {
    const path = inFile("early.npz", await writeEvents(randomEvents(5000), "npz"));
    for (let i = 0; i < 30; i++) {
      const { events } = await streamEventFile(path, { chunkEvents: 10 });
      for await (const part of events) {
        expect(part.t).toHaveLength(10);
        break;
      }
    }
    const open = openFiles("/proc/self/fd").filter((target) => target.startsWith(folder));
    expect(open).toEqual([]);
  });
});

/** Targets of this process's open files where the system shows them. */
function openFiles(path: string): string[] {
  if (!existsSync(path)) return [];
  return readdirSync(path).flatMap((fd) => {
    try {
      return [readlinkSync(join(path, fd))];
    } catch {
      return [];
    }
  });
}

describe.skipIf(!dataRoot)("real recordings", () => {
  interface Expected {
    readonly sensor: SensorSize;
    readonly count: number;
    readonly p1_count: number;
    readonly sha256: Readonly<Record<string, string>>;
  }

  const hash = (values: ArrayBufferView): string =>
    createHash("sha256")
      .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
      .digest("hex");

  it("decodes tonic's N-MNIST sample as an independent decoder did", async () => {
    const all = JSON.parse(readFileSync(dataPath("event_formats", "expected.json"), "utf8")) as Record<
      string,
      Expected
    >;
    const expected = all["tonic_sample_nmnist.bin"];
    const { format } = await streamEventFile(dataPath("event_formats", "tonic_sample_nmnist.bin"));
    const events = await readEventFile(dataPath("event_formats", "tonic_sample_nmnist.bin"));
    expect(format).toBe("nmnist");
    expect(events.sensor).toEqual(expected.sensor);
    expect(events.t).toHaveLength(expected.count);
    expect(events.p.reduce((sum, p) => sum + p, 0)).toBe(expected.p1_count);
    expect({
      t_i64le: hash(BigInt64Array.from(events.t, BigInt)),
      x_u16le: hash(events.x),
      y_u16le: hash(events.y),
      p_u8: hash(Uint8Array.from(events.p)),
    }).toEqual(expected.sha256);
    expect(await writeEvents(events, "nmnist")).toEqual(
      Uint8Array.from(readFileSync(dataPath("event_formats", "tonic_sample_nmnist.bin"))),
    );
  });

  it("recognises and reads every N-MNIST recording of the set", async () => {
    const files = readdirSync(dataPath("nmnist_1100", "dev")).filter((name) => name.endsWith(".bs2"));
    expect(files.length).toBeGreaterThan(800);
    for (const file of files) {
      const { format, events } = await streamEventFile(dataPath("nmnist_1100", "dev", file));
      let count = 0;
      for await (const part of events) count += part.t.length;
      expect(format, file).toBe("nmnist");
      expect(count, file).toBeGreaterThan(500);
    }
  });

  it("does not take other real recordings for N-MNIST", async () => {
    const others = readdirSync(dataPath("event_formats")).filter((name) =>
      /\.(aedat4?|es|raw|dat|csv|mat)$/.test(name),
    );
    expect(others.length).toBeGreaterThan(5);
    for (const name of others) {
      const bytes = Uint8Array.from(readFileSync(dataPath("event_formats", name)));
      const format = await streamEventFile(bytes).then(
        (stream) => stream.format,
        (error: { code: string }) => error.code,
      );
      expect(format, name).not.toBe("nmnist");
    }
  });
});
