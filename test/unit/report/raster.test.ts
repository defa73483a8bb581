import { describe, expect, it } from "vitest";
import { framePreview } from "../../../src/report/raster.ts";

describe("framePreview", () => {
  it("draws two rows of pixels as one line, denser where more happened", () => {
    const rows = [
      [0, 8, 0, 1],
      [0, 8, 4, 0],
      [0, 0, 0, 0],
      [1, 0, 0, 0],
    ];
    const counts = rows.flat();
    expect(framePreview(counts, 4, 4)).toBe(" █▒░\n░   ");
    expect(framePreview(counts, 4, 4, { ascii: true })).toBe(" @+:\n:   ");
  });

  it("shows a single event beside thousands", () => {
    expect(framePreview([10_000, 1], 2, 1)).toBe("█░");
  });

  it("is blank without events, and keeps to the width", () => {
    expect(framePreview(new Uint32Array(6), 3, 2)).toBe("   ");
    const lines = framePreview(new Uint32Array(128 * 128).fill(1), 128, 128, { columns: 40 }).split("\n");
    expect(lines).toHaveLength(16);
    expect(lines.every((line) => line.length === 32)).toBe(true);
  });

  it("refuses counts that do not make up the picture", () => {
    expect(() => framePreview([1, 2, 3], 2, 2)).toThrow("2x2 pixels need 4 counts, not 3");
  });
});
