// The module that src/trainer/kernels/build.mjs compiles, once with and once without fused multiply-add. It works in a
// memory that it imports, and must not put anything there by itself: no static data, no allocation.
export { convolve, convolveReluPool, filterGradient, packTurned, packWeights } from "./convolution.as";
export {
  adam,
  averagePool2,
  averagePool2Gradient,
  fakeQuantize,
  quantizedRelu,
  quantizedReluGradient,
  scaleFeatures,
} from "./element.as";
export { quantizedReluPool, quantizedReluPoolGradient, throughPool } from "./pooled.as";
export { convolveRows, filterGradientRows, rowsScratch } from "./rows.as";
export { winogradConvolve, winogradFilterGradient, winogradScratch } from "./winograd.as";
