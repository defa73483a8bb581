// Exact time without an event queue, for networks without merges and leak: emulator/timing/lazy-engine.ts in WebAssembly,
// on the sweeps of the SIMD kernel. That file and timed-core.ts say what happens and why.
import {
  CORE_DECIMATOR, CORE_EMITTED, CORE_INDEX, CORE_MONITOR, CORE_ROUTES, CORE_ROUTES_END, PAIR_BYTES,
  ROUTE_BYTES, ROUTE_COPIES, ROUTE_CORE, ROUTE_DROPPED, ROUTE_HEIGHT, ROUTE_SHIFT, ROUTE_WIDTH,
} from "../layout";
import {
  OUT_ADDRESS, OUT_BYTES, OUT_CAUSE, OUT_TO, OUT_WISH, QUEUE_ADDRESS, QUEUE_BYTES, QUEUE_CAME, QUEUE_CAUSE, QUEUE_TAKEN,
  RUN_BYTES, RUN_DEPTH, RUN_INPUT_BLOCKED, RUN_INPUT_FREE, RUN_INPUT_WAIT, RUN_INPUT_WISH, RUN_PAD_IN, RUN_SLOT,
  RUN_T_OUT, SPIKE_ADDRESS, SPIKE_BYTES, SPIKE_CAUSE, SPIKE_CORE, SPIKE_TIME, TABLE_DONE, TABLE_FREE, TIMED_BALANCER,
  TIMED_BUSY, TIMED_BYTES, TIMED_CORE, TIMED_DROPPED, TIMED_END, TIMED_FREE, TIMED_HEAD, TIMED_LAST_DELIVERED,
  TIMED_LAST_WISH, TIMED_MAX_QUEUE, TIMED_OUTBOX, TIMED_OUT_HEAD, TIMED_OUT_MASK, TIMED_OUT_TAIL, TIMED_QUEUE,
  TIMED_SENDER_FREE, TIMED_SHIFT, TIMED_TAIL, TIMED_WAITING,
} from "../timed-layout";
import { decimate, routed } from "./route";
import { sweep } from "./sweep";
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

// @ts-ignore: decorator
@inline
function timedOf(core: usize): usize {
  return run + RUN_BYTES + load<u32>(core, CORE_INDEX) * TIMED_BYTES;
}

/** True when the spike's place, pooled, lies in the destination's map; counts the copy or the drop. */
// @ts-ignore: decorator
@inline
function passes(route: usize, address: u32): bool {
  const shift = load<u32>(route, ROUTE_SHIFT);
  const inside =
    ((address >>> 10) & 1023) >>> shift < load<u32>(route, ROUTE_HEIGHT) &&
    (address & 1023) >>> shift < load<u32>(route, ROUTE_WIDTH);
  const counter = route + (inside ? ROUTE_COPIES : ROUTE_DROPPED);
  store<u64>(counter, load<u64>(counter) + 1);
  return inside;
}

/** Input events (packed addresses; times as 64-bit floats) into the cores' queues, as far as that makes cores run. */
export function feedTimed(source: usize, addresses: usize, times: usize, events: u32): void {
  const end = load<usize>(source, CORE_ROUTES_END);
  for (let i: u32 = 0; i < events; i++) {
    const address = load<u32>(addresses + (i << 2));
    const cause = load<f64>(times + (i << 3)) as i64;
    let wish = cause + load<i64>(run, RUN_PAD_IN);
    for (let route = load<usize>(source, CORE_ROUTES); route < end; route += ROUTE_BYTES) {
      if (!passes(route, address)) continue;
      const inOrder = max(wish, load<i64>(run, RUN_INPUT_WISH));
      const ready = max(inOrder, load<i64>(run, RUN_INPUT_FREE));
      const left = enter(timedOf(load<usize>(route, ROUTE_CORE)), routed(route, address), ready, cause);
      if (left > ready) store<i64>(run, load<i64>(run, RUN_INPUT_BLOCKED) + 1, RUN_INPUT_BLOCKED);
      store<i64>(run, max(load<i64>(run, RUN_INPUT_WAIT), left - inOrder), RUN_INPUT_WAIT);
      store<i64>(run, left + slot, RUN_INPUT_FREE);
      store<i64>(run, inOrder, RUN_INPUT_WISH);
      wish += slot;
    }
  }
}

/** Everything that happens before `certain` (a 64-bit float; infinity: all), in network order. */
export function drainTimed(coreCount: i32, certainPs: f64): void {
  const certain = certainPs < 9.2e18 ? (certainPs as i64) : NEVER;
  const end = run + RUN_BYTES + coreCount * TIMED_BYTES;
  for (let timed = run + RUN_BYTES; timed < end; timed += TIMED_BYTES) {
    for (;;) {
      const start = nextStart(timed);
      const wish = nextWish(timed);
      if (min(start, wish) >= certain) break;
      step(timed, start, wish);
    }
  }
}

