import type { CoreTiming, Counters, ReadoutTick, RunResult, RunTiming, RunWarning } from "../../src/chip/chip.ts";
import { COUNTER_NAMES, WARNING_KINDS } from "../../src/wire/chip-words.ts";
import { cutText, type FromBoard, halves, RunStatus } from "../../src/wire/messages.ts";

/** Longest texts, bytes (link.options). */
const TEXT = 159;
const NAME = 31;

export function countersMessage(counters: Counters): NonNullable<FromBoard["coreCounters"]> {
  const pairs = COUNTER_NAMES.map((name) => halves(counters[name]));
  const high = pairs.map(([, value]) => value);
  return {
    core: counters.core,
    low: pairs.map(([value]) => value),
    high: high.some((value) => value > 0) ? high : [],
  };
}

/** Everything that ends a run, in order. */
export function resultMessages(run: number, result: RunResult): FromBoard[] {
  const { input, timing, durationUs } = result;
  const [eventsLow, eventsHigh] = halves(input.events);
  const [droppedLow, droppedHigh] = halves(input.dropped);
  const [durationLow, durationHigh] = halves(durationUs);
  const filtered = input.filtered === undefined ? undefined : halves(input.filtered);
  const pooled = input.poolDropped === undefined ? undefined : halves(input.poolDropped);
  return [
    ...result.perCore.map((counters) => ({ coreCounters: countersMessage(counters) })),
    ...(timing?.perCore ?? []).map((core) => ({ coreTiming: timingMessage(core) })),
    ...result.warnings.map((warning) => ({ warning: warningMessage(warning) })),
    {
      runResult: {
        run,
        status: RunStatus.RUN_STATUS_DONE,
        eventsLow,
        eventsHigh,
        droppedLow,
        droppedHigh,
        ...(filtered ? { filteredLow: filtered[0], filteredHigh: filtered[1] } : {}),
        ...(pooled ? { poolDroppedLow: pooled[0], poolDroppedHigh: pooled[1] } : {}),
        durationLow,
        durationHigh,
        ...(timing ? { timing: runTimingMessage(timing) } : {}),
        kernel: cutText(result.kernel, NAME),
      },
    },
  ];
}

export function ticksMessage(run: number, ticks: readonly ReadoutTick[]): FromBoard {
  return {
    readoutTicks: {
      run,
      ticks: ticks.map(({ tUs, classIndex, average, value, interrupt }) => {
        const [timeLow, timeHigh] = halves(tUs);
        return { timeLow, timeHigh, classIndex: classIndex ?? 0, average, value, interrupt };
      }),
    },
  };
}

function timingMessage({ core, busyUs, stallUs, utilisation, maxQueue }: CoreTiming) {
  return { core, busyUs, stallUs, utilisation, maxQueue };
}

function warningMessage({ kind, core, count, message }: RunWarning) {
  const [countLow, countHigh] = halves(count);
  return {
    kind: WARNING_KINDS.indexOf(kind) + 1,
    ...(core === undefined ? {} : { core }),
    countLow,
    countHigh,
    message: cutText(message, TEXT),
  };
}

function runTimingMessage({ firstOutputUs, lastOutputUs, latencyUs }: RunTiming) {
  return {
    ...(firstOutputUs === null ? {} : { firstOutputUs }),
    ...(lastOutputUs === null ? {} : { lastOutputUs }),
    ...(latencyUs ? { latencyP50Us: latencyUs.p50, latencyP99Us: latencyUs.p99, latencyMaxUs: latencyUs.max } : {}),
  };
}
