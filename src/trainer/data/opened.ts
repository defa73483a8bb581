import type { Shape } from "../../network/types.ts";
import type { TrainingSets } from "../training-set.ts";
import type { PackedSet } from "./packed-set.ts";

/** What the network that is to be trained takes and gives. */
export interface Expected {
  /** `[features, height, width]`. */
  readonly input: Shape;
  /** Features of its last layer. */
  readonly outputs: number;
}

/** Data of a training, in memory, with what a user wants to know about them. */
export interface OpenedData extends TrainingSets {
  readonly train: PackedSet;
  readonly test: PackedSet;
  /** Names of the classes by output feature. */
  readonly classes: readonly string[];
  /** Recordings or images that are trained on, as `--ids` takes them. */
  readonly trainIds: readonly string[];
  /** Those that are not. */
  readonly testIds: readonly string[];
  readonly warnings: readonly string[];
}
