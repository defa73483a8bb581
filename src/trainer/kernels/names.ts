/** Names under which our kernels are registered with tfjs, beside those that take the place of stock ones. */
export const OWN_KERNELS = {
  quantizedRelu: "SpikewrightQuantizedRelu",
  quantizedReluGradient: "SpikewrightQuantizedReluGradient",
  quantizedReluPool: "SpikewrightQuantizedReluPool",
  quantizedReluPoolGradient: "SpikewrightQuantizedReluPoolGradient",
  convolutionReluPool: "SpikewrightConvolutionReluPool",
  convolutionReluPoolInputGradient: "SpikewrightConvolutionReluPoolInputGradient",
  convolutionReluPoolFilterGradient: "SpikewrightConvolutionReluPoolFilterGradient",
  signs: "SpikewrightSigns",
  scaleFeatures: "SpikewrightScaleFeatures",
  fakeQuantize: "SpikewrightFakeQuantize",
  adam: "SpikewrightAdam",
} as const;
