import type { DeviceSpec } from "../../src/device/types.ts";
import { Capability } from "../../src/wire/messages.ts";

/** What a virtual board of this device can do, as a sum of Capability bits. */
export function capabilitiesOf(
  device: DeviceSpec,
  { timing, realTime }: { readonly timing: boolean; readonly realTime: boolean },
): number {
  const has = (condition: boolean, bit: number): number => (condition ? bit : 0);
  return (
    Capability.CAPABILITY_LEAK |
    Capability.CAPABILITY_FILTER |
    Capability.CAPABILITY_INPUT_STEPS |
    Capability.CAPABILITY_INITIAL_STATE |
    Capability.CAPABILITY_READ_NEURONS |
    Capability.CAPABILITY_WRITE_NEURONS |
    Capability.CAPABILITY_SELECT_MONITOR |
    Capability.CAPABILITY_LIVE_COUNTERS |
    Capability.CAPABILITY_LOG |
    has(device.cores.length > 1, Capability.CAPABILITY_MANY_CORES) |
    has(device.blocks.readout.value, Capability.CAPABILITY_READOUT) |
    has(device.blocks.decimatorRatios.value.length > 0, Capability.CAPABILITY_DECIMATOR) |
    // The balancer acts on full queues, which only a run with time has.
    has(timing && device.blocks.congestionBalancer.value, Capability.CAPABILITY_BALANCER) |
    has(device.energy.rails.length > 0, Capability.CAPABILITY_POWER) |
    has(timing, Capability.CAPABILITY_TIMING) |
    has(realTime, Capability.CAPABILITY_REAL_TIME)
  );
}
