import { createEventStream, type EventStream, type SensorSize } from "../../src/events/event-stream.ts";
import { unpackLz4Frame } from "../../src/formats/aedat4-lz4.ts";
import { writeEvents } from "../../src/formats/event-files.ts";
import { Random } from "../../src/random.ts";

/** Files of formats that the program only reads, made byte by byte after their descriptions. */

export type Row = readonly [t: number, x: number, y: number, p: number];

/** Events in order of time, several of them often in one microsecond. */
export function randomRecording(count: number, sensor: SensorSize, seed: number, stepUs = 40): EventStream {
  const random = new Random(seed);
  const events = createEventStream(count, sensor);
  let t = random.below(1000);
  for (let i = 0; i < count; i++) {
    t += random.below(2) === 0 ? 0 : random.below(stepUs);
    events.t[i] = t;
    events.x[i] = random.below(sensor[0]);
    events.y[i] = random.below(sensor[1]);
    events.p[i] = random.below(2);
  }
  return events;
}

export function text(...lines: readonly string[]): Uint8Array {
  return new TextEncoder().encode(lines.join(""));
}

export function bytesOf(...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

export function words16(...words: readonly number[]): Uint8Array {
  return new Uint8Array(Uint16Array.from(words).buffer);
}

export function words32(...words: readonly number[]): Uint8Array {
  return bytes32(words);
}

/** The same of many. */
function bytes32(words: readonly number[]): Uint8Array {
  return new Uint8Array(Uint32Array.from(words, (word) => word >>> 0).buffer);
}

/** Address and time, high byte first. */
export function aedat2Records(...records: readonly (readonly [address: number, us: number])[]): Uint8Array {
  return aedat2Bytes(records);
}

function aedat2Bytes(records: readonly (readonly [address: number, us: number])[]): Uint8Array {
  const out = new Uint8Array(8 * records.length);
  const view = new DataView(out.buffer);
  records.forEach(([address, us], i) => {
    view.setUint32(8 * i, address);
    view.setUint32(8 * i + 4, us);
  });
  return out;
}

export const dvs128Address = (x: number, y: number, p: number): number => (y << 8) | (x << 1) | p;
export const davisAddress = (x: number, y: number, p: number): number => (y << 22) | (x << 12) | (p << 11);

export function aedat2File({ t, x, y, p }: EventStream, header = "#!AER-DAT2.0\r\n# made by hand\r\n"): Uint8Array {
  const records = Array.from(t, (us, i) => [dvs128Address(x[i], y[i], p[i]), us] as const);
  return joined(text(header), aedat2Bytes(records));
}

/** One AEDAT 3.1 packet; `capacity` events of `size` bytes of which `number` are there. */
export function aedat3Packet(
  payload: Uint8Array,
  { type = 1, size = 8, number = payload.length / 8, overflow = 0, source = 1 } = {},
): Uint8Array {
  const head = new DataView(new ArrayBuffer(28));
  head.setInt16(0, type, true);
  head.setInt16(2, source, true);
  head.setInt32(4, size, true);
  head.setInt32(8, 4, true);
  head.setInt32(12, overflow, true);
  head.setInt32(16, number, true);
  head.setInt32(20, number, true);
  head.setInt32(24, number, true);
  return joined(new Uint8Array(head.buffer), payload);
}

export const AEDAT3_HEADER = text(
  "#!AER-DAT3.1\r\n#Format: RAW\r\n#Source 1: DVS128\r\n#Start-Time: 2026-01-01\r\n#!END-HEADER\r\n",
);

export const aedat3Event = (t: number, x: number, y: number, p: number, valid = 1): Uint8Array =>
  words32((x << 17) | (y << 2) | (p << 1) | valid, t);

export function aedat3File({ t, x, y, p }: EventStream, perPacket = 1000): Uint8Array {
  const packets: Uint8Array[] = [];
  for (let first = 0; first < t.length; first += perPacket) {
    const words: number[] = [];
    for (let i = first; i < Math.min(t.length, first + perPacket); i++) {
      words.push((x[i] << 17) | (y[i] << 2) | (p[i] << 1) | 1, t[i]);
    }
    packets.push(aedat3Packet(bytes32(words)));
  }
  return joined(AEDAT3_HEADER, ...packets);
}

export function datFile({ t, x, y, p, sensor = [128, 128] }: EventStream): Uint8Array {
  const words = Array.from(t, (us, i) => [us, (p[i] << 28) | (y[i] << 14) | x[i]]).flat();
  const header = text(`% Version 2\n% Width ${sensor[0]}\n% Height ${sensor[1]}\n`);
  return joined(header, Uint8Array.of(0, 8), bytes32(words));
}

export function esFile({ t, x, y, p, sensor = [128, 128] }: EventStream): Uint8Array {
  const out: number[] = [...text("Event Stream"), 2, 0, 0, 1, sensor[0], sensor[0] >> 8, sensor[1], sensor[1] >> 8];
  let last = 0;
  for (let i = 0; i < t.length; i++) {
    let wait = t[i] - last;
    for (; wait >= 127; wait -= 127) out.push(255);
    out.push((wait << 1) | p[i], x[i], x[i] >> 8, y[i], y[i] >> 8);
    last = t[i];
  }
  return Uint8Array.from(out);
}

export function evt21File({ t, x, y, p, sensor = [128, 128] }: EventStream): Uint8Array {
  const words: number[] = [];
  let high = -1;
  for (let i = 0; i < t.length; i++) {
    const now = Math.floor(t[i] / 64);
    if (now !== high) words.push(0, 0x80000000 + now);
    high = now;
    const base = x[i] & ~31;
    words.push(1 << (x[i] - base), (p[i] << 28) | ((t[i] & 63) << 22) | (base << 11) | y[i]);
  }
  return joined(text(`% evt 2.1\n% geometry ${sensor[0]}x${sensor[1]}\n% end\n`), bytes32(words));
}

/** The AEDAT 4 file of a recording with its packets as they are, in Zstd frames that do not pack, or in LZ4 frames. */
export async function aedat4File(events: EventStream, compression: "none" | "lz4" | "zstd"): Promise<Uint8Array> {
  const packed = await writeEvents(events, "aedat4");
  if (compression === "lz4") return packed;
  const view = new DataView(packed.buffer, packed.byteOffset, packed.length);
  const start = 18 + view.getUint32(14, true);
  const header = packed.slice(0, start);
  const table = new DataView(header.buffer, 18);
  const root = table.getUint32(0, true);
  const vtable = root - table.getInt32(root, true);
  const field = (index: number): number => root + table.getUint16(vtable + 4 + 2 * index, true);
  const end = Number(table.getBigInt64(field(1), true));
  table.setInt32(field(0), compression === "none" ? 0 : 3, true);
  table.setBigInt64(field(1), -1n, true);
  const parts: Uint8Array[] = [header];
  for (let at = start; at < end; ) {
    const size = view.getInt32(at + 4, true);
    const plain = unpackLz4Frame(packed.subarray(at + 8, at + 8 + size), 1 << 26);
    const content = compression === "none" ? plain : zstdFrame(plain);
    parts.push(words32(0, content.length), content);
    at += 8 + size;
  }
  return joined(...parts);
}

/** A Zstd frame of raw blocks (RFC 8878): magic, descriptor with a four-byte size, blocks of up to 128 KiB. */
function zstdFrame(content: Uint8Array): Uint8Array {
  const parts = [words32(0xfd2fb528), Uint8Array.of(0xa0), words32(content.length)];
  const BLOCK = 1 << 17;
  for (let at = 0; at < content.length; at += BLOCK) {
    const block = content.subarray(at, at + BLOCK);
    const head = (block.length << 3) | (at + BLOCK >= content.length ? 1 : 0);
    parts.push(Uint8Array.of(head, head >> 8, head >> 16), block);
  }
  return joined(...parts);
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
