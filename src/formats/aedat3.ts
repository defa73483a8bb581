import { ChipError } from "../errors.ts";
import type { EventStream, SensorSize } from "../events/event-stream.ts";
import { ByteReader, type ByteSource, readPieces } from "./byte-source.ts";
import type { EventFormat, ReadEventsOptions } from "./event-format.ts";
import { PartBuffer } from "./part-buffer.ts";
import { type Damage, tolerate } from "./read-report.ts";
import { aligned, asUint32 } from "./record-blocks.ts";
import { parseTextHeader, readTextHeader } from "./text-header.ts";

/**
 * AEDAT 3.1, cAER's recordings, DVS128 Gesture among them (iniVation's AEDAT 3.1 specification).
 *
 * Lines up to `#!END-HEADER`, then packets, low byte first: a header of 28 bytes and `number` events. Of the polarity
 * packets (type 1; 8 bytes an event: valid, polarity with 1 = ON, y in bits 16..2, x in bits 31..17, then i32 us) of the
 * first source, valid events are handed out; all other kinds are skipped and counted. Time = overflow * 2^31 + stamp.
 *
 * When repairing, a packet header that makes no sense ends the recording there.
 */
export const aedat3: EventFormat = {
  name: "aedat3",
  title: "AEDAT 3.1",
  extensions: [".aedat"],
  detect: (head) => (/^#!AER-DAT3/.test(parseTextHeader(head, "#", isHeaderEnd).lines[0] ?? "") ? 1 : 0),
  read,
};

const isHeaderEnd = (line: string): boolean => /^#!END-HEADER/.test(line);

const HEADER = 28;
const POLARITY = 1;
const POLARITY_SIZE = 8;
const LARGEST_PACKET = 1 << 28;
const KINDS = [
  "special events",
  "polarity events",
  "frames",
  "IMU6 samples",
  "IMU9 samples",
  "samples",
  "ear events",
  "configuration events",
  "1D points",
  "2D points",
  "3D points",
  "4D points",
  "spikes",
  "matrices",
];

const SENSORS: readonly (readonly [name: RegExp, size: SensorSize])[] = [
  [/DVS128/i, [128, 128]],
  [/DAVIS346/i, [346, 260]],
  [/DAVIS240/i, [240, 180]],
  [/DAVIS128/i, [128, 128]],
  [/DAVIS208/i, [208, 192]],
  [/DAVIS640/i, [640, 480]],
  [/DVXplorer|DVS640/i, [640, 480]],
];

interface PacketHeader {
  readonly type: number;
  readonly source: number;
  readonly size: number;
  readonly overflow: number;
  readonly capacity: number;
  readonly number: number;
}

async function* read(source: ByteSource, options: ReadEventsOptions): AsyncGenerator<EventStream> {
  const { report } = options;
  const { lines, dataOffset } = await readTextHeader(source, "#", isHeaderEnd);
  checkVersion(lines, source.name);
  const reader = new ByteReader(readPieces(source, dataOffset));
  const buffer = new PartBuffer(source, options, options.sensor ?? sensorOf(lines));
  let origin: number | undefined;
  let at = dataOffset;
  for (;;) {
    const head = await reader.read(HEADER);
    if (head.length === 0) break;
    const packet = head.length < HEADER ? undefined : parseHeader(head);
    if (packet === undefined) {
      tolerate(brokenPacket(source, at, head.length < HEADER), options);
      break;
    }
    const need = packet.size * Math.max(packet.number, packet.capacity);
    const payload = await reader.read(need);
    if (packet.type === POLARITY && packet.source === (origin ??= packet.source)) {
      if (buffer.length > 0 && buffer.room < packet.number) yield buffer.take();
      const whole = Math.min(packet.number, Math.floor(payload.length / POLARITY_SIZE));
      report?.noteSkipped("invalid events", decode(payload.subarray(0, whole * POLARITY_SIZE), packet, buffer));
    } else {
      const kind = KINDS[packet.type] ?? `events of type ${packet.type}`;
      report?.noteSkipped(packet.type === POLARITY ? `${kind} of source ${packet.source}` : kind, packet.number);
    }
    if (buffer.full) yield buffer.take();
    // Some writers keep only `number` events of the last packet; what is missing then is no event.
    if (payload.length < packet.size * packet.number) {
      tolerate(brokenPacket(source, at, true), options);
      break;
    }
    at += HEADER + payload.length;
  }
  await reader.stop();
  if (buffer.length > 0) yield buffer.take();
}

function checkVersion(lines: readonly string[], name: string): void {
  const version = /^#!AER-DAT(3\.\d+)/.exec(lines[0] ?? "")?.[1];
  if (version === "3.1") return;
  throw new ChipError(
    "E_VERSION",
    `${name} is AEDAT ${version ?? "of an unknown version"}, and 3.1 is read; convert it with the camera's own software.`,
  );
}

function sensorOf(lines: readonly string[]): SensorSize | undefined {
  const text = lines.filter((line) => /^#Source/i.test(line)).join("\n");
  return SENSORS.find(([name]) => name.test(text))?.[1];
}

function parseHeader(bytes: Uint8Array): PacketHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER);
  const packet = {
    type: view.getInt16(0, true),
    source: view.getInt16(2, true),
    size: view.getInt32(4, true),
    stampOffset: view.getInt32(8, true),
    overflow: view.getInt32(12, true),
    capacity: view.getInt32(16, true),
    number: view.getInt32(20, true),
    valid: view.getInt32(24, true),
  };
  const { type, size, capacity, number, valid, overflow } = packet;
  const sound =
    type >= 0 &&
    size > 0 &&
    number >= 0 &&
    capacity >= number &&
    valid >= 0 &&
    valid <= number &&
    overflow >= 0 &&
    size * capacity <= LARGEST_PACKET &&
    (type !== POLARITY || (size === POLARITY_SIZE && packet.stampOffset === 4));
  return sound ? packet : undefined;
}

/** @returns how many events are marked invalid */
function decode(payload: Uint8Array, { overflow }: PacketHeader, buffer: PartBuffer): number {
  const words = asUint32(aligned(payload));
  buffer.reserve(words.length >> 1);
  const { t, x, y, p } = buffer.events;
  const base = overflow * 2 ** 31;
  let length = buffer.length;
  for (let i = 0; i + 1 < words.length; i += 2) {
    const data = words[i];
    if ((data & 1) === 0) continue;
    t[length] = base + words[i + 1];
    x[length] = data >>> 17;
    y[length] = (data >>> 2) & 0x7fff;
    p[length] = (data >>> 1) & 1;
    length++;
  }
  const skipped = (words.length >> 1) - (length - buffer.length);
  buffer.length = length;
  return skipped;
}

function brokenPacket(source: ByteSource, offset: number, short: boolean): Damage {
  const fault = short ? `is cut short in the packet at offset ${offset}` : `has a broken packet at offset ${offset}`;
  return { kind: "packet", fault: `${source.name} ${fault}`, mended: "what follows is left out", offset };
}
