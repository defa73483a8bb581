import { describe, expect, it } from "vitest";
import { ChipError } from "../../../src/errors.ts";
import { cutSlices, parseSliceRule, sliceByCount, sliceByWindow } from "../../../src/events/slice.ts";
import { eventsOf } from "../../support/events.ts";

const at = (...times: number[]) => eventsOf(times.map((t) => [t, 0, 0, 1]));
const timesOf = (slices: ReturnType<typeof cutSlices>) => slices.map((slice) => [...slice.t]);

describe("slices by count", () => {
  it("holds so many events each, without overlap; the remainder is dropped", () => {
    expect(timesOf(sliceByCount(at(1, 2, 2, 4, 5, 6, 7), 3))).toEqual([
      [1, 2, 2],
      [4, 5, 6],
    ]);
    expect(sliceByCount(at(1, 2), 3)).toEqual([]);
  });
});

describe("slices by window", () => {
  it("counts windows from the first event; the end belongs to the next one", () => {
    expect(timesOf(sliceByWindow(at(50, 60, 149, 150, 249, 260), 100))).toEqual([
      [50, 60, 149],
      [150, 249],
    ]);
  });

  it("keeps a window in which nothing happened", () => {
    expect(timesOf(sliceByWindow(at(0, 250, 299), 100))).toEqual([[0], [], [250, 299]]);
  });

  it("takes a last window that the recording just fills, and drops a shorter one", () => {
    expect(sliceByWindow(at(0, 99), 100)).toHaveLength(1);
    expect(sliceByWindow(at(0, 98), 100)).toHaveLength(0);
    expect(sliceByWindow(at(), 100)).toHaveLength(0);
  });
});

describe("slice rules", () => {
  it("reads a bare number as events, a duration as a window", () => {
    expect(parseSliceRule("3000")).toEqual({ events: 3000 });
    expect(parseSliceRule("100ms")).toEqual({ windowUs: 100_000 });
    expect(timesOf(cutSlices(at(1, 2, 3), parseSliceRule("2")))).toEqual([[1, 2]]);
    expect(timesOf(cutSlices(at(1, 2, 3), parseSliceRule("2us")))).toEqual([[1, 2]]);
  });

  it.each(["0", "-3", "3000 events", ""])("refuses %j, naming the option", (text) => {
    expect(() => parseSliceRule(text, "--slice")).toThrow(ChipError);
    expect(() => parseSliceRule(text, "--slice")).toThrow(/^--slice is/);
  });
});
