import { Capability } from "../wire/messages.ts";

/** What a board can do beyond the minimum, by name; meanings: `Capability` in firmware-schemas/link.proto. */
const BITS = {
  manyCores: Capability.CAPABILITY_MANY_CORES,
  leak: Capability.CAPABILITY_LEAK,
  readout: Capability.CAPABILITY_READOUT,
  filter: Capability.CAPABILITY_FILTER,
  inputSteps: Capability.CAPABILITY_INPUT_STEPS,
  decimator: Capability.CAPABILITY_DECIMATOR,
  balancer: Capability.CAPABILITY_BALANCER,
  initialState: Capability.CAPABILITY_INITIAL_STATE,
  readNeurons: Capability.CAPABILITY_READ_NEURONS,
  writeNeurons: Capability.CAPABILITY_WRITE_NEURONS,
  selectMonitor: Capability.CAPABILITY_SELECT_MONITOR,
  timing: Capability.CAPABILITY_TIMING,
  realTime: Capability.CAPABILITY_REAL_TIME,
  liveCounters: Capability.CAPABILITY_LIVE_COUNTERS,
  power: Capability.CAPABILITY_POWER,
  log: Capability.CAPABILITY_LOG,
} as const;

export type CapabilityName = keyof typeof BITS;

export function capabilityNames(bits: number): ReadonlySet<CapabilityName> {
  return new Set((Object.keys(BITS) as CapabilityName[]).filter((name) => (bits & BITS[name]) !== 0));
}
