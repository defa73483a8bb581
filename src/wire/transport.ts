import { FrameKind, FrameWriter, frameBound } from "./frame.ts";
import { type Discarded, FrameParser } from "./frame-parser.ts";
import { ReceiveWindow } from "./receive-window.ts";
import { RoundTrip } from "./round-trip.ts";
import { MOST_FRAMES, SendWindow } from "./send-window.ts";

export const PROTOCOL = "spikewright-link";
export const PROTOCOL_VERSION = 1;
/** Longest payload of HELLO, WELCOME and REFUSE. */
export const GREETING_BYTES = 256;

/** What an end can take; the other end keeps to it. */
export interface EndLimits {
  /** Longest payload of a DATA frame, bytes: 512..65,535. */
  readonly maxPayload: number;
  /** Frames that the end holds: 1..64. */
  readonly window: number;
}

export const DEFAULT_LIMITS: EndLimits = { maxPayload: 4096, window: 32 };

/** What an end has seen since it was made. */
export interface LinkStatistics {
  readonly framesSent: number;
  readonly framesReceived: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
  /** DATA frames that went out again. */
  readonly resent: number;
  /** DATA frames that came again, and were dropped. */
  readonly repeated: number;
  readonly pings: number;
  readonly discarded: Discarded;
  /** Smoothed round trip, microseconds; null before the first measurement. */
  readonly roundTripUs: number | null;
}

export interface Poll {
  /** To be sent; valid until the next call of `poll`. Empty when there is nothing. */
  readonly bytes: Uint8Array;
  /** When `poll` must be called again at the latest if nothing else happens; infinity: not at all. */
  readonly wakeUs: number;
}

const NONE = new Uint8Array(0);
const ACK_BYTES = 9;
/** Bytes of one `poll` after which no further frame is begun. */
const POLL_BYTES = 32_768;
/** While more than that waits for the line, frames that only answer a frame are left out: they are asked for again. */
const REPLY_BYTES = 4096;

/** Bytes that are about to be sent. Two buffers in turn: one fills while the line takes the other. */
class Outbox {
  #bytes: Uint8Array;
  #other: Uint8Array;
  #length = 0;
  readonly #writer: FrameWriter;

  constructor(maxPayload: number) {
    this.#writer = new FrameWriter(maxPayload);
    // What one poll begins, replies that came up before it, and the frame that goes over the edge.
    const size = POLL_BYTES + REPLY_BYTES + 4 * frameBound(GREETING_BYTES) + frameBound(maxPayload);
    this.#bytes = new Uint8Array(size);
    this.#other = new Uint8Array(size);
  }

  get length(): number {
    return this.#length;
  }

  zero(): void {
    this.#bytes[this.#length++] = 0;
  }

  frame(kind: number, session: number, a: number, b: number, payload: Uint8Array): void {
    this.#length = this.#writer.write({ kind, session, a, b, payload }, this.#bytes, this.#length);
  }

  clear(): void {
    this.#length = 0;
  }

  take(): Uint8Array {
    const bytes = this.#bytes;
    this.#bytes = this.#other;
    this.#other = bytes;
    const length = this.#length;
    this.#length = 0;
    return bytes.subarray(0, length);
  }
}

/** An open session: number, both windows, when to say that one is there. */
export class Session {
  readonly number: number;
  readonly nonce: number;
  readonly send: SendWindow;
  readonly receive: ReceiveWindow;
  readonly roundTrip = new RoundTrip();
  readonly keepaliveUs: number;
  /** Length of the longest payload that either end may send. */
  readonly maxPayload: number;
  ackOwed = false;
  /** Since when nothing has moved although something is under way. */
  idleSinceUs: number;

  constructor(number: number, nonce: number, own: EndLimits, peer: EndLimits, keepaliveMs: number, nowUs: number) {
    this.number = number;
    this.nonce = nonce;
    this.maxPayload = Math.min(own.maxPayload, peer.maxPayload);
    this.send = new SendWindow(peer.window, this.maxPayload);
    this.receive = new ReceiveWindow(Math.min(own.window, MOST_FRAMES));
    this.keepaliveUs = keepaliveMs * 1000;
    this.idleSinceUs = nowUs;
  }
}

