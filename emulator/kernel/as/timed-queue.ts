// Exact time by discrete events, for networks with merges or leak: emulator/timing/event-queue-engine.ts in WebAssembly.
// That file says what can happen and in which order.
//
// There are few things that can happen next: each core's next wake, each sender's next offer, each port's next decision.
// So the queue is a plain list of keys (time, kind, rank) with a fixed place for each, and the next one is its minimum.
//
// Behind the last merge nothing competes any more: an event that enters such a core is followed to its end at once, as
// timed.ts does it. These cores never wake; only their ports decide who comes first.
import {
  CORE_FEATURES, CORE_HEIGHT, CORE_ROUTES, CORE_ROUTES_END, CORE_WIDTH, ROUTE_BYTES, ROUTE_SHIFT, ROUTE_TIMED,
} from "../layout";
import {
  OUT_ADDRESS, OUT_BYTES, OUT_CAUSE, OUT_TO, QUEUE_ADDRESS, QUEUE_BYTES, QUEUE_CAME, QUEUE_CAUSE, QUEUE_TAKEN, RUN_BYTES,
  RUN_INPUT_FREE, RUN_INPUT_STUCK, RUN_INPUT_WISH, RUN_KEYS, RUN_PAD_IN, TIMED_BALANCER, TIMED_BYTES, TIMED_CORE,
  TIMED_DROPPED, TIMED_FOLLOWED, TIMED_HEAD, TIMED_INDEX, TIMED_LEAKS, TIMED_OFFERED_AT, TIMED_OFFERS, TIMED_OFFER_COUNT, TIMED_OUTBOX,
  TIMED_OUT_HEAD, TIMED_OUT_MASK, TIMED_OUT_TAIL, TIMED_PORT_FREE, TIMED_QUEUE, TIMED_SENDER_FREE, TIMED_SENDING, TIMED_SHIFT,
  TIMED_SOURCES, TIMED_TAIL, TIMED_TICKS, TIMED_TICK_HEAD, TIMED_TICK_MASK, TIMED_TICK_TAIL, TIMED_UNITS, TIMED_WAITING,
} from "../timed-layout";
import { sweepLeakRow } from "./sweep";
import { enter as follow } from "./timed";
import {
  NEVER, arrives, busy, delivered, depth, earliest, emitLeak, fits, leakDone, nextWish, noteQueue, noteWait, run, show, slot, work,
} from "./timed-core";

const TIME_SHIFT = 8;
const OFFER: i64 = 1 << 6;
const ARBITRATE: i64 = 2 << 6;
/** Cores, and senders, fit into ranks 0 to 63. */
const LAST_RANK: i64 = 63;
/** The input layer among the senders; core i is sender i + 1. */
const INPUT: u32 = 0;

let cores: u32 = 0;
let keys: usize = 0;
let keysEnd: usize = 0;
/** The least of the keys, unless it is out of date; the input's own offer is apart from them. */
let least: i64 = 0;
let outdated = true;
let inputKey: i64 = NEVER;

/** The next copy of an input event; `inputTo` is 0 when there is none. */
let inputTo: usize = 0;
let inputAddress: u32 = 0;
let inputWish: i64 = 0;
let inputCause: i64 = 0;
/** What follows: the event's next route, the ready time of its next copy, the next event. */
let route: usize = 0;
let routesEnd: usize = 0;
let firstRoute: usize = 0;
let eventAddress: u32 = 0;
let eventWish: i64 = 0;
let addresses: usize = 0;
let addressesEnd: usize = 0;
let times: usize = 0;
let leaks = false;

/** Forgets input that waits at the pads: a new run. */
export function clearInput(): void {
  inputTo = 0;
  inputKey = NEVER;
  outdated = true;
}

/** Input events of the latest call that have not come to the pads' front yet; they have to be handed in again. */
export function inputLeft(): u32 {
  return ((addressesEnd - addresses) >> 2) as u32;
}

/** [D8] A leak tick for a core; the host sees to it that there is room. */
export function addTick(timed: usize, time: f64): void {
  keys = load<usize>(run, RUN_KEYS);
  const tail = load<u32>(timed, TIMED_TICK_TAIL);
  store<i64>(load<usize>(timed, TIMED_TICKS) + ((tail & load<u32>(timed, TIMED_TICK_MASK)) << 3), time as i64);
  store<u32>(timed, tail + 1, TIMED_TICK_TAIL);
  setWake(timed, nextStart(timed));
}

