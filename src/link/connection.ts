import { ChipError, messageOf } from "../errors.ts";
import type { ByteLink } from "../wire/byte-link.ts";
import type { Clock } from "../wire/clock.ts";
import { type BoardLimits, HostTransport } from "../wire/host-transport.ts";
import { decodeFromBoard, encodeToBoard, type FromBoardMessage, type ToBoard } from "../wire/messages.ts";
import { Pump } from "../wire/pump.ts";
import type { EndLimits, LinkStatistics } from "../wire/transport.ts";

/** First pause between two attempts to open a line again; each further one is twice as long, up to the last. */
const FIRST_PAUSE_US = 50_000;
const LONGEST_PAUSE_US = 1_000_000;

export interface ConnectionOptions {
  readonly clock: Clock;
  readonly limits: EndLimits;
  readonly nonce: number;
  readonly program: string;
  readonly keepaliveMs: number;
  /** How long a board keeps a silent session, and how long a broken line is tried again. */
  readonly timeoutMs: number;
  /** How long a board may take to answer at all. */
  readonly connectTimeoutMs: number;
  /** Opens the line again after it broke; absent: a broken line ends the connection. */
  readonly reconnect?: () => Promise<ByteLink>;
  readonly onMessage: (message: FromBoardMessage) => void;
  readonly onFail: (error: ChipError) => void;
}

/** Makes the next message of something large, as long as the line likes it now; undefined when there is none at present. */
export type Feed = (payloadSize: number) => ToBoard | undefined;

