import type { Network } from "../network/types.ts";
import { foldPools } from "./fold.ts";
import { groupLayers } from "./group.ts";
import type { Route } from "./routes.ts";
import { defaultRule, type QuantizeRule, sinabsRule } from "./scale.ts";
import type { QuantDestination, QuantLayer, QuantNetwork } from "./types.ts";

export interface QuantizeOptions {
  /** How real numbers become integers: see `defaultRule` and `sinabsRule`. */
  readonly rule?: QuantizeRule;
}

/**
 * Turns a trained network into integer layers, one for each core it will need: group, fold, round.
 *
 * Weights become 8 bits, thresholds and leak 16, with one scale a layer (real = integer / scale). Everything that was
 * changed or lost is told in `warnings`.
 *
 * @throws ChipError E_NETWORK when the network contradicts itself
 * @throws ChipError E_UNSUPPORTED with all reasons, when some node has no counterpart on a chip
 */
export function quantize(network: Network, options: QuantizeOptions = {}): QuantNetwork {
  const rule = options.rule ?? "default";
  const round = rule === "sinabs" ? sinabsRule : defaultRule;
  const folded = foldPools(groupLayers(network));
  const warnings = [...(network.warnings ?? []), ...folded.warnings];
  const layers = folded.groups.map((group): QuantLayer => {
    const { threshold, thresholdLow, reset } = group.neuron;
    const { warnings: own, ...integers } = round({
      name: group.name,
      weight: group.weight,
      threshold,
      ...(group.bias ? { bias: group.bias } : {}),
      ...(thresholdLow === undefined ? {} : { thresholdLow }),
    });
    warnings.push(...own.map((warning) => `${group.name}: ${warning}`));
    return {
      name: group.name,
      nodes: group.nodes,
      inputShape: group.inputShape,
      outputShape: group.outputShape,
      kernelSize: [group.weightShape[2], group.weightShape[3]],
      stride: group.stride,
      padding: group.padding,
      ...integers,
      returnToZero: reset === "zero",
      destinations: group.routes.map(destination),
      output: group.output,
    };
  });
  return {
    rule,
    inputShape: folded.inputShape,
    inputDestinations: folded.inputRoutes.map(destination),
    layers,
    warnings,
  };
}

function destination({ to, pooling, featureShift }: Route): QuantDestination {
  return { layer: to, pooling, featureShift };
}
