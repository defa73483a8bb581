// [D2] When the taps of an event are done. Evaluated once for each input feature, window and unit of the first tap, when
// first met; emulator/timing/table.ts says the recurrence in words.
import {
  AXIS_COUNT, AXIS_FIRST, AXIS_WEIGHT, CORE_FEATURES, CORE_WEIGHT_BYTES, CORE_WEIGHT_ROW, CORE_ZERO_REACHES,
} from "../layout";
import {
  ENTRY_BYTES, ENTRY_DONE, ENTRY_FREE, RUN_PIPELINED, RUN_T_KERNEL, RUN_T_NEURON, RUN_T_START, TIMED_ARENA, TIMED_ARENA_END,
  TIMED_ARENA_NEXT, TIMED_CORE, TIMED_FEATURE_BITS, TIMED_PHASES, TIMED_ROW_BITS, TIMED_TABLES, TIMED_TABLE_COUNT,
  TIMED_UNITS,
} from "../timed-layout";

const MOST_UNITS = 64;
const unitFree: usize = memory.data(MOST_UNITS * 8, 8);

/** The sweep table's entry (`TABLE_...`) of an event whose place `sweep.ts` has looked up. */
// @ts-ignore: decorator
@inline
export function sweepTable(run: usize, timed: usize, inFeature: u32, atY: usize, atX: usize, window: u32): usize {
  // Window offsets count 8 bytes a window, and so much an entry takes.
  let entry = load<usize>(timed, TIMED_TABLES);
  let phase: u32 = 0;
  const phases = load<u32>(timed, TIMED_PHASES);
  if (phases == 1) {
    entry += window;
  } else {
    const first =
      ((load<u32>(atY, AXIS_FIRST) as u64) >> 10 << load<u32>(timed, TIMED_ROW_BITS)) +
      ((load<u32>(atX, AXIS_FIRST) as u64) << load<u32>(timed, TIMED_FEATURE_BITS));
    phase = (first % phases) as u32;
    entry += window * phases + phase * ENTRY_BYTES;
  }
  if (load<usize>(entry, ENTRY_DONE) == 0) make(run, timed, entry, inFeature, atY, atX, phase);
  return entry;
}

function make(run: usize, timed: usize, entry: usize, inFeature: u32, atY: usize, atX: usize, phase: u32): void {
  const core = load<usize>(timed, TIMED_CORE);
  const weights =
    load<u32>(atY, AXIS_WEIGHT) + load<u32>(atX, AXIS_WEIGHT) + inFeature * load<u32>(core, CORE_WEIGHT_BYTES);
  evaluate(run, timed, entry, weights, load<u32>(atY, AXIS_COUNT), load<u32>(atX, AXIS_COUNT), phase);
}

function evaluate(run: usize, timed: usize, entry: usize, weights: usize, rows: u32, columns: u32, phase: u32): void {
  const core = load<usize>(timed, TIMED_CORE);
  const features = load<u32>(core, CORE_FEATURES);
  const table = place(timed, (rows * columns * features) << 2);
  const begin = load<i64>(run, RUN_T_START);
  const tKernel = load<i64>(run, RUN_T_KERNEL);
  const tNeuron = load<i64>(run, RUN_T_NEURON);
  const zeroReaches = load<u16>(core, CORE_ZERO_REACHES) != 0;
  const units = load<u32>(timed, TIMED_UNITS);
  memory.fill(unitFree, 0, units << 3);
  let issue = begin;
  let lastIssue = issue;
  let last: i64 = 0;
  let done = table;
  for (let row: u32 = 0; row < rows; row++) {
    let w = weights + row * load<u32>(core, CORE_WEIGHT_ROW);
    for (let column: u32 = 0; column < columns; column++) {
      const position =
        phase + ((row as u64) << load<u32>(timed, TIMED_ROW_BITS)) + ((column as u64) << load<u32>(timed, TIMED_FEATURE_BITS));
      for (let f: u32 = 0; f < features; f++, w++) {
        let start = issue + tKernel;
        let end = start;
        if (zeroReaches || load<i8>(w) != 0) {
          const unit = unitFree + ((((position + f) % units) as usize) << 3);
          start = max(start, load<i64>(unit));
          end = start + tNeuron;
          store<i64>(unit, end);
        }
        store<u32>(done, end as u32);
        done += 4;
        last = max(last, end);
        lastIssue = issue;
        issue = max(issue + tKernel, start - tKernel);
      }
    }
  }
  let free = begin;
  if (rows * columns > 0) {
    free = load<u32>(run, RUN_PIPELINED) ? max(lastIssue + tKernel, last - (begin + tKernel)) : last;
  }
  store<usize>(entry, table, ENTRY_DONE);
  store<u32>(entry, free as u32, ENTRY_FREE);
}

/** Room for a table; when there is none, all tables of the core are thrown away. */
function place(timed: usize, bytes: usize): usize {
  let here = load<usize>(timed, TIMED_ARENA_NEXT);
  if (here + bytes > load<usize>(timed, TIMED_ARENA_END)) {
    memory.fill(load<usize>(timed, TIMED_TABLES), 0, load<u32>(timed, TIMED_TABLE_COUNT) * ENTRY_BYTES);
    here = load<usize>(timed, TIMED_ARENA);
  }
  store<usize>(timed, here + bytes, TIMED_ARENA_NEXT);
  return here;
}
