// Exact time without an event queue, for networks without merges and leak: emulator/timing/lazy-engine.ts in WebAssembly,
// on the sweeps of the SIMD kernel. That file and timed-core.ts say what happens and why.
import {
  CORE_DECIMATOR, CORE_EMITTED, CORE_INDEX, CORE_MONITOR, CORE_ROUTES, CORE_ROUTES_END, PAIR_BYTES,
  ROUTE_BYTES, ROUTE_COPIES, ROUTE_DROPPED, ROUTE_FEATURES, ROUTE_HEIGHT, ROUTE_SHIFT, ROUTE_TIMED, ROUTE_WIDTH,
} from "../layout";
import {
  ENTRY_DONE, ENTRY_FREE, OUT_ADDRESS, OUT_BYTES, OUT_CAUSE, OUT_TO, OUT_WISH, RUN_BYTES, RUN_DEPTH, RUN_INPUT_BLOCKED, RUN_INPUT_FREE, RUN_INPUT_WAIT, RUN_INPUT_WISH, RUN_PAD_IN, RUN_SLOT,
  RUN_T_OUT, SPIKE_ADDRESS, SPIKE_BYTES, SPIKE_CAUSE, SPIKE_CORE, SPIKE_TIME, TIMED_BALANCER,
  TIMED_BUSY, TIMED_BYTES, TIMED_CORE, TIMED_DROPPED, TIMED_END, TIMED_FREE, TIMED_LAST_DELIVERED,
  TIMED_LAST_WISH, TIMED_MAX_QUEUE, TIMED_OUTBOX, TIMED_OUT_HEAD, TIMED_OUT_MASK, TIMED_OUT_TAIL, TIMED_QUEUE,
  TIMED_SENDER_FREE, TIMED_SHIFT, TIMED_TAIL,
} from "../timed-layout";
import { decimate } from "./route";
import { axisX, axisY, sweepWindow, windowOf } from "./sweep";
import { sweepTable } from "./sweep-table";

const NEVER: i64 = i64.MAX_VALUE;

/** The run's record; the cores' records follow it. */
let run: usize = 0;
let depth: u32 = 0;
let slot: i64 = 0;
let tOut: i64 = 0;
let sink: usize = 0;

/** Says where the run's record lies, and where monitored spikes go: the last thing in memory, because it grows. */
export function placeTimed(record: usize, firstSpike: usize): void {
  run = record;
  depth = load<u32>(run, RUN_DEPTH);
  slot = load<i64>(run, RUN_SLOT);
  tOut = load<i64>(run, RUN_T_OUT);
  sink = firstSpike;
}

/** The end of the monitored spikes. */
export function endOfTimedSink(): usize {
  return sink;
}

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

/** An input event had to wait: for its turn, or because it met a full queue. */
function noteWait(wait: i64, full: bool): void {
  if (full) store<i64>(run, load<i64>(run, RUN_INPUT_BLOCKED) + 1, RUN_INPUT_BLOCKED);
  store<i64>(run, max(load<i64>(run, RUN_INPUT_WAIT), wait), RUN_INPUT_WAIT);
}

/** True when a pooled place lies in the destination's map; counts the copy or the drop. */
// @ts-ignore: decorator
@inline
function fits(route: usize, y: u32, x: u32): bool {
  const inside = y < load<u32>(route, ROUTE_HEIGHT) && x < load<u32>(route, ROUTE_WIDTH);
  const counter = route + (inside ? ROUTE_COPIES : ROUTE_DROPPED);
  store<u64>(counter, load<u64>(counter) + 1);
  return inside;
}

