import type { Edge, IfNode, Network, NetworkNode, Pair } from "../network/types.ts";
import { isPool, type ModelLayout, type WeightLayer } from "./layout.ts";
import type { ModelSpec } from "./spec.ts";

const STATE_MAX = 32767;
const WEIGHT_MAX = 127;

/**
 * The network that a model's weights make: every quantized ReLU becomes an IF of threshold 1 that subtracts; dropouts
 * vanish. Pools behind the last neurons are left out, since a host counts the output's spikes by feature anyway.
 *
 * @param weights one a weight layer, in the layout of the model's variables
 */
export function exportNetwork(spec: ModelSpec, layout: ModelLayout, weights: readonly Float32Array[]): Network {
  const nodes = new Map<string, NetworkNode>([["input", { op: "input", shape: spec.input }]]);
  const last = layout.steps.findLastIndex((step) => step.type === "weights");
  for (const step of layout.steps.slice(0, last + 1)) {
    if (isPool(step)) {
      const side: Pair = [step.size, step.size];
      const op = step.type === "averagePool" ? "avgPool" : "sumPool";
      nodes.set(step.name, { op, kernel: side, stride: side, padding: [0, 0] });
    } else if (step.type === "weights") {
      const { layer, index } = step;
      const values = weights[index] as Float32Array;
      if (layer.type === "linear" && layer.input[1] * layer.input[2] > 1)
        nodes.set(`${layer.name}_flatten`, { op: "flatten" });
      nodes.set(layer.name, weightNode(layer, values));
      nodes.set(`${layer.name}_neurons`, neurons(layer, values, spec.lowerBound ?? "none"));
    }
  }
  nodes.set("output", { op: "output" });
  const names = [...nodes.keys()];
  return { nodes, edges: names.slice(1).map((name, i): Edge => [names[i] as string, name]) };
}

function weightNode(layer: WeightLayer, values: Float32Array): NetworkNode {
  const [out] = layer.output;
  const [inFeatures, height, width] = layer.input;
  if (layer.type === "linear") {
    // From [(y, x, feature), out] to [out, (feature, y, x)].
    const places = height * width;
    const weight = new Float32Array(values.length);
    for (let o = 0, at = 0; o < out; o++) {
      for (let c = 0; c < inFeatures; c++) {
        for (let p = 0; p < places; p++) weight[at++] = values[(p * inFeatures + c) * out + o] as number;
      }
    }
    return { op: "linear", weight, weightShape: [out, layer.fanIn] };
  }
  const { kernel, stride, padding } = layer;
  const taps = kernel * kernel;
  const weight = new Float32Array(values.length);
  for (let o = 0, at = 0; o < out; o++) {
    for (let c = 0; c < inFeatures; c++) {
      for (let k = 0; k < taps; k++) weight[at++] = values[(k * inFeatures + c) * out + o] as number;
    }
  }
  return {
    op: "conv2d",
    weight,
    weightShape: [out, inFeatures, kernel, kernel],
    stride: [stride, stride],
    padding: [padding, padding],
  };
}

function neurons(layer: WeightLayer, values: Float32Array, lowerBound: number | "none"): IfNode {
  const thresholdLow = lowerBound === "none" ? lowestBound(layer, values) : lowerBound;
  return { op: "if", threshold: 1, r: 1, reset: "subtract", thresholdLow };
}

/**
 * As far below zero as a 16-bit membrane reaches, in thresholds. Without a bound the quantizer would put the usual minus
 * one threshold, at which a neuron forgets what spoke against it, and spikes more than it was trained to.
 */
function lowestBound({ divisor }: WeightLayer, values: Float32Array): number {
  let top = 0;
  let bottom = 0;
  for (const value of values) {
    top = Math.max(top, value);
    bottom = Math.min(bottom, value);
  }
  const scale = Math.min((WEIGHT_MAX * divisor) / top, ((WEIGHT_MAX + 1) * divisor) / -bottom, STATE_MAX);
  return -STATE_MAX / scale;
}
