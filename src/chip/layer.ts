import { type WordNeed, wordsNeeded } from "../device/memory.ts";
import type { MapShape } from "./config.ts";

/** What decides how much memory a layer takes. */
export interface LayerShape {
  readonly inputShape: MapShape;
  /** Before pooling. */
  readonly outputShape: MapShape;
  readonly kernelSize: readonly [ky: number, kx: number];
  readonly stride: readonly [sy: number, sx: number];
  readonly padding: readonly [py: number, px: number];
  readonly leak?: Int16Array;
}

/** What the device rules look at: a quantized layer and a configured core both have it. */
export interface RuledLayer extends LayerShape {
  readonly weights: Int8Array;
  readonly thresholdHigh: number;
  readonly thresholdLow: number;
  readonly destinations: readonly { readonly pooling: number }[];
}

/** Words of a layer's three memories. */
export function layerWords(layer: LayerShape): WordNeed {
  return wordsNeeded({
    inputFeatures: layer.inputShape[0],
    outputFeatures: layer.outputShape[0],
    kernel: layer.kernelSize,
    output: [layer.outputShape[1], layer.outputShape[2]],
    leak: layer.leak !== undefined,
  });
}
