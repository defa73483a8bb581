import type {
  CoreTiming,
  Counters,
  OutputEvents,
  ReadoutTick,
  RunOptions,
  RunResult,
  RunTiming,
  RunWarning,
} from "../chip/chip.ts";
import { ChipError } from "../errors.ts";
import { COUNTER_NAMES, WARNING_KINDS } from "../wire/chip-words.ts";
import { unpackEvents } from "../wire/event-batch.ts";
import { errorCodeOf, type FromBoardMessage, joined, type RunResultMessage, RunStatus } from "../wire/messages.ts";

/** Gathers what a board sends in one run. */
export class RunCollector {
  readonly run: number;
  readonly finished: Promise<RunResultMessage>;
  readonly #options: RunOptions;
  readonly #layerOf: (core: number) => string;
  readonly #events: OutputEvents[] = [];
  readonly #ticks: ReadoutTick[] = [];
  readonly #counters: Counters[] = [];
  readonly #timings: CoreTiming[] = [];
  readonly #warnings: RunWarning[] = [];
  readonly #onCrash: () => void;
  /** What a listener of the caller threw. */
  #crash: { readonly error: unknown } | undefined;
  #finish: (result: RunResultMessage) => void = () => undefined;
  #fail: (error: unknown) => void = () => undefined;

  /** @param onCrash a listener of the caller threw: the run must end, and `result` will throw the same */
  constructor(run: number, options: RunOptions, layerOf: (core: number) => string, onCrash: () => void) {
    this.#onCrash = onCrash;
    this.run = run;
    this.#options = options;
    this.#layerOf = layerOf;
    this.finished = new Promise((resolve, reject) => {
      this.#finish = resolve;
      this.#fail = reject;
    });
    // Whoever waits for it sees the error; nobody may be waiting when it comes.
    this.finished.catch(() => undefined);
  }

  fail(error: unknown): void {
    this.#fail(error);
  }

  /** Takes a message that the board sent by itself; those of other runs are leftovers of aborted ones. */
  take(message: FromBoardMessage): void {
    const { events, readoutTicks, coreCounters, coreTiming, warning, runResult } = message;
    if (events) {
      if (events.run === this.run) this.#onEvents(unpackEvents(events));
    } else if (readoutTicks) {
      if (readoutTicks.run === this.run) this.#onTicks(readoutTicks);
    } else if (coreCounters) this.#counters.push(countersOf(coreCounters, this.#layerOf));
    else if (coreTiming) {
      const { core, busyUs, stallUs, utilisation, maxQueue } = coreTiming;
      this.#timings.push({ core, busyUs, stallUs, utilisation, maxQueue });
    } else if (warning) this.#warnings.push(warningOf(warning));
    else if (runResult && runResult.run === this.run) this.#finish(runResult);
  }

