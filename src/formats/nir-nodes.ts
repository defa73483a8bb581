import { nodeProblems } from "../network/checks.ts";
import type { Refusal } from "../network/refusal.ts";
import type { NetworkNode, Pair, Shape } from "../network/types.ts";
import type { Hdf5Group, Hdf5Numbers } from "./hdf5.ts";

/** What reading a NIR file brings to light, gathered so that the user hears everything at once. */
export interface NirFindings {
  /** What is in order but cannot go on the chip. */
  readonly refusals: Refusal[];
  /** What contradicts itself or is missing: the file is wrong. */
  readonly problems: Refusal[];
  readonly warnings: string[];
}

/** A node of the file: its name in the flattened graph, its type as the file spells it, its fields. */
export interface NirNode {
  readonly name: string;
  readonly op: string;
  readonly fields: Hdf5Group;
}

/** Why a type of node has no place on the chip, and what helps. */
const NOT_DEPLOYABLE: Readonly<Record<string, readonly [why: string, remedy: string]>> = {
  LIF: [
    "leaks towards rest with a time constant, and the chip's neurons integrate without it",
    "train with IF neurons",
  ],
  CubaLIF: [
    "has a synaptic current and a leak with time constants, and the chip's neurons integrate without them",
    "train with IF neurons",
  ],
  LI: ["is a leaky integrator that never spikes, and a core sends spikes only", "use an IF node and count its spikes"],
  CubaLI: [
    "is a leaky integrator that never spikes, and a core sends spikes only",
    "use an IF node and count its spikes",
  ],
  I: ["is an integrator that never spikes, and a core sends spikes only", "use an IF node and count its spikes"],
  Conv1d: ["is a convolution along one axis, and the chip convolves maps", "write it as a Conv2d with a square kernel"],
  Scale: ["multiplies what passes, and the chip passes spikes as they are", "fold the factors into the next weights"],
  Delay: ["delays spikes, and the chip has no clock to delay by", "train without delays"],
  Threshold: ["makes spikes without a membrane, and the chip's neurons have one", "use an IF node"],
};

/** The node as part of a network; undefined when something is wrong, which is then among the findings. */
export function readNode(node: NirNode, findings: NirFindings): NetworkNode | undefined {
  const before = findings.refusals.length + findings.problems.length;
  const result = new NodeReader(node, findings).read();
  if (result === undefined) return undefined;
  for (const problem of nodeProblems(result)) problemOf(node, findings, problem);
  return findings.refusals.length + findings.problems.length === before ? result : undefined;
}

function problemOf(
  node: NirNode,
  findings: NirFindings,
  why: string,
  remedy = "correct the model and export it again",
): void {
  findings.problems.push({ node: node.name, op: node.op, why, remedy });
}

class NodeReader {
  readonly #node: NirNode;
  readonly #findings: NirFindings;

  constructor(node: NirNode, findings: NirFindings) {
    this.#node = node;
    this.#findings = findings;
  }

  read(): NetworkNode | undefined {
    const { op } = this.#node;
    switch (op) {
      case "Input":
        return this.#input();
      case "Output":
        return { op: "output" };
      case "Conv2d":
        return this.#conv2d();
      case "Linear":
      case "Affine":
        return this.#linear();
      case "IF":
        return this.#neuron();
      case "SumPool2d":
        return this.#pool("sumPool");
      case "AvgPool2d":
        return this.#pool("avgPool");
      case "Flatten":
        return this.#flatten();
      default: {
        const [why, remedy] = NOT_DEPLOYABLE[op] ?? [
          "is not an operation that the chip has",
          "build the model from Conv2d, Linear, Affine, IF, SumPool2d, AvgPool2d and Flatten",
        ];
        return this.#refuse(why, remedy);
      }
    }
  }

