import { addressBits } from "../../src/device/memory.ts";
import type { RunningCounters } from "../counters.ts";
import type { ChipProgram, CoreProgram, RouteProgram } from "../program.ts";
import { checkTime, type TimingParameters, timingParameters } from "../timing/parameters.ts";
import { TimedSpikes } from "../timing/timed-spikes.ts";
import type { RunTimes, TimedEngine, TimedInputBatch, TimedSpikeBatch } from "../timing/types.ts";
import type { Windows } from "./axis.ts";
import { wasmBase64 } from "./generated/timed.ts";
import { ROUTE_BYTES, ROUTE_TIMED } from "./layout.ts";
import { compileKernel, type EventExports } from "./module.ts";
import { outOfMemory, SimdEngine, whyNotSimd } from "./simd-engine.ts";
import { INPUT_EVENTS } from "./simd-memory.ts";
import * as at from "./timed-layout.ts";

/** What `timed.as.ts` exports. */
interface TimedExports {
  readonly memory: WebAssembly.Memory;
  placeTimed(record: number, firstSpike: number): void;
  endOfTimedSink(): number;
  feedTimed(source: number, addresses: number, times: number, events: number): void;
  settleTimed(coreCount: number): void;
  runQueue(cores: number, source: number, input: number, times: number, events: number, certainPs: number): void;
}

/** Where one core's time lies. */
interface TimedPlace {
  readonly record: number;
  readonly queue: number;
  readonly outbox: number;
  readonly outboxEntries: number;
  readonly offers: number;
  readonly tables: number;
  readonly tableCount: number;
  readonly phases: number;
  readonly arena: number;
  readonly arenaBytes: number;
}

/** Bytes for one core's sweep tables, unless one table needs more. */
const ARENA_BYTES = 1 << 21;
const PAGE = 65536;

let compiled: WebAssembly.Module | null | undefined;

/** The timed kernel, compiled once a process; null where this machine has no WebAssembly SIMD. */
export function timedModule(): WebAssembly.Module | null {
  if (compiled === undefined) compiled = compileKernel(wasmBase64);
  return compiled;
}

/** A key of something that does not happen. */
const NEVER = 2n ** 63n - 1n;
/** Cores that the keys of the event queue can tell apart. */
const MOST_CORES = 62;

/**
 * Exact time at the speed of the SIMD kernel, for networks without leak: the lazy engine, with merges the event queue,
 * with their loops in WebAssembly. Equal to `LazyEngine` and `EventQueueEngine` in every number [D9].
 */
export class SimdTimedEngine implements TimedEngine {
  readonly kernel: string;
  readonly #queued: boolean;
  readonly #program: ChipProgram;
  readonly #timing: TimingParameters;
  /** Holds membranes and counters; its memory is where everything happens. */
  readonly #state: SimdEngine;
  readonly #exports: TimedExports;
  readonly #run: number;
  readonly #times: number;
  readonly #keys: number;
  readonly #keyCount: number;
  readonly #sink: number;
  readonly #places: readonly TimedPlace[];
  readonly #spikes = new TimedSpikes();
  #latestPs = 0;

