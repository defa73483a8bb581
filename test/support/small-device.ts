import { loadDevice } from "../../src/device/catalogue.ts";
import type { CoreSpec, Device, DeviceSpec, LimitSpec } from "../../src/device/types.ts";

/** Memories of one core, in words, and its parallel units. */
export interface SmallCore {
  readonly kernel: number;
  readonly neuron: number;
  readonly leak?: number;
  readonly units?: number;
}

/** A Speck with other cores and, where given, other limits. */
export async function smallDevice(
  cores: readonly SmallCore[],
  limits: { readonly [K in keyof LimitSpec]?: LimitSpec[K]["value"] } = {},
): Promise<Device> {
  const speck = await loadDevice("speck2f");
  return { ...speck, spec: withCores(withLimits(speck.spec, limits), cores) };
}

/** The same device with other cores. */
export function withCores(spec: DeviceSpec, cores: readonly SmallCore[]): DeviceSpec {
  const model = spec.cores[0];
  return {
    ...spec,
    cores: cores.map(
      ({ kernel, neuron, leak = 1024, units = 1 }, id): CoreSpec => ({
        id,
        kernelWords: { ...model.kernelWords, value: kernel },
        neuronWords: { ...model.neuronWords, value: neuron },
        leakWords: { ...model.leakWords, value: leak },
        units: { ...model.units, value: units },
      }),
    ),
  };
}

/** The same device with other limits. */
export function withLimits(
  spec: DeviceSpec,
  limits: { readonly [K in keyof LimitSpec]?: LimitSpec[K]["value"] },
): DeviceSpec {
  const changed = Object.entries(limits).map(([name, value]) => [
    name,
    { ...spec.limits[name as keyof LimitSpec], value },
  ]);
  return { ...spec, limits: { ...spec.limits, ...Object.fromEntries(changed) } };
}
