import { describe, expect, it } from "vitest";
import { orientEvents } from "../../../src/events/orient.ts";
import { eventsOf, rowsOf } from "../../support/events.ts";
import { thrown } from "../../support/thrown.ts";

const events = eventsOf(
  [
    [1, 0, 0, 1],
    [2, 3, 1, 0],
  ],
  [5, 2],
);

describe("orientation", () => {
  it("flips within the sensor", () => {
    expect(rowsOf(orientEvents(events, { flipX: true }))).toEqual([
      [1, 4, 0, 1],
      [2, 1, 1, 0],
    ]);
    expect(rowsOf(orientEvents(events, { flipY: true })).map(([, , y]) => y)).toEqual([1, 0]);
  });

  it("swaps before it flips, the sensor with it", () => {
    const turned = orientEvents(events, { swapXY: true, flipX: true });
    expect(turned.sensor).toEqual([2, 5]);
    expect(rowsOf(turned)).toEqual([
      [1, 1, 0, 1],
      [2, 0, 3, 0],
    ]);
  });

  it("inverts polarity, and only that of 0 and 1", () => {
    expect([...orientEvents(events, { invertPolarity: true }).p]).toEqual([0, 1]);
    expect(thrown(() => orientEvents(eventsOf([[1, 0, 0, 2]]), { invertPolarity: true })).code).toBe("E_INPUT");
  });

  it("does not guess the size of a sensor", () => {
    expect(thrown(() => orientEvents(eventsOf([[1, 0, 0, 1]]), { flipX: true })).message).toContain("--sensor");
    expect(rowsOf(orientEvents(eventsOf([[1, 7, 2, 1]]), { swapXY: true }))).toEqual([[1, 2, 7, 1]]);
  });
});
