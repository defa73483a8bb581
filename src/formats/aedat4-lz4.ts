/**
 * LZ4 frames, unpacked (LZ4 frame format 1.6, block format 1.5). Own code because the package that packs them reads behind
 * the ends of damaged ones.
 */

const MAGIC = 0x184d2204;
const UNPACKED = 0x80000000;
const BLOCK_SIZES: Readonly<Record<number, number>> = { 4: 1 << 16, 5: 1 << 18, 6: 1 << 20, 7: 1 << 22 };
const SHORTEST_MATCH = 4;

/** Why a frame cannot be unpacked; the caller says which one it is. */
export class Lz4Error extends Error {}

/**
 * The content of one frame; checksums of content are compared.
 *
 * @param limit most bytes that it may have
 * @throws Lz4Error when the frame is damaged, is cut short or holds more
 */
export function unpackLz4Frame(bytes: Uint8Array, limit: number): Uint8Array {
  if (bytes.length < 7) throw new Lz4Error("it is cut short");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== MAGIC) throw new Lz4Error("it is no LZ4 frame");
  const flags = bytes[4];
  const blockSize = BLOCK_SIZES[(bytes[5] >> 4) & 7];
  if (flags >> 6 !== 1 || blockSize === undefined || (flags & 1) !== 0) throw new Lz4Error("its header is broken");
  const blockChecksums = (flags & 0x10) !== 0;
  const contentChecksum = (flags & 4) !== 0;
  let at = (flags & 8) !== 0 ? 15 : 7;
  let out = new Uint8Array(Math.min(limit, blockSize, 256 * bytes.length));
  let length = 0;
  for (;;) {
    if (at + 4 > bytes.length) throw new Lz4Error("it is cut short");
    const word = view.getUint32(at, true);
    at += 4;
    if (word === 0) break;
    const size = word & ~UNPACKED;
    if (at + size > bytes.length) throw new Lz4Error("it is cut short");
    const unpacked = (word & UNPACKED) !== 0;
    out = withRoom(out, length, Math.min(unpacked ? size : blockSize, unpacked ? size : 256 * size), limit);
    if (unpacked) {
      if (length + size > out.length) throw new Lz4Error("it holds too much");
      out.set(bytes.subarray(at, at + size), length);
      length += size;
    } else length = unpackBlock(bytes, at, at + size, out, length);
    at += size + (blockChecksums ? 4 : 0);
  }
  const content = out.subarray(0, length);
  if (contentChecksum) {
    if (at + 4 > bytes.length) throw new Lz4Error("it is cut short");
    if (view.getUint32(at, true) !== xxHash32(content)) throw new Lz4Error("its checksum differs");
  }
  return content;
}

function withRoom(out: Uint8Array<ArrayBuffer>, length: number, count: number, limit: number): Uint8Array<ArrayBuffer> {
  const need = length + count;
  if (need <= out.length) return out;
  const size = Math.min(limit, Math.max(need, 2 * out.length));
  const wider = new Uint8Array(size);
  wider.set(out.subarray(0, length));
  return wider;
}

/** Literals and matches of one block, behind what is there already; gives the new length. */
function unpackBlock(bytes: Uint8Array, from: number, end: number, out: Uint8Array, length: number): number {
  let at = from;
  let to = length;
  while (at < end) {
    const token = bytes[at++];
    let literals = token >> 4;
    if (literals === 15) {
      let more = 255;
      while (more === 255) {
        if (at >= end) throw new Lz4Error("it is damaged");
        literals += more = bytes[at++];
      }
    }
    if (at + literals > end || to + literals > out.length) throw new Lz4Error("it is damaged");
    if (literals > 16) {
      out.set(bytes.subarray(at, at + literals), to);
      at += literals;
      to += literals;
    } else for (let i = 0; i < literals; i++) out[to++] = bytes[at++];
    if (at === end) return to;

    if (at + 2 > end) throw new Lz4Error("it is damaged");
    const offset = bytes[at] | (bytes[at + 1] << 8);
    at += 2;
    let match = (token & 15) + SHORTEST_MATCH;
    if ((token & 15) === 15) {
      let more = 255;
      while (more === 255) {
        if (at >= end) throw new Lz4Error("it is damaged");
        match += more = bytes[at++];
      }
    }
    if (offset === 0 || offset > to || to + match > out.length) throw new Lz4Error("it is damaged");
    if (match > 32 && offset >= match) {
      out.copyWithin(to, to - offset, to - offset + match);
      to += match;
    } else for (let i = 0; i < match; i++, to++) out[to] = out[to - offset];
  }
  return to;
}

const PRIME_1 = 0x9e3779b1;
const PRIME_2 = 0x85ebca77;
const PRIME_3 = 0xc2b2ae3d;
const PRIME_4 = 0x27d4eb2f;
const PRIME_5 = 0x165667b1;

/** xxHash of 32 bits with seed 0 (xxHash specification 0.1.1), the checksum of LZ4 frames. */
export function xxHash32(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  let hash = PRIME_5;
  if (bytes.length >= 16) {
    let a = (PRIME_1 + PRIME_2) | 0;
    let b = PRIME_2 | 0;
    let c = 0;
    let d = -PRIME_1 | 0;
    for (; at + 16 <= bytes.length; at += 16) {
      a = round(a, view.getUint32(at, true));
      b = round(b, view.getUint32(at + 4, true));
      c = round(c, view.getUint32(at + 8, true));
      d = round(d, view.getUint32(at + 12, true));
    }
    hash = (rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18)) | 0;
  }
  hash = (hash + bytes.length) | 0;
  for (; at + 4 <= bytes.length; at += 4) {
    hash = Math.imul(rotate((hash + Math.imul(view.getUint32(at, true), PRIME_3)) | 0, 17), PRIME_4);
  }
  for (; at < bytes.length; at++) {
    hash = Math.imul(rotate((hash + Math.imul(bytes[at], PRIME_5)) | 0, 11), PRIME_1);
  }
  hash = Math.imul(hash ^ (hash >>> 15), PRIME_2);
  hash = Math.imul(hash ^ (hash >>> 13), PRIME_3);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function round(lane: number, word: number): number {
  return Math.imul(rotate((lane + Math.imul(word, PRIME_2)) | 0, 13), PRIME_1);
}

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}
