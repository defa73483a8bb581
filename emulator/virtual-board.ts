import type { ChipConfig } from "../src/chip/config.ts";
import { checkConfig } from "../src/chip/validate.ts";
import type { Device } from "../src/device/types.ts";
import { ChipError, messageOf } from "../src/errors.ts";
import { Random } from "../src/random.ts";
import { VERSION } from "../src/version.ts";
import { BoardTransport } from "../src/wire/board-transport.ts";
import type { ByteLink } from "../src/wire/byte-link.ts";
import { decodeChip } from "../src/wire/chip-codec.ts";
import { type Clock, systemClock } from "../src/wire/clock.ts";
import { unpackEvents } from "../src/wire/event-batch.ts";
import {
  cutText,
  decodeToBoard,
  type FromBoard,
  joined,
  LogLevel,
  RunStatus,
  type ToBoardMessage,
  WireError,
  wireErrorOf,
} from "../src/wire/messages.ts";
import { DEFAULT_LIMITS, type EndLimits, type LinkStatistics } from "../src/wire/transport.ts";
import { BoardRun, TickBatch } from "./board/board-run.ts";
import { capabilitiesOf } from "./board/capabilities.ts";
import { Lines } from "./board/lines.ts";
import { readPiece, writePiece } from "./board/neurons.ts";
import { Outgoing } from "./board/outgoing.ts";
import { FREE_RUNNING, RealTime } from "./board/pace.ts";
import { PowerMeter } from "./board/power.ts";
import { countersMessage, resultMessages, ticksMessage } from "./board/report.ts";
import { Staging } from "./board/staging.ts";
import { type Level, Telemetry } from "./board/telemetry.ts";
import { EmulatedChip } from "./emulated-chip.ts";
import type { KernelChoice } from "./kernel/kernel.ts";

export interface VirtualBoardOptions {
  readonly device: Device;
  /** "free" (default): events enter the chip as they come. "realtime": when their time has come. */
  readonly pace?: "free" | "realtime";
  /** Runs with time: output time stamps are those of the chip. */
  readonly timing?: boolean;
  /** Chip effects (saturation, drops) fail the run. */
  readonly strict?: boolean;
  readonly kernel?: KernelChoice;
  /** Of the simulated power meters' noise. */
  readonly seed?: number;
  /** Energy preset of the device from which power is simulated; default: "speck-implied", where the device has it. */
  readonly energy?: string;
  /** Standard deviation of a power reading, relative to it; default 0.01. */
  readonly powerNoise?: number;
  /** Largest chip.pb, bytes; default 16 MiB. */
  readonly maxConfigBytes?: number;
  /** What the board's buffers hold. */
  readonly limits?: EndLimits;
  readonly serial?: string;
  readonly clock?: Clock;
  /** Told every log line of the board, whether or not a host asked for them. */
  readonly onLog?: (text: string) => void;
}

const FIRMWARE = "spikewright-virtual-board";
const TICKS_A_MESSAGE = 16;
/** Longest texts, bytes (link.options). */
const TEXT = 159;

interface Loaded {
  readonly chip: EmulatedChip;
  readonly config: ChipConfig;
  readonly crc: number;
}

/**
 * What firmware does, around an emulated chip: bytes in, bytes out. Speaks the link of `firmware-schemas/README.md`; the
 * configuration in use, neuron states and counters outlive sessions and lines, as they do on a board.
 */
export class VirtualBoard {
  readonly #options: VirtualBoardOptions;
  readonly #device: Device;
  readonly #clock: Clock;
  readonly #transport: BoardTransport;
  readonly #lines: Lines;
  readonly #outgoing: Outgoing;
  readonly #staging: Staging;
  readonly #meter: PowerMeter;
  readonly #telemetry: Telemetry;
  #loaded: Loaded | undefined;
  #run: BoardRun | undefined;
  /** Resolves when the run's chip stands still. */
  #running: Promise<void> = Promise.resolve();
  #handling = false;
  /** Counts sessions; an answer to a request of an earlier one is for nobody. */
  #generation = 0;
  #answering = 0;

