// What happens to emitted spikes [R6]: decimator, monitor, then a pooled and shifted copy for each destination.
import {
  CORE_DECIMATED, CORE_DECIMATOR, CORE_INDEX, CORE_SINCE_PASSED,
  ROUTE_COPIES, ROUTE_DROPPED, ROUTE_FEATURES, ROUTE_HEIGHT, ROUTE_SHIFT, ROUTE_WIDTH,
  SINK_ADDRESS, SINK_BYTES, SINK_CAUSE, SINK_CORE,
} from "../layout";

let sink: usize = 0;
let sinkEnd: usize = 0;

/** Empties the sink of monitored spikes and puts it at `base`, where it may grow to the end of memory and beyond. */
export function placeSink(base: usize): void {
  sink = base;
  sinkEnd = base;
}

/** The end of the monitored spikes. */
export function endOfSink(): usize {
  return sinkEnd;
}

/** Makes room for `spikes` more; the sink is the last thing in memory, so growing memory grows the sink. */
export function reserveSink(spikes: usize): void {
  const needed = sinkEnd + spikes * SINK_BYTES;
  const pages = ((needed + 0xffff) >>> 16) as i32;
  const missing = pages - memory.size();
  // At least doubled, so that growing is rare. Without memory left the program must stop: an output would be lost.
  if (missing > 0 && memory.grow(max(missing, memory.size())) < 0 && memory.grow(missing) < 0) unreachable();
}

/** Notes a monitored spike; `reserveSink` comes first. */
// @ts-ignore: decorator
@inline
export function monitor(core: usize, address: u32, cause: u32): void {
  store<u32>(sinkEnd, address, SINK_ADDRESS);
  store<u32>(sinkEnd, load<u32>(core, CORE_INDEX), SINK_CORE);
  store<u32>(sinkEnd, cause, SINK_CAUSE);
  sinkEnd += SINK_BYTES;
}

/** True when the decimator (ratio above 1) keeps this spike back. */
// @ts-ignore: decorator
@inline
export function decimate(core: usize): bool {
  const since = load<u32>(core, CORE_SINCE_PASSED) + 1;
  const held = since < load<u32>(core, CORE_DECIMATOR);
  store<u32>(core, held ? since : 0, CORE_SINCE_PASSED);
  if (held) store<u64>(core, load<u64>(core, CORE_DECIMATED) + 1, CORE_DECIMATED);
  return held;
}

/** True when the spike's place, pooled, still lies in the destination's map. */
// @ts-ignore: decorator
@inline
export function inside(route: usize, address: u32): bool {
  const shift = load<u32>(route, ROUTE_SHIFT);
  return (
    ((address >>> 10) & 1023) >>> shift < load<u32>(route, ROUTE_HEIGHT) &&
    (address & 1023) >>> shift < load<u32>(route, ROUTE_WIDTH)
  );
}

/** Counts what became of `spikes` spikes on a route: copied, or dropped for lying outside. */
// @ts-ignore: decorator
@inline
export function countCopies(route: usize, copied: u32, spikes: u32): void {
  store<u64>(route, load<u64>(route, ROUTE_COPIES) + copied, ROUTE_COPIES);
  store<u64>(route, load<u64>(route, ROUTE_DROPPED) + (spikes - copied), ROUTE_DROPPED);
}

/** The address as the destination sees it. */
// @ts-ignore: decorator
@inline
export function routed(route: usize, address: u32): u32 {
  const shift = load<u32>(route, ROUTE_SHIFT);
  const y = ((address >>> 10) & 1023) >>> shift;
  const x = (address & 1023) >>> shift;
  return (address & 0xfff00000) + load<u32>(route, ROUTE_FEATURES) + ((y << 10) | x);
}
