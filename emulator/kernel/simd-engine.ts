import { ChipError } from "../../src/errors.ts";
import { type RunningCounters, zeroCounters } from "../counters.ts";
import { checkFeatures, type Engine, type InputBatch, type SpikeBatch } from "../engine.ts";
import type { ChipProgram, RouteProgram } from "../program.ts";
import { nonZeroByWindow } from "./axis.ts";
import * as at from "./layout.ts";
import { type EventExports, instantiateEvent } from "./module.ts";
import {
  type Calm,
  type CorePlace,
  calmOf,
  INPUT_EVENTS,
  type Layout,
  planLayout,
  writeLayout,
} from "./simd-memory.ts";
import { SpikeRecords } from "./spike-records.ts";

/** Input events of an engine's first call into the kernel. */
const FIRST_PIECE = 256;
/** Bytes of monitored spikes that one call into the kernel should not exceed. */
const SINK_BYTES = 1 << 26;

/**
 * The fast engine: whole networks in one WebAssembly module, eight neurons a step, bit for bit equal to the reference.
 *
 * Networks without merges run core by core in large batches, which gives the same spikes as depth first, because each
 * core has one source; their order is restored at the end. Networks with merges run depth first [R7].
 */
export class SimdEngine implements Engine {
  readonly kernel = "simd";
  readonly #program: ChipProgram;
  readonly #exports: EventExports;
  readonly #layout: Layout;
  readonly #calm: readonly Calm[];
  readonly #ticks: Float64Array;
  readonly #spikes = new SpikeRecords();
  /** By core: weights that are not zero, by window; made when counters are first asked for. */
  readonly #nonZero: Float64Array[] = [];
  /** Input events of the next call into the kernel: fewer where an event sets off very many monitored spikes. */
  #piece = FIRST_PIECE;

