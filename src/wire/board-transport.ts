import { FrameKind } from "./frame.ts";
import { spikewright } from "./generated/link.js";
import { encodeRefuse, type HelloMessage, readHello } from "./greeting.ts";
import { type EndLimits, PROTOCOL, PROTOCOL_VERSION, Session, Transport } from "./transport.ts";

const { Welcome, RefuseReason } = spikewright.link.v1;

export interface BoardOptions {
  readonly limits: EndLimits;
  /** Sum of Capability bits. */
  readonly capabilities: number;
  /** A new session begins (`program`: who opened it). The end of the one before was told. */
  readonly onOpen: (program: string) => void;
  /** The session is over, however it ended. */
  readonly onEnd: (why: string) => void;
  /** ABORT came for this run; may come again. */
  readonly onAbort: (run: number) => void;
}

/** The board's end of a link; one for the life of a board, whatever lines come and go. */
export class BoardTransport extends Transport {
  readonly #options: BoardOptions;
  #number = 0;
  #timeoutUs = Number.POSITIVE_INFINITY;

  constructor(options: BoardOptions) {
    super(options.limits);
    this.#options = options;
  }

  /** A line is there. A session that a broken line left goes on if the host asks for it. */
  lineUp(): void {
    this.restartLine();
  }

  /** When the session ends by itself if nothing is heard; infinity without one. */
  get expiresUs(): number {
    return this.session ? this.lastHeardUs + this.#timeoutUs : Number.POSITIVE_INFINITY;
  }

  protected override tick(nowUs: number): number {
    this.expire(nowUs);
    return this.expiresUs;
  }

  protected override onFrame(
    kind: number,
    number: number,
    a: number,
    b: number,
    payload: Uint8Array,
    nowUs: number,
  ): void {
    if (kind === FrameKind.HELLO) {
      this.#onHello(payload, nowUs);
      return;
    }
    const session = this.session?.number === number ? this.session : undefined;
    switch (kind) {
      case FrameKind.DATA:
      case FrameKind.PING:
      case FrameKind.ACK:
        if (session) this.onSessionFrame(session, kind, a, b, payload, nowUs);
        else if (kind !== FrameKind.ACK) this.reply(FrameKind.UNKNOWN, number);
        break;
      case FrameKind.ABORT:
        if (session) {
          this.lastHeardUs = nowUs;
          this.#options.onAbort(a);
        } else this.reply(FrameKind.UNKNOWN, number);
        break;
      case FrameKind.CLOSE:
        this.reply(FrameKind.CLOSED, number);
        if (session) this.#end(a === 0 ? "closed by the host" : "the host stopped");
        break;
    }
  }

  protected override onBreach(): void {
    // Nobody reads a board's complaints; the host will notice, or go away.
  }

  #onHello(payload: Uint8Array, nowUs: number): void {
    const hello = readHello(payload);
    if (hello === undefined) {
      this.#refuse(0, RefuseReason.REFUSE_REASON_BAD_HELLO, "the HELLO cannot be read");
      return;
    }
    const { nonce } = hello;
    if (hello.minVersion > PROTOCOL_VERSION || hello.maxVersion < PROTOCOL_VERSION) {
      this.#refuse(nonce, RefuseReason.REFUSE_REASON_VERSION, "");
      return;
    }
    const fault = helloFault(hello);
    if (fault) {
      this.#refuse(nonce, RefuseReason.REFUSE_REASON_BAD_HELLO, fault);
      return;
    }
    if (this.session && this.session.nonce === nonce) {
      this.lastHeardUs = nowUs;
      this.#welcome(nonce);
      this.resume(this.session, nowUs);
      return;
    }
    if (hello.resume) {
      this.#refuse(nonce, RefuseReason.REFUSE_REASON_NO_SESSION, "");
      return;
    }
    if (this.session) this.#end("a host opened a new session");
    this.#number = (this.#number % 0xffff) + 1;
    const peer = { maxPayload: hello.maxPayload, window: hello.window };
    this.session = new Session(this.#number, nonce, this.limits, peer, hello.keepaliveMs, nowUs);
    this.lastHeardUs = nowUs;
    this.#timeoutUs = hello.timeoutMs * 1000;
    this.#welcome(nonce);
    this.#options.onOpen(hello.program);
  }

  #welcome(nonce: number): void {
    const { limits, capabilities } = this.#options;
    const payload = Welcome.encode({
      protocol: PROTOCOL,
      version: PROTOCOL_VERSION,
      nonce,
      maxPayload: limits.maxPayload,
      window: limits.window,
      capabilities,
    }).finish();
    this.reply(FrameKind.WELCOME, this.#number, payload);
  }

  #refuse(nonce: number, reason: spikewright.link.v1.RefuseReason, message: string): void {
    this.reply(FrameKind.REFUSE, 0, encodeRefuse(nonce, reason, message));
  }

  /** Ends a session that has been silent for too long, on a board that has no line at the moment. */
  expire(nowUs: number): void {
    if (nowUs >= this.expiresUs) this.#end("nothing was heard for too long");
  }

  #end(why: string): void {
    this.session = undefined;
    this.#options.onEnd(why);
  }
}

function helloFault({ nonce, maxPayload, window, keepaliveMs, timeoutMs }: HelloMessage): string | undefined {
  if (nonce === 0) return "nonce is 0";
  if (maxPayload < 512 || maxPayload > 0xffff) return `max_payload is ${maxPayload}, not 512..65535`;
  if (window < 1 || window > 64) return `window is ${window}, not 1..64`;
  if (keepaliveMs < 10 || keepaliveMs > 60_000) return `keepalive_ms is ${keepaliveMs}, not 10..60000`;
  if (timeoutMs < 100 || timeoutMs > 3_600_000) return `timeout_ms is ${timeoutMs}, not 100..3600000`;
  return undefined;
}
