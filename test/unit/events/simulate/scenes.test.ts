import { describe, expect, it } from "vitest";
import { imageFromBytes } from "../../../../src/events/simulate/image.ts";
import { saccadePath, slowPath } from "../../../../src/events/simulate/paths.ts";
import { imageSequence, movingImage } from "../../../../src/events/simulate/scenes.ts";
import { BARS, DIGITS, drawFigure } from "../../../../src/events/simulate/shapes.ts";

/** One white pixel in the middle of 3x3. */
const dot = imageFromBytes(Uint8Array.of(0, 0, 0, 0, 255, 0, 0, 0, 0), 3, 3);

function look(dx: number, dy: number, scale = 1): number[] {
  const frame = new Float32Array(25);
  movingImage(dot, () => [dx, dy], { sensor: [5, 5], black: 0.2, scale }).render(0, frame);
  // Back to image values, to two decimals.
  return [...frame].map((value) => Math.round(((value - 0.2) / 0.8) * 100) / 100);
}

describe("movingImage", () => {
  it("shows the image in the middle, black around it", () => {
    const frame = look(0, 0);
    expect(frame[12]).toBe(1);
    expect(frame.reduce((sum, value) => sum + value, 0)).toBe(1);
  });

  it("moves right and down with the path, sharing a pixel's light by its sub-pixel position", () => {
    expect(look(1, 0)[13]).toBe(1);
    expect(look(0, 1)[17]).toBe(1);
    const between = look(0.2, 0.5);
    expect([between[12], between[13], between[17], between[18]]).toEqual([0.4, 0.1, 0.4, 0.1]);
  });

  it("enlarges by the scale and lets the image leave the sensor", () => {
    const large = look(0, 0, 2);
    expect([large[6], large[7], large[12]]).toEqual([0.25, 0.5, 1]);
    expect(look(9, 0).every((value) => value === 0)).toBe(true);
  });

  it("shows the background outside", () => {
    const frame = new Float32Array(25);
    movingImage(dot, () => [20, 20], { sensor: [5, 5], black: 0.2, background: 1 }).render(0, frame);
    expect(frame.every((value) => value === 1)).toBe(true);
  });
});

describe("imageSequence", () => {
  it("blends from picture to picture and stands still at both ends", () => {
    const scene = imageSequence([Float32Array.of(1), Float32Array.of(3)], 100, [1, 1]);
    const at = (tUs: number): number => {
      const frame = new Float32Array(1);
      scene.render(tUs, frame);
      return frame[0];
    };
    expect([at(0), at(25), at(100), at(1_000)]).toEqual([1, 1.5, 3, 3]);
  });
});

describe("paths", () => {
  it("walks N-MNIST's triangle in three saccades of 100 ms and is back where it began", () => {
    const path = saccadePath();
    expect(path(0)).toEqual([-2.5, -2]);
    expect(path(100_000)).toEqual([0, 2.5]);
    expect(path(200_000)).toEqual([2.5, -2]);
    expect(path(300_000)).toEqual([-2.5, -2]);
    const [x, y] = path(42_500);
    expect(x).toBeCloseTo(-1.25, 12);
    expect(y).toBeCloseTo(0.25, 12);
  });

  it("rests between saccades", () => {
    const path = saccadePath({ saccadeUs: 50_000, moveUs: 20_000 });
    expect(path(20_000)).toEqual(path(49_000));
  });

  it("swings slowly around the middle", () => {
    const path = slowPath({ amplitude: [5, 2], periodUs: [1_000_000, 500_000] });
    expect(path(0)).toEqual([0, 0]);
    expect(path(250_000)[0]).toBeCloseTo(5, 12);
    expect(path(125_000)[1]).toBeCloseTo(2, 12);
  });
});

describe("drawFigure", () => {
  it("draws a bar of the thickness asked for, its edges smooth", () => {
    const { values } = drawFigure(BARS.get("horizontal")!, { size: 20, thickness: 3 });
    const column = Array.from({ length: 20 }, (_, y) => values[y * 20 + 10]);
    expect(column.reduce((sum, value) => sum + value, 0)).toBeCloseTo(3, 5);
    expect(column[9]).toBe(1);
    expect(column[8]).toBeGreaterThan(0);
    expect(column[7]).toBe(0);
  });

  it("turns clockwise: the horizontal bar by 45 degrees is the falling one", () => {
    const turned = drawFigure(BARS.get("horizontal")!, { size: 24, turnDegrees: 45 });
    const falling = drawFigure(BARS.get("falling")!, { size: 24 });
    for (let i = 0; i < 24 * 24; i++) expect(turned.values[i]).toBeCloseTo(falling.values[i], 5);
    // It falls to the right: ink left above, none right above.
    expect(falling.values[7 * 24 + 7]).toBeGreaterThan(0.5);
    expect(falling.values[7 * 24 + 16]).toBe(0);
  });

  it("draws ten different digits that stay inside the picture", () => {
    const pictures = [...DIGITS.values()].map((figure) => drawFigure(figure, { size: 28, thickness: 2 }).values);
    expect(new Set(pictures.map(String)).size).toBe(10);
    for (const values of pictures) {
      const border = values.filter((_, i) => i < 28 || i >= 27 * 28 || i % 28 === 0 || i % 28 === 27);
      expect(Math.max(...border)).toBe(0);
    }
  });
});
