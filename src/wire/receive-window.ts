import { ahead, following } from "./sequence.ts";

/** What becomes of a DATA frame. */
export type Arrival = "new" | "repeated" | "beyond";

/** Puts messages in order, each once, and says in ACKs what is there. Rules: README, "Receiving and acknowledging". */
export class ReceiveWindow {
  readonly #window: number;
  /** Messages after a gap, by sequence number. */
  readonly #kept = new Map<number, Uint8Array>();
  /** In order, not yet taken. */
  readonly #ready: Uint8Array[] = [];
  #expected = 0;
  #echo = 0xffff;
  #told: number;

  constructor(window: number) {
    this.#window = window;
    this.#told = window;
  }

  /** A stamp arrived, with DATA or PING. */
  stamp(stamp: number): void {
    if (ahead(stamp, this.#echo) > 0) this.#echo = stamp;
  }

  /** @param payload copied if it is kept */
  accept(sequence: number, payload: Uint8Array): Arrival {
    const distance = ahead(sequence, this.#expected);
    if (distance < 0 || this.#kept.has(sequence)) return "repeated";
    if (distance >= this.credit) return "beyond";
    this.#kept.set(sequence, payload.slice());
    for (let next = this.#kept.get(this.#expected); next; next = this.#kept.get(this.#expected)) {
      this.#kept.delete(this.#expected);
      this.#ready.push(next);
      this.#expected = following(this.#expected);
    }
    return "new";
  }

  /** The next message in order, which makes room for another. */
  take(): Uint8Array | undefined {
    return this.#ready.shift();
  }

  get ready(): number {
    return this.#ready.length;
  }

  /** Messages from the expected one on that there is room for. */
  get credit(): number {
    return this.#window - this.#ready.length;
  }

  /** The other end may believe that there is hardly any room although there is. */
  get owesCredit(): boolean {
    return this.#told < this.#window / 2 && this.credit >= this.#window / 2;
  }

  get expected(): number {
    return this.#expected;
  }

  get echo(): number {
    return this.#echo;
  }

  /** Fills in the payload of an ACK: credit, then a bit for each message after the expected one. */
  writeAck(payload: Uint8Array): void {
    payload.fill(0);
    this.#told = this.credit;
    payload[0] = this.#told;
    for (const sequence of this.#kept.keys()) {
      const bit = ahead(sequence, this.#expected) - 1;
      payload[1 + (bit >>> 3)] = (payload[1 + (bit >>> 3)] as number) | (1 << (bit & 7));
    }
  }
}
