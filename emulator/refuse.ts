import type { ChipConfig } from "../src/chip/config.ts";
import { ChipError } from "../src/errors.ts";

/**
 * Whatever a configuration asks for that the emulator does not model is refused, never ignored.
 *
 * @throws ChipError E_UNSUPPORTED naming every such thing
 */
export function refuseUnmodelled(config: ChipConfig, timed: boolean): void {
  const asked: string[] = [];
  if (config.input.filter) asked.push("input.filter (event filter)");
  if (config.readout) asked.push("readout");
  for (const core of config.cores) {
    if (core.congestionBalancer && !timed)
      asked.push(`congestion balancer of core ${core.core} (${core.layer}), which needs time`);
  }
  if (asked.length === 0) return;
  throw new ChipError(
    "E_UNSUPPORTED",
    `the emulator does not model: ${asked.join("; ")}. Switch these off in the configuration.`,
    {
      details: { asked },
    },
  );
}