/**
 * One end of a link as a state machine without any I/O: bytes and the time go in, bytes and the time of the next call come
 * out. What both ends have in common; the greeting differs (`HostTransport`, `BoardTransport`). The README of
 * firmware-schemas is the specification.
 */
export abstract class Transport {
  protected readonly limits: EndLimits;
  protected session: Session | undefined;
  protected readonly out: Outbox;
  protected lastHeardUs = 0;
  #lastSentUs = 0;
  readonly #parser: FrameParser;
  readonly #ack = new Uint8Array(ACK_BYTES);
  #nowUs = 0;
  #framesSent = 0;
  #bytesSent = 0;
  #bytesReceived = 0;
  #resent = 0;
  #repeated = 0;
  #pings = 0;

  protected constructor(limits: EndLimits) {
    this.limits = limits;
    this.out = new Outbox(Math.max(limits.maxPayload, GREETING_BYTES));
    this.#parser = new FrameParser(Math.max(limits.maxPayload, GREETING_BYTES), (kind, session, a, b, payload) => {
      this.onFrame(kind, session, a, b, payload, this.#nowUs);
    });
  }

  /** Whether messages can go to and fro. */
  get open(): boolean {
    return this.session !== undefined;
  }

  /** How many messages `send` takes now. */
  get room(): number {
    return this.session?.send.room ?? 0;
  }

  /** How many messages would go out at once. A producer of much makes so many and no more: then size and order are fresh. */
  get demand(): number {
    return this.session?.send.demand ?? 0;
  }

  /** To how many bytes a producer should cut its payloads now; the line's losses decide. */
  get payloadSize(): number {
    return this.session?.send.payloadSize ?? 0;
  }

  /** Length of the longest payload in this session. */
  get maxPayload(): number {
    return this.session?.maxPayload ?? 0;
  }

  /** When a frame of the session last came. */
  get heardUs(): number {
    return this.lastHeardUs;
  }

  /** Everything that was sent is acknowledged. */
  get settled(): boolean {
    return this.session?.send.empty ?? true;
  }

  get statistics(): LinkStatistics {
    return {
      framesSent: this.#framesSent,
      framesReceived: this.#parser.frames,
      bytesSent: this.#bytesSent,
      bytesReceived: this.#bytesReceived,
      resent: this.#resent,
      repeated: this.#repeated,
      pings: this.#pings,
      discarded: this.#parser.discarded,
      roundTripUs: this.session?.roundTrip.smoothedUs ?? null,
    };
  }

  /** The payload of one DATA frame; it is kept, so it must not change. There must be `room`. */
  send(payload: Uint8Array): void {
    if (this.session === undefined) throw new TypeError("the session is not open");
    if (payload.length > this.session.maxPayload) {
      throw new RangeError(`a payload of ${payload.length} bytes is longer than ${this.session.maxPayload}`);
    }
    this.session.send.push(payload);
  }

  /** The next message that came in, in order; taking it makes room for another. */
  take(): Uint8Array | undefined {
    return this.session?.receive.take();
  }

  receive(bytes: Uint8Array, nowUs: number): void {
    this.#nowUs = nowUs;
    this.#bytesReceived += bytes.length;
    this.#parser.push(bytes);
  }

  poll(nowUs: number): Poll {
    this.#nowUs = nowUs;
    let wakeUs = this.tick(nowUs);
    const session = this.session;
    if (session) {
      this.#writeAck(session);
      this.#writeData(session, nowUs);
      wakeUs = Math.min(wakeUs, this.#writePing(session, nowUs));
    }
    if (this.out.length > 0) this.#lastSentUs = nowUs;
    const bytes = this.out.length > 0 ? this.out.take() : NONE;
    this.#bytesSent += bytes.length;
    // More frames may wait for the next call.
    return { bytes, wakeUs: bytes.length >= POLL_BYTES ? nowUs : wakeUs };
  }

  /** Greeting and farewell: writes what is due and says when to be called again. */
  protected abstract tick(nowUs: number): number;

  protected abstract onFrame(
    kind: number,
    session: number,
    a: number,
    b: number,
    payload: Uint8Array,
    nowUs: number,
  ): void;

  /** The other end does what no end in this session can do. */
  protected abstract onBreach(what: string): void;

  /** The line is new: what was half received or half sent is gone. */
  protected restartLine(): void {
    this.#parser.restart();
    this.out.clear();
    this.out.zero();
    this.session?.roundTrip.forget();
  }

  protected write(kind: number, session: number, a = 0, b = 0, payload: Uint8Array = NONE): void {
    this.#framesSent++;
    this.out.frame(kind, session, a, b, payload);
  }

  /** A frame that answers one which its sender repeats until it is answered. */
  protected reply(kind: number, session: number, payload: Uint8Array = NONE): void {
    if (this.out.length < REPLY_BYTES) this.write(kind, session, 0, 0, payload);
  }

  /** DATA, ACK and PING of the session in being. */
  protected onSessionFrame(
    session: Session,
    kind: number,
    a: number,
    b: number,
    payload: Uint8Array,
    nowUs: number,
  ): void {
    this.lastHeardUs = nowUs;
    switch (kind) {
      case FrameKind.DATA:
        session.receive.stamp(b);
        if (session.receive.accept(a, payload) === "repeated") this.#repeated++;
        session.ackOwed = true;
        break;
      case FrameKind.PING:
        session.receive.stamp(b);
        session.ackOwed = true;
        break;
      case FrameKind.ACK:
        if (payload.length === ACK_BYTES) this.#onAck(session, a, b, payload, nowUs);
        break;
    }
  }

  /** After a resume nobody knows what the broken line swallowed. */
  protected resume(session: Session, nowUs: number): void {
    session.send.loseAll();
    session.ackOwed = true;
    session.idleSinceUs = nowUs;
    this.lastHeardUs = nowUs;
  }

  #onAck(session: Session, expected: number, echo: number, payload: Uint8Array, nowUs: number): void {
    session.roundTrip.heard(echo, nowUs);
    const isHeld = (i: number): boolean => (((payload[1 + (i >>> 3)] ?? 0) >>> (i & 7)) & 1) === 1;
    const { progress, lost, impossible } = session.send.acknowledge(expected, echo, payload[0] as number, isHeld);
    if (impossible) this.onBreach("it acknowledges messages that were never sent");
    if (progress || lost > 0) session.roundTrip.recover();
    if (progress) session.idleSinceUs = nowUs;
  }

  #writeAck(session: Session): void {
    const { receive } = session;
    if (!session.ackOwed && !receive.owesCredit) return;
    session.ackOwed = false;
    receive.writeAck(this.#ack);
    this.write(FrameKind.ACK, session.number, receive.expected, receive.echo, this.#ack);
  }

  #writeData(session: Session, nowUs: number): void {
    while (this.out.length < POLL_BYTES) {
      const message = session.send.next();
      if (message === undefined) return;
      if (message.again) this.#resent++;
      session.roundTrip.sent(message.stamp, nowUs);
      session.idleSinceUs = nowUs;
      this.write(FrameKind.DATA, session.number, message.sequence, message.stamp, message.payload);
    }
  }

  /** PINGs when an ACK is overdue, and when nothing was sent for long. Returns when the next may be due. */
  #writePing(session: Session, nowUs: number): number {
    if (this.out.length > 0) this.#lastSentUs = nowUs;
    const overdueUs = session.send.waiting
      ? session.idleSinceUs + session.roundTrip.timeoutUs
      : Number.POSITIVE_INFINITY;
    const dueUs = Math.min(overdueUs, this.#lastSentUs + session.keepaliveUs);
    if (nowUs < dueUs) return dueUs;
    if (nowUs >= overdueUs) session.roundTrip.backOff();
    const stamp = session.send.takeStamp();
    session.roundTrip.asked(stamp, nowUs);
    session.idleSinceUs = nowUs;
    this.#pings++;
    this.write(FrameKind.PING, session.number, 0, stamp);
    const againUs = session.send.waiting ? nowUs + session.roundTrip.timeoutUs : Number.POSITIVE_INFINITY;
    return Math.min(againUs, nowUs + session.keepaliveUs);
  }
}
