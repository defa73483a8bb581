import type { NetworkNode, Pair } from "./types.ts";

/**
 * What is wrong with a node by itself, before its neighbours are looked at: sizes that contradict each other, numbers
 * that are not numbers. Each sentence lacks its subject ("has 3 weights..."); the caller puts the node's name in front.
 */
export function nodeProblems(node: NetworkNode): readonly string[] {
  switch (node.op) {
    case "input":
      return node.shape.every(isPositiveInteger)
        ? []
        : [`has shape ${node.shape.join("x")}; every size must be at least 1`];
    case "conv2d":
      return [
        ...weightProblems(node.weight, node.weightShape, node.bias),
        ...pairProblem("stride", node.stride, 1),
        ...pairProblem("padding", node.padding, 0),
      ];
    case "linear":
      return weightProblems(node.weight, node.weightShape, node.bias);
    case "if":
      return neuronProblems(node.threshold, node.r, node.thresholdLow);
    case "sumPool":
    case "avgPool":
    case "maxPool":
      return [
        ...pairProblem("kernel", node.kernel, 1),
        ...pairProblem("stride", node.stride, 1),
        ...pairProblem("padding", node.padding, 0),
      ];
    default:
      return [];
  }
}

function weightProblems(weight: Float32Array, shape: readonly number[], bias: Float32Array | undefined): string[] {
  const problems: string[] = [];
  const size = shape.reduce((product, n) => product * n, 1);
  if (!shape.every(isPositiveInteger))
    problems.push(`has weight shape ${shape.join("x")}; every size must be at least 1`);
  else if (weight.length !== size)
    problems.push(`has ${weight.length} weights; its shape ${shape.join("x")} needs ${size}`);
  problems.push(...finiteProblem("weight", weight));
  if (bias !== undefined) {
    if (bias.length !== shape[0])
      problems.push(`has ${bias.length} biases; its ${shape[0]} output features need as many`);
    problems.push(...finiteProblem("bias", bias));
  }
  return problems;
}

function neuronProblems(threshold: number, r: number, low: number | undefined): string[] {
  const problems: string[] = [];
  if (!(Number.isFinite(threshold) && threshold > 0)) problems.push(`has threshold ${threshold}; it must be above 0`);
  if (!(Number.isFinite(r) && r > 0)) problems.push(`has r ${r}; it must be above 0`);
  if (low !== undefined && !(Number.isFinite(low) && low <= 0)) {
    problems.push(`has lower bound ${low}; it must be 0 or below, since membranes start at 0`);
  }
  return problems;
}

function finiteProblem(what: string, values: Float32Array): string[] {
  let bad = 0;
  for (const value of values) if (!Number.isFinite(value)) bad++;
  return bad === 0
    ? []
    : [`has ${bad} of ${values.length} ${what} values that are not finite numbers (NaN or infinity)`];
}

function pairProblem(what: string, pair: Pair, least: number): string[] {
  return pair.every((n) => Number.isInteger(n) && n >= least)
    ? []
    : [`has ${what} ${pair.join("x")}; both must be whole numbers of at least ${least}`];
}

function isPositiveInteger(n: number): boolean {
  return Number.isInteger(n) && n >= 1;
}
