import type { Counters } from "../../src/chip/chip.ts";
import type { Clock } from "../../src/wire/clock.ts";
import { cutText, type FromBoard, halves, LogLevel } from "../../src/wire/messages.ts";
import type { PowerMeter } from "./power.ts";

/** Longest text of a log line, bytes (link.options). */
const TEXT = 159;
const MOST_RAILS = 8;
/** Meters are read at most once a millisecond. */
const SHORTEST_INTERVAL_US = 1000;
const MOST_WORD = 0xffff_ffff;

export type Level = (typeof LogLevel)[keyof typeof LogLevel];

/** What telemetry needs of its board. */
export interface TelemetryBoard {
  readonly clock: Clock;
  /** False: board time is that of the recordings, and stands still between runs. */
  readonly realTime: boolean;
  readonly meter: PowerMeter;
  counters(): readonly Counters[];
  /** Number of the run in progress; 0: none. */
  run(): number;
  /** The line has hardly room for what must get through. */
  busy(): boolean;
  send(message: FromBoard): void;
  /** Told every log line, sent or not. */
  readonly onLog?: (text: string) => void;
}

interface PowerWatch {
  readonly intervalUs: number;
  lastUs: number;
  dropped: number;
  cancel?: () => void;
}

/** What a board sends by itself: power samples and log lines, left out (and counted) while the line is busy. */
export class Telemetry {
  /** Events since the board started. */
  inputEvents = 0;
  outputEvents = 0;
  readonly #board: TelemetryBoard;
  readonly #startUs: number;
  /** Free running: recorded time of all runs that are over. */
  #passedUs = 0;
  #power: PowerWatch | undefined;
  #level: Level = LogLevel.LOG_LEVEL_OFF;
  #linesDropped = 0;

  constructor(board: TelemetryBoard) {
    this.#board = board;
    this.#startUs = board.clock.nowUs();
  }

  subscribe(powerIntervalUs: number, level: Level): void {
    this.#power?.cancel?.();
    this.#power = undefined;
    this.#level = level;
    if (powerIntervalUs === 0) return;
    // What was counted until now is no part of the first sample.
    this.#board.meter.read(this.#tally(), 1);
    const intervalUs = Math.max(powerIntervalUs, SHORTEST_INTERVAL_US);
    this.#power = { intervalUs, lastUs: this.#nowUs(0), dropped: 0 };
    if (this.#board.realTime) this.#sampleLater(this.#power);
  }

  log(level: Level, text: string): void {
    this.#board.onLog?.(text);
    if (this.#level === LogLevel.LOG_LEVEL_OFF || level < this.#level) return;
    if (this.#board.busy()) {
      this.#linesDropped++;
      return;
    }
    const [timeLow, timeHigh] = halves(this.#nowUs(0));
    const dropped = this.#linesDropped;
    this.#linesDropped = 0;
    this.#board.send({ logLine: { timeLow, timeHigh, level, text: cutText(text, TEXT), dropped } });
  }

  /** Time of a run, at or after `timeUs`, at which the meters must be read; infinity when a timer does it. */
  nextSample(timeUs: number): number {
    if (this.#power === undefined || this.#board.realTime) return Number.POSITIVE_INFINITY;
    return Math.max(timeUs, this.#power.lastUs + this.#power.intervalUs - this.#passedUs);
  }

  /** The chip has done what came until this time of the run. */
  passed(timeUs: number): void {
    if (this.#power === undefined || this.#board.realTime) return;
    const nowUs = this.#nowUs(timeUs);
    if (nowUs - this.#power.lastUs >= this.#power.intervalUs) this.#sample(nowUs);
  }

  runEnded(durationUs: number): void {
    if (!this.#board.realTime) this.#passedUs += durationUs;
  }

  /** Counters start at zero again. */
  restart(): void {
    this.#board.meter.restart();
  }

  /** Board time `runUs` after the first event of a run, microseconds. */
  #nowUs(runUs: number): number {
    return Math.round(this.#board.realTime ? this.#board.clock.nowUs() - this.#startUs : this.#passedUs + runUs);
  }

  #sampleLater(power: PowerWatch): void {
    power.cancel = this.#board.clock.after(power.intervalUs, () => {
      if (this.#power !== power) return;
      this.#sample(this.#nowUs(0));
      this.#sampleLater(power);
    });
  }

  #sample(nowUs: number): void {
    const power = this.#power;
    if (power === undefined) return;
    const intervalUs = Math.max(1, nowUs - power.lastUs);
    const watts = this.#board.meter.read(this.#tally(), intervalUs);
    power.lastUs = nowUs;
    if (this.#board.busy()) {
      power.dropped++;
      return;
    }
    const [timeLow, timeHigh] = halves(nowUs);
    const { dropped } = power;
    power.dropped = 0;
    this.#board.send({
      powerSample: {
        timeLow,
        timeHigh,
        intervalUs: Math.min(intervalUs, MOST_WORD),
        nanowatts: watts.slice(0, MOST_RAILS).map((watt) => Math.min(MOST_WORD, Math.round(watt * 1e9))),
        run: this.#board.run(),
        dropped,
      },
    });
  }

  #tally() {
    return {
      counters: this.#board.counters(),
      inputEvents: this.inputEvents,
      outputEvents: this.outputEvents,
    };
  }
}
