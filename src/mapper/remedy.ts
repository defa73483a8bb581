import type { DeviceRule } from "../chip/rules.ts";
import type { DeviceSpec } from "../device/types.ts";
import type { QuantLayer, QuantNetwork } from "../quantize/types.ts";
import { arrange, type SplitChoice } from "./arrange.ts";
import { type FitMatrix, fitMatrix } from "./fit.ts";
import { applyFix, type Fix } from "./fix.ts";
import { largestMatching } from "./matching.ts";
import { findObstacles, type Obstacle } from "./misfit.ts";
import { coreKinds, largestPartOn, planSplit } from "./plan-split.ts";

/** Changes which, all made, let the whole network map. They have been made and the network has been mapped. */
export type Remedy = readonly Fix[];

/** Mappings tried in a search, and steps of the split planner in each. Enough for nets of a Speck's size. */
const MAX_TRIALS = 400;
const SPLIT_STEPS = 3000;
const MAX_FIXES = 16;
const ALTERNATIVES_PER_MISFIT = 2;

/**
 * Changes with which a network that does not fit would fit. Each is tried: applied, and the network mapped again.
 *
 * A first search mends one obstacle after the other, going back where a change leads nowhere, and leaves out what turned
 * out to be needless. When a single change is enough, others that are enough by themselves are given, too.
 *
 * @returns no remedy when none was found among what is known to help
 */
export function findRemedies(network: QuantNetwork, spec: DeviceSpec, split: SplitChoice): readonly Remedy[] {
  let trials = 0;
  const maps = (changed: QuantNetwork): boolean =>
    trials++ < MAX_TRIALS && "arrangement" in arrange(changed, spec, split, SPLIT_STEPS);

  const search = (state: QuantNetwork, steps: Remedy, badness: number): Remedy | undefined => {
    if (steps.length > 0 && maps(state)) return steps;
    if (steps.length >= MAX_FIXES) return undefined;
    for (const obstacle of findObstacles(fitMatrix(state, spec), spec)?.misfits ?? []) {
      for (const fix of candidates(state, obstacle, spec)) {
        if (trials++ > MAX_TRIALS) return undefined;
        const changed = applyFix(state, fix, spec);
        if (!changed) continue;
        const left = badnessOf(fitMatrix(changed, spec));
        if (left >= badness) continue;
        const found = search(changed, [...steps, fix], left);
        if (found) return found;
      }
    }
    return undefined;
  };

  const splits = split === "never" ? splitRemedy(network, spec) : undefined;
  const parts = splits && applyRemedy(network, splits, spec);
  const whole = parts && maps(parts) ? splits : undefined;
  const first = search(network, [], badnessOf(fitMatrix(network, spec)));
  const remedies: Remedy[] = whole ? [whole] : [];
  if (!first) return remedies;
  const needed = withoutNeedless(network, first, spec, maps);
  if (needed.length > 1) return [...remedies, needed];

  trials = 0;
  for (const obstacle of findObstacles(fitMatrix(network, spec), spec)?.misfits ?? []) {
    const kinds = new Set<string>();
    for (const fix of candidates(network, obstacle, spec)) {
      if (kinds.size >= ALTERNATIVES_PER_MISFIT) break;
      const key = `${fix.kind} ${fix.layer}`;
      if (kinds.has(key)) continue;
      const changed = applyFix(network, fix, spec);
      if (!changed || !maps(changed)) continue;
      kinds.add(key);
      if (!remedies.some(([known]) => JSON.stringify(known) === JSON.stringify(fix))) remedies.push([fix]);
    }
  }
  return remedies.length > 0 ? remedies : [needed];
}

/** The network after all changes of a remedy. */
export function applyRemedy(network: QuantNetwork, remedy: Remedy, spec: DeviceSpec): QuantNetwork | undefined {
  return remedy.reduce<QuantNetwork | undefined>((state, fix) => state && applyFix(state, fix, spec), network);
}

function splitRemedy(network: QuantNetwork, spec: DeviceSpec): Remedy | undefined {
  const plan = planSplit(network, spec, SPLIT_STEPS);
  if (!plan || plan.sizes.size === 0) return undefined;
  return [...plan.sizes].map(([layer, sizes]): Fix => ({ kind: "split", layer, sizes }));
}