/** The address as the destination sees it, from the pooled place. */
// @ts-ignore: decorator
@inline
function arrives(route: usize, address: u32, y: u32, x: u32): u32 {
  return (address & 0xfff00000) + load<u32>(route, ROUTE_FEATURES) + ((y << 10) | x);
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

// @ts-ignore: decorator
@inline
function nextWish(timed: usize): i64 {
  const head = load<u32>(timed, TIMED_OUT_HEAD);
  if (head == load<u32>(timed, TIMED_OUT_TAIL)) return NEVER;
  const entry = load<usize>(timed, TIMED_OUTBOX) + (head & load<u32>(timed, TIMED_OUT_MASK)) * OUT_BYTES;
  return load<i64>(entry, OUT_WISH) + load<i64>(timed, TIMED_SHIFT);
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
  store<u32>(timed, head + 1, TIMED_OUT_HEAD);
  store<i64>(timed, left + slot, TIMED_SENDER_FREE);
  store<i64>(timed, left, TIMED_LAST_DELIVERED);
  const wait = left - wish;
  if (wait == 0) return;
  store<i64>(timed, load<i64>(timed, TIMED_SHIFT) + wait, TIMED_SHIFT);
  if (wish < load<i64>(timed, TIMED_END)) store<i64>(timed, load<i64>(timed, TIMED_END) + wait, TIMED_END);
}

function show(timed: usize, address: u32, time: i64, cause: i64): void {
  const pages = ((sink + SPIKE_BYTES + 0xffff) >>> 16) as i32;
  const missing = pages - memory.size();
  if (missing > 0 && memory.grow(max(missing, memory.size())) < 0 && memory.grow(missing) < 0) unreachable();
  store<f64>(sink, time as f64, SPIKE_TIME);
  store<f64>(sink, cause as f64, SPIKE_CAUSE);
  store<u32>(sink, address, SPIKE_ADDRESS);
  store<u32>(sink, load<u32>(load<usize>(timed, TIMED_CORE), CORE_INDEX), SPIKE_CORE);
  sink += SPIKE_BYTES;
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
  const room = load<i64>(queue + (place << 3));
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
  store<i64>(queue + (place << 3), start);
  if (came < start) noteQueue(timed, queue, place, came);

  const core = load<usize>(timed, TIMED_CORE);
  const inFeature = address >>> 20;
  const atY = axisY(core, address);
  const atX = axisX(core, address);
  const window = windowOf(core, inFeature, atY, atX);
  const entry = sweepTable(run, timed, inFeature, atY, atX, window);
  const own = start - load<i64>(timed, TIMED_SHIFT);
  const work: i64 = load<u32>(entry, ENTRY_FREE);
  store<i64>(timed, own + work, TIMED_FREE);
  store<i64>(timed, start + work, TIMED_END);
  store<i64>(timed, load<i64>(timed, TIMED_BUSY) + work, TIMED_BUSY);
  const end = sweepWindow(core, inFeature, atY, atX, window);
  if (end != load<usize>(core, CORE_EMITTED)) emit(timed, core, end, load<usize>(entry, ENTRY_DONE), own + tOut, cause);
  return came;
}

// @ts-ignore: decorator
@inline
function earliest(timed: usize, came: i64): i64 {
  const free = load<i64>(timed, TIMED_FREE) + load<i64>(timed, TIMED_SHIFT);
  return max(max(came, free), load<i64>(timed, TIMED_LAST_DELIVERED));
}

/** How many waited when the event of a place came: those not taken by then. Places never used were taken "at -1". */
function noteQueue(timed: usize, queue: usize, place: u32, came: i64): void {
  let most = load<u32>(timed, TIMED_MAX_QUEUE);
  while (most < depth) {
    const at = place >= most ? place - most : place + depth - most;
    if (load<i64>(queue + (at << 3)) <= came) break;
    most++;
  }
  store<u32>(timed, most, TIMED_MAX_QUEUE);
}

/** [R6] [D4] Copies in order: destination 0, destination 1, monitor; one router slot each. */
function emit(timed: usize, core: usize, end: usize, done: usize, leaves: i64, cause: i64): void {
  const outbox = load<usize>(timed, TIMED_OUTBOX);
  const mask = load<u32>(timed, TIMED_OUT_MASK);
  const monitored = load<u32>(core, CORE_MONITOR);
  const decimates = load<u32>(core, CORE_DECIMATOR) > 1;
  const routes = load<usize>(core, CORE_ROUTES);
  const routesEnd = load<usize>(core, CORE_ROUTES_END);
  let tail = load<u32>(timed, TIMED_OUT_TAIL);
  let latest = load<i64>(timed, TIMED_LAST_WISH);
  for (let spike = load<usize>(core, CORE_EMITTED); spike < end; spike += PAIR_BYTES) {
    if (decimates && decimate(core)) continue;
    const address = load<u32>(spike);
    let wish = leaves + (load<u32>(done + (load<u32>(spike, 4) << 2)) as i64);
    for (let route = routes; route < routesEnd; route += ROUTE_BYTES) {
      const shift = load<u32>(route, ROUTE_SHIFT);
      const y = ((address >>> 10) & 1023) >>> shift;
      const x = (address & 1023) >>> shift;
      if (!fits(route, y, x)) continue;
      latest = max(wish, latest);
      put(outbox + (tail++ & mask) * OUT_BYTES, latest, cause, arrives(route, address, y, x), load<usize>(route, ROUTE_TIMED));
      wish += slot;
    }
    if (monitored) {
      latest = max(wish, latest);
      put(outbox + (tail++ & mask) * OUT_BYTES, latest, cause, address, 0);
    }
  }
  store<u32>(timed, tail, TIMED_OUT_TAIL);
  store<i64>(timed, latest, TIMED_LAST_WISH);
}

// @ts-ignore: decorator
@inline
function put(entry: usize, wish: i64, cause: i64, address: u32, to: usize): void {
  store<i64>(entry, wish, OUT_WISH);
  store<i64>(entry, cause, OUT_CAUSE);
  store<u32>(entry, address, OUT_ADDRESS);
  store<usize>(entry, to, OUT_TO);
}
