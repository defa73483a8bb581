import type { RunOptions, RunResult, RunWarning } from "../../src/chip/chip.ts";
import type { InputConfig, MapShape } from "../../src/chip/config.ts";
import { ChipError } from "../../src/errors.ts";
import type { EventStream } from "../../src/events/event-stream.ts";
import { drive } from "../drive.ts";
import { OutputCollector } from "../output.ts";
import { InputLayer } from "../preprocess.ts";
import { AnalogueInput } from "./analogue.ts";
import type { TimestepCounters, TimestepEngine } from "./engine.ts";

export interface TimestepRunOptions extends RunOptions {
  /** Length of a step, whole microseconds. */
  readonly dtUs: number;
  /** Input layer of a chip; absent: every event as it is. */
  readonly input?: InputConfig;
}

export interface TimestepRunResult extends RunResult {
  readonly perCore: readonly TimestepCounters[];
  readonly steps: number;
  /** Events that reached the network. */
  readonly inputEvents: number;
}

/** Steps between two looks at the abort signal of an analogue run, and between two pauses for the host. */
const STEPS_PER_PAUSE = 256;

/**
 * Runs a recording binned at `dtUs`: step k holds the events with k*dt <= t < (k+1)*dt, time counted from the first
 * event. Without `untilUs` the step of the last event is the last. Bounded memory, as `drive`.
 *
 * Output events carry the start of their step; a neuron's n spikes of one step are n rows. Membranes and counters go
 * on from run to run until `engine.reset()`.
 *
 * @throws ChipError E_OPTION when dt is not a whole number of microseconds; E_INPUT and E_INTERRUPTED as `drive`;
 *   E_UNSUPPORTED when an integer membrane leaves its word
 */
export async function runTimestep(
  engine: TimestepEngine,
  source: EventStream | AsyncIterable<EventStream>,
  options: TimestepRunOptions,
): Promise<TimestepRunResult> {
  const { dtUs } = options;
  checkStep(dtUs);
  const input = new InputLayer(options.input ?? plainInput(engine.program.network.inputShape));
  const output = new OutputCollector(options.onEvents);
  let steps = 0;
  let dropped = 0;
  let inputEvents = 0;
  const step = (): void => {
    // A step that would change nothing is only counted, so that pauses in a recording cost nothing.
    if (engine.active) {
      engine.step();
      collect(engine, output, steps * dtUs);
    }
    steps++;
  };
  const driven = await drive(source, { source: "external", periodUs: dtUs }, options, {
    span(events, from, to) {
      const batch = input.prepare(events, from, to);
      dropped += batch.dropped;
      inputEvents += batch.length;
      engine.deposit(batch.address, null, batch.length);
    },
    tick: step,
  });
  const untilUs = options.untilUs ?? Number.POSITIVE_INFINITY;
  if (untilUs === Number.POSITIVE_INFINITY ? driven.events > 0 : steps * dtUs < untilUs) step();
  return resultOf(engine, output, steps, driven, dropped, inputEvents);
}

/**
 * Shows an image for `steps` steps as analogue current; output events carry the start of their step [T5].
 *
 * @param current `[f][y][x]`, of one step: see `imageCurrent`
 * @throws ChipError E_INPUT when the current does not fit the network's input; otherwise as `runTimestep`
 */
export async function runAnalogue(
  engine: TimestepEngine,
  current: ArrayLike<number>,
  steps: number,
  options: Omit<TimestepRunOptions, "untilUs" | "input">,
): Promise<TimestepRunResult> {
  checkStep(options.dtUs);
  const output = new OutputCollector(options.onEvents);
  const input = new AnalogueInput(engine, current);
  const values = Array.from(current).filter((value) => value !== 0).length;
  try {
    for (let step = 0; step < steps; step++) {
      if (step % STEPS_PER_PAUSE === 0) {
        if (options.signal?.aborted)
          throw new ChipError("E_INTERRUPTED", "the run was interrupted; nothing was written.");
        if (step > 0) await new Promise((resolve) => setTimeout(resolve, 0));
      }
      input.step();
      collect(engine, output, step * options.dtUs);
      options.onProgress?.(values * (step + 1));
    }
  } finally {
    input.end();
  }
  const inputEvents = values * steps;
  const driven = { events: inputEvents, durationUs: steps * options.dtUs };
  return resultOf(engine, output, steps, driven, 0, inputEvents);
}

function resultOf(
  engine: TimestepEngine,
  output: OutputCollector,
  steps: number,
  driven: { readonly events: number; readonly durationUs: number },
  dropped: number,
  inputEvents: number,
): TimestepRunResult {
  const perCore = engine.counters();
  const events = output.result();
  return {
    perCore,
    input: { events: driven.events, dropped },
    ...(events ? { events } : {}),
    warnings: timestepWarnings(perCore),
    kernel: engine.kernel,
    durationUs: driven.durationUs,
    steps,
    inputEvents,
  };
}

/** One row for every spike of every monitored layer, layer by layer. */
function collect(engine: TimestepEngine, output: OutputCollector, tUs: number): void {
  for (const { index, core, monitor } of engine.program.cores) {
    if (!monitor) continue;
    const { length, address, count } = engine.spikes(index);
    if (length === 0) continue;
    let rows = 0;
    for (let i = 0; i < length; i++) rows += count[i];
    let entry = 0;
    let used = 0;
    output.add(rows, (into, at) => {
      if (used++ === count[entry]) {
        entry++;
        used = 1;
      }
      const packed = address[entry];
      into.t[at] = tUs;
      into.core[at] = core;
      into.feature[at] = packed >>> 20;
      into.y[at] = (packed >>> 10) & 1023;
      into.x[at] = packed & 1023;
    });
  }
}

function timestepWarnings(counters: readonly TimestepCounters[]): RunWarning[] {
  return counters
    .filter((counter) => counter.residues > 0)
    .map(({ core, layer, residues }) => ({
      kind: "residues" as const,
      core,
      count: residues,
      message: `${layer} (core ${core}): ${residues} times a neuron stood at or above threshold after its spike; it fires again in the next step`,
    }));
}

function checkStep(dtUs: number): void {
  if (Number.isSafeInteger(dtUs) && dtUs >= 1) return;
  throw new ChipError("E_OPTION", `the step is ${dtUs} us; give a whole number of microseconds, such as 1000 (1 ms).`);
}

function plainInput(shape: MapShape): InputConfig {
  return {
    shape,
    onChannel: true,
    offChannel: true,
    merge: false,
    pooling: [1, 1],
    mirrorX: false,
    mirrorY: false,
    mirrorDiagonal: false,
    destinations: [],
  };
}
