// Exact time without an event queue, for networks without merges and leak: emulator/timing/lazy-engine.ts in WebAssembly,
// on the sweeps of the SIMD kernel. That file says what happens and why.
import { CORE_ROUTES, CORE_ROUTES_END, ROUTE_BYTES, ROUTE_SHIFT, ROUTE_TIMED } from "../layout";
import {
  OUT_ADDRESS, OUT_BYTES, OUT_CAUSE, OUT_TO, QUEUE_BYTES, RUN_BYTES, RUN_INPUT_FREE, RUN_INPUT_WISH, RUN_PAD_IN,
  TIMED_BALANCER, TIMED_BYTES, TIMED_DROPPED, TIMED_OUTBOX, TIMED_OUT_HEAD, TIMED_OUT_MASK, TIMED_QUEUE,
  TIMED_SENDER_FREE, TIMED_TAIL,
} from "../timed-layout";
import {
  NEVER, arrives, delivered, depth, earliest, fits, nextWish, noteQueue, noteWait, run, show, slot, work,
} from "./timed-core";

/** Input events (packed addresses; times as 64-bit floats) to the cores [D5]: they wait in order at the pads. */
export function feedTimed(source: usize, addresses: usize, times: usize, events: u32): void {
  const firstRoute = load<usize>(source, CORE_ROUTES);
  const end = load<usize>(source, CORE_ROUTES_END);
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
      const left = enterInPlace(load<usize>(route, ROUTE_TIMED), arrives(route, address, y, x), ready, cause);
      if (left != lastWish) noteWait(left - lastWish, left > ready);
      free = left + slot;
      wish += slot;
    }
  }
  store<i64>(run, free, RUN_INPUT_FREE);
  store<i64>(run, lastWish, RUN_INPUT_WISH);
}

/**
 * Every copy that leaves before `certain` (a 64-bit float; infinity: all), in network order. What has come later may
 * still find an event that starts before it leaves.
 */
export function drainTimed(coreCount: i32, certainPs: f64): void {
  const certain = certainPs < 9.2e18 ? (certainPs as i64) : NEVER;
  const end = run + RUN_BYTES + coreCount * TIMED_BYTES;
  for (let timed = run + RUN_BYTES; timed < end; timed += TIMED_BYTES) {
    for (let wish = nextWish(timed); wish < certain; wish = nextWish(timed)) deliver(timed, wish);
  }
}

/** The first copy in the outbox leaves; what it waits, the core stands still [D5]. */
function deliver(timed: usize, wish: i64): void {
  const head = load<u32>(timed, TIMED_OUT_HEAD);
  const entry = load<usize>(timed, TIMED_OUTBOX) + (head & load<u32>(timed, TIMED_OUT_MASK)) * OUT_BYTES;
  const ready = max(wish, load<i64>(timed, TIMED_SENDER_FREE));
  const to = load<usize>(entry, OUT_TO);
  const cause = load<i64>(entry, OUT_CAUSE);
  const address = load<u32>(entry, OUT_ADDRESS);
  let left = ready;
  if (to) left = enter(to, address, ready, cause);
  else show(timed, address, ready, cause);
  delivered(timed, wish, left);
}

/** `enterInPlace` for what comes from another core. */
function enter(timed: usize, address: u32, ready: i64, cause: i64): i64 {
  return enterInPlace(timed, address, ready, cause);
}

/**
 * When an event that is ready at `ready` enters the core's queue, or is dropped [R9].
 *
 * The core takes it at once as far as this program is concerned: all that came before is taken already, so the moment of
 * its start is known as soon as the copies that leave before it have left.
 */
// @ts-ignore: decorator
@inline
function enterInPlace(timed: usize, address: u32, ready: i64, cause: i64): i64 {
  const place = load<u32>(timed, TIMED_TAIL);
  const queue = load<usize>(timed, TIMED_QUEUE);
  // The event that had this place before is the one that must have been taken.
  const room = load<i64>(queue + place * QUEUE_BYTES);
  if (room > ready && load<u32>(timed, TIMED_BALANCER)) {
    store<i64>(timed, load<i64>(timed, TIMED_DROPPED) + 1, TIMED_DROPPED);
    return ready;
  }
  const came = max(ready, room);
  store<u32>(timed, place + 1 == depth ? 0 : place + 1, TIMED_TAIL);
  let start = earliest(timed, came);
  // A spike that is ready before the start has to leave first: it may freeze the core. At a tie the core starts.
  for (let wish = nextWish(timed); wish < start; wish = nextWish(timed)) {
    deliver(timed, wish);
    start = earliest(timed, came);
  }
  store<i64>(queue + place * QUEUE_BYTES, start);
  if (came < start) noteQueue(timed, queue, place, came);
  work(timed, address, start, cause);
  return came;
}
