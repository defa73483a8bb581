import { ChipError } from "../errors.ts";
import { concatEvents, createEventStream, type EventStream } from "../events/event-stream.ts";
import { type WriteFileOptions, writeFileAtomic } from "./atomic-file.ts";
import { type ByteSource, memorySource, openFileSource } from "./byte-source.ts";
import type { EventFormat, ReadEventsOptions } from "./event-format.ts";
import { guardEvents } from "./event-guard.ts";
import { nmnist } from "./nmnist.ts";
import { npy, npz } from "./npy-events.ts";

/** All formats of recordings. A new one is a file beside this one and an entry here. */
export const EVENT_FORMATS: readonly EventFormat[] = [npz, npy, nmnist];

const HEAD = 4096;

/** A recording that was recognised; its parts are read as they are asked for. */
export interface RecordedEvents {
  /** Name of the format. */
  readonly format: string;
  /** In file order, each with `sensor` when it is known; may be iterated once. */
  readonly events: AsyncIterable<EventStream>;
}

/**
 * Opens a recording to be read part by part, in memory that does not grow with its length.
 *
 * The format is recognised by content; the ending only helps formats without a signature.
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
  return { format: format.name, events: parts(input, format, options) };
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
  for (const format of EVENT_FORMATS) {
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
export function writeEvents(events: EventStream, format: string): Uint8Array {
  const { write } = eventFormat(format);
  if (write !== undefined) return write(events);
  const written = EVENT_FORMATS.filter((known) => known.write).map(({ name }) => name);
  throw new ChipError("E_OPTION", `Recordings in format ${format} are only read; write ${written.join(", ")}.`);
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
  await writeFileAtomic(path, writeEvents(events, format), options);
}

function formatOfName(path: string): string {
  const written = EVENT_FORMATS.filter((format) => format.write);
  const format = written.find(({ extensions }) => extensions.some((ending) => path.toLowerCase().endsWith(ending)));
  if (format !== undefined) return format.name;
  const endings = written.flatMap(({ extensions }) => extensions).join(", ");
  throw new ChipError("E_OPTION", `${path} has no ending that names a format of recordings; use one of ${endings}.`);
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
    yield* guardEvents(format.read(source, options), source.name);
  } finally {
    await source.close();
  }
}
