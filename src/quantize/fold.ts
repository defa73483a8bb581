import type { Group, GroupedNetwork } from "./group.ts";
import type { Route } from "./routes.ts";

interface Incoming {
  /** Features of the receiver that the route fills, first included, last excluded. */
  readonly from: number;
  readonly to: number;
  readonly route: Route;
}

/**
 * Makes the chip's sum pooling do for average pooling, and folds r.
 *
 * Average pool of area A in front of weights w: sum pool in front of w / A; the bias stays. Chained pools multiply their
 * areas. Where routes of different areas fill different features (`concat`), every feature gets its own divisor. Where
 * they merge on the same features (`add`), no single weight is right: the input features are repeated once per area,
 * [w/A1 | w/A2 ...], and the routes shifted to their own copy, which is exact and costs kernel memory (a warning says so).
 *
 * v += r * x against a threshold is v += x against threshold / r (NIR's `IF`, Pedersen et al. 2024); r > 0.
 *
 * Divisions are done as PyTorch does them, in single precision: fround(w * fround(1 / A)).
 */
export function foldPools(network: GroupedNetwork): GroupedNetwork {
  const incoming = incomingRoutes(network);
  const replaced = new Map<Route, Route>();
  const warnings = [...network.warnings];
  const groups = network.groups.map((group) => {
    const folded = foldInto(group, incoming.get(group.name) ?? [], replaced);
    if (folded.copies > 1) {
      const [before, after] = [group.inputShape[0], folded.group.inputShape[0]];
      warnings.push(
        `${group.name} merges averages over different areas; its input features are repeated (${before} -> ${after}) so that each is exact.`,
      );
    }
    return foldResistance(folded.group);
  });
  const moved = (route: Route): Route => replaced.get(route) ?? route;
  return {
    ...network,
    inputRoutes: network.inputRoutes.map(moved),
    groups: groups.map((group) => ({ ...group, routes: group.routes.map(moved) })),
    warnings,
  };
}

function incomingRoutes(network: GroupedNetwork): ReadonlyMap<string, readonly Incoming[]> {
  const incoming = new Map<string, Incoming[]>();
  const collect = (routes: readonly Route[], features: number): void => {
    for (const route of routes) {
      const list = incoming.get(route.to) ?? [];
      list.push({ from: route.featureShift, to: route.featureShift + features, route });
      incoming.set(route.to, list);
    }
  };
  collect(network.inputRoutes, network.inputShape[0]);
  for (const group of network.groups) collect(group.routes, group.outputShape[0]);
  return incoming;
}

function foldInto(
  group: Group,
  incoming: readonly Incoming[],
  replaced: Map<Route, Route>,
): { readonly group: Group; readonly copies: number } {
  const features = group.inputShape[0];
  const divisors = new Float64Array(features).fill(1);
  let conflict = false;
  const claimed = new Uint8Array(features);
  for (const { from, to, route } of incoming) {
    for (let c = from; c < to; c++) {
      if (claimed[c] && divisors[c] !== route.divisor) conflict = true;
      divisors[c] = route.divisor;
      claimed[c] = 1;
    }
  }
  if (!conflict) return { group: divideWeights(group, [divisors]), copies: 1 };
  const areas = [...new Set(incoming.map(({ route }) => route.divisor))].sort((a, b) => a - b);
  for (const { route } of incoming) {
    const copy = areas.indexOf(route.divisor);
    replaced.set(route, { ...route, featureShift: route.featureShift + copy * features });
  }
  return {
    group: divideWeights(
      group,
      areas.map((area) => new Float64Array(features).fill(area)),
    ),
    copies: areas.length,
  };
}

/** The weights once per list of divisors, side by side along the input features. */
function divideWeights(group: Group, copies: readonly Float64Array[]): Group {
  if (copies.length === 1 && copies[0].every((area) => area === 1)) return group;
  const [out, features, ky, kx] = group.weightShape;
  const taps = ky * kx;
  const weight = new Float32Array(out * copies.length * features * taps);
  let at = 0;
  for (let o = 0; o < out; o++) {
    for (const areas of copies) {
      for (let c = 0; c < features; c++) {
        const factor = Math.fround(1 / areas[c]);
        for (let k = 0; k < taps; k++) weight[at++] = group.weight[(o * features + c) * taps + k] * factor;
      }
    }
  }
  const inputFeatures = copies.length * features;
  return {
    ...group,
    weight,
    weightShape: [out, inputFeatures, ky, kx],
    inputShape: [inputFeatures, group.inputShape[1], group.inputShape[2]],
  };
}

function foldResistance(group: Group): Group {
  const { r, threshold, thresholdLow, ...neuron } = group.neuron;
  if (r === 1) return group;
  const low = thresholdLow === undefined ? {} : { thresholdLow: thresholdLow / r };
  return { ...group, neuron: { ...neuron, ...low, threshold: threshold / r, r: 1 } };
}
