import { ChipError } from "../errors.ts";
import type { EventStream } from "../events/event-stream.ts";
import {
  AEDAT4_SIGNATURE,
  type Aedat4Header,
  eventWords,
  isPacketFault,
  packetType,
  parseAedat4Header,
  unpackerOf,
} from "./aedat4-packets.ts";
import { writeAedat4 } from "./aedat4-write.ts";
import { ByteReader, type ByteSource, readPieces } from "./byte-source.ts";
import type { EventFormat, ReadEventsOptions } from "./event-format.ts";
import { PartBuffer } from "./part-buffer.ts";
import { tolerate } from "./read-report.ts";

/**
 * AEDAT 4.0, recordings of DV (iniVation's AEDAT 4.0 specification).
 *
 * A FlatBuffer as header, with an XML description of the streams; then packets, low byte first: i32 stream, i32 size, and
 * a FlatBuffer with its size in front, plain, in an LZ4 frame or in a Zstd frame. Of the first stream of events (`EVTS`)
 * all are handed out, with their absolute times; frames, IMU samples, triggers and further streams are skipped and counted
 * by packets.
 *
 * When repairing, packets that cannot be unpacked are left out; a packet that reaches beyond the file ends the recording.
 */
export const aedat4: EventFormat = {
  name: "aedat4",
  title: "AEDAT 4",
  extensions: [".aedat4"],
  detect: (head) => (latin1.decode(head.subarray(0, 12)) === AEDAT4_SIGNATURE.slice(0, 12) ? 1 : 0),
  read,
  write: writeAedat4,
};

const latin1 = new TextDecoder("latin1");
const LARGEST_HEADER = 1 << 22;
const PACKET_HEADER = 8;
const EVENTS = "EVTS";
const KINDS: Readonly<Record<string, string>> = { FRME: "frame packets", IMUS: "IMU packets", TRIG: "trigger packets" };

async function* read(source: ByteSource, options: ReadEventsOptions): AsyncGenerator<EventStream> {
  const { report } = options;
  const { header, start } = await readHeader(source);
  const end = endOfPackets(source, header, start, options);
  const unpack = await unpackerOf(header.compression);
  const reader = new ByteReader(readPieces(source, start, end));
  let chosen = [...header.streams].find(([, { type }]) => type === EVENTS)?.[0];
  const buffer = new PartBuffer(source, options, options.sensor ?? header.streams.get(chosen ?? -1)?.sensor);
  const broken = (at: number, why: string): void =>
    tolerate(
      {
        kind: "packets",
        fault: `${source.name} has a broken packet at offset ${at} (${why})`,
        mended: "such packets are left out",
        offset: at,
      },
      options,
    );

  let at = start;
  while (at < end) {
    const head = await reader.read(PACKET_HEADER);
    const view = new DataView(head.buffer, head.byteOffset, head.length);
    const size = head.length < PACKET_HEADER ? -1 : view.getInt32(4, true);
    if (size < 0 || at + PACKET_HEADER + size > end) {
      // Of a file that is known to be cut short, this is where.
      if (header.tableOffset <= source.size) broken(at, "it reaches beyond the packets");
      break;
    }
    const stream = view.getInt32(0, true);
    const bytes = await reader.read(size);
    const described = header.streams.get(stream)?.type ?? "";
    if (described !== "" && (described !== EVENTS || stream !== chosen)) {
      report?.noteSkipped(kindOf(described, stream));
    } else {
      try {
        const content = unpack(bytes);
        const type = packetType(content);
        if (type === EVENTS && stream === (chosen ??= stream)) {
          const words = eventWords(content);
          if (buffer.length > 0 && buffer.room < words.length >> 2) yield buffer.take();
          decode(words, buffer);
        } else if (described === EVENTS) broken(at, `it carries no ${EVENTS} mark`);
        else report?.noteSkipped(kindOf(type, stream));
      } catch (error) {
        if (!isPacketFault(error)) throw error;
        broken(at, error.message);
      }
    }
    at += PACKET_HEADER + size;
    if (buffer.full) yield buffer.take();
  }
  await reader.stop();
  if (buffer.length > 0) yield buffer.take();
}

async function readHeader(source: ByteSource): Promise<{ header: Aedat4Header; start: number }> {
  const prefix = AEDAT4_SIGNATURE.length;
  const [a, b, c, d] = await source.read(prefix, 4);
  const length = (a | (b << 8) | (c << 16) | (d << 24)) >>> 0;
  if (d === undefined || length > LARGEST_HEADER || prefix + 4 + length > source.size) {
    throw new ChipError("E_DAMAGED", `${source.name} ends in its header, at byte ${source.size}; copy it again.`, {
      details: { offset: prefix },
    });
  }
  const bytes = await source.read(prefix + 4, length);
  return { header: parseAedat4Header(bytes, source.name), start: prefix + 4 + length };
}

function endOfPackets(
  source: ByteSource,
  { tableOffset }: Aedat4Header,
  start: number,
  options: ReadEventsOptions,
): number {
  if (tableOffset <= 0) return source.size;
  if (tableOffset >= start && tableOffset <= source.size) return tableOffset;
  tolerate(
    {
      kind: "cut short",
      fault: `${source.name} is cut short: its packets should reach to byte ${tableOffset}, it has ${source.size}`,
      mended: "the packets that are there are read",
      offset: source.size,
    },
    options,
  );
  return source.size;
}

function kindOf(type: string, stream: number): string {
  if (type === EVENTS) return `event packets of stream ${stream}`;
  return KINDS[type] ?? "packets of another kind";
}

function decode(words: Uint32Array, buffer: PartBuffer): void {
  const count = words.length >> 2;
  buffer.reserve(count);
  const { t, x, y, p } = buffer.events;
  let to = buffer.length;
  for (let i = 0; i < 4 * count; i += 4) {
    t[to] = words[i] + words[i + 1] * 4294967296;
    x[to] = words[i + 2];
    y[to] = words[i + 2] >>> 16;
    p[to] = (words[i + 3] & 0xff) === 0 ? 0 : 1;
    to++;
  }
  buffer.length = to;
}
