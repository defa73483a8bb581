import type * as tf from "@tensorflow/tfjs-core";

/** A kernel without the backend that tfjs hands along: ours hold theirs. */
export type KernelFunction = (
  inputs: tf.NamedTensorInfoMap,
  attributes: tf.NamedAttrMap,
) => tf.TensorInfo | tf.TensorInfo[];

export type KernelTable = Readonly<Record<string, KernelFunction>>;

/** The stock kernel of a name. */
export type StockKernel = (name: string) => KernelFunction;
