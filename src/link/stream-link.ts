import type { Readable, Writable } from "node:stream";
import { ChipError } from "../errors.ts";
import type { ByteLink } from "../wire/byte-link.ts";
import { Inbox } from "./inbox.ts";

/** Bytes that may wait for the reader before the stream is paused. */
const CAPACITY = 1 << 18;

/** What makes a line of Node's streams. */
export interface StreamEnds {
  readonly label: string;
  readonly readable: Readable;
  readonly writable: Writable;
  /** Says in one line what broke and what to do. */
  readonly explain: (error: Error) => ChipError;
  readonly close: () => Promise<void>;
}

/** A line over Node's streams: a socket, a serial port, the standard input and output of a program. */
export class StreamLink implements ByteLink {
  readonly label: string;
  readonly incoming: AsyncIterable<Uint8Array>;
  readonly #ends: StreamEnds;
  readonly #inbox: Inbox;
  #closed: Promise<void> | undefined;
  #broken: ChipError | undefined;

  constructor(ends: StreamEnds) {
    const { readable, writable } = ends;
    this.#ends = ends;
    this.label = ends.label;
    this.#inbox = new Inbox(CAPACITY, () => readable.resume());
    this.incoming = this.#inbox.read();
    readable.on("data", (chunk: Uint8Array) => {
      if (!this.#inbox.push(chunk)) readable.pause();
    });
    readable.on("end", () => this.#inbox.end());
    // A serial port that was pulled closes with the reason; a socket closes with a flag, after its error.
    readable.on("close", (reason?: unknown) => this.#over(reason instanceof Error ? reason : undefined));
    const onError = (error: Error): void => this.#over(error);
    readable.on("error", onError);
    if (writable !== (readable as unknown)) writable.on("error", onError);
  }

  write(bytes: Uint8Array): Promise<void> {
    if (this.#broken) return Promise.reject(this.#broken);
    if (this.#closed) return Promise.reject(new ChipError("E_LINK", `${this.label} is closed; open it again.`));
    return new Promise((resolve, reject) => {
      this.#ends.writable.write(bytes, (error) => {
        if (error) reject(this.#broken ?? this.#ends.explain(error));
        else resolve();
      });
    });
  }

  close(): Promise<void> {
    this.#closed ??= this.#shut();
    return this.#closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #shut(): Promise<void> {
    this.#inbox.end();
    // A paused stream would never come to its end.
    this.#ends.readable.resume();
    await this.#ends.close();
  }

  #over(error: Error | undefined): void {
    if (error && !this.#closed) this.#broken ??= this.#ends.explain(error);
    this.#inbox.end(this.#broken);
  }
}
