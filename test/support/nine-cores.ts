import type { ChipConfig } from "../../src/chip/config.ts";
import type { Device } from "../../src/device/types.ts";

/** As many equal layers in a chain as the device has cores, at most nine, with kernels of about so many bytes together. */
export function nineCores({ spec, hash }: Device, bytes = 300_000): ChipConfig {
  const count = Math.min(9, spec.cores.length);
  const features = Math.max(2, Math.min(32, Math.floor(Math.sqrt(bytes / count / 9))));
  const cores = Array.from({ length: count }, (_, i): ChipConfig["cores"][number] => {
    const inputs = i === 0 ? 2 : features;
    return {
      core: (spec.cores[i] as Device["spec"]["cores"][number]).id,
      layer: `layer${i}`,
      inputShape: [inputs, 8, 8],
      outputShape: [features, 8, 8],
      kernelSize: [3, 3],
      stride: [1, 1],
      padding: [1, 1],
      weights: Int8Array.from({ length: features * inputs * 9 }, (_, j) => ((j * 37 + i * 11) % 23) - 11),
      leakInternalSlowClock: false,
      thresholdHigh: 90,
      thresholdLow: -90,
      returnToZero: false,
      monitorEnable: i === 0 || i === count - 1,
      congestionBalancer: false,
      destinations:
        i === count - 1
          ? []
          : [{ core: (spec.cores[i + 1] as Device["spec"]["cores"][number]).id, pooling: 1, featureShift: 0 }],
      scale: 1,
    };
  });
  return {
    device: { name: spec.name, hash },
    input: {
      shape: [2, 8, 8],
      onChannel: true,
      offChannel: true,
      merge: false,
      pooling: [1, 1],
      mirrorX: false,
      mirrorY: false,
      mirrorDiagonal: false,
      destinations: [{ core: (cores[0] as ChipConfig["cores"][number]).core, pooling: 1, featureShift: 0 }],
    },
    cores,
    outputs: [{ core: (cores.at(-1) as ChipConfig["cores"][number]).core, featureShift: 0 }],
    slowClock: { source: "none" },
    provenance: {
      tool: "conformance suite",
      network: "",
      networkSha256: "",
      quantizeRule: "",
      objective: "",
      optimal: false,
      seed: 0,
      warnings: [],
    },
  };
}