/** A session with a board over a line, which is opened again when it breaks: messages go in and come out, in order. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #transport: HostTransport;
  readonly #queue: ToBoard[] = [];
  #feed: Feed | undefined;
  #link: ByteLink;
  #pump: Pump | undefined;
  #failure: ChipError | undefined;
  #closing = false;
  #silent = false;
  #onState: (() => void)[] = [];
  #reconnects = 0;

  constructor(link: ByteLink, options: ConnectionOptions) {
    this.#link = link;
    this.#options = options;
    const { limits, nonce, program, keepaliveMs, timeoutMs } = options;
    this.#transport = new HostTransport({ limits, nonce, program, keepaliveMs, timeoutMs });
  }

  get label(): string {
    return this.#link.label;
  }

  get board(): BoardLimits | undefined {
    return this.#transport.board;
  }

  get statistics(): LinkStatistics & { readonly reconnects: number } {
    return { ...this.#transport.statistics, reconnects: this.#reconnects };
  }

  /** Everything that was given to `send` has arrived. */
  get settled(): boolean {
    return this.#queue.length === 0 && this.#transport.open && this.#transport.settled;
  }

  /** How many bytes a payload should have now. */
  get payloadSize(): number {
    return this.#transport.payloadSize;
  }

  get failure(): ChipError | undefined {
    return this.#failure;
  }

  /** Nobody wants a line any more. */
  get #over(): boolean {
    return this.#closing || this.#failure !== undefined;
  }

  /** Opens the session; resolves when the board has answered. @throws ChipError E_LINK */
  async open(signal?: AbortSignal): Promise<void> {
    const { clock, connectTimeoutMs } = this.#options;
    this.#transport.lineUp();
    void this.#keepUp();
    const giveUp = clock.after(connectTimeoutMs * 1000, () => this.#fail(this.#noAnswer()));
    const interrupt = (): void => this.#fail(new ChipError("E_INTERRUPTED", `opening ${this.label} was interrupted.`));
    signal?.addEventListener("abort", interrupt);
    if (signal?.aborted) interrupt();
    try {
      while (!this.#transport.open && !this.#failure) await this.#change();
    } finally {
      giveUp();
      signal?.removeEventListener("abort", interrupt);
    }
    if (this.#failure) throw this.#failure;
  }

  send(message: ToBoard): void {
    if (this.#failure) throw this.#failure;
    this.#queue.push(message);
    this.kick();
  }

  /** Sets what is sent whenever the line has room and no other message waits. */
  feed(feed: Feed | undefined): void {
    this.#feed = feed;
    this.kick();
  }

  /** There is more to send. */
  kick(): void {
    this.#flush();
    this.#pump?.kick();
  }

  /** Stops a run on the board over the heads of all messages; repeated until `abortDone`. */
  abort(run: number): void {
    this.#transport.abort(run);
    this.#pump?.kick();
  }

  abortDone(): void {
    this.#transport.abortDone();
  }

  /** Says goodbye, once everything sent has arrived, and closes the line. */
  async close(): Promise<void> {
    if (this.#closing) return;
    this.#closing = true;
    this.#queue.length = 0;
    this.#feed = undefined;
    if (!this.#failure) {
      this.#transport.close();
      this.#pump?.kick();
      let patient = true;
      // A board that is there but takes nothing more would hold up what was sent, and the goodbye behind it, for ever.
      const cancel = this.#options.clock.after(this.#options.connectTimeoutMs * 1000, () => {
        patient = false;
        this.#changed();
      });
      while (this.#transport.state !== "closed" && this.#pump && patient) await this.#change();
      cancel();
    }
    this.#pump?.stop();
    await this.#link.close();
  }

  /** Serves the line, and the next one when it breaks, until the connection closes or fails. */
  async #keepUp(): Promise<void> {
    for (;;) {
      const why = await this.#serve();
      this.#pump = undefined;
      this.#changed();
      if (this.#over) return;
      if (!this.#options.reconnect) {
        this.#fail(
          new ChipError(
            "E_LINK",
            `the line to ${this.label} is gone: ${why}; check cable and power, then open it again.`,
          ),
        );
        return;
      }
      if (!(await this.#again(why))) return;
    }
  }

  /** Resolves with the reason for which the line ended. */
  async #serve(): Promise<string> {
    this.#pump = new Pump(this.#transport, this.#link, this.#options.clock, () => this.#onChange());
    this.#silent = false;
    const pump = this.#pump;
    const unwatch = this.#watchSilence(pump);
    try {
      await pump.run();
      return this.#silent ? "nothing comes from the board any more" : "the other side closed it";
    } catch (error) {
      return messageOf(error);
    } finally {
      unwatch();
    }
  }

  /**
   * A dead line does not always say so, and may hold up whoever writes to it: so a timer looks for silence, and ends the
   * line. Time in which this program itself stood still is no silence of the board.
   */
  #watchSilence(pump: Pump): () => void {
    const { clock, keepaliveMs } = this.#options;
    const everyUs = keepaliveMs * 1000;
    let cancel = (): void => undefined;
    let pardonedUs = Number.NEGATIVE_INFINITY;
    const look = (dueUs: number): void => {
      const nowUs = clock.nowUs();
      if (nowUs - dueUs > everyUs / 2) pardonedUs = nowUs + 2 * everyUs;
      if (this.#transport.silent(nowUs) && nowUs > pardonedUs) {
        this.#silent = true;
        pump.stop();
      } else cancel = clock.after(everyUs, () => look(nowUs + everyUs));
    };
    look(clock.nowUs());
    return () => cancel();
  }

  async #again(why: string): Promise<boolean> {
    const { clock, timeoutMs, reconnect } = this.#options;
    await this.#link.close().catch(ignore);
    const deadlineUs = clock.nowUs() + timeoutMs * 1000;
    let last = why;
    for (let pauseUs = FIRST_PAUSE_US; clock.nowUs() < deadlineUs; pauseUs = Math.min(2 * pauseUs, LONGEST_PAUSE_US)) {
      if (this.#over) return false;
      try {
        const link = await (reconnect as () => Promise<ByteLink>)();
        if (this.#over) {
          await link.close().catch(ignore);
          return false;
        }
        this.#link = link;
        this.#reconnects++;
        this.#transport.lineUp();
        return true;
      } catch (error) {
        last = messageOf(error);
      }
      await new Promise<void>((resolve) => {
        clock.after(pauseUs, resolve);
      });
    }
    this.#fail(
      new ChipError(
        "E_LINK",
        `the line to ${this.label} broke (${why}) and could not be opened again within ${timeoutMs} ms: ${last}`,
      ),
    );
    return false;
  }

  #onChange(): void {
    const { fault } = this.#transport;
    if (fault && !this.#closing) {
      this.#fail(
        new ChipError("E_LINK", `${this.label}: ${fault.message}. Open the board again.`, {
          details: { fault: fault.kind },
        }),
      );
      return;
    }
    try {
      for (let bytes = this.#transport.take(); bytes; bytes = this.#transport.take()) {
        this.#options.onMessage(decodeFromBoard(bytes));
      }
    } catch (error) {
      this.#fail(
        error instanceof ChipError
          ? error
          : new ChipError("E_LINK", `${this.label}: ${messageOf(error)}`, { cause: error }),
      );
    }
    this.#flush();
    this.#changed();
  }

  #flush(): void {
    const transport = this.#transport;
    while (transport.open && transport.demand > 0) {
      const message = this.#queue.shift() ?? this.#feed?.(transport.payloadSize);
      if (message === undefined) return;
      transport.send(encodeToBoard(message));
    }
  }

  #noAnswer(): ChipError {
    if (this.#transport.busy) {
      return new ChipError(
        "E_LINK",
        `the board at ${this.label} serves another program; end that one first, or wait for it.`,
      );
    }
    const { discarded, bytesReceived } = this.#transport.statistics;
    const heard =
      bytesReceived === 0
        ? "nothing came back: is a board with spikewright's firmware there, and switched on?"
        : `${bytesReceived} bytes came that are no frames (${discarded.bytes} discarded): is the baud rate right, and does the board carry spikewright's firmware?`;
    return new ChipError(
      "E_LINK",
      `no answer from ${this.label} within ${this.#options.connectTimeoutMs} ms; ${heard}`,
    );
  }

  #fail(error: ChipError): void {
    if (this.#failure || (this.#closing && !this.#transport.open)) return;
    this.#failure = error;
    this.#pump?.stop();
    this.#link.close().catch(ignore);
    this.#changed();
    this.#options.onFail(error);
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#onState.push(resolve);
    });
  }

  #changed(): void {
    const waiting = this.#onState;
    if (waiting.length === 0) return;
    this.#onState = [];
    for (const resolve of waiting) resolve();
  }
}

/** A line that is given up may fail to close; that tells nobody anything. */
function ignore(): void {}
