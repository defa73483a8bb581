import type { DeviceRule } from "../chip/rules.ts";
import type { DeviceSpec } from "../device/types.ts";
import { ChipError, oneLine } from "../errors.ts";
import type { QuantNetwork } from "../quantize/types.ts";
import { formatCount } from "../units.ts";
import type { SplitChoice } from "./arrange.ts";
import { describeFix, type Fix } from "./fix.ts";
import type { Conflict, Obstacle, Obstacles } from "./misfit.ts";
import { type SplitNeed, splitNeeds } from "./plan-split.ts";
import { findRemedies, type Remedy } from "./remedy.ts";

/** An obstacle with what would mend it. */
export interface Misfit extends Obstacle {
  /** An order that has been tried, or the statement that nothing was found. */
  readonly fix: string;
  /** The same for programs: all of these changes, made together, let the whole network map. Empty: nothing was found. */
  readonly apply: readonly Fix[];
}

/** Why a network cannot be placed, and what would help: `details` of E_NO_PLACEMENT. */
export interface NoPlacement {
  readonly misfits: readonly Misfit[];
  readonly conflict: Conflict;
  /** Each is a set of changes that was made, after which the whole network mapped. Empty: none was found. */
  readonly remedies: readonly Remedy[];
  /** Layers that fit no core in one piece: what splitting them would take. */
  readonly split: readonly SplitNeed[];
  /** Other devices that take the network, of those that were asked about. */
  readonly devices: readonly string[];
}

/** Finds what would help, by trying it. */
export function explain(
  obstacles: Obstacles,
  network: QuantNetwork,
  spec: DeviceSpec,
  split: SplitChoice,
  devices: readonly string[],
): NoPlacement {
  const remedies = findRemedies(network, spec, split);
  return {
    misfits: obstacles.misfits.map((obstacle) => ({ ...obstacle, ...mend(obstacle, remedies, devices) })),
    conflict: obstacles.conflict,
    remedies,
    split: splitNeeds(network, spec),
    devices,
  };
}

/** The remedies that change the obstacle's own layer, or whichever there are. */
function mend(
  { layer }: Obstacle,
  remedies: readonly Remedy[],
  devices: readonly string[],
): Pick<Misfit, "fix" | "apply"> {
  const own = remedies.filter((remedy) => remedy.some((fix) => fix.layer === layer));
  const [first, ...others] = own.length > 0 ? own : remedies;
  if (!first) return { fix: nothingHelps(devices), apply: [] };
  const texts = [first, ...others].slice(0, 2).map((remedy) => describeRemedy(remedy, layer));
  return { fix: texts.join(", or "), apply: first };
}

function describeRemedy(remedy: Remedy, layer: string): string {
  const own = remedy.filter((fix) => fix.layer === layer);
  if (own.length === 0) return remedy.map(describeFix).join(" and ");
  return `${own.map(describeFix).join(" and ")}${own.length < remedy.length ? " (together with the other fixes)" : ""}`;
}

function nothingHelps(devices: readonly string[]): string {
  if (devices.length > 0) return `use device ${devices.join(" or ")}, which takes the network`;
  return "no change of single layers was found with which the network maps; use a device with more or larger cores";
}

const SHOWN = 6;
const MEMORY_WORDS: Partial<Record<DeviceRule, string>> = {
  kernelWords: "kernel words",
  neuronWords: "neuron words",
  leakWords: "leak words",
};
const OTHER_RULES: Partial<Record<DeviceRule, string>> = {
  kernelSize: "kernel size",
  inputSize: "input size",
  outputSize: "output size",
  inputFeatures: "input features",
  kernelSquare: "a kernel of",
  inputDestinations: "destinations",
};

/** E_NO_PLACEMENT: one line for people, `NoPlacement` for programs. */
export function noPlacementError(reasons: NoPlacement, spec: DeviceSpec): ChipError {
  const { misfits, conflict } = reasons;
  const sentences = misfits.slice(0, SHOWN).map((misfit) => describeMisfit(misfit, spec.cores.length));
  if (misfits.length > SHOWN) sentences.push(`and ${misfits.length - SHOWN} more`);
  if (conflict.layers.length > 1) {
    const cores =
      conflict.cores.length === 1
        ? `core ${conflict.cores[0]}`
        : `the ${conflict.cores.length} cores ${conflict.cores.join(", ")}`;
    sentences.unshift(`${conflict.layers.length} layers (${conflict.layers.join(", ")}) need ${cores}`);
    if (misfits.length === 0) sentences.push("join layers or use a device with more cores");
  }
  const hopeless = reasons.split.filter(({ parts, reachable }) => parts > reachable);
  if (hopeless.length > 0) sentences.push(describeHopeless(hopeless));
  if (reasons.devices.length > 0) sentences.push(`as it is, the network fits ${reasons.devices.join(", ")}`);
  return new ChipError("E_NO_PLACEMENT", `The network does not fit ${spec.name}: ${oneLine(sentences)}.`, {
    details: { ...reasons },
  });
}

/** Why splitting cannot help, layer by layer. */
function describeHopeless(needs: readonly SplitNeed[]): string {
  const list = needs.map(({ layer, largestPart, parts, reachable }) =>
    largestPart === 0
      ? `not even one feature of ${layer} fits a core`
      : `${layer} would take ${parts} parts (of ${largestPart} features at most), its sources reach ${reachable}`,
  );
  return `splitting alone cannot help: ${list.join(", ")}`;
}

function describeMisfit(misfit: Misfit, coreCount: number): string {
  const { layer, rule, need, limit, cores, fix } = misfit;
  const [wanted, there] = [need, limit].map((n) => (typeof n === "number" ? formatCount(n) : n));
  const words = MEMORY_WORDS[rule];
  if (words === undefined)
    return `${layer} needs ${OTHER_RULES[rule] ?? rule} ${wanted}, the limit is ${there}: ${fix}`;
  const who =
    cores.length === coreCount
      ? "the largest core has"
      : `${cores.length === 1 ? "core" : "cores"} ${cores.join(", ")} ${cores.length === 1 ? "has" : "have at most"}`;
  return `${layer} needs ${wanted} ${words}, ${who} ${there}: ${fix}`;
}
