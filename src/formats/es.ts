import { ChipError } from "../errors.ts";
import type { EventStream, SensorSize } from "../events/event-stream.ts";
import { type ByteSource, joinBytes, readPieces } from "./byte-source.ts";
import type { EventFormat, ReadEventsOptions } from "./event-format.ts";
import { PartBuffer } from "./part-buffer.ts";
import { tolerate } from "./read-report.ts";

/**
 * Event Stream 2, DVS events, as faery and command_line_tools write it.
 *
 * "Event Stream", three bytes of version (2, x, y), one byte for the kind of event (1 = DVS), u16 width, u16 height, low
 * byte first. Then bytes: 0xff adds 127 us, 0xfe is filler, any other is an event: its upper seven bits are the time since
 * the event before, bit 0 is ON, and u16 x, u16 y follow. y counts upwards from the bottom of the picture, and is handed
 * out as stored (`orientEvents` turns it).
 */
export const es: EventFormat = {
  name: "es",
  title: "Event Stream",
  extensions: [".es"],
  detect: (head) => (latin1.decode(head.subarray(0, SIGNATURE.length)) === SIGNATURE ? 1 : 0),
  read,
};

const latin1 = new TextDecoder("latin1");
const SIGNATURE = "Event Stream";
const KINDS = ["generic", "DVS", "ATIS", "asynchronous ATIS", "colour"];
const DVS = 1;
const HEADER = 20;
const OVERFLOW = 0xff;
const OVERFLOW_US = 127;
const FILLER = 0xfe;
const EVENT = 5;

async function* read(source: ByteSource, options: ReadEventsOptions): AsyncGenerator<EventStream> {
  const stated = parseHeader(await source.read(0, HEADER), source.name);
  const buffer = new PartBuffer(source, options, options.sensor ?? stated);
  let us = 0;
  let at = HEADER;
  let rest: Uint8Array = new Uint8Array(0);
  for await (const piece of readPieces(source, HEADER)) {
    const bytes = joinBytes(rest, piece);
    let from = 0;
    for (;;) {
      const next = decode(bytes, from, us, buffer);
      from = next.at;
      us = next.us;
      if (!buffer.full) break;
      yield buffer.take();
    }
    at += from;
    rest = bytes.slice(from);
  }
  if (rest.length > 0) {
    tolerate(
      {
        kind: "cut short",
        fault: `${source.name} is cut short in the event at offset ${at}`,
        mended: "that event is left out",
        offset: at,
      },
      options,
    );
  }
  if (buffer.length > 0) yield buffer.take();
}

function parseHeader(head: Uint8Array, name: string): SensorSize {
  const [major, minor, patch, kind] = head.subarray(SIGNATURE.length);
  if (kind === undefined) throw cutHeader(name, head.length);
  if (major !== 2) {
    throw new ChipError("E_VERSION", `${name} is Event Stream ${major}.${minor}.${patch}; version 2 is read.`);
  }
  if (kind !== DVS) {
    throw new ChipError(
      "E_FORMAT",
      `${name} is an Event Stream of ${KINDS[kind] ?? `unknown (${kind})`} events; DVS events are read.`,
    );
  }
  if (head.length < HEADER) throw cutHeader(name, head.length);
  const size = head.subarray(SIGNATURE.length + 4);
  return [size[0] | (size[1] << 8), size[2] | (size[3] << 8)];
}

function cutHeader(name: string, offset: number): ChipError {
  return new ChipError("E_DAMAGED", `${name} ends in its header, at byte ${offset}; copy it again.`, {
    details: { offset },
  });
}

/** Whole events from `at` until the bytes or the room in the buffer end. */
function decode(bytes: Uint8Array, from: number, fromUs: number, buffer: PartBuffer): { at: number; us: number } {
  const { t, x, y, p } = buffer.events;
  let at = from;
  let us = fromUs;
  let length = buffer.length;
  while (at < bytes.length && length < t.length) {
    const byte = bytes[at];
    if (byte >= FILLER) {
      if (byte === OVERFLOW) us += OVERFLOW_US;
      at++;
      continue;
    }
    if (at + EVENT > bytes.length) break;
    us += byte >> 1;
    t[length] = us;
    x[length] = bytes[at + 1] | (bytes[at + 2] << 8);
    y[length] = bytes[at + 3] | (bytes[at + 4] << 8);
    p[length] = byte & 1;
    length++;
    at += EVENT;
  }
  buffer.length = length;
  return { at, us };
}
