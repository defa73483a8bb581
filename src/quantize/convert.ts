import { ChipError, oneLine } from "../errors.ts";
import { topologicalOrder } from "../network/order.ts";
import type { Refusal } from "../network/refusal.ts";
import { inferShapes } from "../network/shapes.ts";
import {
  type Conv2dNode,
  type LinearNode,
  type Network,
  type NetworkNode,
  type Shape,
  shapeSize,
} from "../network/types.ts";
import { groupLayers } from "./group.ts";
import { type PrepareOptions, prepareNetwork } from "./prepare.ts";

export interface ConversionPlan extends PrepareOptions {
  /** True when activity scales will be there, so that ReLUs can become spiking neurons. */
  readonly calibrated: boolean;
}

export interface SpikingOptions {
  /**
   * Steps of one presentation; default 10. An image comes as pixel / steps in each step (`imageToCurrent`), and the first
   * weights take it times `steps` back, so that each step sees the whole image and each bias once.
   */
  readonly steps?: number;
  /** Spikes a step at the calibrated percentile; default 1. More: finer answers and more SynOps. */
  readonly rate?: number;
}

/**
 * Spikes a step of the output's neurons at the percentile, for one of the others. Ten steps of one spike would tell ten
 * classes apart by ten levels only, with many ties; spikes that no layer receives cost no SynOps.
 */
const OUTPUT_RATE = 8;
/**
 * Half a threshold over the whole presentation goes on top of kept biases, so that counts are rounded where they would be
 * cut (Deng and Gu 2021, shift of the threshold by V/2T). Neurons without a bias are left as they are.
 */
const LEAD = 0.5;
/** How many thresholds below zero a membrane may go, so that it can lend against what comes later. */
const LOWER_BOUND = 8;

/**
 * Every reason why a network cannot become a spiking one as planned: what would have to be replaced and may not, and what
 * no plan helps against. Empty when it can.
 *
 * @throws ChipError E_NETWORK when it contradicts itself
 */
export function conversionRefusals(network: Network, plan: ConversionPlan): readonly Refusal[] {
  inferShapes(network);
  const refusals: Refusal[] = [];
  const refuse = (node: string, why: string, remedy: string): void => {
    refusals.push({ node, op: network.nodes.get(node)!.op, why, remedy });
  };
  for (const [name, node] of network.nodes) {
    if (node.op === "maxPool" && plan.maxPool === undefined) {
      refuse(
        name,
        "takes the largest of a window, which a chip cannot",
        "--max-pool average replaces it, or train with average pools",
      );
    }
    if ((node.op === "conv2d" || node.op === "linear") && node.bias && plan.bias === undefined) {
      refuse(name, "has a bias", "--drop-bias leaves it out, --keep-bias makes it leak, or train without bias");
    }
    if (node.op === "relu" && !node.quantized && !plan.calibrated) {
      refuse(name, "is a plain ReLU, which does not spike", "--calibrate SET makes it a spiking neuron");
    }
    if (node.op === "softmax" && !plan.calibrated) {
      refuse(name, "computes probabilities, which no core does", "--calibrate SET lets output neurons count instead");
    }
  }
  return [...refusals, ...structureRefusals(network)];
}

/** What would still be wrong if everything were replaced. */
function structureRefusals(network: Network): readonly Refusal[] {
  const { network: prepared } = prepareNetwork(network, { maxPool: "average", bias: "drop" });
  try {
    groupLayers(spikingNetwork(prepared, new Map()));
    return [];
  } catch (error) {
    if (error instanceof ChipError && Array.isArray(error.details.reasons)) return error.details.reasons as Refusal[];
    throw error;
  }
}

/**
 * @param name how messages call the network
 * @throws ChipError E_UNSUPPORTED with every reason of `conversionRefusals` in `details.reasons`; in the message, nodes
 *   with one reason stand together
 */
export function checkConversion(network: Network, plan: ConversionPlan, name: string): void {
  const reasons = conversionRefusals(network, plan);
  if (reasons.length === 0) return;
  const nodes = new Map<string, string[]>();
  for (const { node, op, why, remedy } of reasons) {
    const reason = `(${op}) ${why}: ${remedy}`;
    nodes.set(reason, [...(nodes.get(reason) ?? []), node]);
  }
  const sentences = [...nodes].map(([reason, names]) => `${names.join(", ")} ${reason}`);
  throw new ChipError("E_UNSUPPORTED", `${name} cannot be put on a chip as it is: ${oneLine(sentences)}.`, {
    details: { reasons },
  });
}

/**
 * A prepared ReLU network with integrate-and-fire neurons in place of its ReLUs (Rueckauer et al. 2017).
 *
 * A neuron's rate in spikes a step stands for activation / scale: weights become w * scale of the source / own scale,
 * biases b / own scale, thresholds 1, reset by subtraction. ReLUs whose spikes are merged behind them (`add`) share the
 * largest of their scales.
 *
 * @param activity scale by name of the relu node (`calibrate`); 1 where it is missing
 */