  /** `[C, H, W]` as it is; `[N]` is N features of one pixel. */
  #input(): NetworkNode | undefined {
    const shape = this.#integers("shape");
    if (shape === undefined) return undefined;
    if (shape.length === 3) return { op: "input", shape: shape as unknown as Shape };
    if (shape.length === 1) return { op: "input", shape: [shape[0], 1, 1] };
    return this.#problem(
      `has a shape of ${shape.length} sizes (${shape.join("x")})`,
      "give it features x height x width, without a batch size",
    );
  }

  #conv2d(): NetworkNode | undefined {
    const weight = this.#floats("weight", 4);
    const stride = this.#pair("stride", 1);
    const dilation = this.#pair("dilation", 1);
    const groups = this.#integers("groups", [1])?.[0];
    if (dilation !== undefined && !(dilation[0] === 1 && dilation[1] === 1)) {
      this.#refuse(`has dilation ${dilation.join("x")}, and the chip's kernels have no gaps`, "train with dilation 1");
    }
    if (groups !== undefined && groups !== 1) {
      this.#refuse(
        `has ${groups} groups, and on the chip every output feature sees every input feature`,
        "train with groups = 1, or write the weights out with zeros between groups",
      );
    }
    if (weight === undefined || stride === undefined) return undefined;
    const weightShape = weight.shape as unknown as readonly [number, number, number, number];
    const padding = this.#padding(weightShape, stride);
    if (padding === undefined) return undefined;
    const bias = this.#bias(weightShape[0]);
    return { op: "conv2d", weight: weight.values, weightShape, stride, padding, ...(bias ? { bias } : {}) };
  }

  #linear(): NetworkNode | undefined {
    const weight = this.#floats("weight", 2);
    if (weight === undefined) return undefined;
    const weightShape = weight.shape as unknown as Pair;
    const bias = this.#bias(weightShape[0]);
    return { op: "linear", weight: weight.values, weightShape, ...(bias ? { bias } : {}) };
  }

  /**
   * NIR: dv/dt = r I; v > v_threshold gives a spike and v becomes v_reset. A file of a NIR before v_reset has no such
   * field and was written by tools that subtract the threshold. The chip has one threshold a core and either subtracts
   * it or sets the membrane to 0 (Speck data sheet 3.2.4.6).
   */
  #neuron(): NetworkNode | undefined {
    const threshold = this.#uniform("v_threshold", "a core has one threshold for all its neurons");
    const r = this.#uniform("r", "it can only be folded into the weights when it is one for all neurons");
    const reset = this.#reset();
    const thresholdLow = this.#node.fields.group("metadata")?.numbers("threshold_low")?.values[0];
    if (threshold === undefined || r === undefined || reset === undefined) return undefined;
    return { op: "if", threshold, r, reset, ...(thresholdLow === undefined ? {} : { thresholdLow }) };
  }

  #reset(): "subtract" | "zero" | undefined {
    if (!this.#node.fields.has("v_reset")) return "subtract";
    const values = this.#numbers("v_reset")?.values;
    if (values === undefined) return undefined;
    if (values.every((value) => value === 0)) return "zero";
    return this.#refuse(
      `has v_reset ${rangeOf(values)}, and the chip resets to 0 or subtracts the threshold`,
      "train with v_reset 0, or shift thresholds and biases so that it becomes 0",
    );
  }

  #pool(op: "sumPool" | "avgPool"): NetworkNode | undefined {
    const kernel = this.#pair("kernel_size");
    const stride = this.#pair("stride");
    const padding = this.#pair("padding", 0);
    return kernel && stride && padding ? { op, kernel, stride, padding } : undefined;
  }

  /** Order is (feature, y, x). Sizes of 1 outside the flattened range, such as a batch, are no obstacle. */
  #flatten(): NetworkNode | undefined {
    const start = this.#integers("start_dim", [1])?.[0];
    const end = this.#integers("end_dim", [-1])?.[0];
    if (start === undefined || end === undefined) return undefined;
    const shape = this.#node.fields.has("input_type") ? this.#integers("input_type") : undefined;
    const last = end < 0 ? end + (shape?.length ?? 0) : end;
    const outside = shape?.filter((_, axis) => axis < (start < 0 ? start + shape.length : start) || axis > last) ?? [];
    if (outside.some((size) => size !== 1)) {
      return this.#refuse(
        `flattens axes ${start} to ${end} of ${shape?.join("x")} only, and a core's output is one list or one map`,
        "flatten all axes (start_dim 0, end_dim -1)",
      );
    }
    return { op: "flatten" };
  }

  /** Numbers, "valid", or "same"; the chip pads both sides alike. */
  #padding(weight: readonly number[], stride: Pair): Pair | undefined {
    const word = this.#node.fields.text("padding");
    if (word === undefined) return this.#pair("padding", 0);
    if (word === "valid") return [0, 0];
    if (word !== "same") return this.#problem(`has padding "${word}"`, 'give numbers, "same" or "valid"');
    const kernel = weight.slice(2);
    if (kernel.some((size) => size % 2 === 0) || stride.some((step) => step !== 1)) {
      return this.#refuse(
        `has padding "same" with kernel ${kernel.join("x")} and stride ${stride.join("x")}, which pads one side more than the other`,
        "use an odd kernel with stride 1, or give the padding in numbers",
      );
    }
    return [(kernel[0] - 1) / 2, (kernel[1] - 1) / 2];
  }

  /** A bias of zeros only is none: on the chip it would cost leak memory for nothing. */
  #bias(outputs: number): Float32Array | undefined {
    if (!this.#node.fields.has("bias")) return undefined;
    const numbers = this.#numbers("bias");
    if (numbers === undefined || numbers.values.every((value) => value === 0)) return undefined;
    if (numbers.values.length !== 1 || outputs === 1) return Float32Array.from(numbers.values);
    return new Float32Array(outputs).fill(numbers.values[0]);
  }

  #uniform(field: string, because: string): number | undefined {
    const values = this.#numbers(field)?.values;
    if (values === undefined) return undefined;
    if (values.length === 0) return this.#problem(`has an empty ${field}`);
    const first = values[0];
    let bad = 0;
    for (const value of values) if (!Number.isFinite(value)) bad++;
    if (bad > 0)
      return this.#problem(
        `has ${bad} of ${values.length} ${field} values that are not finite numbers (NaN or infinity)`,
      );
    if (values.every((value) => value === first)) return first;
    return this.#refuse(
      `has ${field} from ${rangeOf(values)} over its ${values.length} neurons, and ${because}`,
      `train with one ${field} for the node`,
    );
  }

  #floats(field: string, dimensions: number): { shape: readonly number[]; values: Float32Array } | undefined {
    const numbers = this.#numbers(field);
    if (numbers === undefined) return undefined;
    const { shape, values } = numbers;
    if (shape.length !== dimensions) {
      return this.#problem(`has a ${field} of ${shape.length} dimensions (${shape.join("x")}); it needs ${dimensions}`);
    }
    return { shape, values: values instanceof Float32Array ? values : Float32Array.from(values) };
  }

  /** `[y, x]`; one number stands for both. */
  #pair(field: string, fallback?: number): Pair | undefined {
    const values = this.#integers(field, fallback === undefined ? undefined : [fallback]);
    if (values === undefined) return undefined;
    if (values.length === 1) return [values[0], values[0]];
    if (values.length === 2) return [values[0], values[1]];
    return this.#problem(`has ${values.length} numbers as ${field}; it needs 2`);
  }

  #integers(field: string, fallback?: readonly number[]): readonly number[] | undefined {
    if (fallback !== undefined && !this.#node.fields.has(field)) return fallback;
    const numbers = this.#numbers(field);
    if (numbers === undefined) return undefined;
    const values = [...numbers.values];
    if (values.length > 0 && values.length <= 8 && values.every(Number.isSafeInteger)) return values;
    return this.#problem(`has ${field} ${values.slice(0, 8).join(", ") || "of no numbers"}; it needs whole numbers`);
  }

  #numbers(field: string): Hdf5Numbers | undefined {
    const numbers = this.#node.fields.numbers(field);
    if (numbers !== undefined) return numbers;
    return this.#problem(this.#node.fields.has(field) ? `has a ${field} that is not numeric` : `has no ${field}`);
  }

  #refuse(why: string, remedy: string): undefined {
    this.#findings.refusals.push({ node: this.#node.name, op: this.#node.op, why, remedy });
  }

  #problem(why: string, remedy?: string): undefined {
    problemOf(this.#node, this.#findings, why, remedy);
  }
}

function rangeOf(values: Hdf5Numbers["values"]): string {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const [from, to] = [low, high].map((value) => Number(value.toPrecision(6)));
  return from === to ? `${from}` : `${from} to ${to}`;
}