  /** @throws RangeError for a program that `whyNotSimd` names a reason against */
  constructor(program: ChipProgram, module: WebAssembly.Module) {
    const reason = whyNotSimd(program);
    if (reason !== null) throw new RangeError(reason);
    this.#program = program;
    this.#exports = instantiateEvent(module);
    this.#layout = planLayout(program, this.#exports.heapBase());
    this.#calm = program.cores.map(calmOf);
    this.#ticks = new Float64Array(program.cores.length);
    writeLayout(program, this.#layout, this.#exports);
    this.reset();
  }

  /** The kernel and where things lie in its memory, for the timed engine, which adds its own things behind them. */
  get parts(): { readonly exports: EventExports; readonly layout: Layout } {
    return { exports: this.#exports, layout: this.#layout };
  }

  /**
   * @throws RangeError when an event's feature lies outside the input map
   * @throws ChipError E_INPUT when there is no memory for the monitored spikes
   */
  run(batch: InputBatch): SpikeBatch {
    const { length, address } = batch;
    checkFeatures(batch, this.#program.config.input.shape[0]);
    const { firstCore, source, input, cores } = this.#layout;
    this.#spikes.clear();
    for (let from = 0; from < length; ) {
      const events = Math.min(this.#piece, length - from);
      new Uint32Array(this.#exports.memory.buffer, input, events).set(address.subarray(from, from + events));
      const bytes = this.#intoSink(() => {
        if (this.#program.merges) this.#exports.runDepthFirst(source, input, events, from);
        else this.#exports.runBatched(source, firstCore, cores.length, input, events, from);
      });
      from += events;
      if (bytes > SINK_BYTES) this.#piece = Math.max(1, this.#piece >> 1);
      else if (bytes < SINK_BYTES / 4) this.#piece = Math.min(INPUT_EVENTS, 2 * this.#piece);
    }
    return this.#spikes.ordered(length, cores.length);
  }

  tick(internal: boolean): SpikeBatch {
    this.#spikes.clear();
    for (const { program, core } of this.#layout.cores) {
      if (program.leak === null || program.leakInternal !== internal) continue;
      this.#intoSink(() => this.#exports.tick(core));
      this.#ticks[program.index] = (this.#ticks[program.index] as number) + 1;
    }
    return this.#spikes.ordered(1, this.#layout.cores.length);
  }

  counters(): readonly RunningCounters[] {
    return this.#layout.cores.map((place, index) => this.#countersOf(place, index));
  }

  readNeurons(index: number): Int16Array {
    return this.#membranes(this.#place(index)).slice();
  }

  writeNeurons(index: number, values: Int16Array): void {
    const place = this.#place(index);
    this.#membranes(place).set(values);
    this.#chooseSweep(place);
  }

  monitorsChanged(): void {
    const view = new DataView(this.#exports.memory.buffer);
    for (const { program, core } of this.#layout.cores) {
      view.setUint32(core + at.CORE_MONITOR, program.monitor ? 1 : 0, true);
    }
  }

  reset(): void {
    const { buffer } = this.#exports.memory;
    const view = new DataView(buffer);
    this.#ticks.fill(0);
    for (const place of this.#layout.cores) {
      const { program, core, routes, counts, windows } = place;
      const membranes = this.#membranes(place);
      if (program.initial) {
        membranes.set(program.initial);
        this.#chooseSweep(place);
      } else {
        membranes.fill(0);
        // Zero is always calm.
        this.#setCareful(place, !(this.#calm[program.index] as Calm).possible);
      }
      new Uint8Array(buffer, core + at.CORE_CLAMPED_LANES, at.CORE_RECIPROCAL - at.CORE_CLAMPED_LANES).fill(0);
      view.setUint32(core + at.CORE_SINCE_PASSED, 0, true);
      new Float64Array(buffer, counts, program.inFeatures * windows.y.windows.length * windows.x.windows.length).fill(
        0,
      );
      for (let i = 0; i < program.routes.length; i++) {
        view.setBigUint64(routes + i * at.ROUTE_BYTES + at.ROUTE_COPIES, 0n, true);
        view.setBigUint64(routes + i * at.ROUTE_BYTES + at.ROUTE_DROPPED, 0n, true);
      }
    }
  }

  #place(index: number): CorePlace {
    const place = this.#layout.cores[index];
    if (place === undefined) throw new RangeError(`no core at position ${index}`);
    return place;
  }

  /** A view that is valid until the memory grows, that is, until the next run. */
  #membranes(place: CorePlace): Int16Array {
    return new Int16Array(this.#exports.memory.buffer, place.membranes, place.neurons);
  }

  /** Lets the kernel work and takes the spikes that it leaves in the sink; says how many bytes they are. */
  #intoSink(work: () => void): number {
    const { memory, placeSink, endOfSink } = this.#exports;
    const { sink } = this.#layout;
    placeSink(sink);
    try {
      work();
      // WebAssembly hands addresses out as signed numbers.
      const bytes = (endOfSink() >>> 0) - sink;
      this.#spikes.add(new Uint32Array(memory.buffer, sink, bytes / 4));
      return bytes;
    } catch (error) {
      throw outOfMemory(error);
    }
  }

  /** Decides after an outside change of the membranes which sweep a core's events take. */
  #chooseSweep(place: CorePlace): void {
    const calm = this.#calm[place.program.index] as Calm;
    const membranes = this.#membranes(place);
    let quick = calm.possible;
    for (let i = 0; quick && i < membranes.length; i++) {
      const v = membranes[i] as number;
      quick = v >= calm.bottom && v <= calm.top;
    }
    this.#setCareful(place, !quick);
  }

  #setCareful(place: CorePlace, careful: boolean): void {
    new DataView(this.#exports.memory.buffer).setUint32(place.core + at.CORE_CAREFUL, careful ? 1 : 0, true);
  }

  #countersOf(place: CorePlace, index: number): RunningCounters {
    const { program, windows, core, routes } = place;
    const view = new DataView(this.#exports.memory.buffer);
    const at64 = (address: number): number => Number(view.getBigUint64(address, true));
    const result = zeroCounters(program);
    const nonZero = (this.#nonZero[index] ??= nonZeroByWindow(program, windows));
    const { y, x } = windows;
    for (let i = 0; i < nonZero.length; i++) {
      const met = at64(place.counts + 8 * i);
      if (met === 0) continue;
      const columns = x.windows[i % x.windows.length]?.count as number;
      const rows = y.windows[Math.floor(i / x.windows.length) % y.windows.length]?.count as number;
      result.eventsIn += met;
      result.taps += met * rows * columns * program.features;
      result.neuronUpdates += met * (nonZero[i] as number);
    }
    result.spikes = at64(core + at.CORE_SPIKES);
    result.saturated = at64(core + at.CORE_SATURATED);
    result.clamped =
      at64(core + at.CORE_CLAMPED) + at64(core + at.CORE_CLAMPED_LANES) + at64(core + at.CORE_CLAMPED_LANES + 8);
    result.residues = at64(core + at.CORE_RESIDUES);
    result.decimated = at64(core + at.CORE_DECIMATED);
    result.leakUpdates = (this.#ticks[index] as number) * place.neurons;
    for (let i = 0; i < program.routes.length; i++) {
      const copies = at64(routes + i * at.ROUTE_BYTES + at.ROUTE_COPIES);
      result.copies += copies;
      if (program.routes[i]?.link) result.linkEvents += copies;
      result.poolDropped += at64(routes + i * at.ROUTE_BYTES + at.ROUTE_DROPPED);
    }
    return result;
  }
}

/** The kernel traps, and arrays are refused, for one reason only: memory ends. */
export function outOfMemory(cause: unknown): unknown {
  if (!(cause instanceof WebAssembly.RuntimeError || cause instanceof RangeError)) return cause;
  return new ChipError(
    "E_INPUT",
    "there is no memory left for the monitored spikes of one piece of input; monitor fewer layers, raise their thresholds, or hand in the recording in smaller pieces. The run cannot go on.",
    { cause },
  );
}

/**
 * Why the SIMD kernel cannot run a program, or null. Nothing that passes `chip/validate` has a reason.
 */
export function whyNotSimd(program: ChipProgram): string | null {
  const [features, height, width] = program.config.input.shape;
  const sources = [{ layer: "input", features, routes: program.inputRoutes, height, width }, ...program.cores];
  for (const core of program.cores) {
    if (core.threshold < 1 || core.threshold > 32767) return `${core.layer} has threshold ${core.threshold}`;
    if (core.floor < -32768 || core.floor > 32767) return `${core.layer} has floor ${core.floor}`;
  }
  const leaves = (from: number, { index, featureShift, height, width }: RouteProgram): boolean => {
    const to = program.cores[index];
    return to === undefined || from + featureShift > to.inFeatures || height > to.inHeight || width > to.inWidth;
  };
  const outside = sources.find((source) => source.routes.some((route) => leaves(source.features, route)));
  return outside ? `${outside.layer} sends spikes outside its destination's map` : null;
}
