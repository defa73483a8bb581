import { changeFix } from "../chip/fixes.ts";
import type { DeviceRule } from "../chip/rules.ts";
import type { CoreSpec, DeviceSpec } from "../device/types.ts";
import { ChipError, oneLine } from "../errors.ts";
import { formatCount } from "../units.ts";
import type { FitMatrix, LayerFit } from "./fit.ts";
import { matchRows } from "./matching.ts";

/** A rule that keeps a layer off cores. */
export interface Misfit {
  /** Name of the layer, or `input`. */
  readonly layer: string;
  readonly rule: DeviceRule;
  readonly need: number | string;
  /** The best that `cores` offer. */
  readonly limit: number | string;
  /** Cores that the rule shuts out. */
  readonly cores: readonly number[];
  readonly fix: string;
}

/** Layers that want fewer cores than they are (Hall's theorem), none of which can be left out; or nobody. */
export interface Conflict {
  readonly layers: readonly string[];
  readonly cores: readonly number[];
}

/** Why a network cannot be placed: `details` of E_NO_PLACEMENT. */
export interface NoPlacement {
  readonly misfits: readonly Misfit[];
  readonly conflict: Conflict;
}

/**
 * Everything that stops a network from being placed, or undefined when it can be.
 *
 * - Layers that fit no core: every rule that they break, with the cores it shuts out.
 * - Layers that fit somewhere but compete: the smallest set of them with fewer cores than layers, and what keeps each of
 *   them off the other cores.
 *
 * When some layer fits nowhere and nobody competes, the conflict is that layer with no core at all.
 */
export function findObstacles(fits: FitMatrix, spec: DeviceSpec): NoPlacement | undefined {
  const allowed = fits.layers.map(({ cores }) => cores.flatMap((fit, column) => (fit.fits ? [column] : [])));
  const homeless = fits.layers.filter((_, row) => allowed[row].length === 0);
  const housed = fits.layers.map((_, row) => row).filter((row) => allowed[row].length > 0);
  const matching = matchRows(housed.map((row) => allowed[row]));
  const inputMisfits = fits.input.map((breach): Misfit => ({ layer: "input", ...breach, cores: [] }));
  const misfits = [...inputMisfits, ...homeless.flatMap((fit) => layerMisfits(fit, spec.cores, spec))];
  if ("violator" in matching) {
    const { rows, columns } = matching.violator;
    const rivals = rows.map((row) => fits.layers[housed[row]]);
    const others = spec.cores.filter((_, column) => !columns.includes(column));
    misfits.push(...rivals.flatMap((fit) => layerMisfits(fit, others, spec)));
    return {
      misfits,
      conflict: {
        layers: rivals.map(({ layer }) => layer.name),
        cores: columns.map((column) => spec.cores[column].id),
      },
    };
  }
  if (misfits.length === 0) return undefined;
  return { misfits, conflict: { layers: homeless.slice(0, 1).map(({ layer }) => layer.name), cores: [] } };
}

/** The rules that keep a layer off `cores`: those it breaks everywhere, and each memory that is too small on some. */
function layerMisfits(
  { layer, breaches, cores: coreFits }: LayerFit,
  cores: readonly CoreSpec[],
  spec: DeviceSpec,
): Misfit[] {
  const ids = cores.map(({ id }) => id);
  const misfits = breaches.map((breach): Misfit => ({ layer: layer.name, ...breach, cores: ids }));
  for (const rule of ["kernelWords", "neuronWords", "leakWords"] as const) {
    const shut = coreFits.filter((fit) => ids.includes(fit.core) && fit.shortages.some((short) => short.rule === rule));
    if (shut.length === 0) continue;
    const shortages = shut.flatMap((fit) => fit.shortages.filter((short) => short.rule === rule));
    misfits.push({
      layer: layer.name,
      rule,
      need: shortages[0].need,
      limit: Math.max(...shortages.map(({ limit }) => limit)),
      cores: shut.map(({ core }) => core),
      fix: changeFix(layer, rule, cores, spec.limits),
    });
  }
  return misfits;
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

/** E_NO_PLACEMENT: one line for people, `details = {misfits, conflict}` for programs. */
export function noPlacementError(obstacles: NoPlacement, spec: DeviceSpec): ChipError {
  const { misfits, conflict } = obstacles;
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
  return new ChipError("E_NO_PLACEMENT", `The network does not fit ${spec.name}: ${oneLine(sentences)}.`, {
    details: { ...obstacles },
  });
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
