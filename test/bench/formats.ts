import { streamEventFile, writeEvents } from "../../src/formats/event-files.ts";
import { aedat2File, aedat4File, datFile, esFile, randomRecording } from "../support/recordings.ts";
import type { Line } from "./event-mode.ts";
import { measureSlow, ratio } from "./measure.ts";

const EVENTS = 500_000;
const ROUNDS = 9;
const ROUND_MS = 60;
/**
 * What is promised is events a second on the server where it was promised, on which this very copy (2 to 8 MB, which stay in
 * the cache) runs at 46 to 60 GB/s; the ratio to copying the same bytes is what can be compared from machine to machine.
 */
const COPY_BYTES_PER_SECOND = 50e9;

/** Reading whole recordings from memory, checks of time and place included, against copying the bytes of the file. */
export async function benchFormats(): Promise<Line[]> {
  const events = randomRecording(EVENTS, [128, 128], 1, 8);
  const files: readonly (readonly [name: string, bytes: Uint8Array, promised?: number])[] = [
    ["EVT2", await writeEvents(events, "evt2"), 20e6],
    ["DAT", datFile(events), 20e6],
    ["AEDAT 2", aedat2File(events), 20e6],
    ["npz", await writeEvents(events, "npz"), 20e6],
    ["EVT3", await writeEvents(events, "evt3"), 10e6],
    ["AEDAT 4, not packed", await aedat4File(events, "none"), 10e6],
    ["AEDAT 4, LZ4", await aedat4File(events, "lz4")],
    ["Event Stream", esFile(events)],
    ["npy", await writeEvents(events, "npy")],
    ["HDF5", await writeEvents(events, "hdf5")],
    ["CSV", await writeEvents(events, "csv")],
  ];
  const lines: Line[] = [];
  for (const [name, bytes, promised] of files) lines.push(await line(name, bytes, promised));
  return lines;
}

async function line(name: string, bytes: Uint8Array, promised: number | undefined): Promise<Line> {
  const target = new Uint8Array(bytes.length);
  const rates = await measureSlow(
    [
      { name: "read", run: () => readAll(bytes) },
      {
        name: "copy",
        run: () => {
          target.set(bytes);
          return Promise.resolve(EVENTS);
        },
      },
    ],
    ROUNDS,
    ROUND_MS,
  );
  const [speed, against] = rates as [Line["speed"], Line["against"]];
  return {
    what: `${name}: read against copied (${(bytes.length / EVENTS).toFixed(1)} bytes an event)`,
    speed,
    against,
    ratio: ratio(rates, "read", "copy"),
    ...(promised === undefined ? {} : { atLeast: (promised * bytes.length) / EVENTS / COPY_BYTES_PER_SECOND }),
  };
}

async function readAll(bytes: Uint8Array): Promise<number> {
  const { events } = await streamEventFile(bytes);
  let count = 0;
  for await (const { t } of events) count += t.length;
  if (count !== EVENTS) throw new Error(`${count} of ${EVENTS} events were read`);
  return count;
}
