// Exact time without an event queue, for networks without merges and leak, and for the cores behind the last merge; equal to emulator/timing/lazy-engine.ts, but
// by a shorter way.
//
// [D5] A copy of a spike leaves at max(when it is ready, when the sender is free, when its receiver took the event that
// had its place in the queue before), and what a core sends later is put off by what its copies had to wait so far. None
// of that depends on the core's next event. So a spike is followed to its end at once, depth first, and no copy is ever
// stored. What a later event must know is only which copies had to wait: those ready before it starts put off its start.
import {
  CORE_DECIMATOR, CORE_EMITTED, CORE_MONITOR, CORE_ROUTES, CORE_ROUTES_END, PAIR_BYTES, ROUTE_BYTES, ROUTE_FEATURES,
  ROUTE_HEIGHT, ROUTE_SHIFT, ROUTE_TIMED, ROUTE_WIDTH,
} from "../layout";
import {
  ENTRY_DONE, ENTRY_FREE, LATE_LEFT, LATE_WISH, OUT_BYTES, QUEUE_BYTES, RUN_BYTES, RUN_INPUT_FREE, RUN_INPUT_WISH,
  RUN_PAD_IN, TIMED_BALANCER, TIMED_BYTES, TIMED_CORE, TIMED_DROPPED,
  TIMED_LAST_DELIVERED, TIMED_LAST_WISH, TIMED_OUTBOX, TIMED_OUT_HEAD, TIMED_OUT_MASK, TIMED_OUT_TAIL, TIMED_QUEUE,
  TIMED_SENDER_FREE, TIMED_SENT_SHIFT, TIMED_SHIFT, TIMED_TAIL,
} from "../timed-layout";
import { countCopies, decimate } from "./route";
import { axisX, axisY, shapeOf, sweepWindow, windowOf } from "./sweep";
import { sweepTable } from "./sweep-table";
import { NEVER, arrives, busy, depth, earliest, fits, noteQueue, noteWait, putOff, run, show, slot, tOut } from "./timed-core";

/** Input events (packed addresses; times as 64-bit floats) to the cores [D5]: they wait in order at the pads. */
export function feedTimed(source: usize, addresses: usize, times: usize, events: u32): void {
  const routes = load<usize>(source, CORE_ROUTES);
  const end = load<usize>(source, CORE_ROUTES_END);
  if (end - routes == ROUTE_BYTES) feedOne(routes, addresses, times, events);
  else feedAll(routes, end, addresses, times, events);
}

/** `feedTimed` to one core, as it nearly always is: without a loop over routes, and their fields at hand. */
function feedOne(route: usize, addresses: usize, times: usize, events: u32): void {
  const to = load<usize>(route, ROUTE_TIMED);
  const shift = load<u32>(route, ROUTE_SHIFT);
  const height = load<u32>(route, ROUTE_HEIGHT);
  const width = load<u32>(route, ROUTE_WIDTH);
  const features = load<u32>(route, ROUTE_FEATURES);
  const padIn = load<i64>(run, RUN_PAD_IN);
  let free = load<i64>(run, RUN_INPUT_FREE);
  let lastWish = load<i64>(run, RUN_INPUT_WISH);
  let copies: u32 = 0;
  for (let i: u32 = 0; i < events; i++) {
    const address = load<u32>(addresses + (i << 2));
    const y = ((address >>> 10) & 1023) >>> shift;
    const x = (address & 1023) >>> shift;
    if (y >= height) continue;
    if (x >= width) continue;
    copies++;
    const cause = load<f64>(times + (i << 3)) as i64;
    lastWish = max(cause + padIn, lastWish);
    const ready = max(lastWish, free);
    const left = enterHere(to, (address & 0xfff00000) + features + ((y << 10) | x), ready, cause);
    if (left != lastWish) noteWait(left - lastWish, left > ready);
    free = left + slot;
  }
  countCopies(route, copies, events);
  store<i64>(run, free, RUN_INPUT_FREE);
  store<i64>(run, lastWish, RUN_INPUT_WISH);
}

