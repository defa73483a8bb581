import type { ChipConfig, CoreConfig } from "../../src/chip/config.ts";
import { ChipError } from "../../src/errors.ts";
import { FROM_INPUT, type SpikeFunction, type TimestepNetwork, type TimestepSource } from "./layer.ts";

export interface ConfigOptions {
  readonly dtUs: number;
  /** Default "multi", as sinabs. */
  readonly spikeFunction?: SpikeFunction;
}

/**
 * A chip configuration as the training literature would simulate it: its integers, but binned time, exact sums without
 * the 16-bit word, and the lower bound once a step.
 *
 * A leak is a bias here, so its slow clock must tick once a step.
 *
 * @throws ChipError E_UNSUPPORTED naming everything that has no meaning in binned time
 */
export function timestepFromConfig(config: ChipConfig, options: ConfigOptions): TimestepNetwork {
  refuse(config, options.dtUs);
  const indexOf = new Map(config.cores.map((core, index) => [core.core, index]));
  const sources: TimestepSource[][] = config.cores.map(() => []);
  const connect = (from: number, destinations: CoreConfig["destinations"]): void => {
    for (const { core, pooling, featureShift } of destinations) {
      const index = indexOf.get(core);
      if (index === undefined) throw new RangeError(`destination core ${core} is not configured`);
      const size = [pooling, pooling] as const;
      const pool = pooling === 1 ? null : { kernel: size, stride: size, padding: [0, 0] as const, divisor: 1 };
      sources[index].push({ from, pool, featureShift });
    }
  };
  connect(FROM_INPUT, config.input.destinations);
  config.cores.forEach((core, index) => {
    connect(index, core.destinations);
  });
  return {
    arithmetic: "int32",
    inputShape: config.input.shape,
    layers: config.cores.map((core, index) => ({
      name: core.layer,
      core: core.core,
      inputShape: core.inputShape,
      outputShape: core.outputShape,
      kernelSize: core.kernelSize,
      stride: core.stride,
      padding: core.padding,
      weights: core.weights,
      bias: core.leak ?? null,
      threshold: core.thresholdHigh,
      minVMem: core.thresholdLow,
      spikeFunction: options.spikeFunction ?? "multi",
      reset: core.returnToZero ? "zero" : "subtract",
      sources: sources[index],
      monitor: core.monitorEnable,
      initialState: core.initialState ?? null,
    })),
  };
}

function refuse(config: ChipConfig, dtUs: number): void {
  const asked: string[] = [];
  if (config.input.filter) asked.push("the event filter");
  if (config.readout) asked.push("the readout block");
  const { slowClock } = config;
  const ticksOnce = slowClock.source === "external" && slowClock.periodUs === dtUs;
  for (const core of config.cores) {
    const where = `${core.layer} (core ${core.core})`;
    if (core.decimator && core.decimator.ratio > 1) asked.push(`the decimator of ${where}`);
    if (core.congestionBalancer) asked.push(`the congestion balancer of ${where}`);
    if (core.leak && (core.leakInternalSlowClock || !ticksOnce)) {
      asked.push(`the leak of ${where} without an external slow clock that ticks once a step (${dtUs} us)`);
    }
  }
  if (asked.length === 0) return;
  throw new ChipError(
    "E_UNSUPPORTED",
    `timestep mode does not model: ${asked.join("; ")}. Use event mode, or switch these off in the configuration.`,
    { details: { asked } },
  );
}
