import * as tf from "@tensorflow/tfjs-core";
import { OWN_KERNELS } from "./names.ts";

let registered = false;

/** Gradients of those of our kernels that tfjs does not know, once a process. */
export function registerGradients(): void {
  if (registered) return;
  registered = true;
  registerReluGradient(OWN_KERNELS.quantizedRelu, OWN_KERNELS.quantizedReluGradient);
  registerReluGradient(OWN_KERNELS.quantizedReluPool, OWN_KERNELS.quantizedReluPoolGradient);
  tf.registerGradient({
    kernelName: OWN_KERNELS.convolutionReluPool,
    inputsToSave: ["x", "filter", "signs"],
    gradFunc: (dys, [x, filter, signs], attributes) => {
      const [dy, dsum] = dys as tf.Tensor[];
      const run = (kernel: string, inputs: object, shape: object): tf.Tensor =>
        tf.engine().runKernel(kernel, { ...inputs, dy, signs, dsum } as tf.NamedTensorMap, { ...attributes, ...shape });
      return {
        x: () => run(OWN_KERNELS.convolutionReluPoolInputGradient, { filter }, { inputShape: x?.shape }),
        filter: () => run(OWN_KERNELS.convolutionReluPoolFilterGradient, { x }, { filterShape: filter?.shape }),
      };
    },
  });
  tf.registerGradient({
    kernelName: OWN_KERNELS.scaleFeatures,
    inputsToSave: ["mask"],
    gradFunc: (dy, [mask]) => {
      const inputs = { x: dy as tf.Tensor, mask } as tf.NamedTensorMap;
      return {
        x: () => tf.engine().runKernel(OWN_KERNELS.scaleFeatures, inputs) as tf.Tensor,
        mask: () => tf.zerosLike(mask as tf.Tensor),
      };
    },
  });
  tf.registerGradient({
    kernelName: OWN_KERNELS.fakeQuantize,
    gradFunc: (dy) => ({ x: () => tf.clone(dy as tf.Tensor) }),
  });
}

/** For a kernel that gives activations and their sum. */
function registerReluGradient(kernelName: string, gradient: string): void {
  tf.registerGradient({
    kernelName,
    inputsToSave: ["x"],
    gradFunc: (dys, [x]) => {
      const [dy, dsum] = dys as tf.Tensor[];
      const inputs = { x, dy, dsum } as tf.NamedTensorMap;
      return { x: () => tf.engine().runKernel(gradient, inputs) as tf.Tensor };
    },
  });
}
