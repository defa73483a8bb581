import type { Counters } from "../src/chip/chip.ts";
import type { CoreProgram } from "./program.ts";

/** Counters of one core while it runs; the names are those of `Counters`. Exact to 2^53. */
export type RunningCounters = { -readonly [K in keyof Counters]: Counters[K] };

export function zeroCounters(core: Pick<CoreProgram, "core" | "layer">): RunningCounters {
  return {
    core: core.core,
    layer: core.layer,
    eventsIn: 0,
    taps: 0,
    neuronUpdates: 0,
    saturated: 0,
    clamped: 0,
    spikes: 0,
    residues: 0,
    copies: 0,
    linkEvents: 0,
    poolDropped: 0,
    balancerDropped: 0,
    decimated: 0,
    leakUpdates: 0,
  };
}

/** Sums of counters over cores. */
export function totalOf(counters: readonly Counters[], key: Exclude<keyof Counters, "core" | "layer">): number {
  return counters.reduce((sum, core) => sum + core[key], 0);
}
