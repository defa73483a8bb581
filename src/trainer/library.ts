/**
 * `spikewright/train`: training as a library. Everything works on tfjs' current backend; `openBackend` makes one current,
 * with this package's fast kernels where it is WASM, and gives the `tf` that all of it computes with.
 *
 * `train` does what the command does. A program with a training loop of its own takes `createModel`, or builds its network
 * out of `QuantizedReLU` layers or the operations, and adds `synOpLoss` to its loss.
 */
export { Adam, type AdamOptions, type AdamState } from "./adam.ts";
export {
  type Backend,
  type BackendChoice,
  type BackendName,
  type OpenBackendOptions,
  openBackend,
} from "./backend/open-backend.ts";
export { chipWeights } from "./chip-weights.ts";
export { openTrainingData } from "./data/open-data.ts";
export { layOut, type ModelLayout, type SpikeSource, type WeightLayer } from "./layout.ts";
export { listRecipes, loadRecipe, parseRecipeText } from "./load-recipe.ts";
export { countCorrect, crossEntropy, type SynOpLossOptions, synOpLoss } from "./losses.ts";
export { createModel, type ForwardOptions, type ForwardResult, type Model } from "./model.ts";
export {
  averagePool2,
  conv2d,
  fakeQuantize,
  featureDropout,
  matMul,
  quantizedRelu,
  quantizedReluPool2,
} from "./ops.ts";
export { QuantizedReLU, type QuantizedReLUOptions } from "./quantized-relu-layer.ts";
export type { DataSpec, LayerBudget, Phase, Recipe, SynOpTerm } from "./recipe.ts";
export { withEpochs, withTarget } from "./schedule.ts";
export type { ConvSpec, DropoutSpec, LayerSpec, LinearSpec, ModelSpec, PoolSpec } from "./spec.ts";
export { type TrainOptions, type TrainProgress, type TrainResult, train } from "./train.ts";
export { type FolderOptions, type TrainSummary, trainInFolder } from "./training-folder.ts";
export type { Batch, TrainingSet, TrainingSets } from "./training-set.ts";
export type { Checkpoint, EpochRecord, Measured, TrainingState, TrainingStore } from "./training-state.ts";
