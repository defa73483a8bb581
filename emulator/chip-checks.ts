import type { NeuronStates } from "../src/chip/chip.ts";
import type { ChipConfig } from "../src/chip/config.ts";
import { ChipError } from "../src/errors.ts";

/** @throws ChipError E_DEVICE_MISMATCH when the configuration was made for another device than `name` */
export function checkDeviceName(config: ChipConfig, name: string): void {
  if (config.device.name === name) return;
  throw new ChipError(
    "E_DEVICE_MISMATCH",
    `the configuration was made for ${config.device.name}, the emulator runs ${name}; map the network again for ${name}.`,
  );
}

/**
 * The layer on a core of the silicon.
 *
 * @throws ChipError E_INPUT when there is none
 */
export function layerOn<T extends { readonly core: number }>(layers: readonly T[], core: number): T {
  const found = layers.find((candidate) => candidate.core === core);
  if (found === undefined) throw new ChipError("E_INPUT", `core ${core} holds no layer in this configuration.`);
  return found;
}

/** @throws ChipError E_INPUT unless there is one value for each of the layer's `needed` neurons */
export function checkStateCount({ core, values }: NeuronStates, layer: string, needed: number): void {
  if (values.length === needed) return;
  throw new ChipError("E_INPUT", `${layer} (core ${core}) has ${needed} neurons, ${values.length} values were given.`);
}