/**
 * Takes input events (packed addresses; times as 64-bit floats) and lets everything happen that does not depend on what
 * comes later.
 *
 * @param certainPs 64-bit float: no later input comes before it; infinity: none comes
 * @param more 1: more input is at hand, so return for it as soon as this is used up
 * @param ticks 1: leak ticks may come from `certainPs` on, so that nothing may run ahead of it
 */
export function runQueue(
  coreCount: u32, source: usize, input: usize, inputTimes: usize, events: u32, certainPs: f64, more: u32, ticks: u32,
): void {
  cores = coreCount;
  keys = load<usize>(run, RUN_KEYS);
  // Padded with NEVER to a multiple of four.
  keysEnd = keys + (((3 * cores + 1 + 3) & ~3) << 3);
  firstRoute = load<usize>(source, CORE_ROUTES);
  routesEnd = load<usize>(source, CORE_ROUTES_END);
  addresses = input;
  addressesEnd = input + (events << 2);
  times = inputTimes;
  leaks = ticks != 0;
  const certain = certainPs < 9e15 ? (certainPs as i64) : NEVER >> TIME_SHIFT;
  if (inputTo == 0) {
    route = routesEnd;
    nextInput();
    prepareInput();
  }
  for (;;) {
    if (more != 0 && inputTo == 0) return;
    const key = min(earliestKey(), inputKey);
    if (key == NEVER) return;
    const now = key >> TIME_SHIFT;
    // Events that wait at the pads are ahead of all input to come, so the clock may run on while there are any.
    if (now >= certain && (ticks != 0 || inputTo == 0)) return;
    const rank = (key & LAST_RANK) as u32;
    if (key & ARBITRATE) arbitrate(timedAt(63 - rank), now);
    else if (key & OFFER) offer(rank, now);
    else wake(timedAt(63 - rank), now);
  }
}

// @ts-ignore: decorator
@inline
function earliestKey(): i64 {
  if (outdated) {
    least = findLeast();
    outdated = false;
  }
  return least;
}

function findLeast(): i64 {
  let a = NEVER;
  let b = NEVER;
  for (let at = keys; at < keysEnd; at += 32) {
    a = min(a, min(load<i64>(at), load<i64>(at, 8)));
    b = min(b, min(load<i64>(at, 16), load<i64>(at, 24)));
  }
  return min(a, b);
}

// @ts-ignore: decorator
@inline
function setKey(at: usize, key: i64): void {
  const before = load<i64>(at);
  store<i64>(at, key);
  if (key <= least) least = key;
  else if (before == least) outdated = true;
}

// @ts-ignore: decorator
@inline
function timedAt(index: u32): usize {
  return run + RUN_BYTES + index * TIMED_BYTES;
}

// @ts-ignore: decorator
@inline
function setWake(timed: usize, time: i64): void {
  const index = load<u32>(timed, TIMED_INDEX);
  setKey(keys + (index << 3), time == NEVER ? NEVER : (time << TIME_SHIFT) | (LAST_RANK - index));
}

// @ts-ignore: decorator
@inline
function setOffer(sender: u32, time: i64): void {
  setKey(keys + ((cores + sender) << 3), time == NEVER ? NEVER : (time << TIME_SHIFT) | OFFER | (sender as i64));
}

// @ts-ignore: decorator
@inline
function setArbitration(timed: usize, time: i64): void {
  const index = load<u32>(timed, TIMED_INDEX);
  setKey(
    keys + ((2 * cores + 1 + index) << 3),
    time == NEVER ? NEVER : (time << TIME_SHIFT) | ARBITRATE | (LAST_RANK - index),
  );
}

/** Goes on to the next copy of an input event. */
function nextInput(): void {
  for (;;) {
    while (route < routesEnd) {
      const here = route;
      route += ROUTE_BYTES;
      const shift = load<u32>(here, ROUTE_SHIFT);
      const y = ((eventAddress >>> 10) & 1023) >>> shift;
      const x = (eventAddress & 1023) >>> shift;
      if (!fits(here, y, x)) continue;
      inputWish = max(eventWish, load<i64>(run, RUN_INPUT_WISH));
      store<i64>(run, inputWish, RUN_INPUT_WISH);
      eventWish += slot;
      inputAddress = arrives(here, eventAddress, y, x);
      inputTo = load<usize>(here, ROUTE_TIMED);
      return;
    }
    if (addresses == addressesEnd) {
      inputTo = 0;
      return;
    }
    eventAddress = load<u32>(addresses);
    inputCause = load<f64>(times) as i64;
    eventWish = inputCause + load<i64>(run, RUN_PAD_IN);
    addresses += 4;
    times += 8;
    route = firstRoute;
  }
}

