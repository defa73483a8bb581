import { ChipError } from "../errors.ts";
import { concatEvents, createEventStream, type EventStream } from "../events/event-stream.ts";
import { orientEvents } from "../events/orient.ts";
import { aedat2 } from "./aedat2.ts";
import { aedat3 } from "./aedat3.ts";
import { aedat4 } from "./aedat4.ts";
import { type WriteFileOptions, writeFileAtomic } from "./atomic-file.ts";
import { type ByteSource, memorySource, openFileSource } from "./byte-source.ts";
import { csv } from "./csv-events.ts";
import { dat } from "./dat.ts";
import { es } from "./es.ts";
import type { EventFormat, ReadEventsOptions } from "./event-format.ts";
import { guardEvents } from "./event-guard.ts";
import { evt2 } from "./evt2.ts";
import { evt3 } from "./evt3.ts";
import { evt21 } from "./evt21.ts";
import { hdf5Events } from "./hdf5-events.ts";
import { nmnist } from "./nmnist.ts";
import { npy, npz } from "./npy-events.ts";
import { ReadReport } from "./read-report.ts";
import { REFUSED_FORMATS } from "./refused-formats.ts";

/** All formats of recordings. A new one is a file beside this one and an entry here. */
export const EVENT_FORMATS: readonly EventFormat[] = [
  npz,
  npy,
  aedat4,
  aedat3,
  aedat2,
  evt3,
  evt2,
  evt21,
  dat,
  es,
  hdf5Events,
  csv,
  nmnist,
];

const HEAD = 4096;

/** A recording that was recognised; its parts are read as they are asked for. */
export interface RecordedEvents {
  /** Name of the format. */
  readonly format: string;
  /** In file order, each with `sensor` when it is known; may be iterated once. */
  readonly events: AsyncIterable<EventStream>;
  /** What the reader met on its way; complete when all parts were read. */
  readonly report: ReadReport;
}

/**
 * Opens a recording to be read part by part, in memory that does not grow with its length.
 *
 * The format is recognised by content; the ending only helps formats without a signature. With `repair`, damage is
 * stepped over and noted in the report; a file that does not even begin as it should is refused all the same.
 *
 * @param input path of a file, or its bytes
 * @throws ChipError E_FILE_NOT_FOUND, E_FILE_ACCESS, E_FORMAT when no format fits, E_DAMAGED when the file is empty;
 *   while reading E_DAMAGED for missing or wrong bytes, E_INPUT for time running backwards and events outside the sensor
 */
export async function streamEventFile(
  input: string | Uint8Array,
  options: ReadEventsOptions = {},
): Promise<RecordedEvents> {
  const source = await openSource(input);
  let format: EventFormat;
  try {
    format = await recogniseEvents(source, options.format);
  } catch (error) {
    await source.close();
    throw error;
  }
  await source.close();
  const report = options.report ?? new ReadReport();
  return { format: format.name, events: parts(input, format, { ...options, report }), report };
}

/**
 * A whole recording in memory.
 *
 * @throws ChipError as `streamEventFile`
 */
export async function readEventFile(input: string | Uint8Array, options: ReadEventsOptions = {}): Promise<EventStream> {
  const { events } = await streamEventFile(input, options);
  const all: EventStream[] = [];
  for await (const part of events) all.push(part);
  return all.length > 0 ? concatEvents(all) : createEventStream(0, options.sensor);
}

/**
 * The format whose content a source holds.
 *
 * @param wanted name of a format instead of recognition
 * @throws ChipError E_FORMAT when none fits, E_OPTION for an unknown name, E_DAMAGED for an empty file
 */
export async function recogniseEvents(source: ByteSource, wanted?: string): Promise<EventFormat> {
  if (wanted !== undefined) return eventFormat(wanted);
  if (source.size === 0) throw new ChipError("E_DAMAGED", `${source.name} is empty; copy or export it again.`);
  const head = await source.read(0, HEAD);
  let best: EventFormat | undefined;
  let surest = 0;
  for (const format of [...EVENT_FORMATS, ...REFUSED_FORMATS]) {
    const sure = format.detect(head, source.name);
    if (sure > surest) [best, surest] = [format, sure];
  }
  if (best !== undefined) return best;
  const known = EVENT_FORMATS.map(({ title, extensions }) => `${title} ${extensions.join("/")}`).join(", ");
  throw new ChipError(
    "E_FORMAT",
    `${source.name} is in no format of recordings that is read (${known}); convert it to one of them.`,
  );
}

/**
 * A recording as the bytes of a file. Times are written in the recording's own clock (origin included).
 *
 * @param format name of a format that is written
 * @throws ChipError E_OPTION for a format that is unknown or only read, E_INPUT when an event does not fit the format
 */
export async function writeEvents(events: EventStream, format: string): Promise<Uint8Array> {
  const { write } = eventFormat(format);
  if (write !== undefined) return write(events);
  throw onlyRead(format);
}

function onlyRead(format: string): ChipError {
  const written = EVENT_FORMATS.filter((known) => known.write).map(({ name }) => name);
  return new ChipError("E_OPTION", `Recordings in format ${format} are only read; write ${written.join(", ")}.`);
}

/**
 * Writes a recording; the ending of the name chooses the format unless `format` does.
 *
 * @throws ChipError as `writeEvents` and `writeFileAtomic`
 */
export async function writeEventFile(
  path: string,
  events: EventStream,
  options: WriteFileOptions & { readonly format?: string } = {},
): Promise<void> {
  const format = options.format ?? formatOfName(path);
  await writeFileAtomic(path, await writeEvents(events, format), options);
}

/** The written format that a name's ending stands for. */
export function formatOfName(path: string): string {
  const written = EVENT_FORMATS.filter((known) => known.write);
  const format = written.find(({ extensions }) => extensions.some((ending) => path.toLowerCase().endsWith(ending)));
  if (format !== undefined) return format.name;
  const endings = written.flatMap(({ extensions }) => extensions).join(", ");
  throw new ChipError("E_OPTION", `${path} has no ending that names a format of recordings; use one of ${endings}.`);
}

/** @throws ChipError E_OPTION for a format that is unknown or only read */
export function checkWritten(format: string): void {
  if (eventFormat(format).write === undefined) throw onlyRead(format);
}

/** The usual ending, with the dot, of files in a format. */
export function endingOfFormat(format: string): string {
  return eventFormat(format).extensions[0];
}

function eventFormat(name: string): EventFormat {
  const format = EVENT_FORMATS.find((known) => known.name === name);
  if (format !== undefined) return format;
  throw new ChipError(
    "E_OPTION",
    `There is no format of recordings "${name}"; there are ${EVENT_FORMATS.map((known) => known.name).join(", ")}.`,
  );
}

function openSource(input: string | Uint8Array): Promise<ByteSource> {
  return typeof input === "string" ? openFileSource(input) : Promise.resolve(memorySource(input));
}

async function* parts(
  input: string | Uint8Array,
  format: EventFormat,
  options: ReadEventsOptions,
): AsyncGenerator<EventStream> {
  const source = await openSource(input);
  try {
    const { orientation } = options;
    for await (const part of guardEvents(format.read(source, options), source.name, options)) {
      yield orientation === undefined ? part : orientEvents(part, orientation);
    }
  } finally {
    await source.close();
  }
}
