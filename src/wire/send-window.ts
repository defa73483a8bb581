import { PayloadSize } from "./payload-size.ts";
import { ahead, MODULUS } from "./sequence.ts";

/** Most frames that may be under way, whatever the other end offers: as many as an ACK has bits for, and one. */
export const MOST_FRAMES = 64;

interface Slot {
  payload: Uint8Array;
  /** Of the last sending, counted on beyond 65,535. */
  stamp: number;
  sendings: number;
  /** The other end keeps it, although something before it is missing. */
  held: boolean;
  lost: boolean;
}

/** What an ACK did. */
export interface AckOutcome {
  /** Messages or room moved: the line is alive. */
  readonly progress: boolean;
  readonly lost: number;
  /** It acknowledges what was never sent: the other end lives in another session. */
  readonly impossible?: boolean;
}

/** Messages from their numbering until they are acknowledged. Rules: README of firmware-schemas, "Sending". */
export class SendWindow {
  readonly #slots: Slot[] = [];
  readonly #size: PayloadSize;
  /** Sequence number of `#slots[0]`. */
  #oldest = 0;
  /** Index of the first slot that was never sent. */
  #unsent = 0;
  #edge: number;
  /** Stamps given out so far: those on the line are these modulo 65,536. */
  #stamp = 0;
  #lost = 0;

  constructor(peerWindow: number, largestPayload: number) {
    this.#edge = Math.min(peerWindow, MOST_FRAMES);
    this.#size = new PayloadSize(largestPayload);
  }

  /** How many more messages `push` takes now. */
  get room(): number {
    return MOST_FRAMES - this.#slots.length;
  }

  /**
   * Messages that could be sent at once: what a producer should make now and not earlier. One even without credit, because
   * only what waits is asked after when the ACK that brings credit gets lost.
   */
  get demand(): number {
    return Math.min(this.room, Math.max(1, this.#allowed) - this.#slots.length);
  }

  /** Length to which producers should cut payloads. */
  get payloadSize(): number {
    return this.#size.size;
  }

  get empty(): boolean {
    return this.#slots.length === 0;
  }

  /** Something is under way, or waits for credit: a lost ACK would leave it so for ever. */
  get waiting(): boolean {
    return this.#slots.length > 0;
  }

  push(payload: Uint8Array): void {
    if (this.room === 0) throw new RangeError("no slot is free; look at `room` first");
    this.#slots.push({ payload, stamp: 0, sendings: 0, held: false, lost: false });
  }

  /** The next stamp, for DATA and PING alike. */
  takeStamp(): number {
    return this.#stamp++ % MODULUS;
  }

  /** The message to send now: what was lost first, then what is new; undefined when there is nothing or no credit. */
  next():
    | { readonly sequence: number; readonly stamp: number; readonly payload: Uint8Array; readonly again: boolean }
    | undefined {
    const index = this.#nextIndex();
    if (index < 0) return undefined;
    const slot = this.#slots[index] as Slot;
    if (slot.lost) this.#lost--;
    slot.lost = false;
    slot.stamp = this.#stamp;
    slot.sendings++;
    if (index === this.#unsent) this.#unsent++;
    return {
      sequence: (this.#oldest + index) & 0xffff,
      stamp: this.takeStamp(),
      payload: slot.payload,
      again: slot.sendings > 1,
    };
  }

  /** @param isHeld whether the message `expected + 1 + i` is kept by the other end */
  acknowledge(expected: number, echo: number, credit: number, isHeld: (i: number) => boolean): AckOutcome {
    const freed = ahead(expected, this.#oldest);
    // From before the last one: nothing new.
    if (freed < 0) return { progress: false, lost: 0 };
    if (freed > this.#unsent) return { progress: false, lost: 0, impossible: true };
    for (let i = 0; i < freed; i++) {
      const slot = this.#slots[i] as Slot;
      if (slot.lost) this.#lost--;
      if (!slot.held) this.#size.arrived(slot.sendings === 1);
    }
    this.#slots.splice(0, freed);
    this.#oldest = expected;
    this.#unsent -= freed;
    const edge = (expected + Math.min(credit, MOST_FRAMES)) & 0xffff;
    const opened = ahead(edge, this.#edge) > 0;
    if (opened) this.#edge = edge;
    let lost = 0;
    for (let i = 0; i < this.#unsent; i++) {
      const slot = this.#slots[i] as Slot;
      if (i > 0 && isHeld(i - 1)) {
        if (!slot.held) this.#size.arrived(slot.sendings === 1);
        if (slot.lost) this.#lost--;
        slot.held = true;
        slot.lost = false;
      } else if (!slot.held && !slot.lost && ahead(slot.stamp, echo) <= 0) {
        lost++;
        this.#lose(slot);
        this.#size.lost(slot.stamp, this.#stamp);
      }
    }
    return { progress: freed > 0 || opened, lost };
  }

  /** After a resume: whatever is not acknowledged has to go out again. */
  loseAll(): void {
    for (let i = 0; i < this.#unsent; i++) {
      const slot = this.#slots[i] as Slot;
      // What the other end held it still holds, but says so only in its next ACK.
      if (!slot.lost && !slot.held) this.#lose(slot);
    }
  }

  get #allowed(): number {
    return Math.max(0, ahead(this.#edge, this.#oldest));
  }

  #lose(slot: Slot): void {
    slot.lost = true;
    this.#lost++;
  }

  #nextIndex(): number {
    if (this.#lost > 0) {
      for (let i = 0; i < this.#unsent; i++) if ((this.#slots[i] as Slot).lost) return i;
    }
    return this.#unsent < this.#slots.length && this.#unsent < this.#allowed ? this.#unsent : -1;
  }
}
