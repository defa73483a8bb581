import { holds } from "../chip/fixes.ts";
import { layerBreaches } from "../chip/rules.ts";
import type { CoreSpec, DeviceSpec } from "../device/types.ts";
import type { QuantDestination, QuantLayer, QuantNetwork } from "../quantize/types.ts";
import { keepsOrder } from "./split.ts";

/** Cores with the same memories. */
export interface CoreKind {
  readonly sample: CoreSpec;
  readonly count: number;
}

/** What splitting one layer takes. */
export interface SplitNeed {
  readonly layer: string;
  /** Features of the largest part that some core holds; 0: not even one feature fits. */
  readonly largestPart: number;
  /** Fewest parts, were all cores free. */
  readonly parts: number;
  /** Most parts that its sources can reach with their destinations. */
  readonly reachable: number;
}

export interface SplitPlan {
  /** Features of each part, for every layer that must be split. */
  readonly sizes: ReadonlyMap<string, readonly number[]>;
  /** Cores that the plan takes. */
  readonly cores: number;
  /** True when it is proven that no split takes fewer cores. */
  readonly fewest: boolean;
}

/** Steps of the search before it settles for the best plan so far. A Speck's nets need a few hundred. */
const MAX_STEPS = 200_000;

/**
 * Splits layers by output features so that the whole network fits, on as few cores as possible: unequal parts where
 * unequal cores call for it, and only what must be split. Among plans of as many cores, one that reorders fewer spikes.
 *
 * A branch-and-bound search over how many cores of each kind a layer takes. Where that takes too long (boards of many
 * chips), layers choose one after the other by the prices of scarce kinds. A source reaches every part of its targets with
 * a destination of its own, so that parts are bounded by `limits.destinations`.
 *
 * @returns undefined when no split makes the network fit (`splitNeeds` says why), or none was found in time
 */
export function planSplit(network: QuantNetwork, spec: DeviceSpec, maxSteps = MAX_STEPS): SplitPlan | undefined {
  const { layers } = network;
  if (layers.some((layer) => layerBreaches(layer, spec).length > 0)) return undefined;
  const kinds = coreKinds(spec);
  const budgets = destinationBudgets(network, spec);
  const options = layers.map((layer) => {
    const most = Math.min(
      ...budgets.filter(({ of }) => of.has(layer.name)).map((budget) => partsWithin(budget, layer)),
    );
    return optionsOf(layer, kinds, Math.min(most, spec.cores.length), spec);
  });
  if (options.some((list) => list.length === 0)) return undefined;

  // Fewest cores that the layers from `row` on can take, were all of them alone.
  const atLeast = new Array<number>(layers.length + 1).fill(0);
  for (let row = layers.length - 1; row >= 0; row--) atLeast[row] = atLeast[row + 1] + options[row][0].cost;

  const free = kinds.map(({ count }) => count);
  const spare = budgets.map(({ spare: n }) => n);
  const chosen: Option[] = [];
  let best: readonly Option[] | undefined;
  let bestCost = spec.cores.length + 1;
  let steps = 0;
  const search = (row: number, used: number): void => {
    if (row === layers.length) {
      best = [...chosen];
      bestCost = used;
      return;
    }
    const { name } = layers[row];
    const sources = budgets.flatMap(({ of }, index) => (of.has(name) ? [{ index, ways: of.get(name)! }] : []));
    for (const option of options[row]) {
      if (used + option.cost + atLeast[row + 1] >= bestCost) return;
      if (steps++ > maxSteps) return;
      const extra = option.parts - 1;
      if (option.cores.some((n, kind) => n > free[kind])) continue;
      if (sources.some(({ index, ways }) => extra * ways > spare[index])) continue;
      const take = (sign: 1 | -1): void => {
        for (const [kind, n] of option.cores.entries()) free[kind] -= sign * n;
        for (const { index, ways } of sources) spare[index] -= sign * extra * ways;
      };
      take(1);
      chosen.push(option);
      search(row + 1, used + option.cost);
      chosen.pop();
      take(-1);
    }
  };
  search(0, 0);
  if (best === undefined && steps > maxSteps) {
    best = pricedChoice(options, kinds, budgets, layers);
  }
  if (best === undefined) return undefined;
  const sizes = new Map<string, readonly number[]>();
  best.forEach((option, row) => {
    if (option.parts > 1) sizes.set(layers[row].name, balancedSizes(layers[row].outputShape[0], option));
  });
  return { sizes, cores: best.reduce((sum, { parts }) => sum + parts, 0), fewest: steps <= maxSteps };
}

