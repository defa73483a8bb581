import { windowOutput } from "./shapes.ts";
import type { Pair } from "./types.ts";

/** The part of a convolution that decides how many taps an event causes. */
export interface ConvGeometry {
  /** Height and width of the input map. */
  readonly input: Pair;
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly padding: Pair;
  readonly outputFeatures: number;
}

/**
 * Outputs along one axis that an input position reaches: the number of o in 0..output-1 with
 * 0 <= position + padding - o * stride < kernel.
 */
export function axisReach(position: number, output: number, kernel: number, padding: number, stride: number): number {
  const padded = position + padding;
  const first = Math.max(0, Math.ceil((padded - kernel + 1) / stride));
  const last = Math.min(output - 1, Math.floor(padded / stride));
  return Math.max(0, last - first + 1);
}

/**
 * Border-exact fan-out of one event at (y, x): the taps that it causes, zero weights included. The same for every input
 * feature: outputFeatures * reach(y) * reach(x) (the literature's SynOps of one event).
 */
export function eventFanOut(geometry: ConvGeometry, y: number, x: number): number {
  const [height, width] = outputSize(geometry);
  const { kernel, padding, stride } = geometry;
  return (
    geometry.outputFeatures *
    axisReach(y, height, kernel[0], padding[0], stride[0]) *
    axisReach(x, width, kernel[1], padding[1], stride[1])
  );
}

/** `eventFanOut` of every input position, `[y][x]`. */
export function fanOutTable(geometry: ConvGeometry): Uint32Array {
  const [height, width] = geometry.input;
  const table = new Uint32Array(height * width);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) table[y * width + x] = eventFanOut(geometry, y, x);
  }
  return table;
}

/** Mean of `eventFanOut` over the input map: the taps of an event that is equally likely everywhere. */
export function meanFanOut(geometry: ConvGeometry): number {
  return fanOutTable(geometry).reduce((sum, taps) => sum + taps, 0) / (geometry.input[0] * geometry.input[1]);
}

/**
 * The literature's estimate ky * kx * f / (sy * sx), which knows no borders (Sorbaro et al. 2020; sinabs "tips for
 * training"). For a linear layer it is the number of outputs.
 */
export function estimatedFanOut(geometry: Pick<ConvGeometry, "kernel" | "stride" | "outputFeatures">): number {
  const { kernel, stride, outputFeatures } = geometry;
  return (kernel[0] * kernel[1] * outputFeatures) / (stride[0] * stride[1]);
}

function outputSize({ input, kernel, padding, stride }: ConvGeometry): Pair {
  return [
    windowOutput(input[0], kernel[0], padding[0], stride[0]),
    windowOutput(input[1], kernel[1], padding[1], stride[1]),
  ];
}
