/**
 * Consistent Overhead Byte Stuffing (Cheshire and Baker, IEEE/ACM Transactions on Networking 7(2), 1999): bytes without any
 * zero, so that a zero can end a frame and a receiver finds the next frame after any garbage.
 *
 * A block is a code byte n followed by n - 1 bytes that are not zero; it stands for these bytes and then a zero. The block
 * of code 255 stands for its 254 bytes alone, and the last block's zero is not there.
 */

const LONGEST = 255;

/** Most bytes that `length` bytes become, the ending zero not counted. */
export function cobsBound(length: number): number {
  return length + 1 + Math.floor(length / (LONGEST - 1));
}

/**
 * Writes `source[0, length)` to `target` from `at` on, without the ending zero.
 *
 * @returns index after the last byte written; `target` must have room for `cobsBound(length)` bytes
 */
export function cobsEncode(source: Uint8Array, length: number, target: Uint8Array, at: number): number {
  let codeAt = at;
  let to = at + 1;
  let code = 1;
  for (let i = 0; i < length; i++) {
    const byte = source[i] as number;
    if (byte !== 0) {
      target[to++] = byte;
      code++;
      // A full block at the very end needs no further block after it.
      if (code < LONGEST || i === length - 1) continue;
    }
    target[codeAt] = code;
    codeAt = to++;
    code = 1;
  }
  target[codeAt] = code;
  return to;
}

/**
 * Undoes `cobsEncode` for `source[from, to)`, which holds no zero. `target` may be `source` itself with `at <= from`.
 *
 * @returns index after the last byte written, or -1 when the bytes are no encoding: a block reaches past the end
 */
export function cobsDecode(source: Uint8Array, from: number, to: number, target: Uint8Array, at: number): number {
  let i = from;
  let out = at;
  while (i < to) {
    const code = source[i++] as number;
    const end = i + code - 1;
    if (end > to) return -1;
    while (i < end) target[out++] = source[i++] as number;
    if (code < LONGEST && i < to) target[out++] = 0;
  }
  return out;
}
