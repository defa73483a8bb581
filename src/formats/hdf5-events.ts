import { ChipError } from "../errors.ts";
import { createEventStream, type EventStream, type SensorSize, sliceEvents } from "../events/event-stream.ts";
import type { ByteSource } from "./byte-source.ts";
import { DEFAULT_CHUNK_EVENTS, type EventFormat, type ReadEventsOptions } from "./event-format.ts";
import { type Hdf5Group, type Hdf5Numbers, readHdf5, writeHdf5 } from "./hdf5.ts";
import { tolerate } from "./read-report.ts";

/**
 * HDF5 recordings (Gehrig et al. 2021 for DSEC; Metavision SDK documentation, "HDF5 Event File Format"). Read:
 * - DSEC's layout and the like: lists t, x, y, p in the group `events` or at the root, and perhaps `t_offset`, which is
 *   added to all times;
 * - Prophesee's: records {x, y, p, t} at `CD/events`, the sensor in the attribute `geometry`.
 *
 * Written is the first, t as 64-bit microseconds, with the sensor as `sensor: [width, height]`. Lists that are packed with
 * Blosc (DSEC) or Prophesee's ECF are refused: the library has neither. The file and its events are held in memory, unlike
 * those of other formats. When repairing, lists of different lengths are read as far as the shortest goes.
 */
export const hdf5Events: EventFormat = {
  name: "hdf5",
  title: "HDF5",
  extensions: [".h5", ".hdf5"],
  detect: (head) => (SIGNATURE.every((byte, i) => head[i] === byte) ? 1 : 0),
  read,
  write,
};

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
const FILTERS: Readonly<Record<number, string>> = { 32001: "Blosc", 36559: "Prophesee's ECF", 32015: "Zstd" };
const LARGEST_FILE = 2 ** 31;

type Values = Hdf5Numbers["values"];
interface Columns {
  readonly t: Values;
  readonly x: Values;
  readonly y: Values;
  readonly p: Values;
  readonly offsetUs: number;
  readonly sensor?: SensorSize;
}

async function* read(source: ByteSource, options: ReadEventsOptions): AsyncGenerator<EventStream> {
  if (source.size >= LARGEST_FILE) {
    throw new ChipError("E_FORMAT", `${source.name} has ${source.size} bytes; HDF5 files up to 2 GiB are read.`);
  }
  const bytes = await source.read(0, source.size);
  const columns = await readHdf5(bytes, source.name, (root) => readColumns(root, source.name));
  const { chunkEvents = DEFAULT_CHUNK_EVENTS } = options;
  const lengths = [columns.t, columns.x, columns.y, columns.p].map(({ length }) => length);
  const count = Math.min(...lengths);
  if (count !== Math.max(...lengths)) {
    tolerate(
      {
        kind: "lengths",
        fault: `${source.name} has lists of different lengths (t ${lengths[0]}, x ${lengths[1]}, y ${lengths[2]}, p ${lengths[3]})`,
        mended: "events beyond the shortest are left out",
        event: count,
      },
      options,
    );
  }
  const sensor = options.sensor ?? columns.sensor;
  for (let first = 0; first < count; first += chunkEvents) {
    yield toEvents(columns, first, Math.min(count, first + chunkEvents), sensor, source.name, options);
  }
}

/** Whether an HDF5 file has a recording in it; networks are HDF5 files, too. */
export function holdsEvents(bytes: Uint8Array, name: string): Promise<boolean> {
  return readHdf5(bytes, name, (root) => (root.group("CD") ?? root.group("events") ?? root).keys()).then((keys) =>
    keys.some((key) => key === "events" || key === "t"),
  );
}

