/** What came in and was not read yet: callbacks push, one reader iterates. */
export class Inbox {
  readonly #chunks: Uint8Array[] = [];
  readonly #onRoom: () => void;
  readonly #capacity: number;
  #bytes = 0;
  #ended = false;
  #error: unknown;
  #wake: (() => void) | undefined;

  /**
   * @param capacity bytes from which on `push` asks for a pause
   * @param onRoom called when the reader has caught up after such a pause
   */
  constructor(capacity: number, onRoom: () => void) {
    this.#capacity = capacity;
    this.#onRoom = onRoom;
  }

  /** @returns false when the source should pause until `onRoom` */
  push(chunk: Uint8Array): boolean {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    this.#wake?.();
    return this.#bytes < this.#capacity;
  }

  /** Nothing more comes; with an error the reader gets it after what came before. The first call counts. */
  end(error?: unknown): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#error = error;
    this.#wake?.();
  }

  async *read(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const chunk = this.#chunks.shift();
      if (chunk) {
        const full = this.#bytes >= this.#capacity;
        this.#bytes -= chunk.length;
        if (full && this.#bytes < this.#capacity) this.#onRoom();
        yield chunk;
      } else if (this.#ended) {
        if (this.#error !== undefined) throw this.#error;
        return;
      } else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
        this.#wake = undefined;
      }
    }
  }
}
