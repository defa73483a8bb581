import { ChipError } from "../../src/errors.ts";
import { type RunningCounters, zeroCounters } from "../counters.ts";
import type { TimestepLayerProgram, TimestepProgram } from "./program.ts";

/** Spikes of one layer in one step, before pooling: one entry a neuron that spiked, ascending in (y, x, feature). */
export interface StepSpikes {
  readonly length: number;
  /** `packAddress`. */
  readonly address: Uint32Array;
  /** Spikes of that neuron in this step, at least 1. */
  readonly count: Int32Array | Float32Array;
}

/** `Counters` and what only steps have. `neuronUpdates` counts n spikes at one address n times, as event mode does. */
export interface TimestepCounters extends RunningCounters {
  /**
   * NeuroBench's effective synaptic operations: non-zero weights met by non-zero inputs, each address once a step.
   * A step whose inputs are all 1 counts as accumulates, any other as multiply-accumulates (NeuroBench harness,
   * SynapticOperations).
   */
  effectiveAcs: number;
  effectiveMacs: number;
  /** Membranes after the step's input and before spiking, over the neurons visited; null before the first visit. */
  vMax: number | null;
  vMin: number | null;
}

/** What an analogue input adds to a layer's counters, because `setBase` hides its taps from the engine. */
export type AnalogueCounts = Pick<
  TimestepCounters,
  "eventsIn" | "taps" | "neuronUpdates" | "effectiveAcs" | "effectiveMacs"
>;

export interface EngineOptions {
  /** Visit every neuron in every step: slower, same spikes; makes `vMax` and `vMin` exact over all neurons. */
  readonly visitAll?: boolean;
}

/**
 * Runs a `TimestepProgram` step by step. Two engines, one meaning: the reference *is* the definition, the SIMD engine
 * equals it bit for bit, floats included.
 */
export interface TimestepEngine {
  readonly kernel: "reference" | "simd";
  readonly program: TimestepProgram;
  /** Adds input of the step to come; may be called several times. `value` null: one spike each. */
  deposit(address: Uint32Array, value: Int32Array | Float32Array | null, length: number): void;
  /**
   * What each neuron of a layer gets in every step from now on, before any spike's weights and in place of the bias;
   * `[y][x][f]`. Null: the bias again. For analogue currents.
   */
  setBase(index: number, values: Int32Array | Float32Array | null): void;
  /**
   * One timestep, layer by layer without delay.
   *
   * @throws ChipError E_UNSUPPORTED when an integer membrane comes near the end of its 32-bit word
   */
  step(): void;
  /** False: a step without input would change nothing. */
  readonly active: boolean;
  /** Spikes of the last step; valid until the next. */
  spikes(index: number): StepSpikes;
  counters(): readonly TimestepCounters[];
  addCounts(index: number, counts: AnalogueCounts): void;
  /** Membranes `[y][x][f]`, copied, in the program's units (`TimestepLayerProgram.scale`). */
  readMembranes(index: number): Int32Array | Float32Array;
  writeMembranes(index: number, values: ArrayLike<number>): void;
  /** Initial membranes, counters at zero, no pending input, bases back to the bias. */
  reset(): void;
}

export function zeroTimestepCounters(layer: TimestepLayerProgram): TimestepCounters {
  return {
    ...zeroCounters({ core: layer.core, layer: layer.name }),
    effectiveAcs: 0,
    effectiveMacs: 0,
    vMax: null,
    vMin: null,
  };
}

export function outOfRange(layer: TimestepLayerProgram): ChipError {
  return new ChipError(
    "E_UNSUPPORTED",
    `a membrane of ${layer.name} came near the end of the 32-bit word; give the layer a lower bound, or run the float network.`,
  );
}

/** Neurons of a layer. */
export function neuronCount(layer: TimestepLayerProgram): number {
  return layer.features * layer.height * layer.width;
}
