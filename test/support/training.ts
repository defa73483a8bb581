import type { Shape } from "../../src/network/types.ts";
import { Random } from "../../src/random.ts";
import type { Recipe } from "../../src/trainer/recipe.ts";
import type { Batch, TrainingSet, TrainingSets } from "../../src/trainer/training-set.ts";

/** Samples in an array, `[y][x][feature]`. */
export function arraySet(shape: Shape, classes: number, x: Float32Array, labels: readonly number[]): TrainingSet {
  const size = shape[0] * shape[1] * shape[2];
  return {
    shape,
    classes,
    size: labels.length,
    batch(indices): Batch {
      const values = new Float32Array(indices.length * size);
      for (const [i, index] of indices.entries()) values.set(x.subarray(index * size, (index + 1) * size), i * size);
      return { x: values, labels: Int32Array.from(indices, (index) => labels[index] as number) };
    },
  };
}

/** Frames of events on 8x8 pixels, most of them in one quarter of the map: which one is the class. */
export function quarterSets(seed = 5, samples = 128): TrainingSets {
  const random = new Random(seed);
  const make = (count: number): TrainingSet => {
    const labels = Array.from({ length: count }, (_, i) => i % 4);
    const x = new Float32Array(count * 64);
    for (const [i, label] of labels.entries()) {
      for (let event = 0; event < 60; event++) {
        const inside = random.float() < 0.7;
        const y = inside ? (label >> 1) * 4 + random.below(4) : random.below(8);
        const col = inside ? (label & 1) * 4 + random.below(4) : random.below(8);
        x[i * 64 + y * 8 + col] = (x[i * 64 + y * 8 + col] as number) + 1;
      }
    }
    return arraySet([1, 8, 8], 4, x, labels);
  };
  return { train: make(samples), test: make(64) };
}

/** A network for `quarterSets` that learns them in a second. */
export function quarterRecipe(changes: Partial<Recipe> = {}): Recipe {
  return {
    name: "quarters",
    data: { type: "simulated", perClass: 1, eventsPerFrame: 60 },
    network: {
      input: [1, 8, 8],
      layers: [
        { type: "conv", features: 6, kernel: 3 },
        { type: "averagePool", size: 2 },
        { type: "spatialDropout", rate: 0.1 },
        { type: "linear", features: 4 },
      ],
      silentSlope: 0.1,
    },
    batch: 16,
    phases: [{ name: "train", epochs: 6, learningRate: 0.01 }],
    ...changes,
  };
}
