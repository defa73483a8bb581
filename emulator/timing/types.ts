import type { RunningCounters } from "../counters.ts";
import type { InputBatch } from "../engine.ts";

/** Input events with the time at which each comes to the pads, integer picoseconds, non-decreasing. */
export interface TimedInputBatch extends InputBatch {
  readonly timePs: Float64Array;
}

/** Monitored spikes as they come to the output port, before the pads. Order: as the engine finds them. */
export interface TimedSpikeBatch {
  readonly length: number;
  /** `packAddress` of each spike. */
  readonly address: Uint32Array;
  /** Position of the core in `ChipProgram.cores`. */
  readonly core: Uint8Array;
  readonly timePs: Float64Array;
  /** Time (at the pads) of the input event, or of the tick, whose cascade made the spike. */
  readonly causePs: Float64Array;
}

/** Times of one core in one run, integer picoseconds. */
export interface CoreTimes {
  /** Time spent on events and leak ticks, stalls not included. */
  readonly busyPs: number;
  /** Time for which the core stood still because a spike could not leave. */
  readonly stallPs: number;
  /** Most events that waited in the input queue at once. */
  readonly maxQueue: number;
}

/** What back-pressure did to the input. */
export interface InputTimes {
  /** Copies of input events that could not enter a core's queue when they came. */
  readonly blocked: number;
  /** Longest time from an event's arrival behind the pads to its last delivery. */
  readonly maxWaitPs: number;
}

export interface RunTimes {
  readonly perCore: readonly CoreTimes[];
  readonly input: InputTimes;
  /** When the last core became idle. */
  readonly endPs: number;
}

/**
 * Runs a `ChipProgram` with time. Two engines, one meaning [D9]: `EventQueueEngine` takes every network,
 * `LazyEngine` those without merges, several times faster.
 */
export interface TimedEngine {
  readonly kernel: string;
  /**
   * Takes further input events. Returns the spikes that are final by now: what does not depend on input still to come.
   * The views are valid until the next call. The result of a run does not depend on how it is cut into batches.
   */
  run(batch: TimedInputBatch): TimedSpikeBatch;
  /** [D8] A slow-clock tick at `timePs`, before input events of the same time. */
  tick(internal: boolean, timePs: number): void;
  /** Lets everything run to its end. */
  flush(): TimedSpikeBatch;
  /** Clocks and times to zero for the next run; membranes and counters stay. */
  startRun(): void;
  times(): RunTimes;
  counters(): readonly RunningCounters[];
  /** Membranes of one core, `[y][x][f]`, copied. */
  readNeurons(index: number): Int16Array;
  writeNeurons(index: number, values: Int16Array): void;
  /** `CoreProgram.monitor` has changed; not during a run. */
  monitorsChanged(): void;
  /** Initial membranes, counters, decimators and clocks at zero [R12]. */
  reset(): void;
}

/**
 * What a caller may watch. `busy` comes from both engines, each core's own intervals in order of time. For the rest use
 * `EventQueueEngine`, which tells everything on all cores in order of time. Addresses are `packAddress`; `core` is a
 * position.
 */
export interface TimingObserver {
  /** The core worked from `fromPs` to `toPs`; a sweep that stalls gives several intervals. */
  busy?(core: number, fromPs: number, toPs: number): void;
  /** The core takes an event (its address) or a leak tick (null). */
  begin?(core: number, timePs: number, address: number | null): void;
  /** The core is ready for the next event. */
  end?(core: number, timePs: number): void;
  /** The core stands still (true) because a spike cannot leave, or goes on. */
  stall?(core: number, timePs: number, on: boolean): void;
  /** A copy of a spike leaves: to a core's position, or to the monitor (null). [D10] Over a link: it comes there. */
  send?(core: number, timePs: number, address: number, to: number | null): void;
  /** Events that now wait at a core's input. */
  queue?(core: number, timePs: number, length: number): void;
  /** The congestion balancer drops an event at a core's input. */
  drop?(core: number, timePs: number, address: number): void;
}
