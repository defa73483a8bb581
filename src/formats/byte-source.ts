import { open, stat } from "node:fs/promises";
import { basename } from "node:path";
import { ChipError } from "../errors.ts";
import { inputFileError } from "./input-file.ts";

/** Bytes that can be read from any place, so that a long recording need not be in memory. */
export interface ByteSource {
  /** How messages call it: the file's name. */
  readonly name: string;
  readonly size: number;
  /** The bytes from `offset`; fewer than `length` only at the end. */
  read(offset: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

export function memorySource(bytes: Uint8Array, name = "the recording"): ByteSource {
  return {
    name,
    size: bytes.length,
    read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
    close: () => Promise.resolve(),
  };
}

/** @throws ChipError E_FILE_NOT_FOUND, E_FILE_ACCESS as `readInputFile`; a pipe is refused, since it cannot be read twice */
export async function openFileSource(path: string): Promise<ByteSource> {
  try {
    const facts = await stat(path);
    if (facts.isDirectory()) throw Object.assign(new Error("is a folder"), { code: "EISDIR" });
    if (!facts.isFile()) {
      throw new ChipError("E_FILE_ACCESS", `${path} is a pipe or device; save it to a file first.`, {
        details: { path },
      });
    }
    const file = await open(path, "r");
    return {
      name: basename(path),
      size: facts.size,
      read: async (offset, length) => {
        const buffer = new Uint8Array(Math.max(0, Math.min(length, facts.size - offset)));
        let filled = 0;
        while (filled < buffer.length) {
          const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, offset + filled);
          if (bytesRead === 0) break;
          filled += bytesRead;
        }
        return buffer.subarray(0, filled);
      },
      close: () => file.close(),
    };
  } catch (error) {
    throw error instanceof ChipError ? error : inputFileError(path, error);
  }
}

const PIECE = 1 << 20;

/** The bytes from `start` to `end` (excluded) in pieces of at most 1 MiB. */
export async function* readPieces(source: ByteSource, start = 0, end = source.size): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end; ) {
    const piece = await source.read(at, Math.min(PIECE, end - at));
    if (piece.length === 0) throw new ChipError("E_DAMAGED", `${source.name} ends at byte ${at}, before it should.`);
    yield piece;
    at += piece.length;
  }
}

/** Takes bytes off a sequence of pieces in the portions that a decoder wants. */
export class ByteReader {
  readonly #pieces: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array(0);
  #ended = false;

  constructor(pieces: AsyncIterable<Uint8Array>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** The next `length` bytes; fewer only at the end. */
  async read(length: number): Promise<Uint8Array> {
    if (this.#rest.length < length && !this.#ended) await this.#gather(length);
    const taken = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(taken.length);
    return taken;
  }

  /** Lets go of the source before its end. */
  async stop(): Promise<void> {
    this.#ended = true;
    await this.#pieces.return?.();
  }

  async #gather(length: number): Promise<void> {
    const parts = [this.#rest];
    let have = this.#rest.length;
    while (have < length) {
      const { done, value } = await this.#pieces.next();
      if (done) {
        this.#ended = true;
        break;
      }
      parts.push(value);
      have += value.length;
    }
    this.#rest = new Uint8Array(have);
    let at = 0;
    for (const part of parts) {
      this.#rest.set(part, at);
      at += part.length;
    }
  }
}

/** One array of two; the second itself when the first is empty. */
export function joinBytes(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
