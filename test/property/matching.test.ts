import { describe, expect, it } from "vitest";
import { bottleneckAssignment, smallestSumAssignment } from "../../src/mapper/assign.ts";
import { matchRows } from "../../src/mapper/matching.ts";
import { Random } from "../../src/random.ts";
import { forCases } from "../support/soak.ts";

const COUNTS = { share: 400, full: 5000 };
const NO = Number.POSITIVE_INFINITY;

function randomCosts(seed: number): number[][] {
  const random = new Random(seed);
  const rows = random.integer(1, 6);
  const columns = random.integer(1, 7);
  const forbidden = random.float() * 0.9;
  const top = random.integer(1, 12);
  return Array.from({ length: rows }, () =>
    Array.from({ length: columns }, () => (random.float() < forbidden ? NO : random.integer(0, top))),
  );
}

/** Every assignment of rows to different allowed columns. */
function* assignments(
  cost: readonly (readonly number[])[],
  chosen: readonly number[] = [],
): Generator<readonly number[]> {
  if (chosen.length === cost.length) {
    yield chosen;
    return;
  }
  for (const [column, value] of cost[chosen.length].entries()) {
    if (value < NO && !chosen.includes(column)) yield* assignments(cost, [...chosen, column]);
  }
}

const columnsOf = (cost: readonly (readonly number[])[]): number[][] =>
  cost.map((line) => line.flatMap((value, column) => (value < NO ? [column] : [])));

function before(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at >= 0 && a[at] < b[at];
}

describe("matching", () => {
  it("is feasible exactly when brute force finds a way; otherwise its violator is true and minimal", () => {
    forCases(
      "matching equals brute force",
      (seed) => {
        const allowed = columnsOf(randomCosts(seed));
        const exists = !assignments(
          allowed.map((columns) => Array.from({ length: 7 }, (_, c) => (columns.includes(c) ? 0 : NO))),
        ).next().done;
        const result = matchRows(allowed);
        expect("columnOf" in result).toBe(exists);
        if ("columnOf" in result) {
          expect(new Set(result.columnOf).size).toBe(allowed.length);
          result.columnOf.forEach((column, row) => {
            expect(allowed[row]).toContain(column);
          });
          return;
        }
        const { rows, columns } = result.violator;
        const wanted = new Set(rows.flatMap((row) => allowed[row]));
        expect([...wanted].sort()).toEqual([...columns].sort());
        expect(columns.length).toBe(rows.length - 1);
        for (const left of rows) {
          const others = rows.filter((row) => row !== left).map((row) => allowed[row]);
          expect("columnOf" in matchRows(others)).toBe(true);
        }
      },
      COUNTS,
    );
  });
});

describe("assignment", () => {
  it("is the first in order of the best by sum, and of the best by largest cost and then sum", () => {
    forCases(
      "assignment equals brute force",
      (seed) => {
        const cost = randomCosts(seed);
        const all = [...assignments(cost)];
        if (all.length === 0) {
          expect(() => smallestSumAssignment(cost)).toThrow(RangeError);
          return;
        }
        const values = (columns: readonly number[]): number[] => columns.map((column, row) => cost[row][column]);
        const sum = (columns: readonly number[]): number => values(columns).reduce((a, b) => a + b, 0);
        const best = (rank: (columns: readonly number[]) => readonly number[]): readonly number[] => {
          const ranked = all.map((columns) => [...rank(columns), ...columns]);
          const first = ranked.reduce((a, b) => (before(b, a) ? b : a));
          return first.slice(-cost.length);
        };
        expect(smallestSumAssignment(cost)).toEqual(best((columns) => [sum(columns)]));
        expect(bottleneckAssignment(cost)).toEqual(best((columns) => [Math.max(...values(columns)), sum(columns)]));
      },
      COUNTS,
    );
  });
});
