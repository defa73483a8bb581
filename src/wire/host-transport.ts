import { FrameKind } from "./frame.ts";
import { spikewright } from "./generated/link.js";
import { type EndLimits, PROTOCOL, PROTOCOL_VERSION, Session, Transport } from "./transport.ts";

const { Hello, Welcome, Refuse, RefuseReason } = spikewright.link.v1;

const HELLO_EVERY_US = 250_000;
const FAREWELLS = 4;
/** So many keep-alives of silence mean that the line is broken. */
const SILENT_KEEPALIVES = 3;

export interface HostOptions {
  readonly limits: EndLimits;
  /** 1..2^32 - 1, another one for every session. */
  readonly nonce: number;
  /** For the board's log. */
  readonly program: string;
  readonly keepaliveMs: number;
  readonly timeoutMs: number;
}

export type HostState = "closed" | "greeting" | "open" | "closing";

/** Why a session is over, or never began. */
export interface HostFault {
  readonly kind: "refused" | "lost" | "closed" | "protocol";
  /** For people, without a full stop. */
  readonly message: string;
}

/** What the board said of itself when the session opened. */
export interface BoardLimits extends EndLimits {
  /** Sum of Capability bits. */
  readonly capabilities: number;
}

/** The host's end of a link. */
export class HostTransport extends Transport {
  readonly #options: HostOptions;
  #state: HostState = "closed";
  #fault: HostFault | undefined;
  #board: BoardLimits | undefined;
  #resuming = false;
  #busy = false;
  #helloUs = Number.NEGATIVE_INFINITY;
  #abort: { readonly run: number; nextUs: number } | undefined;
  #farewell: { readonly reason: number; left: number; nextUs: number } | undefined;

  constructor(options: HostOptions) {
    super(options.limits);
    this.#options = options;
  }

  get state(): HostState {
    return this.#state;
  }

  /** Set once the session is over for another reason than `close`. */
  get fault(): HostFault | undefined {
    return this.#fault;
  }

  /** The board is there, but serves another line; HELLO is repeated, since that line may end. */
  get busy(): boolean {
    return this.#busy;
  }

  get board(): BoardLimits | undefined {
    return this.#board;
  }

  override get open(): boolean {
    return this.#state === "open";
  }

  /** Nothing has come for so long that the line must be broken. */
  silent(nowUs: number): boolean {
    return this.#state === "open" && nowUs - this.lastHeardUs > this.silenceUs;
  }

  /** How long a silence must be to mean that. */
  get silenceUs(): number {
    return SILENT_KEEPALIVES * this.#options.keepaliveMs * 1000;
  }

