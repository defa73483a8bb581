import type { Network, NetworkNode } from "../../src/network/types.ts";
import { chain, pool, spike } from "./build-network.ts";
import { readPlainWeights } from "./plain-weights.ts";

/** Weight tensors in order with the convolution's stride and padding and the average pool behind it. */
const LAYERS: readonly (readonly [tensor: string, stride: number, padding: number, pool: boolean])[] = [
  ["0.weight", 2, 0, false],
  ["2.weight", 1, 1, true],
  ["5.weight", 1, 1, true],
  ["8.weight", 1, 1, true],
  ["11.weight", 1, 1, true],
  ["14.weight", 1, 1, true],
  ["18.weight", 1, 0, false],
  ["22.weight", 1, 0, false],
  ["24.weight", 1, 0, false],
];

/** The nine-layer DVS-gesture net (2x128x128 -> 11) that fills all nine cores of a Speck. */
export function gestureNetwork(): Network {
  const { tensors } = readPlainWeights("models", "sinabs_speck_dvs_gesture");
  const nodes: [string, NetworkNode][] = LAYERS.flatMap(([name, stride, padding, pooled], i) => {
    const { shape, values } = tensors.get(name)!;
    const weight: NetworkNode =
      shape.length === 2
        ? { op: "linear", weight: values, weightShape: shape as unknown as readonly [number, number] }
        : {
            op: "conv2d",
            weight: values,
            weightShape: shape as unknown as readonly [number, number, number, number],
            stride: [stride, stride],
            padding: [padding, padding],
          };
    const layer: [string, NetworkNode][] = [
      [`layer${i + 1}`, weight],
      [`if${i + 1}`, spike()],
    ];
    if (pooled) layer.push([`pool${i + 1}`, pool("avgPool", 2)]);
    return layer;
  });
  return chain([2, 128, 128], nodes);
}
