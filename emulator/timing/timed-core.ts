import { type RunningCounters, zeroCounters } from "../counters.ts";
import { createEmitted, type Emitted, sweepEvent, sweepLeak } from "../kernel/reference.ts";
import { type CoreProgram, packAddress, type RouteProgram } from "../program.ts";
import { MONITOR, Outbox } from "./outbox.ts";
import type { TimingParameters } from "./parameters.ts";
import { leakDone, SweepTables } from "./table.ts";
import type { CoreTimes, TimingObserver } from "./types.ts";

/**
 * One core with its input queue and its output, the part of a timed run that both engines share. The engine decides
 * when something happens; this class knows what follows from it.
 *
 * [D5] A core that cannot get rid of a spike freezes as a whole: its sweep, the spikes behind, and the next sweep if
 * it has begun. So the core has a time of its own, which stands still meanwhile: `global = own + shift`.
 */
export class TimedCore {
  readonly program: CoreProgram;
  readonly outbox = new Outbox();
  counters: RunningCounters;
  /** Events that came into the queue and events that the core took, since the run began. */
  pushed = 0;
  popped = 0;
  /** Global minus own time: all stalls so far. */
  shift = 0;
  maxQueue = 0;
  readonly #timing: TimingParameters;
  readonly #observer: TimingObserver;
  readonly #membranes: Int16Array;
  readonly #emitted: Emitted;
  readonly #tables: SweepTables;
  readonly #queueAddress: Uint32Array;
  readonly #queueTime: Float64Array;
  readonly #queueCause: Float64Array;
  readonly #popTime: Float64Array;
  #ticks: number[] = [];
  #decimated = 0;
  /** Own time at which the sweep is over. */
  #free = 0;
  #lastDelivered = 0;
  #busyPs = 0;
  /** The part of the sweep that has not been reported yet, global time. */
  #segmentPs = 0;
  #endPs = 0;

  constructor(program: CoreProgram, timing: TimingParameters, observer: TimingObserver) {
    this.program = program;
    this.counters = zeroCounters(program);
    this.#timing = timing;
    this.#observer = observer;
    this.#membranes = new Int16Array(program.features * program.height * program.width);
    this.#emitted = createEmitted(program);
    this.#tables = new SweepTables(program, timing);
    this.#queueAddress = new Uint32Array(timing.fifoDepth);
    this.#queueTime = new Float64Array(timing.fifoDepth);
    this.#queueCause = new Float64Array(timing.fifoDepth);
    this.#popTime = new Float64Array(timing.fifoDepth);
    this.reset();
  }

  get waiting(): number {
    return this.pushed - this.popped;
  }

  get full(): boolean {
    return this.waiting >= this.#timing.fifoDepth;
  }

  /** An event comes into the queue, which must have room. */
  push(address: number, timePs: number, causePs: number): void {
    const at = this.pushed++ % this.#timing.fifoDepth;
    this.#queueAddress[at] = address;
    this.#queueTime[at] = timePs;
    this.#queueCause[at] = causePs;
  }

  /** When the core took event `n`, one of the last `fifoDepth` that it took. */
  popTime(n: number): number {
    return this.#popTime[n % this.#timing.fifoDepth] as number;
  }

  addTick(timePs: number): void {
    this.#ticks.push(timePs);
  }

