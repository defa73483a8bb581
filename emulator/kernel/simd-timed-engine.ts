import { addressBits } from "../../src/device/memory.ts";
import type { RunningCounters } from "../counters.ts";
import { checkFeatures } from "../engine.ts";
import type { ChipProgram, CoreProgram, RouteProgram } from "../program.ts";
import { checkTime, type TimingParameters, timingParameters } from "../timing/parameters.ts";
import { TimedSpikes } from "../timing/timed-spikes.ts";
import type { RunTimes, TimedEngine, TimedInputBatch, TimedSpikeBatch } from "../timing/types.ts";
import type { Windows } from "./axis.ts";
import { wasmBase64 } from "./generated/timed.ts";
import { ROUTE_BYTES, ROUTE_TIMED } from "./layout.ts";
import { compileKernel, type EventExports } from "./module.ts";
import { outOfMemory, SimdEngine, whyNotSimd } from "./simd-engine.ts";
import { type CorePlace, INPUT_EVENTS } from "./simd-memory.ts";
import * as at from "./timed-layout.ts";

/** What `timed.as.ts` exports. */
interface TimedExports {
  readonly memory: WebAssembly.Memory;
  placeTimed(record: number, firstSpike: number): void;
  endOfTimedSink(): number;
  feedTimed(source: number, addresses: number, times: number, events: number): void;
  settleTimed(coreCount: number): void;
  runQueue(
    cores: number,
    source: number,
    input: number,
    times: number,
    events: number,
    certainPs: number,
    more: number,
    ticks: number,
  ): void;
  clearInput(): void;
  inputLeft(): number;
  addTick(timed: number, timePs: number): void;
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
  /** The first ring of leak ticks; 0 without leak. */
  readonly ticks: number;
}

/** Leak ticks that a core has room for at first; a ring that is full moves to the end of memory, twice as large. */
const TICKS = 64;
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

const NO_INPUT: TimedInputBatch = { length: 0, address: new Uint32Array(0), timePs: new Float64Array(0) };

/**
 * Exact time at the speed of the SIMD kernel: the lazy engine, with merges or leak the event queue, with their loops in
 * WebAssembly. Equal to `LazyEngine` and `EventQueueEngine` in every number [D9].
 */
export class SimdTimedEngine implements TimedEngine {
  readonly kernel: string;
  readonly #queued: boolean;
  /** The event queue leaves what lies behind the last merge to the lazy method. */
  readonly #follows: boolean;
  readonly #program: ChipProgram;
  readonly #timing: TimingParameters;
  /** Holds membranes and counters; its memory is where everything happens. */
  readonly #state: SimdEngine;
  readonly #exports: TimedExports;
  readonly #run: number;
  readonly #times: number;
  readonly #keys: number;
  readonly #keyCount: number;
  readonly #leaks: boolean;
  readonly #places: readonly TimedPlace[];
  readonly #spikes = new TimedSpikes();
  /** Monitored spikes, the last thing in memory. */
  #sink: number;
  /** Input that the event queue could not take yet, because a leak tick may come before it. */
  #waiting = NO_INPUT;
  #latestPs = 0;