  constructor(options: VirtualBoardOptions) {
    const { device, seed = 1, clock = systemClock, limits = DEFAULT_LIMITS } = options;
    this.#options = options;
    this.#device = device;
    this.#clock = clock;
    const { presets, defaultPreset } = device.spec.energy;
    const preset = options.energy ?? (Object.hasOwn(presets, "speck-implied") ? "speck-implied" : defaultPreset);
    this.#meter = new PowerMeter(device.spec, preset, options.powerNoise ?? 0.01, new Random(seed));
    this.#staging = new Staging(options.maxConfigBytes ?? 16 * 1024 * 1024);
    this.#transport = new BoardTransport({
      limits,
      capabilities: capabilitiesOf(device.spec, { timing: options.timing === true, realTime: this.#realTime }),
      onOpen: (program) => this.#telemetry.log(LogLevel.LOG_LEVEL_INFO, `session opened by ${program}`),
      onEnd: () => this.#endSession(),
      onAbort: (run) => {
        if (this.#run?.number !== run || this.#run.aborted) return;
        this.#outgoing.dropEvents(run);
        this.#run.abort(false);
      },
    });
    this.#lines = new Lines(this.#transport, clock, () => this.#onChange());
    this.#outgoing = new Outgoing(this.#transport);
    this.#telemetry = new Telemetry({
      clock,
      realTime: this.#realTime,
      meter: this.#meter,
      counters: () => this.#loaded?.chip.counters() ?? [],
      run: () => this.#run?.number ?? 0,
      busy: () => this.#outgoing.busy,
      send: (message) => this.#send(message),
      ...(options.onLog ? { onLog: options.onLog } : {}),
    });
  }

  get statistics(): LinkStatistics {
    return this.#transport.statistics;
  }

  /**
   * Serves a line until it ends, breaks or the signal aborts. A session that it leaves behind can be resumed over the next
   * line until the host's time-out. While a line lives, hosts on others are told that the board is busy.
   */
  serve(link: ByteLink, signal?: AbortSignal): Promise<void> {
    return this.#lines.serve(link, signal);
  }

  #onChange(): void {
    this.#flush();
    if (this.#handling) return;
    this.#handling = true;
    void this.#handleAll();
  }

  #flush(): void {
    this.#outgoing.flush();
    this.#lines.kick();
  }

  /** Messages one after the other; the next one is taken only when there is room for what it may bring. */
  async #handleAll(): Promise<void> {
    for (;;) {
      await this.#outgoing.room();
      const bytes = this.#transport.take();
      if (bytes === undefined) {
        this.#handling = false;
        return;
      }
      this.#answering = this.#generation;
      let message: ToBoardMessage | undefined;
      try {
        message = decodeToBoard(bytes);
        await this.#handle(message);
      } catch (error) {
        this.#refuse(message?.id ?? 0, error);
      }
      this.#flush();
    }
  }

  async #handle(message: ToBoardMessage): Promise<void> {
    const { id } = message;
    if (message.events) return this.#onEvents(message.events);
    if (message.endInput) {
      if (this.#run?.number === message.endInput.run) this.#run.end();
      return;
    }
    if (message.uploadChunk) {
      this.#staging.add(message.uploadChunk.offset, message.uploadChunk.data);
      return;
    }
    if (message.getIdentity) return this.#answer({ id, identity: this.#identity() });
    if (message.subscribe) {
      this.#telemetry.subscribe(message.subscribe.powerIntervalUs, message.subscribe.logLevel as Level);
      return this.#done(id);
    }
    if (message.getCounters) {
      for (const counters of this.#ready().chip.counters())
        this.#answer({ id, coreCounters: countersMessage(counters) });
      return this.#done(id);
    }
    if (this.#run) {
      return this.#error(id, WireError.ERROR_CODE_BUSY, "the board is in a run; wait for its end, or abort it.");
    }
    await this.#running;
    if (message.uploadBegin) {
      const { bytes, crc32 } = message.uploadBegin;
      if (this.#staging.begin(bytes, crc32)) return this.#done(id);
      const limit = this.#options.maxConfigBytes ?? 16 * 1024 * 1024;
      return this.#error(
        id,
        WireError.ERROR_CODE_TOO_LARGE,
        `the configuration has ${bytes} bytes, the board holds ${limit}.`,
      );
    }
    if (message.uploadCommit) await this.#commit();
    else if (message.selectMonitor) this.#ready().chip.selectMonitor([...message.selectMonitor.cores]);
    else if (message.reset) await this.#reset();
    else if (message.readNeurons) {
      const neuronValues = await readPiece(this.#ready().chip, message.readNeurons, this.#transport.maxPayload);
      return this.#answer({ id, neuronValues });
    } else if (message.writeNeurons) await writePiece(this.#ready().chip, message.writeNeurons);
    else if (message.beginRun) return this.#beginRun(id, message.beginRun);
    else return this.#error(id, WireError.ERROR_CODE_UNSUPPORTED, "the board does not know this request.");
    this.#done(id);
  }

  async #commit(): Promise<void> {
    const { bytes, crc } = this.#staging.finish();
    const config = decodeChip(bytes, "the configuration");
    checkConfig(config, this.#device);
    const { timing, strict, kernel } = this.#options;
    // A chip of its own, so that whatever goes wrong here leaves the old one as it is.
    const chip = new EmulatedChip(this.#device, {
      ...(timing ? { timing } : {}),
      ...(strict ? { strict } : {}),
      ...(kernel ? { kernel } : {}),
    });
    await chip.configure(config);
    this.#loaded = { chip, config, crc };
    this.#telemetry.restart();
    this.#telemetry.log(LogLevel.LOG_LEVEL_INFO, `configured: ${config.cores.length} cores, ${bytes.length} bytes`);
  }

  async #reset(): Promise<void> {
    await this.#ready().chip.reset();
    this.#telemetry.restart();
  }

  #beginRun(id: number, begin: NonNullable<ToBoardMessage["beginRun"]>): void {
    const { chip } = this.#ready();
    if (begin.run < 1 || begin.run > 0xffff) {
      this.#error(id, WireError.ERROR_CODE_BAD_REQUEST, `runs are numbered 1 to 65535, not ${begin.run}.`);
      return;
    }
    const until = Object.hasOwn(begin, "untilLow") ? joined(begin.untilLow, begin.untilHigh) : undefined;
    const run = new BoardRun(begin.run, until, {
      pace: this.#realTime ? new RealTime(this.#clock) : FREE_RUNNING,
      room: () => this.#outgoing.room(),
      nextStop: (timeUs) => this.#telemetry.nextSample(timeUs),
      passed: (events, timeUs) => {
        this.#telemetry.inputEvents += events;
        if (!run.aborted) this.#telemetry.passed(timeUs);
      },
    });
    this.#run = run;
    this.#done(id);
    this.#running = this.#play(run, chip).finally(() => {
      if (this.#run === run) this.#run = undefined;
      this.#flush();
    });
  }

  async #play(run: BoardRun, chip: EmulatedChip): Promise<void> {
    const ticks = new TickBatch(TICKS_A_MESSAGE, (batch) => {
      if (!run.aborted) this.#send(ticksMessage(run.number, batch));
    });
    try {
      const result = await chip.run(run.source(), {
        ...(run.untilUs === undefined ? {} : { untilUs: run.untilUs }),
        onEvents: (events) => {
          this.#telemetry.outputEvents += events.t.length;
          if (run.aborted) return;
          this.#outgoing.events(run.number, events);
          this.#flush();
        },
        onReadout: (tick) => ticks.add(tick),
      });
      ticks.flush();
      this.#telemetry.runEnded(result.durationUs);
      if (run.silent) return;
      if (run.aborted) this.#send({ runResult: { run: run.number, status: RunStatus.RUN_STATUS_ABORTED } });
      else for (const message of resultMessages(run.number, result)) this.#send(message);
    } catch (error) {
      // The input is dropped from here on; what came out before stays sent.
      const silent = run.silent;
      run.abort(true);
      this.#telemetry.runEnded(run.reachedUs);
      if (silent) return;
      const failure = { code: codeOf(error), message: cutText(messageOf(error), TEXT) };
      this.#send({ runResult: { run: run.number, status: RunStatus.RUN_STATUS_FAILED, error: failure } });
      this.#telemetry.log(LogLevel.LOG_LEVEL_ERROR, `run ${run.number} failed: ${failure.message}`);
    } finally {
      // The next request must find a board that is not in a run any more.
      if (this.#run === run) this.#run = undefined;
    }
  }

  async #onEvents(batch: NonNullable<ToBoardMessage["events"]>): Promise<void> {
    const run = this.#run;
    if (run === undefined || run.number !== batch.run || run.aborted) return;
    await run.add(unpackEvents(batch));
  }

  #identity(): NonNullable<FromBoard["identity"]> {
    const { spec, hash } = this.#device;
    return {
      firmware: FIRMWARE,
      firmwareVersion: cutText(VERSION, 31),
      deviceName: spec.name,
      deviceHash: hash,
      serial: cutText(this.#options.serial ?? "virtual", 31),
      maxConfigBytes: this.#options.maxConfigBytes ?? 16 * 1024 * 1024,
      rails: this.#meter.rails.slice(0, 8).map((name) => cutText(name, 23)),
      ...(this.#loaded ? { configCrc32: this.#loaded.crc } : {}),
    };
  }

  get #realTime(): boolean {
    return this.#options.pace === "realtime";
  }

  #ready(): Loaded {
    if (this.#loaded) return this.#loaded;
    throw new NotConfigured();
  }

  #send(message: FromBoard): void {
    this.#outgoing.message(message);
    this.#flush();
  }

  #answer(message: FromBoard): void {
    if (this.#answering === this.#generation) this.#send(message);
  }

  #done(id: number): void {
    this.#answer({ id, done: {} });
  }

  #error(id: number, code: WireError, message: string): void {
    this.#answer({ id, error: { code, message: cutText(message, TEXT) } });
  }

  #refuse(id: number, error: unknown): void {
    if (error instanceof NotConfigured) {
      this.#error(id, WireError.ERROR_CODE_NOT_CONFIGURED, "the board has no configuration yet; deploy one first.");
    } else this.#error(id, codeOf(error), messageOf(error));
  }

  #endSession(): void {
    this.#run?.abort(true);
    this.#run = undefined;
    this.#outgoing.clear();
    this.#staging.clear();
    this.#telemetry.subscribe(0, LogLevel.LOG_LEVEL_OFF);
    this.#generation++;
  }
}

/** A request that needs a configuration came before there was one. */
class NotConfigured extends Error {}

function codeOf(error: unknown): WireError {
  if (!(error instanceof ChipError)) return WireError.ERROR_CODE_INTERNAL;
  return error.code === "E_LINK" ? WireError.ERROR_CODE_BAD_REQUEST : wireErrorOf(error.code);
}
