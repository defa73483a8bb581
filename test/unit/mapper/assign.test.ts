import { describe, expect, it } from "vitest";
import { bottleneckAssignment, smallestSumAssignment } from "../../../src/mapper/assign.ts";

const NO = Number.POSITIVE_INFINITY;

describe("smallestSumAssignment", () => {
  it("finds the smallest sum, not the first fit", () => {
    expect(
      smallestSumAssignment([
        [4, 1, 3],
        [2, 0, 5],
        [3, 2, 2],
      ]),
    ).toEqual([1, 0, 2]);
  });

  it("leaves columns over and avoids forbidden ones", () => {
    expect(
      smallestSumAssignment([
        [NO, 5, 1, NO],
        [NO, NO, 1, 9],
      ]),
    ).toEqual([1, 2]);
  });

  it("takes the lowest columns among equals", () => {
    expect(
      smallestSumAssignment([
        [1, 1, 1],
        [1, 1, 1],
      ]),
    ).toEqual([0, 1]);
    expect(
      smallestSumAssignment([
        [NO, 1, 1],
        [1, 1, 1],
      ]),
    ).toEqual([1, 0]);
  });

  it("refuses the impossible", () => {
    expect(() =>
      smallestSumAssignment([
        [1, NO],
        [1, NO],
      ]),
    ).toThrow(RangeError);
  });
});

describe("bottleneckAssignment", () => {
  it("prefers two middling costs over one small and one large", () => {
    const cost = [
      [1, 5],
      [5, 10],
    ];
    expect(
      smallestSumAssignment([
        [1, 5],
        [6, 10],
      ]),
    ).toEqual([0, 1]);
    expect(bottleneckAssignment(cost)).toEqual([1, 0]);
  });

  it("breaks ties by the sum", () => {
    expect(
      bottleneckAssignment([
        [9, 9, 9],
        [4, 3, 1],
      ]),
    ).toEqual([0, 2]);
  });

  it("assigns nothing when there is nothing", () => {
    expect(bottleneckAssignment([])).toEqual([]);
  });
});
