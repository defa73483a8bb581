import type { GrayImage } from "./image.ts";

/** A line through points of the unit square, x to the right, y down. */
export type Stroke = readonly (readonly [x: number, y: number])[];
export type Figure = readonly Stroke[];

export interface DrawOptions {
  /** Width and height of the picture, pixels. */
  readonly size: number;
  /** Width of a stroke, pixels. Default 2.5. */
  readonly thickness?: number;
  /** Turn around the picture's centre, degrees, clockwise as seen. Default 0. */
  readonly turnDegrees?: number;
  /** Pixels that the unit square's side covers. Default: the size. */
  readonly extent?: number;
  /** Shift from the centre, pixels right and down. Default `[0, 0]`. */
  readonly shift?: readonly [dx: number, dy: number];
}

/**
 * White strokes on black with round ends, anti-aliased: a pixel's value falls from 1 to 0 over one pixel at the edge.
 */
export function drawFigure(figure: Figure, options: DrawOptions): GrayImage {
  const { size, thickness = 2.5, turnDegrees = 0, extent = size, shift = [0, 0] } = options;
  if (!(Number.isInteger(size) && size > 0))
    throw new RangeError(`size must be a whole number above zero, not ${size}`);
  const cos = Math.cos((turnDegrees / 180) * Math.PI) * extent;
  const sin = Math.sin((turnDegrees / 180) * Math.PI) * extent;
  const placed = figure.map((stroke) =>
    stroke.map(([x, y]) => [
      size / 2 + shift[0] + cos * (x - 0.5) - sin * (y - 0.5),
      size / 2 + shift[1] + sin * (x - 0.5) + cos * (y - 0.5),
    ]),
  );
  const values = new Float32Array(size * size);
  for (let y = 0, i = 0; y < size; y++) {
    for (let x = 0; x < size; x++, i++) {
      let nearest = Number.POSITIVE_INFINITY;
      for (const stroke of placed) {
        for (let k = 1; k < stroke.length; k++) {
          nearest = Math.min(nearest, squaredDistance(x + 0.5, y + 0.5, stroke[k - 1], stroke[k]));
        }
      }
      values[i] = Math.min(1, Math.max(0, 0.5 + thickness / 2 - Math.sqrt(nearest)));
    }
  }
  return { width: size, height: size, values };
}

/** Squared distance of a point from the segment a-b. */
function squaredDistance(x: number, y: number, a: readonly number[], b: readonly number[]): number {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const length = dx * dx + dy * dy;
  const along = length > 0 ? Math.min(1, Math.max(0, ((x - a[0]) * dx + (y - a[1]) * dy) / length)) : 0;
  return (x - a[0] - along * dx) ** 2 + (y - a[1] - along * dy) ** 2;
}

/** One bar a class, a quarter turn of the half circle apart: what oriented-edge filters can tell. */
export const BARS: ReadonlyMap<string, Figure> = new Map([
  ["horizontal", [bar(0)]],
  ["vertical", [bar(90)]],
  ["falling", [bar(45)]],
  ["rising", [bar(-45)]],
]);

/** The ten digits as one would draw them with a pen. */
export const DIGITS: ReadonlyMap<string, Figure> = new Map<string, Figure>([
  ["0", [arc(0.5, 0.5, 0.28, 0.42, 0, 360)]],
  [
    "1",
    [
      [
        [0.36, 0.26],
        [0.54, 0.08],
        [0.54, 0.92],
      ],
    ],
  ],
  ["2", [[...arc(0.5, 0.31, 0.26, 0.23, 190, 395), [0.22, 0.92], [0.8, 0.92]]]],
  ["3", [arc(0.46, 0.29, 0.26, 0.21, 205, 450), arc(0.46, 0.71, 0.3, 0.21, 270, 515)]],
  [
    "4",
    [
      [
        [0.62, 0.92],
        [0.62, 0.08],
        [0.18, 0.64],
        [0.84, 0.64],
      ],
    ],
  ],
  ["5", [[[0.76, 0.08], [0.32, 0.08], ...arc(0.47, 0.66, 0.29, 0.26, 230, 505)]]],
  ["6", [[[0.66, 0.08], [0.42, 0.28], ...arc(0.5, 0.68, 0.26, 0.24, 190, 550)]]],
  [
    "7",
    [
      [
        [0.2, 0.08],
        [0.8, 0.08],
        [0.42, 0.92],
      ],
    ],
  ],
  ["8", [arc(0.5, 0.29, 0.22, 0.2, 0, 360), arc(0.5, 0.7, 0.27, 0.22, 0, 360)]],
  ["9", [[...arc(0.5, 0.32, 0.25, 0.23, 0, 360), [0.72, 0.62], [0.54, 0.92]]]],
]);

/** A bar through the centre, 0.7 long, turned clockwise from the horizontal. */
function bar(degrees: number): Stroke {
  const dx = 0.35 * Math.cos((degrees / 180) * Math.PI);
  const dy = 0.35 * Math.sin((degrees / 180) * Math.PI);
  return [
    [0.5 - dx, 0.5 - dy],
    [0.5 + dx, 0.5 + dy],
  ];
}

/** Part of an ellipse; degrees run clockwise from the right. */
function arc(cx: number, cy: number, rx: number, ry: number, from: number, to: number): Stroke {
  const steps = Math.max(2, Math.ceil((to - from) / 20));
  return Array.from({ length: steps + 1 }, (_, i) => {
    const angle = ((from + ((to - from) * i) / steps) / 180) * Math.PI;
    return [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)] as const;
  });
}
