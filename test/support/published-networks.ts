import type { Network, NetworkNode, Shape } from "../../src/network/types.ts";
import { chain, conv, linear, pool, spike } from "./build-network.ts";

/** A published network with what its layers need on a Speck (Ki words) and the cores that can hold each. */
export interface PublishedNetwork {
  readonly network: Network;
  /** `[kernel words, neuron words, feasible cores]` by layer. */
  readonly expected: readonly (readonly [kernelWords: number, neuronWords: number, cores: readonly number[]])[];
}

const Ki = 1024;
const ALL = [0, 1, 2, 3, 4, 5, 6, 7, 8];

type Step = NetworkNode;

/** Names the steps layer1, if1, pool1, layer2... */
function named(input: Shape, steps: readonly Step[]): Network {
  let layer = 0;
  return chain(
    input,
    steps.map((step) => {
      if (step.op === "conv2d" || step.op === "linear") layer++;
      const stem = step.op === "conv2d" || step.op === "linear" ? "layer" : step.op;
      return [`${stem}${layer}`, step] as const;
    }),
  );
}

/** The nine-layer net of sinabs' large-network test; its last layer has one output. */
export function largeNet(): PublishedNetwork {
  const half = pool("avgPool", 2);
  const network = named(
    [2, 128, 128],
    [
      ...[conv(2, 16, 2, { stride: 2 }), spike()],
      ...[conv(16, 16, 3, { padding: 1 }), spike(), half],
      ...[conv(16, 32, 3, { padding: 1 }), spike(), half],
      ...[conv(32, 32, 3, { padding: 1 }), spike(), half],
      ...[conv(32, 64, 3, { padding: 1 }), spike(), half],
      ...[conv(64, 64, 3, { padding: 1 }), spike(), half],
      ...[conv(64, 256, 2), spike(), conv(256, 128, 1), spike(), conv(128, 1, 1), spike()],
    ],
  );
  return {
    network,
    expected: [
      [128, 65_536, [0, 1, 2]],
      [4096, 65_536, [0, 1, 2]],
      [8192, 32_768, [0, 1, 2, 3, 4]],
      [16_384, 8192, ALL],
      [32_768, 4096, [3, 4, 5, 6]],
      [65_536, 1024, [5, 6]],
      [65_536, 256, [5, 6]],
      [32_768, 128, [3, 4, 5, 6]],
      [128, 1, ALL],
    ],
  };
}

/** The LeNet of the sinabs documentation. */
export function leNet(): PublishedNetwork {
  const half = pool("avgPool", 2);
  const network = named(
    [1, 28, 28],
    [
      ...[conv(1, 20, 5), spike(), half, conv(20, 32, 5), spike(), half, conv(32, 128, 3), spike(), half],
      ...[linear(128, 500), spike(), linear(500, 10), spike()],
    ],
  );
  return {
    network,
    expected: [
      [Ki, 20 * Ki, [0, 1, 2, 3, 4]],
      [20 * Ki, 2 * Ki, [3, 4, 5, 6]],
      [64 * Ki, 512, [5, 6]],
      [64 * Ki, 500, [5, 6]],
      [8000, 10, ALL],
    ],
  };
}

/** The MNIST-DVS net of Sorbaro et al. 2020. */
export function mnistDvsNet(): PublishedNetwork {
  const half = pool("avgPool", 2);
  const network = named(
    [1, 64, 64],
    [
      ...[conv(1, 8, 3), spike(), half, conv(8, 12, 3), spike(), half, conv(12, 12, 3), spike(), half],
      ...[linear(432, 10), spike()],
    ],
  );
  return {
    network,
    expected: [
      [128, 32 * Ki, [0, 1, 2, 3, 4]],
      [2 * Ki, 12 * Ki, ALL],
      [3 * Ki, 3 * Ki, ALL],
      [12 * Ki, 10, ALL],
    ],
  };
}

/** The All-ConvNet of Sorbaro et al. 2020 on CIFAR-10: seven of its nine layers fit no core of a Speck. */
export function cifarNet(): PublishedNetwork {
  const same = { padding: 1 };
  const half = { padding: 1, stride: 2 };
  const layers: Step[] = [
    ...[conv(3, 96, 3, same), conv(96, 96, 3, same), conv(96, 192, 3, half), conv(192, 192, 3, same)],
    ...[conv(192, 192, 3, same), conv(192, 192, 3, half), conv(192, 192, 3, same), conv(192, 192, 1), conv(192, 10, 1)],
  ];
  const network = named(
    [3, 32, 32],
    [
      ...layers.flatMap((layer): Step[] => [layer, { op: "relu", quantized: true }]),
      pool("sumPool", 8),
      { op: "flatten" },
    ],
  );
  return {
    network,
    expected: [
      [6 * Ki, 96 * Ki, []],
      [192 * Ki, 96 * Ki, []],
      [384 * Ki, 48 * Ki, []],
      [768 * Ki, 48 * Ki, []],
      [768 * Ki, 48 * Ki, []],
      [768 * Ki, 12 * Ki, []],
      [768 * Ki, 12 * Ki, []],
      [48 * Ki, 12 * Ki, [5, 6]],
      [3 * Ki, 640, ALL],
    ],
  };
}
