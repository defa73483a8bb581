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
  const breaches: Breach[] = [];
  const size = Math.max(height, width);
  if (size > limits.inputSize.value) {
    breaches.push({
      rule: "inputSize",
      need: size,
      limit: limits.inputSize.value,
      fix: `downsample or crop the input to ${limits.inputSize.value}x${limits.inputSize.value} or less`,
    });
  }
  if (features > limits.features.value) {
    breaches.push({
      rule: "features",
      need: features,
      limit: limits.features.value,
      fix: `use ${limits.features.value} input features or fewer`,
    });
  }
  return [
    ...breaches,
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
  const breaches: Breach[] = [];
  const [inputFeatures, inputHeight, inputWidth] = layer.inputShape;
  const [features, height, width] = layer.outputShape;
  const inputSize = Math.max(inputHeight, inputWidth);
  if (inputSize > limits.inputSize.value) {
    breaches.push({
      rule: "inputSize",
      need: inputSize,
      limit: limits.inputSize.value,
      fix: poolFix([inputHeight, inputWidth], limits.inputSize.value, limits.pools.value),
    });
  }
  const outputSize = Math.max(height, width);
  if (outputSize > limits.outputSize.value) {
    breaches.push({
      rule: "outputSize",
      need: outputSize,
      limit: limits.outputSize.value,
      fix: outputFix(layer, limits),
    });
  }
  for (const [rule, need, what] of [
    ["features", features, "output"],
    ["inputFeatures", inputFeatures, "input"],
  ] as const) {
    const limit = limits.features.value;
    if (need > limit)
      breaches.push({ rule, need, limit, fix: `reduce its ${what} features from ${need} to ${limit} or fewer` });
  }
  return breaches;
}

function kernelBreaches(layer: RuledLayer, limits: LimitSpec): Breach[] {
  const breaches: Breach[] = [];
  const [ky, kx] = layer.kernelSize;
  const largest = limits.kernelSize.value;
  if (Math.max(ky, kx) > largest) {
    const [, height, width] = layer.inputShape;
    const wholeMap = ky === height && kx === width;
    breaches.push({
      rule: "kernelSize",
      need: Math.max(ky, kx),
      limit: largest,
      fix: wholeMap
        ? poolFix([height, width], largest, limits.pools.value)
        : `shrink the kernel to ${largest}x${largest} or less`,
    });
  }
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
  if (padding > limits.padding.value) {
    const limit = limits.padding.value;
    breaches.push({ rule: "padding", need: padding, limit, fix: `use a padding of ${limit} or less` });
  }
  return breaches;
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
  if (need <= limit) return [];
  return [
    {
      rule,
      need,
      limit,
      fix: `feed ${limit} layers or fewer; ${what} sends to ${limit}, and a layer between can pass spikes on`,
    },
  ];
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
