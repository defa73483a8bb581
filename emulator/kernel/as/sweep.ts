// Rules R1 to R5 eight neurons at a time: one event, or one leak tick, on one core.
//
// Membranes lie as [y][x][f] and weights as [in][phase y][phase x][row][column][f], flipped, so that what an event
// reaches in one output row is one run of neighbouring lanes in both. `axis tables` (../axis.ts) say where a run begins
// and how long it is.
//
// Two sweeps, one meaning:
// * the quick one presumes that no addition can leave 16 bits and that no membrane lies below the floor. Then saturation
//   cannot happen, a zero weight changes nothing, and lanes past the end of a run (weight masked to zero) stay as they are;
// * the careful one presumes nothing. A core changes to it, for good, when the presumption may break: the host decides
//   for the initial state, `fire` when a residue grows tall, the quick sweep when a membrane nears a deep floor.
import {
  AXIS_BYTES, AXIS_FIRST, AXIS_MEMBRANE, AXIS_SHAPE, AXIS_SIZE, AXIS_WEIGHT, AXIS_WINDOW,
  CORE_AXIS_X, CORE_AXIS_Y, CORE_BELOW_FIRE, CORE_CAREFUL, CORE_CLAMPED, CORE_DEEP, CORE_EMITTED, CORE_FEATURES,
  CORE_FLOOR, CORE_LEAK, CORE_MEMBRANES, CORE_MEMBRANE_ROW, CORE_SATURATED, CORE_WATCH, CORE_WEIGHT_BYTES,
  CORE_WEIGHT_ROW, CORE_WIDTH, CORE_WINDOWS, CORE_WINDOW_BYTES, CORE_WRAPS, CORE_ZERO_REACHES,
} from "../layout";
import { count, fire } from "./fire";
import { firstLanes, sweepQuickly } from "./quick";

/**
 * One event on one core. The address must lie in the core's input map.
 *
 * @returns the end of the spikes at `CORE_EMITTED`, in R1's order, each with the ordinal of its tap in the sweep
 */
export function sweep(core: usize, address: u32): usize {
  const inFeature = address >>> 20;
  const atY = axisY(core, address);
  const atX = axisX(core, address);
  return sweepWindow(core, inFeature, atY, atX, windowOf(core, inFeature, atY, atX), shapeOf(atY, atX));
}

/** What the row of an address reaches. */
// @ts-ignore: decorator
@inline
export function axisY(core: usize, address: u32): usize {
  return load<usize>(core, CORE_AXIS_Y) + ((address >>> 10) & 1023) * AXIS_BYTES;
}

/** What the column of an address reaches. */
// @ts-ignore: decorator
@inline
export function axisX(core: usize, address: u32): usize {
  return load<usize>(core, CORE_AXIS_X) + (address & 1023) * AXIS_BYTES;
}

/** Bytes to the window of an input feature, a row and a column among all windows of a core: 8 for each window. */
// @ts-ignore: decorator
@inline
export function windowOf(core: usize, inFeature: u32, atY: usize, atX: usize): u32 {
  return inFeature * load<u32>(core, CORE_WINDOW_BYTES) + load<u32>(atY, AXIS_WINDOW) + load<u32>(atX, AXIS_WINDOW);
}

/** `AXIS_SHAPE` of a row and a column together. */
// @ts-ignore: decorator
@inline
export function shapeOf(atY: usize, atX: usize): u32 {
  return load<u32>(atY, AXIS_SHAPE) + load<u32>(atX, AXIS_SHAPE);
}

/** `sweep` for a caller that has looked up where the event lies: no call, and thousands of bytes of code wherever it is used. */
// @ts-ignore: decorator
@inline
export function sweepWindow(core: usize, inFeature: u32, atY: usize, atX: usize, window: u32, shape: u32): usize {
  // Events, taps and neuron updates depend only on the window, so one count serves all three.
  count(load<usize>(core, CORE_WINDOWS) + window, 1);
  const m: usize = load<u32>(atY, AXIS_MEMBRANE) + load<u32>(atX, AXIS_MEMBRANE);
  const w: usize =
    load<u32>(atY, AXIS_WEIGHT) + load<u32>(atX, AXIS_WEIGHT) + inFeature * load<u32>(core, CORE_WEIGHT_BYTES);
  const lanes = load<i32>(atX, AXIS_SIZE);
  const rows = load<i32>(atY, AXIS_SIZE);
  const first = load<u32>(atY, AXIS_FIRST) + load<u32>(atX, AXIS_FIRST);
  if (load<u32>(core, CORE_CAREFUL)) return sweepCarefully(core, m, w, rows, lanes, first);
  return sweepQuickly(core, m, w, rows, lanes, first, shape);
}

