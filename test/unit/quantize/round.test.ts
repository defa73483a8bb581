import { expect, it } from "vitest";
import { range, roundHalfEven } from "../../../src/quantize/round.ts";

it("rounds halves to the even number, everything else to the nearest", () => {
  const cases: [number, number][] = [
    [0.5, 0],
    [1.5, 2],
    [2.5, 2],
    [-0.5, 0],
    [-1.5, -2],
    [-2.5, -2],
    [2.4999, 2],
    [2.5001, 3],
    [-12.7, -13],
    [7, 7],
  ];
  for (const [value, expected] of cases) expect(roundHalfEven(value)).toBe(expected);
});

it("never gives minus zero, which would show in files and reports", () => {
  for (const value of [-0.5, -0.2, -0]) expect(Object.is(roundHalfEven(value), 0)).toBe(true);
});

it("finds the range of values, nothing being 0..0", () => {
  expect(range([3, -1, 2])).toEqual({ min: -1, max: 3 });
  expect(range([])).toEqual({ min: 0, max: 0 });
});
