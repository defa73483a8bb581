import { ChipError } from "../errors.ts";
import type { ByteSource } from "./byte-source.ts";
import type { ReadEventsOptions } from "./event-format.ts";
import { tolerate } from "./read-report.ts";

/** Some records of a file of equal records. */
export interface RecordBlock {
  /** Whole records, at an address that is a multiple of eight, so that typed arrays can view them. */
  readonly bytes: Uint8Array;
  /** Where they lie in the file. */
  readonly offset: number;
}

/**
 * The records of a recording that is a header and then records of equal size, in blocks.
 *
 * A rest at the end that is no whole record is damage (E_DAMAGED, or left out when repairing).
 *
 * @param start offset of the first record
 * @param size bytes of a record
 * @param perBlock records of a block, at most
 */
export async function* readRecordBlocks(
  source: ByteSource,
  start: number,
  size: number,
  perBlock: number,
  options: ReadEventsOptions,
): AsyncGenerator<RecordBlock> {
  const rest = (source.size - start) % size;
  const end = source.size - rest;
  for (let offset = start; offset < end; ) {
    const bytes = await source.read(offset, Math.min(perBlock * size, end - offset));
    const whole = bytes.length - (bytes.length % size);
    // Only a file that shrinks while it is read ends before its own size.
    if (whole === 0) throw new ChipError("E_DAMAGED", `${source.name} ends at byte ${offset}, before it should.`);
    yield { bytes: aligned(bytes.subarray(0, whole)), offset };
    offset += whole;
  }
  if (rest > 0) {
    tolerate(
      {
        kind: "cut short",
        fault: `${source.name} is cut short: ${rest} bytes are left at offset ${end}, and a record takes ${size}`,
        mended: "the rest is left out",
        offset: end,
      },
      options,
    );
  }
}

/** The same bytes where a typed array of any width may begin. */
export function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
}

export function asUint32(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
}

export function asUint16(bytes: Uint8Array): Uint16Array {
  return new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length >> 1);
}