function feedAll(firstRoute: usize, end: usize, addresses: usize, times: usize, events: u32): void {
  const padIn = load<i64>(run, RUN_PAD_IN);
  let free = load<i64>(run, RUN_INPUT_FREE);
  let lastWish = load<i64>(run, RUN_INPUT_WISH);
  for (let i: u32 = 0; i < events; i++) {
    const address = load<u32>(addresses + (i << 2));
    const cause = load<f64>(times + (i << 3)) as i64;
    let wish = cause + padIn;
    for (let route = firstRoute; route < end; route += ROUTE_BYTES) {
      const shift = load<u32>(route, ROUTE_SHIFT);
      const y = ((address >>> 10) & 1023) >>> shift;
      const x = (address & 1023) >>> shift;
      if (!fits(route, y, x)) continue;
      lastWish = max(wish, lastWish);
      const ready = max(lastWish, free);
      const left = enter(load<usize>(route, ROUTE_TIMED), arrives(route, address, y, x), ready, cause);
      if (left != lastWish) noteWait(left - lastWish, left > ready);
      free = left + slot;
      wish += slot;
    }
  }
  store<i64>(run, free, RUN_INPUT_FREE);
  store<i64>(run, lastWish, RUN_INPUT_WISH);
}

/** The end of a run: all cores stand still for as long as their copies waited. */
export function settleTimed(coreCount: i32): void {
  const end = run + RUN_BYTES + coreCount * TIMED_BYTES;
  for (let timed = run + RUN_BYTES; timed < end; timed += TIMED_BYTES) settle(timed, 0, NEVER);
}

/**
 * An event that is ready at `ready` enters the core's queue, is worked on and followed to its end; or it is dropped [R9].
 *
 * @returns when it entered
 */
export function enter(timed: usize, address: u32, ready: i64, cause: i64): i64 {
  return enterHere(timed, address, ready, cause);
}

/** `enter` without a call, for a loop over many events. */
// @ts-ignore: decorator
@inline
function enterHere(timed: usize, address: u32, ready: i64, cause: i64): i64 {
  const place = load<u32>(timed, TIMED_TAIL);
  const queue = load<usize>(timed, TIMED_QUEUE);
  // The event that had this place before is the one that must have been taken.
  const room = load<i64>(queue + place * QUEUE_BYTES);
  if (room > ready) {
    if (load<u32>(timed, TIMED_BALANCER)) {
      store<i64>(timed, load<i64>(timed, TIMED_DROPPED) + 1, TIMED_DROPPED);
      return ready;
    }
  }
  const came = max(ready, room);
  store<u32>(timed, place + 1 == depth ? 0 : place + 1, TIMED_TAIL);
  let start = earliest(timed, came);
  if (load<u32>(timed, TIMED_OUT_HEAD) != load<u32>(timed, TIMED_OUT_TAIL)) start = settle(timed, came, start);
  store<i64>(queue + place * QUEUE_BYTES, start);
  noteQueue(timed, queue, place, came);

  // [D2]
  const core = load<usize>(timed, TIMED_CORE);
  const inFeature = address >>> 20;
  const atY = axisY(core, address);
  const atX = axisX(core, address);
  const window = windowOf(core, inFeature, atY, atX);
  const entry = sweepTable(run, timed, inFeature, atY, atX, window);
  busy(timed, start, load<u32>(entry, ENTRY_FREE));
  const end = sweepWindow(core, inFeature, atY, atX, window, shapeOf(atY, atX));
  if (end != load<usize>(core, CORE_EMITTED)) {
    const own = start - load<i64>(timed, TIMED_SHIFT);
    emit(timed, core, end, load<usize>(entry, ENTRY_DONE), own + tOut, cause);
  }
  return came;
}

/**
 * [D5] Copies that waited and were ready before the start of the next event have frozen the core, which puts that start
 * off. At a tie the core starts.
 *
 * @param came when the event came
 * @param start when it could start but for these copies
 */
function settle(timed: usize, came: i64, start: i64): i64 {
  const late = load<usize>(timed, TIMED_OUTBOX);
  const mask = load<u32>(timed, TIMED_OUT_MASK);
  const tail = load<u32>(timed, TIMED_OUT_TAIL);
  let head = load<u32>(timed, TIMED_OUT_HEAD);
  for (; head != tail; head++) {
    const entry = late + (head & mask) * OUT_BYTES;
    const wish = load<i64>(entry, LATE_WISH);
    if (wish >= start) break;
    const left = load<i64>(entry, LATE_LEFT);
    store<i64>(timed, left, TIMED_LAST_DELIVERED);
    putOff(timed, wish, left - wish);
    if (start != NEVER) start = earliest(timed, came);
  }
  store<u32>(timed, head, TIMED_OUT_HEAD);
  return start;
}

