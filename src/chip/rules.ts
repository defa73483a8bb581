import type { CoreSpec, DeviceSpec, LimitSpec } from "../device/types.ts";
import type { MapShape } from "./config.ts";
import { memoryFix, outputFix, poolFix, squareFix } from "./fixes.ts";
import { type LayerShape, layerWords, type RuledLayer } from "./layer.ts";

/** The device rules by name: what a violation and a misfit say in `rule`. */
export type DeviceRule =
  | "core"
  | "kernelWords"
  | "neuronWords"
  | "leakWords"
  | "kernelSize"
  | "kernelSquare"
  | "stride"
  | "padding"
  | "pooling"
  | "inputSize"
  | "outputSize"
  | "features"
  | "inputFeatures"
  | "destinations"
  | "inputDestinations"
  | "thresholdHigh"
  | "thresholdLow"
  | "weights"
  | "leak"
  | "congestionBalancer"
  | "decimator"
  | "slowClock"
  | "readout";

/** A rule that something breaks: what it needs, what there is, and what would mend this rule. */
export interface Breach {
  readonly rule: DeviceRule;
  readonly need: number | string;
  readonly limit: number | string;
  /** An order, true as it stands: following it satisfies the rule. */
  readonly fix: string;
}

/** A memory that is too small, in words. */
export interface Shortage {
  readonly rule: "kernelWords" | "neuronWords" | "leakWords";
  readonly need: number;
  readonly limit: number;
}

/** Every rule that a layer breaks on any core of the device (Speck data sheet 2.4, 3.2.4.1 and Tables 1 to 3). */
export function layerBreaches(layer: RuledLayer, spec: DeviceSpec): Breach[] {
  const { limits } = spec;
  return [
    ...mapBreaches(layer, limits),
    ...kernelBreaches(layer, limits),
    ...poolingBreaches(layer.destinations, limits),
    ...countBreach("destinations", layer.destinations.length, limits.destinations.value, "a core"),
    ...stateBreaches(layer, spec),
    ...wordBreach("weights", layer.weights, limits.weightBits.value),
    ...wordBreach("leak", layer.leak ?? [], limits.leakBits.value),
  ];
}

/** Every rule that the input layer breaks. */
export function inputBreaches(
  input: { readonly shape: MapShape; readonly destinations: readonly { readonly pooling: number }[] },
  spec: DeviceSpec,
): Breach[] {
  const { limits } = spec;
  const [features, height, width] = input.shape;
  const most = limits.inputSize.value;
  return [
    ...excess(
      "inputSize",
      Math.max(height, width),
      most,
      () => `downsample or crop the input to ${most}x${most} or less`,
    ),
    ...excess("features", features, limits.features.value, (limit) => `use ${limit} input features or fewer`),
    ...poolingBreaches(input.destinations, limits),
    ...countBreach("inputDestinations", input.destinations.length, limits.inputDestinations.value, "the input"),
  ];
}

/** The memories of one core that a layer overfills, in words (Speck data sheet 3.2.4.1). */
export function memoryShortages(layer: LayerShape, core: CoreSpec): Shortage[] {
  const need = layerWords(layer);
  return (["kernelWords", "neuronWords", "leakWords"] as const)
    .filter((rule) => need[rule] > core[rule].value)
    .map((rule) => ({ rule, need: need[rule], limit: core[rule].value }));
}

/** `memoryShortages` with what would mend each. */
export function memoryBreaches(
  layer: LayerShape,
  core: CoreSpec,
  spec: DeviceSpec,
  taken: readonly number[] = [],
): Breach[] {
  return memoryShortages(layer, core).map((short) => ({
    ...short,
    fix: memoryFix(layer, short.rule, core, spec, taken),
  }));
}

