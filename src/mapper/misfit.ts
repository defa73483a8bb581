import type { DeviceRule } from "../chip/rules.ts";
import type { CoreSpec, DeviceSpec } from "../device/types.ts";
import type { FitMatrix, LayerFit } from "./fit.ts";
import { matchRows } from "./matching.ts";

/** A rule that keeps a layer off cores. */
export interface Obstacle {
  /** Name of the layer, or `input`. */
  readonly layer: string;
  readonly rule: DeviceRule;
  readonly need: number | string;
  /** The best that `cores` offer. */
  readonly limit: number | string;
  /** Cores that the rule shuts out. */
  readonly cores: readonly number[];
}

/** Layers that want fewer cores than they are (Hall's theorem), none of which can be left out; or nobody. */
export interface Conflict {
  readonly layers: readonly string[];
  readonly cores: readonly number[];
}

/** What stops a network from being placed. */
export interface Obstacles {
  readonly misfits: readonly Obstacle[];
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
export function findObstacles(fits: FitMatrix, spec: DeviceSpec): Obstacles | undefined {
  const allowed = fits.layers.map(({ cores }) => cores.flatMap((fit, column) => (fit.fits ? [column] : [])));
  const homeless = fits.layers.filter((_, row) => allowed[row].length === 0);
  const housed = fits.layers.map((_, row) => row).filter((row) => allowed[row].length > 0);
  const matching = matchRows(housed.map((row) => allowed[row]));
  const inputMisfits = fits.input.map(
    ({ rule, need, limit }): Obstacle => ({ layer: "input", rule, need, limit, cores: [] }),
  );
  const misfits = [...inputMisfits, ...homeless.flatMap((fit) => obstaclesOf(fit, spec.cores))];
  if ("violator" in matching) {
    const { rows, columns } = matching.violator;
    const rivals = rows.map((row) => fits.layers[housed[row]]);
    const others = spec.cores.filter((_, column) => !columns.includes(column));
    misfits.push(...rivals.flatMap((fit) => obstaclesOf(fit, others)));
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
function obstaclesOf({ layer, breaches, cores: coreFits }: LayerFit, cores: readonly CoreSpec[]): Obstacle[] {
  const ids = cores.map(({ id }) => id);
  const obstacles = breaches.map(
    ({ rule, need, limit }): Obstacle => ({ layer: layer.name, rule, need, limit, cores: ids }),
  );
  for (const rule of ["kernelWords", "neuronWords", "leakWords"] as const) {
    const shut = coreFits.filter((fit) => ids.includes(fit.core) && fit.shortages.some((short) => short.rule === rule));
    if (shut.length === 0) continue;
    const shortages = shut.flatMap((fit) => fit.shortages.filter((short) => short.rule === rule));
    obstacles.push({
      layer: layer.name,
      rule,
      need: shortages[0].need,
      limit: Math.max(...shortages.map(({ limit }) => limit)),
      cores: shut.map(({ core }) => core),
    });
  }
  return obstacles;
}
