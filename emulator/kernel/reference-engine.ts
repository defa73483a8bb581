import { type RunningCounters, zeroCounters } from "../counters.ts";
import { type Engine, type InputBatch, orderSpikes, type SpikeBatch, SpikeSink } from "../engine.ts";
import type { ChipProgram, CoreProgram, RouteProgram } from "../program.ts";
import { createEmitted, type Emitted, sweepEvent, sweepLeak } from "./reference.ts";

/** State of one core while it runs. */
interface CoreState {
  readonly program: CoreProgram;
  readonly membranes: Int16Array;
  /** A core meets itself never again below one of its own spikes (no cycles), so one buffer a core is enough. */
  readonly emitted: Emitted;
  counters: RunningCounters;
  /** Spikes since the decimator last let one pass. */
  decimated: number;
}

/** The engine that is the definition: plain TypeScript, depth first [R7]. */
export class ReferenceEngine implements Engine {
  readonly kernel: string;
  readonly #program: ChipProgram;
  readonly #states: readonly CoreState[];
  readonly #sink = new SpikeSink();

  /** @param kernel what the engine calls itself, for example with the reason why it stands in for another */
  constructor(program: ChipProgram, kernel = "reference") {
    this.kernel = kernel;
    this.#program = program;
    this.#states = program.cores.map((core) => ({
      program: core,
      membranes: new Int16Array(core.features * core.height * core.width),
      emitted: createEmitted(core),
      counters: zeroCounters(core),
      decimated: 0,
    }));
    this.reset();
  }

  run(batch: InputBatch): SpikeBatch {
    this.#sink.clear();
    for (let i = 0; i < batch.length; i++) {
      const address = batch.address[i] as number;
      for (const route of this.#program.inputRoutes) this.#send(route, address, i, null);
    }
    return orderSpikes(this.#sink);
  }

  tick(internal: boolean): SpikeBatch {
    this.#sink.clear();
    for (const state of this.#states) {
      if (state.program.leak === null || state.program.leakInternal !== internal) continue;
      sweepLeak(state.program, state.membranes, state.emitted, state.counters);
      this.#emit(state, 0);
    }
    return orderSpikes(this.#sink);
  }

  counters(): readonly RunningCounters[] {
    return this.#states.map((state) => ({ ...state.counters }));
  }

  readNeurons(index: number): Int16Array {
    return this.#state(index).membranes.slice();
  }

  writeNeurons(index: number, values: Int16Array): void {
    this.#state(index).membranes.set(values);
  }

  monitorsChanged(): void {
    // Every spike looks at its core's program.
  }

  reset(): void {
    for (const state of this.#states) {
      if (state.program.initial) state.membranes.set(state.program.initial);
      else state.membranes.fill(0);
      state.counters = zeroCounters(state.program);
      state.decimated = 0;
    }
  }

  #state(index: number): CoreState {
    const state = this.#states[index];
    if (state === undefined) throw new RangeError(`no core at position ${index}`);
    return state;
  }

  /** [R6] One copy of a spike: pooled, shifted, delivered. `from` counts the copy; null for the input layer. */
  #send(route: RouteProgram, address: number, cause: number, from: RunningCounters | null): void {
    const y = ((address >>> 10) & 1023) >> route.shift;
    const x = (address & 1023) >> route.shift;
    if (y >= route.height || x >= route.width) {
      if (from) from.poolDropped++;
      return;
    }
    if (from) {
      from.copies++;
      if (route.link) from.linkEvents++;
    }
    const state = this.#state(route.index);
    sweepEvent(
      state.program,
      state.membranes,
      (address >>> 20) + route.featureShift,
      y,
      x,
      state.emitted,
      state.counters,
    );
    this.#emit(state, cause);
  }

  /** [R6] [R7] Each spike goes to destination 0 completely, then to destination 1, before the next spike. */
  #emit(state: CoreState, cause: number): void {
    const { program, emitted, counters } = state;
    for (let i = 0; i < emitted.length; i++) {
      const address = emitted.address[i] as number;
      if (program.decimator > 1 && ++state.decimated < program.decimator) {
        counters.decimated++;
        continue;
      }
      state.decimated = 0;
      if (program.monitor) this.#sink.push(address, program.index, cause);
      for (const route of program.routes) this.#send(route, address, cause, counters);
    }
  }
}