const PRICE_ROUNDS = 400;
const PRICE_STEP = 0.05;

/**
 * Options that fit together, found by prices: a kind of core that everybody would like becomes dearer (multiplicative
 * weights, which converge to the shadow prices of the linear relaxation), then each layer in turn takes the cheapest
 * option that is left. Tried in several orders.
 */
function pricedChoice(
  options: readonly (readonly Option[])[],
  kinds: readonly CoreKind[],
  budgets: readonly Budget[],
  layers: readonly QuantLayer[],
): readonly Option[] | undefined {
  const prices = corePrices(options, kinds, layers);
  const cost = ({ cores }: Option): number => cores.reduce((sum, n, kind) => sum + n * prices[kind], 0);
  const ranked = options.map((list) =>
    list
      .map((option) => ({ option, cost: cost(option) }))
      .sort((a, b) => a.cost - b.cost || a.option.parts - b.option.parts),
  );
  const rows = layers.map((_, row) => row);
  const byParts = [...rows].sort((a, b) => options[b][0].parts - options[a][0].parts);
  for (const order of [byParts, rows, [...rows].reverse()]) {
    const free = kinds.map(({ count }) => count);
    const spare = budgets.map(({ spare: n }) => n);
    const chosen = new Array<Option>(layers.length);
    const done = order.every((row) => {
      const { name } = layers[row];
      const sources = budgets.flatMap(({ of }, index) => (of.has(name) ? [{ index, ways: of.get(name)! }] : []));
      const fitting = ranked[row].find(
        ({ option }) =>
          option.cores.every((n, kind) => n <= free[kind]) &&
          sources.every(({ index, ways }) => (option.parts - 1) * ways <= spare[index]),
      );
      if (!fitting) return false;
      chosen[row] = fitting.option;
      for (const [kind, n] of fitting.option.cores.entries()) free[kind] -= n;
      for (const { index, ways } of sources) spare[index] -= (fitting.option.parts - 1) * ways;
      return true;
    });
    if (done) return chosen;
  }
  return undefined;
}

/** Price of a core of each kind, by how much they are wanted when every layer takes what is cheapest a feature. */
function corePrices(
  options: readonly (readonly Option[])[],
  kinds: readonly CoreKind[],
  layers: readonly QuantLayer[],
): readonly number[] {
  const weight = kinds.map(() => 1);
  const total = kinds.map(() => 0);
  for (let round = 0; round < PRICE_ROUNDS; round++) {
    const use = kinds.map(() => 0);
    layers.forEach((layer, row) => {
      const { capacity } = options[row][0];
      let cheapest = -1;
      for (let kind = 0; kind < kinds.length; kind++) {
        if (capacity[kind] === 0) continue;
        if (cheapest < 0 || weight[kind] / capacity[kind] < weight[cheapest] / capacity[cheapest]) cheapest = kind;
      }
      use[cheapest] += layer.outputShape[0] / capacity[cheapest] / kinds[cheapest].count;
    });
    const most = Math.max(...use);
    const sum = weight.reduce((a, b) => a + b, 0);
    for (let kind = 0; kind < kinds.length; kind++) {
      weight[kind] = (weight[kind] / sum) * (1 + (PRICE_STEP * use[kind]) / most);
      total[kind] += weight[kind];
    }
  }
  return total;
}

/** What splitting would take, layer by layer, for those that fit no core in one piece. */
export function splitNeeds(network: QuantNetwork, spec: DeviceSpec): readonly SplitNeed[] {
  const kinds = coreKinds(spec);
  const budgets = destinationBudgets(network, spec);
  return network.layers
    .filter((layer) => !spec.cores.some((core) => holds(core, layer)))
    .map((layer) => {
      const largestPart = Math.max(...kinds.map(({ sample }) => largestPartOn(sample, layer, spec)));
      const reachable = Math.min(
        spec.cores.length,
        ...budgets.filter(({ of }) => of.has(layer.name)).map((budget) => partsWithin(budget, layer)),
      );
      const parts = largestPart === 0 ? Number.POSITIVE_INFINITY : Math.ceil(layer.outputShape[0] / largestPart);
      return { layer: layer.name, largestPart, parts, reachable };
    });
}

/** Of all layers together less than one core. */
const REORDER_COST = 1 / 1024;

