import { crc32 } from "node:zlib";
import { Inflate, type Zippable, zipSync } from "fflate";
import { ChipError, messageOf } from "../errors.ts";
import { type ByteSource, readPieces } from "./byte-source.ts";

/** One file inside an archive, as the archive's directory states it. */
export interface ZipMember {
  readonly name: string;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly packedSize: number;
  readonly size: number;
  readonly crc: number;
  readonly headerOffset: number;
}

const LOCAL = 0x04034b50;
const ENTRY = 0x02014b50;
const END = 0x06054b50;
const END_64_LOCATOR = 0x07064b50;
const END_64 = 0x06064b50;
const END_SIZE = 22;
const LONGEST_COMMENT = 65535;
/** Deflate packs at most about 1:1032. */
const LARGEST_RATIO = 1040;

export function isZip(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5) && (head[3] === 4 || head[3] === 6);
}

/**
 * The directory of a ZIP archive (PKWARE APPNOTE 6.3, sections 4.3.12 to 4.3.16; ZIP64 included).
 *
 * @throws ChipError E_DAMAGED when there is none or it contradicts itself, E_FORMAT for encrypted members and methods
 *   other than stored and deflated
 */
export async function readZipDirectory(source: ByteSource): Promise<ReadonlyMap<string, ZipMember>> {
  const { offset, size, count } = await findDirectory(source);
  const bytes = await source.read(offset, size);
  if (bytes.length < size) throw damaged(source, "its directory is cut short");
  const view = viewOf(bytes);
  const members = new Map<string, ZipMember>();
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > size || view.getUint32(at, true) !== ENTRY) throw damaged(source, "its directory is broken");
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) => view.getUint16(at + field, true));
    const next = at + 46 + nameLength + extraLength + commentLength;
    if (next > size) throw damaged(source, "its directory is broken");
    const member = {
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      ...longSizes(view, at, at + 46 + nameLength, extraLength),
    };
    if (view.getUint16(at + 8, true) & 1)
      throw new ChipError("E_FORMAT", `${source.name}: ${member.name} is encrypted; save it without a password.`);
    if (member.method !== 0 && member.method !== 8) {
      throw new ChipError(
        "E_FORMAT",
        `${source.name}: ${member.name} is packed by method ${member.method}; use plain or deflated members.`,
      );
    }
    const impossible =
      member.method === 0 ? member.size !== member.packedSize : member.size > member.packedSize * LARGEST_RATIO + 64;
    if (impossible || member.headerOffset + member.packedSize > source.size)
      throw damaged(source, `the size of ${member.name} is wrong`);
    members.set(member.name, member);
    at = next;
  }
  return members;
}

/**
 * The unpacked bytes of a member, piece by piece.
 *
 * @throws ChipError E_DAMAGED when they cannot be unpacked, or at the end when size or checksum differ
 */
export async function* readZipMember(source: ByteSource, member: ZipMember): AsyncGenerator<Uint8Array> {
  const local = await source.read(member.headerOffset, 30);
  if (local.length < 30 || viewOf(local).getUint32(0, true) !== LOCAL)
    throw damaged(source, `${member.name} has no header`);
  const start = member.headerOffset + 30 + viewOf(local).getUint16(26, true) + viewOf(local).getUint16(28, true);
  const packed = readPieces(source, start, Math.min(start + member.packedSize, source.size));
  let crc = 0;
  let size = 0;
  for await (const piece of member.method === 0 ? packed : inflate(packed, source, member)) {
    crc = crc32(piece, crc);
    size += piece.length;
    if (size > member.size) break;
    yield piece;
  }
  if (size !== member.size || crc !== member.crc) {
    throw damaged(source, `${member.name} is not what its ${size === member.size ? "checksum" : "size"} says`);
  }
}

/** A whole member in memory. */
export async function readWholeMember(source: ByteSource, member: ZipMember): Promise<Uint8Array> {
  const whole = new Uint8Array(member.size);
  let at = 0;
  for await (const piece of readZipMember(source, member)) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/**
 * A ZIP archive; the same files give the same bytes (every member is dated 1 January 1980).
 *
 * @param compress deflate the members instead of storing them
 */
export function writeZip(files: Readonly<Record<string, Uint8Array>>, compress: boolean): Uint8Array {
  const zippable: Zippable = {};
  for (const [name, bytes] of Object.entries(files)) {
    zippable[name] = [bytes, { level: compress ? 6 : 0, mtime: new Date(1980, 0, 1) }];
  }
  return zipSync(zippable);
}

async function* inflate(
  packed: AsyncIterable<Uint8Array>,
  source: ByteSource,
  member: ZipMember,
): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  const inflater = new Inflate((piece) => ready.push(piece));
  const push = (piece: Uint8Array, last: boolean): void => {
    try {
      inflater.push(piece, last);
    } catch (error) {
      throw damaged(source, `${member.name} cannot be unpacked: ${messageOf(error)}`, error);
    }
  };
  for await (const piece of packed) {
    // Small portions, so that what one of them unpacks to stays small too.
    for (let at = 0; at < piece.length; at += 16384) {
      push(piece.subarray(at, at + 16384), false);
      yield* ready;
      ready = [];
    }
  }
  push(new Uint8Array(0), true);
  yield* ready;
}

async function findDirectory(source: ByteSource): Promise<{ offset: number; size: number; count: number }> {
  const from = Math.max(0, source.size - END_SIZE - LONGEST_COMMENT);
  const tail = await source.read(from, source.size - from);
  const view = viewOf(tail);
  for (let at = tail.length - END_SIZE; at >= 0; at--) {
    if (view.getUint32(at, true) !== END || at + END_SIZE + view.getUint16(at + 20, true) !== tail.length) continue;
    const plain = {
      count: view.getUint16(at + 10, true),
      size: view.getUint32(at + 12, true),
      offset: view.getUint32(at + 16, true),
    };
    const locator = at >= 20 && view.getUint32(at - 20, true) === END_64_LOCATOR;
    const found = locator ? await readEnd64(source, Number(view.getBigUint64(at - 12, true))) : plain;
    if (found.offset + found.size > source.size || found.count * 46 > found.size)
      throw damaged(source, "its directory is broken");
    return found;
  }
  throw damaged(source, "it has no directory at its end");
}

async function readEnd64(source: ByteSource, offset: number) {
  const record = await source.read(Math.min(offset, source.size), 56);
  const view = viewOf(record);
  if (record.length < 56 || view.getUint32(0, true) !== END_64) throw damaged(source, "its directory is broken");
  const [count, size, directory] = [32, 40, 48].map((field) => Number(view.getBigUint64(field, true)));
  return { count, size, offset: directory };
}

/** Sizes of 4 GiB and more stand in an extra field (id 1), in the order size, packed size, offset. */
function longSizes(view: DataView, entry: number, extra: number, extraLength: number) {
  const values = [24, 20, 42].map((field) => view.getUint32(entry + field, true));
  for (let at = extra; at + 4 <= extra + extraLength; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    const end = Math.min(at + 4 + view.getUint16(at + 2, true), extra + extraLength);
    let from = at + 4;
    for (let i = 0; i < 3; i++) {
      if (values[i] !== 0xffffffff || from + 8 > end) continue;
      values[i] = Number(view.getBigUint64(from, true));
      from += 8;
    }
  }
  return { size: values[0], packedSize: values[1], headerOffset: values[2] };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function damaged(source: ByteSource, why: string, cause?: unknown): ChipError {
  return new ChipError("E_DAMAGED", `${source.name} is a damaged archive (${why}); copy or export it again.`, {
    cause,
  });
}
