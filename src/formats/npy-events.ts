import { ChipError } from "../errors.ts";
import type { EventStream, SensorSize } from "../events/event-stream.ts";
import { ByteReader, type ByteSource, readPieces } from "./byte-source.ts";
import { DEFAULT_CHUNK_EVENTS, type EventFormat, type ReadEventsOptions } from "./event-format.ts";
import { checkNpyLength, decodeNpyField, type NpyColumnToWrite, type NpyData, writeNpyRecords } from "./npy.ts";
import { isNpy, type NpyField, type NpyHeader, npyDataOffset, parseNpyHeader } from "./npy-header.ts";
import { writeNpz } from "./npz.ts";
import { tolerate } from "./read-report.ts";
import { isZip, readWholeMember, readZipDirectory, readZipMember, type ZipMember } from "./zip.ts";

/** NumPy recordings: a structured array with fields t, x, y, p in any order and of any integer type. */
export const npy: EventFormat = {
  name: "npy",
  title: "NumPy structured array",
  extensions: [".npy"],
  detect: (head) => (isNpy(head) ? 1 : 0),
  read: readNpyEvents,
  write: (events) => writeNpyRecords(columnsOf(events)),
};

/**
 * NumPy archives: one array each for t, x, y, p, or one structured array. `meta.json` may hold `sensor: [width, height]`.
 * What `emulate -o` writes (t, core, feature, y, x) can be read back too: the feature takes the place of the polarity.
 */
export const npz: EventFormat = {
  name: "npz",
  title: "NumPy archive",
  extensions: [".npz"],
  detect: (head) => (isZip(head) ? 0.9 : 0),
  read: readNpzEvents,
  write: (events) => {
    const meta = events.sensor ? { "meta.json": `${JSON.stringify({ sensor: events.sensor })}\n` } : {};
    return writeNpz(columnsOf(events), meta);
  },
};

type Role = "t" | "x" | "y" | "p";

/** Names in use for the four fields, the best first. */
const NAMES: Readonly<Record<Role, readonly string[]>> = {
  t: ["t", "ts", "timestamp", "timestamps", "time"],
  x: ["x"],
  y: ["y"],
  p: ["p", "pol", "polarity", "on", "feature"],
};
const ROLES: readonly Role[] = ["t", "x", "y", "p"];

async function* readNpyEvents(source: ByteSource, options: ReadEventsOptions): AsyncGenerator<EventStream> {
  const reader = new ByteReader(readPieces(source));
  const header = await readHeader(reader, source.name);
  const fields = fieldsByRole(header, source.name);
  yield* readRecords(reader, presentRecords(header, source, options), fields, source.name, options);
}

/** The header, with as many records as are there when the file has another length and is to be repaired. */
function presentRecords(header: NpyHeader, { name, size }: ByteSource, options: ReadEventsOptions): NpyHeader {
  const [stated] = header.shape;
  const need = header.dataOffset + stated * header.itemSize;
  if (size === need) return header;
  const there = Math.max(0, Math.floor((size - header.dataOffset) / header.itemSize));
  const short = size < need;
  tolerate(
    {
      kind: "length",
      fault: `${name} ${short ? "is cut short" : "has something behind its array"}: its header needs ${need} bytes, it has ${size}`,
      mended: short ? `the ${there} events that are there are read` : "what is behind is left out",
      offset: Math.min(size, need),
    },
    options,
  );
  return { ...header, shape: [Math.min(stated, there)] };
}

