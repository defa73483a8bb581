import type { Shape } from "../network/types.ts";
import type { Random } from "../random.ts";

/** Some samples as the network takes them. */
export interface Batch {
  /** `[sample][y][x][feature]` (NHWC), as tfjs wants it; `Network` files keep features first. */
  readonly x: Float32Array;
  /** Index of the class of each sample. */
  readonly labels: Int32Array;
}

/** Labelled samples of one shape that a training draws its batches from. */
export interface TrainingSet {
  /** `[features, height, width]` of one sample. */
  readonly shape: Shape;
  readonly classes: number;
  readonly size: number;
  /**
   * @param indices samples, each in 0..size-1, in the order wanted
   * @param augment randomness for random crops, flips and the like; null: samples as they are
   * @param into where to write them, of the size wanted; a set may also give arrays of its own
   */
  batch(indices: Int32Array, augment: Random | null, into?: Batch): Batch;
}

/** What a recipe's data become. */
export interface TrainingSets {
  readonly train: TrainingSet;
  /** Never trained on. */
  readonly test: TrainingSet;
}