// @ts-ignore: decorator
@inline
function prepareInput(): void {
  if (inputTo) inputKey = (max(inputWish, load<i64>(run, RUN_INPUT_FREE)) << TIME_SHIFT) | OFFER;
}

/** A core's first copy will be offered when it is ready, unless it already is. */
// @ts-ignore: decorator
@inline
function prepare(timed: usize): void {
  if (load<u32>(timed, TIMED_SENDING)) return;
  const wish = nextWish(timed);
  if (wish == NEVER) return;
  store<u32>(timed, 1, TIMED_SENDING);
  setOffer(load<u32>(timed, TIMED_INDEX) + 1, wish);
}

/** When the core's next leak tick is due. */
// @ts-ignore: decorator
@inline
function nextTick(timed: usize): i64 {
  const head = load<u32>(timed, TIMED_TICK_HEAD);
  if (head == load<u32>(timed, TIMED_TICK_TAIL)) return NEVER;
  return load<i64>(load<usize>(timed, TIMED_TICKS) + ((head & load<u32>(timed, TIMED_TICK_MASK)) << 3));
}

/** When the core can start on what it knows of, if no spike of its own blocks it before. */
// @ts-ignore: decorator
@inline
function nextStart(timed: usize): i64 {
  let ready = nextTick(timed);
  if (load<u32>(timed, TIMED_WAITING)) {
    const entry = load<usize>(timed, TIMED_QUEUE) + load<u32>(timed, TIMED_HEAD) * QUEUE_BYTES;
    ready = min(ready, load<i64>(entry, QUEUE_CAME));
  }
  return ready == NEVER ? NEVER : earliest(timed, ready);
}

function wake(timed: usize, now: i64): void {
  // [D5] Frozen; the spike that leaves wakes the core again.
  if (nextWish(timed) < now) {
    setWake(timed, NEVER);
    return;
  }
  if (nextStart(timed) <= now) {
    const tick = nextTick(timed);
    if (tick <= now) {
      takeTick(timed, now, tick);
    } else {
      take(timed, now);
      if (load<u32>(timed, TIMED_OFFER_COUNT)) setArbitration(timed, now);
    }
    prepare(timed);
  }
  setWake(timed, nextStart(timed));
}

/** [D8] The core serves a leak tick: P neurons in each t_n. */
function takeTick(timed: usize, start: i64, tick: i64): void {
  store<u32>(timed, load<u32>(timed, TIMED_TICK_HEAD) + 1, TIMED_TICK_HEAD);
  store<i64>(timed, load<i64>(timed, TIMED_LEAKS) + 1, TIMED_LEAKS);
  const core = load<usize>(timed, TIMED_CORE);
  const height = load<u32>(core, CORE_HEIGHT);
  const neurons = height * load<u32>(core, CORE_WIDTH) * load<u32>(core, CORE_FEATURES);
  const units = load<u32>(timed, TIMED_UNITS);
  const own = start - load<i64>(timed, TIMED_SHIFT);
  for (let row: u32 = 0; row < height; row++) emitLeak(timed, core, sweepLeakRow(core, row), units, own, tick);
  busy(timed, start, leakDone(neurons - 1, units));
}

/** The core takes the first event of its queue. */
// @ts-ignore: decorator
@inline
function take(timed: usize, start: i64): void {
  const place = load<u32>(timed, TIMED_HEAD);
  const queue = load<usize>(timed, TIMED_QUEUE);
  const entry = queue + place * QUEUE_BYTES;
  store<i64>(entry, start, QUEUE_TAKEN);
  store<u32>(timed, place + 1 == depth ? 0 : place + 1, TIMED_HEAD);
  store<u32>(timed, load<u32>(timed, TIMED_WAITING) - 1, TIMED_WAITING);
  noteQueue(timed, queue, place, load<i64>(entry, QUEUE_CAME));
  work(timed, load<u32>(entry, QUEUE_ADDRESS), start, load<i64>(entry, QUEUE_CAUSE));
}

