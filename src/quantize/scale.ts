import { range, roundHalfEven } from "./round.ts";

/** What a rule turns into integers: one layer after folding. */
export interface FloatParameters {
  readonly name: string;
  readonly weight: Float32Array;
  readonly bias?: Float32Array;
  readonly threshold: number;
  /** Absent when the network gives none. */
  readonly thresholdLow?: number;
}

export interface IntegerParameters {
  readonly weights: Int8Array;
  readonly leak?: Int16Array;
  readonly thresholdHigh: number;
  readonly thresholdLow: number;
  /** real = integer / scale. */
  readonly scale: number;
  /** Sentences without the layer's name in front. */
  readonly warnings: readonly string[];
}

export const QUANTIZE_RULES = ["default", "sinabs"] as const;
export type QuantizeRule = (typeof QUANTIZE_RULES)[number];

const WEIGHT_BITS = 8;
const STATE_BITS = 16;
const STATE_MAX = 32767;
const STATE_MIN = -32768;

/**
 * Rule `sinabs`: equal to sinabs 3.1 to the integer (its `discretize.py`), in the single precision of
 * PyTorch. With fit(x, b) = (2^(b-1) - 1) / |max x| when |min x| <= |max x| * 2^(b-1) / (2^(b-1) - 1), else
 * 2^(b-1) / |min x|:
 *
 *     S = min( fit(weights, 8), fit(biases, 8), fit({low, high}, 16) )
 *     integer = round half to even ( real * S )
 *
 * An absent lower bound is -threshold, as sinabs reads NIR. A bias keeps 8 bits. Nothing is clipped; S sees to that.
 * A threshold that rounds to 0 is raised to 1 (with a warning): sinabs would write a core that fires at every event.
 */
export function sinabsRule(layer: FloatParameters): IntegerParameters {
  const threshold = Math.fround(layer.threshold);
  const low = Math.fround(layer.thresholdLow ?? -threshold);
  const scale = Math.min(
    fitInBits(layer.weight, WEIGHT_BITS),
    layer.bias ? fitInBits(layer.bias, WEIGHT_BITS) : Number.POSITIVE_INFINITY,
    fitInBits([low, threshold], STATE_BITS),
  );
  const integer = (value: number): number => roundHalfEven(Math.fround(value * scale));
  const warnings: string[] = [];
  return {
    ...integerWeights(layer, scale, integer, warnings),
    thresholdHigh: atLeastOne(integer(threshold), threshold, scale, warnings),
    thresholdLow: integer(low),
    scale,
    warnings,
  };
}

/** The largest single-precision scale that keeps values in `bits` bits by sinabs' rule; infinite when all are zero. */
function fitInBits(values: ArrayLike<number>, bits: number): number {
  const { min, max } = range(values);
  const top = 2 ** (bits - 1) - 1;
  const bottom = 2 ** (bits - 1);
  return Math.abs(min) <= Math.fround(Math.abs(max) * Math.fround(bottom / top))
    ? Math.fround(top / Math.abs(max))
    : Math.fround(bottom / Math.abs(min));
}

/**
 * Rule `default`: one scale a layer, decided by the weights, in double precision:
 *
 *     S = min( 127 / max w, 128 / -min w )      taken over the weights on that side of zero
 *     S = min( S, 32767 / threshold )           a threshold has 16 bits; a warning when this decides
 *     S = min( S, 32767 / max |bias| )          leak has 16 bits; a warning when this decides
 *     weight, leak, threshold_high = round half to even ( real * S ), threshold_high >= 1
 *     threshold_low = -threshold_high when the network gives no bound,
 *                     else round ( bound * S ) held in -32768..-1
 *
 * The lower bound never decides the scale, absent or not: below the 16-bit word there is nothing to keep. It is never 0,
 * because the silicon mishandles 0 (Speck data sheet 3.2.4.6.3).
 */