async function* readNpzEvents(source: ByteSource, options: ReadEventsOptions): AsyncGenerator<EventStream> {
  const members = await readZipDirectory(source);
  const sensor = options.sensor ?? (await sensorOf(source, members));
  const withSensor = sensor ? { ...options, sensor } : options;
  const columns = ROLES.map((role) => NAMES[role].map((name) => members.get(`${name}.npy`)).find((member) => member));
  if (columns.every((member) => member !== undefined)) {
    yield* readColumns(source, columns as ZipMember[], withSensor);
    return;
  }
  const arrays = [...members.values()].filter(({ name }) => name.endsWith(".npy"));
  if (arrays.length !== 1) {
    const have =
      arrays
        .map(({ name }) => name)
        .slice(0, 8)
        .join(", ") || "none";
    throw new ChipError(
      "E_FORMAT",
      `${source.name} is no recording: it needs the arrays t, x, y and p or one structured array; it has ${have}.`,
    );
  }
  const name = `${source.name}: ${arrays[0].name}`;
  const reader = new ByteReader(readZipMember(source, arrays[0]));
  const header = await readHeader(reader, name);
  checkNpyLength(header, arrays[0].size, name);
  yield* readRecords(reader, header, fieldsByRole(header, name), name, withSensor);
}

/** Sizes from `meta.json`; a meta.json of other content says nothing about the sensor. */
async function sensorOf(source: ByteSource, members: ReadonlyMap<string, ZipMember>): Promise<SensorSize | undefined> {
  const member = members.get("meta.json");
  if (member === undefined || member.size > 1 << 20) return undefined;
  const text = new TextDecoder().decode(await readWholeMember(source, member));
  let sensor: unknown;
  try {
    sensor = (JSON.parse(text) as { sensor?: unknown } | null)?.sensor;
  } catch {
    throw new ChipError("E_DAMAGED", `${source.name}: meta.json is not JSON; write the archive again.`);
  }
  const sound =
    Array.isArray(sensor) && sensor.length === 2 && sensor.every((n) => Number.isInteger(n) && n >= 1 && n <= 65536);
  return sound ? (sensor as unknown as SensorSize) : undefined;
}

async function* readRecords(
  reader: ByteReader,
  header: NpyHeader,
  fields: Readonly<Record<Role, NpyField>>,
  name: string,
  { sensor, chunkEvents = DEFAULT_CHUNK_EVENTS }: ReadEventsOptions,
): AsyncGenerator<EventStream> {
  const total = header.shape[0];
  for (let first = 0; first < total; first += chunkEvents) {
    const count = Math.min(chunkEvents, total - first);
    const records = await reader.read(count * header.itemSize);
    const column = (role: Role): NpyData => decodeNpyField(records, header, fields[role], first, count, name);
    yield toEvents(column("t"), column("x"), column("y"), column("p"), first, name, sensor);
  }
  // One read past the end lets an archive compare its checksum.
  await reader.read(1);
}

async function* readColumns(
  source: ByteSource,
  members: readonly ZipMember[],
  { sensor, chunkEvents = DEFAULT_CHUNK_EVENTS }: ReadEventsOptions,
): AsyncGenerator<EventStream> {
  const readers = members.map((member) => new ByteReader(readZipMember(source, member)));
  const headers: NpyHeader[] = [];
  for (const [i, reader] of readers.entries()) {
    const name = `${source.name}: ${members[i].name}`;
    const header = await readHeader(reader, name);
    checkNpyLength(header, members[i].size, name);
    if (header.structured || header.shape.length !== 1)
      throw new ChipError("E_FORMAT", `${name} must be a plain list of numbers.`);
    headers.push(header);
  }
  const lengths = headers.map((header) => header.shape[0]);
  const total = lengths[0];
  if (lengths.some((length) => length !== total)) {
    throw new ChipError(
      "E_INPUT",
      `${source.name} has arrays of different lengths (${ROLES.map((role, i) => `${role} ${lengths[i]}`).join(", ")}).`,
    );
  }
  for (let first = 0; first < total; first += chunkEvents) {
    const count = Math.min(chunkEvents, total - first);
    const columns: NpyData[] = [];
    for (const [i, reader] of readers.entries()) {
      const bytes = await reader.read(count * headers[i].itemSize);
      columns.push(
        decodeNpyField(bytes, headers[i], headers[i].fields[0], first, count, `${source.name}: ${members[i].name}`),
      );
    }
    yield toEvents(columns[0], columns[1], columns[2], columns[3], first, source.name, sensor);
  }
  for (const reader of readers) await reader.read(1);
}

