import type { Shape } from "../network/types.ts";
import type { Tensor } from "./network-builder.ts";

/** Weights of each layer by their short names (`kernel`, `bias`, `gamma`...). */
export type KerasWeights = ReadonlyMap<string, ReadonlyMap<string, Tensor>>;

/** Keras `[ky][kx][in][out]` as `[out][in][ky][kx]`. */
export function kernelInChipOrder({ shape, values }: Tensor): Float32Array {
  const [ky, kx, inFeatures, out] = shape;
  const weight = new Float32Array(values.length);
  let at = 0;
  for (let o = 0; o < out; o++) {
    for (let c = 0; c < inFeatures; c++) {
      for (let tap = 0; tap < ky * kx; tap++) weight[at++] = values[(tap * inFeatures + c) * out + o];
    }
  }
  return weight;
}

/** `[out][in][ky][kx]` as Keras `[ky][kx][in][out]`. */
export function kernelInKerasOrder(
  weight: Float32Array,
  shape: readonly [number, number, number, number],
): Float32Array {
  const [out, inFeatures, ky, kx] = shape;
  const values = new Float32Array(weight.length);
  let at = 0;
  for (let o = 0; o < out; o++) {
    for (let c = 0; c < inFeatures; c++) {
      for (let tap = 0; tap < ky * kx; tap++) values[(tap * inFeatures + c) * out + o] = weight[at++];
    }
  }
  return values;
}

/**
 * Keras `[in][out]` as `[out][in]`, inputs from (y, x, feature) to (feature, y, x) order.
 *
 * @param order the map that was flattened in front; undefined: the list keeps its order
 */
export function denseInChipOrder({ shape, values }: Tensor, order: Shape | undefined): Float32Array {
  const [inputs, out] = shape;
  const weight = new Float32Array(values.length);
  const place = flatPlaces(inputs, order);
  for (let i = 0; i < inputs; i++) {
    for (let o = 0; o < out; o++) weight[o * inputs + place[i]] = values[i * out + o];
  }
  return weight;
}

/** The reverse of `denseInChipOrder`. */
export function denseInKerasOrder(weight: Float32Array, out: number, order: Shape | undefined): Float32Array {
  const inputs = weight.length / out;
  const values = new Float32Array(weight.length);
  const place = flatPlaces(inputs, order);
  for (let i = 0; i < inputs; i++) {
    for (let o = 0; o < out; o++) values[i * out + o] = weight[o * inputs + place[i]];
  }
  return values;
}

/** Where Keras' i-th input of a flattened map stands in (feature, y, x) order. */
function flatPlaces(inputs: number, order: Shape | undefined): Uint32Array {
  if (order === undefined) return Uint32Array.from({ length: inputs }, (_, i) => i);
  const [features, height, width] = order;
  return Uint32Array.from({ length: inputs }, (_, i) => (i % features) * height * width + Math.floor(i / features));
}
