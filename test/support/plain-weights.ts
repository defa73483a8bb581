import { readFileSync } from "node:fs";
import { dataPath } from "./data.ts";

/** A tensor of the data folder's json + f32le copies. */
export interface PlainTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Reads weights.json and weights.bin of a folder below the data folder: the description and its tensors by name. */
export function readPlainWeights<T>(...folder: string[]): {
  readonly json: T;
  readonly tensors: Map<string, PlainTensor>;
} {
  const json = JSON.parse(readFileSync(dataPath(...folder, "weights.json"), "utf8")) as T & {
    weights: { name: string; shape: number[]; byteOffset: number }[];
  };
  const bytes = readFileSync(dataPath(...folder, "weights.bin"));
  const tensors = new Map<string, PlainTensor>();
  for (const { name, shape, byteOffset } of json.weights) {
    const values = new Float32Array(shape.reduce((product, n) => product * n, 1));
    for (let i = 0; i < values.length; i++) values[i] = bytes.readFloatLE(byteOffset + 4 * i);
    tensors.set(name, { shape, values });
  }
  return { json, tensors };
}
