import type * as tf from "@tensorflow/tfjs-core";

// Which way a convolution is computed.

type Conv2DInfo = tf.backend_util.Conv2DInfo;

/**
 * By stride, where Winograd's transforms cost less than the products they save: features of both sides from which, and
 * places computed to places wanted up to which. Stride 1 saves three quarters of the products, stride 2 seven sixteenths.
 */
const WINOGRAD_LIMITS: Readonly<Record<number, { readonly features: number; readonly waste: number }>> = {
  1: { features: 16, waste: 2 },
  2: { features: 32, waste: 1.2 },
};
/**
 * Features of both sides from which, and width computed to width wanted up to which, minimal filtering goes along rows, which saves half of the products; for gradients only: direct sums of spikes and
 * 8-bit weights are exact, and a neuron that stands exactly on a floor must not lose its spike where direct sums are as good.
 */
const ROWS_FEATURES = 8;
const ROWS_WASTE = 1.35;
/** Width of the register tiles' panels: 12 (by 3 rows) or 8 (by 4), whichever wastes less on so many features. */
export function panelWidth(features: number): 8 | 12 {
  return roundUp(features, 12) <= roundUp(features, 8) ? 12 : 8;
}

export function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}

/** 3x3 of stride 1 or 2, features in fours, and maps that tiles of 4x4 outputs cover without much waste. */
export function suitsWinograd(info: Conv2DInfo): boolean {
  const { filterHeight, filterWidth, strideHeight: stride, inChannels: c, outChannels: m } = info;
  const { outHeight, outWidth } = info;
  if (filterHeight !== 3 || filterWidth !== 3 || c % 4 !== 0 || m % 4 !== 0) return false;
  const limits = WINOGRAD_LIMITS[stride];
  if (limits === undefined || Math.min(c, m) < limits.features) return false;
  return (roundUp(outHeight, 4) * roundUp(outWidth, 4)) / (outHeight * outWidth) <= limits.waste;
}

/** Stride 1 and 3 taps across, features in fours; asked where they are too few for Winograd's transforms in both directions. */
export function suitsRows(info: Conv2DInfo): boolean {
  const { filterWidth, strideHeight: stride, inChannels: c, outChannels: m, outWidth } = info;
  if (filterWidth !== 3 || stride !== 1 || c % 4 !== 0 || m % 4 !== 0 || Math.min(c, m) < ROWS_FEATURES) return false;
  return roundUp(outWidth, 4) <= ROWS_WASTE * outWidth;
}

/** The panel width for products in which either side's features come in panels. */
export function bothWidths(c: number, m: number): 8 | 12 {
  return panelWidth(c) === 12 && panelWidth(m) === 12 ? 12 : 8;
}