function withoutNeedless(
  network: QuantNetwork,
  remedy: Remedy,
  spec: DeviceSpec,
  maps: (network: QuantNetwork) => boolean,
): Remedy {
  let needed = remedy;
  for (const fix of remedy) {
    if (needed.length === 1) break;
    const rest = needed.filter((other) => other !== fix);
    const changed = applyRemedy(network, rest, spec);
    if (changed && maps(changed)) needed = rest;
  }
  return needed;
}

/** How far a network is from being placed: broken rules, then layers without a core of their own. */
function badnessOf({ input, layers }: FitMatrix): number {
  const broken = input.length + layers.reduce((sum, { breaches }) => sum + breaches.length, 0);
  const allowed = layers.map(({ cores }) =>
    cores.flatMap((fit, column) => (fit.shortages.length === 0 ? [column] : [])),
  );
  return 1000 * broken + layers.length - largestMatching(allowed);
}

/** What may help against one broken rule, gentlest first. Whether it does is for the caller to try. */
function candidates(network: QuantNetwork, { layer: name, rule }: Obstacle, spec: DeviceSpec): readonly Fix[] {
  const layer = network.layers.find((candidate) => candidate.name === name);
  return layer ? layerCandidates(network, layer, rule, spec) : inputCandidates(network, rule, spec);
}

function inputCandidates(network: QuantNetwork, rule: DeviceRule, spec: DeviceSpec): Fix[] {
  switch (rule) {
    case "inputSize":
      return [2, 4, 8, 16].map((by) => ({ kind: "downsample", layer: "input", by }));
    case "inputDestinations":
      return [{ kind: "relay", layer: "input" }];
    case "pooling":
      return poolByStride(
        network.inputDestinations.map(({ layer, pooling }) => ({ layer, pooling })),
        spec,
      );
    default:
      return [];
  }
}

function layerCandidates(network: QuantNetwork, layer: QuantLayer, rule: DeviceRule, spec: DeviceSpec): Fix[] {
  const { name } = layer;
  const { limits } = spec;
  const [features] = layer.outputShape;
  const pools = (): Fix[] =>
    limits.pools.value.filter((n) => n > 1).map((pooling) => ({ kind: "pool", layer: name, pooling }));
  const strides = (): Fix[] =>
    limits.strides.value
      .filter((n) => n > Math.max(...layer.stride))
      .sort((a, b) => a - b)
      .map((n) => ({ kind: "stride", layer: name, stride: [n, n] }));
  switch (rule) {
    case "kernelWords":
    case "neuronWords":
    case "leakWords": {
      const fixes: Fix[] = rule === "leakWords" && layer.leak ? [{ kind: "leak", layer: name }] : [];
      fixes.push(...fewerFeatures(layer, spec));
      if (rule === "neuronWords") fixes.push(...strides(), ...pools());
      if (rule === "kernelWords")
        fixes.push(...fewerInputs(network, layer, spec), ...smallerKernels(layer), ...pools());
      return fixes;
    }
    case "features":
      return [{ kind: "features", layer: name, from: features, to: limits.features.value }];
    case "inputFeatures":
      return sourcesOf(network, name).map((source) => ({
        kind: "features",
        layer: source.name,
        from: source.outputShape[0],
        to: Math.max(1, source.outputShape[0] - (layer.inputShape[0] - limits.features.value)),
      }));
    case "inputSize":
      return pools();
    case "outputSize":
      return [...strides(), ...pools()];
    case "kernelSize":
      return [...pools(), { kind: "kernel", layer: name, size: clamped(layer.kernelSize, limits.kernelSize.value) }];
    case "kernelSquare":
      return [
        ...squares(layer, spec),
        { kind: "kernel", layer: name, size: clamped(layer.kernelSize, Math.min(...layer.kernelSize)) },
      ];
    case "stride":
      return limits.strides.value
        .flatMap((y) => limits.strides.value.map((x) => [y, x] as const))
        .sort((a, b) => distance(a, layer.stride) - distance(b, layer.stride))
        .map((stride) => ({ kind: "stride", layer: name, stride }));
    case "padding":
      return [{ kind: "padding", layer: name, padding: clamped(layer.padding, limits.padding.value) }];
    case "pooling":
      return poolByStride(layer.destinations, spec);
    case "destinations":
      return [{ kind: "relay", layer: name }];
    case "thresholdHigh":
    case "thresholdLow": {
      const high = Math.min(Math.max(1, layer.thresholdHigh), 2 ** (limits.stateBits.value - 1) - 1);
      return [{ kind: "threshold", layer: name, high, low: -high }];
    }
    default:
      return [];
  }
}

