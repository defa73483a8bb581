import type { Conv2dNode, IfNode, LinearNode, Network, NetworkNode, PoolNode } from "../network/types.ts";

/** Directions of the lines that the demo network tells apart, degrees clockwise from the horizontal; one a class. */
const ORIENTATIONS = [0, 90, 45, -45] as const;
const CLASSES = ORIENTATIONS.length;
const POLARITIES = 2;
const INPUT_SIZE = 32;
const EDGE_KERNEL = 5;
const POOLING_KERNEL = 3;

/** How much input makes a spike, in units of the largest weight, which is 1 in every layer. */
const THRESHOLDS = { edges: 4.5, evidence: 6, readout: 8 } as const;
/** What each of the other orientations counts against one: equal evidence for all four cancels. */
const AGAINST = -1 / (CLASSES - 1);

/**
 * A small network with weights set by hand, to try the library with before anything is trained: it tells horizontal,
 * vertical, falling and rising bars apart (`BARS`, in this order).
 */
export function demoNetwork(): Network {
  const nodes = new Map<string, NetworkNode>([
    ["input", { op: "input", shape: [POLARITIES, INPUT_SIZE, INPUT_SIZE] }],
    ["edges", edges()],
    ["edgeNeurons", neurons(THRESHOLDS.edges)],
    ["edgePool", sumPool()],
    ["evidence", evidence()],
    ["evidenceNeurons", neurons(THRESHOLDS.evidence)],
    ["evidencePool", sumPool()],
    ["flatten", { op: "flatten" }],
    ["readout", readout(INPUT_SIZE / 4)],
    ["readoutNeurons", neurons(THRESHOLDS.readout)],
    ["output", { op: "output" }],
  ]);
  const names = [...nodes.keys()];
  return { nodes, edges: names.slice(1).map((name, i) => [names[i], name] as const) };
}

/** Line detectors: feature = orientation + 4 x polarity, each looking at its own polarity only. */
function edges(): Conv2dNode {
  const area = EDGE_KERNEL * EDGE_KERNEL;
  const features = CLASSES * POLARITIES;
  const weight = new Float32Array(features * POLARITIES * area);
  for (let polarity = 0; polarity < POLARITIES; polarity++) {
    for (const [index, degrees] of ORIENTATIONS.entries()) {
      weight.set(lineDetector(degrees), ((polarity * CLASSES + index) * POLARITIES + polarity) * area);
    }
  }
  return conv(weight, features, POLARITIES, EDGE_KERNEL);
}

/**
 * Weights that prefer a bright line: across it the second derivative of a Gaussian of one pixel, along it a Gaussian of
 * two pixels; then balanced, so that an even field of events cancels. The largest weight is 1.
 */
function lineDetector(degrees: number): Float32Array {
  const radius = (EDGE_KERNEL - 1) / 2;
  const cos = Math.cos((degrees / 180) * Math.PI);
  const sin = Math.sin((degrees / 180) * Math.PI);
  const weight = new Float32Array(EDGE_KERNEL * EDGE_KERNEL);
  for (let y = -radius, i = 0; y <= radius; y++) {
    for (let x = -radius; x <= radius; x++, i++) {
      const along = cos * x + sin * y;
      const across = cos * y - sin * x;
      weight[i] = (1 - across * across) * Math.exp(-(across * across) / 2 - (along * along) / 8);
    }
  }
  const mean = weight.reduce((sum, value) => sum + value, 0) / weight.length;
  const largest = Math.max(...weight) - mean;
  return weight.map((value) => (value - mean) / largest);
}

/** Adds up the detectors of one orientation, both polarities, around a place; the other orientations speak against it. */
function evidence(): Conv2dNode {
  const area = POOLING_KERNEL * POOLING_KERNEL;
  const inputs = CLASSES * POLARITIES;
  const weight = new Float32Array(CLASSES * inputs * area);
  for (let out = 0; out < CLASSES; out++) {
    for (let from = 0; from < inputs; from++) {
      weight.fill(from % CLASSES === out ? 1 : AGAINST, (out * inputs + from) * area, (out * inputs + from + 1) * area);
    }
  }
  return conv(weight, CLASSES, inputs, POOLING_KERNEL);
}

/** Adds up the evidence for one orientation over the whole map; the others speak against it. */
function readout(size: number): LinearNode {
  const area = size * size;
  const weight = new Float32Array(CLASSES * CLASSES * area);
  for (let out = 0; out < CLASSES; out++) {
    for (let from = 0; from < CLASSES; from++) {
      weight.fill(from === out ? 1 : AGAINST, (out * CLASSES + from) * area, (out * CLASSES + from + 1) * area);
    }
  }
  return { op: "linear", weight, weightShape: [CLASSES, CLASSES * area] };
}

function conv(weight: Float32Array, out: number, inFeatures: number, kernel: number): Conv2dNode {
  const padding = (kernel - 1) / 2;
  return {
    op: "conv2d",
    weight,
    weightShape: [out, inFeatures, kernel, kernel],
    stride: [1, 1],
    padding: [padding, padding],
  };
}

function neurons(threshold: number): IfNode {
  return { op: "if", threshold, r: 1, reset: "subtract", thresholdLow: -threshold };
}

function sumPool(): PoolNode {
  return { op: "sumPool", kernel: [2, 2], stride: [2, 2], padding: [0, 0] };
}