/** When the event is taken that had the next place in the queue of a core that is followed. */
// @ts-ignore: decorator
@inline
function roomAt(timed: usize): i64 {
  return load<i64>(load<usize>(timed, TIMED_QUEUE) + load<u32>(timed, TIMED_TAIL) * QUEUE_BYTES, QUEUE_TAKEN);
}

// @ts-ignore: decorator
@inline
function isFull(timed: usize, now: i64): bool {
  return load<u32>(timed, TIMED_FOLLOWED) ? roomAt(timed) > now : load<u32>(timed, TIMED_WAITING) == depth;
}

/** An event comes into the queue, which has room. */
// @ts-ignore: decorator
@inline
function push(timed: usize, address: u32, now: i64, cause: i64): void {
  store<i64>(timed, now + slot, TIMED_PORT_FREE);
  if (load<u32>(timed, TIMED_FOLLOWED)) {
    follow(timed, address, now, cause);
    return;
  }
  const place = load<u32>(timed, TIMED_TAIL);
  const entry = load<usize>(timed, TIMED_QUEUE) + place * QUEUE_BYTES;
  store<i64>(entry, now, QUEUE_CAME);
  store<i64>(entry, cause, QUEUE_CAUSE);
  store<u32>(entry, address, QUEUE_ADDRESS);
  store<u32>(timed, place + 1 == depth ? 0 : place + 1, TIMED_TAIL);
  store<u32>(timed, load<u32>(timed, TIMED_WAITING) + 1, TIMED_WAITING);
}

/** True when a core without leak could start at `now` on an event, and nothing waits before or behind it. */
// @ts-ignore: decorator
@inline
function isIdle(timed: usize, now: i64): bool {
  return (
    load<u32>(timed, TIMED_FOLLOWED) == 0 && load<u32>(timed, TIMED_WAITING) == 0 &&
    load<u32>(timed, TIMED_OUT_HEAD) == load<u32>(timed, TIMED_OUT_TAIL) && earliest(timed, now) == now
  );
}

/** An event passes the empty queue of an idle core. */
// @ts-ignore: decorator
@inline
function pass(timed: usize, address: u32, now: i64, cause: i64): void {
  const place = load<u32>(timed, TIMED_TAIL);
  const next = place + 1 == depth ? 0 : place + 1;
  store<i64>(load<usize>(timed, TIMED_QUEUE) + place * QUEUE_BYTES, now, QUEUE_TAKEN);
  store<u32>(timed, next, TIMED_HEAD);
  store<u32>(timed, next, TIMED_TAIL);
  store<i64>(timed, now + slot, TIMED_PORT_FREE);
  work(timed, address, now, cause);
  if (load<u32>(timed, TIMED_OUT_HEAD) != load<u32>(timed, TIMED_OUT_TAIL)) prepare(timed);
}

/** A sender's first copy is ready to go. */
function offer(sender: u32, now: i64): void {
  let to = inputTo;
  if (sender != INPUT) {
    const timed = timedAt(sender - 1);
    const free = load<i64>(timed, TIMED_SENDER_FREE);
    if (free > now) {
      setOffer(sender, free);
      return;
    }
    const entry = firstCopy(timed);
    to = load<usize>(entry, OUT_TO);
    if (to == 0) {
      show(timed, load<u32>(entry, OUT_ADDRESS), now, load<i64>(entry, OUT_CAUSE));
      left(sender, now);
      return;
    }
  }
  // Where nobody else can come, a copy that finds room need not wait for a decision. Without slots, though, a sender's
  // next copies of the same moment would overtake others'.
  if (
    load<u32>(to, TIMED_SOURCES) == 1 && slot > 0 && load<i64>(to, TIMED_PORT_FREE) <= now && !isFull(to, now)
  ) {
    if (sender == INPUT && !leaks && isIdle(to, now)) {
      pass(to, inputAddress, now, inputCause);
      left(sender, now);
      return;
    }
    enter(sender, to, now);
    if (load<u32>(to, TIMED_WAITING) == 1) {
      const start = nextStart(to);
      if (start == now) wake(to, now);
      else setWake(to, start);
    }
    return;
  }
  if (sender == INPUT) inputKey = NEVER;
  else setOffer(sender, NEVER);
  // Offers of one moment come in the order of their senders, but a later call of the same moment may bring another.
  const offers = load<usize>(to, TIMED_OFFERS);
  let at = load<u32>(to, TIMED_OFFER_COUNT);
  store<u32>(to, at + 1, TIMED_OFFER_COUNT);
  for (; at > 0; at--) {
    const other = load<u32>(offers + ((at - 1) << 2));
    if (other < sender || offeredAt(other) != now) break;
    store<u32>(offers + (at << 2), other);
  }
  store<u32>(offers + (at << 2), sender);
  setOfferedAt(sender, now);
  setArbitration(to, now);
}

