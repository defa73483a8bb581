import { describe, expect, it } from "vitest";
import { findHotPixels, removePixels } from "../../../src/events/hot-pixels.ts";
import { eventsOf } from "../../support/events.ts";

/** `count` events at each of some pixels, one a microsecond. */
function busy(pixels: readonly (readonly [x: number, y: number, count: number])[]) {
  const rows = pixels.flatMap(([x, y, count]) => Array.from({ length: count }, (_, i) => [x, y, i & 1] as const));
  return eventsOf(
    rows.map(([x, y, p], t) => [t, x, y, p]),
    [16, 16],
  );
}

const edge = Array.from({ length: 16 }, (_, y) => [7, y, 60] as const);

describe("hot pixels", () => {
  it("a pixel alone with its events is hot, an edge is not", () => {
    const found = findHotPixels(busy([...edge, [2, 3, 50], [12, 12, 25]]));
    expect(found).toEqual([
      { x: 2, y: 3, events: 50 },
      { x: 12, y: 12, events: 25 },
    ]);
  });

  it("two side by side do not hide each other", () => {
    const found = findHotPixels(busy([...edge, [0, 0, 90], [1, 0, 80]]));
    expect(found.map(({ x, y }) => [x, y])).toEqual([
      [0, 0],
      [1, 0],
    ]);
  });

  it("few events are no evidence, and the rule can be set", () => {
    expect(findHotPixels(busy([[3, 3, 19]]))).toEqual([]);
    expect(findHotPixels(busy([[3, 3, 19]]), { least: 10 }).length).toBe(1);
    expect(findHotPixels(busy([[3, 3, 19]]), { least: 10, factor: 20 })).toEqual([]);
  });

  it("their events go, all others stay in order", () => {
    const recording = busy([...edge, [2, 3, 50]]);
    const { events, dropped } = removePixels(recording, findHotPixels(recording));
    expect(dropped).toBe(50);
    expect(events.x.every((x) => x === 7)).toBe(true);
    expect([...events.t]).toEqual([...recording.t.subarray(0, 960)]);
    expect(events.sensor).toEqual([16, 16]);
  });
});