async function readHeader(reader: ByteReader, name: string): Promise<NpyHeader> {
  const start = (await reader.read(12)).slice();
  const offset = npyDataOffset(start, name);
  if (offset === undefined) return parseNpyHeader(start, name);
  const rest = await reader.read(Math.max(0, offset - start.length));
  const head = new Uint8Array(start.length + rest.length);
  head.set(start);
  head.set(rest, start.length);
  return parseNpyHeader(head, name);
}

function fieldsByRole(header: NpyHeader, name: string): Readonly<Record<Role, NpyField>> {
  if (!header.structured) {
    const hint =
      header.shape.length === 2
        ? "name its columns first, such as with numpy.lib.recfunctions.unstructured_to_structured"
        : "save a structured array with the fields t, x, y, p";
    throw new ChipError(
      "E_FORMAT",
      `${name} is a plain array (${header.shape.join("x")}), which does not say which column is t, x, y and p; ${hint}.`,
    );
  }
  const found = ROLES.map((role) =>
    NAMES[role].map((alias) => header.fields.find((field) => field.name === alias)).find((field) => field),
  );
  const missing = ROLES.filter((_, i) => found[i] === undefined);
  const wide = found.some((field) => field !== undefined && field.shape.length > 0);
  if (missing.length > 0 || wide || header.shape.length !== 1) {
    const have = header.fields.map((field) => field.name).join(", ");
    const need =
      missing.length > 0
        ? `it has no field ${missing.join(", ")} (only ${have})`
        : "its fields must be single numbers in one list";
    throw new ChipError("E_FORMAT", `${name} is no recording: ${need}.`);
  }
  return Object.fromEntries(ROLES.map((role, i) => [role, found[i]!])) as Record<Role, NpyField>;
}

/** Columns as events; `first` is the number of the first one, for messages. */
function toEvents(
  t: NpyData,
  x: NpyData,
  y: NpyData,
  p: NpyData,
  first: number,
  name: string,
  sensor: SensorSize | undefined,
): EventStream {
  const times = t instanceof Float64Array ? t : new Float64Array(t);
  for (let i = 0; i < times.length; i++) {
    if (Number.isSafeInteger(times[i])) continue;
    throw new ChipError(
      "E_INPUT",
      `${name}: the time of event ${first + i} is ${times[i]}, not whole microseconds; scale seconds by 1e6 and round.`,
      { details: { event: first + i } },
    );
  }
  return {
    t: times,
    x: toAddress(x, "x", first, name),
    y: toAddress(y, "y", first, name),
    p: toAddress(
      p instanceof Int8Array || p instanceof Int16Array || p instanceof Int32Array ? offToZero(p) : p,
      "p",
      first,
      name,
    ),
    originUs: 0,
    ...(sensor ? { sensor } : {}),
  };
}

/** Some tools write OFF as -1. */
function offToZero(p: Int8Array | Int16Array | Int32Array): NpyData {
  return p.map((value) => (value === -1 ? 0 : value));
}

function toAddress(values: NpyData, role: Role, first: number, name: string): Uint16Array {
  if (values instanceof Uint16Array) return values;
  const out = new Uint16Array(values);
  if (values instanceof Uint8Array) return out;
  for (let i = 0; i < out.length; i++) {
    if (out[i] === values[i]) continue;
    throw new ChipError(
      "E_INPUT",
      `${name}: ${role} of event ${first + i} is ${values[i]}; addresses are whole numbers from 0 to 65,535.`,
      {
        details: { event: first + i },
      },
    );
  }
  return out;
}

/** Times in the recording's own clock as 64-bit integers; addresses as narrow as NumPy users expect them. */
function columnsOf({ t, x, y, p, originUs }: EventStream): Record<Role, NpyColumnToWrite> {
  const absolute = originUs === 0 ? t : t.map((us) => us + originUs);
  const narrow = isNarrow(p);
  return {
    t: { data: absolute, type: "i8" },
    x: { data: x },
    y: { data: y },
    p: { data: p, type: narrow ? "u1" : "u2" },
  };
}

function isNarrow(values: Uint16Array): boolean {
  for (let i = 0; i < values.length; i++) if (values[i] > 255) return false;
  return true;
}
