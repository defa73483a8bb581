import type { Random } from "../random.ts";
import type { WeightLayer } from "./layout.ts";

/** What the variance of Kaiming's weights is, times the fan-in, in front of ReLUs. */
const GAIN_SQUARED = 2;

/**
 * First weights after He et al. 2015, with the fan-in and a ReLU's gain: uniform in +-sqrt(6 / fanIn), or normal with
 * standard deviation sqrt(2 / fanIn), as PyTorch's `kaiming_uniform_` and `kaiming_normal_`. In the order of the variable.
 */
export function initialWeights(
  layer: WeightLayer,
  distribution: "kaimingUniform" | "kaimingNormal",
  random: Random,
): Float32Array {
  const weights = new Float32Array(layer.variableShape.reduce((product, size) => product * size, 1));
  const deviation = Math.sqrt(GAIN_SQUARED / layer.fanIn);
  const bound = Math.sqrt(3) * deviation;
  for (let i = 0; i < weights.length; i++) {
    weights[i] = distribution === "kaimingNormal" ? deviation * random.normal() : bound * (2 * random.float() - 1);
  }
  return weights;
}
