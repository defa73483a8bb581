import type { Shape } from "../../src/network/types.ts";
import type { GroupedNetwork } from "../../src/quantize/group.ts";
import type { Route } from "../../src/quantize/routes.ts";

/**
 * Rates of every group for one dense input, as the chip would route them: sum pooling by address, feature shift, one
 * kernel. What `forward` says of the same network must come out.
 */
export function evaluateGroups(network: GroupedNetwork, input: Float32Array): ReadonlyMap<string, Float64Array> {
  const arriving = new Map(network.groups.map(({ name, inputShape }) => [name, new Float64Array(size(inputShape))]));
  const shapes = new Map(network.groups.map(({ name, inputShape }) => [name, inputShape]));
  const send = (values: ArrayLike<number>, [features, height, width]: Shape, routes: readonly Route[]): void => {
    for (const { to, pooling, featureShift } of routes) {
      const [, toHeight, toWidth] = shapes.get(to)!;
      const target = arriving.get(to)!;
      for (let f = 0; f < features; f++) {
        for (let y = 0; y < height; y++) {
          for (let x = 0; x < width; x++) {
            const [py, px] = [Math.floor(y / pooling), Math.floor(x / pooling)];
            if (py >= Math.floor(height / pooling) || px >= Math.floor(width / pooling)) continue;
            if (py >= toHeight || px >= toWidth) throw new Error(`${to} is sent (${py}, ${px}) outside its map`);
            target[((f + featureShift) * toHeight + py) * toWidth + px] += values[(f * height + y) * width + x];
          }
        }
      }
    }
  };
  send(input, network.inputShape, network.inputRoutes);
  const rates = new Map<string, Float64Array>();
  for (const group of network.groups) {
    const [out, inFeatures, ky, kx] = group.weightShape;
    const [, inHeight, inWidth] = group.inputShape;
    const [, height, width] = group.outputShape;
    const values = arriving.get(group.name)!;
    const result = new Float64Array(size(group.outputShape));
    for (let o = 0; o < out; o++) {
      for (let oy = 0; oy < height; oy++) {
        for (let ox = 0; ox < width; ox++) {
          let sum = group.bias?.[o] ?? 0;
          for (let c = 0; c < inFeatures; c++) {
            for (let i = 0; i < ky; i++) {
              for (let j = 0; j < kx; j++) {
                const y = oy * group.stride[0] - group.padding[0] + i;
                const x = ox * group.stride[1] - group.padding[1] + j;
                if (y < 0 || y >= inHeight || x < 0 || x >= inWidth) continue;
                sum +=
                  group.weight[((o * inFeatures + c) * ky + i) * kx + j] * values[(c * inHeight + y) * inWidth + x];
              }
            }
          }
          result[(o * height + oy) * width + ox] = Math.max(0, group.neuron.r * sum) / group.neuron.threshold;
        }
      }
    }
    rates.set(group.name, result);
    send(result, group.outputShape, group.routes);
  }
  return rates;
}

function size(shape: Shape): number {
  return shape[0] * shape[1] * shape[2];
}
