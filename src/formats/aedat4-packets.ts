import { ChipError, messageOf } from "../errors.ts";
import type { SensorSize } from "../events/event-stream.ts";
import { Lz4Error, unpackLz4Frame } from "./aedat4-lz4.ts";
import { FlatBufferError, FlatTable } from "./flatbuffer.ts";

export const AEDAT4_SIGNATURE = "#!AER-DAT4.0\r\n";

/** What the header of an AEDAT 4 file says. */
export interface Aedat4Header {
  readonly compression: Compression;
  /** Where packets end and the table of them begins; not above 0 when the recording was not finished. */
  readonly tableOffset: number;
  readonly streams: ReadonlyMap<number, Aedat4Stream>;
}

export interface Aedat4Stream {
  /** Such as `EVTS`. */
  readonly type: string;
  readonly sensor?: SensorSize;
}

export type Compression = "none" | "lz4" | "zstd";
const COMPRESSIONS: readonly Compression[] = ["none", "lz4", "lz4", "zstd", "zstd"];

/** @throws ChipError E_DAMAGED, or E_FORMAT for a compression that is not known */
export function parseAedat4Header(bytes: Uint8Array, name: string): Aedat4Header {
  let table: FlatTable;
  let code: number;
  let tableOffset: number;
  let xml: string;
  try {
    table = FlatTable.root(bytes, 0, "IOHE");
    code = table.int32(0, 0);
    tableOffset = table.int64(1, -1);
    xml = table.string(2) ?? "";
  } catch (error) {
    if (!(error instanceof FlatBufferError)) throw error;
    throw new ChipError("E_DAMAGED", `${name} has a broken header (${error.message}); copy it again.`, {
      details: { offset: AEDAT4_SIGNATURE.length + 4 },
      cause: error,
    });
  }
  const compression = COMPRESSIONS[code];
  if (compression === undefined) {
    throw new ChipError("E_FORMAT", `${name} is packed by method ${code}; none, LZ4 and Zstd (0 to 4) are read.`);
  }
  return { compression, tableOffset, streams: parseStreams(xml) };
}

/** Streams by number from DV's description: node `outInfo`, below it one a stream, below that `info` with the size. */
function parseStreams(xml: string): Map<number, Aedat4Stream> {
  const streams = new Map<number, { type: string; width?: number; height?: number }>();
  const path: string[] = [];
  const tags =
    /<node\s[^<>]*?name="([^"<>]*)"[^<>]*?(\/?)>|(<\/node>)|<attr\s[^<>]*?key="([^"<>]*)"[^<>]*>([^<]*)<\/attr>/g;
  for (const [, node, single, close, key, value] of xml.matchAll(tags)) {
    if (node !== undefined && single === "") path.push(node);
    else if (close !== undefined) path.pop();
    const at = path.indexOf("outInfo");
    if (key === undefined || at < 0 || !/^\d+$/.test(path[at + 1] ?? "")) continue;
    const id = Number(path[at + 1]);
    const stream = streams.get(id) ?? { type: "" };
    if (key === "typeIdentifier") stream.type = value.trim();
    if (key === "sizeX") stream.width = Number(value);
    if (key === "sizeY") stream.height = Number(value);
    streams.set(id, stream);
  }
  return new Map([...streams].map(([id, { type, width, height }]) => [id, { type, ...sizeOf(width, height) }]));
}

function sizeOf(width?: number, height?: number): { sensor?: SensorSize } {
  const sound = [width, height].every((size) => Number.isInteger(size) && size! >= 1 && size! <= 65_536);
  return sound ? { sensor: [width!, height!] } : {};
}

/** Packets of cameras hold some 10 ms; one that unpacks to more than this is a lie. */
const LARGEST_PACKET = 1 << 24;
/** Packed bytes that a Zstd decoder gets at once. */
const PIECE = 1 << 16;

export type Unpack = (bytes: Uint8Array) => Uint8Array;

/** How packets are unpacked; the Zstd package is loaded only for files that need it. What is thrown names no packet. */
export async function unpackerOf(compression: Compression): Promise<Unpack> {
  if (compression === "none") return (bytes) => bytes;
  if (compression === "lz4") return (bytes) => unpackLz4Frame(bytes, LARGEST_PACKET);
  const { Decompress } = await import("fzstd");
  return (bytes) => {
    checkZstdMemory(bytes);
    const pieces: Uint8Array[] = [];
    let length = 0;
    const decoder = new Decompress((piece) => {
      length += piece.length;
      if (length > LARGEST_PACKET) throw new PacketError("it unpacks to more than 16 MiB");
      pieces.push(piece.slice());
    });
    try {
      for (let at = 0; at < bytes.length; at += PIECE) {
        decoder.push(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length);
      }
    } catch (error) {
      // The package throws whatever its arrays throw when a frame is damaged.
      throw error instanceof PacketError ? error : new PacketError(messageOf(error));
    }
    const out = new Uint8Array(length);
    let at = 0;
    for (const piece of pieces) {
      out.set(piece, at);
      at += piece.length;
    }
    return out;
  };
}

/** Frames that do not state their content may need a window of at least this (RFC 8878, 3.1.1.1.2). */
const LARGEST_WINDOW = 1 << 23;
/** Events do not pack tighter. */
const LARGEST_RATIO = 1024;

/**
 * A Zstd decoder takes as much memory as the frame says that matches may reach back: its window, or all of its content
 * (RFC 8878, 3.1.1.1). A few bytes must not claim much of it.
 */
function checkZstdMemory(bytes: Uint8Array): void {
  if (bytes.length < 6) throw new PacketError("it is cut short");
  const descriptor = bytes[4];
  if ((descriptor & 0x20) === 0) {
    const base = 2 ** (10 + (bytes[5] >> 3));
    if (base + (base / 8) * (bytes[5] & 7) > LARGEST_WINDOW) throw new PacketError("it claims too much memory");
    return;
  }
  const at = 5 + [0, 1, 2, 4][descriptor & 3];
  let content = 0;
  for (let i = 2 ** (descriptor >> 6) - 1; i >= 0; i--) content = content * 256 + (bytes[at + i] ?? 0);
  if (content > LARGEST_RATIO * bytes.length) throw new PacketError("it claims too much memory");
}

/** Why a packet cannot be used; the caller says which one it is. */
export class PacketError extends Error {}

export function isPacketFault(error: unknown): error is Error {
  return error instanceof PacketError || error instanceof Lz4Error || error instanceof FlatBufferError;
}

/** Four letters that say what an unpacked packet holds. */
export function packetType(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(8, 12));
}

/** Bytes of an event: i64 time, i16 x, i16 y, u8 on, three of padding. */
export const EVENT_SIZE = 16;

/** The event structs of an unpacked `EVTS` packet, viewed as words; five of sixteen bytes are padding or upper bits. */
export function eventWords(bytes: Uint8Array): Uint32Array {
  const structs = FlatTable.root(bytes, 4, "EVTS").structs(0, EVENT_SIZE);
  if (structs === undefined) return new Uint32Array(0);
  const inPlace = structs.byteOffset % 4 === 0 ? structs : structs.slice();
  return new Uint32Array(inPlace.buffer, inPlace.byteOffset, inPlace.length >> 2);
}
