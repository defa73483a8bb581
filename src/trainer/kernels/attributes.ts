import * as tf from "@tensorflow/tfjs-core";

/** What tfjs gives its convolution kernels beside the tensors. */
export interface ConvolutionAttributes {
  readonly strides: number | [number, number];
  readonly pad: "valid" | "same" | number | tf.backend_util.ExplicitPadding;
  readonly dataFormat: "NHWC" | "NCHW";
  /** Absent in gradients, which tfjs refuses for dilated convolutions. */
  readonly dilations?: number | [number, number];
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

export interface InputGradientAttributes extends ConvolutionAttributes {
  readonly inputShape: readonly number[];
}

export interface FilterGradientAttributes extends ConvolutionAttributes {
  readonly filterShape: readonly number[];
}

/** One side of a product, as it is stored. */
export interface Matrix {
  readonly tensor: tf.TensorInfo;
  readonly rows: number;
  readonly columns: number;
  readonly transposed: boolean;
}

type FourSizes = [number, number, number, number];

export function convolutionInfo(
  input: readonly number[],
  filter: readonly number[],
  { strides, dilations, pad, dimRoundingMode, dataFormat }: ConvolutionAttributes,
): tf.backend_util.Conv2DInfo {
  const format = tf.backend_util.convertConv2DDataFormat(dataFormat);
  const [x, w] = [[...input] as FourSizes, [...filter] as FourSizes];
  return tf.backend_util.computeConv2DInfo(x, w, strides, dilations ?? 1, pad, dimRoundingMode, false, format);
}

/** The sizes of a convolution that our kernels compute; null when it is NCHW, dilated, or has two strides. */
export function plainConvolution(
  input: readonly number[],
  filter: readonly number[],
  attributes: ConvolutionAttributes,
): tf.backend_util.Conv2DInfo | null {
  const info = convolutionInfo(input, filter, attributes);
  const plain =
    info.dataFormat === "channelsLast" &&
    info.dilationHeight === 1 &&
    info.dilationWidth === 1 &&
    info.strideHeight === info.strideWidth &&
    tf.util.sizeFromShape(info.outShape) > 0;
  return plain ? info : null;
}
