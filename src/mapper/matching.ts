/** Rows (layers) that have fewer columns (cores) between them than they are: no matching can serve all of them. */
export interface HallViolator {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

export type Matching =
  | { readonly columnOf: readonly number[] }
  /** No matching serves every row. */
  | { readonly violator: HallViolator };

/**
 * Matches every row to a column of its own (Kuhn 1955: augmenting paths), or proves that this cannot be.
 *
 * The violator holds the first row that cannot be served and every row that stands in its way. It is minimal: without
 * any one of its rows, the others can be served, because rows reached by alternating paths from one unserved row fill
 * all their columns and are short of exactly one.
 *
 * @param allowed `allowed[row]` lists the row's columns, preferred ones first
 */
export function matchRows(allowed: readonly (readonly number[])[]): Matching {
  const rowOf = new Map<number, number>();
  for (let row = 0; row < allowed.length; row++) {
    const visited = new Set<number>();
    if (!augment(row, allowed, rowOf, visited)) {
      const rows = [row, ...[...visited].map((column) => rowOf.get(column)!)].sort((a, b) => a - b);
      return { violator: { rows, columns: [...visited].sort((a, b) => a - b) } };
    }
  }
  const columnOf = new Array<number>(allowed.length);
  for (const [column, row] of rowOf) columnOf[row] = column;
  return { columnOf };
}

/** How many rows can be served at once. */
export function largestMatching(allowed: readonly (readonly number[])[]): number {
  const rowOf = new Map<number, number>();
  for (let row = 0; row < allowed.length; row++) augment(row, allowed, rowOf, new Set());
  return rowOf.size;
}

/** Finds a column for `row`, moving earlier rows if need be; `visited` ends as the columns that were tried. */
function augment(
  row: number,
  allowed: readonly (readonly number[])[],
  rowOf: Map<number, number>,
  visited: Set<number>,
): boolean {
  for (const column of allowed[row]) {
    if (visited.has(column)) continue;
    visited.add(column);
    const owner = rowOf.get(column);
    if (owner === undefined || augment(owner, allowed, rowOf, visited)) {
      rowOf.set(column, row);
      return true;
    }
  }
  return false;
}
