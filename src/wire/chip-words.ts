import type { Counters, RunWarning } from "../chip/chip.ts";

/** Counters in the order in which CoreCounters of link.proto lists them. */
export const COUNTER_NAMES = [
  "eventsIn",
  "taps",
  "neuronUpdates",
  "saturated",
  "clamped",
  "spikes",
  "residues",
  "copies",
  "linkEvents",
  "poolDropped",
  "balancerDropped",
  "decimated",
  "leakUpdates",
] as const satisfies readonly Exclude<keyof Counters, "core" | "layer">[];

/** Kinds of warnings; their WarningKind in link.proto is the index plus one. */
export const WARNING_KINDS = [
  "saturated",
  "clamped",
  "residues",
  "poolDropped",
  "balancerDropped",
  "inputDropped",
  "readoutDropped",
  "slowClock",
  "overload",
  "notModelled",
] as const satisfies readonly RunWarning["kind"][];
