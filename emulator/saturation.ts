import type { ChipConfig, SlowClockConfig } from "../src/chip/config.ts";
import type { DeviceSpec } from "../src/device/types.ts";
import { ChipError } from "../src/errors.ts";
import type { EventStream } from "../src/events/event-stream.ts";
import { totalOf } from "./counters.ts";
import { InputLayer, type PreparedBatch } from "./preprocess.ts";
import { type ChipProgram, type CoreProgram, compileProgram } from "./program.ts";
import { createTimedEngine } from "./timing/create-engine.ts";
import { PS_PER_US } from "./timing/parameters.ts";
import type { TimedEngine } from "./timing/types.ts";

/** Lag and drops, as a share of the replay, up to which the network counts as keeping up. */
const TOLERANCE = 0.01;
/** The search stops when the rate is known to this share. */
const PRECISION = 1 / 256;
const PS_PER_S = 1e12;

export interface Saturation {
  /** Highest rate of input events at which the network keeps up. */
  readonly eventsPerSecond: number;
  /** Taps a second at that rate. */
  readonly synOpsPerSecond: number;
  /** The core with the most work at that rate, and the share of the time for which it worked. */
  readonly bottleneck: { readonly core: number; readonly layer: string; readonly utilisation: number };
  /** Events of the recording that were replayed. */
  readonly events: number;
}

export interface SaturationOptions {
  /** Only the first so many events; default: 20,000. */
  readonly maxEvents?: number;
}

/**
 * The input rate at which a network saturates: the recording's events, in their order but evenly spaced, are replayed
 * at rising rates. The network keeps up with a rate when no input event waits at the pads for longer than 1 % of the
 * replay, and no more than 1 % of a core's events are dropped by its balancer. The highest such rate is found by
 * bisection, to 1/256 of itself; each trial starts from the initial state.
 *
 * A short recording fits into the queues and says little: use thousands of events.
 *
 * @throws ChipError E_INPUT when no event reaches the network; E_UNSUPPORTED with an event filter, whose answer depends on
 *   the recording's own times
 */
export function findSaturation(
  config: ChipConfig,
  device: DeviceSpec,
  events: EventStream,
  options: SaturationOptions = {},
): Saturation {
  if (config.input.filter) {
    throw new ChipError(
      "E_UNSUPPORTED",
      "the saturation search replays events at other times, which the event filter would judge differently; remove input.filter.",
    );
  }
  const count = Math.min(events.t.length, options.maxEvents ?? 20_000);
  const batch = new InputLayer(config.input).prepare(events, 0, count);
  if (batch.length === 0) {
    throw new ChipError("E_INPUT", "no event of the recording reaches the network; give one that does.");
  }
  const program = compileProgram(config, device);
  const replay = (intervalPs: number): TimedEngine => play(program, batch, count, intervalPs);
  const keepsUp = (intervalPs: number): boolean => keptUp(replay(intervalPs), count * intervalPs);

  // All at once: the time it takes is a first guess that is rarely far off.
  let slow = Math.max(1, Math.ceil(replay(1).times().endPs / count));
  while (!keepsUp(slow)) slow *= 2;
  let fast = slow;
  while (fast > 1 && keepsUp(fast)) {
    slow = fast;
    fast = Math.floor(fast / 2);
  }
  while (slow - fast > Math.max(1, slow * PRECISION)) {
    const middle = Math.floor((slow + fast) / 2);
    if (keepsUp(middle)) slow = middle;
    else fast = middle;
  }

  const engine = replay(slow);
  const span = count * slow;
  const { perCore } = engine.times();
  const busiest = perCore.reduce((best, core, i) => (core.busyPs > (perCore[best]?.busyPs ?? 0) ? i : best), 0);
  const { core, layer } = program.cores[busiest] as CoreProgram;
  return {
    eventsPerSecond: PS_PER_S / slow,
    synOpsPerSecond: (totalOf(engine.counters(), "taps") / span) * PS_PER_S,
    bottleneck: { core, layer, utilisation: Math.min(1, (perCore[busiest]?.busyPs ?? 0) / span) },
    events: count,
  };
}

function keptUp(engine: TimedEngine, spanPs: number): boolean {
  if (engine.times().input.maxWaitPs > spanPs * TOLERANCE) return false;
  return engine.counters().every((core) => core.balancerDropped <= (core.eventsIn + core.balancerDropped) * TOLERANCE);
}

/** Event i of the recording at i * interval, with the slow clock's ticks in between. */
function play(program: ChipProgram, batch: PreparedBatch, count: number, intervalPs: number): TimedEngine {
  const engine = createTimedEngine(program);
  const timePs = Float64Array.from(batch.source.subarray(0, batch.length), (i) => i * intervalPs);
  const clock = program.config.slowClock;
  const ticks = program.cores.some((core) => core.leak !== null) ? tickTimes(clock, count, intervalPs) : [];
  let at = 0;
  for (const tickPs of ticks) {
    let to = at;
    // An external tick comes before events of its time, an internal one after the event that completes its count.
    while (to < batch.length && before(timePs[to] as number, tickPs, clock)) to++;
    run(at, to);
    engine.tick(clock.source === "internal", tickPs);
    at = to;
  }
  run(at, batch.length);
  engine.flush();
  return engine;

  function run(from: number, to: number): void {
    if (to === from) return;
    engine.run({
      length: to - from,
      address: batch.address.subarray(from, to),
      timePs: timePs.subarray(from, to),
    });
  }
}

function before(timePs: number, tickPs: number, clock: SlowClockConfig): boolean {
  return clock.source === "internal" ? timePs <= tickPs : timePs < tickPs;
}

function tickTimes(clock: SlowClockConfig, count: number, intervalPs: number): number[] {
  if (clock.source === "none") return [];
  const span = (count - 1) * intervalPs;
  const times: number[] = [];
  if (clock.source === "external") {
    const period = clock.periodUs * PS_PER_US;
    for (let n = 1; n * period <= span; n++) times.push(Math.round(n * period));
  } else {
    const every = 2 ** clock.divider;
    for (let n = every; n <= count; n += every) times.push((n - 1) * intervalPs);
  }
  return times;
}
