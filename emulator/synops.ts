import type { Counters } from "../src/chip/chip.ts";
import { totalOf } from "./counters.ts";

/**
 * The three figures that the literature calls synaptic operations. They differ by borders, zero weights and
 * multiplicity, so each has its name.
 */
export interface SynOpFigures {
  /** Border-exact, zero weights included, every event: what sinabs counts and what the chip sweeps. */
  readonly taps: number;
  /** The paper's estimate, which knows no borders (`fanOutEstimate`). */
  readonly fanOutEstimate: number;
  /**
   * NeuroBench's effective operations: zero weights skipped, each address once a time bin. Timestep mode counts them as
   * defined. Event mode has no bins: every event is a bin of its own, and the figure is the neuron updates. The two
   * agree when no bin holds two events of one address; otherwise the event-mode figure is the larger.
   */
  readonly neuroBenchEffective: number;
}

/** What `fanOutEstimate` needs to know of a `ChipProgram` or a `TimestepProgram`. */
export interface FanOutGraph {
  readonly cores: readonly {
    readonly features: number;
    readonly height: number;
    readonly width: number;
    readonly kernelY: number;
    readonly kernelX: number;
    readonly strideY: number;
    readonly strideX: number;
    readonly routes: readonly { readonly index: number }[];
  }[];
  readonly inputRoutes: readonly { readonly index: number }[];
}

/**
 * Sorbaro et al. 2020: spikes before pooling x ky*kx*f_next/(sy*sx), summed over layers and destinations, the input
 * included. A linear layer (its map is one position) costs an event its number of outputs.
 *
 * @param counters in the order of `program.cores`
 * @param inputEvents events that the input layer let through
 */
export function fanOutEstimate(
  program: FanOutGraph,
  counters: readonly Pick<Counters, "spikes">[],
  inputEvents: number,
): number {
  const cost = (routes: readonly { readonly index: number }[]): number =>
    routes.reduce((sum, { index }) => {
      const { features, height, width, kernelY, kernelX, strideY, strideX } = program.cores[index];
      return sum + (height * width === 1 ? features : (kernelY * kernelX * features) / (strideY * strideX));
    }, 0);
  return program.cores.reduce(
    (sum, core, i) => sum + counters[i].spikes * cost(core.routes),
    inputEvents * cost(program.inputRoutes),
  );
}

/** All three figures of a run. Timestep counters bring NeuroBench's own count. */
export function synOpFigures(
  program: FanOutGraph,
  counters: readonly (Counters & { readonly effectiveAcs?: number; readonly effectiveMacs?: number })[],
  inputEvents: number,
): SynOpFigures {
  return {
    taps: totalOf(counters, "taps"),
    fanOutEstimate: fanOutEstimate(program, counters, inputEvents),
    neuroBenchEffective: counters.reduce(
      (sum, core) =>
        sum + (core.effectiveAcs === undefined ? core.neuronUpdates : core.effectiveAcs + (core.effectiveMacs ?? 0)),
      0,
    ),
  };
}