/**
 * [R6] [D4] The copies of an event's spikes leave in order: destination 0, destination 1, monitor; one router slot each.
 *
 * @param done sweep table: when each tap is done, from the start
 * @param leaves when a tap that is done at the start leaves, in the core's own time
 */
// @ts-ignore: decorator
@inline
function emit(timed: usize, core: usize, end: usize, done: usize, leaves: i64, cause: i64): void {
  const monitored = load<u32>(core, CORE_MONITOR);
  const decimates = load<u32>(core, CORE_DECIMATOR) > 1;
  const routes = load<usize>(core, CORE_ROUTES);
  const routesEnd = load<usize>(core, CORE_ROUTES_END);
  if ((monitored | (decimates ? 1 : 0)) == 0) {
    if (routesEnd - routes == ROUTE_BYTES) {
      emitOne(timed, core, routes, end, done, leaves, cause);
      return;
    }
  }
  let latest = load<i64>(timed, TIMED_LAST_WISH);
  let shift = load<i64>(timed, TIMED_SENT_SHIFT);
  let free = load<i64>(timed, TIMED_SENDER_FREE);
  // What a spike sets off happens on other cores: there are no cycles.
  for (let spike = load<usize>(core, CORE_EMITTED); spike < end; spike += PAIR_BYTES) {
    if (decimates && decimate(core)) continue;
    const address = load<u32>(spike);
    let wish = leaves + (load<u32>(done + (load<u32>(spike, 4) << 2)) as i64);
    for (let route = routes; route < routesEnd; route += ROUTE_BYTES) {
      const pool = load<u32>(route, ROUTE_SHIFT);
      const y = ((address >>> 10) & 1023) >>> pool;
      const x = (address & 1023) >>> pool;
      if (!fits(route, y, x)) continue;
      latest = max(wish, latest);
      const due = latest + shift;
      const left = enter(load<usize>(route, ROUTE_TIMED), arrives(route, address, y, x), max(due, free), cause);
      if (left != due) shift += noteLate(timed, due, left);
      free = left + slot;
      wish += slot;
    }
    if (monitored) {
      latest = max(wish, latest);
      const due = latest + shift;
      const left = max(due, free);
      show(timed, address, left, cause);
      if (left != due) shift += noteLate(timed, due, left);
      free = left + slot;
    }
  }
  store<i64>(timed, latest, TIMED_LAST_WISH);
  store<i64>(timed, shift, TIMED_SENT_SHIFT);
  store<i64>(timed, free, TIMED_SENDER_FREE);
}

/** `emit` to one destination and nowhere else, as it nearly always is. */
// @ts-ignore: decorator
@inline
function emitOne(timed: usize, core: usize, route: usize, end: usize, done: usize, leaves: i64, cause: i64): void {
  let latest = load<i64>(timed, TIMED_LAST_WISH);
  let shift = load<i64>(timed, TIMED_SENT_SHIFT);
  let free = load<i64>(timed, TIMED_SENDER_FREE);
  let spike = load<usize>(core, CORE_EMITTED);
  do {
    const address = load<u32>(spike);
    const wish = leaves + (load<u32>(done + (load<u32>(spike, 4) << 2)) as i64);
    const pool = load<u32>(route, ROUTE_SHIFT);
    const y = ((address >>> 10) & 1023) >>> pool;
    const x = (address & 1023) >>> pool;
    spike += PAIR_BYTES;
    if (!fits(route, y, x)) continue;
    latest = max(wish, latest);
    const due = latest + shift;
    const left = enter(load<usize>(route, ROUTE_TIMED), arrives(route, address, y, x), max(due, free), cause);
    if (left != due) shift += noteLate(timed, due, left);
    free = left + slot;
  } while (spike < end);
  store<i64>(timed, latest, TIMED_LAST_WISH);
  store<i64>(timed, shift, TIMED_SENT_SHIFT);
  store<i64>(timed, free, TIMED_SENDER_FREE);
}

/** A copy that was ready at `due` left at `left`, later; says by how much. */
function noteLate(timed: usize, due: i64, left: i64): i64 {
  const tail = load<u32>(timed, TIMED_OUT_TAIL);
  const entry = load<usize>(timed, TIMED_OUTBOX) + (tail & load<u32>(timed, TIMED_OUT_MASK)) * OUT_BYTES;
  store<i64>(entry, due, LATE_WISH);
  store<i64>(entry, left, LATE_LEFT);
  store<u32>(timed, tail + 1, TIMED_OUT_TAIL);
  return left - due;
}
