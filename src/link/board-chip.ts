import type { Chip, Counters, NeuronStates, RunOptions, RunResult } from "../chip/chip.ts";
import type { ChipConfig } from "../chip/config.ts";
import { ChipError } from "../errors.ts";
import type { EventStream } from "../events/event-stream.ts";
import { VERSION } from "../version.ts";
import type { ByteLink } from "../wire/byte-link.ts";
import { decodeChip, encodeChip } from "../wire/chip-codec.ts";
import { type Clock, systemClock } from "../wire/clock.ts";
import { crc32 } from "../wire/crc.ts";
import { cutText, type FromBoardMessage, joined, MESSAGE_OVERHEAD } from "../wire/messages.ts";
import { DEFAULT_LIMITS, type EndLimits, type LinkStatistics } from "../wire/transport.ts";
import { type CapabilityName, capabilityNames } from "./capability-names.ts";
import { Connection } from "./connection.ts";
import { mapOnCore, readNeurons, writeNeurons } from "./neurons.ts";
import { Patience } from "./patience.ts";
import { Requests } from "./requests.ts";
import { countersOf, RunCollector } from "./run-collector.ts";
import { RunFeed } from "./run-feed.ts";

export interface OpenBoardOptions {
  /** Opens the line again after it broke; the session then goes on where it was. Absent: a broken line is an error. */
  readonly reconnect?: () => Promise<ByteLink>;
  /** Gives up opening. */
  readonly signal?: AbortSignal;
  /** How long the board may take to answer at all, milliseconds; default 5,000. */
  readonly connectTimeoutMs?: number;
  /** How long a board that is there may owe an answer, milliseconds; default 30,000. */
  readonly answerTimeoutMs?: number;
  /** How long a run may make no progress at all, beside what its recording lasts, milliseconds; default 300,000. */
  readonly runTimeoutMs?: number;
  /** Either end says that it is there after so much silence, milliseconds; default 500. Three of them: the line is dead. */
  readonly keepaliveMs?: number;
  /** How long a session outlives a broken line, milliseconds; default 10,000. */
  readonly timeoutMs?: number;
  readonly limits?: EndLimits;
  readonly clock?: Clock;
  /** Names the session, 1..2^32 - 1; default: random, which is right outside of tests. */
  readonly nonce?: number;
}

/** What a board says of itself. */
export interface BoardIdentity {
  readonly firmware: string;
  readonly version: string;
  readonly device: { readonly name: string; readonly hash: string };
  readonly serial: string;
  readonly maxConfigBytes: number;
  readonly rails: readonly string[];
  readonly capabilities: ReadonlySet<CapabilityName>;
  /** CRC-32 of the chip.pb in use; null: none. */
  readonly configCrc32: number | null;
}

/** Mean power over an interval that ends at `timeUs`. */
export interface PowerSample {
  /** Board time, microseconds. */
  readonly timeUs: number;
  readonly intervalUs: number;
  /** By rail. */
  readonly watts: Readonly<Record<string, number>>;
  /** Number of the run in progress; 0: none. */
  readonly run: number;
  /** Samples that were left out before this one. */
  readonly dropped: number;
}

export type LogLevelName = "off" | "debug" | "info" | "warning" | "error";
export interface LogEntry {
  readonly timeUs: number;
  readonly level: LogLevelName;
  readonly text: string;
  readonly dropped: number;
}

export interface WatchOptions {
  /** Microseconds of board time between power samples; absent: none. */
  readonly powerIntervalUs?: number;
  readonly onPower?: (sample: PowerSample) => void;
  /** Default "info" when there is an `onLog`. */
  readonly logLevel?: LogLevelName;
  readonly onLog?: (entry: LogEntry) => void;
}

export interface UploadOptions {
  readonly onProgress?: (bytes: number, total: number) => void;
  readonly signal?: AbortSignal;
}

const LEVELS: readonly LogLevelName[] = ["off", "debug", "info", "warning", "error"];
const LAST_RUN = 0xffff;