  /** A line is there, for the first time or again; then the session is resumed. */
  lineUp(): void {
    if (this.#fault) return;
    this.restartLine();
    this.#resuming = this.session !== undefined;
    this.#state = "greeting";
    this.#helloUs = Number.NEGATIVE_INFINITY;
  }

  /** Stops a run over the heads of all messages; repeated until `abortDone`. */
  abort(run: number): void {
    this.#abort = { run, nextUs: Number.NEGATIVE_INFINITY };
  }

  abortDone(): void {
    this.#abort = undefined;
  }

  /** Ends the session once everything sent is acknowledged. `state` becomes closed when the board has heard it. */
  close(reason = 0): void {
    if (this.#state !== "open") {
      this.#state = "closed";
      this.session = undefined;
      return;
    }
    this.#farewell = { reason, left: FAREWELLS, nextUs: Number.NEGATIVE_INFINITY };
  }

  protected override tick(nowUs: number): number {
    const session = this.session;
    if (this.#state === "greeting") {
      if (nowUs >= this.#helloUs + HELLO_EVERY_US) {
        this.#helloUs = nowUs;
        this.write(FrameKind.HELLO, 0, 0, 0, this.#hello());
      }
      return this.#helloUs + HELLO_EVERY_US;
    }
    let wakeUs = Number.POSITIVE_INFINITY;
    if (session && this.#abort) {
      if (nowUs >= this.#abort.nextUs) {
        this.#abort.nextUs = nowUs + session.roundTrip.timeoutUs;
        this.write(FrameKind.ABORT, session.number, this.#abort.run);
      }
      wakeUs = this.#abort.nextUs;
    }
    if (session && this.#farewell && session.send.empty) {
      this.#state = "closing";
      if (nowUs >= this.#farewell.nextUs) {
        if (this.#farewell.left-- === 0) {
          this.#end();
          return Number.POSITIVE_INFINITY;
        }
        this.#farewell.nextUs = nowUs + session.roundTrip.timeoutUs;
        this.write(FrameKind.CLOSE, session.number, this.#farewell.reason);
      }
      wakeUs = Math.min(wakeUs, this.#farewell.nextUs);
    }
    return wakeUs;
  }

  protected override onFrame(
    kind: number,
    number: number,
    a: number,
    b: number,
    payload: Uint8Array,
    nowUs: number,
  ): void {
    if (kind === FrameKind.WELCOME) this.#onWelcome(number, payload, nowUs);
    else if (kind === FrameKind.REFUSE) this.#onRefuse(payload);
    else if (this.session && number === this.session.number && this.#state !== "greeting") {
      switch (kind) {
        case FrameKind.DATA:
        case FrameKind.ACK:
        case FrameKind.PING:
          this.onSessionFrame(this.session, kind, a, b, payload, nowUs);
          break;
        case FrameKind.CLOSE:
          this.reply(FrameKind.CLOSED, number);
          if (this.#state === "open")
            this.#fail("closed", a === 1 ? "the board stopped" : "the board ended the session");
          else this.#end();
          break;
        case FrameKind.CLOSED:
          if (this.#state === "closing") this.#end();
          break;
        case FrameKind.UNKNOWN:
          if (this.#state === "closing") this.#end();
          else
            this.#fail(
              "lost",
              "the board knows nothing of this session: it was restarted, or another program took it over",
            );
          break;
      }
    }
  }

  protected override onBreach(what: string): void {
    this.#fail("protocol", `the board does not keep to the protocol: ${what}`);
  }

  #onWelcome(number: number, payload: Uint8Array, nowUs: number): void {
    const welcome = decoded(() => Welcome.decode(payload));
    if (!welcome || welcome.protocol !== PROTOCOL || welcome.nonce !== this.#options.nonce) return;
    if (this.#state !== "greeting") return;
    const { maxPayload, window, capabilities, version } = welcome;
    if (version !== PROTOCOL_VERSION || maxPayload < 512 || maxPayload > 0xffff || window < 1 || window > 64) {
      this.#fail(
        "protocol",
        `the board answered with version ${version}, payloads of ${maxPayload} bytes, ${window} frames, which is against the protocol`,
      );
      return;
    }
    if (this.session && this.session.number !== number) {
      this.#fail("lost", "the board opened another session instead of this one");
      return;
    }
    this.#board = { maxPayload, window, capabilities };
    this.#state = "open";
    this.lastHeardUs = nowUs;
    this.session ??= new Session(
      number,
      this.#options.nonce,
      this.limits,
      this.#board,
      this.#options.keepaliveMs,
      nowUs,
    );
    if (this.#resuming) this.resume(this.session, nowUs);
    this.#resuming = false;
  }

  #onRefuse(payload: Uint8Array): void {
    const refuse = decoded(() => Refuse.decode(payload));
    if (!refuse || refuse.protocol !== PROTOCOL || refuse.nonce !== this.#options.nonce) return;
    if (this.#state !== "greeting") return;
    const { reason, minVersion, maxVersion, message } = refuse;
    if (reason === RefuseReason.REFUSE_REASON_BUSY) this.#busy = true;
    else if (reason === RefuseReason.REFUSE_REASON_NO_SESSION) {
      this.#fail("lost", "the board no longer has the session");
    } else if (reason === RefuseReason.REFUSE_REASON_VERSION) {
      this.#fail(
        "refused",
        `the board speaks versions ${minVersion} to ${maxVersion} of the protocol, this program version ${PROTOCOL_VERSION}`,
      );
    } else this.#fail("refused", `the board refused the session${message ? `: ${message}` : ""}`);
  }

  #fail(kind: HostFault["kind"], message: string): void {
    this.#fault = { kind, message };
    this.#end();
  }

  #end(): void {
    this.#state = "closed";
    this.session = undefined;
    this.#abort = undefined;
    this.#farewell = undefined;
  }

  #hello(): Uint8Array {
    const { nonce, limits, keepaliveMs, timeoutMs, program } = this.#options;
    return Hello.encode({
      protocol: PROTOCOL,
      minVersion: PROTOCOL_VERSION,
      maxVersion: PROTOCOL_VERSION,
      nonce,
      resume: this.#resuming,
      maxPayload: limits.maxPayload,
      window: limits.window,
      keepaliveMs,
      timeoutMs,
      program,
    }).finish();
  }
}

/** What a decoder gives, or undefined for bytes that are no such message. */
function decoded<T>(decode: () => T): T | undefined {
  try {
    return decode();
  } catch {
    // A frame with a sound CRC that holds something else: not for us.
    return undefined;
  }
}
