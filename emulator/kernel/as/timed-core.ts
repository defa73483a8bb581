// What the timed engines in WebAssembly do alike [D2] [D4] [D5]: a core's work on an event, and its spikes on their way out.
// emulator/timing/timed-core.ts says what happens and why.
import {
  CORE_DECIMATOR, CORE_EMITTED, CORE_INDEX, CORE_MONITOR, CORE_ROUTES, CORE_ROUTES_END, PAIR_BYTES,
  ROUTE_BYTES, ROUTE_COPIES, ROUTE_DROPPED, ROUTE_FEATURES, ROUTE_HEIGHT, ROUTE_SHIFT, ROUTE_TIMED, ROUTE_WIDTH,
} from "../layout";
import {
  ENTRY_DONE, ENTRY_FREE, OUT_ADDRESS, OUT_BYTES, OUT_CAUSE, OUT_TO, OUT_WISH, QUEUE_BYTES, RUN_DEPTH, RUN_INPUT_BLOCKED,
  RUN_INPUT_WAIT, RUN_SLOT, RUN_T_NEURON, RUN_T_OUT, SPIKE_ADDRESS, SPIKE_BYTES, SPIKE_CAUSE, SPIKE_CORE, SPIKE_TIME, TIMED_BUSY,
  TIMED_CORE, TIMED_END, TIMED_FREE, TIMED_LAST_DELIVERED, TIMED_LAST_WISH, TIMED_MAX_QUEUE, TIMED_OUTBOX,
  TIMED_OUT_HEAD, TIMED_OUT_MASK, TIMED_OUT_TAIL, TIMED_SENDER_FREE, TIMED_SHIFT,
} from "../timed-layout";
import { decimate } from "./route";
import { axisX, axisY, shapeOf, sweepWindow, windowOf } from "./sweep";
import { sweepTable } from "./sweep-table";

export const NEVER: i64 = i64.MAX_VALUE;

/** The run's record; the cores' records follow it. */
export let run: usize = 0;
export let depth: u32 = 0;
export let slot: i64 = 0;
export let tOut: i64 = 0;
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

/** An input event had to wait: for its turn, or because it met a full queue. */
export function noteWait(wait: i64, full: bool): void {
  if (full) store<i64>(run, load<i64>(run, RUN_INPUT_BLOCKED) + 1, RUN_INPUT_BLOCKED);
  store<i64>(run, max(load<i64>(run, RUN_INPUT_WAIT), wait), RUN_INPUT_WAIT);
}

/** True when a pooled place lies in the destination's map; counts the copy or the drop. */
// @ts-ignore: decorator
@inline
export function fits(route: usize, y: u32, x: u32): bool {
  // Nested: the compilers make a number of a compound condition, and test that.
  if (y < load<u32>(route, ROUTE_HEIGHT)) {
    if (x < load<u32>(route, ROUTE_WIDTH)) {
      store<u64>(route, load<u64>(route, ROUTE_COPIES) + 1, ROUTE_COPIES);
      return true;
    }
  }
  store<u64>(route, load<u64>(route, ROUTE_DROPPED) + 1, ROUTE_DROPPED);
  return false;
}

/** The address as the destination sees it, from the pooled place. */
// @ts-ignore: decorator
@inline
export function arrives(route: usize, address: u32, y: u32, x: u32): u32 {
  return (address & 0xfff00000) + load<u32>(route, ROUTE_FEATURES) + ((y << 10) | x);
}

// @ts-ignore: decorator
@inline
export function nextWish(timed: usize): i64 {
  const head = load<u32>(timed, TIMED_OUT_HEAD);
  if (head == load<u32>(timed, TIMED_OUT_TAIL)) return NEVER;
  const entry = load<usize>(timed, TIMED_OUTBOX) + (head & load<u32>(timed, TIMED_OUT_MASK)) * OUT_BYTES;
  return load<i64>(entry, OUT_WISH) + load<i64>(timed, TIMED_SHIFT);
}

// @ts-ignore: decorator
@inline
export function earliest(timed: usize, came: i64): i64 {
  return max(max(came, load<i64>(timed, TIMED_FREE)), load<i64>(timed, TIMED_LAST_DELIVERED));
}

/** [D5] A copy that was ready at `wish` left at `left`; what it waited, the core stood still. */
// @ts-ignore: decorator
@inline
export function delivered(timed: usize, wish: i64, left: i64): void {
  store<u32>(timed, load<u32>(timed, TIMED_OUT_HEAD) + 1, TIMED_OUT_HEAD);
  store<i64>(timed, left + slot, TIMED_SENDER_FREE);
  store<i64>(timed, left, TIMED_LAST_DELIVERED);
  if (left != wish) putOff(timed, wish, left - wish);
}

