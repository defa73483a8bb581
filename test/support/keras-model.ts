import { type KerasModel, readKerasConfig } from "../../src/formats/keras-config.ts";
import type { KerasWeights } from "../../src/formats/keras-weights.ts";
import { Random } from "../../src/random.ts";

export interface LayerSpec {
  readonly class_name: string;
  readonly config: Record<string, unknown>;
}

/** A layer with the fields that every test would repeat. */
export function kerasLayer(className: string, name: string, config: Record<string, unknown> = {}): LayerSpec {
  return { class_name: className, config: { name, ...config } };
}

export function sequential(layers: readonly LayerSpec[]): KerasModel {
  return readKerasConfig({ class_name: "Sequential", config: { name: "s", layers } }, "test");
}

/** Random weights in (-1, 1) by layer, name and shape, such as `{ conv: { kernel: [3, 3, 1, 4], bias: [4] } }`. */
export function randomWeights(
  shapes: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>,
): KerasWeights {
  const random = new Random(5);
  return new Map(
    Object.entries(shapes).map(([layer, members]) => [
      layer,
      new Map(
        Object.entries(members).map(([name, shape]) => {
          const length = shape.reduce((product, n) => product * n, 1);
          const positive = name === "moving_variance";
          return [
            name,
            {
              shape,
              values: Float32Array.from({ length }, () => (positive ? random.float() + 0.1 : 2 * random.float() - 1)),
            },
          ];
        }),
      ),
    ]),
  );
}