/** Feature counts that fill one core, or two, of each kind. */
function fewerFeatures(layer: QuantLayer, spec: DeviceSpec): Fix[] {
  const [from] = layer.outputShape;
  const counts = coreKinds(spec).flatMap(({ sample }) => {
    const one = largestPartOn(sample, layer, spec);
    return [one, 2 * one];
  });
  return descending(counts, from).map((to) => ({ kind: "features", layer: layer.name, from, to }));
}

/** Fewer features in front, so that the kernel memory of some core holds what is left. */
function fewerInputs(network: QuantNetwork, layer: QuantLayer, spec: DeviceSpec): Fix[] {
  return sourcesOf(network, layer.name).flatMap((source) => {
    const [from] = source.outputShape;
    const perInput =
      2 ** Math.ceil(Math.log2(layer.kernelSize[0] * layer.kernelSize[1])) *
      2 ** Math.ceil(Math.log2(layer.outputShape[0]));
    const counts = coreKinds(spec).map(
      ({ sample }) => from - (layer.inputShape[0] - Math.floor(sample.kernelWords.value / perInput)),
    );
    return descending(counts, from).map((to): Fix => ({ kind: "features", layer: source.name, from, to }));
  });
}

function smallerKernels({ name, kernelSize }: QuantLayer): Fix[] {
  const largest = Math.max(...kernelSize);
  return Array.from({ length: largest - 1 }, (_, i) => ({
    kind: "kernel",
    layer: name,
    size: clamped(kernelSize, largest - 1 - i),
  }));
}

function squares(layer: QuantLayer, { limits }: DeviceSpec): Fix[] {
  const size = Math.max(...layer.kernelSize);
  if (size > limits.kernelSize.value) return [];
  const [zerosY, zerosX] = layer.kernelSize.map((k) => size - k);
  const fixes: Fix[] = [];
  for (let y = 0; y <= zerosY; y++) {
    for (let x = 0; x <= zerosX; x++) {
      const padding = [layer.padding[0] + y, layer.padding[1] + x] as const;
      // The same outputs as before: as many zeros in front as padding is added, and the rest behind without effect.
      const same = [0, 1].every((i) => {
        const out = Math.floor((layer.inputShape[i + 1] - size + 2 * padding[i]) / layer.stride[i]) + 1;
        return out === layer.outputShape[i + 1];
      });
      if (same) fixes.push({ kind: "square", layer: layer.name, size, padding });
    }
  }
  return fixes;
}

function poolByStride(
  destinations: readonly { readonly layer: string; readonly pooling: number }[],
  { limits }: DeviceSpec,
): Fix[] {
  const pools = limits.pools.value;
  return destinations
    .filter(({ pooling }) => !pools.includes(pooling))
    .flatMap(({ layer, pooling: from }) =>
      [...pools]
        .sort((a, b) => b - a)
        .filter((to) => to < from && from % to === 0)
        .map((to): Fix => ({ kind: "poolByStride", layer, from, to })),
    );
}

function sourcesOf(network: QuantNetwork, name: string): readonly QuantLayer[] {
  return network.layers.filter(({ destinations }) => destinations.some(({ layer }) => layer === name));
}

function descending(counts: readonly number[], below: number): readonly number[] {
  return [...new Set(counts)].filter((n) => n >= 1 && n < below).sort((a, b) => b - a);
}

function clamped([y, x]: readonly [number, number], limit: number): readonly [number, number] {
  return [Math.min(y, limit), Math.min(x, limit)];
}

function distance(a: readonly [number, number], b: readonly [number, number]): number {
  return Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]);
}
