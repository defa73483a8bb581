import { ChipError } from "../errors.ts";
import { checkEvents, type EventStream } from "../events/event-stream.ts";
import { packEvents, type WireEvents } from "../wire/event-batch.ts";
import { MESSAGE_OVERHEAD, type ToBoard } from "../wire/messages.ts";
import type { Connection } from "./connection.ts";

/**
 * Sends the events of one run as the line takes them, one piece of the source at a time: a long recording takes no more
 * memory than its pieces.
 */
export class RunFeed {
  readonly #connection: Connection;
  readonly #run: number;
  readonly #untilUs: number;
  readonly #onProgress: ((events: number) => void) | undefined;
  #scratch = new Uint8Array(0);
  /** Absolute time of the run's first event. */
  #startUs: number | undefined;
  #lastUs = 0;
  #sent = 0;
  #stopped = false;
  /** The source has been asked for more, and nothing is on its way to the board. */
  #waiting = false;
  #wake: (() => void) | undefined;

  constructor(
    connection: Connection,
    run: number,
    untilUs = Number.POSITIVE_INFINITY,
    onProgress?: (events: number) => void,
  ) {
    this.#connection = connection;
    this.#run = run;
    this.#untilUs = untilUs;
    this.#onProgress = onProgress;
  }

  /** True while the board has all that the source has given so far, and the source may give more. */
  get waiting(): boolean {
    return this.#waiting;
  }

  /** How long the run lasts, as far as is known by now, microseconds. */
  get spanUs(): number {
    return Number.isFinite(this.#untilUs) ? this.#untilUs : this.#lastUs - (this.#startUs ?? 0);
  }

  /** Ends `send`, wherever it is: the run is over. */
  stop(): void {
    this.#stopped = true;
    this.#connection.feed(undefined);
    this.#wake?.();
  }

  /**
   * Sends everything, then the end of the input. Resolves when the line has got it all, or after `stop`.
   *
   * @throws ChipError E_INPUT when time runs backwards
   */
  async send(source: EventStream | AsyncIterable<EventStream>): Promise<void> {
    if (Symbol.asyncIterator in source) {
      const pieces = source[Symbol.asyncIterator]();
      try {
        for (;;) {
          // A source may wait for events that never come; the run must end all the same.
          this.#waiting = true;
          const next = await Promise.race([pieces.next(), this.#stopping()]);
          this.#waiting = false;
          if (next === undefined || next.done || !(await this.#piece(next.value))) break;
        }
      } finally {
        this.#waiting = false;
        // Not awaited: it cannot end before what it waits for.
        Promise.resolve(pieces.return?.()).catch(() => undefined);
      }
    } else await this.#piece(source);
    if (!this.#stopped) this.#connection.send({ endInput: { run: this.#run } });
  }

  /** Returns false when nothing more is wanted. */
  async #piece(events: EventStream): Promise<boolean> {
    const length = events.t.length;
    if (length === 0) return !this.#stopped;
    checkEvents(events, "the recording");
    const firstUs = events.originUs + (events.t[0] as number);
    if (this.#startUs !== undefined && firstUs < this.#lastUs) {
      throw new ChipError(
        "E_INPUT",
        `the recording runs backwards in time between two chunks (${firstUs} us after ${this.#lastUs} us); sort the events by time first.`,
      );
    }
    this.#startUs ??= firstUs;
    this.#lastUs = events.originUs + (events.t[length - 1] as number);
    const zeroUs = this.#startUs - events.originUs;
    const end = firstNotBefore(events.t, zeroUs + this.#untilUs);
    const wire: WireEvents = { t: events.t, feature: events.p, y: events.y, x: events.x };
    // One event more, which the board discards: it tells that the recording goes on until there.
    await this.#send(wire, Math.min(length, end + 1), zeroUs);
    return end === length && !this.#stopped;
  }

  async #send(events: WireEvents, end: number, zeroUs: number): Promise<void> {
    let at = 0;
    let fault: unknown;
    await new Promise<void>((resolve) => {
      if (end === 0 || this.#stopped) {
        resolve();
        return;
      }
      this.#wake = resolve;
      this.#connection.feed((payloadSize): ToBoard | undefined => {
        if (at === end || fault !== undefined) return undefined;
        try {
          const batch = packEvents(events, at, end, this.#run, zeroUs, this.#room(payloadSize));
          at += batch.count;
          this.#sent += batch.count;
          this.#onProgress?.(this.#sent);
          if (at === end) resolve();
          return { events: batch };
        } catch (error) {
          fault = error;
          resolve();
          return undefined;
        }
      });
    });
    this.#connection.feed(undefined);
    if (fault !== undefined) throw fault;
  }

  #room(payloadSize: number): Uint8Array {
    const bytes = Math.max(payloadSize, MESSAGE_OVERHEAD + 16) - MESSAGE_OVERHEAD;
    if (this.#scratch.length < bytes) this.#scratch = new Uint8Array(bytes);
    return this.#scratch.subarray(0, bytes);
  }

  #stopping(): Promise<undefined> {
    return new Promise((resolve) => {
      if (this.#stopped) resolve(undefined);
      else this.#wake = () => resolve(undefined);
    });
  }
}

/** Index of the first time that is not before `us`. */
function firstNotBefore(t: Float64Array, us: number): number {
  let low = 0;
  let high = t.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((t[middle] as number) < us) low = middle + 1;
    else high = middle;
  }
  return low;
}
