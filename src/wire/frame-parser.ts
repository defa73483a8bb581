import { cobsBound, cobsDecode } from "./cobs.ts";
import { crc32 } from "./crc.ts";
import { CRC_BYTES, HEADER_BYTES, LAST_KIND } from "./frame.ts";

/** What was dropped because it was no frame, and why. */
export interface Discarded {
  readonly bytes: number;
  /** Longer than any frame can be. */
  readonly tooLong: number;
  readonly falseCobs: number;
  readonly tooShort: number;
  readonly wrongCrc: number;
  readonly unknownKind: number;
}

/** Called for each frame; `payload` is only valid during the call. */
export type OnFrame = (kind: number, session: number, a: number, b: number, payload: Uint8Array) => void;

/**
 * Finds frames in a stream of bytes that comes in pieces of any size, and is in step again at the first zero after any
 * garbage. Keeps at most one frame, so that what comes in cannot make it grow; every byte is looked at a fixed number of
 * times.
 */
export class FrameParser {
  readonly #onFrame: OnFrame;
  readonly #longest: number;
  /** The beginning of a frame whose end has not come yet. */
  readonly #begun: Uint8Array;
  readonly #content: Uint8Array;
  #length = 0;
  /** The piece under way is too long already; its bytes are only counted. */
  #skipping = false;
  #frames = 0;
  readonly #discarded = { bytes: 0, tooLong: 0, falseCobs: 0, tooShort: 0, wrongCrc: 0, unknownKind: 0 };

  /** @param maxPayload longest payload of a frame that may come */
  constructor(maxPayload: number, onFrame: OnFrame) {
    const content = HEADER_BYTES + maxPayload + CRC_BYTES;
    this.#longest = cobsBound(content);
    this.#begun = new Uint8Array(this.#longest);
    // What is no encoding may decode to as many bytes as it has.
    this.#content = new Uint8Array(this.#longest);
    this.#onFrame = onFrame;
  }

  get frames(): number {
    return this.#frames;
  }

  get discarded(): Discarded {
    return { ...this.#discarded };
  }

  push(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length) {
      const zero = bytes.indexOf(0, at);
      if (zero < 0) {
        this.#keep(bytes, at, bytes.length);
        return;
      }
      if (this.#length === 0 && !this.#skipping) this.#piece(bytes, at, zero);
      else {
        this.#keep(bytes, at, zero);
        if (!this.#skipping) this.#piece(this.#begun, 0, this.#length);
      }
      this.#length = 0;
      this.#skipping = false;
      at = zero + 1;
    }
  }

  /** Forgets the beginning of a frame: the line is a new one. */
  restart(): void {
    this.#discarded.bytes += this.#length;
    this.#length = 0;
    this.#skipping = false;
  }

  #keep(bytes: Uint8Array, from: number, to: number): void {
    const length = to - from;
    if (this.#skipping) {
      this.#discarded.bytes += length;
    } else if (this.#length + length > this.#longest) {
      this.#discarded.tooLong++;
      this.#discarded.bytes += this.#length + length;
      this.#length = 0;
      this.#skipping = true;
    } else {
      this.#begun.set(from === 0 && to === bytes.length ? bytes : bytes.subarray(from, to), this.#length);
      this.#length += length;
    }
  }

  #piece(source: Uint8Array, from: number, to: number): void {
    const length = to - from;
    if (length === 0) return;
    const reason = length > this.#longest ? "tooLong" : this.#frame(source, from, to);
    if (reason === undefined) {
      this.#frames++;
      return;
    }
    this.#discarded[reason]++;
    this.#discarded.bytes += length;
  }

  /** Hands a frame on, or says why it is none. */
  #frame(source: Uint8Array, from: number, to: number): Exclude<keyof Discarded, "bytes"> | undefined {
    const content = this.#content;
    const length = cobsDecode(source, from, to, content, 0);
    if (length < 0) return "falseCobs";
    const crcAt = length - CRC_BYTES;
    if (crcAt < HEADER_BYTES) return "tooShort";
    const stored =
      ((content[crcAt] as number) |
        ((content[crcAt + 1] as number) << 8) |
        ((content[crcAt + 2] as number) << 16) |
        ((content[crcAt + 3] as number) << 24)) >>>
      0;
    if (stored !== crc32(content.subarray(0, crcAt))) return "wrongCrc";
    const kind = content[0] as number;
    if (kind === 0 || kind > LAST_KIND) return "unknownKind";
    this.#onFrame(kind, word(content, 1), word(content, 3), word(content, 5), content.subarray(HEADER_BYTES, crcAt));
    return undefined;
  }
}

function word(bytes: Uint8Array, at: number): number {
  return (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
}