function readColumns(root: Hdf5Group, name: string): Columns {
  const prophesee = root.group("CD");
  if (prophesee?.has("events")) {
    refuseFilters(prophesee, "events", name);
    const members = prophesee.members("events");
    const [t, x, y, p] = ["t", "x", "y", "p"].map((member) => members?.get(member));
    if (t && x && y && p) return { t, x, y, p, offsetUs: 0, ...geometryOf(root.attribute("geometry")) };
  }
  const group = root.group("events") ?? root;
  const [t, x, y, p] = [
    ["t", "ts", "timestamp"],
    ["x", "xs"],
    ["y", "ys"],
    ["p", "ps", "polarity"],
  ].map((names) => {
    const found = names.find((candidate) => group.has(candidate));
    if (found === undefined) return undefined;
    refuseFilters(group, found, name);
    return group.numbers(found)?.values;
  });
  if (t && x && y && p) {
    const offset = root.numbers("t_offset") ?? group.numbers("t_offset");
    const size = root.numbers("sensor")?.values;
    const sensor =
      size?.length === 2 && isSize(size[0]) && isSize(size[1]) ? { sensor: [size[0], size[1]] as const } : {};
    return { t, x, y, p, offsetUs: offset?.values[0] ?? 0, ...sensor };
  }
  throw new ChipError(
    "E_FORMAT",
    `${name} is no recording: it needs events/t, events/x, events/y and events/p, or CD/events as Prophesee writes them.`,
  );
}

function refuseFilters(group: Hdf5Group, dataset: string, name: string): void {
  const [filter] = group.foreignFilters(dataset);
  if (filter === undefined) return;
  const what = FILTERS[filter.id] ?? (filter.name || `filter ${filter.id}`);
  throw new ChipError(
    "E_FORMAT",
    `${name}: ${dataset} is packed with ${what} (HDF5 filter ${filter.id}), which is not read; repack it where that filter is installed, with: h5repack -f GZIP=4 in.h5 out.h5.`,
    { details: { filter: filter.id } },
  );
}

function geometryOf(text: string | undefined): { sensor?: SensorSize } {
  const match = /^(\d+)x(\d+)$/.exec(text ?? "");
  const [width, height] = [Number(match?.[1]), Number(match?.[2])];
  return isSize(width) && isSize(height) ? { sensor: [width, height] } : {};
}

function isSize(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 65_536;
}

function toEvents(
  { t, x, y, p, offsetUs }: Columns,
  first: number,
  last: number,
  sensor: SensorSize | undefined,
  name: string,
  options: ReadEventsOptions,
): EventStream {
  const part = createEventStream(last - first, sensor);
  let length = 0;
  for (let i = first; i < last; i++) {
    const us = t[i] + offsetUs;
    const polarity = p[i] === -1 ? 0 : p[i];
    if (!(Number.isSafeInteger(us) && isAddress(x[i]) && isAddress(y[i]) && isAddress(polarity))) {
      tolerate(
        {
          kind: "values",
          code: "E_INPUT",
          fault: `${name}: event ${i} (t ${us}, x ${x[i]}, y ${y[i]}, p ${p[i]}) needs whole numbers, t in microseconds and addresses from 0 to 65,535`,
          mended: "such events are left out",
          remedy: "scale times to microseconds",
          event: i,
        },
        options,
      );
      continue;
    }
    part.t[length] = us;
    part.x[length] = x[i];
    part.y[length] = y[i];
    part.p[length] = polarity;
    length++;
  }
  return sliceEvents(part, 0, length);
}

function isAddress(value: number): boolean {
  return value >= 0 && value <= 65_535 && Number.isInteger(value);
}

function write({ t, x, y, p, originUs, sensor }: EventStream): Promise<Uint8Array> {
  const times = new BigInt64Array(t.length);
  for (let i = 0; i < t.length; i++) times[i] = BigInt(originUs + t[i]);
  const narrow = p.every((value) => value <= 255);
  return writeHdf5((root) => {
    const events = root.group("events");
    events.list("t", times);
    events.list("x", x);
    events.list("y", y);
    events.list("p", narrow ? Uint8Array.from(p) : p);
    if (sensor) root.integers("sensor", sensor);
  });
}
