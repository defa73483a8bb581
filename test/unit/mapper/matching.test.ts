import { expect, it } from "vitest";
import { matchRows } from "../../../src/mapper/matching.ts";

it("moves earlier rows so that every row is served", () => {
  expect(matchRows([[0, 1], [0], [1, 2]])).toEqual({ columnOf: [1, 0, 2] });
});

it("names a minimal set of rows that want fewer columns", () => {
  // Rows 1, 2, 3 share columns 4 and 5; row 0 has nothing to do with it.
  expect(matchRows([[0, 1], [4, 5], [5], [4]])).toEqual({ violator: { rows: [1, 2, 3], columns: [4, 5] } });
});

it("names a row that has no column at all", () => {
  expect(matchRows([[0], []])).toEqual({ violator: { rows: [1], columns: [] } });
});