  /** What the run yielded, from the board's last message of it. @throws ChipError when the board says that it failed */
  result(message: RunResultMessage): RunResult {
    if (this.#crash) throw this.#crash.error;
    if (message.status !== RunStatus.RUN_STATUS_DONE) throw failureOf(message);
    const filtered = Object.hasOwn(message, "filteredLow");
    const pooled = Object.hasOwn(message, "poolDroppedLow");
    const ticks = this.#ticks.length > 0 || this.#hadReadout;
    return {
      perCore: this.#counters,
      input: {
        events: joined(message.eventsLow, message.eventsHigh),
        dropped: joined(message.droppedLow, message.droppedHigh),
        ...(filtered ? { filtered: joined(message.filteredLow, message.filteredHigh) } : {}),
        ...(pooled ? { poolDropped: joined(message.poolDroppedLow, message.poolDroppedHigh) } : {}),
      },
      ...(this.#options.onEvents ? {} : { events: concatOutput(this.#events) }),
      ...(ticks && !this.#options.onReadout ? { readout: this.#ticks } : {}),
      ...(message.timing ? { timing: timingOf(message.timing, this.#timings) } : {}),
      warnings: this.#warnings,
      kernel: message.kernel,
      durationUs: joined(message.durationLow, message.durationHigh),
    };
  }

  /** Set by whoever knows the configuration: a readout block without a tick still gives an (empty) list. */
  set hasReadout(value: boolean) {
    this.#hadReadout = value;
  }
  #hadReadout = false;

  #onEvents(events: OutputEvents): void {
    const { onEvents } = this.#options;
    if (onEvents) this.#tell(() => onEvents(events));
    else this.#events.push(events);
  }

  #tell(listener: () => void): void {
    if (this.#crash) return;
    try {
      listener();
    } catch (error) {
      this.#crash = { error };
      this.#onCrash();
    }
  }

  #onTicks({ ticks }: NonNullable<FromBoardMessage["readoutTicks"]>): void {
    for (const { timeLow, timeHigh, classIndex, average, value, interrupt } of ticks) {
      const tick: ReadoutTick = {
        tUs: joined(timeLow, timeHigh),
        classIndex: classIndex ? classIndex : null,
        average: average ?? 0,
        value: value ?? 0,
        interrupt: interrupt ?? false,
      };
      const { onReadout } = this.#options;
      if (onReadout) this.#tell(() => onReadout(tick));
      else this.#ticks.push(tick);
    }
  }
}

/** @throws ChipError E_LINK unless the board sent a number for every counter */
export function countersOf(
  { core, low, high }: NonNullable<FromBoardMessage["coreCounters"]>,
  layerOf: (core: number) => string,
): Counters {
  if (low.length !== COUNTER_NAMES.length || (high.length !== 0 && high.length !== COUNTER_NAMES.length)) {
    throw new ChipError(
      "E_LINK",
      `the board sent ${low.length} counters of core ${core}, the protocol has ${COUNTER_NAMES.length}.`,
    );
  }
  const counters = Object.fromEntries(COUNTER_NAMES.map((name, i) => [name, joined(low[i], high[i])]));
  return { core, layer: layerOf(core), ...(counters as Omit<Counters, "core" | "layer">) };
}

function failureOf({ status, error }: RunResultMessage): ChipError {
  if (status === RunStatus.RUN_STATUS_ABORTED) {
    return new ChipError("E_INTERRUPTED", "the run was interrupted; nothing was written.");
  }
  return new ChipError(
    errorCodeOf(error?.code ?? 0),
    error?.message || "the board says that the run failed, and not why; look at its log.",
  );
}

function warningOf({ kind, core, countLow, countHigh, message }: NonNullable<FromBoardMessage["warning"]>): RunWarning {
  return {
    kind: WARNING_KINDS[kind - 1] ?? "notModelled",
    ...(core === undefined || core === null ? {} : { core }),
    count: joined(countLow, countHigh),
    message,
  };
}

function timingOf(timing: NonNullable<RunResultMessage["timing"]>, perCore: readonly CoreTiming[]): RunTiming {
  const { firstOutputUs, lastOutputUs, latencyP50Us, latencyP99Us, latencyMaxUs } = timing;
  const latency = typeof latencyP50Us === "number" && Object.hasOwn(timing, "latencyP50Us");
  return {
    perCore,
    firstOutputUs: Object.hasOwn(timing, "firstOutputUs") ? (firstOutputUs ?? null) : null,
    lastOutputUs: Object.hasOwn(timing, "lastOutputUs") ? (lastOutputUs ?? null) : null,
    latencyUs: latency ? { p50: latencyP50Us, p99: latencyP99Us ?? 0, max: latencyMaxUs ?? 0 } : null,
  };
}

function concatOutput(parts: readonly OutputEvents[]): OutputEvents {
  const length = parts.reduce((sum, part) => sum + part.t.length, 0);
  const all = {
    t: new Float64Array(length),
    core: new Uint8Array(length),
    feature: new Uint16Array(length),
    y: new Uint16Array(length),
    x: new Uint16Array(length),
  };
  let at = 0;
  for (const part of parts) {
    all.t.set(part.t, at);
    all.core.set(part.core, at);
    all.feature.set(part.feature, at);
    all.y.set(part.y, at);
    all.x.set(part.x, at);
    at += part.t.length;
  }
  return all;
}
