import type { ChipConfig, CoreConfig } from "../../src/chip/config.ts";

/** A sound configuration written out by hand: input 1x3x3 to core 4 (2 features, 2x2 kernel) to core 1 (one neuron). */
export function soundChipConfig(): ChipConfig {
  return {
    device: { name: "speck2f", hash: "ab".repeat(32) },
    input: {
      shape: [1, 3, 3],
      onChannel: true,
      offChannel: true,
      merge: true,
      pooling: [1, 1],
      mirrorX: false,
      mirrorY: false,
      mirrorDiagonal: false,
      destinations: [{ core: 4, pooling: 1, featureShift: 0 }],
    },
    cores: [soundFirstCore(), soundLastCore()],
    outputs: [{ core: 1, featureShift: 0 }],
    slowClock: { source: "none" },
    provenance: {
      tool: "spikewright 0.1.0",
      network: "tiny.nir",
      networkSha256: "cd".repeat(32),
      quantizeRule: "default",
      objective: "load",
      optimal: true,
      seed: 0,
      warnings: [],
    },
  };
}

function soundFirstCore(): CoreConfig {
  return {
    core: 4,
    layer: "conv",
    inputShape: [1, 3, 3],
    outputShape: [2, 2, 2],
    kernelSize: [2, 2],
    stride: [1, 1],
    padding: [0, 0],
    weights: Int8Array.of(1, 2, 3, 4, -1, -2, -3, -128),
    leakInternalSlowClock: false,
    thresholdHigh: 300,
    thresholdLow: -300,
    returnToZero: false,
    monitorEnable: false,
    congestionBalancer: false,
    destinations: [{ core: 1, pooling: 2, featureShift: 1 }],
    scale: 12.5,
  };
}

function soundLastCore(): CoreConfig {
  return {
    ...soundFirstCore(),
    core: 1,
    layer: "answer",
    inputShape: [3, 1, 1],
    outputShape: [1, 1, 1],
    kernelSize: [1, 1],
    weights: Int8Array.of(0, 127, -127),
    leak: Int16Array.of(-13),
    initialState: Int16Array.of(-300),
    monitorEnable: true,
    destinations: [],
  };
}

/** A chain over nine cores with all kernel memory that a layer of 32 features and 3x3 kernels takes, about 0.4 MB. */
export function bigChipConfig(): ChipConfig {
  const sound = soundChipConfig();
  const features = 32;
  const side = 32;
  const cores = Array.from({ length: 9 }, (_, core): CoreConfig => {
    const inputFeatures = core === 0 ? 2 : features;
    return {
      ...soundFirstCore(),
      core,
      layer: `conv${core + 1}`,
      inputShape: [inputFeatures, side, side],
      outputShape: [features, side, side],
      kernelSize: [3, 3],
      padding: [1, 1],
      weights: Int8Array.from({ length: features * inputFeatures * 9 }, (_, i) => (i * 37 + core) % 256),
      leak: Int16Array.from({ length: features }, (_, i) => (i * 4_099) % 65_536),
      ...(core < 5 && { initialState: Int16Array.from({ length: features * side * side }, (_, i) => i * 7) }),
      monitorEnable: core === 8,
      destinations: core === 8 ? [] : [{ core: core + 1, pooling: 1, featureShift: 0 }],
    };
  });
  const input = {
    ...sound.input,
    shape: [2, side, side],
    destinations: [{ core: 0, pooling: 1, featureShift: 0 }],
  } as const;
  return { ...sound, input, cores, outputs: [{ core: 8, featureShift: 0 }] };
}

/**
 * The smallest chip that does something: one pixel to core 2, one neuron, weight and threshold 127, so that every event
 * makes one spike. The worked example of `firmware-schemas/README.md`.
 */
export function tinyChipConfig(): ChipConfig {
  const sound = soundChipConfig();
  const neuron: CoreConfig = {
    ...soundFirstCore(),
    core: 2,
    layer: "a",
    inputShape: [1, 1, 1],
    outputShape: [1, 1, 1],
    kernelSize: [1, 1],
    weights: Int8Array.of(127),
    thresholdHigh: 127,
    thresholdLow: -127,
    monitorEnable: true,
    destinations: [],
    scale: 1,
  };
  return {
    ...sound,
    device: { name: "speck2f", hash: "0123456789abcdef".repeat(4) },
    input: { ...sound.input, shape: [1, 1, 1], destinations: [{ core: 2, pooling: 1, featureShift: 0 }] },
    cores: [neuron],
    outputs: [{ core: 2, featureShift: 0 }],
    provenance: {
      ...sound.provenance,
      tool: "by hand",
      network: "",
      networkSha256: "",
      quantizeRule: "",
      objective: "",
      optimal: false,
    },
  };
}
