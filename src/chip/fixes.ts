import { convOutput, type WordNeed } from "../device/memory.ts";
import type { CoreSpec, DeviceSpec, LimitSpec } from "../device/types.ts";
import { type LayerShape, layerWords } from "./layer.ts";

type Pair = readonly [y: number, x: number];
type WordRule = keyof WordNeed;

/**
 * What would mend a memory that a layer overfills on `core`: another core, none of the `taken`, that holds the whole
 * layer, else a change of the layer. Every proposal is computed, not guessed.
 */
export function memoryFix(
  layer: LayerShape,
  rule: WordRule,
  core: CoreSpec,
  spec: DeviceSpec,
  taken: readonly number[] = [],
): string {
  const free = spec.cores.filter(({ id }) => id !== core.id && !taken.includes(id));
  const other = free.find((candidate) => holds(candidate, layer));
  return other ? `move it to core ${other.id}, which holds it` : changeFix(layer, rule, spec.cores, spec.limits);
}

/**
 * The smallest changes of one property, two at most, with each of which some core of `cores` holds the layer in all
 * its memories.
 */
export function changeFix(layer: LayerShape, rule: WordRule, cores: readonly CoreSpec[], limits: LimitSpec): string {
  const fits = (changed: LayerShape): boolean => cores.some((core) => holds(core, changed));
  const fixes: string[] = [];
  if (rule === "leakWords" && fits(withoutLeak(layer))) fixes.push("remove its bias");

  const [features, height, width] = layer.outputShape;
  const fewer = largestBelow(features, (f) => fits({ ...layer, outputShape: [f, height, width] }));
  if (fewer !== undefined) {
    const parts = Math.ceil(features / fewer);
    fixes.push(`reduce its features from ${features} to ${fewer}`);
    if (parts <= cores.length)
      fixes.push(`split it by features into ${parts} layers of ${Math.ceil(features / parts)}`);
  }
  const stride = stridesAbove(layer, limits).find((larger) => fits(withStride(layer, larger)));
  if (stride !== undefined) fixes.push(`use a stride of ${stride}`);

  const [inputFeatures, inputHeight, inputWidth] = layer.inputShape;
  const fewerIn = largestBelow(inputFeatures, (c) => fits({ ...layer, inputShape: [c, inputHeight, inputWidth] }));
  if (fewerIn !== undefined) fixes.push(`reduce its input features from ${inputFeatures} to ${fewerIn}`);
  if (fixes.length > 0) return fixes.slice(0, 2).join(", or ");
  return "use a device with more memory, or make it smaller in several ways at once";
}

/** True when all three memories of a core suffice. */
export function holds(core: CoreSpec, layer: LayerShape): boolean {
  const need = layerWords(layer);
  return (
    need.kernelWords <= core.kernelWords.value &&
    need.neuronWords <= core.neuronWords.value &&
    need.leakWords <= core.leakWords.value
  );
}

/** How to bring a map under `limit` by pooling in front of it. */
export function poolFix([height, width]: Pair, limit: number, pools: readonly number[]): string {
  const pool = pools.find((p) => p > 1 && Math.floor(Math.max(height, width) / p) <= limit);
  if (pool === undefined) return `shrink its input map to ${limit}x${limit} or less`;
  return `pool its input map by ${pool} (to ${Math.floor(height / pool)}x${Math.floor(width / pool)})`;
}

/** How to bring the map after the convolution under its limit. */
export function outputFix(layer: LayerShape, limits: LimitSpec): string {
  const limit = limits.outputSize.value;
  for (const stride of stridesAbove(layer, limits)) {
    const [, height, width] = withStride(layer, stride).outputShape;
    if (Math.max(height, width) <= limit) {
      return `use a stride of ${stride} (output ${height}x${width}), or pool in front of it`;
    }
  }
  return `shrink its input map until the output is ${limit}x${limit} or less`;
}

/**
 * How to make a kernel square without changing what the layer computes: zero rows (or columns) around it, and as much
 * more padding as there are zeros in front.
 */
export function squareFix(layer: LayerShape, limits: LimitSpec): string {
  const size = Math.max(...layer.kernelSize);
  const padding = [0, 1].map((axis) => {
    const zeros = size - layer.kernelSize[axis];
    const input = layer.inputShape[axis + 1];
    for (let front = 0; front <= zeros; front++) {
      const padded = layer.padding[axis] + front;
      const output = convOutput(input, size, padded, layer.stride[axis]);
      if (padded <= limits.padding.value && output === layer.outputShape[axis + 1]) return padded;
    }
    return undefined;
  });
  if (size > limits.kernelSize.value || padding.includes(undefined)) return "use a square kernel";
  return `fill the kernel with zero weights to ${size}x${size}, with padding ${padding.join("x")}`;
}

function withoutLeak({ leak: _, ...layer }: LayerShape): LayerShape {
  return layer;
}

function withStride(layer: LayerShape, stride: number): LayerShape {
  const { inputShape, kernelSize, padding, outputShape } = layer;
  const size = (axis: 0 | 1): number => convOutput(inputShape[axis + 1], kernelSize[axis], padding[axis], stride);
  return { ...layer, stride: [stride, stride], outputShape: [outputShape[0], size(0), size(1)] };
}

function stridesAbove(layer: LayerShape, limits: LimitSpec): readonly number[] {
  return limits.strides.value.filter((stride) => stride > Math.max(...layer.stride)).sort((a, b) => a - b);
}

/** The largest n in 1..limit-1 with `test(n)`, or undefined. */
function largestBelow(limit: number, test: (n: number) => boolean): number | undefined {
  for (let n = limit - 1; n >= 1; n--) if (test(n)) return n;
  return undefined;
}
