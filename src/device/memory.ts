/** What a layer asks of a core's three memories, in words. */
export interface WordNeed {
  readonly kernelWords: number;
  readonly neuronWords: number;
  readonly leakWords: number;
}

export interface LayerDimensions {
  readonly inputFeatures: number;
  readonly outputFeatures: number;
  readonly kernel: readonly [ky: number, kx: number];
  /** Map after the convolution, before pooling. */
  readonly output: readonly [height: number, width: number];
  readonly leak: boolean;
}

/** ceil(log2(n)) for n >= 1, exact for integers. */
export function addressBits(n: number): number {
  return n <= 1 ? 0 : 32 - Math.clz32(n - 1);
}

/** Output size of a convolution along one axis: floor((in - k + 2p)/s) + 1. */
export function convOutput(input: number, kernel: number, padding: number, stride: number): number {
  return Math.floor((input - kernel + 2 * padding) / stride) + 1;
}

/**
 * Words of one layer (Speck data sheet 3.2.4.1):
 * kernel = c * 2^(ceil(log2(kx*ky)) + ceil(log2 f)), neuron = f * 2^(ceil(log2 fx) + ceil(log2 fy)), leak = f or 0.
 *
 * Input features c (kernel) and output features f (neuron) are not rounded up; the rest is, because addresses are
 * built from whole bits. Neurons are counted before pooling.
 */
export function wordsNeeded(layer: LayerDimensions): WordNeed {
  const [ky, kx] = layer.kernel;
  const [height, width] = layer.output;
  return {
    kernelWords: layer.inputFeatures * 2 ** (addressBits(ky * kx) + addressBits(layer.outputFeatures)),
    neuronWords: layer.outputFeatures * 2 ** (addressBits(height) + addressBits(width)),
    leakWords: layer.leak ? layer.outputFeatures : 0,
  };
}
