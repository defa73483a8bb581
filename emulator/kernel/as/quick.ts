// The quick sweep of one event (see sweep.ts): per vector add, lower bound, store, the highest lane so far, lanes below the
// watch line. Blocks of few rows and vectors are straight code, chosen by a number that the axis tables hold: for a layer
// with a stride, where an event reaches few neurons, everything else would cost more than the neurons.
import {
  CORE_BELOW_FIRE, CORE_CAREFUL, CORE_CLAMPED_LANES, CORE_DEEP, CORE_EMITTED, CORE_FLOOR, CORE_MEMBRANE_ROW, CORE_WATCH,
  CORE_WEIGHT_ROW, CORE_ZERO_REACHES,
} from "../layout";
import { fire } from "./fire";

/** Eight lanes of ones, then eight of zeros: read from lane 8 - n, the first n lanes are ones. */
const LANE_MASKS: usize = memory.data<i16>([-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0], 16);

/** Ones in the first `lanes` lanes (0 to 8). */
// @ts-ignore: decorator
@inline
export function firstLanes(lanes: i32): v128 {
  return v128.load(LANE_MASKS + ((8 - lanes) << 1));
}

/**
 * `rows` runs of `lanes` lanes.
 *
 * @param shape `AXIS_SHAPE` of the block (layout.ts)
 * @returns the end of the spikes
 */
// @ts-ignore: decorator
@inline
export function sweepQuickly(core: usize, m: usize, w: usize, rows: i32, lanes: i32, first: u32, shape: u32): usize {
  switch (shape) {
    case 0x10: return block(core, m, w, lanes, first, 1, 1);
    case 0x11: return block(core, m, w, lanes, first, 1, 2);
    case 0x12: return block(core, m, w, lanes, first, 1, 3);
    case 0x13: return block(core, m, w, lanes, first, 1, 4);
    case 0x14: return block(core, m, w, lanes, first, 1, 5);
    case 0x15: return block(core, m, w, lanes, first, 1, 6);
    case 0x16: return block(core, m, w, lanes, first, 1, 8);
    case 0x17: return wideBlock(core, m, w, lanes, first, 1, 3);
    case 0x18: return wideBlock(core, m, w, lanes, first, 1, 6);
    case 0x20: return block(core, m, w, lanes, first, 2, 1);
    case 0x21: return block(core, m, w, lanes, first, 2, 2);
    case 0x22: return block(core, m, w, lanes, first, 2, 3);
    case 0x23: return block(core, m, w, lanes, first, 2, 4);
    case 0x24: return block(core, m, w, lanes, first, 2, 5);
    case 0x25: return block(core, m, w, lanes, first, 2, 6);
    case 0x26: return block(core, m, w, lanes, first, 2, 8);
    case 0x27: return wideBlock(core, m, w, lanes, first, 2, 3);
    case 0x28: return wideBlock(core, m, w, lanes, first, 2, 6);
    case 0x30: return block(core, m, w, lanes, first, 3, 1);
    case 0x31: return block(core, m, w, lanes, first, 3, 2);
    case 0x32: return block(core, m, w, lanes, first, 3, 3);
    case 0x33: return block(core, m, w, lanes, first, 3, 4);
    case 0x34: return block(core, m, w, lanes, first, 3, 5);
    case 0x35: return block(core, m, w, lanes, first, 3, 6);
    case 0x36: return block(core, m, w, lanes, first, 3, 8);
    case 0x37: return wideBlock(core, m, w, lanes, first, 3, 3);
    case 0x38: return wideBlock(core, m, w, lanes, first, 3, 6);
    default: break;
  }
  if (lanes < 32) return manyRows(core, m, w, rows, lanes, first, 1, true);
  return lanes & 7
    ? manyRows(core, m, w, rows, lanes, first, 4, true)
    : manyRows(core, m, w, rows, lanes, first, 4, false);
}

