import type { ChipConfig, CoreConfig } from "../../src/chip/config.ts";
import type { DeviceSpec } from "../../src/device/types.ts";
import { createEventStream, type EventStream } from "../../src/events/event-stream.ts";

/** A one-core configuration to start from: 1x1 kernel, one feature, weight 1, threshold 1, a 4x4 map. */
export function tinyCore(change: Partial<CoreConfig> = {}): CoreConfig {
  return {
    core: 2,
    layer: `layer${change.core ?? 2}`,
    inputShape: [1, 4, 4],
    outputShape: [1, 4, 4],
    kernelSize: [1, 1],
    stride: [1, 1],
    padding: [0, 0],
    weights: Int8Array.of(1),
    leakInternalSlowClock: false,
    thresholdHigh: 1,
    thresholdLow: -1,
    returnToZero: false,
    monitorEnable: true,
    congestionBalancer: false,
    destinations: [],
    scale: 1,
    ...change,
  };
}

/** A configuration of the given cores; the input layer sends to the first unless told otherwise. */
export function tinyConfig(
  cores: readonly CoreConfig[],
  change: Partial<ChipConfig> = {},
  device = "speck2f",
): ChipConfig {
  const first = cores[0] as CoreConfig;
  return {
    device: { name: device, hash: "" },
    input: {
      shape: first.inputShape,
      onChannel: true,
      offChannel: true,
      merge: first.inputShape[0] === 1,
      pooling: [1, 1],
      mirrorX: false,
      mirrorY: false,
      mirrorDiagonal: false,
      destinations: [{ core: first.core, pooling: 1, featureShift: 0 }],
    },
    cores,
    outputs: [{ core: (cores.at(-1) as CoreConfig).core, featureShift: 0 }],
    slowClock: { source: "none" },
    provenance: {
      tool: "test",
      network: "test",
      networkSha256: "",
      quantizeRule: "default",
      objective: "cores",
      optimal: false,
      seed: 1,
      warnings: [],
    },
    ...change,
  };
}

/** Events from rows `[t, p, y, x]`. */
export function eventsOf(rows: readonly (readonly [t: number, p: number, y: number, x: number])[]): EventStream {
  const events = createEventStream(rows.length);
  rows.forEach(([t, p, y, x], i) => {
    events.t[i] = t;
    events.p[i] = p;
    events.y[i] = y;
    events.x[i] = x;
  });
  return events;
}

/** The same device with some of its arithmetic switches changed. */
export function withNumeric(
  spec: DeviceSpec,
  change: { comparator?: ">=" | ">"; upperSaturation?: boolean; zeroWeightSkip?: boolean },
): DeviceSpec {
  const { numeric } = spec;
  return {
    ...spec,
    numeric: {
      comparator: { ...numeric.comparator, value: change.comparator ?? numeric.comparator.value },
      upperSaturation: { ...numeric.upperSaturation, value: change.upperSaturation ?? numeric.upperSaturation.value },
      zeroWeightSkip: { ...numeric.zeroWeightSkip, value: change.zeroWeightSkip ?? numeric.zeroWeightSkip.value },
    },
  };
}
