// Event mode on SIMD: a whole network in one module, no call out per event. The host writes cores, routes and input
// into memory (layout.ts) and calls `runBatched` or `runDepthFirst`; monitored spikes come back in the sink.
import { countCopies, decimate, endOfSink, inside, monitor, placeSink, reserveSink, routed } from "./as/route";
import { axisX, axisY, sweep, sweepLeakRow, sweepWindow, windowOf } from "./as/sweep";
import {
  AXIS_SHAPE, CORE_BYTES, CORE_DECIMATOR, CORE_EMITTED, CORE_HEAD, CORE_HEIGHT, CORE_MONITOR, CORE_RING, CORE_RING_MASK, CORE_ROUTES,
  CORE_ROUTES_END, CORE_TAIL, CORE_WORST, PAIR_BYTES, ROUTE_BYTES, ROUTE_CORE, ROUTE_FEATURES, ROUTE_HEIGHT, ROUTE_SHIFT,
  ROUTE_WIDTH,
} from "./layout";

export { endOfSink, placeSink };

/** First byte that the host may use. */
export function heapBase(): usize {
  return __heap_base;
}

/**
 * [R7] The definition's order: every spike goes to destination 0 completely, then to destination 1, before the next.
 * `source` is a pseudo core with the input's routes; event i carries the cause `firstCause + i`.
 */
export function runDepthFirst(source: usize, input: usize, events: u32, firstCause: u32): void {
  for (let i: u32 = 0; i < events; i++) copyDepthFirst(source, load<u32>(input + (i << 2)), firstCause + i);
}

function copyDepthFirst(core: usize, address: u32, cause: u32): void {
  const end = load<usize>(core, CORE_ROUTES_END);
  for (let route = load<usize>(core, CORE_ROUTES); route < end; route += ROUTE_BYTES) {
    const copied = inside(route, address);
    countCopies(route, copied ? 1 : 0, 1);
    if (!copied) continue;
    const to = load<usize>(route, ROUTE_CORE);
    emitDepthFirst(to, sweep(to, routed(route, address)), cause);
  }
}

/** A core never meets itself below one of its own spikes (no cycles), so its emitted spikes stay while it is here. */
function emitDepthFirst(core: usize, end: usize, cause: u32): void {
  const start = load<usize>(core, CORE_EMITTED);
  if (start == end) return;
  const monitored = load<u32>(core, CORE_MONITOR);
  const decimates = load<u32>(core, CORE_DECIMATOR) > 1;
  for (let spike = start; spike < end; spike += PAIR_BYTES) {
    if (decimates && decimate(core)) continue;
    const address = load<u32>(spike);
    if (monitored) {
      reserveSink(1);
      monitor(core, address, cause);
    }
    copyDepthFirst(core, address, cause);
  }
}

/** [R8] One slow-clock tick on one core, followed to the end. */
export function tick(core: usize): void {
  const height = load<i32>(core, CORE_HEIGHT);
  for (let row = 0; row < height; row++) emitDepthFirst(core, sweepLeakRow(core, row), 0);
}

/**
 * Core by core, many events at a time. Equal to depth first as long as every core has one source only: then what a core
 * receives, and in which order, depends on nothing but what its source emits.
 */
export function runBatched(source: usize, cores: usize, coreCount: i32, input: usize, events: u32, firstCause: u32): void {
  const end = cores + coreCount * CORE_BYTES;
  let fed: u32 = 0;
  let waiting = true;
  while (waiting || fed < events) {
    const portion = min(events - fed, roomAfter(source));
    feed(source, input + (fed << 2), portion, firstCause + fed);
    fed += portion;
    waiting = false;
    for (let core = cores; core < end; core += CORE_BYTES) {
      if (drain(core)) waiting = true;
    }
  }
}

/** Works on queued events while all destinations have room for the worst case; true when some are left. */
function drain(core: usize): bool {
  const tail = load<u32>(core, CORE_TAIL);
  let head = load<u32>(core, CORE_HEAD);
  if (head == tail) return false;
  const ring = load<usize>(core, CORE_RING);
  const mask = load<u32>(core, CORE_RING_MASK);
  const worst = load<u32>(core, CORE_WORST);
  const emitted = load<usize>(core, CORE_EMITTED);
  let room = roomAfter(core);
  let entry = ring + (head & mask) * PAIR_BYTES;
  let address = load<u32>(entry);
  let atY = axisY(core, address);
  let atX = axisX(core, address);
  let shape = load<u32>(atY, AXIS_SHAPE) + load<u32>(atX, AXIS_SHAPE);
  while (head != tail && room >= worst) {
    head++;
    // Where the next event lies is looked up before this one is worked on: by then the processor knows which way to go.
    // (Behind the last event it is one of long ago, which does no harm.)
    const nextEntry = ring + (head & mask) * PAIR_BYTES;
    const nextAddress = load<u32>(nextEntry);
    const nextY = axisY(core, nextAddress);
    const nextX = axisX(core, nextAddress);
    const nextShape = load<u32>(nextY, AXIS_SHAPE) + load<u32>(nextX, AXIS_SHAPE);
    const inFeature = address >>> 20;
    const end = sweepWindow(core, inFeature, atY, atX, windowOf(core, inFeature, atY, atX), shape);
    if (end != emitted) {
      room -= ((end - emitted) / PAIR_BYTES) as u32;
      emitToQueues(core, end, load<u32>(entry, 4));
    }
    entry = nextEntry;
    address = nextAddress;
    atY = nextY;
    atX = nextX;
    shape = nextShape;
  }
  store<u32>(core, head, CORE_HEAD);
  return head != tail;
}

