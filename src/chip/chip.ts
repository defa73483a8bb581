import type { EventStream } from "../events/event-stream.ts";
import type { ChipConfig } from "./config.ts";

/** Spikes that a chip shows the host (monitored cores), as a structure of arrays in time order. */
export interface OutputEvents {
  /** Integer microseconds from the recording's first event; in timestep mode the step's start. */
  readonly t: Float64Array;
  readonly core: Uint8Array;
  readonly feature: Uint16Array;
  readonly y: Uint16Array;
  readonly x: Uint16Array;
}

/** What happened on one core. Counts are exact to 2^53. Names in the project's word list. */
export interface Counters {
  readonly core: number;
  readonly layer: string;
  readonly eventsIn: number;
  /** Border-exact, zero weights included: the literature's SynOps. */
  readonly taps: number;
  /** Taps whose weight is not zero. */
  readonly neuronUpdates: number;
  /** Updates that the top or the bottom of the 16-bit word held back. */
  readonly saturated: number;
  /** Updates that threshold_low held back. */
  readonly clamped: number;
  readonly spikes: number;
  /** Updates after which the membrane still stands at or above threshold_high [R3]. */
  readonly residues: number;
  /** Copies sent to destinations (after pooling and drops). */
  readonly copies: number;
  /** Of the copies, those that went to another chip of the board. */
  readonly linkEvents: number;
  /** Copies dropped because their row or column does not fill a pooling block. */
  readonly poolDropped: number;
  /** Events dropped at this core's input by the congestion balancer [R9]. */
  readonly balancerDropped: number;
  /** Spikes held back by the decimator. */
  readonly decimated: number;
  readonly leakUpdates: number;
}

/** Times of one core, microseconds; only of timed runs. */
export interface CoreTiming {
  readonly core: number;
  readonly busyUs: number;
  readonly stallUs: number;
  /** busy / duration. */
  readonly utilisation: number;
  readonly maxQueue: number;
}

export interface RunTiming {
  readonly perCore: readonly CoreTiming[];
  readonly firstOutputUs: number | null;
  readonly lastOutputUs: number | null;
  /** Microseconds from the input event whose cascade caused an output event to that output event, pads included. */
  readonly latencyUs: { readonly p50: number; readonly p99: number; readonly max: number } | null;
}

/** A chip effect that a user should know of; counted, never thrown (unless `strict`). */
export interface RunWarning {
  readonly kind:
    | "saturated"
    | "clamped"
    | "residues"
    | "poolDropped"
    | "balancerDropped"
    | "inputDropped"
    | "readoutDropped"
    | "slowClock"
    | "overload"
    | "notModelled";
  readonly core?: number;
  readonly count: number;
  readonly message: string;
}

/** What the readout block shows from one slow-clock tick to the next [R11]. */
export interface ReadoutTick {
  /** Time of the tick, microseconds from the recording's first event. */
  readonly tUs: number;
  /** Class at the pins, 1..15 (feature 0 of layout 1x1y16f is class 1); null: none, the pins show 0. */
  readonly classIndex: number | null;
  /** Largest moving average, spikes a tick, integer part. */
  readonly average: number;
  /** The 21-bit word: bit 20 valid, 19:16 class with the largest average, 15:0 by `ReadoutConfig.outputMode`. */
  readonly value: number;
  /** The INTERRUPT pin rises. */
  readonly interrupt: boolean;
}

/** What became of the input. Each run counts its own. */
export interface InputCounts {
  /** Events of the recording. */
  readonly events: number;
  /** Of these, kept out by polarity switches, cut or event filter. */
  readonly dropped: number;
  /** Of the dropped, those that the event filter kept out; absent without a filter. */
  readonly filtered?: number;
  /** Copies dropped at an input destination because they do not fill a pooling block; absent when that cannot happen. */
  readonly poolDropped?: number;
}

export interface RunResult {
  readonly perCore: readonly Counters[];
  readonly input: InputCounts;
  /** Absent when `onEvents` was given, so that long recordings run in bounded memory. */
  readonly events?: OutputEvents;
  /** One entry a slow-clock tick; absent without a readout block, and when `onReadout` was given. */
  readonly readout?: readonly ReadoutTick[];
  readonly timing?: RunTiming;
  readonly warnings: readonly RunWarning[];
  /** Which code ran: "reference", "simd"... */
  readonly kernel: string;
  /** Last minus first input event. */
  readonly durationUs: number;
}

export interface RunOptions {
  readonly signal?: AbortSignal;
  /** Stop once this many microseconds of the recording are done. */
  readonly untilUs?: number;
  /** Called with batches of output events, in order; the result then keeps none. */
  readonly onEvents?: (events: OutputEvents) => void;
  /** Called on every slow-clock tick of a configuration with a readout block; the result then keeps none. */
  readonly onReadout?: (tick: ReadoutTick) => void;
  /** Called now and then with the number of input events done. */
  readonly onProgress?: (inputEvents: number) => void;
}

/** Neurons of one core: `[f][y][x]`, row-major. */
export interface NeuronStates {
  readonly core: number;
  readonly shape: readonly [number, number, number];
  readonly values: Int16Array;
}

/** The emulator in process, the emulator behind bytes, a real board: one interface, one conformance suite. */
export interface Chip extends AsyncDisposable {
  configure(config: ChipConfig): Promise<void>;
  run(source: EventStream | AsyncIterable<EventStream>, options?: RunOptions): Promise<RunResult>;
  readNeurons(core: number): Promise<NeuronStates>;
  writeNeurons(states: NeuronStates): Promise<void>;
  /** Membranes to their initial values, counters to zero, queues empty. */
  reset(): Promise<void>;
}