/**
 * Opens a session with the board at the other end of a line.
 *
 * @throws ChipError E_LINK when nothing answers, or the board refuses
 */
export async function openBoard(link: ByteLink, options: OpenBoardOptions = {}): Promise<BoardChip> {
  const chip = new BoardChip(link, options);
  try {
    await chip.open(options.signal);
  } catch (error) {
    await chip[Symbol.asyncDispose]();
    throw error;
  }
  return chip;
}

/** A board behind a line (or the virtual board), as a `Chip`. Made by `openBoard`. */
export class BoardChip implements Chip {
  readonly #connection: Connection;
  readonly #requests: Requests;
  readonly #clock: Clock;
  readonly #runTimeoutMs: number;
  #identity: BoardIdentity | undefined;
  #config: ChipConfig | undefined;
  #collector: RunCollector | undefined;
  #patience: Patience | undefined;
  #lastRun = 0;
  #uploading = false;
  #watch: WatchOptions = {};

  constructor(link: ByteLink, options: OpenBoardOptions) {
    const { clock = systemClock, limits = DEFAULT_LIMITS } = options;
    this.#clock = clock;
    this.#runTimeoutMs = options.runTimeoutMs ?? 300_000;
    this.#connection = new Connection(link, {
      clock,
      limits,
      nonce: options.nonce ?? randomNonce(),
      program: cutText(`spikewright ${VERSION}`, 63),
      keepaliveMs: options.keepaliveMs ?? 500,
      timeoutMs: options.timeoutMs ?? 10_000,
      connectTimeoutMs: options.connectTimeoutMs ?? 5000,
      ...(options.reconnect ? { reconnect: options.reconnect } : {}),
      onMessage: (message) => this.#onMessage(message),
      onFail: (error) => this.#onFail(error),
    });
    this.#requests = new Requests(this.#connection, clock, options.answerTimeoutMs ?? 30_000);
  }

  /** For `openBoard`. */
  async open(signal?: AbortSignal): Promise<void> {
    await this.#connection.open(signal);
    await this.refreshIdentity();
  }

  get label(): string {
    return this.#connection.label;
  }

  get identity(): BoardIdentity {
    if (this.#identity === undefined) throw new TypeError("the board is not open");
    return this.#identity;
  }

  /** Frames, resends, what was discarded, the round trip. */
  get statistics(): LinkStatistics & { readonly reconnects: number } {
    return this.#connection.statistics;
  }

  can(capability: CapabilityName): boolean {
    return this.identity.capabilities.has(capability);
  }

  async refreshIdentity(): Promise<BoardIdentity> {
    const { identity } = await this.#requests.ask({ getIdentity: {} });
    if (!identity) throw this.#requests.odd("getIdentity");
    this.#identity = {
      firmware: identity.firmware,
      version: identity.firmwareVersion,
      device: { name: identity.deviceName, hash: identity.deviceHash },
      serial: identity.serial,
      maxConfigBytes: identity.maxConfigBytes,
      rails: identity.rails,
      capabilities: capabilityNames(this.#connection.board?.capabilities ?? 0),
      configCrc32: Object.hasOwn(identity, "configCrc32") ? identity.configCrc32 : null,
    };
    return this.#identity;
  }

  async configure(config: ChipConfig): Promise<void> {
    await this.upload(encodeChip(config));
  }

  /**
   * Sends a chip.pb, which the board checks and puts in use in one step; whatever goes wrong, the old configuration stays.
   *
   * @throws ChipError what `decodeChip` says of the bytes; E_CONFIG, E_DEVICE_MISMATCH, E_UNSUPPORTED as the board says;
   *   E_INTERRUPTED by the signal
   */
  async upload(chipPb: Uint8Array, { onProgress, signal }: UploadOptions = {}): Promise<void> {
    const config = decodeChip(chipPb, "the configuration");
    this.#startExclusive();
    this.#uploading = true;
    try {
      await this.#requests.ask({ uploadBegin: { bytes: chipPb.length, crc32: crc32(chipPb) } });
      await this.#sendChunks(chipPb, onProgress, signal);
      await this.#requests.ask({ uploadCommit: {} });
    } finally {
      this.#uploading = false;
      this.#connection.feed(undefined);
    }
    this.#config = config;
    await this.refreshIdentity();
  }

  /**
   * Whether the board runs this chip.pb already, by its CRC-32. Then layers have their names from here on, as after `upload`.
   *
   * @throws ChipError what `decodeChip` says of the bytes
   */
  runs(chipPb: Uint8Array): boolean {
    if (this.identity.configCrc32 !== crc32(chipPb)) return false;
    this.#config = decodeChip(chipPb, "the configuration");
    return true;
  }

  /** Cores whose spikes come up from now on, instead of those that the configuration monitors. */
  async selectMonitor(cores: readonly number[]): Promise<void> {
    await this.#requests.ask({ selectMonitor: { cores: Uint8Array.from([...cores].sort((a, b) => a - b)) } });
  }

  async run(source: EventStream | AsyncIterable<EventStream>, options: RunOptions = {}): Promise<RunResult> {
    this.#startExclusive();
    const { untilUs, signal } = options;
    if (signal?.aborted) throw interrupted();
    const run = (this.#lastRun % LAST_RUN) + 1;
    this.#lastRun = run;
    const feed = new RunFeed(this.#connection, run, untilUs, (events) => {
      patience.excuse();
      options.onProgress?.(events);
    });
    const abort = (): void => {
      feed.stop();
      this.#connection.abort(run);
    };
    const collector = new RunCollector(run, options, (core) => this.#layerOf(core), abort);
    // On a board that lives in real time, nothing need happen for as long as the recording is silent.
    const patience = new Patience({
      clock: this.#clock,
      limitUs: () => this.#runTimeoutMs * 1000 + feed.spanUs,
      excused: () => feed.waiting && this.#connection.settled,
      onEnd: (limitUs) => {
        abort();
        collector.fail(this.#standsStill(limitUs));
      },
    });
    this.#patience = patience;
    collector.hasReadout = this.#config?.readout !== undefined;
    this.#collector = collector;
    try {
      await this.#requests.ask({
        beginRun: {
          run,
          ...(untilUs === undefined ? {} : { untilLow: untilUs % 2 ** 32, untilHigh: Math.floor(untilUs / 2 ** 32) }),
        },
      });
      signal?.addEventListener("abort", abort);
      if (signal?.aborted) abort();
      patience.start();
      // A failed run ends its input; a source that fails ends the run.
      collector.finished.then(
        () => feed.stop(),
        () => feed.stop(),
      );
      try {
        await feed.send(source);
      } catch (error) {
        abort();
        // Whatever becomes of the run now, the source's error is the news.
        await collector.finished.catch(() => undefined);
        throw error;
      }
      return collector.result(await collector.finished);
    } finally {
      signal?.removeEventListener("abort", abort);
      patience.stop();
      this.#connection.abortDone();
      this.#collector = undefined;
      this.#patience = undefined;
    }
  }

  async counters(): Promise<readonly Counters[]> {
    const answers = await this.#requests.askAll({ getCounters: {} });
    return answers.flatMap(({ coreCounters }) =>
      coreCounters ? [countersOf(coreCounters, (core) => this.#layerOf(core))] : [],
    );
  }

  async readNeurons(core: number): Promise<NeuronStates> {
    return readNeurons(this.#requests, core, () => this.#neuronsAPiece());
  }

  async writeNeurons(states: NeuronStates): Promise<void> {
    const { core, values } = states;
    if (this.can("readNeurons")) {
      const [features, height, width] = await mapOnCore(this.#requests, core);
      const needed = features * height * width;
      if (values.length !== needed) {
        throw new ChipError(
          "E_INPUT",
          `${this.#layerOf(core)} (core ${core}) has ${needed} neurons, ${values.length} values were given.`,
        );
      }
    }
    await writeNeurons(this.#requests, states, () => this.#neuronsAPiece());
  }

  async reset(): Promise<void> {
    await this.#requests.ask({ reset: {} });
  }

  /** Has the board report power and log lines; replaces the watch before. Boards leave out what they cannot measure. */
  async watch(options: WatchOptions): Promise<void> {
    const { powerIntervalUs = 0, onLog, logLevel = onLog ? "info" : "off" } = options;
    this.#watch = options;
    await this.#requests.ask({ subscribe: { powerIntervalUs, logLevel: LEVELS.indexOf(logLevel) } });
  }

  /** Ends the session and closes the line. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#connection.close();
    this.#onFail(new ChipError("E_LINK", `${this.label} was closed.`));
  }

  async #sendChunks(
    bytes: Uint8Array,
    onProgress: UploadOptions["onProgress"],
    signal: AbortSignal | undefined,
  ): Promise<void> {
    let at = 0;
    let stop: (() => void) | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        stop = (): void =>
          reject(new ChipError("E_INTERRUPTED", "the upload was interrupted; the board runs on as before."));
        signal?.addEventListener("abort", stop);
        if (signal?.aborted) stop();
        this.#connection.feed((payloadSize) => {
          const data = bytes.subarray(at, at + payloadSize - MESSAGE_OVERHEAD);
          if (data.length === 0) return undefined;
          const offset = at;
          at += data.length;
          try {
            onProgress?.(at, bytes.length);
          } catch (error) {
            reject(error);
          }
          if (at === bytes.length) resolve();
          return { uploadChunk: { offset, data } };
        });
        if (this.#connection.failure) reject(this.#connection.failure);
        this.#onBroken = reject;
      });
    } finally {
      this.#onBroken = undefined;
      this.#connection.feed(undefined);
      if (stop) signal?.removeEventListener("abort", stop);
    }
  }
  #onBroken: ((error: unknown) => void) | undefined;

  #neuronsAPiece(): number {
    return Math.max(8, (this.#connection.payloadSize - MESSAGE_OVERHEAD) >>> 1);
  }

  #onMessage(message: FromBoardMessage): void {
    if (message.id === 0) {
      if (message.powerSample) this.#onPower(message.powerSample);
      else if (message.logLine) this.#onLog(message.logLine);
      else {
        this.#patience?.excuse();
        this.#collector?.take(message);
      }
      return;
    }
    this.#requests.answer(message);
  }

  #onFail(error: ChipError): void {
    this.#requests.failAll(error);
    this.#collector?.fail(error);
    this.#onBroken?.(error);
  }

  #onPower(sample: NonNullable<FromBoardMessage["powerSample"]>): void {
    const { rails } = this.identity;
    this.#watch.onPower?.({
      timeUs: joined(sample.timeLow, sample.timeHigh),
      intervalUs: sample.intervalUs,
      watts: Object.fromEntries(sample.nanowatts.map((nanowatts, i) => [rails[i] ?? `rail ${i}`, nanowatts / 1e9])),
      run: sample.run,
      dropped: sample.dropped,
    });
  }

  #onLog({ timeLow, timeHigh, level, text, dropped }: NonNullable<FromBoardMessage["logLine"]>): void {
    this.#watch.onLog?.({ timeUs: joined(timeLow, timeHigh), level: LEVELS[level] ?? "info", text, dropped });
  }

  #standsStill(limitUs: number): ChipError {
    return new ChipError(
      "E_LINK",
      `${this.label} has not gone on with the run for ${Math.round(limitUs / 1e6)} s, though the line is alive: it takes no events, and sends neither spikes nor the run's end; its firmware seems to hang: reset the board.`,
    );
  }

  #layerOf(core: number): string {
    return this.#config?.cores.find((candidate) => candidate.core === core)?.layer ?? `core${core}`;
  }

  #startExclusive(): void {
    if (this.#collector || this.#uploading) {
      throw new TypeError("the board is in a run or an upload; await it first");
    }
  }
}

function interrupted(): ChipError {
  return new ChipError("E_INTERRUPTED", "the run was interrupted; nothing was written.");
}

/** Any number that no other session has; it decides nothing but whose session this is. */
function randomNonce(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] || 1;
}
