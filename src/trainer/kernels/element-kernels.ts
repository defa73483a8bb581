import * as tf from "@tensorflow/tfjs-core";
import type { AdamNumbers } from "../adam.ts";
import type { BackendHeap } from "./heap.ts";
import type { TrainingExports } from "./module.ts";
import { OWN_KERNELS } from "./names.ts";
import type { KernelTable, StockKernel } from "./registry.ts";

type Named<K extends string> = Readonly<Record<K, tf.TensorInfo>>;
type FourSizes = [number, number, number, number];

/** What passes over a tensor once: quantized ReLU, pools, masks, fake quantization, Adam. */
export function elementKernels(kernels: TrainingExports, heap: BackendHeap, stock: StockKernel): KernelTable {
  const at = (tensor: tf.TensorInfo): number => heap.address(tensor);
  const size = (tensor: tf.TensorInfo): number => tf.util.sizeFromShape(tensor.shape);
  return {
    [OWN_KERNELS.quantizedRelu]: (inputs) => {
      const { x } = inputs as Named<"x">;
      const [y, sum] = [heap.output(x.shape), heap.output([])];
      const total = kernels.quantizedRelu(at(x), at(y), size(x));
      heap.floats(sum)[0] = total;
      return [y, sum];
    },
    [OWN_KERNELS.quantizedReluGradient]: (inputs) => {
      const { x, dy, dsum } = inputs as Named<"x" | "dy" | "dsum">;
      const dx = heap.output(x.shape);
      kernels.quantizedReluGradient(at(x), at(dy), at(dx), size(x), heap.floats(dsum)[0] as number);
      return dx;
    },
    [OWN_KERNELS.quantizedReluPool]: (inputs) => {
      const { x } = inputs as Named<"x">;
      const [n, h, w, c] = x.shape as FourSizes;
      const [y, sum] = [heap.output([n, h >> 1, w >> 1, c]), heap.output([])];
      const total = kernels.quantizedReluPool(at(x), at(y), 0, n, h, w, c);
      heap.floats(sum)[0] = total;
      return [y, sum];
    },
    [OWN_KERNELS.quantizedReluPoolGradient]: (inputs) => {
      const { x, dy, dsum } = inputs as Named<"x" | "dy" | "dsum">;
      const [n, h, w, c] = x.shape as FourSizes;
      const dx = heap.output(x.shape);
      kernels.quantizedReluPoolGradient(at(x), at(dy), at(dx), n, h, w, c, heap.floats(dsum)[0] as number);
      return dx;
    },
    [tf.AvgPool]: (inputs, attributes) => {
      const { x } = inputs as Named<"x">;
      if (!isHalving(attributes) || x.dtype !== "float32") return stock(tf.AvgPool)(inputs, attributes);
      const [n, h, w, c] = x.shape as FourSizes;
      const y = heap.output([n, h >> 1, w >> 1, c]);
      kernels.averagePool2(at(x), at(y), n, h, w, c);
      return y;
    },
    [tf.AvgPoolGrad]: (inputs, attributes) => {
      if (!isHalving(attributes)) return stock(tf.AvgPoolGrad)(inputs, attributes);
      const { dy, input } = inputs as Named<"dy" | "input">;
      const [n, h, w, c] = input.shape as FourSizes;
      const dx = heap.output(input.shape);
      kernels.averagePool2Gradient(at(dy), at(dx), n, h, w, c);
      return dx;
    },
    [OWN_KERNELS.scaleFeatures]: (inputs) => {
      const { x, mask } = inputs as Named<"x" | "mask">;
      const [n, h, w, c] = x.shape as FourSizes;
      const y = heap.output(x.shape);
      kernels.scaleFeatures(at(x), at(mask), at(y), n, h * w, c);
      return y;
    },
    [OWN_KERNELS.fakeQuantize]: (inputs) => {
      const { x } = inputs as Named<"x">;
      const y = heap.output(x.shape);
      kernels.fakeQuantize(at(x), at(y), size(x));
      return y;
    },
    // Backward steps keep their tensors by `clone`; the stock kernel copies for that, though no kernel of tfjs writes to
    // what it reads. Ours that does (Adam) looks first whether it is alone.
    [tf.Identity]: (inputs) => {
      const { x } = inputs as Named<"x">;
      heap.backend.incRef(x.dataId);
      return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
    },
    [OWN_KERNELS.adam]: (inputs, attributes) => {
      const { weight, gradient, first, second } = inputs as Named<"weight" | "gradient" | "first" | "second">;
      const { rate, beta1, beta2, epsilon, root, weightDecay } = attributes as unknown as AdamNumbers;
      const sole = heap.isSole(weight);
      const target = sole ? weight : heap.output(weight.shape);
      if (!sole) heap.copy(weight, target);
      const addresses = [at(target), at(gradient), at(first), at(second)];
      const rests = [beta1, 1 - beta1, beta2, 1 - beta2];
      kernels.adam(...addresses, size(weight), rate, ...rests, epsilon, root, weightDecay);
      if (!sole) return [target];
      heap.forget(weight);
      return [];
    },
  };
}

/** Pools of 2x2 places without padding. */
function isHalving(attributes: tf.NamedAttrMap): boolean {
  const { filterSize, strides, pad } = attributes;
  return isTwo(filterSize) && isTwo(strides) && (pad === "valid" || pad === 0);
}

function isTwo(value: unknown): boolean {
  return value === 2 || (Array.isArray(value) && value.length === 2 && value[0] === 2 && value[1] === 2);
}
