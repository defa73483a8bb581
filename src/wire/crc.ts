import { crc32 as zlibCrc32 } from "node:zlib";

/** CRC-32 of IEEE 802.3 (as in zlib and PNG), an unsigned 32-bit integer; of the ASCII text `123456789` it is cbf43926. */
export function crc32(bytes: Uint8Array): number {
  return zlibCrc32(bytes);
}