export function defaultRule(layer: FloatParameters): IntegerParameters {
  const warnings: string[] = [];
  const byWeights = scaleOfWeights(layer.weight);
  const byThreshold = STATE_MAX / layer.threshold;
  const byBias = layer.bias ? STATE_MAX / maxMagnitude(layer.bias) : Number.POSITIVE_INFINITY;
  const scale = Math.min(byWeights, byThreshold, byBias);
  if (scale < byWeights && Number.isFinite(byWeights)) {
    const [what, size] = byThreshold <= byBias ? ["threshold", layer.threshold] : ["bias", maxMagnitude(layer.bias!)];
    const levels = Math.floor(scale * maxMagnitude(layer.weight));
    warnings.push(
      `the ${what} ${format(size)} would need ${format(size * byWeights)} and has ${STATE_MAX}; the scale is cut from ${format(byWeights)} to ${format(scale)}, so weights reach only ${levels} of 127.`,
    );
  }
  const integer = (value: number): number => roundHalfEven(value * scale);
  const thresholdHigh = atLeastOne(integer(layer.threshold), layer.threshold, scale, warnings);
  return {
    ...integerWeights(layer, scale, integer, warnings),
    thresholdHigh,
    thresholdLow: layer.thresholdLow === undefined ? -thresholdHigh : lowerBound(layer.thresholdLow, scale, warnings),
    scale,
    warnings,
  };
}

function scaleOfWeights(weight: Float32Array): number {
  const { min, max } = range(weight);
  return Math.min(max > 0 ? 127 / max : Number.POSITIVE_INFINITY, min < 0 ? 128 / -min : Number.POSITIVE_INFINITY);
}

function lowerBound(low: number, scale: number, warnings: string[]): number {
  const bound = roundHalfEven(low * scale);
  if (bound === 0)
    warnings.push(`the lower bound ${format(low)} rounds to 0, which the silicon mishandles; -1 is used.`);
  if (bound < STATE_MIN)
    warnings.push(`the lower bound ${format(low)} lies below the 16-bit word; ${STATE_MIN} is used.`);
  return Math.min(-1, Math.max(STATE_MIN, bound));
}

function atLeastOne(threshold: number, real: number, scale: number, warnings: string[]): number {
  if (threshold >= 1) return threshold;
  warnings.push(
    `the threshold ${format(real)} at scale ${format(scale)} rounds to ${threshold}; 1 is used, so every positive weight fires.`,
  );
  return 1;
}

function integerWeights(
  layer: FloatParameters,
  scale: number,
  integer: (value: number) => number,
  warnings: string[],
): Pick<IntegerParameters, "weights" | "leak"> {
  const weights = new Int8Array(layer.weight.length);
  let nonZero = 0;
  let lost = 0;
  let changed = false;
  for (let i = 0; i < weights.length; i++) {
    const real = layer.weight[i];
    weights[i] = integer(real);
    changed ||= weights[i] !== real * scale;
    if (real !== 0) {
      nonZero++;
      if (weights[i] === 0) lost++;
    }
  }
  if (nonZero === 0) warnings.push("all weights are zero: the layer never spikes.");
  if (scale <= 1 && changed)
    warnings.push(`the scale is ${format(scale)}, so every weight below ${format(0.5 / scale)} is lost.`);
  if (lost > nonZero / 2) {
    const percent = Math.round((100 * lost) / nonZero);
    warnings.push(
      `${lost} of ${nonZero} weights (${percent} %) round to zero; a few large weights decide the scale: clip them or train with quantized weights.`,
    );
  }
  return { weights, ...integerLeak(layer, integer, warnings) };
}

function integerLeak(
  layer: FloatParameters,
  integer: (value: number) => number,
  warnings: string[],
): Pick<IntegerParameters, "leak"> {
  if (!layer.bias?.some((b) => b !== 0)) return {};
  const leak = Int16Array.from(layer.bias, integer);
  if (leak.every((value) => value === 0)) {
    warnings.push("the bias rounds to zero everywhere and is left out.");
    return {};
  }
  warnings.push("the bias becomes leak: it is added on every slow-clock tick, not on every event.");
  return { leak };
}

function maxMagnitude(values: Float32Array): number {
  const { min, max } = range(values);
  return Math.max(-min, max);
}

function format(value: number): string {
  return String(Number(value.toPrecision(5)));
}
