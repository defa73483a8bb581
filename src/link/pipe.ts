import { ChipError } from "../errors.ts";
import type { ByteLink } from "../wire/byte-link.ts";

/** Bytes that one side may be ahead of the other before its `write` waits. */
const CAPACITY = 65_536;

/** A line within the process: what one end writes the other one reads, with back-pressure. */
export function createPipe(label = "pipe"): [ByteLink, ByteLink] {
  const there = new Direction();
  const back = new Direction();
  return [new PipeEnd(label, there, back), new PipeEnd(label, back, there)];
}

/** One direction. */
class Direction {
  readonly #chunks: Uint8Array[] = [];
  #bytes = 0;
  #closed = false;
  #onData: (() => void) | undefined;
  #onRoom: (() => void) | undefined;

  async write(bytes: Uint8Array, label: string): Promise<void> {
    if (this.#closed) throw new ChipError("E_LINK", `${label} is closed; open it again.`);
    if (bytes.length === 0) return;
    this.#chunks.push(bytes.slice());
    this.#bytes += bytes.length;
    this.#onData?.();
    while (this.#bytes > CAPACITY && !this.#closed) {
      await new Promise<void>((resolve) => {
        this.#onRoom = resolve;
      });
    }
  }

  async *read(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const chunk = this.#chunks.shift();
      if (chunk) {
        this.#bytes -= chunk.length;
        this.#onRoom?.();
        yield chunk;
      } else if (this.#closed) {
        return;
      } else {
        await new Promise<void>((resolve) => {
          this.#onData = resolve;
        });
      }
    }
  }

  close(): void {
    this.#closed = true;
    this.#onData?.();
    this.#onRoom?.();
  }
}

class PipeEnd implements ByteLink {
  readonly label: string;
  readonly incoming: AsyncIterable<Uint8Array>;
  readonly #out: Direction;
  readonly #in: Direction;

  constructor(label: string, out: Direction, incoming: Direction) {
    this.label = label;
    this.#out = out;
    this.#in = incoming;
    this.incoming = incoming.read();
  }

  write(bytes: Uint8Array): Promise<void> {
    return this.#out.write(bytes, this.label);
  }

  async close(): Promise<void> {
    this.#out.close();
    this.#in.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
