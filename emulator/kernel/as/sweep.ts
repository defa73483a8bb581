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
  AXIS_BYTES, AXIS_COUNT, AXIS_FIRST, AXIS_MEMBRANE, AXIS_WEIGHT, AXIS_WINDOW,
  CORE_AXIS_X, CORE_AXIS_Y, CORE_BELOW_FIRE, CORE_CALM_TOP, CORE_CAREFUL, CORE_CLAMPED, CORE_CLAMPED_LANES, CORE_DEEP,
  CORE_EMITTED, CORE_FEATURES, CORE_FLOOR, CORE_KEEP, CORE_LEAK, CORE_MEMBRANES, CORE_MEMBRANE_ROW, CORE_RECIPROCAL,
  CORE_RESIDUES, CORE_SATURATED, CORE_SPIKES, CORE_THRESHOLD, CORE_WATCH, CORE_WEIGHTS, CORE_WEIGHT_BYTES,
  CORE_WEIGHT_ROW, CORE_WIDTH, CORE_WINDOWS, CORE_WINDOW_BYTES, CORE_WRAPS, CORE_ZERO_REACHES, PAIR_BYTES,
} from "../layout";

/** Eight lanes of ones, then eight of zeros: read from lane 8 - n, the first n lanes are ones. */
const LANE_MASKS: usize = memory.data<i16>([-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0], 16);

/** Ones in the first `lanes` lanes (0 to 8). */
// @ts-ignore: decorator
@inline
function firstLanes(lanes: i32): v128 {
  return v128.load(LANE_MASKS + ((8 - lanes) << 1));
}

/** Adds to a 64-bit counter. */
// @ts-ignore: decorator
@inline
function count(counter: usize, n: u64): void {
  store<u64>(counter, load<u64>(counter) + n);
}

/**
 * One event on one core. The address must lie in the core's input map.
 *
 * @returns the end of the spikes at `CORE_EMITTED`, in R1's order, each with the ordinal of its tap in the sweep
 */
export function sweep(core: usize, address: u32): usize {
  return sweepInPlace(core, address);
}

