import type { DeviceSpec } from "../device/types.ts";
import type { QuantNetwork } from "../quantize/types.ts";

/**
 * Works around the device's known faults as far as a network can.
 *
 * - `threshold-low-zero`: threshold_low = 0 becomes -1 (Speck data sheet 3.2.4.6.3). Membranes may then fall one step
 *   further.
 * - `readout-feature-spread` concerns the readout block only (Speck data sheet 3.2.5), which the mapper does not switch on.
 *
 * @returns the network as the silicon can run it, every change told in its warnings
 */
export function applyErrata(network: QuantNetwork, spec: DeviceSpec): QuantNetwork {
  if (!spec.errata.some(({ id }) => id === "threshold-low-zero")) return network;
  const faulty = network.layers.filter(({ thresholdLow }) => thresholdLow === 0);
  return {
    ...network,
    layers: network.layers.map((layer) => (faulty.includes(layer) ? { ...layer, thresholdLow: -1 } : layer)),
    warnings: [
      ...network.warnings,
      ...faulty.map(({ name }) => `${name}: threshold_low 0 does not work on ${spec.name}; -1 is used.`),
    ],
  };
}