/** Straight code for a block; `rows` and `vectors` are constants of the caller, so that every test of them falls away. */
// @ts-ignore: decorator
@inline
function block(core: usize, m: usize, w: usize, lanes: i32, first: u32, rows: i32, vectors: i32): usize {
  const floor = v128.load(core, CORE_FLOOR);
  const watch = v128.load(core, CORE_WATCH);
  const inLast = firstLanes(lanes - 8 * (vectors - 1));
  const membraneRow = load<usize>(core, CORE_MEMBRANE_ROW);
  const weightRow = load<usize>(core, CORE_WEIGHT_ROW);
  let a = m;
  let b = w;
  let top = i16x8.splat(-32768);
  let low = i16x8.splat(0);
  let sum: v128;
  for (let row = 0; row < rows; row++) {
    sum = step(a, b, floor, inLast, 0, vectors);
    top = i16x8.max_s(top, sum);
    low = i16x8.sub(low, i16x8.lt_s(sum, watch));
    if (vectors > 1) {
      sum = step(a, b, floor, inLast, 1, vectors);
      top = i16x8.max_s(top, sum);
      low = i16x8.sub(low, i16x8.lt_s(sum, watch));
    }
    if (vectors > 2) {
      sum = step(a, b, floor, inLast, 2, vectors);
      top = i16x8.max_s(top, sum);
      low = i16x8.sub(low, i16x8.lt_s(sum, watch));
    }
    if (vectors > 3) {
      sum = step(a, b, floor, inLast, 3, vectors);
      top = i16x8.max_s(top, sum);
      low = i16x8.sub(low, i16x8.lt_s(sum, watch));
    }
    if (vectors > 4) {
      sum = step(a, b, floor, inLast, 4, vectors);
      top = i16x8.max_s(top, sum);
      low = i16x8.sub(low, i16x8.lt_s(sum, watch));
    }
    if (vectors > 5) {
      sum = step(a, b, floor, inLast, 5, vectors);
      top = i16x8.max_s(top, sum);
      low = i16x8.sub(low, i16x8.lt_s(sum, watch));
    }
    if (vectors > 6) {
      sum = step(a, b, floor, inLast, 6, vectors);
      top = i16x8.max_s(top, sum);
      low = i16x8.sub(low, i16x8.lt_s(sum, watch));
    }
    if (vectors > 7) {
      sum = step(a, b, floor, inLast, 7, vectors);
      top = i16x8.max_s(top, sum);
      low = i16x8.sub(low, i16x8.lt_s(sum, watch));
    }
    a += membraneRow;
    b += weightRow;
  }
  noteLow(core, low);
  const start = load<usize>(core, CORE_EMITTED);
  // The highest lane may be a neighbour past the run or one with a zero weight: `fire` looks closely.
  if (i8x16.bitmask(i16x8.gt_s(top, v128.load(core, CORE_BELOW_FIRE))) == 0) return start;
  return fire(core, m, w, rows, lanes, load<u16>(core, CORE_ZERO_REACHES) != 0, first, 0, start);
}

/** As `block`, for wide runs: of `groups` times four vectors. Loops of constant length are no guess for the processor. */
// @ts-ignore: decorator
@inline
function wideBlock(core: usize, m: usize, w: usize, lanes: i32, first: u32, rows: i32, groups: i32): usize {
  const floor = v128.load(core, CORE_FLOOR);
  const watch = v128.load(core, CORE_WATCH);
  const membraneRow = load<usize>(core, CORE_MEMBRANE_ROW);
  const weightRow = load<usize>(core, CORE_WEIGHT_ROW);
  let rowM = m;
  let rowW = w;
  let top = i16x8.splat(-32768);
  let low = i16x8.splat(0);
  let sum: v128;
  for (let row = 0; row < rows; row++) {
    let a = rowM;
    let b = rowW;
    for (let group = 0; group < groups; group++) {
      sum = step(a, b, floor, floor, 0, 5);
      top = i16x8.max_s(top, sum);
      low = i16x8.sub(low, i16x8.lt_s(sum, watch));
      sum = step(a, b, floor, floor, 1, 5);
      top = i16x8.max_s(top, sum);
      low = i16x8.sub(low, i16x8.lt_s(sum, watch));
      sum = step(a, b, floor, floor, 2, 5);
      top = i16x8.max_s(top, sum);
      low = i16x8.sub(low, i16x8.lt_s(sum, watch));
      sum = step(a, b, floor, floor, 3, 5);
      top = i16x8.max_s(top, sum);
      low = i16x8.sub(low, i16x8.lt_s(sum, watch));
      a += 64;
      b += 32;
    }
    rowM += membraneRow;
    rowW += weightRow;
  }
  noteLow(core, low);
  const start = load<usize>(core, CORE_EMITTED);
  if (i8x16.bitmask(i16x8.gt_s(top, v128.load(core, CORE_BELOW_FIRE))) == 0) return start;
  return fire(core, m, w, rows, lanes, load<u16>(core, CORE_ZERO_REACHES) != 0, first, 0, start);
}