  /**
   * @param queued true: the event queue also where the lazy method would do
   * @throws RangeError for a program that `whyNotSimdTimed` names a reason against
   */
  constructor(program: ChipProgram, module: WebAssembly.Module, queued = needsQueue(program)) {
    const reason = whyNotSimdTimed(program);
    if (reason !== null) throw new RangeError(reason);
    if (needsQueue(program) && !queued) throw new RangeError("the lazy method needs a network without merges and leak");
    this.#queued = queued;
    this.#follows = program.merges && !program.cores.some(({ leak }) => leak !== null);
    this.#leaks = program.cores.some(({ leak }) => leak !== null);
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
      const most = core.leak ? core.features * core.height * core.width : worst;
      const outboxEntries = outboxSize(core, Math.max(worst, most), this.#timing);
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
        ticks: core.leak ? place(8 * TICKS) : 0,
      };
    });
    this.#sink = place(0);
    this.#growMemory();
    this.#writeRecords();
    this.#exports.placeTimed(this.#run, this.#sink);
    this.startRun();
  }

  /**
   * @throws RangeError when an event's feature lies outside the input map
   * @throws ChipError E_INPUT when there is no memory for the monitored spikes
   */
  run(batch: TimedInputBatch): TimedSpikeBatch {
    checkFeatures(batch, this.#program.config.input.shape[0]);
    this.#spikes.clear();
    this.#latestPs = batch.timePs[batch.length - 1] ?? this.#latestPs;
    this.#advance(batch, this.#latestPs);
    return this.#spikes;
  }

  tick(internal: boolean, timePs: number): void {
    this.#latestPs = Math.max(this.#latestPs, timePs);
    this.#program.cores.forEach((core, index) => {
      if (core.leak === null || core.leakInternal !== internal) return;
      const { record } = this.#places[index] as TimedPlace;
      this.#makeRoomForTick(record);
      this.#exports.addTick(record, timePs);
    });
  }

  flush(): TimedSpikeBatch {
    this.#spikes.clear();
    this.#advance(NO_INPUT, Number.POSITIVE_INFINITY);
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
    this.#exports.clearInput();
    this.#waiting = NO_INPUT;
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
    return this.#state.counters().map((counters, index) => {
      const { record } = this.#places[index] as TimedPlace;
      const { neurons } = this.#state.parts.layout.cores[index] as CorePlace;
      return {
        ...counters,
        balancerDropped: Number(view.getBigInt64(record + at.TIMED_DROPPED, true)),
        leakUpdates: Number(view.getBigInt64(record + at.TIMED_LEAKS, true)) * neurons,
      };
    });
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
    for (const { record } of this.#places) {
      view.setBigInt64(record + at.TIMED_DROPPED, 0n, true);
      view.setBigInt64(record + at.TIMED_LEAKS, 0n, true);
    }
    this.startRun();
  }

  /** Takes input, piece by piece, and lets happen what is certain. */
  #advance(batch: TimedInputBatch, certainPs: number): void {
    const { placeTimed, runQueue, feedTimed, settleTimed, inputLeft } = this.#exports;
    const { source, input } = this.#state.parts.layout;
    const cores = this.#places.length;
    const { length, address, timePs } = joined(this.#waiting, batch);
    let from = 0;
    try {
      for (let more = true, left = 0; more && left === 0; ) {
        const events = Math.min(INPUT_EVENTS, length - from);
        const { buffer } = this.#exports.memory;
        new Uint32Array(buffer, input, events).set(address.subarray(from, from + events));
        new Float64Array(buffer, this.#times, events).set(timePs.subarray(from, from + events));
        more = from + events < length;
        placeTimed(this.#run, this.#sink);
        if (this.#queued) {
          runQueue(cores, source, input, this.#times, events, certainPs, more ? 1 : 0, this.#leaks ? 1 : 0);
          left = inputLeft();
        } else {
          feedTimed(source, input, this.#times, events);
        }
        if (!more && certainPs === Number.POSITIVE_INFINITY) settleTimed(cores);
        from += events - left;
        this.#takeSink();
      }
    } catch (error) {
      throw outOfMemory(error);
    }
    this.#waiting =
      from === length
        ? NO_INPUT
        : { length: length - from, address: address.slice(from, length), timePs: timePs.slice(from, length) };
  }

  /** Ticks that wait for a busy core are as many as they are: a full ring moves to where the sink was. */
  #makeRoomForTick(record: number): void {
    const { memory } = this.#exports;
    let view = new DataView(memory.buffer);
    const word = (offset: number): number => view.getUint32(record + offset, true);
    const [ring, mask] = [word(at.TIMED_TICKS), word(at.TIMED_TICK_MASK)];
    const [head, tail] = [word(at.TIMED_TICK_HEAD), word(at.TIMED_TICK_TAIL)];
    const count = (tail - head) >>> 0;
    if (count <= mask) return;
    const larger = this.#sink;
    this.#sink += 16 * (mask + 1);
    this.#growMemory();
    view = new DataView(memory.buffer);
    for (let i = 0; i < count; i++) {
      const time = view.getBigInt64(ring + 8 * ((head + i) & mask), true);
      view.setBigInt64(larger + 8 * i, time, true);
    }
    view.setUint32(record + at.TIMED_TICKS, larger, true);
    view.setUint32(record + at.TIMED_TICK_MASK, 2 * mask + 1, true);
    view.setUint32(record + at.TIMED_TICK_HEAD, 0, true);
    view.setUint32(record + at.TIMED_TICK_TAIL, count, true);
  }

  /** Memory up to the sink, and a page of it. */
  #growMemory(): void {
    const { memory } = this.#exports;
    const missing = Math.ceil((this.#sink + PAGE) / PAGE) - memory.buffer.byteLength / PAGE;
    if (missing > 0) memory.grow(missing);
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
      word(at.TIMED_FOLLOWED, this.#follows && noMergeBehind(this.#program, index) ? 1 : 0);
      word(at.TIMED_ARENA, place.arena);
      word(at.TIMED_ARENA_NEXT, place.arena);
      word(at.TIMED_ARENA_END, place.arena + place.arenaBytes);
      word(at.TIMED_TICKS, place.ticks);
      word(at.TIMED_TICK_MASK, TICKS - 1);
    });
  }
}

/** The lazy method cannot tell what comes first at a merge, or of a leak tick and an event. */
function needsQueue({ merges, cores }: ChipProgram): boolean {
  return merges || cores.some(({ leak }) => leak !== null);
}

function joined(first: TimedInputBatch, second: TimedInputBatch): TimedInputBatch {
  if (first.length === 0) return second;
  const length = first.length + second.length;
  const address = new Uint32Array(length);
  const timePs = new Float64Array(length);
  address.set(first.address);
  timePs.set(first.timePs);
  address.set(second.address.subarray(0, second.length), first.length);
  timePs.set(second.timePs.subarray(0, second.length), first.length);
  return { length, address, timePs };
}

/** Why the timed kernel cannot run a program, or null. */
export function whyNotSimdTimed(program: ChipProgram): string | null {
  if (needsQueue(program) && program.cores.length > MOST_CORES) {
    return `${program.cores.length} cores with merges or leak`;
  }
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

/** True when every core that a core's spikes come to, at once or later, has one source. */
function noMergeBehind(program: ChipProgram, index: number): boolean {
  return (program.cores[index] as CoreProgram).routes.every(
    ({ index: next }) => sourcesOf(program, next) === 1 && noMergeBehind(program, next),
  );
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
