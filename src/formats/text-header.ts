import type { ByteSource } from "./byte-source.ts";

/** Lines at the front of a binary file. */
export interface TextHeader {
  /** Without their line ends, the marker included. */
  readonly lines: readonly string[];
  /** Offset of the first byte behind them. */
  readonly dataOffset: number;
}

const STEP = 1 << 16;
/** Cameras write preferences of some 100 kB into headers. */
const LONGEST = 1 << 22;

/**
 * The lines at the front of a file that begin with a marker (`#` in AEDAT, `%` in Prophesee's files), up to the first
 * that does not, or to a line that ends the header, which still belongs to it.
 *
 * The first byte of data may happen to be the marker, so that a line with control characters in it is data, too.
 *
 * @param ends whether a line is the last one of the header
 */
export async function readTextHeader(
  source: ByteSource,
  marker: string,
  ends: (line: string) => boolean,
): Promise<TextHeader> {
  for (let length = STEP; ; length *= 4) {
    const bytes = await source.read(0, Math.min(length, LONGEST));
    const header = parseTextHeader(bytes, marker, ends);
    if (header.complete || bytes.length >= source.size || length >= LONGEST) return header;
  }
}

/** The same of bytes at hand; `complete` when the header surely ends within them. */
export function parseTextHeader(
  bytes: Uint8Array,
  marker: string,
  ends: (line: string) => boolean,
): TextHeader & { readonly complete: boolean } {
  const first = marker.charCodeAt(0);
  const lines: string[] = [];
  let at = 0;
  while (at < bytes.length) {
    const end = lineEnd(bytes, at);
    if (bytes[at] !== first || end === NO_TEXT) return { lines, dataOffset: at, complete: true };
    if (end < 0) return { lines, dataOffset: at, complete: false };
    const line = latin1.decode(bytes.subarray(at, end)).replace(/\r$/, "");
    lines.push(line);
    at = end + 1;
    if (ends(line)) return { lines, dataOffset: at, complete: true };
  }
  return { lines, dataOffset: at, complete: false };
}

const latin1 = new TextDecoder("latin1");
const NO_TEXT = -2;

/** Offset of the line feed; -1 without one, `NO_TEXT` when a control character comes first. */
function lineEnd(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === 0x0a) return at;
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0d) return NO_TEXT;
  }
  return -1;
}
