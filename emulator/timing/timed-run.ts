import type { InputCounts, RunOptions, RunTiming, RunWarning } from "../../src/chip/chip.ts";
import type { EventStream } from "../../src/events/event-stream.ts";
import { type Driven, drive } from "../drive.ts";
import { InputTally } from "../input-tally.ts";
import type { OutputCollector } from "../output.ts";
import type { InputLayer } from "../preprocess.ts";
import type { ChipProgram, CoreProgram } from "../program.ts";
import { type ReadoutRun, readoutSource } from "../readout.ts";
import { ReadoutQueue } from "../readout-queue.ts";
import { EventQueueEngine } from "./event-queue-engine.ts";
import { LatencyMeter } from "./latency.ts";
import { copySpike, OutputPort } from "./output-port.ts";
import { PS_PER_US, picoseconds, type TimingParameters, timingParameters } from "./parameters.ts";
import { TimedSpikes } from "./timed-spikes.ts";
import type { TimedEngine, TimedSpikeBatch } from "./types.ts";

/** Input events a span: a cascade with time takes up to tens of microseconds, one that is traced up to half a millisecond. */
const SPAN_EVENTS = 2048;
const SPAN_EVENTS_QUEUED = 64;

export interface TimedRun {
  readonly driven: Driven;
  readonly input: InputCounts;
  readonly timing: RunTiming;
  readonly warnings: readonly RunWarning[];
}

/**
 * Runs a recording with time. Event i comes to the pads at its own time stamp, counted from the first event; output
 * events carry the time at which the board stamps them (floored to its resolution), in order.
 *
 * @throws ChipError E_INPUT for a recording longer than integer picoseconds can hold (2.5 h)
 */
export async function runTimed(
  program: ChipProgram,
  engine: TimedEngine,
  input: InputLayer,
  output: OutputCollector,
  readout: ReadoutRun | null,
  source: EventStream | AsyncIterable<EventStream>,
  options: RunOptions,
): Promise<TimedRun> {
  const timing = timingParameters(program.device);
  const answers = new Answers(program, timing, output);
  const tally = new InputTally(program.config.input);
  const readoutCore = readoutSource(program);
  const queue = readout && readoutCore ? new ReadoutQueue(readout) : null;
  const take = (spikes: TimedSpikeBatch, certainPs: number): void => {
    answers.take(queue && readoutCore ? toReadout(spikes, readoutCore, queue) : spikes, certainPs);
    queue?.settle(certainPs);
  };
  engine.startRun();
  const driven = await drive(source, program.config.slowClock, options, {
    // The event queue is the engine of traced runs.
    spanEvents: engine instanceof EventQueueEngine ? SPAN_EVENTS_QUEUED : SPAN_EVENTS,
    span(events, from, to, startUs) {
      const batch = input.prepare(events, from, to);
      tally.add(batch);
      const timePs = new Float64Array(batch.length);
      for (let i = 0; i < batch.length; i++) {
        timePs[i] = picoseconds((events.t[batch.source[i] as number] as number) - startUs);
      }
      const latest = timePs.at(-1);
      if (latest === undefined) return;
      take(engine.run({ length: batch.length, address: batch.address, timePs }), latest);
    },
    tick(tickUs, internal) {
      const timePs = Math.round(picoseconds(tickUs));
      input.tick();
      queue?.tick(timePs, tickUs);
      engine.tick(internal, timePs);
    },
  });
  take(engine.flush(), Number.POSITIVE_INFINITY);
  return {
    driven,
    input: tally.result(driven.events),
    timing: { ...answers.summary(), perCore: coreTimings(program, engine, driven.durationUs) },
    warnings: [...tally.warnings(driven.events), ...overloadWarnings(engine, timing)],
  };
}

/** Tells the readout block its spikes [R11] and returns those that leave the chip: the block lies before the pads. */
function toReadout(
  spikes: TimedSpikeBatch,
  { index, visible }: { readonly index: number; readonly visible: boolean },
  queue: ReadoutQueue,
): TimedSpikeBatch {
  const leaving = new TimedSpikes();
  for (let i = 0; i < spikes.length; i++) {
    const here = spikes.core[i] === index;
    if (here) queue.spike(spikes.timePs[i] as number, spikes.address[i] as number);
    if (!here || visible) copySpike(spikes, i, leaving);
  }
  return leaving;
}

/** What comes out at the board: stamps, latencies, first and last. */
class Answers {
  readonly #program: ChipProgram;
  readonly #timing: TimingParameters;
  readonly #output: OutputCollector;
  readonly #port: OutputPort;
  readonly #latency = new LatencyMeter();
  #firstPs: number | null = null;
  #lastPs: number | null = null;

  constructor(program: ChipProgram, timing: TimingParameters, output: OutputCollector) {
    this.#program = program;
    this.#timing = timing;
    this.#output = output;
    this.#port = new OutputPort(timing);
  }

  take(batch: TimedSpikeBatch, certainPs: number): void {
    const spikes = this.#port.pass(batch, certainPs);
    const { boardStamp } = this.#timing;
    for (let i = 0; i < spikes.length; i++) {
      this.#latency.add((spikes.timePs[i] as number) - (spikes.causePs[i] as number));
    }
    if (spikes.length > 0) {
      this.#firstPs ??= spikes.timePs[0] as number;
      this.#lastPs = spikes.timePs[spikes.length - 1] as number;
    }
    this.#output.add(spikes.length, (into, at, i) => {
      const address = spikes.address[i] as number;
      const stampPs = Math.floor((spikes.timePs[i] as number) / boardStamp) * boardStamp;
      into.t[at] = Math.floor(stampPs / PS_PER_US);
      into.core[at] = (this.#program.cores[spikes.core[i] as number] as CoreProgram).core;
      into.feature[at] = address >>> 20;
      into.y[at] = (address >>> 10) & 1023;
      into.x[at] = address & 1023;
    });
  }

  summary(): Pick<RunTiming, "firstOutputUs" | "lastOutputUs" | "latencyUs"> {
    const latency = this.#latency;
    return {
      firstOutputUs: microseconds(this.#firstPs),
      lastOutputUs: microseconds(this.#lastPs),
      latencyUs:
        latency.count === 0
          ? null
          : {
              p50: latency.percentile(50) / PS_PER_US,
              p99: latency.percentile(99) / PS_PER_US,
              max: latency.max / PS_PER_US,
            },
    };
  }
}

function microseconds(ps: number | null): number | null {
  return ps === null ? null : ps / PS_PER_US;
}

function coreTimings(program: ChipProgram, engine: TimedEngine, durationUs: number): RunTiming["perCore"] {
  return engine.times().perCore.map(({ busyPs, stallPs, maxQueue }, index) => {
    const busyUs = busyPs / PS_PER_US;
    return {
      core: (program.cores[index] as CoreProgram).core,
      busyUs,
      stallUs: stallPs / PS_PER_US,
      // A core that worked on after a short recording was busy all the time.
      utilisation: busyUs === 0 ? 0 : Math.min(1, busyUs / durationUs),
      maxQueue,
    };
  });
}

/** Back-pressure up to the pads is worth a word once it moves a time stamp. */
function overloadWarnings(engine: TimedEngine, { boardStamp }: TimingParameters): RunWarning[] {
  const { blocked, maxWaitPs } = engine.times().input;
  if (blocked === 0 || maxWaitPs < boardStamp) return [];
  const message = `${blocked} input events waited for a full core, the longest for ${(maxWaitPs / PS_PER_US).toFixed(1)} us: the input is faster than the network`;
  return [{ kind: "overload", count: blocked, message }];
}
