import { layerWords } from "../chip/layer.ts";
import { type Breach, inputBreaches, layerBreaches, memoryShortages, type Shortage } from "../chip/rules.ts";
import type { WordNeed } from "../device/memory.ts";
import type { DeviceSpec } from "../device/types.ts";
import type { QuantLayer, QuantNetwork } from "../quantize/types.ts";

/** One layer on one core: which memories are too small, none when it fits. */
export interface CoreFit {
  readonly core: number;
  readonly have: WordNeed;
  readonly shortages: readonly Shortage[];
  /** False also when the layer breaks a rule on every core. */
  readonly fits: boolean;
}

/** One layer against the whole device. */
export interface LayerFit {
  readonly layer: QuantLayer;
  readonly need: WordNeed;
  /** Rules that the layer breaks wherever it is put. */
  readonly breaches: readonly Breach[];
  /** In the order of the device's cores. */
  readonly cores: readonly CoreFit[];
}

/** The layer x core matrix of need against have. */
export interface FitMatrix {
  readonly layers: readonly LayerFit[];
  /** Rules that the input layer breaks. */
  readonly input: readonly Breach[];
}

/** Judges every layer of a network against every core of a device. */
export function fitMatrix(network: QuantNetwork, spec: DeviceSpec): FitMatrix {
  return {
    layers: network.layers.map((layer) => fitLayer(layer, spec)),
    input: inputBreaches({ shape: network.inputShape, destinations: network.inputDestinations }, spec),
  };
}

function fitLayer(layer: QuantLayer, spec: DeviceSpec): LayerFit {
  const breaches = layerBreaches(layer, spec);
  const cores = spec.cores.map((core): CoreFit => {
    const shortages = memoryShortages(layer, core);
    const have = {
      kernelWords: core.kernelWords.value,
      neuronWords: core.neuronWords.value,
      leakWords: core.leakWords.value,
    };
    return { core: core.id, have, shortages, fits: breaches.length === 0 && shortages.length === 0 };
  });
  return { layer, need: layerWords(layer), breaches, cores };
}
