import type { OutputEvents } from "../../src/chip/chip.ts";
import { packEvents } from "../../src/wire/event-batch.ts";
import { encodeFromBoard, type FromBoard, MESSAGE_OVERHEAD } from "../../src/wire/messages.ts";
import type { Transport } from "../../src/wire/transport.ts";

/** Events that may wait for the line before the chip has to wait. */
const EVENTS_WAITING = 65_536;
const MESSAGES_WAITING = 256;

type Entry =
  | { readonly kind: "message"; readonly message: FromBoard }
  | { readonly kind: "events"; readonly run: number; readonly events: OutputEvents; at: number };

/** What waits to be sent to the host, in order. Events become batches only when the line takes them, as long as it likes. */
export class Outgoing {
  readonly #transport: Transport;
  #entries: Entry[] = [];
  /** Index of the first entry that has not gone. */
  #first = 0;
  #events = 0;
  #scratch = new Uint8Array(0);
  #waiters: (() => void)[] = [];

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  message(message: FromBoard): void {
    this.#entries.push({ kind: "message", message });
  }

  events(run: number, events: OutputEvents): void {
    this.#entries.push({ kind: "events", run, events, at: 0 });
    this.#events += events.t.length;
  }

  /** Half of what may wait does: no place for what may be lost. */
  get busy(): boolean {
    return this.#events > EVENTS_WAITING / 2 || this.#length > MESSAGES_WAITING / 2;
  }

  /** Resolves when there is room for more. */
  async room(): Promise<void> {
    while (this.#full) {
      await new Promise<void>((resolve) => {
        this.#waiters.push(resolve);
      });
    }
  }

  /** Hands the transport what it can send now. */
  flush(): void {
    while (this.#first < this.#entries.length && this.#transport.demand > 0) {
      const entry = this.#entries[this.#first] as Entry;
      if (entry.kind === "message") {
        this.#transport.send(encodeFromBoard(entry.message));
        this.#first++;
      } else {
        this.#sendEvents(entry);
        if (entry.at === entry.events.t.length) this.#first++;
      }
    }
    if (this.#first > 1024 || this.#first === this.#entries.length) {
      this.#entries = this.#entries.slice(this.#first);
      this.#first = 0;
    }
    if (!this.#full) this.#wake();
  }

  /** Drops the events of a run that have not gone yet. */
  dropEvents(run: number): void {
    this.#entries = this.#entries.filter((entry, i) => {
      if (i < this.#first) return false;
      if (entry.kind !== "events" || entry.run !== run) return true;
      this.#events -= entry.events.t.length - entry.at;
      return false;
    });
    this.#first = 0;
    this.#wake();
  }

  clear(): void {
    this.#entries = [];
    this.#first = 0;
    this.#events = 0;
    this.#wake();
  }

  get #length(): number {
    return this.#entries.length - this.#first;
  }

  get #full(): boolean {
    return this.#events > EVENTS_WAITING || this.#length > MESSAGES_WAITING;
  }

  #sendEvents(entry: Extract<Entry, { kind: "events" }>): void {
    const limit = Math.max(this.#transport.payloadSize, MESSAGE_OVERHEAD + 16) - MESSAGE_OVERHEAD;
    if (this.#scratch.length < limit) this.#scratch = new Uint8Array(limit);
    const scratch = this.#scratch.subarray(0, limit);
    const batch = packEvents(entry.events, entry.at, entry.events.t.length, entry.run, 0, scratch);
    this.#transport.send(encodeFromBoard({ events: batch }));
    entry.at += batch.count;
    this.#events -= batch.count;
  }

  #wake(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const resolve of waiters) resolve();
  }
}
