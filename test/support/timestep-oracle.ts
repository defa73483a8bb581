import { FROM_INPUT, type TimestepNetwork } from "../../emulator/timestep/layer.ts";
import type { Steps } from "./random-timestep-network.ts";

/** What one layer did in one step: counts of all its neurons `[f][y][x]`. */
export type DenseStep = readonly (readonly number[])[];

/**
 * The textbook form of timestep mode, written from its formulas alone: dense maps, gathered convolutions, no tables, no
 * sparsity. In doubles, with averages divided out: exact for integers up to the division, which is by 1..9.
 */
export function denseRun(network: TimestepNetwork, steps: Steps): { spikes: DenseStep[]; v: number[][] } {
  const v = network.layers.map((layer) =>
    layer.initialState ? Array.from(layer.initialState) : new Array<number>(size(layer.outputShape)).fill(0),
  );
  const spikes = steps.map((events) => {
    const input = new Array<number>(size(network.inputShape)).fill(0);
    const [, height, width] = network.inputShape;
    for (const [c, y, x, n] of events) input[(c * height + y) * width + x] += n;
    const out: number[][] = [];
    network.layers.forEach((layer, index) => {
      const x = summedInput(network, index, input, out);
      out.push(stepLayer(layer, x, v[index]));
    });
    return out;
  });
  return { spikes, v };
}

function size(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}

function summedInput(network: TimestepNetwork, index: number, input: number[], out: readonly number[][]): number[] {
  const layer = network.layers[index];
  const [, height, width] = layer.inputShape;
  const x = new Array<number>(size(layer.inputShape)).fill(0);
  for (const { from, pool, featureShift } of layer.sources) {
    const [features, h, w] = from === FROM_INPUT ? network.inputShape : network.layers[from].outputShape;
    const map = from === FROM_INPUT ? input : out[from];
    const [ky, kx] = pool?.kernel ?? [1, 1];
    const [sy, sx] = pool?.stride ?? [1, 1];
    const [py, px] = pool?.padding ?? [0, 0];
    for (let f = 0; f < features; f++) {
      for (let oy = 0; oy < height; oy++) {
        for (let ox = 0; ox < width; ox++) {
          let sum = 0;
          for (let j = 0; j < ky; j++) {
            for (let i = 0; i < kx; i++) {
              const [iy, ix] = [oy * sy - py + j, ox * sx - px + i];
              if (iy >= 0 && iy < h && ix >= 0 && ix < w) sum += map[(f * h + iy) * w + ix];
            }
          }
          x[((f + featureShift) * height + oy) * width + ox] += sum / (pool?.divisor ?? 1);
        }
      }
    }
  }
  return x;
}

function stepLayer(layer: TimestepNetwork["layers"][number], x: readonly number[], v: number[]): number[] {
  const [inFeatures, h, w] = layer.inputShape;
  const [features, height, width] = layer.outputShape;
  const [ky, kx] = layer.kernelSize;
  const out: number[] = [];
  for (let f = 0; f < features; f++) {
    for (let oy = 0; oy < height; oy++) {
      for (let ox = 0; ox < width; ox++) {
        let z = layer.bias ? layer.bias[f] : 0;
        for (let c = 0; c < inFeatures; c++) {
          for (let j = 0; j < ky; j++) {
            for (let i = 0; i < kx; i++) {
              const [iy, ix] = [
                oy * layer.stride[0] - layer.padding[0] + j,
                ox * layer.stride[1] - layer.padding[1] + i,
              ];
              if (iy < 0 || iy >= h || ix < 0 || ix >= w) continue;
              z += layer.weights[((f * inFeatures + c) * ky + j) * kx + i] * x[(c * h + iy) * w + ix];
            }
          }
        }
        const at = out.length;
        let value = v[at] + z;
        let n = 0;
        if (layer.spikeFunction === "single") n = value >= layer.threshold ? 1 : 0;
        else if (value > 0) n = Math.trunc(value / layer.threshold);
        if (n > 0) value = layer.reset === "zero" ? 0 : value - n * layer.threshold;
        if (layer.minVMem !== null) value = Math.max(value, layer.minVMem);
        v[at] = value;
        out.push(n);
      }
    }
  }
  return out;
}
