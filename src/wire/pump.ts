import type { ByteLink } from "./byte-link.ts";
import type { Clock } from "./clock.ts";
import type { Transport } from "./transport.ts";

/**
 * Carries bytes between a transport and a line until the line ends, breaks, or `stop` is called.
 *
 * The transport's owner is told of everything that may matter to it (`onChange`: frames came, room was made, a deadline
 * passed) and calls `kick` when it has given the transport something to send.
 */
export class Pump {
  readonly #transport: Transport;
  readonly #link: ByteLink;
  readonly #clock: Clock;
  readonly #onChange: () => void;
  #kicked = false;
  #stopped = false;
  #wake: (() => void) | undefined;
  #onStop: () => void = () => undefined;
  readonly #stopping = new Promise<void>((resolve) => {
    this.#onStop = resolve;
  });

  constructor(transport: Transport, link: ByteLink, clock: Clock, onChange: () => void) {
    this.#transport = transport;
    this.#link = link;
    this.#clock = clock;
    this.#onChange = onChange;
  }

  /** Resolves when the other side closed the line or after `stop`; rejects when the line broke. */
  async run(): Promise<void> {
    const reading = this.#read();
    const writing = this.#write();
    try {
      // A writer that a dead line holds up does not hold up `stop`.
      await Promise.race([reading, writing, this.#stopping]);
    } finally {
      this.stop();
      // Whatever still hangs at the line ends with it; its error came out above if it was the first.
      reading.catch(ignore);
      writing.catch(ignore);
    }
  }

  /** There is something to send. */
  kick(): void {
    this.#kicked = true;
    this.#wake?.();
  }

  stop(): void {
    this.#stopped = true;
    this.#wake?.();
    this.#onStop();
  }

  async #read(): Promise<void> {
    for await (const bytes of this.#link.incoming) {
      if (this.#stopped) return;
      this.#transport.receive(bytes, this.#clock.nowUs());
      this.#onChange();
      this.kick();
    }
  }

  async #write(): Promise<void> {
    while (!this.#stopped) {
      this.#kicked = false;
      const { bytes, wakeUs } = this.#transport.poll(this.#clock.nowUs());
      if (bytes.length > 0) {
        await this.#link.write(bytes);
        this.#onChange();
      } else {
        await this.#sleep(wakeUs - this.#clock.nowUs());
        this.#onChange();
      }
    }
  }

  async #sleep(us: number): Promise<void> {
    if (this.#kicked || this.#stopped || us <= 0) {
      // A turn of the microtask queue, so that reader and owner get theirs even if there is always something to do.
      await Promise.resolve();
      return;
    }
    await new Promise<void>((resolve) => {
      const cancel = us === Number.POSITIVE_INFINITY ? undefined : this.#clock.after(us, resolve);
      this.#wake = () => {
        cancel?.();
        resolve();
      };
    });
    this.#wake = undefined;
  }
}

function ignore(): void {}
