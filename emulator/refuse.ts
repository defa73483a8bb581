import type { ChipConfig } from "../src/chip/config.ts";
import type { DeviceSpec } from "../src/device/types.ts";
import { ChipError } from "../src/errors.ts";
import { ADDRESS_LIMITS } from "./program.ts";

/** Membranes are 16-bit words [R2]. */
const STATE_BITS = 16;

/**
 * Whatever a configuration or a device file asks for that the emulator does not model is refused, never ignored.
 *
 * @throws ChipError E_UNSUPPORTED naming every such thing, each with its remedy
 */
export function refuseUnmodelled(config: ChipConfig, device: DeviceSpec, timed: boolean): void {
  const asked = [...inputReasons(config), ...coreReasons(config, timed), ...deviceReasons(config, device)];
  if (config.readout && config.slowClock.source === "none") {
    asked.push("a readout without a slow clock, whose average never moves (set slowClock, or remove readout)");
  }
  if (asked.length === 0) return;
  throw new ChipError("E_UNSUPPORTED", `the emulator does not model: ${asked.join("; ")}.`, { details: { asked } });
}

function inputReasons({ input, slowClock }: ChipConfig): string[] {
  const { filter, shape, onChannel, offChannel, merge } = input;
  const reasons: string[] = [];
  if (filter && slowClock.source === "none") {
    reasons.push(
      "an event filter without a slow clock, whose stamps never age (set slowClock, or remove input.filter)",
    );
  }
  if (filter?.mode === "noiseAndHotPixel" && filter.size[0] === 1 && filter.size[1] === 1) {
    reasons.push("filter noiseAndHotPixel with a window of 1x1, in which no pixel has a neighbour (use 3x3 or more)");
  }
  if (shape[0] > 2 && (merge || !onChannel || !offChannel)) {
    reasons.push(
      `polarity switches on an input of ${shape[0]} features, which have no polarity (clear input.merge, switch on both polarities)`,
    );
  }
  return reasons;
}

function coreReasons({ cores }: ChipConfig, timed: boolean): string[] {
  return cores
    .filter(({ congestionBalancer }) => congestionBalancer && !timed)
    .map(
      ({ core, layer }) =>
        `the congestion balancer of core ${core} (${layer}) without time (run with time, or switch it off)`,
    );
}

function deviceReasons({ input, cores }: ChipConfig, { name, limits }: DeviceSpec): string[] {
  const reasons: string[] = [];
  if (limits.stateBits.value !== STATE_BITS) {
    reasons.push(`membranes of ${limits.stateBits.value} bits (${name}: limits.stateBits; only ${STATE_BITS} works)`);
  }
  const { features, size } = ADDRESS_LIMITS;
  const maps = [input.shape, ...cores.flatMap(({ inputShape, outputShape }) => [inputShape, outputShape])];
  const large = maps.find((map) => map[0] > features || map[1] > size || map[2] > size);
  if (large) reasons.push(`a map of ${large.join("x")} (at most ${features}x${size}x${size}; make it smaller)`);
  return reasons;
}
