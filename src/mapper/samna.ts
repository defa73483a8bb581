import type { ChipConfig, CoreConfig, Destination, InputConfig } from "../chip/config.ts";
import type { DeviceSpec } from "../device/types.ts";
import { ChipError, oneLine } from "../errors.ts";

interface PointXY {
  readonly x: number;
  readonly y: number;
}

/** One entry of `cnn_layers`; field names are the vendor's (samna's reference pages, Speck data sheet 3.2.2). */
export interface SamnaCnnLayer {
  readonly biases: readonly number[];
  readonly destinations: readonly {
    readonly enable: boolean;
    readonly layer: number;
    readonly pooling: number;
    readonly feature_shift: number;
  }[];
  readonly dimensions: {
    readonly input_shape: { readonly feature_count: number; readonly size: PointXY };
    readonly output_shape: { readonly feature_count: number; readonly size: PointXY };
    readonly kernel_size: number;
    readonly padding: PointXY;
    readonly stride: PointXY;
  };
  readonly input_congestion_balancer_enable: boolean;
  readonly leak_enable: boolean;
  readonly leak_internal_slow_clk_enable: boolean;
  readonly monitor_enable: boolean;
  /** `[feature][x][y]`. */
  readonly neurons_initial_value: readonly (readonly (readonly number[])[])[];
  readonly output_decimator_enable: boolean;
  /** Code of the ratio: 0 for 2, 1 for 4... */
  readonly output_decimator_interval: number;
  readonly return_to_zero: boolean;
  readonly threshold_high: number;
  readonly threshold_low: number;
  /** `[out][in][x][y]`: x-major, the other way round than PyTorch. */
  readonly weights: readonly (readonly (readonly (readonly number[])[])[])[];
}

/** A configuration in the vendor's layout; cores that hold no layer are null. */
export interface SamnaConfiguration {
  readonly cnn_layers: readonly (SamnaCnnLayer | null)[];
  readonly dvs_layer: {
    readonly cut: PointXY;
    readonly destinations: readonly {
      readonly enable: boolean;
      readonly layer: number;
      readonly feature_shift: number;
    }[];
    readonly merge: boolean;
    readonly mirror: { readonly x: boolean; readonly y: boolean };
    readonly mirror_diagonal: boolean;
    readonly monitor_enable: boolean;
    readonly off_channel: boolean;
    readonly on_channel: boolean;
    readonly origin: PointXY;
    readonly pass_sensor_events: boolean;
    readonly pooling: PointXY;
    readonly raw_monitor_enable: boolean;
  };
  readonly dvs_filter: {
    readonly enable: boolean;
    readonly filter_size: PointXY;
    readonly hot_pixel_filter_enable: boolean;
    readonly internal_slow_clk: boolean;
    readonly low_pass_mode_enable: boolean;
    readonly threshold: number;
  };
  /** Only with the internal slow clock. */
  readonly factory_config?: { readonly internal_slow_clk_divider: number };
}

/** Chips whose configuration classes have these fields. */
const KNOWN_DEVICES = ["speck2e", "speck2f"];
const DESTINATIONS = 2;

/**
 * A chip configuration as plain data in the vendor's layout, for a script that hands it to samna: the road to real boards
 * (samna configuration reference; Speck data sheet 3.2.2). Weights and membranes are turned from `[y][x]` to `[x][y]`.
 *
 * Events are taken to come from the host (`pass_sensor_events` is off). The rate of an external slow clock is no part of
 * the layout; it is set on the board.
 *
 * @param config has passed `validateConfig` for the device
 * @throws ChipError E_UNSUPPORTED with everything that the layout cannot carry
 */
export function toSamna(config: ChipConfig, spec: DeviceSpec): SamnaConfiguration {
  const reasons = samnaObstacles(config, spec);
  if (reasons.length > 0) {
    const message = `The configuration cannot be written for samna: ${oneLine(reasons)}.`;
    throw new ChipError("E_UNSUPPORTED", message, { details: { reasons } });
  }
  const { slowClock, cores } = config;
  return {
    cnn_layers: spec.cores.map(({ id }) => {
      const core = cores.find((candidate) => candidate.core === id);
      return core ? cnnLayer(core, spec) : null;
    }),
    dvs_layer: dvsLayer(config.input),
    dvs_filter: dvsFilter(config),
    ...(slowClock.source === "internal" ? { factory_config: { internal_slow_clk_divider: slowClock.divider } } : {}),
  };
}