/** A copy that was ready at `wish` had to wait so long: all that the core does is so much later, but what was over before. */
// @ts-ignore: decorator
@inline
export function putOff(timed: usize, wish: i64, wait: i64): void {
  store<i64>(timed, load<i64>(timed, TIMED_SHIFT) + wait, TIMED_SHIFT);
  store<i64>(timed, load<i64>(timed, TIMED_FREE) + wait, TIMED_FREE);
  if (wish < load<i64>(timed, TIMED_END)) store<i64>(timed, load<i64>(timed, TIMED_END) + wait, TIMED_END);
}

/** A monitored spike, when it comes to the output port. */
export function show(timed: usize, address: u32, time: i64, cause: i64): void {
  const pages = ((sink + SPIKE_BYTES + 0xffff) >>> 16) as i32;
  const missing = pages - memory.size();
  if (missing > 0 && memory.grow(max(missing, memory.size())) < 0 && memory.grow(missing) < 0) unreachable();
  store<f64>(sink, time as f64, SPIKE_TIME);
  store<f64>(sink, cause as f64, SPIKE_CAUSE);
  store<u32>(sink, address, SPIKE_ADDRESS);
  store<u32>(sink, load<u32>(load<usize>(timed, TIMED_CORE), CORE_INDEX), SPIKE_CORE);
  sink += SPIKE_BYTES;
}

/** The core works on an event from `start` on [D2]; its spikes go to the outbox. */
export function work(timed: usize, address: u32, start: i64, cause: i64): void {
  const core = load<usize>(timed, TIMED_CORE);
  const inFeature = address >>> 20;
  const atY = axisY(core, address);
  const atX = axisX(core, address);
  const window = windowOf(core, inFeature, atY, atX);
  const entry = sweepTable(run, timed, inFeature, atY, atX, window);
  busy(timed, start, load<u32>(entry, ENTRY_FREE));
  const end = sweepWindow(core, inFeature, atY, atX, window, shapeOf(atY, atX));
  if (end == load<usize>(core, CORE_EMITTED)) return;
  const own = start - load<i64>(timed, TIMED_SHIFT);
  emit(timed, core, end, load<usize>(entry, ENTRY_DONE), 0, own + tOut, cause);
}

/** The core works from `start` on for so long. */
// @ts-ignore: decorator
@inline
export function busy(timed: usize, start: i64, takes: i64): void {
  store<i64>(timed, start + takes, TIMED_FREE);
  store<i64>(timed, start + takes, TIMED_END);
  store<i64>(timed, load<i64>(timed, TIMED_BUSY) + takes, TIMED_BUSY);
}

/** [D8] When neuron `at` of a leak sweep is done, from its start: P units take the neurons in R1's order. */
// @ts-ignore: decorator
@inline
export function leakDone(at: u32, units: u32): i64 {
  return ((at / units + 1) as i64) * load<i64>(run, RUN_T_NEURON);
}

/** The spikes of one row of a leak sweep go to the outbox. */
export function emitLeak(timed: usize, core: usize, end: usize, units: u32, own: i64, tick: i64): void {
  if (end != load<usize>(core, CORE_EMITTED)) emit(timed, core, end, 0, units, own + tOut, tick);
}

/**
 * How many waited when the event of a place came: those not taken by then. Places never used were taken "at -1". An event
 * that need not wait raises nothing: all before it are taken. That makes more than a few a rare branch.
 */
// @ts-ignore: decorator
@inline
export function noteQueue(timed: usize, queue: usize, place: u32, came: i64): void {
  const most = load<u32>(timed, TIMED_MAX_QUEUE);
  // Nested: the compilers make a number of a compound condition, and test that.
  if (most < depth) {
    if (takenAt(queue, place, most) > came) raiseMost(timed, queue, place, came);
  }
}

function raiseMost(timed: usize, queue: usize, place: u32, came: i64): void {
  let most = load<u32>(timed, TIMED_MAX_QUEUE) + 1;
  while (most < depth && takenAt(queue, place, most) > came) most++;
  store<u32>(timed, most, TIMED_MAX_QUEUE);
}

/** When the event was taken that came so many before that of a place. */
// @ts-ignore: decorator
@inline
function takenAt(queue: usize, place: u32, before: u32): i64 {
  const at = place >= before ? place - before : place + depth - before;
  return load<i64>(queue + at * QUEUE_BYTES);
}

/**
 * [R6] [D4] Copies in order: destination 0, destination 1, monitor; one router slot each.
 *
 * @param done sweep table: when each tap is done, from the start; 0: a leak sweep on `leakUnits` units
 * @param leaves when a tap that is done at the start leaves, in the core's own time
 */
function emit(timed: usize, core: usize, end: usize, done: usize, leakUnits: u32, leaves: i64, cause: i64): void {
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
    const tap = load<u32>(spike, 4);
    let wish = leaves + (done ? (load<u32>(done + (tap << 2)) as i64) : leakDone(tap, leakUnits));
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
