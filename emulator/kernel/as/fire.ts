// [R2] [R3] What happens where a neuron has come above the threshold.
import {
  CORE_BELOW_FIRE, CORE_CALM_TOP, CORE_CAREFUL, CORE_FEATURES, CORE_KEEP, CORE_MEMBRANE_ROW, CORE_RECIPROCAL,
  CORE_RESIDUES, CORE_SPIKES, CORE_THRESHOLD, CORE_WEIGHT_ROW, PAIR_BYTES,
} from "../layout";

/** Adds to a 64-bit counter. */
// @ts-ignore: decorator
@inline
export function count(counter: usize, n: u64): void {
  store<u64>(counter, load<u64>(counter) + n);
}

/**
 * Goes over runs of neighbouring lanes again and fires those that are reached and high enough. Spikes are rare: vectors
 * look for them, and what a spike does is done lane by lane.
 *
 * @param w 8-bit weights; looked at unless `zeroReaches`
 * @param zeroReaches true: every lane is reached; false: those whose weight is not zero
 * @param first output row and column of the first lane, as in an address
 * @param tap ordinal of the first lane in the sweep
 * @param end of the spikes emitted so far
 * @returns the new end
 */
export function fire(
  core: usize, m: usize, w: usize, rows: i32, lanes: i32, zeroReaches: bool, first: u32, tap: u32, end: usize,
): usize {
  const start = end;
  const belowFire = v128.load(core, CORE_BELOW_FIRE);
  for (; rows > 0; rows--) {
    for (let base = 0; base < lanes; base += 64) {
      // A bit for each lane above the threshold; what lies past the run does not count.
      const part = min(lanes - base, 64);
      let bits: u64 = 0;
      let a = m + (base << 1);
      for (let lane = 0; lane < part; lane += 16) {
        const low = i16x8.gt_s(v128.load(a), belowFire);
        const high = i16x8.gt_s(v128.load(a, 16), belowFire);
        bits |= (i8x16.bitmask(i8x16.narrow_i16x8_s(low, high)) as u32 as u64) << lane;
        a += 32;
      }
      bits &= u64.MAX_VALUE >> (64 - part);
      for (; bits; bits &= bits - 1) {
        const lane: u32 = base + (ctz(bits) as u32);
        if (!zeroReaches && load<i8>(w + lane) == 0) continue;
        fireLane(core, m + (lane << 1));
        const column = (((lane as u64) * load<u64>(core, CORE_RECIPROCAL)) >> 40) as u32;
        store<u32>(end, ((lane - column * load<u32>(core, CORE_FEATURES)) << 20) | (first + column));
        store<u32>(end, tap + lane, 4);
        end += PAIR_BYTES;
      }
    }
    m += load<usize>(core, CORE_MEMBRANE_ROW);
    w += load<usize>(core, CORE_WEIGHT_ROW);
    first += 1 << 10;
    tap += lanes;
  }
  count(core + CORE_SPIKES, (end - start) / PAIR_BYTES);
  return end;
}

// @ts-ignore: decorator
@inline
function fireLane(core: usize, m: usize): void {
  const left = (load<i16>(m) - load<i16>(core, CORE_THRESHOLD)) & load<i16>(core, CORE_KEEP);
  store<i16>(m, left as i16);
  if (left > load<i16>(core, CORE_BELOW_FIRE)) {
    count(core + CORE_RESIDUES, 1);
    if (left > load<i16>(core, CORE_CALM_TOP)) store<u32>(core, 1, CORE_CAREFUL);
  }
}
