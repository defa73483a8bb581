import type { Counters } from "../chip/chip.ts";
import type { PriceKey } from "../device/types.ts";

/** What a price is multiplied by: a counter of the cores, or events of the whole chip. */
export type PricedCount = keyof Omit<Counters, "core" | "layer"> | "inputEvents" | "padEvents";

export interface PricedItem {
  readonly key: PriceKey;
  readonly count: PricedCount;
  /** For people. */
  readonly label: string;
}

/** Prices in the order of reports: from the weight to the pads. */
const ITEMS: Readonly<Record<PriceKey, Omit<PricedItem, "key">>> = {
  perTap: { count: "taps", label: "tap" },
  perKernelRead: { count: "taps", label: "kernel read" },
  perSweepStep: { count: "taps", label: "sweep step" },
  perNeuronUpdate: { count: "neuronUpdates", label: "neuron update" },
  perNeuronRead: { count: "neuronUpdates", label: "neuron read" },
  perNeuronWrite: { count: "neuronUpdates", label: "neuron write" },
  perCompare: { count: "neuronUpdates", label: "add and compare" },
  perEventIn: { count: "eventsIn", label: "event into a core" },
  perSpike: { count: "spikes", label: "spike" },
  perCopy: { count: "copies", label: "copy to a destination" },
  perLinkEvent: { count: "linkEvents", label: "copy to another chip" },
  perLeakUpdate: { count: "leakUpdates", label: "leak update" },
  perInputEvent: { count: "inputEvents", label: "input layer event" },
  perPadEvent: { count: "padEvents", label: "event on the pads" },
};

export const PRICED_ITEMS: readonly PricedItem[] = Object.entries(ITEMS).map(([key, item]) => ({
  key: key as PriceKey,
  ...item,
}));