// @ts-ignore: decorator
@inline
function firstCopy(timed: usize): usize {
  const head = load<u32>(timed, TIMED_OUT_HEAD);
  return load<usize>(timed, TIMED_OUTBOX) + (head & load<u32>(timed, TIMED_OUT_MASK)) * OUT_BYTES;
}

/** The input's stands where a core before the first would have it: see `RUN_BYTES`. */
// @ts-ignore: decorator
@inline
function offeredAt(sender: u32): i64 {
  return sender == INPUT ? inputOfferedAt : load<i64>(timedAt(sender - 1), TIMED_OFFERED_AT);
}

let inputOfferedAt: i64 = -1;

// @ts-ignore: decorator
@inline
function setOfferedAt(sender: u32, now: i64): void {
  if (sender == INPUT) inputOfferedAt = now;
  else store<i64>(timedAt(sender - 1), now, TIMED_OFFERED_AT);
}

/** A port takes what was offered first, as long as it is free and the queue has room. */
function arbitrate(timed: usize, now: i64): void {
  setArbitration(timed, NEVER);
  const offers = load<usize>(timed, TIMED_OFFERS);
  for (let count = load<u32>(timed, TIMED_OFFER_COUNT); count > 0; count--) {
    const portFree = load<i64>(timed, TIMED_PORT_FREE);
    const full = isFull(timed, now);
    if (full && !load<u32>(timed, TIMED_BALANCER)) {
      // Looked at again when the core takes an event, which is known already of a core that is followed.
      if (load<u32>(timed, TIMED_FOLLOWED)) setArbitration(timed, roomAt(timed));
      for (let i: u32 = 0; i < count; i++) {
        if (load<u32>(offers + (i << 2)) == INPUT) store<u32>(run, 1, RUN_INPUT_STUCK);
      }
      return;
    }
    if (portFree > now) {
      setArbitration(timed, portFree);
      return;
    }
    const sender = load<u32>(offers);
    memory.copy(offers, offers + 4, (count - 1) << 2);
    store<u32>(timed, count - 1, TIMED_OFFER_COUNT);
    if (full) {
      store<i64>(timed, load<i64>(timed, TIMED_DROPPED) + 1, TIMED_DROPPED);
      store<i64>(timed, now + slot, TIMED_PORT_FREE);
      left(sender, now);
    } else {
      enter(sender, timed, now);
      if (load<u32>(timed, TIMED_WAITING) == 1) setWake(timed, nextStart(timed));
    }
  }
}

/** A sender's first copy comes into a core's queue. */
// @ts-ignore: decorator
@inline
function enter(sender: u32, to: usize, now: i64): void {
  if (sender == INPUT) {
    push(to, inputAddress, now, inputCause);
  } else {
    const entry = firstCopy(timedAt(sender - 1));
    push(to, load<u32>(entry, OUT_ADDRESS), now, load<i64>(entry, OUT_CAUSE));
  }
  left(sender, now);
}

/** A sender's first copy has left. */
function left(sender: u32, now: i64): void {
  if (sender == INPUT) {
    inputKey = NEVER;
    noteWait(now - inputWish, load<u32>(run, RUN_INPUT_STUCK) != 0);
    store<u32>(run, 0, RUN_INPUT_STUCK);
    store<i64>(run, now + slot, RUN_INPUT_FREE);
    nextInput();
    prepareInput();
    return;
  }
  setOffer(sender, NEVER);
  const timed = timedAt(sender - 1);
  delivered(timed, nextWish(timed), now);
  setWake(timed, nextStart(timed));
  store<u32>(timed, 0, TIMED_SENDING);
  prepare(timed);
}