/** The same without presumptions. */
function sweepCarefully(core: usize, m: usize, w: usize, rows: i32, lanes: i32, first: u32): usize {
  const zeroReaches = v128.load(core, CORE_ZERO_REACHES);
  let end = load<usize>(core, CORE_EMITTED);
  for (let row = 0; row < rows; row++) {
    if (updateCarefully(core, m, w, lanes, zeroReaches, false)) {
      end = fire(core, m, w, 1, lanes, v128.any_true(zeroReaches), first + (row << 10), row * lanes, end);
    }
    m += load<usize>(core, CORE_MEMBRANE_ROW);
    w += load<usize>(core, CORE_WEIGHT_ROW);
  }
  return end;
}

/**
 * [R8] One slow-clock tick on one output row. Leak passes the zero-weight skip and may be any 16-bit value.
 *
 * @returns the end of the spikes at `CORE_EMITTED`
 */
export function sweepLeakRow(core: usize, row: i32): usize {
  const m = load<usize>(core, CORE_MEMBRANES) + row * load<i32>(core, CORE_MEMBRANE_ROW);
  const leak = load<usize>(core, CORE_LEAK);
  const lanes = load<i32>(core, CORE_WIDTH) * load<i32>(core, CORE_FEATURES);
  const always = i16x8.splat(-1);
  const start = load<usize>(core, CORE_EMITTED);
  if (!updateCarefully(core, m, leak, lanes, always, true)) return start;
  return fire(core, m, leak, 1, lanes, true, row << 10, row * lanes, start);
}

/**
 * [R2] [R4] [R5] One run, every case counted; `wide` weights are 16-bit. A lane is reached when its weight is not zero or
 * where `zeroReaches`; what is not reached keeps its value.
 *
 * @returns true when a reached lane fires
 */
// @ts-ignore: decorator
@inline
function updateCarefully(core: usize, m: usize, w: usize, lanes: i32, zeroReaches: v128, wide: bool): bool {
  const floor = v128.load(core, CORE_FLOOR);
  const belowFire = v128.load(core, CORE_BELOW_FIRE);
  const zero = i16x8.splat(0);
  const wraps = load<u32>(core, CORE_WRAPS) ? i16x8.splat(-1) : zero;
  let anyFires = zero;
  let lowest = zero;
  let saturated: u64 = 0;
  let clamped: u64 = 0;
  for (let left = lanes; left > 0; left -= 8) {
    const before = v128.load(m);
    const weight = wide ? v128.load(w) : v128.load8x8_s(w);
    const reached = v128.and(v128.or(i16x8.ne(weight, zero), zeroReaches), firstLanes(min(left, 8)));
    const wrapped = i16x8.add(before, weight);
    let sum = i16x8.add_sat_s(before, weight);
    const over = v128.and(i16x8.ne(sum, wrapped), reached);
    saturated += popcnt(i16x8.bitmask(over));
    sum = v128.bitselect(wrapped, sum, v128.and(v128.and(over, wraps), i16x8.gt_s(weight, zero)));
    clamped += popcnt(i16x8.bitmask(v128.and(i16x8.lt_s(sum, floor), reached)));
    const after = v128.bitselect(i16x8.max_s(sum, floor), before, reached);
    v128.store(m, after);
    anyFires = v128.or(anyFires, v128.and(i16x8.gt_s(after, belowFire), reached));
    if (wide) lowest = i16x8.min_s(lowest, after);
    m += 16;
    w += wide ? 16 : 8;
  }
  // Leak sweeps every neuron, also of a core whose events take the quick sweep: it must raise that sweep's alarm.
  if (wide && load<u32>(core, CORE_DEEP) && v128.any_true(i16x8.lt_s(lowest, v128.load(core, CORE_WATCH)))) {
    store<u32>(core, 1, CORE_CAREFUL);
  }
  count(core + CORE_SATURATED, saturated);
  count(core + CORE_CLAMPED, clamped);
  return v128.any_true(anyFires);
}