  /**
   * @param queued true: the event queue also where the lazy method would do
   * @throws RangeError for a program that `whyNotSimdTimed` names a reason against
   */
  constructor(program: ChipProgram, module: WebAssembly.Module, queued = program.merges) {
    const reason = whyNotSimdTimed(program);
    if (reason !== null) throw new RangeError(reason);
    if (program.merges && !queued) throw new RangeError("the lazy method needs a network without merges");
    this.#queued = queued;
    this.kernel = `simd, timed (${queued ? "event queue" : "lazy"})`;
    this.#program = program;
    this.#timing = timingParameters(program.device);
    this.#state = new SimdEngine(program, module);
    const { exports, layout } = this.#state.parts;
    this.#exports = exports as EventExports & TimedExports;

    let next = layout.sink;
    const place = (bytes: number): number => {
      const here = (next + 63) & ~63;
      next = here + bytes;
      return here;
    };
    this.#run = place(at.RUN_BYTES + at.TIMED_BYTES * program.cores.length);
    this.#times = place(8 * INPUT_EVENTS);
    // A wake and a decision for each core, an offer for each core and the input; four at a time.
    this.#keyCount = (3 * program.cores.length + 1 + 3) & ~3;
    this.#keys = place(8 * this.#keyCount);
    this.#places = layout.cores.map(({ program: core, windows, worst }, index): TimedPlace => {
      const phases = 2 ** addressBits(core.features) % core.units === 0 ? 1 : core.units;
      const tableCount = core.inFeatures * windows.y.windows.length * windows.x.windows.length * phases;
      const outboxEntries = outboxSize(core, worst, this.#timing);
      const arenaBytes = arenaSize(core, windows);
      return {
        record: this.#run + at.RUN_BYTES + at.TIMED_BYTES * index,
        queue: place(at.QUEUE_BYTES * this.#timing.fifoDepth),
        outbox: place(at.OUT_BYTES * outboxEntries),
        outboxEntries,
        offers: place(4 * (program.cores.length + 1)),
        tables: place(at.ENTRY_BYTES * tableCount),
        tableCount,
        phases,
        arena: place(arenaBytes),
        arenaBytes,
      };
    });
    this.#sink = place(0);
    const missing = Math.ceil((this.#sink + PAGE) / PAGE) - exports.memory.buffer.byteLength / PAGE;
    if (missing > 0) exports.memory.grow(missing);
    this.#writeRecords();
    this.startRun();
  }

  /** @throws ChipError E_INPUT when there is no memory for the monitored spikes */
  run(batch: TimedInputBatch): TimedSpikeBatch {
    this.#spikes.clear();
    const { input } = this.#state.parts.layout;
    for (let from = 0; from < batch.length; from += INPUT_EVENTS) {
      const events = Math.min(INPUT_EVENTS, batch.length - from);
      const { buffer } = this.#exports.memory;
      new Uint32Array(buffer, input, events).set(batch.address.subarray(from, from + events));
      const times = batch.timePs.subarray(from, from + events);
      new Float64Array(buffer, this.#times, events).set(times);
      this.#latestPs = times[events - 1] as number;
      this.#advance(events, this.#latestPs);
    }
    return this.#spikes;
  }

  /** No core leaks, so nothing happens. */
  tick(): void {}

  flush(): TimedSpikeBatch {
    this.#spikes.clear();
    this.#advance(0, Number.POSITIVE_INFINITY);
    checkTime(this.times().endPs);
    return this.#spikes;
  }

  startRun(): void {
    const { buffer } = this.#exports.memory;
    const view = new DataView(buffer);
    const { fifoDepth } = this.#timing;
    for (const { record, queue } of this.#places) {
      new Uint8Array(buffer, record, at.TIMED_STATE_BYTES).fill(0);
      for (let i = 0; i < fifoDepth; i++) view.setBigInt64(queue + i * at.QUEUE_BYTES + at.QUEUE_TAKEN, -1n, true);
    }
    new Uint8Array(buffer, this.#run + at.RUN_INPUT_FREE, at.RUN_PIPELINED - at.RUN_INPUT_FREE).fill(0);
    view.setUint32(this.#run + at.RUN_INPUT_STUCK, 0, true);
    new BigInt64Array(buffer, this.#keys, this.#keyCount).fill(NEVER);
    this.#latestPs = 0;
  }

  times(): RunTimes {
    const view = new DataView(this.#exports.memory.buffer);
    const at64 = (address: number): number => Number(view.getBigInt64(address, true));
    return {
      perCore: this.#places.map(({ record }) => ({
        busyPs: at64(record + at.TIMED_BUSY),
        stallPs: at64(record + at.TIMED_SHIFT),
        maxQueue: view.getUint32(record + at.TIMED_MAX_QUEUE, true),
      })),
      input: {
        blocked: at64(this.#run + at.RUN_INPUT_BLOCKED),
        maxWaitPs: at64(this.#run + at.RUN_INPUT_WAIT),
      },
      endPs: this.#places.reduce((end, { record }) => Math.max(end, at64(record + at.TIMED_END)), 0),
    };
  }

  counters(): readonly RunningCounters[] {
    const view = new DataView(this.#exports.memory.buffer);
    return this.#state.counters().map((counters, index) => ({
      ...counters,
      balancerDropped: Number(view.getBigInt64((this.#places[index] as TimedPlace).record + at.TIMED_DROPPED, true)),
    }));
  }

  readNeurons(index: number): Int16Array {
    return this.#state.readNeurons(index);
  }

  writeNeurons(index: number, values: Int16Array): void {
    this.#state.writeNeurons(index, values);
  }

  monitorsChanged(): void {
    this.#state.monitorsChanged();
  }

  reset(): void {
    this.#state.reset();
    const view = new DataView(this.#exports.memory.buffer);
    for (const { record } of this.#places) view.setBigInt64(record + at.TIMED_DROPPED, 0n, true);
    this.startRun();
  }

  /** Takes input that lies in memory and lets happen what is certain by then. */
  #advance(events: number, certainPs: number): void {
    const { source, input } = this.#state.parts.layout;
    const { placeTimed, runQueue, feedTimed, settleTimed } = this.#exports;
    const cores = this.#places.length;
    placeTimed(this.#run, this.#sink);
    try {
      if (this.#queued) {
        runQueue(cores, source, input, this.#times, events, certainPs);
      } else {
        feedTimed(source, input, this.#times, events);
        if (certainPs === Number.POSITIVE_INFINITY) settleTimed(cores);
      }
      this.#takeSink();
    } catch (error) {
      throw outOfMemory(error);
    }
  }

  #takeSink(): void {
    const view = new DataView(this.#exports.memory.buffer);
    // WebAssembly hands addresses out as signed numbers.
    const end = this.#exports.endOfTimedSink() >>> 0;
    for (let spike = this.#sink; spike < end; spike += at.SPIKE_BYTES) {
      this.#spikes.push(
        view.getUint32(spike + at.SPIKE_ADDRESS, true),
        view.getUint32(spike + at.SPIKE_CORE, true),
        view.getFloat64(spike + at.SPIKE_TIME, true),
        view.getFloat64(spike + at.SPIKE_CAUSE, true),
      );
    }
  }

  /** Everything that no run changes. */
  #writeRecords(): void {
    const view = new DataView(this.#exports.memory.buffer);
    const { tIn, tMap, tKernel, tNeuron, tOut, padIn, routerSlot, pipelined, fifoDepth } = this.#timing;
    const long = (address: number, value: number): void => view.setBigInt64(address, BigInt(value), true);
    long(this.#run + at.RUN_T_START, tIn + tMap);
    long(this.#run + at.RUN_T_KERNEL, tKernel);
    long(this.#run + at.RUN_T_NEURON, tNeuron);
    long(this.#run + at.RUN_T_OUT, tOut);
    long(this.#run + at.RUN_PAD_IN, padIn);
    long(this.#run + at.RUN_SLOT, routerSlot);
    view.setUint32(this.#run + at.RUN_PIPELINED, pipelined ? 1 : 0, true);
    view.setUint32(this.#run + at.RUN_DEPTH, fifoDepth, true);
    view.setUint32(this.#run + at.RUN_KEYS, this.#keys, true);
    const { cores, sourceRoutes } = this.#state.parts.layout;
    const writeRoutes = (routes: readonly RouteProgram[], table: number): void => {
      routes.forEach(({ index }, i) => {
        const { record } = this.#places[index] as TimedPlace;
        view.setUint32(table + i * ROUTE_BYTES + ROUTE_TIMED, record, true);
      });
    };
    writeRoutes(this.#program.inputRoutes, sourceRoutes);
    for (const { program, routes } of cores) writeRoutes(program.routes, routes);
    this.#places.forEach((place, index) => {
      const core = this.#program.cores[index] as CoreProgram;
      const word = (offset: number, value: number): void => view.setUint32(place.record + offset, value, true);
      const featureBits = addressBits(core.features);
      word(at.TIMED_CORE, cores[index]?.core as number);
      word(at.TIMED_BALANCER, core.balancer ? 1 : 0);
      word(at.TIMED_QUEUE, place.queue);
      word(at.TIMED_OUTBOX, place.outbox);
      word(at.TIMED_OUT_MASK, place.outboxEntries - 1);
      word(at.TIMED_UNITS, core.units);
      word(at.TIMED_ROW_BITS, addressBits(core.width) + featureBits);
      word(at.TIMED_FEATURE_BITS, featureBits);
      word(at.TIMED_PHASES, place.phases);
      word(at.TIMED_TABLES, place.tables);
      word(at.TIMED_TABLE_COUNT, place.tableCount);
      word(at.TIMED_INDEX, index);
      word(at.TIMED_SOURCES, sourcesOf(this.#program, index));
      word(at.TIMED_OFFERS, place.offers);
      word(at.TIMED_ARENA, place.arena);
      word(at.TIMED_ARENA_NEXT, place.arena);
      word(at.TIMED_ARENA_END, place.arena + place.arenaBytes);
    });
  }
}

/** Why the timed kernel cannot run a program, or null. */
export function whyNotSimdTimed(program: ChipProgram): string | null {
  if (program.merges && program.cores.length > MOST_CORES) return `${program.cores.length} cores with merges`;
  const leaking = program.cores.find((core) => core.leak !== null);
  if (leaking) return `${leaking.layer} leaks`;
  if (program.cores.some(({ routes }) => routes.some(({ link }) => link))) return "copies cross links between chips";
  const { tIn, tMap, tKernel, tNeuron, fifoDepth } = timingParameters(program.device);
  // Without a time for neurons there is no bound on spikes under way.
  if (tNeuron === 0) return "the device's neurons take no time";
  const slow = program.cores.find((core) => {
    const taps = core.features * core.kernelY * core.kernelX;
    return tIn + tMap + taps * (tKernel + tNeuron) >= 2 ** 32;
  });
  if (slow) return `an event may keep ${slow.layer} busy for more than 2^32 ps`;
  if (fifoDepth > 1 << 16) return `queues of ${fifoDepth} events`;
  return whyNotSimd(program);
}

/** Routes that lead to a core; two of one sender count as two. */
function sourcesOf(program: ChipProgram, index: number): number {
  const routes = [...program.inputRoutes, ...program.cores.flatMap((core) => core.routes)];
  return routes.filter((route) => route.index === index).length;
}

/**
 * Room for all copies that can be on their way out of a core when it takes an event, which may make `worst` more: what is
 * ready after the start of a sweep was done at most t_out and two slots before it, P spikes in each t_n.
 */
function outboxSize(core: CoreProgram, worst: number, { tOut, routerSlot, tNeuron }: TimingParameters): number {
  const underWay = core.units * (Math.ceil((tOut + 2 * routerSlot) / tNeuron) + 2);
  return 2 ** Math.ceil(Math.log2(3 * (worst + underWay)));
}

/** All tables of a core if they are small; at least the largest. */
function arenaSize(core: CoreProgram, { y, x }: Windows): number {
  let all = 0;
  let largest = 0;
  for (const { count: rows } of y.windows) {
    for (const { count: columns } of x.windows) {
      const bytes = 4 * rows * columns * core.features;
      all += bytes * core.inFeatures * core.units;
      largest = Math.max(largest, bytes);
    }
  }
  return Math.max(largest, Math.min(all, ARENA_BYTES));
}