export function spikingNetwork(
  network: Network,
  activity: ReadonlyMap<string, number>,
  options: SpikingOptions = {},
): Network {
  const { steps = 10, rate = 1 } = options;
  const shapes = inferShapes(network);
  const scales = sharedScales(network, (name) => {
    const answers = network.edges.every(([from, to]) => from !== name || network.nodes.get(to)!.op === "output");
    return (activity.get(name) ?? 1) / (answers ? rate * OUTPUT_RATE : rate);
  });
  const sources = new Map<string, string[]>();
  const targets = new Map<string, string[]>();
  for (const [from, to] of network.edges) {
    sources.set(to, [...(sources.get(to) ?? []), from]);
    targets.set(from, [...(targets.get(from) ?? []), to]);
  }
  /** Per feature of the map: what one spike of it stands for. */
  const units = new Map<string, Float64Array>();
  const nodes = new Map<string, NetworkNode>();
  const led = new Set<string>();
  for (const name of topologicalOrder(network)) {
    const node = network.nodes.get(name)!;
    const from = (sources.get(name) ?? []).map((source) => units.get(source)!);
    switch (node.op) {
      case "input":
        nodes.set(name, node);
        units.set(name, new Float64Array(node.shape[0]).fill(steps));
        break;
      case "conv2d":
      case "linear": {
        const neuron = neuronBehind(name, network, targets) ?? "";
        const own = scales.get(neuron) ?? 1;
        nodes.set(name, scaled(node, from[0], own, node.bias && !led.has(neuron) ? LEAD / steps : 0));
        if (node.bias) led.add(neuron);
        units.set(name, new Float64Array(node.weightShape[0]).fill(own));
        break;
      }
      case "relu":
        nodes.set(name, { op: "if", threshold: 1, r: 1, reset: "subtract", thresholdLow: -LOWER_BOUND });
        units.set(name, new Float64Array(shapes.get(name)![0]).fill(scales.get(name)!));
        break;
      case "concat":
        nodes.set(name, node);
        units.set(name, Float64Array.from(from.flatMap((unit) => [...unit])));
        break;
      case "flatten":
        nodes.set(name, node);
        units.set(name, spread(from[0], shapes.get(name)!));
        break;
      default:
        nodes.set(name, node);
        units.set(name, from[0]);
    }
  }
  const order = new Map([...network.nodes.keys()].map((name) => [name, nodes.get(name)!]));
  return { ...network, nodes: order };
}

/** The relu whose membranes this weight layer feeds. */
function neuronBehind(
  name: string,
  network: Network,
  targets: ReadonlyMap<string, readonly string[]>,
): string | undefined {
  for (let at = targets.get(name)?.[0]; at !== undefined; at = targets.get(at)?.[0]) {
    const { op } = network.nodes.get(at)!;
    if (op === "relu") return at;
    if (op !== "flatten" && op !== "add") return undefined;
  }
  return undefined;
}

function scaled(node: Conv2dNode | LinearNode, unit: Float64Array, own: number, lead: number): NetworkNode {
  const inputs = node.weightShape[1];
  const taps = node.op === "conv2d" ? node.weightShape[2] * node.weightShape[3] : 1;
  // A list of a flattened map has its features one after the other, each in a block.
  const block = inputs / unit.length;
  const weight = node.weight.map((w, i) => (w * unit[Math.floor((Math.floor(i / taps) % inputs) / block)]) / own);
  const bias = node.bias ? { bias: node.bias.map((b) => b / own + lead) } : {};
  return { ...node, weight, ...bias };
}

function spread(unit: Float64Array, shape: Shape): Float64Array {
  const block = shapeSize(shape) / unit.length;
  return Float64Array.from({ length: shapeSize(shape) }, (_, i) => unit[Math.floor(i / block)]);
}

/** Scale of every relu; those whose spikes meet in an `add` get the largest among them. */
function sharedScales(network: Network, scaleOf: (name: string) => number): ReadonlyMap<string, number> {
  const scales = new Map(
    [...network.nodes].filter(([, node]) => node.op === "relu").map(([name]) => [name, scaleOf(name)]),
  );
  const neuronsInto = (name: string): string[] =>
    network.edges
      .filter(([, to]) => to === name)
      .flatMap(([from]) => {
        const { op } = network.nodes.get(from)!;
        return op === "relu" ? [from] : op === "conv2d" || op === "linear" || op === "input" ? [] : neuronsInto(from);
      });
  const meetings = [...network.nodes].filter(([, node]) => node.op === "add").map(([name]) => neuronsInto(name));
  // A scale may rise through several meetings, each time to one of finitely many values.
  for (let changed = true; changed; ) {
    changed = false;
    for (const meeting of meetings) {
      const most = Math.max(...meeting.map((name) => scales.get(name)!));
      for (const name of meeting) {
        if (scales.get(name)! < most) {
          scales.set(name, most);
          changed = true;
        }
      }
    }
  }
  return scales;
}
