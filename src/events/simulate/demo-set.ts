import { Random } from "../../random.ts";
import type { EventStream, SensorSize } from "../event-stream.ts";
import { type CameraParameters, recordScene } from "./camera.ts";
import { saccadePath } from "./paths.ts";
import { movingImage } from "./scenes.ts";
import { BARS, DIGITS, drawFigure, type Figure } from "./shapes.ts";

export interface DemoSetOptions {
  readonly seed: number;
  /** Recordings of each class. */
  readonly perClass: number;
  /** "bars": four orientations (default); "digits": 0 to 9, drawn. */
  readonly figures?: "bars" | "digits";
  /** Default `[32, 32]`. */
  readonly sensor?: SensorSize;
  /** Length of a recording. Default 300,000: three saccades. */
  readonly durationUs?: number;
  readonly camera?: Partial<CameraParameters>;
}

export interface DemoSample {
  readonly id: string;
  /** Index into `classes`. */
  readonly label: number;
  readonly events: EventStream;
}

export interface DemoSet {
  readonly classes: readonly string[];
  /** The classes take turns, so that any first part of the set is balanced. */
  readonly samples: readonly DemoSample[];
}

/**
 * Labelled recordings made by the event-camera simulator: drawn figures, each placed a little differently, seen in
 * saccades. A sample depends on the seed and its own number only, so that a larger set begins with the smaller one.
 */
export function simulateDemoSet(options: DemoSetOptions): DemoSet {
  const { seed, perClass, figures = "bars" } = options;
  if (!(Number.isInteger(perClass) && perClass > 0)) {
    throw new RangeError(`perClass must be a whole number above zero, not ${perClass}`);
  }
  const catalogue = [...(figures === "bars" ? BARS : DIGITS)];
  const samples: DemoSample[] = [];
  for (let round = 0; round < perClass; round++) {
    for (const [label, [name, figure]] of catalogue.entries()) {
      const random = new Random(seed, samples.length);
      samples.push({ id: `${name}-${String(round).padStart(4, "0")}`, label, events: record(figure, random, options) });
    }
  }
  return { classes: catalogue.map(([name]) => name), samples };
}

function record(figure: Figure, random: Random, options: DemoSetOptions): EventStream {
  const { sensor = [32, 32], durationUs = 300_000, camera = {} } = options;
  const size = Math.min(...sensor);
  const between = (low: number, high: number): number => low + (high - low) * random.float();
  const image = drawFigure(figure, {
    size,
    extent: size * between(0.75, 0.95),
    thickness: (size / 32) * between(2, 3),
    turnDegrees: between(-8, 8),
    shift: [between(-2, 2), between(-2, 2)],
  });
  const scene = movingImage(image, saccadePath(), { sensor });
  return recordScene(scene, { durationUs, seed: random.uint32(), camera });
}
