import { matchRows } from "./matching.ts";

/** Cost of every row on every column; Infinity where the row may not go. Finite costs are non-negative integers. */
export type CostMatrix = readonly (readonly number[])[];

/**
 * The assignment of rows to columns with the smallest largest cost, among those the smallest sum, among those the first
 * in lexicographic order. Each step is exact, so the result is a proven optimum and the same on every machine.
 *
 * @returns column of every row
 * @throws RangeError when no assignment exists; ask `matchRows` first
 */
export function bottleneckAssignment(cost: CostMatrix): number[] {
  const levels = [...new Set(cost.flat())].filter(Number.isFinite).sort((a, b) => a - b);
  let low = 0;
  let high = levels.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isFeasible(upTo(cost, levels[middle]))) high = middle;
    else low = middle + 1;
  }
  return smallestSumAssignment(upTo(cost, levels[low] ?? 0));
}

/**
 * The assignment of rows to columns with the smallest sum of costs, among those the first in lexicographic order.
 *
 * Hungarian method with potentials (Jonker and Volgenant's shortest augmenting paths), O(columns^3). Every optimal
 * assignment uses only edges whose reduced cost is zero, and every assignment of such edges is optimal; the first in
 * order is therefore found by matching among those edges.
 *
 * @throws RangeError when no assignment exists
 */
export function smallestSumAssignment(cost: CostMatrix): number[] {
  const rows = cost.length;
  if (rows === 0) return [];
  if (!isFeasible(cost)) throw new RangeError("no assignment serves every row");
  const columns = cost[0].length;
  // Rows of zeros make the matrix square, so that complementary slackness speaks about every column.
  const square = Array.from({ length: columns }, (_, row) => cost[row] ?? new Array<number>(columns).fill(0));
  const { rowPotential, columnPotential, columnOf } = hungarian(square);
  const tight = square.map((line, row) =>
    line.flatMap((value, column) => (value - rowPotential[row] - columnPotential[column] === 0 ? [column] : [])),
  );
  return firstMatching(tight, columnOf).slice(0, rows);
}

function hungarian(cost: CostMatrix): { rowPotential: number[]; columnPotential: number[]; columnOf: number[] } {
  const n = cost.length;
  const rowPotential = new Array<number>(n).fill(0);
  const columnPotential = new Array<number>(n).fill(0);
  const rowOf = new Array<number>(n).fill(-1);
  for (let row = 0; row < n; row++) {
    const slack = new Array<number>(n).fill(Number.POSITIVE_INFINITY);
    const before = new Array<number>(n).fill(-1);
    const done = new Array<boolean>(n).fill(false);
    let current = row;
    let column = -1;
    for (;;) {
      let next = -1;
      for (let j = 0; j < n; j++) {
        if (done[j]) continue;
        const reduced = cost[current][j] - rowPotential[current] - columnPotential[j];
        if (reduced < slack[j]) {
          slack[j] = reduced;
          before[j] = column;
        }
        if (next < 0 || slack[j] < slack[next]) next = j;
      }
      const delta = slack[next];
      rowPotential[row] += delta;
      for (let j = 0; j < n; j++) {
        if (done[j]) {
          rowPotential[rowOf[j]] += delta;
          columnPotential[j] -= delta;
        } else {
          slack[j] -= delta;
        }
      }
      done[next] = true;
      column = next;
      if (rowOf[next] < 0) break;
      current = rowOf[next];
    }
    while (column >= 0) {
      const previous = before[column];
      rowOf[column] = previous < 0 ? row : rowOf[previous];
      column = previous;
    }
  }
  const columnOf = new Array<number>(n);
  rowOf.forEach((row, column) => {
    columnOf[row] = column;
  });
  return { rowPotential, columnPotential, columnOf };
}

/** The lexicographically first perfect matching of a square graph, from any perfect matching of it. */
function firstMatching(allowed: readonly (readonly number[])[], start: readonly number[]): number[] {
  const columnOf = [...start];
  const rowOf = new Array<number>(start.length);
  columnOf.forEach((column, row) => {
    rowOf[column] = row;
  });
  for (let row = 0; row < columnOf.length; row++) {
    for (const column of allowed[row]) {
      if (column === columnOf[row] || takeOver(row, column, allowed, columnOf, rowOf)) break;
    }
  }
  return columnOf;
}

/** Gives `column` to `row` if the rows behind it can be moved so that everyone is served; rows before `row` stay. */
function takeOver(
  row: number,
  column: number,
  allowed: readonly (readonly number[])[],
  columnOf: number[],
  rowOf: number[],
): boolean {
  const free = columnOf[row];
  const displaced = rowOf[column];
  if (displaced < row) return false;
  const visited = new Set([column]);
  const path = (from: number): boolean => {
    for (const next of allowed[from]) {
      if (visited.has(next)) continue;
      visited.add(next);
      const owner = rowOf[next];
      if (next === free || (owner > row && path(owner))) {
        columnOf[from] = next;
        rowOf[next] = from;
        return true;
      }
    }
    return false;
  };
  if (!path(displaced)) return false;
  columnOf[row] = column;
  rowOf[column] = row;
  return true;
}

function upTo(cost: CostMatrix, limit: number): CostMatrix {
  return cost.map((line) => line.map((value) => (value <= limit ? value : Number.POSITIVE_INFINITY)));
}

function isFeasible(cost: CostMatrix): boolean {
  return (
    "columnOf" in
    matchRows(cost.map((line) => line.flatMap((value, column) => (value < Number.POSITIVE_INFINITY ? [column] : []))))
  );
}