function mapBreaches(layer: RuledLayer, limits: LimitSpec): Breach[] {
  const [inputFeatures, inputHeight, inputWidth] = layer.inputShape;
  const [features, height, width] = layer.outputShape;
  const fewer = (what: string, from: number) => (limit: number) =>
    `reduce its ${what} features from ${from} to ${limit} or fewer`;
  return [
    ...excess("inputSize", Math.max(inputHeight, inputWidth), limits.inputSize.value, (limit) =>
      poolFix([inputHeight, inputWidth], limit, limits.pools.value),
    ),
    ...excess("outputSize", Math.max(height, width), limits.outputSize.value, () => outputFix(layer, limits)),
    ...excess("features", features, limits.features.value, fewer("output", features)),
    ...excess("inputFeatures", inputFeatures, limits.features.value, fewer("input", inputFeatures)),
  ];
}

function kernelBreaches(layer: RuledLayer, limits: LimitSpec): Breach[] {
  const [ky, kx] = layer.kernelSize;
  const [, height, width] = layer.inputShape;
  const wholeMap = ky === height && kx === width;
  const breaches = excess("kernelSize", Math.max(ky, kx), limits.kernelSize.value, (limit) =>
    wholeMap ? poolFix([height, width], limit, limits.pools.value) : `shrink the kernel to ${limit}x${limit} or less`,
  );
  if (limits.kernelSquare.value && ky !== kx) {
    breaches.push({ rule: "kernelSquare", need: `${ky}x${kx}`, limit: "square", fix: squareFix(layer, limits) });
  }
  const strides = limits.strides.value;
  if (!layer.stride.every((stride) => strides.includes(stride))) {
    breaches.push({
      rule: "stride",
      need: layer.stride.join("x"),
      limit: strides.join(", "),
      fix: `use a stride of ${strides.join(", ")} on each axis`,
    });
  }
  const padding = Math.max(...layer.padding);
  return [
    ...breaches,
    ...excess("padding", padding, limits.padding.value, (limit) => `use a padding of ${limit} or less`),
  ];
}

function poolingBreaches(destinations: readonly { readonly pooling: number }[], limits: LimitSpec): Breach[] {
  const pools = limits.pools.value;
  const bad = [...new Set(destinations.map(({ pooling }) => pooling).filter((pooling) => !pools.includes(pooling)))];
  return bad.map((need) => ({
    rule: "pooling",
    need,
    limit: pools.join(", "),
    fix: `pool by ${pools.join(", ")} in all (chained pools multiply) and stride the next layer for the rest`,
  }));
}

function countBreach(rule: "destinations" | "inputDestinations", need: number, limit: number, what: string): Breach[] {
  return excess(
    rule,
    need,
    limit,
    () => `feed ${limit} layers or fewer; ${what} sends to ${limit}, and a layer between can pass spikes on`,
  );
}

/** The breach of a rule that sets a largest value. */
function excess(rule: DeviceRule, need: number, limit: number, fix: (limit: number) => string): Breach[] {
  return need > limit ? [{ rule, need, limit, fix: fix(limit) }] : [];
}

function stateBreaches(layer: RuledLayer, spec: DeviceSpec): Breach[] {
  const breaches: Breach[] = [];
  const top = 2 ** (spec.limits.stateBits.value - 1);
  const { thresholdHigh, thresholdLow } = layer;
  if (!(Number.isInteger(thresholdHigh) && thresholdHigh >= 1 && thresholdHigh < top)) {
    breaches.push({
      rule: "thresholdHigh",
      need: thresholdHigh,
      limit: `1..${top - 1}`,
      fix: "quantize with a scale that keeps the threshold in its word (rule default does)",
    });
  }
  if (!(Number.isInteger(thresholdLow) && thresholdLow <= 0 && thresholdLow >= -top)) {
    breaches.push({ rule: "thresholdLow", need: thresholdLow, limit: `${-top}..0`, fix: "use minus threshold_high" });
  }
  return breaches;
}

function wordBreach(rule: "weights" | "leak", values: ArrayLike<number>, bits: number): Breach[] {
  const top = 2 ** (bits - 1);
  let worst = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if ((value >= top || value < -top) && Math.abs(value) > Math.abs(worst)) worst = value;
  }
  return worst === 0 ? [] : [{ rule, need: worst, limit: `${-top}..${top - 1}`, fix: `quantize to ${bits} bits` }];
}
