import type { ChipProgram, RouteProgram } from "../program.ts";
import { TimedEngineBase } from "./engine-base.ts";
import { EventHeap } from "./event-heap.ts";
import { MONITOR, type Outbox } from "./outbox.ts";
import type { TimedCore } from "./timed-core.ts";
import type { TimingObserver } from "./types.ts";

/** What can happen, in the order in which it does when times are equal. */
const WAKE = 0;
const OFFER = 1;
const ARBITRATE = 2;
/** Senders and cores fit below this. */
const RANK = 1024;
/** The input layer among the senders; core i is sender i + 1. */
const INPUT = 0;

/**
 * Exact time by discrete events, for every network, merges included [D9].
 *
 * What happens at one moment has an order that does not depend on how it came about: first cores start on what they
 * have, then copies that became ready are offered, then the ports decide, the last core of the network first (so that
 * room made downstream is there for those upstream). A port takes offers by the time of the offer; among equal times
 * the input layer first, then cores in network order [R7].
 */
export class EventQueueEngine extends TimedEngineBase {
  readonly kernel = "reference, timed (event queue)";
  readonly #heap = new EventHeap();
  /** Moment for which each core's next wake is in the heap, so that it is not put there twice. */
  readonly #wakeAt: Float64Array;
  /** The same for the decision of each core's port. */
  readonly #arbitrateAt: Float64Array;
  readonly #portFree: Float64Array;
  /** Senders that have offered a copy to a core's port, first come first. */
  readonly #offers: number[][];
  readonly #offeredAt: Float64Array;
  /** Moment for which each sender's next offer is in the heap. [D10] Earlier copies may still come before it. */
  readonly #offerAt: Float64Array;
  /** 1 from the moment a sender's first copy is offered until it has left. */
  readonly #offered: Uint8Array;
  readonly #blocked: Uint8Array;
  readonly #stalled: Uint8Array;
  readonly #working: Uint8Array;

  constructor(program: ChipProgram, observer: TimingObserver = {}) {
    super(program, observer);
    const cores = program.cores.length;
    this.#wakeAt = new Float64Array(cores).fill(-1);
    this.#arbitrateAt = new Float64Array(cores).fill(-1);
    this.#portFree = new Float64Array(cores);
    this.#offers = Array.from({ length: cores }, () => []);
    this.#offeredAt = new Float64Array(cores + 1);
    this.#offerAt = new Float64Array(cores + 1).fill(-1);
    this.#offered = new Uint8Array(cores + 1);
    this.#blocked = new Uint8Array(cores + 1);
    this.#stalled = new Uint8Array(cores + 1);
    this.#working = new Uint8Array(cores);
  }