  /** When the core can start on what it knows of, if no spike of its own blocks it before; infinity: nothing to do. */
  nextStart(): number {
    const event = this.waiting > 0 ? (this.#queueTime[this.popped % this.#timing.fifoDepth] as number) : Infinity;
    const work = Math.min(event, this.#ticks[0] ?? Infinity);
    return Math.max(work, this.#free + this.shift, this.#lastDelivered);
  }

  /** When the first copy in the outbox comes to where it goes, global time; infinity: there is none. */
  nextWish(): number {
    return this.outbox.length > 0 ? this.outbox.wish + this.shift : Infinity;
  }

  /** [D8] Starts at `timePs` = `nextStart()`: with a tick that is due, before any waiting event. */
  start(timePs: number): void {
    this.#reportBusy();
    const own = timePs - this.shift;
    const tick = this.#ticks[0];
    const work =
      tick !== undefined && tick <= timePs ? this.#startLeak(own, timePs, tick) : this.#startEvent(own, timePs);
    this.#free = own + work;
    this.#busyPs += work;
    this.#segmentPs = timePs;
    this.#endPs = timePs + work;
  }

  /** The first copy in the outbox left at `timePs`; what it had to wait beyond its wish, the core has stood still. */
  delivered(timePs: number): void {
    const wish = this.outbox.wish + this.shift;
    this.outbox.shift(timePs, this.#timing.routerSlot);
    this.#lastDelivered = timePs;
    if (timePs === wish) return;
    this.shift += timePs - wish;
    if (wish >= this.#endPs) return;
    if (wish > this.#segmentPs) this.#observer.busy?.(this.program.index, this.#segmentPs, wish);
    this.#segmentPs = timePs;
    this.#endPs += timePs - wish;
  }

  /** When the sweep is over, or was, global time. */
  get endPs(): number {
    return this.#endPs;
  }

  times(): CoreTimes {
    return { busyPs: this.#busyPs, stallPs: this.shift, maxQueue: this.maxQueue };
  }

  /** Tells the observer of the last sweep. */
  finishRun(): void {
    this.#reportBusy();
  }

  startRun(): void {
    this.outbox.clear();
    this.pushed = 0;
    this.popped = 0;
    this.shift = 0;
    this.maxQueue = 0;
    this.#ticks = [];
    this.#free = 0;
    this.#lastDelivered = 0;
    this.#busyPs = 0;
    this.#segmentPs = 0;
    this.#endPs = 0;
  }

  readNeurons(): Int16Array {
    return this.#membranes.slice();
  }

  writeNeurons(values: Int16Array): void {
    this.#membranes.set(values);
  }

  reset(): void {
    if (this.program.initial) this.#membranes.set(this.program.initial);
    else this.#membranes.fill(0);
    this.counters = zeroCounters(this.program);
    this.#decimated = 0;
    this.startRun();
  }

  #reportBusy(): void {
    if (this.#endPs > this.#segmentPs) this.#observer.busy?.(this.program.index, this.#segmentPs, this.#endPs);
    this.#segmentPs = this.#endPs;
  }

  #startEvent(own: number, timePs: number): number {
    const n = this.popped++;
    const depth = this.#timing.fifoDepth;
    const at = n % depth;
    const address = this.#queueAddress[at] as number;
    const cause = this.#queueCause[at] as number;
    this.#popTime[at] = timePs;
    this.#observer.begin?.(this.program.index, timePs, address);
    // How many waited when this event came: those not taken by then. Taken at the same moment counts as not waiting.
    const cameAt = this.#queueTime[at] as number;
    while (this.maxQueue < depth && this.maxQueue <= n && this.popTime(n - this.maxQueue) > cameAt) this.maxQueue++;
    const c = address >>> 20;
    const y = (address >>> 10) & 1023;
    const x = address & 1023;
    sweepEvent(this.program, this.#membranes, c, y, x, this.#emitted, this.counters);
    const { done, free } = this.#tables.lookup(c, y, x);
    const { length, tap } = this.#emitted;
    for (let i = 0; i < length; i++) this.#emit(i, own + (done[tap[i] as number] as number), cause);
    return free;
  }

  /** [D8] A leak tick costs ceil(N/P) neuron updates of time; its spikes carry the tick's time as their cause. */
  #startLeak(own: number, timePs: number, tick: number): number {
    this.#ticks.shift();
    this.#observer.begin?.(this.program.index, timePs, null);
    sweepLeak(this.program, this.#membranes, this.#emitted, this.counters);
    const { units } = this.program;
    const { length, tap } = this.#emitted;
    for (let i = 0; i < length; i++) this.#emit(i, own + leakDone(tap[i] as number, units, this.#timing), tick);
    return leakDone(this.#membranes.length - 1, units, this.#timing);
  }

  /** [R6] [D4] Copies in order: destination 0, destination 1, monitor; one router slot each. [D10] Links take longer. */
  #emit(i: number, done: number, cause: number): void {
    const { program, counters, outbox } = this;
    if (program.decimator > 1 && ++this.#decimated < program.decimator) {
      counters.decimated++;
      return;
    }
    this.#decimated = 0;
    const address = this.#emitted.address[i] as number;
    let wish = done + this.#timing.tOut;
    for (let route = 0; route < program.routes.length; route++) {
      const way = program.routes[route] as RouteProgram;
      const arrives = routed(way, address);
      if (arrives < 0) {
        counters.poolDropped++;
        continue;
      }
      counters.copies++;
      if (way.link) counters.linkEvents++;
      outbox.push(wish, arrives, route, cause, way.link ? this.#timing.linkDelay : 0);
      wish += this.#timing.routerSlot;
    }
    if (program.monitor) outbox.push(wish, address, MONITOR, cause);
  }
}

/** [R6] Address after pooling and feature shift; -1 when its row or column does not fill a block. */
export function routed(route: RouteProgram, address: number): number {
  const y = ((address >>> 10) & 1023) >> route.shift;
  const x = (address & 1023) >> route.shift;
  if (y >= route.height || x >= route.width) return -1;
  return packAddress((address >>> 20) + route.featureShift, y, x);
}
