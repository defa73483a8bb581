import type { Counters } from "../chip/chip.ts";
import type { EnergyPreset } from "../device/types.ts";

/** Everything that an energy preset can put a price on. */
export type PriceKey = Exclude<keyof EnergyPreset, "title" | "staticRails">;

/** What a price is multiplied by: a counter of the cores, or events of the whole chip. */
export type PricedCount = keyof Omit<Counters, "core" | "layer"> | "inputEvents" | "padEvents";

export interface PricedItem {
  readonly key: PriceKey;
  readonly count: PricedCount;
  /** For people. */
  readonly label: string;
}

/** Prices in the order of reports: from the weight to the pads. */
export const PRICED_ITEMS: readonly PricedItem[] = [
  { key: "perTap", count: "taps", label: "tap" },
  { key: "perKernelRead", count: "taps", label: "kernel read" },
  { key: "perSweepStep", count: "taps", label: "sweep step" },
  { key: "perNeuronUpdate", count: "neuronUpdates", label: "neuron update" },
  { key: "perNeuronRead", count: "neuronUpdates", label: "neuron read" },
  { key: "perNeuronWrite", count: "neuronUpdates", label: "neuron write" },
  { key: "perCompare", count: "neuronUpdates", label: "add and compare" },
  { key: "perEventIn", count: "eventsIn", label: "event into a core" },
  { key: "perSpike", count: "spikes", label: "spike" },
  { key: "perCopy", count: "copies", label: "copy to a destination" },
  { key: "perLeakUpdate", count: "leakUpdates", label: "leak update" },
  { key: "perInputEvent", count: "inputEvents", label: "input layer event" },
  { key: "perPadEvent", count: "padEvents", label: "event on the pads" },
];