function samnaObstacles({ input, cores, readout }: ChipConfig, spec: DeviceSpec): string[] {
  const reasons: string[] = [];
  if (!KNOWN_DEVICES.includes(spec.name)) {
    reasons.push(`the layout is known for ${KNOWN_DEVICES.join(" and ")}, not for ${spec.name} (map for one of them)`);
  }
  const [features] = input.shape;
  if (features > 2) reasons.push(`the input has ${features} features, a dvs_layer has 2 polarities (use 1 or 2)`);
  const pools = [...new Set(input.destinations.map(({ pooling }) => pooling))];
  if (pools.length > 1) {
    reasons.push(
      `the input pools by ${pools.join(" and ")}, a dvs_layer has one pooling (pool equally, or in the next layer)`,
    );
  }
  const pool = Math.max(1, ...pools);
  if (Math.max(...input.pooling) * pool > 4) reasons.push("the input pools by more than 4 in all (pool less)");
  if (pool > 1 && (input.cut || input.mirrorX || input.mirrorY || input.filter)) {
    reasons.push(
      "the input pools behind cut, mirror or filter, a dvs_layer before them (pool in front, or remove them)",
    );
  }
  for (const { layer, kernelSize, destinations } of cores) {
    if (kernelSize[0] !== kernelSize[1])
      reasons.push(`${layer} has a kernel of ${kernelSize.join("x")}, which is not square`);
    if (destinations.length > DESTINATIONS)
      reasons.push(`${layer} has ${destinations.length} destinations of ${DESTINATIONS}`);
  }
  if (readout) reasons.push("the readout block is left to the vendor's own helpers (remove readout)");
  return reasons;
}

function cnnLayer(core: CoreConfig, spec: DeviceSpec): SamnaCnnLayer {
  const [features, height, width] = core.outputShape;
  const [inFeatures] = core.inputShape;
  const [ky, kx] = core.kernelSize;
  const list = (length: number) => Array.from({ length }, (_, i) => i);
  return {
    biases: core.leak ? [...core.leak] : new Array<number>(features).fill(0),
    destinations: twoDestinations(core.destinations).map((to) => ({
      enable: to !== undefined,
      layer: to?.core ?? 0,
      pooling: to?.pooling ?? 1,
      feature_shift: to?.featureShift ?? 0,
    })),
    dimensions: {
      input_shape: mapShape(core.inputShape),
      output_shape: mapShape(core.outputShape),
      kernel_size: ky,
      padding: point(core.padding),
      stride: point(core.stride),
    },
    input_congestion_balancer_enable: core.congestionBalancer,
    leak_enable: core.leak !== undefined,
    leak_internal_slow_clk_enable: core.leakInternalSlowClock,
    monitor_enable: core.monitorEnable,
    neurons_initial_value: list(features).map((f) =>
      list(width).map((x) => list(height).map((y) => core.initialState?.[(f * height + y) * width + x] ?? 0)),
    ),
    output_decimator_enable: core.decimator !== undefined,
    output_decimator_interval: core.decimator ? spec.blocks.decimatorRatios.value.indexOf(core.decimator.ratio) : 0,
    return_to_zero: core.returnToZero,
    threshold_high: core.thresholdHigh,
    threshold_low: core.thresholdLow,
    weights: list(features).map((f) =>
      list(inFeatures).map((c) =>
        list(kx).map((x) => list(ky).map((y) => core.weights[((f * inFeatures + c) * ky + y) * kx + x])),
      ),
    ),
  };
}

function dvsLayer(input: InputConfig): SamnaConfiguration["dvs_layer"] {
  const pool = input.destinations[0]?.pooling ?? 1;
  const [, height, width] = input.shape;
  const pooled = [Math.floor(height / pool), Math.floor(width / pool)] as const;
  // The cut comes before the diagonal mirror.
  const [rows, columns] = input.mirrorDiagonal ? [pooled[1], pooled[0]] : pooled;
  const { origin, corner } = input.cut ?? { origin: [0, 0] as const, corner: [rows - 1, columns - 1] as const };
  return {
    cut: point(corner),
    destinations: twoDestinations(input.destinations).map((to) => ({
      enable: to !== undefined,
      layer: to?.core ?? 0,
      feature_shift: to?.featureShift ?? 0,
    })),
    merge: input.merge,
    mirror: { x: input.mirrorX, y: input.mirrorY },
    mirror_diagonal: input.mirrorDiagonal,
    monitor_enable: false,
    off_channel: input.offChannel,
    on_channel: input.onChannel,
    origin: point(origin),
    pass_sensor_events: false,
    pooling: { x: input.pooling[1] * pool, y: input.pooling[0] * pool },
    raw_monitor_enable: false,
  };
}

function dvsFilter({ input: { filter }, slowClock }: ChipConfig): SamnaConfiguration["dvs_filter"] {
  return {
    enable: filter !== undefined,
    filter_size: point(filter?.size ?? [1, 1]),
    hot_pixel_filter_enable: filter?.mode === "noiseAndHotPixel",
    internal_slow_clk: slowClock.source === "internal",
    low_pass_mode_enable: filter?.mode === "lowPass",
    threshold: filter?.threshold ?? 0,
  };
}

function twoDestinations(destinations: readonly Destination[]): readonly (Destination | undefined)[] {
  return Array.from({ length: DESTINATIONS }, (_, i) => destinations[i]);
}

function mapShape([features, height, width]: readonly [number, number, number]) {
  return { feature_count: features, size: { x: width, y: height } };
}

function point([y, x]: readonly [number, number]): PointXY {
  return { x, y };
}
