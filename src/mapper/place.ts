import type { CoreSpec, DeviceSpec } from "../device/types.ts";
import type { QuantNetwork } from "../quantize/types.ts";
import { bottleneckAssignment, type CostMatrix, smallestSumAssignment } from "./assign.ts";
import type { FitMatrix } from "./fit.ts";
import { meanTaps, serviceTime, tapsPerInputEvent } from "./load.ts";

/** What a placement is best at. */
export const OBJECTIVES = ["load", "latency", "cores"] as const;
export type Objective = (typeof OBJECTIVES)[number];

export interface Placement {
  /** Core of every layer, by layer name, in network order. */
  readonly coreOf: ReadonlyMap<string, number>;
  readonly objective: Objective;
  /** True when it is proven that no placement is better under the objective. */
  readonly optimal: boolean;
}

export interface PlaceOptions {
  readonly objective?: Objective;
  /** Measured spikes of each layer per input event; estimated when absent (`tapsPerInputEvent`). */
  readonly spikes?: ReadonlyMap<string, number>;
}

/** Loads are compared as integers, so that sums are exact: one unit is a thousandth of a tap. */
const LOAD_UNIT = 1000;

/**
 * Chooses a core for every layer. The network must be placeable (`conflictOf` says so); the result depends on nothing
 * but its arguments.
 *
 * - `load`: the smallest largest load, where load = taps per input event / parallel units of the core; then the smallest
 *   sum of loads. So the hottest layers go to the parallel cores.
 * - `latency`: the smallest sum of the service times of one event in every layer. In a chain that is the time along the
 *   chain and proven; where branches run side by side it is only a bound, and `optimal` is false.
 * - `cores`: every layer takes one core, so that any placement uses as few as possible; of these the one whose cores
 *   have the least memory, which leaves the large cores free.
 *
 * Ties go to the lowest core numbers in network order.
 */
export function placeLayers(
  network: QuantNetwork,
  fits: FitMatrix,
  spec: DeviceSpec,
  options: PlaceOptions = {},
): Placement {
  const objective = options.objective ?? "load";
  const costOf = costFunction(objective, network, spec, options.spikes);
  const cost: CostMatrix = fits.layers.map(({ cores }, row) =>
    cores.map((fit, column) => (fit.fits ? costOf(row, spec.cores[column]) : Number.POSITIVE_INFINITY)),
  );
  const columns = objective === "load" ? bottleneckAssignment(cost) : smallestSumAssignment(cost);
  return {
    coreOf: new Map(network.layers.map(({ name }, row) => [name, spec.cores[columns[row]].id])),
    objective,
    optimal: objective !== "latency" || isChain(network),
  };
}

function costFunction(
  objective: Objective,
  network: QuantNetwork,
  spec: DeviceSpec,
  spikes: ReadonlyMap<string, number> | undefined,
): (row: number, core: CoreSpec) => number {
  switch (objective) {
    case "load": {
      const taps = tapsPerInputEvent(network, spikes);
      const loads = network.layers.map(({ name }) => taps.get(name)! * LOAD_UNIT);
      return (row, core) => Math.round(loads[row] / core.units.value);
    }
    case "latency": {
      const taps = network.layers.map(meanTaps);
      return (row, core) => Math.round(serviceTime(taps[row], core, spec.timing));
    }
    case "cores":
      return (_, core) => core.kernelWords.value + 2 * core.neuronWords.value + 2 * core.leakWords.value;
  }
}

function isChain(network: QuantNetwork): boolean {
  return [network.inputDestinations, ...network.layers.map(({ destinations }) => destinations)].every(
    (destinations) => destinations.length <= 1,
  );
}