/** `sweep` for a loop over many events: no call, and several thousand bytes of code wherever it is used. */
// @ts-ignore: decorator
@inline
export function sweepInPlace(core: usize, address: u32): usize {
  const inFeature = address >>> 20;
  const atY = axisY(core, address);
  const atX = axisX(core, address);
  return sweepWindow(core, inFeature, atY, atX, windowOf(core, inFeature, atY, atX));
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

/** `sweepInPlace` for a caller that has looked up where the event lies. */
// @ts-ignore: decorator
@inline
export function sweepWindow(core: usize, inFeature: u32, atY: usize, atX: usize, window: u32): usize {
  // Events, taps and neuron updates depend only on the window, so one count serves all three.
  count(load<usize>(core, CORE_WINDOWS) + window, 1);
  const m = load<usize>(core, CORE_MEMBRANES) + load<u32>(atY, AXIS_MEMBRANE) + load<u32>(atX, AXIS_MEMBRANE);
  const w = load<usize>(core, CORE_WEIGHTS) +
    inFeature * load<u32>(core, CORE_WEIGHT_BYTES) + load<u32>(atY, AXIS_WEIGHT) + load<u32>(atX, AXIS_WEIGHT);
  const rows: i32 = load<u16>(atY, AXIS_COUNT);
  const lanes: i32 = load<u16>(atX, AXIS_COUNT) * load<i32>(core, CORE_FEATURES);
  const first: u32 = ((load<u16>(atY, AXIS_FIRST) as u32) << 10) | (load<u16>(atX, AXIS_FIRST) as u32);
  return load<u32>(core, CORE_CAREFUL)
    ? sweepCarefully(core, m, w, rows, lanes, first)
    : sweepQuickly(core, m, w, rows, lanes, first);
}

/** `rows` runs of `lanes` lanes under the quick sweep's presumption. Short runs get code without inner loops. */
// @ts-ignore: decorator
@inline
function sweepQuickly(core: usize, m: usize, w: usize, rows: i32, lanes: i32, first: u32): usize {
  // Twice the full vectors, plus one when a last one is not full.
  switch ((lanes >> 3 << 1) | (lanes & 7 ? 1 : 0)) {
    case 1: return quickRows(core, m, w, rows, lanes, first, 0, false, true);
    case 2: return quickRows(core, m, w, rows, lanes, first, 1, false, false);
    case 3: return quickRows(core, m, w, rows, lanes, first, 1, false, true);
    case 4: return quickRows(core, m, w, rows, lanes, first, 2, false, false);
    case 5: return quickRows(core, m, w, rows, lanes, first, 2, false, true);
    case 6: return quickRows(core, m, w, rows, lanes, first, 3, false, false);
    case 7: return quickRows(core, m, w, rows, lanes, first, 3, false, true);
    case 8: return quickRows(core, m, w, rows, lanes, first, 4, false, false);
    case 9: return quickRows(core, m, w, rows, lanes, first, 4, false, true);
    default: return lanes & 7
      ? quickRows(core, m, w, rows, lanes, first, 4, true, true)
      : quickRows(core, m, w, rows, lanes, first, 4, true, false);
  }
}

/**
 * Per vector: add, lower bound, store, the highest lane so far, lanes below the watch line; per run: one look whether
 * anything can fire. `group`, `long` and `tail` are constants of the caller, so that every test of them falls away.
 *
 * @param group vectors handled without a loop: 0 to 4
 * @param long false: a run is one group; true: any number of groups (of 4), then single vectors
 * @param tail false: the last vector is full
 */
// @ts-ignore: decorator
@inline
function quickRows(
  core: usize, m: usize, w: usize, rows: i32, lanes: i32, first: u32, group: i32, long: bool, tail: bool,
): usize {
  const floor = v128.load(core, CORE_FLOOR);
  const watch = v128.load(core, CORE_WATCH);
  const belowFire = v128.load(core, CORE_BELOW_FIRE);
  const membraneRow = load<usize>(core, CORE_MEMBRANE_ROW);
  const weightRow = load<usize>(core, CORE_WEIGHT_ROW);
  const inTail = firstLanes(lanes & 7);
  const start = load<usize>(core, CORE_EMITTED);
  let end = start;
  let low = i16x8.splat(0);
  let sum: v128;
  let v: v128;
  for (let row = 0; row < rows; row++) {
    let top = i16x8.splat(-32768);
    let a = m;
    let b = w;
    let groups = lanes >> 5;
    while (!long || groups > 0) {
      if (group > 0) {
        sum = i16x8.add_sat_s(v128.load(a), v128.load8x8_s(b));
        v = i16x8.max_s(sum, floor);
        v128.store(a, v);
        top = i16x8.max_s(top, v);
        low = i16x8.sub(low, i16x8.lt_s(sum, watch));
      }
      if (group > 1) {
        sum = i16x8.add_sat_s(v128.load(a, 16), v128.load8x8_s(b, 8));
        v = i16x8.max_s(sum, floor);
        v128.store(a, v, 16);
        top = i16x8.max_s(top, v);
        low = i16x8.sub(low, i16x8.lt_s(sum, watch));
      }
      if (group > 2) {
        sum = i16x8.add_sat_s(v128.load(a, 32), v128.load8x8_s(b, 16));
        v = i16x8.max_s(sum, floor);
        v128.store(a, v, 32);
        top = i16x8.max_s(top, v);
        low = i16x8.sub(low, i16x8.lt_s(sum, watch));
      }
      if (group > 3) {
        sum = i16x8.add_sat_s(v128.load(a, 48), v128.load8x8_s(b, 24));
        v = i16x8.max_s(sum, floor);
        v128.store(a, v, 48);
        top = i16x8.max_s(top, v);
        low = i16x8.sub(low, i16x8.lt_s(sum, watch));
      }
      a += 16 * group;
      b += 8 * group;
      if (!long) break;
      groups--;
    }
    if (long) {
      for (let singles = (lanes >> 3) & 3; singles > 0; singles--) {
        sum = i16x8.add_sat_s(v128.load(a), v128.load8x8_s(b));
        v = i16x8.max_s(sum, floor);
        v128.store(a, v);
        top = i16x8.max_s(top, v);
        low = i16x8.sub(low, i16x8.lt_s(sum, watch));
        a += 16;
        b += 8;
      }
    }
    if (tail) {
      // Neighbours past the run get nothing added.
      sum = i16x8.add_sat_s(v128.load(a), v128.and(v128.load8x8_s(b), inTail));
      v = i16x8.max_s(sum, floor);
      v128.store(a, v);
      top = i16x8.max_s(top, v);
      low = i16x8.sub(low, i16x8.lt_s(sum, watch));
    }
    // The highest lane may be a neighbour past the run or one with a zero weight: `fire` looks closely.
    if (v128.any_true(i16x8.gt_s(top, belowFire))) {
      end = fire(core, m, w, lanes, v128.load(core, CORE_ZERO_REACHES), first + (row << 10), row * lanes, end);
    }
    m += membraneRow;
    w += weightRow;
  }
  if (load<u32>(core, CORE_DEEP)) {
    if (v128.any_true(low)) store<u32>(core, 1, CORE_CAREFUL);
  } else {
    const pairs = i32x4.dot_i16x8_s(low, i16x8.splat(1));
    const wide = i64x2.add(i64x2.extend_low_i32x4_u(pairs), i64x2.extend_high_i32x4_u(pairs));
    v128.store(core, i64x2.add(v128.load(core, CORE_CLAMPED_LANES), wide), CORE_CLAMPED_LANES);
  }
  if (end != start) count(core + CORE_SPIKES, (end - start) / PAIR_BYTES);
  return end;
}

/** The same without presumptions. */
function sweepCarefully(core: usize, m: usize, w: usize, rows: i32, lanes: i32, first: u32): usize {
  const zeroReaches = v128.load(core, CORE_ZERO_REACHES);
  const start = load<usize>(core, CORE_EMITTED);
  let end = start;
  for (let row = 0; row < rows; row++) {
    if (updateCarefully(core, m, w, lanes, zeroReaches, false)) {
      end = fire(core, m, w, lanes, zeroReaches, first + (row << 10), row * lanes, end);
    }
    m += load<usize>(core, CORE_MEMBRANE_ROW);
    w += load<usize>(core, CORE_WEIGHT_ROW);
  }
  count(core + CORE_SPIKES, (end - start) / PAIR_BYTES);
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
  let end = start;
  if (updateCarefully(core, m, leak, lanes, always, true)) {
    end = fire(core, m, leak, lanes, always, row << 10, row * lanes, start);
  }
  count(core + CORE_SPIKES, (end - start) / PAIR_BYTES);
  return end;
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

/**
 * [R2] [R3] Goes over one run again and fires the lanes that are reached and high enough; `w` points at 8-bit weights, or
 * at anything readable where every lane is reached.
 *
 * @param first output row and column of the first lane, as in an address
 * @param tap ordinal of the first lane in the sweep
 * @returns the new end of the emitted spikes
 */
function fire(core: usize, m: usize, w: usize, lanes: i32, zeroReaches: v128, first: u32, tap: u32, end: usize): usize {
  const belowFire = v128.load(core, CORE_BELOW_FIRE);
  const threshold = v128.load(core, CORE_THRESHOLD);
  const keep = v128.load(core, CORE_KEEP);
  const features = load<u32>(core, CORE_FEATURES);
  const reciprocal = load<u64>(core, CORE_RECIPROCAL);
  const zero = i16x8.splat(0);
  let tallest = zero;
  let residues: u64 = 0;
  for (let base = 0; base < lanes; base += 64) {
    // First a bit for each lane that fires, then the spikes: no branch until 64 lanes are done.
    const part = min(lanes - base, 64);
    let bits: u64 = 0;
    for (let lane = 0; lane < part; lane += 8) {
      const v = v128.load(m);
      const reached = v128.and(
        v128.or(i16x8.ne(v128.load8x8_s(w), zero), zeroReaches),
        firstLanes(min(part - lane, 8)),
      );
      const fires = v128.and(i16x8.gt_s(v, belowFire), reached);
      const after = v128.and(v128.and(i16x8.sub(v, threshold), keep), fires);
      v128.store(m, v128.or(after, v128.andnot(v, fires)));
      tallest = i16x8.max_s(tallest, after);
      residues += popcnt(i16x8.bitmask(v128.and(i16x8.gt_s(after, belowFire), fires)));
      bits |= (i16x8.bitmask(fires) as u64) << lane;
      m += 16;
      w += 8;
    }
    for (; bits; bits &= bits - 1) {
      const lane: u32 = base + (ctz(bits) as u32);
      const column = (((lane as u64) * reciprocal) >> 40) as u32;
      store<u32>(end, ((lane - column * features) << 20) | (first + column));
      store<u32>(end, tap + lane, 4);
      end += PAIR_BYTES;
    }
  }
  count(core + CORE_RESIDUES, residues);
  if (v128.any_true(i16x8.gt_s(tallest, v128.load(core, CORE_CALM_TOP)))) store<u32>(core, 1, CORE_CAREFUL);
  return end;
}
