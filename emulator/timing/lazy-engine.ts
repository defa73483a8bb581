import type { ChipProgram, RouteProgram } from "../program.ts";
import { TimedEngineBase } from "./engine-base.ts";
import { MONITOR } from "./outbox.ts";
import type { TimedCore } from "./timed-core.ts";
import type { TimingObserver } from "./types.ts";

/**
 * Exact time without an event queue, for networks without merges [D9]. With one sender a core, the order of its events
 * is known, and what remains is arithmetic in max and plus: event n enters a queue of depth d at
 *
 *     max(when it is ready to leave, when event n - d was taken)
 *
 * A sender runs its receiver only when it needs a moment of taking that is not known yet, so that the simulation
 * walks through the network in long strides instead of from event to event.
 */
export class LazyEngine extends TimedEngineBase {
  readonly kernel = "reference, timed (lazy)";

  /** @throws RangeError when some core has more than one source */
  constructor(program: ChipProgram, observer: TimingObserver = {}) {
    super(program, observer);
    if (program.merges) throw new RangeError("the lazy engine needs a network without merges");
  }

  protected override advance(toTheEnd: boolean): void {
    const certain = toTheEnd ? Infinity : this.latestPs;
    // A core with events at hand may run ahead of the input, unless a tick may come in between.
    const ahead = this.leaks ? certain : Infinity;
    while (this.input.length > 0 && this.#deliverInput(ahead));
    // Network order: when a core's turn comes, everything that can still reach it before `certain` is in its queue.
    for (const core of this.cores) this.#drain(core, certain, ahead);
  }

  #deliverInput(ahead: number): boolean {
    const { input } = this;
    const ready = Math.max(input.wish, input.senderFree);
    const route = this.program.inputRoutes[input.route] as RouteProgram;
    const left = this.#enter(this.core(route.index), input.address, ready, input.cause, ahead);
    if (left < 0) return false;
    this.inputDelivered(left, left > ready);
    return true;
  }

  /** Everything that happens on this core before `certain`. */
  #drain(core: TimedCore, certain: number, ahead: number): void {
    for (;;) {
      const start = core.nextStart();
      const wish = core.nextWish();
      if (Math.min(start, wish) >= certain) return;
      if (!this.#step(core, start, wish, ahead)) return;
    }
  }

  /** Runs a core that has events at hand until it has taken event `n`; false: not before `ahead`. */
  #runUntilTaken(core: TimedCore, n: number, ahead: number): boolean {
    while (core.popped <= n) {
      const start = core.nextStart();
      const wish = core.nextWish();
      if (Math.min(start, wish) >= ahead || !this.#step(core, start, wish, ahead)) return false;
    }
    return true;
  }

  /** A spike that is ready before the next start has to leave first: it may freeze the core. At a tie the core starts. */
  #step(core: TimedCore, start: number, wish: number, ahead: number): boolean {
    if (wish < start) return this.#deliver(core, wish, ahead);
    core.start(start);
    return true;
  }

  #deliver(core: TimedCore, wish: number, ahead: number): boolean {
    const { outbox, program } = core;
    const ready = Math.max(wish, outbox.senderFree);
    if (outbox.route === MONITOR) {
      this.spikes.push(outbox.address, program.index, ready, outbox.cause);
      core.delivered(ready);
      return true;
    }
    const route = program.routes[outbox.route] as RouteProgram;
    const left = this.#enter(this.core(route.index), outbox.address, ready, outbox.cause, ahead);
    if (left < 0) return false;
    core.delivered(left);
    return true;
  }

  /** When an event that is ready at `ready` enters the core's queue, or is dropped [R9]; -1: not known before `ahead`. */
  #enter(core: TimedCore, address: number, ready: number, cause: number, ahead: number): number {
    const before = core.pushed - this.timing.fifoDepth;
    const known = before < 0 || this.#runUntilTaken(core, before, ahead);
    const balancer = core.program.balancer;
    if (!known && !(balancer && ready < ahead)) return -1;
    const room = before < 0 ? ready : known ? core.popTime(before) : Infinity;
    if (room > ready && balancer) {
      core.counters.balancerDropped++;
      return ready;
    }
    const entered = Math.max(ready, room);
    core.push(address, entered, cause);
    return entered;
  }
}
