import { graphOf } from "./graph.ts";
import { topologicalOrder } from "./order.ts";
import { inferShapes } from "./shapes.ts";
import {
  type Conv2dNode,
  type LinearNode,
  type MaxPoolNode,
  type Network,
  type NetworkNode,
  type PoolNode,
  type Shape,
  shapeSize,
} from "./types.ts";

/**
 * Every node's output for one dense input, by the definition and with no regard to speed: what faster code is tested
 * against. Sums are in double precision.
 *
 * Spiking neurons stand for their rate: an IF gives max(0, r * x) / threshold, the spikes per step of a neuron that
 * subtracts its threshold; a quantized ReLU gives floor(max(0, x)).
 *
 * @param input values of the input map, `[feature][y][x]`
 * @returns outputs by node name, `[feature][y][x]`
 * @throws RangeError when the input's length is not that of the input node
 */
export function forward(network: Network, input: Float32Array | Float64Array): ReadonlyMap<string, Float64Array> {
  const { sources } = graphOf(network);
  const shapes = inferShapes(network);
  const values = new Map<string, Float64Array>();
  for (const name of topologicalOrder(network)) {
    const node = network.nodes.get(name)!;
    const from = sources.get(name)!;
    if (node.op === "input") {
      if (input.length !== shapeSize(node.shape)) {
        throw new RangeError(`the input has ${input.length} values; ${name} takes ${shapeSize(node.shape)}`);
      }
      values.set(name, Float64Array.from(input));
    } else {
      const inputs = from.map((source) => values.get(source)!);
      values.set(name, evaluate(node, inputs, shapes.get(from[0])!, shapes.get(name)!));
    }
  }
  return values;
}

function evaluate(node: NetworkNode, inputs: readonly Float64Array[], from: Shape, to: Shape): Float64Array {
  const x = inputs[0];
  switch (node.op) {
    case "conv2d":
      return convolve(node, x, from, to);
    case "linear":
      return multiply(node, x);
    case "if":
      return x.map((v) => Math.max(0, node.r * v) / node.threshold);
    case "relu":
      return x.map((v) => (node.quantized ? Math.floor(Math.max(0, v)) : Math.max(0, v)));
    case "sumPool":
    case "avgPool":
      return pool(node, x, from, to);
    case "maxPool":
      return largest(node, x, from, to);
    case "softmax":
      return softmax(x, from);
    case "add":
      return x.map((_, i) => inputs.reduce((sum, one) => sum + one[i], 0));
    case "concat":
      return Float64Array.from(inputs.flatMap((one) => [...one]));
    default:
      return x;
  }
}

function convolve(node: Conv2dNode, x: Float64Array, from: Shape, to: Shape): Float64Array {
  const [, inFeatures, ky, kx] = node.weightShape;
  const [features, height, width] = to;
  const result = new Float64Array(shapeSize(to));
  for (let o = 0; o < features; o++) {
    for (let oy = 0; oy < height; oy++) {
      for (let ox = 0; ox < width; ox++) {
        let sum = node.bias?.[o] ?? 0;
        for (let c = 0; c < inFeatures; c++) {
          for (let i = 0; i < ky; i++) {
            const y = oy * node.stride[0] - node.padding[0] + i;
            if (y < 0 || y >= from[1]) continue;
            for (let j = 0; j < kx; j++) {
              const column = ox * node.stride[1] - node.padding[1] + j;
              if (column < 0 || column >= from[2]) continue;
              sum += node.weight[((o * inFeatures + c) * ky + i) * kx + j] * x[(c * from[1] + y) * from[2] + column];
            }
          }
        }
        result[(o * height + oy) * width + ox] = sum;
      }
    }
  }
  return result;
}

function multiply(node: LinearNode, x: Float64Array): Float64Array {
  const [out, inputs] = node.weightShape;
  const result = new Float64Array(out);
  for (let o = 0; o < out; o++) {
    let sum = node.bias?.[o] ?? 0;
    for (let i = 0; i < inputs; i++) sum += node.weight[o * inputs + i] * x[i];
    result[o] = sum;
  }
  return result;
}

/** Sums of whole windows; an average divides by the whole window, padding included. */
function pool(node: PoolNode, x: Float64Array, from: Shape, to: Shape): Float64Array {
  const [features, height, width] = to;
  const divisor = node.op === "avgPool" ? node.kernel[0] * node.kernel[1] : 1;
  const result = new Float64Array(shapeSize(to));
  for (let f = 0; f < features; f++) {
    for (let oy = 0; oy < height; oy++) {
      for (let ox = 0; ox < width; ox++) {
        let sum = 0;
        for (let i = 0; i < node.kernel[0]; i++) {
          const y = oy * node.stride[0] - node.padding[0] + i;
          for (let j = 0; j < node.kernel[1]; j++) {
            const column = ox * node.stride[1] - node.padding[1] + j;
            if (y >= 0 && y < from[1] && column >= 0 && column < from[2])
              sum += x[(f * from[1] + y) * from[2] + column];
          }
        }
        result[(f * height + oy) * width + ox] = sum / divisor;
      }
    }
  }
  return result;
}

/** The largest value of each window, outside the map left out; a window wholly outside gives 0. */
function largest(node: MaxPoolNode, x: Float64Array, from: Shape, to: Shape): Float64Array {
  const [features, height, width] = to;
  const result = new Float64Array(shapeSize(to));
  for (let f = 0; f < features; f++) {
    for (let oy = 0; oy < height; oy++) {
      for (let ox = 0; ox < width; ox++) {
        let best = Number.NEGATIVE_INFINITY;
        for (let i = 0; i < node.kernel[0]; i++) {
          const y = oy * node.stride[0] - node.padding[0] + i;
          for (let j = 0; j < node.kernel[1]; j++) {
            const column = ox * node.stride[1] - node.padding[1] + j;
            if (y >= 0 && y < from[1] && column >= 0 && column < from[2])
              best = Math.max(best, x[(f * from[1] + y) * from[2] + column]);
          }
        }
        result[(f * height + oy) * width + ox] = best === Number.NEGATIVE_INFINITY ? 0 : best;
      }
    }
  }
  return result;
}

/** Over the features of each pixel; the largest is taken off first, so that nothing overflows. */
export function softmax(x: Float64Array, [features, height, width]: Shape): Float64Array {
  const pixels = height * width;
  const result = new Float64Array(x.length);
  for (let at = 0; at < pixels; at++) {
    let most = Number.NEGATIVE_INFINITY;
    for (let f = 0; f < features; f++) most = Math.max(most, x[f * pixels + at]);
    let sum = 0;
    for (let f = 0; f < features; f++) sum += result[f * pixels + at] = Math.exp(x[f * pixels + at] - most);
    for (let f = 0; f < features; f++) result[f * pixels + at] /= sum;
  }
  return result;
}
