import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { convolutionInfo, type FilterGradientAttributes } from "./attributes.ts";

/**
 * The one gradient that tfjs' WASM backend lacks, made of its stock kernels: with features and samples exchanged, the
 * gradient of a filter is a convolution of the input with the output's gradient, dilated by the stride.
 *
 *     dw[kh,kw,c,m] = sum over n,h,w of  x[n, h*s + kh - top, w*s + kw - left, c] * dy[n,h,w,m]
 *
 * What a WASM machine without SIMD trains with, and what our kernels are measured against.
 */
export function composedFilterGradient(
  inputs: { readonly x: tf.TensorInfo; readonly dy: tf.TensorInfo },
  backend: BackendWasm,
  attributes: FilterGradientAttributes,
): tf.TensorInfo {
  const info = convolutionInfo(inputs.x.shape, attributes.filterShape, attributes);
  const scratch: tf.TensorInfo[] = [];
  const run = (name: string, inputs: tf.NamedTensorInfoMap, attrs: object): tf.TensorInfo => {
    const kernel = tf.getKernel(name, "wasm");
    const out = kernel.kernelFunc({ inputs, backend, attrs: attrs as tf.NamedAttrMap }) as tf.TensorInfo;
    scratch.push(out);
    return out;
  };
  const { top, left } = info.padInfo;
  // What the output reads reaches from -top to this many rows (columns) past the input's last; negative: it stops before.
  const bottom = (info.outHeight - 1) * info.strideHeight + info.filterHeight - top - info.inHeight;
  const right = (info.outWidth - 1) * info.strideWidth + info.filterWidth - left - info.inWidth;
  let x = run(tf.Transpose, { x: inputs.x }, { perm: [3, 1, 2, 0] });
  if (bottom < 0 || right < 0) {
    const size = [
      info.inChannels,
      info.inHeight + Math.min(0, bottom),
      info.inWidth + Math.min(0, right),
      info.batchSize,
    ];
    x = run(tf.Slice, { x }, { begin: [0, 0, 0, 0], size });
  }
  const dy = run(tf.Transpose, { x: inputs.dy }, { perm: [1, 2, 0, 3] });
  const pad = [
    [0, 0],
    [top, Math.max(0, bottom)],
    [left, Math.max(0, right)],
    [0, 0],
  ];
  const dilations = [info.strideHeight, info.strideWidth];
  const dw = run(tf.Conv2D, { x, filter: dy }, { strides: 1, pad, dilations, dataFormat: "NHWC" });
  const out = run(tf.Transpose, { x: dw }, { perm: [1, 2, 0, 3] });
  for (const tensor of scratch) if (tensor !== out) backend.disposeData(tensor.dataId);
  return out;
}