/** Vector `k` of a run of `vectors`; past the run's end, in its last vector, neighbours get nothing added. */
// @ts-ignore: decorator
@inline
function step(m: usize, w: usize, floor: v128, inLast: v128, k: i32, vectors: i32): v128 {
  const weights = v128.load8x8_s(w + 8 * k);
  const sum = i16x8.add_sat_s(v128.load(m + 16 * k), k + 1 < vectors ? weights : v128.and(weights, inLast));
  v128.store(m + 16 * k, i16x8.max_s(sum, floor));
  return sum;
}

/**
 * Any number of rows and lanes. `group` and `tail` are constants of the caller.
 *
 * @param group vectors handled at once, 1 or 4
 * @param tail false: the last vector is full
 */
// @ts-ignore: decorator
@inline
function manyRows(
  core: usize, m: usize, w: usize, rows: i32, lanes: i32, first: u32, group: i32, tail: bool,
): usize {
  const floor = v128.load(core, CORE_FLOOR);
  const watch = v128.load(core, CORE_WATCH);
  const belowFire = v128.load(core, CORE_BELOW_FIRE);
  const membraneRow = load<usize>(core, CORE_MEMBRANE_ROW);
  const weightRow = load<usize>(core, CORE_WEIGHT_ROW);
  const inTail = firstLanes(lanes & 7);
  let end = load<usize>(core, CORE_EMITTED);
  let low = i16x8.splat(0);
  let sum: v128;
  for (let row = 0; row < rows; row++) {
    let top = i16x8.splat(-32768);
    let a = m;
    let b = w;
    if (group == 4) {
      for (let groups = lanes >> 5; groups > 0; groups--) {
        sum = step(a, b, floor, inTail, 0, 5);
        top = i16x8.max_s(top, sum);
        low = i16x8.sub(low, i16x8.lt_s(sum, watch));
        sum = step(a, b, floor, inTail, 1, 5);
        top = i16x8.max_s(top, sum);
        low = i16x8.sub(low, i16x8.lt_s(sum, watch));
        sum = step(a, b, floor, inTail, 2, 5);
        top = i16x8.max_s(top, sum);
        low = i16x8.sub(low, i16x8.lt_s(sum, watch));
        sum = step(a, b, floor, inTail, 3, 5);
        top = i16x8.max_s(top, sum);
        low = i16x8.sub(low, i16x8.lt_s(sum, watch));
        a += 64;
        b += 32;
      }
    }
    for (let singles = (lanes >> 3) & 3; singles > 0; singles--) {
      sum = step(a, b, floor, inTail, 0, 2);
      top = i16x8.max_s(top, sum);
      low = i16x8.sub(low, i16x8.lt_s(sum, watch));
      a += 16;
      b += 8;
    }
    if (tail) {
      sum = step(a, b, floor, inTail, 0, 1);
      top = i16x8.max_s(top, sum);
      low = i16x8.sub(low, i16x8.lt_s(sum, watch));
    }
    if (i8x16.bitmask(i16x8.gt_s(top, belowFire)) != 0) {
      const zeroReaches = load<u16>(core, CORE_ZERO_REACHES) != 0;
      end = fire(core, m, w, 1, lanes, zeroReaches, first + (row << 10), row * lanes, end);
    }
    m += membraneRow;
    w += weightRow;
  }
  noteLow(core, low);
  return end;
}

/** Lanes that fell below the watch line: clamped, or too near to the end of the word. */
// @ts-ignore: decorator
@inline
function noteLow(core: usize, low: v128): void {
  if (load<u32>(core, CORE_DEEP)) {
    if (v128.any_true(low)) store<u32>(core, 1, CORE_CAREFUL);
    return;
  }
  const pairs = i32x4.dot_i16x8_s(low, i16x8.splat(1));
  const wide = i64x2.add(i64x2.extend_low_i32x4_u(pairs), i64x2.extend_high_i32x4_u(pairs));
  v128.store(core, i64x2.add(v128.load(core, CORE_CLAMPED_LANES), wide), CORE_CLAMPED_LANES);
}
