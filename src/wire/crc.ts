const POLYNOMIAL = 0xedb88320;
const SLICES = 8;

/** Eight tables of 256: table k holds the CRC of a byte that k zero bytes follow, so that eight bytes go in one step. */
const TABLE = makeTables();

/**
 * CRC-32 of IEEE 802.3 (as in zlib and PNG), an unsigned 32-bit integer; of the ASCII text `123456789` it is cbf43926.
 * Plain code rather than Node's zlib, because chips and links also run in a browser.
 *
 * @param start CRC of what stands before `bytes`, to go on from there
 */
export function crc32(bytes: Uint8Array, start = 0): number {
  let crc = ~start;
  const length = bytes.length;
  const whole = length - (length % SLICES);
  let i = 0;
  for (; i < whole; i += SLICES) {
    const low =
      crc ^
      ((bytes[i] as number) |
        ((bytes[i + 1] as number) << 8) |
        ((bytes[i + 2] as number) << 16) |
        ((bytes[i + 3] as number) << 24));
    crc =
      (TABLE[1792 + (low & 255)] as number) ^
      (TABLE[1536 + ((low >>> 8) & 255)] as number) ^
      (TABLE[1280 + ((low >>> 16) & 255)] as number) ^
      (TABLE[1024 + (low >>> 24)] as number) ^
      (TABLE[768 + (bytes[i + 4] as number)] as number) ^
      (TABLE[512 + (bytes[i + 5] as number)] as number) ^
      (TABLE[256 + (bytes[i + 6] as number)] as number) ^
      (TABLE[bytes[i + 7] as number] as number);
  }
  for (; i < length; i++) crc = (crc >>> 8) ^ (TABLE[(crc ^ (bytes[i] as number)) & 255] as number);
  return ~crc >>> 0;
}

function makeTables(): Int32Array {
  const table = new Int32Array(SLICES * 256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
    table[byte] = crc;
  }
  for (let i = 256; i < table.length; i++) {
    const before = table[i - 256] as number;
    table[i] = (before >>> 8) ^ (table[before & 255] as number);
  }
  return table;
}
