import { cobsBound, cobsEncode } from "./cobs.ts";
import { crc32 } from "./crc.ts";

/** Kinds of frames; the numbers are those on the wire. Layout: `firmware-schemas/README.md`. */
export const FrameKind = {
  HELLO: 1,
  WELCOME: 2,
  REFUSE: 3,
  DATA: 4,
  ACK: 5,
  PING: 6,
  ABORT: 7,
  CLOSE: 8,
  CLOSED: 9,
  UNKNOWN: 10,
} as const;
export type FrameKind = (typeof FrameKind)[keyof typeof FrameKind];

export const LAST_KIND = FrameKind.UNKNOWN;
/** kind u8, session u16, a u16, b u16. */
export const HEADER_BYTES = 7;
export const CRC_BYTES = 4;

/** A frame as it is meant; `a` and `b` mean different things in each kind. */
export interface Frame {
  readonly kind: number;
  readonly session: number;
  /** DATA: sequence number. ACK: the next number expected. ABORT: run. CLOSE: reason. Otherwise 0. */
  readonly a: number;
  /** DATA, PING: stamp. ACK: latest stamp received. Otherwise 0. */
  readonly b: number;
  readonly payload: Uint8Array;
}

/** Most bytes on the line that a frame with so long a payload takes, its ending zero included. */
export function frameBound(payloadBytes: number): number {
  return cobsBound(HEADER_BYTES + payloadBytes + CRC_BYTES) + 1;
}

/** Makes frames in one scratch buffer. */
export class FrameWriter {
  readonly #content: Uint8Array;

  /** @param maxPayload longest payload that will be written */
  constructor(maxPayload: number) {
    this.#content = new Uint8Array(HEADER_BYTES + maxPayload + CRC_BYTES);
  }

  /**
   * Writes a frame with its ending zero to `target` from `at` on.
   *
   * @returns index after the last byte; `target` must have room for `frameBound(payload.length)` bytes
   */
  write(frame: Frame, target: Uint8Array, at: number): number {
    const content = this.#content;
    const { kind, session, a, b, payload } = frame;
    content[0] = kind;
    content[1] = session;
    content[2] = session >>> 8;
    content[3] = a;
    content[4] = a >>> 8;
    content[5] = b;
    content[6] = b >>> 8;
    content.set(payload, HEADER_BYTES);
    const crcAt = HEADER_BYTES + payload.length;
    const crc = crc32(content.subarray(0, crcAt));
    content[crcAt] = crc;
    content[crcAt + 1] = crc >>> 8;
    content[crcAt + 2] = crc >>> 16;
    content[crcAt + 3] = crc >>> 24;
    const end = cobsEncode(content, crcAt + CRC_BYTES, target, at);
    target[end] = 0;
    return end + 1;
  }
}

/** One frame as bytes of its own. */
export function encodeFrame(frame: Frame): Uint8Array {
  const target = new Uint8Array(frameBound(frame.payload.length));
  return target.subarray(0, new FrameWriter(frame.payload.length).write(frame, target, 0));
}
