import type { Network, NetworkNode } from "../../network/types.ts";

/**
 * Plain transfer: every ReLU, quantized or not, becomes an integrate-and-fire neuron of threshold 1 that subtracts, with
 * the weights that training left (the baseline of Sorbaro et al. 2020). Neurons that already spike stay as they are.
 *
 * @param options.thresholdLow lower bound of the membranes; default none, as in the paper's MNIST-DVS test
 */
export function transferPlainly(network: Network, options: { readonly thresholdLow?: number } = {}): Network {
  const nodes = new Map(
    [...network.nodes].map(([name, node]): [string, NetworkNode] => [
      name,
      node.op === "relu" ? { op: "if", threshold: 1, r: 1, reset: "subtract", ...options } : node,
    ]),
  );
  return { ...network, nodes };
}
