const SIGNATURE = 0x4c4f4347; // "GCOL", little-endian
const HEADER = 16;

/**
 * Offset of the first broken global heap collection of an HDF5 file, or -1.
 *
 * Texts of variable length lie in these collections: a header of 16 bytes ("GCOL", version 1, three zeros, u64 size),
 * then objects of a 16-byte header (u16 index, u16 references, four zeros, u64 size) and their data, padded to eight;
 * index 0 is the free rest (HDF5 file format specification 3.0, section III.E). The HDF5 library walks them without a
 * check against standing still, so that one flipped byte in a size would make it loop for ever; hence this check first.
 */
export function findHeapFault(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + HEADER <= bytes.length; at += 8) {
    if (view.getUint32(at, true) !== SIGNATURE) continue;
    const end = at + Number(view.getBigUint64(at + 8, true));
    if (bytes[at + 4] !== 1 || end > bytes.length || !objectsFit(view, at + HEADER, end)) return at;
  }
  return -1;
}

function objectsFit(view: DataView, first: number, end: number): boolean {
  let at = first;
  while (at + HEADER <= end) {
    const size = Number(view.getBigUint64(at + 8, true));
    if (view.getUint16(at, true) === 0) return size === end - at;
    if (size === 0) return false;
    at += HEADER + Math.ceil(size / 8) * 8;
  }
  return at <= end;
}