/** Free places in the fullest queue behind a core. */
function roomAfter(core: usize): u32 {
  const end = load<usize>(core, CORE_ROUTES_END);
  let room: u32 = u32.MAX_VALUE;
  for (let route = load<usize>(core, CORE_ROUTES); route < end; route += ROUTE_BYTES) {
    const to = load<usize>(route, ROUTE_CORE);
    room = min(room, load<u32>(to, CORE_RING_MASK) + 1 - (load<u32>(to, CORE_TAIL) - load<u32>(to, CORE_HEAD)));
  }
  return room;
}

/** Copies of input events for all destinations of the source. */
function feed(source: usize, input: usize, events: u32, firstCause: u32): void {
  const routesEnd = load<usize>(source, CORE_ROUTES_END);
  for (let route = load<usize>(source, CORE_ROUTES); route < routesEnd; route += ROUTE_BYTES) {
    const to = load<usize>(route, ROUTE_CORE);
    // In locals what the loop needs: the compiler cannot know that its stores leave these fields alone.
    const shift = load<u32>(route, ROUTE_SHIFT);
    const height = load<u32>(route, ROUTE_HEIGHT);
    const width = load<u32>(route, ROUTE_WIDTH);
    const features = load<u32>(route, ROUTE_FEATURES);
    const ring = load<usize>(to, CORE_RING);
    const mask = load<u32>(to, CORE_RING_MASK);
    const start = load<u32>(to, CORE_TAIL);
    let tail = start;
    const low10 = i32x4.splat(1023);
    const heights = i32x4.splat(height);
    const widths = i32x4.splat(width);
    const causes = i32x4.add(i32x4.splat(firstCause), i32x4(0, 1, 2, 3));
    for (let i: u32 = 0; i < events; ) {
      const place = tail & mask;
      // Four at a time, where none falls outside and the ring does not come to its end.
      if (i + 4 <= events && place + 4 <= mask + 1) {
        const four = v128.load(input + (i << 2));
        const y = i32x4.shr_u(v128.and(i32x4.shr_u(four, 10), low10), shift);
        const x = i32x4.shr_u(v128.and(four, low10), shift);
        if (i32x4.all_true(v128.and(i32x4.lt_s(y, heights), i32x4.lt_s(x, widths)))) {
          const feature = i32x4.add(v128.and(four, i32x4.splat(0xfff00000)), i32x4.splat(features));
          const copies = i32x4.add(feature, v128.or(i32x4.shl(y, 10), x));
          const cause = i32x4.add(causes, i32x4.splat(i));
          const entries = ring + place * PAIR_BYTES;
          v128.store(entries, v128.shuffle<i32>(copies, cause, 0, 4, 1, 5));
          v128.store(entries, v128.shuffle<i32>(copies, cause, 2, 6, 3, 7), 16);
          tail += 4;
          i += 4;
          continue;
        }
      }
      const address = load<u32>(input + (i << 2));
      const y = ((address >>> 10) & 1023) >>> shift;
      const x = (address & 1023) >>> shift;
      const entry = ring + place * PAIR_BYTES;
      store<u32>(entry, (address & 0xfff00000) + features + ((y << 10) | x));
      store<u32>(entry, firstCause + i, 4);
      // Without a branch: a copy that falls outside is overwritten by the next.
      tail += (y < height ? 1 : 0) & (x < width ? 1 : 0);
      i++;
    }
    countCopies(route, tail - start, events);
    store<u32>(to, tail, CORE_TAIL);
  }
}

/** The emitted spikes of one event past decimator and monitor, and copies for all destinations. */
function emitToQueues(core: usize, end: usize, cause: u32): void {
  const start = load<usize>(core, CORE_EMITTED);
  if (load<u32>(core, CORE_DECIMATOR) > 1) {
    let kept = start;
    for (let spike = start; spike < end; spike += PAIR_BYTES) {
      if (decimate(core)) continue;
      store<u32>(kept, load<u32>(spike));
      kept += PAIR_BYTES;
    }
    end = kept;
  }
  if (load<u32>(core, CORE_MONITOR)) {
    reserveSink((end - start) / PAIR_BYTES);
    for (let spike = start; spike < end; spike += PAIR_BYTES) monitor(core, load<u32>(spike), cause);
  }
  const routesEnd = load<usize>(core, CORE_ROUTES_END);
  for (let route = load<usize>(core, CORE_ROUTES); route < routesEnd; route += ROUTE_BYTES) {
    const to = load<usize>(route, ROUTE_CORE);
    let tail = load<u32>(to, CORE_TAIL);
    for (let spike = start; spike < end; spike += PAIR_BYTES) {
      const address = load<u32>(spike);
      if (!inside(route, address)) continue;
      enqueue(to, tail++, routed(route, address), cause);
    }
    countCopies(route, tail - load<u32>(to, CORE_TAIL), ((end - start) / PAIR_BYTES) as u32);
    store<u32>(to, tail, CORE_TAIL);
  }
}

// @ts-ignore: decorator
@inline
function enqueue(core: usize, tail: u32, address: u32, cause: u32): void {
  const entry = load<usize>(core, CORE_RING) + (tail & load<u32>(core, CORE_RING_MASK)) * PAIR_BYTES;
  store<u32>(entry, address);
  store<u32>(entry, cause, 4);
}