/** A way to put one layer onto cores: how many of each kind, none of which could be left out. */
interface Option {
  readonly parts: number;
  /** `parts`, and a little more when the split reorders spikes (`keepsOrder`): of equal plans the truer one wins. */
  readonly cost: number;
  readonly cores: readonly number[];
  /** Features that a core of each kind can hold. */
  readonly capacity: readonly number[];
}

/** All ways, fewest parts first, among those the ones that leave large memories free. */
function optionsOf(layer: QuantLayer, kinds: readonly CoreKind[], most: number, spec: DeviceSpec): Option[] {
  const capacity = kinds.map(({ sample }) => largestPartOn(sample, layer, spec));
  const features = layer.outputShape[0];
  const reorders = layer.destinations.length > 0 && !keepsOrder(layer);
  const found: Option[] = [];
  const take = (kind: number, left: number, cores: readonly number[], parts: number): void => {
    if (left <= 0) {
      const spareFeatures = -left;
      const needless = cores.some((n, k) => n > 0 && capacity[k] <= spareFeatures);
      const cost = parts > 1 && reorders ? parts + REORDER_COST : parts;
      if (!needless)
        found.push({ parts, cost, cores: [...cores, ...kinds.slice(cores.length).map(() => 0)], capacity });
      return;
    }
    if (kind === kinds.length) return;
    const { count } = kinds[kind];
    const useful = capacity[kind] === 0 ? 0 : Math.min(count, Math.ceil(left / capacity[kind]), most - parts);
    for (let n = 0; n <= useful; n++) take(kind + 1, left - n * capacity[kind], [...cores, n], parts + n);
  };
  take(0, features, [], 0);
  const memory = ({ cores }: Option): number =>
    cores.reduce((sum, n, kind) => sum + n * memoryOf(kinds[kind].sample), 0);
  return found
    .map((option) => ({ option, words: memory(option) }))
    .sort((a, b) => a.option.parts - b.option.parts || a.words - b.words)
    .map(({ option }) => option);
}

/** Parts as equal as the cores allow, largest cores first. */
function balancedSizes(features: number, { cores, capacity }: Option): readonly number[] {
  const rooms = cores.flatMap((n, kind) => new Array<number>(n).fill(capacity[kind])).sort((a, b) => a - b);
  let left = features;
  const sizes = rooms.map((room, index) => {
    const size = Math.min(room, Math.ceil(left / (rooms.length - index)));
    left -= size;
    return size;
  });
  return sizes.reverse();
}

/** Most output features of a layer that a core holds. Words grow with features, so halving finds it. */
export function largestPartOn(core: CoreSpec, layer: QuantLayer, spec: DeviceSpec): number {
  const [features, height, width] = layer.outputShape;
  let low = 0;
  let high = Math.min(features, spec.limits.features.value);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (holds(core, { ...layer, outputShape: [middle, height, width] })) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Destinations of one source: the input or a layer. */
interface Budget {
  /** Times that the source sends to each target. */
  readonly of: ReadonlyMap<string, number>;
  /** Destinations that are left when no target is split. */
  readonly spare: number;
}

function destinationBudgets(network: QuantNetwork, { limits }: DeviceSpec): readonly Budget[] {
  const budget = (destinations: readonly QuantDestination[], limit: number): Budget => {
    const of = new Map<string, number>();
    for (const { layer } of destinations) of.set(layer, (of.get(layer) ?? 0) + 1);
    return { of, spare: limit - destinations.length };
  };
  return [
    budget(network.inputDestinations, limits.inputDestinations.value),
    ...network.layers.map(({ destinations }) => budget(destinations, limits.destinations.value)),
  ];
}

function partsWithin({ of, spare }: Budget, layer: QuantLayer): number {
  return 1 + Math.max(0, Math.floor(spare / of.get(layer.name)!));
}

export function coreKinds(spec: DeviceSpec): readonly CoreKind[] {
  const kinds = new Map<string, { sample: CoreSpec; count: number }>();
  for (const core of spec.cores) {
    const key = `${core.kernelWords.value} ${core.neuronWords.value} ${core.leakWords.value}`;
    const kind = kinds.get(key);
    if (kind) kind.count++;
    else kinds.set(key, { sample: core, count: 1 });
  }
  return [...kinds.values()];
}

function memoryOf(core: CoreSpec): number {
  return core.kernelWords.value + 2 * core.neuronWords.value + 2 * core.leakWords.value;
}
