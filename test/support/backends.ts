import * as tf from "@tensorflow/tfjs-core";
import { expect } from "vitest";
import type { Random } from "../../src/random.ts";
import { openBackend } from "../../src/trainer/backend/open-backend.ts";
import { type InstalledKernels, installKernels, uninstallKernels } from "../../src/trainer/kernels/install.ts";

/** A tensor as plain numbers, so that it can go to any backend. */
export interface Numbers {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Makes both backends ready; to be awaited before `onCpu` and `onWasm`. */
export async function openBoth(): Promise<void> {
  await openBackend("wasm");
  await openBackend("cpu");
}

export function onCpu(inputs: readonly Numbers[], work: (...inputs: tf.Tensor[]) => tf.Tensor[]): Numbers[] {
  return runOn("cpu", inputs, work);
}

/** With which kernels, and whether no tensor stays behind. */
export function onWasm(
  kernels: InstalledKernels,
  inputs: readonly Numbers[],
  work: (...inputs: tf.Tensor[]) => tf.Tensor[],
): Numbers[] {
  void tf.setBackend("wasm");
  if (kernels === "stock") uninstallKernels();
  else expect(installKernels(kernels === "own-relaxed-simd")).toBe(kernels);
  return runOn("wasm", inputs, work);
}

function runOn(backend: string, inputs: readonly Numbers[], work: (...inputs: tf.Tensor[]) => tf.Tensor[]): Numbers[] {
  // Both are open already, so that this has effect at once.
  void tf.setBackend(backend);
  const before = tf.memory();
  const results = tf.tidy(() => {
    const tensors = inputs.map(({ shape, values }) => tf.tensor(values, [...shape]));
    return work(...tensors).map((tensor) => ({
      shape: tensor.shape,
      values: new Float32Array(tensor.dataSync()),
    }));
  });
  const after = tf.memory();
  expect([after.numTensors, after.numDataBuffers]).toEqual([before.numTensors, before.numDataBuffers]);
  return results;
}

export function randomNumbers(random: Random, shape: readonly number[], scale = 1): Numbers {
  const values = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal() * scale);
  return { shape, values };
}

/** Largest difference, relative to the largest expected number. */
export function difference(got: Numbers, expected: Numbers): number {
  expect(got.shape).toEqual(expected.shape);
  let [most, scale] = [0, 0];
  for (let i = 0; i < expected.values.length; i++) {
    const [a, b] = [got.values[i] as number, expected.values[i] as number];
    most = Number.isNaN(a) !== Number.isNaN(b) ? Number.POSITIVE_INFINITY : Math.max(most, Math.abs(a - b) || 0);
    scale = Math.max(scale, Math.abs(b) || 0);
  }
  return scale === 0 ? most : most / scale;
}
