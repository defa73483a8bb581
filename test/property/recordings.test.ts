import fc from "fast-check";
import { describe, it } from "vitest";
import { createEventStream, type EventStream } from "../../src/events/event-stream.ts";
import { EVENT_FORMATS, readEventFile, writeEvents } from "../../src/formats/event-files.ts";
import { aedat2File, aedat3File, aedat4File, datFile, esFile, evt21File } from "../support/recordings.ts";
import { soaking } from "../support/soak.ts";

const RUNS = { numRuns: soaking ? 2000 : 40, seed: 1 };
/** x and y that every format can hold; 240 is no row of N-MNIST. */
const WIDTH = 200;

/** Recordings with long pauses, many events at one time, or none. */
function recordings(longestWaitUs: number): fc.Arbitrary<EventStream> {
  const wait = fc.oneof(
    { weight: 4, arbitrary: fc.constant(0) },
    { weight: 4, arbitrary: fc.integer({ min: 1, max: 300 }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: longestWaitUs }) },
  );
  const event = fc.tuple(wait, fc.nat(WIDTH - 1), fc.nat(WIDTH - 1), fc.nat(1));
  return fc.array(event, { maxLength: 200 }).map((rows) => {
    const events = createEventStream(rows.length, [WIDTH, WIDTH]);
    let t = 0;
    for (const [i, [waitUs, x, y, p]] of rows.entries()) {
      t += waitUs;
      events.t[i] = t;
      events.x[i] = x;
      events.y[i] = y;
      events.p[i] = p;
    }
    return events;
  });
}

async function check(events: EventStream, bytes: Uint8Array, format: string): Promise<void> {
  const read = await readEventFile(bytes, { format, sensor: [WIDTH, WIDTH], chunkEvents: 64 });
  for (const field of ["t", "x", "y", "p"] as const) {
    if (read[field].length !== events[field].length)
      throw new Error(`${read[field].length} of ${events[field].length}`);
    const wrong = read[field].findIndex((value, i) => value !== events[field][i]);
    if (wrong >= 0) throw new Error(`${field}[${wrong}] is ${read[field][wrong]}, was ${events[field][wrong]}`);
  }
}

describe("write, then read: the same events in the same order", () => {
  const written = EVENT_FORMATS.filter(({ write }) => write).map(({ name }) => name);

  it.each(written)("%s", async (format) => {
    // Several times around the clocks of N-MNIST (2^23 us) and EVT3 (2^24 us).
    const property = fc.asyncProperty(recordings(2 ** 25), async (events) =>
      check(events, await writeEvents(events, format), format),
    );
    await fc.assert(property, RUNS);
  });

  it("evt2, around its clock of 2^34 us", async () => {
    const property = fc.asyncProperty(recordings(2 ** 35), async (events) =>
      check(events, await writeEvents(events, "evt2"), "evt2"),
    );
    await fc.assert(property, RUNS);
  });
});

describe("files of formats that are only read, made by hand: the same events", () => {
  const files: Readonly<Record<string, (events: EventStream) => Uint8Array | Promise<Uint8Array>>> = {
    aedat3: (events) => aedat3File(events, 50),
    dat: datFile,
    es: esFile,
    evt21: evt21File,
    aedat4: (events) => aedat4File(events, "zstd"),
  };

  it.each(Object.keys(files))("%s", async (format) => {
    const property = fc.asyncProperty(recordings(100_000), async (events) =>
      check(events, await files[format]!(events), format),
    );
    await fc.assert(property, RUNS);
  });

  it("aedat2, within the 128 columns of a DVS128", async () => {
    const property = fc.asyncProperty(recordings(2 ** 20), async (events) => {
      const small = { ...events, x: events.x.map((x) => x & 127), y: events.y.map((y) => y & 127) };
      await check(small, aedat2File(small), "aedat2");
    });
    await fc.assert(property, RUNS);
  });
});
