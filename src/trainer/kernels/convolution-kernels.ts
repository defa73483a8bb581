import * as tf from "@tensorflow/tfjs-core";
import {
  type ConvolutionAttributes,
  convolutionInfo,
  type FilterGradientAttributes,
  type InputGradientAttributes,
  type Matrix,
} from "./attributes.ts";
import { ConvolutionKernels } from "./convolution.ts";
import type { BackendHeap } from "./heap.ts";
import type { TrainingExports } from "./module.ts";
import { OWN_KERNELS } from "./names.ts";
import type { KernelTable, StockKernel } from "./registry.ts";

/** Convolutions, their gradients and products of matrices, under the names of tfjs' own. */
export function convolutionKernels(kernels: TrainingExports, heap: BackendHeap, stock: StockKernel): KernelTable {
  const ours = new ConvolutionKernels(kernels, heap);
  return {
    [tf.Conv2D]: (inputs, attributes) => {
      const { x, filter } = inputs as Named<"x" | "filter">;
      const out = areFloat(x, filter) ? ours.forward(x, filter, as<ConvolutionAttributes>(attributes)) : null;
      return out ?? stock(tf.Conv2D)(inputs, attributes);
    },
    [tf.Conv2DBackpropInput]: (inputs, attributes) => {
      const { dy, filter } = inputs as Named<"dy" | "filter">;
      const out = areFloat(dy, filter) ? ours.inputGradient(dy, filter, as<InputGradientAttributes>(attributes)) : null;
      return out ?? stock(tf.Conv2DBackpropInput)(inputs, attributes);
    },
    [tf.Conv2DBackpropFilter]: (inputs, attributes) => {
      const { x, dy } = inputs as Named<"x" | "dy">;
      const out = areFloat(x, dy) ? ours.filterGradient(x, dy, as<FilterGradientAttributes>(attributes)) : null;
      return out ?? stock(tf.Conv2DBackpropFilter)(inputs, attributes);
    },
    // Filled by the convolution that it is given to: as one of its outputs, tfjs would make zeros for its gradient.
    [OWN_KERNELS.signs]: (_, attributes) => heap.output(as<{ shape: number[] }>(attributes).shape, "bool"),
    [OWN_KERNELS.convolutionReluPool]: (inputs, attributes) => {
      const { x, filter, signs } = inputs as Named<"x" | "filter" | "signs">;
      const info = convolutionInfo(x.shape, filter.shape, as<ConvolutionAttributes>(attributes));
      return ours.forwardPooled(x, filter, signs, info);
    },
    [OWN_KERNELS.convolutionReluPoolInputGradient]: (inputs, attributes) => {
      const { dy, filter, signs, dsum } = inputs as Named<"dy" | "filter" | "signs" | "dsum">;
      const pooled = { signs, dsum: heap.floats(dsum)[0] as number };
      return ours.inputGradient(dy, filter, as<InputGradientAttributes>(attributes), pooled) as tf.TensorInfo;
    },
    [OWN_KERNELS.convolutionReluPoolFilterGradient]: (inputs, attributes) => {
      const { x, dy, signs, dsum } = inputs as Named<"x" | "dy" | "signs" | "dsum">;
      const pooled = { signs, dsum: heap.floats(dsum)[0] as number };
      return ours.filterGradient(x, dy, as<FilterGradientAttributes>(attributes), pooled) as tf.TensorInfo;
    },
    [tf.BatchMatMul]: (inputs, attributes) => {
      const { a, b } = inputs as Named<"a" | "b">;
      const left = matrix(a, attributes.transposeA === true);
      const right = matrix(b, attributes.transposeB === true);
      const plain = left !== null && right !== null && areFloat(a, b) && a.shape.length === b.shape.length;
      const out = plain ? ours.product(left, right) : null;
      if (out === null) return stock(tf.BatchMatMul)(inputs, attributes);
      return { ...out, shape: [...a.shape.slice(0, -2), ...out.shape] };
    },
  };
}

type Named<K extends string> = Readonly<Record<K, tf.TensorInfo>>;

function as<T>(attributes: tf.NamedAttrMap): T {
  return attributes as unknown as T;
}

function areFloat(...tensors: readonly tf.TensorInfo[]): boolean {
  return tensors.every(({ dtype }) => dtype === "float32");
}

/** A single matrix with all sizes above zero; null for a batch of several. */
function matrix(tensor: tf.TensorInfo, transposed: boolean): Matrix | null {
  const [rows, columns] = tensor.shape.slice(-2) as [number, number];
  const size = tf.util.sizeFromShape(tensor.shape);
  return size > 0 && size === rows * columns ? { tensor, rows, columns, transposed } : null;
}