  override startRun(): void {
    super.startRun();
    this.#heap.clear();
    this.#wakeAt.fill(-1);
    this.#arbitrateAt.fill(-1);
    this.#offerAt.fill(-1);
    this.#portFree.fill(0);
    for (const offers of this.#offers) offers.length = 0;
    for (const flags of [this.#offered, this.#blocked, this.#stalled, this.#working]) flags.fill(0);
  }

  protected override addTick(core: TimedCore, timePs: number): void {
    super.addTick(core, timePs);
    this.#heap.push(timePs, WAKE * RANK + this.#reverse(core.program.index));
  }

  protected override advance(toTheEnd: boolean): void {
    this.#prepareOffer(INPUT);
    for (;;) {
      const now = this.#heap.firstTime;
      if (now === Infinity) return;
      // Events that wait at the pads are ahead of all input to come, so the clock may run on while there are any.
      if (!toTheEnd && now >= this.latestPs && (this.leaks || this.input.length === 0)) return;
      const key = this.#heap.firstKey;
      this.#heap.pop();
      const which = key % RANK;
      if (key < OFFER * RANK) this.#wake(this.#reverse(which), now);
      else if (key < ARBITRATE * RANK) this.#offer(which, now);
      else this.#arbitrate(this.#reverse(which), now);
    }
  }

  /** Cores are served from the end of the network: the order in which room is made. Its own inverse. */
  #reverse(index: number): number {
    return RANK - 1 - index;
  }

  #scheduleWake(index: number, time: number): void {
    if (time === Infinity || this.#wakeAt[index] === time) return;
    this.#wakeAt[index] = time;
    this.#heap.push(time, WAKE * RANK + this.#reverse(index));
  }

  #wake(index: number, now: number): void {
    if (this.#wakeAt[index] === now) this.#wakeAt[index] = -1;
    const core = this.core(index);
    // [D5] Frozen; what lets the spike leave wakes the core again.
    if (core.nextWish() < now) return;
    if (this.#working[index] === 1 && core.endPs <= now) {
      this.#working[index] = 0;
      this.observer.end?.(index, now);
    }
    if (core.nextStart() <= now) {
      const waiting = core.waiting;
      core.start(now);
      this.#working[index] = 1;
      if (core.waiting < waiting) {
        this.observer.queue?.(index, now, core.waiting);
        this.#scheduleArbitration(index, now);
      }
      this.#prepareOffer(index + 1);
    }
    this.#scheduleWake(index, core.nextStart());
    if (this.observer.end && this.#working[index] === 1) this.#scheduleWake(index, core.endPs);
  }

  #outbox(sender: number): Outbox {
    return sender === INPUT ? this.input : this.core(sender - 1).outbox;
  }

  /** When a sender's first copy is ready to leave. Input events do not shift: they come when they come. */
  #wish(sender: number): number {
    return sender === INPUT ? this.input.wish : this.core(sender - 1).nextWish();
  }

  #prepareOffer(sender: number): void {
    const outbox = this.#outbox(sender);
    if (this.#offered[sender] === 1 || outbox.length === 0) return;
    const wish = this.#wish(sender);
    this.#scheduleOffer(sender, sender === INPUT ? Math.max(wish, outbox.senderFree) : wish);
  }

  #scheduleOffer(sender: number, time: number): void {
    if (this.#offerAt[sender] === time) return;
    this.#offerAt[sender] = time;
    this.#heap.push(time, OFFER * RANK + sender);
  }

  #offer(sender: number, now: number): void {
    if (this.#offerAt[sender] === now) this.#offerAt[sender] = -1;
    const outbox = this.#outbox(sender);
    // Scheduled for a copy that another one overtook on its link [D10]; its own offer is in the heap.
    if (this.#offered[sender] === 1 || outbox.length === 0 || this.#wish(sender) > now) return;
    if (outbox.senderFree > now) {
      this.#setStalled(sender, now, true);
      this.#scheduleOffer(sender, outbox.senderFree);
      return;
    }
    if (outbox.route === MONITOR) {
      this.spikes.push(outbox.address, sender - 1, now, outbox.cause);
      this.#left(sender, now, null);
      return;
    }
    this.#offered[sender] = 1;
    const to = this.#route(sender, outbox.route).index;
    const offers = this.#offers[to] as number[];
    this.#offeredAt[sender] = now;
    // Offers of one moment come in the order of their senders, but a later call of the same moment may bring another.
    let at = offers.length;
    while (at > 0 && this.#offeredAt[offers[at - 1] as number] === now && (offers[at - 1] as number) > sender) at--;
    offers.splice(at, 0, sender);
    this.#scheduleArbitration(to, now);
  }

  #route(sender: number, route: number): RouteProgram {
    const routes = sender === INPUT ? this.program.inputRoutes : this.core(sender - 1).program.routes;
    return routes[route] as RouteProgram;
  }

  #scheduleArbitration(index: number, time: number): void {
    if ((this.#offers[index] as number[]).length === 0 || this.#arbitrateAt[index] === time) return;
    this.#arbitrateAt[index] = time;
    this.#heap.push(time, ARBITRATE * RANK + this.#reverse(index));
  }

  #arbitrate(index: number, now: number): void {
    if (this.#arbitrateAt[index] === now) this.#arbitrateAt[index] = -1;
    const offers = this.#offers[index] as number[];
    const core = this.core(index);
    const { balancer } = core.program;
    while (offers.length > 0) {
      const portFree = this.#portFree[index] as number;
      const stuck = core.full && !balancer;
      if (portFree > now || stuck) {
        for (const sender of offers) {
          if (stuck) this.#blocked[sender] = 1;
          this.#setStalled(sender, now, true);
        }
        // A full queue is looked at again when the core takes an event.
        if (!stuck) this.#scheduleArbitration(index, portFree);
        return;
      }
      const sender = offers.shift() as number;
      const { address, cause } = this.#outbox(sender);
      if (core.full) {
        core.counters.balancerDropped++;
        this.observer.drop?.(index, now, address);
      } else {
        core.push(address, now, cause);
        this.observer.queue?.(index, now, core.waiting);
        this.#scheduleWake(index, now);
      }
      this.#portFree[index] = now + this.timing.routerSlot;
      this.#left(sender, now, index);
    }
  }

  /** The sender's first copy has left, to a core or to the monitor. */
  #left(sender: number, now: number, to: number | null): void {
    this.#setStalled(sender, now, false);
    if (sender === INPUT) {
      this.inputDelivered(now, this.#blocked[INPUT] === 1);
    } else {
      const core = this.core(sender - 1);
      this.observer.send?.(sender - 1, now, core.outbox.address, to);
      core.delivered(now);
      this.#scheduleWake(sender - 1, now);
    }
    this.#blocked[sender] = 0;
    this.#offered[sender] = 0;
    this.#prepareOffer(sender);
  }

  #setStalled(sender: number, now: number, on: boolean): void {
    if (sender === INPUT || (this.#stalled[sender] === 1) === on) return;
    this.#stalled[sender] = on ? 1 : 0;
    this.observer.stall?.(sender - 1, now, on);
  }
}