// @ts-ignore: decorator
@inline
function nextStart(timed: usize): i64 {
  if (load<u32>(timed, TIMED_WAITING) == 0) return NEVER;
  const came = load<i64>(load<usize>(timed, TIMED_QUEUE) + load<u32>(timed, TIMED_HEAD) * QUEUE_BYTES, QUEUE_CAME);
  const free = load<i64>(timed, TIMED_FREE) + load<i64>(timed, TIMED_SHIFT);
  return max(max(came, free), load<i64>(timed, TIMED_LAST_DELIVERED));
}

// @ts-ignore: decorator
@inline
function nextWish(timed: usize): i64 {
  const head = load<u32>(timed, TIMED_OUT_HEAD);
  if (head == load<u32>(timed, TIMED_OUT_TAIL)) return NEVER;
  const entry = load<usize>(timed, TIMED_OUTBOX) + (head & load<u32>(timed, TIMED_OUT_MASK)) * OUT_BYTES;
  return load<i64>(entry, OUT_WISH) + load<i64>(timed, TIMED_SHIFT);
}

// @ts-ignore: decorator
@inline
function step(timed: usize, start: i64, wish: i64): void {
  if (wish < start) deliver(timed, wish);
  else take(timed, start);
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

/** When an event that is ready at `ready` enters the core's queue, or is dropped [R9]. */
function enter(timed: usize, address: u32, ready: i64, cause: i64): i64 {
  while (load<u32>(timed, TIMED_WAITING) >= depth) step(timed, nextStart(timed), nextWish(timed));
  const tail = load<u32>(timed, TIMED_TAIL);
  const entry = load<usize>(timed, TIMED_QUEUE) + tail * QUEUE_BYTES;
  // The event that had this slot before is the one that must have been taken.
  const entered = max(ready, load<i64>(entry, QUEUE_TAKEN));
  if (entered > ready && load<u32>(timed, TIMED_BALANCER)) {
    store<i64>(timed, load<i64>(timed, TIMED_DROPPED) + 1, TIMED_DROPPED);
    return ready;
  }
  store<u32>(entry, address, QUEUE_ADDRESS);
  store<i64>(entry, entered, QUEUE_CAME);
  store<i64>(entry, cause, QUEUE_CAUSE);
  store<u32>(timed, tail + 1 == depth ? 0 : tail + 1, TIMED_TAIL);
  store<u32>(timed, load<u32>(timed, TIMED_WAITING) + 1, TIMED_WAITING);
  return entered;
}

/** The core takes the first event of its queue. */
function take(timed: usize, start: i64): void {
  const head = load<u32>(timed, TIMED_HEAD);
  const queue = load<usize>(timed, TIMED_QUEUE);
  const entry = queue + head * QUEUE_BYTES;
  const address = load<u32>(entry, QUEUE_ADDRESS);
  store<i64>(entry, start, QUEUE_TAKEN);
  store<u32>(timed, head + 1 == depth ? 0 : head + 1, TIMED_HEAD);
  store<u32>(timed, load<u32>(timed, TIMED_WAITING) - 1, TIMED_WAITING);
  const came = load<i64>(entry, QUEUE_CAME);
  if (came < start) noteQueue(timed, queue, head, came);

  const core = load<usize>(timed, TIMED_CORE);
  const end = sweep(core, address);
  const table = sweepTable(run, timed, address);
  const own = start - load<i64>(timed, TIMED_SHIFT);
  const work = load<i64>(table, TABLE_FREE);
  store<i64>(timed, own + work, TIMED_FREE);
  store<i64>(timed, start + work, TIMED_END);
  store<i64>(timed, load<i64>(timed, TIMED_BUSY) + work, TIMED_BUSY);
  if (end != load<usize>(core, CORE_EMITTED)) emit(timed, core, end, table, own + tOut, load<i64>(entry, QUEUE_CAUSE));
}

/** How many waited when the event in slot `head` came: those not taken by then. Slots never used were taken "at -1". */
function noteQueue(timed: usize, queue: usize, head: u32, came: i64): void {
  let most = load<u32>(timed, TIMED_MAX_QUEUE);
  while (most < depth) {
    const at = head >= most ? head - most : head + depth - most;
    if (load<i64>(queue + at * QUEUE_BYTES, QUEUE_TAKEN) <= came) break;
    most++;
  }
  store<u32>(timed, most, TIMED_MAX_QUEUE);
}

/** [R6] [D4] Copies in order: destination 0, destination 1, monitor; one router slot each. */
function emit(timed: usize, core: usize, end: usize, table: usize, leaves: i64, cause: i64): void {
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
    let wish = leaves + load<i64>(table + (load<u32>(spike, 4) << 3), TABLE_DONE);
    for (let route = routes; route < routesEnd; route += ROUTE_BYTES) {
      if (!passes(route, address)) continue;
      latest = max(wish, latest);
      put(outbox + (tail++ & mask) * OUT_BYTES, latest, cause, routed(route, address), timedOf(load<usize>(route, ROUTE_CORE)));
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
