import type { Counters, OutputEvents, RunResult } from "../chip/chip.ts";
import type { ChipConfig } from "../chip/config.ts";

/** One spike as a chip reports it. */
export interface Spike {
  /** Microseconds from the first input event. */
  readonly t: number;
  readonly core: number;
  readonly feature: number;
  readonly y: number;
  readonly x: number;
}

/** How two lists of spikes differ, as sets with repetition: the order of spikes of one instant does not count. */
export interface SpikeDifference {
  readonly equal: boolean;
  /** True when the order within every instant is the same, too. */
  readonly sameOrder: boolean;
  /** The earliest spike that only one side has; at one instant that of the earliest layer. */
  readonly first: (Spike & { readonly onlyIn: "left" | "right" }) | null;
  readonly left: number;
  readonly right: number;
  /** Spikes that only one side has. */
  readonly onlyLeft: number;
  readonly onlyRight: number;
}

const COMPARED = ["eventsIn", "taps", "neuronUpdates", "spikes"] as const;

/** What is compared of one layer. */
export type LayerTotals = Readonly<Record<(typeof COMPARED)[number], number>>;

export interface LayerComparison {
  readonly name: string;
  readonly core: number;
  readonly left: LayerTotals;
  readonly right: LayerTotals;
  readonly equal: boolean;
  /** Difference of the spikes relative to the left side; null when only the right side has any. */
  readonly relative: number | null;
}

export interface RunComparison {
  /** Every spike and every total is the same. */
  readonly equal: boolean;
  /** No layer's spikes differ by more than the tolerance; with tolerance 0 the same as `equal`. */
  readonly accepted: boolean;
  readonly tolerance: number;
  readonly events: Omit<SpikeDifference, "first">;
  readonly first: (Spike & { readonly onlyIn: "left" | "right"; readonly layer: string }) | null;
  readonly layers: readonly LayerComparison[];
}

/**
 * Compares two runs of one configuration on the same input, both with their events kept.
 *
 * @param tolerance largest relative difference of a layer's spikes that still passes [0..]; 0: everything must be equal
 */
export function compareRuns(config: ChipConfig, left: RunResult, right: RunResult, tolerance = 0): RunComparison {
  const { first, ...events } = compareSpikes(
    requireEvents(left),
    requireEvents(right),
    config.cores.map(({ core }) => core),
  );
  const layers = config.cores.map(({ core, layer }): LayerComparison => {
    const a = totalsOf(left.perCore, core);
    const b = totalsOf(right.perCore, core);
    const difference = Math.abs(a.spikes - b.spikes);
    return {
      name: layer,
      core,
      left: a,
      right: b,
      equal: COMPARED.every((name) => a[name] === b[name]),
      relative: difference === 0 ? 0 : a.spikes === 0 ? null : difference / a.spikes,
    };
  });
  const equal = events.equal && layers.every((layer) => layer.equal);
  return {
    equal,
    accepted: tolerance > 0 ? layers.every(({ relative }) => relative !== null && relative <= tolerance) : equal,
    tolerance,
    events,
    first: first && { ...first, layer: config.cores.find(({ core }) => core === first.core)?.layer ?? "?" },
    layers,
  };
}

/**
 * Compares two lists of spikes, each in time order.
 *
 * @param coreOrder cores in network order, so that of one instant's differences the cause comes first
 */
export function compareSpikes(
  left: OutputEvents,
  right: OutputEvents,
  coreOrder: readonly number[] = [],
): SpikeDifference {
  const rank = new Uint16Array(256).map((_, core) => 256 + core);
  coreOrder.forEach((core, i) => {
    rank[core] = i;
  });
  const a = sortedWithinInstants(left, rank);
  const b = sortedWithinInstants(right, rank);
  let first: SpikeDifference["first"] = null;
  let onlyLeft = 0;
  let onlyRight = 0;
  for (let i = 0, k = 0; i < a.length || k < b.length; ) {
    const order = i >= a.length ? 1 : k >= b.length ? -1 : compareAt(left, a[i], right, b[k], rank);
    if (order < 0) {
      first ??= { ...spikeAt(left, a[i]), onlyIn: "left" };
      onlyLeft++;
      i++;
    } else if (order > 0) {
      first ??= { ...spikeAt(right, b[k]), onlyIn: "right" };
      onlyRight++;
      k++;
    } else {
      i++;
      k++;
    }
  }
  const equal = first === null;
  return {
    equal,
    sameOrder: equal && a.every((_, i) => compareAt(left, i, right, i, rank) === 0),
    first,
    left: a.length,
    right: b.length,
    onlyLeft,
    onlyRight,
  };
}

/** Indices of the events, sorted by layer and address within each instant. */
function sortedWithinInstants(events: OutputEvents, rank: Uint16Array): Uint32Array {
  const { t } = events;
  const order = new Uint32Array(t.length).map((_, i) => i);
  for (let from = 0; from < t.length; ) {
    let to = from + 1;
    while (to < t.length && t[to] === t[from]) to++;
    if (to - from > 1) order.subarray(from, to).sort((i, k) => compareAt(events, i, events, k, rank));
    from = to;
  }
  return order;
}

function compareAt(a: OutputEvents, i: number, b: OutputEvents, k: number, rank: Uint16Array): number {
  return (
    (a.t[i] as number) - (b.t[k] as number) ||
    (rank[a.core[i] as number] as number) - (rank[b.core[k] as number] as number) ||
    (a.feature[i] as number) - (b.feature[k] as number) ||
    (a.y[i] as number) - (b.y[k] as number) ||
    (a.x[i] as number) - (b.x[k] as number)
  );
}

function spikeAt({ t, core, feature, y, x }: OutputEvents, i: number): Spike {
  return { t: t[i], core: core[i], feature: feature[i], y: y[i], x: x[i] };
}

function totalsOf(perCore: readonly Counters[], core: number): LayerTotals {
  const found = perCore.find((counters) => counters.core === core);
  return {
    eventsIn: found?.eventsIn ?? 0,
    taps: found?.taps ?? 0,
    neuronUpdates: found?.neuronUpdates ?? 0,
    spikes: found?.spikes ?? 0,
  };
}

function requireEvents({ events }: RunResult): OutputEvents {
  if (events === undefined) throw new TypeError("runs are compared with their events kept: leave out onEvents");
  return events;
}
