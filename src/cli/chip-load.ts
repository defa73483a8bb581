import type { ChipConfig, CoreConfig } from "../chip/config.ts";
import { ChipError } from "../errors.ts";
import type { SampleResult } from "../evaluate/run-sample.ts";
import { tapsPerInputEvent } from "../mapper/load.ts";
import type { QuantDestination, QuantLayer } from "../quantize/types.ts";

export interface LoadFigures {
  readonly samples?: number;
  readonly accuracy?: number;
  readonly synOps?: number;
}

/** Taps of every core of a configuration, and where they come from. */
export interface ChipLoad {
  readonly title: string;
  /** By core number. */
  readonly taps: ReadonlyMap<number, number>;
  readonly figures: LoadFigures;
}

/** The mapper's estimate: every layer sends as many spikes as it gets events, evenly over its map. */
export function estimatedLoad(config: ChipConfig): ChipLoad {
  const destination = ({ core, pooling, featureShift }: CoreConfig["destinations"][number]): QuantDestination => ({
    layer: String(core),
    pooling,
    featureShift,
  });
  const layers = config.cores.map(
    (core): QuantLayer => ({
      ...core,
      name: String(core.core),
      nodes: [],
      destinations: core.destinations.map(destination),
      output: false,
      ...partOf(core, config),
    }),
  );
  const taps = tapsPerInputEvent({
    rule: "default",
    inputShape: config.input.shape,
    inputDestinations: config.input.destinations.map(destination),
    layers,
    warnings: [],
  });
  return {
    title: "SynOps an input event, estimated",
    taps: new Map(config.cores.map(({ core }) => [core, taps.get(String(core)) ?? 0])),
    figures: {},
  };
}

/** The load in what `emulate --json` or `evaluate --json` printed. */
export function loadFromJson(bytes: Uint8Array, name: string, config: ChipConfig): ChipLoad {
  const refuse = (why: string): never => {
    throw new ChipError("E_FORMAT", `${name} ${why}; give what emulate --json or evaluate --json printed.`);
  };
  let data: { readonly layers?: readonly { readonly core: number; readonly taps: number }[] } & Record<string, unknown>;
  try {
    data = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return refuse("is not JSON");
  }
  const { layers } = data;
  if (!Array.isArray(layers)) return refuse("has no layers");
  const taps = new Map(layers.map(({ core, taps: n }) => [core, n]));
  const missing = config.cores.filter(({ core }) => typeof taps.get(core) !== "number");
  if (missing.length > 0) refuse(`has no taps of core ${missing.map(({ core }) => core).join(", ")}`);
  const { samples, accuracy } = data;
  return {
    title: typeof samples === "number" ? "SynOps a sample, measured" : "SynOps of one recording, measured",
    taps,
    figures: {
      synOps: [...taps.values()].reduce((sum, n) => sum + n, 0),
      ...(typeof samples === "number" ? { samples } : {}),
      ...(typeof accuracy === "number" ? { accuracy } : {}),
    },
  };
}

/**
 * The mean load over the samples in a samples.jsonl, as `evaluate -o` writes it; the half line of an interrupted job is
 * passed over. Without a sample, the estimate.
 */
export function loadFromSamples(bytes: Uint8Array, config: ChipConfig): ChipLoad {
  const taps = new Map(config.cores.map(({ core }) => [core, 0]));
  let samples = 0;
  let right = 0;
  for (const line of new TextDecoder().decode(bytes).split("\n")) {
    for (const sample of parsed(line)) {
      samples++;
      if (sample.prediction === sample.label) right++;
      for (const core of sample.perCore) taps.set(core.core, (taps.get(core.core) ?? 0) + core.taps);
    }
  }
  if (samples === 0) return estimatedLoad(config);
  for (const [core, sum] of taps) taps.set(core, sum / samples);
  const synOps = [...taps.values()].reduce((sum, n) => sum + n, 0);
  return { title: "SynOps a sample, measured", taps, figures: { samples, accuracy: right / samples, synOps } };
}

type Sample = Pick<SampleResult, "label" | "prediction" | "perCore">;

/** The samples of a line: those of one recording. */
function parsed(line: string): readonly Sample[] {
  try {
    const { results } = JSON.parse(line) as { readonly results: readonly Sample[] };
    return Array.isArray(results) ? results.filter(({ perCore }) => Array.isArray(perCore)) : [];
  } catch {
    return [];
  }
}

/** Name of the layer that a core's layer is a part of: `conv2` of `conv2/1`. The mapper names parts so. */
export function groupOf(layer: string, config: ChipConfig): string {
  const group = /^(.+)\/\d+$/.exec(layer)?.[1];
  return group !== undefined && config.cores.some((core) => core.layer === `${group}/2`) ? group : layer;
}

/** The part that a core holds of a split layer, as far as its share of the features goes. */
function partOf(core: CoreConfig, config: ChipConfig): Pick<QuantLayer, "part"> {
  const group = groupOf(core.layer, config);
  if (group === core.layer) return {};
  const siblings = config.cores.filter(({ layer }) => groupOf(layer, config) === group);
  const features = siblings.reduce((sum, { outputShape }) => sum + outputShape[0], 0);
  return { part: { layer: group, from: 0, to: core.outputShape[0], features } };
}
