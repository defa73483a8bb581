import type { ChipConfig } from "../chip/config.ts";
import { ChipError } from "../errors.ts";

/**
 * Cores whose spikes the host gets: those of the configuration, and those of the layers that `--monitor` names.
 *
 * @throws ChipError E_OPTION for a layer that there is not
 */
export function monitoredCores(config: ChipConfig, layers: readonly string[] = []): readonly number[] {
  const unknown = layers.filter((name) => !config.cores.some((core) => core.layer === name));
  if (unknown.length > 0) {
    const known = config.cores.map((core) => core.layer).join(", ");
    throw new ChipError("E_OPTION", `--monitor: there is no layer ${unknown.join(", ")}; the layers are ${known}.`);
  }
  return config.cores.filter((core) => core.monitorEnable || layers.includes(core.layer)).map(({ core }) => core);
}
