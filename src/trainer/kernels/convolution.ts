import type * as tf from "@tensorflow/tfjs-core";
import {
  type ConvolutionAttributes,
  type FilterGradientAttributes,
  type InputGradientAttributes,
  type Matrix,
  plainConvolution,
} from "./attributes.ts";
import type { BackendHeap } from "./heap.ts";
import type { TrainingExports } from "./module.ts";

type Conv2DInfo = tf.backend_util.Conv2DInfo;

/**
 * By stride, where Winograd's transforms cost less than the products they save: features of both sides from which, and
 * places computed to places wanted up to which. Stride 1 saves three quarters of the products, stride 2 seven sixteenths.
 */
const WINOGRAD_LIMITS: Readonly<Record<number, { readonly features: number; readonly waste: number }>> = {
  1: { features: 16, waste: 2 },
  2: { features: 32, waste: 1.2 },
};
/** Tiles of 4x4 outputs that pass through the products together: their planes should stay in the second-level cache. */
const WINOGRAD_BLOCK = 64;
const WINOGRAD_GRADIENT_BLOCK = 128;
/**
 * The same for minimal filtering along rows, which saves half of the products; for gradients only: direct sums of spikes and
 * 8-bit weights are exact, and a neuron that stands exactly on a floor must not lose its spike where direct sums are as good.
 */
const ROWS_FEATURES = 8;
const ROWS_WASTE = 1.35;
/** Places of dy in one band of a direct filter gradient. */
const BAND_PLACES = 256;

/** Width of the register tiles' panels: 12 (by 3 rows) or 8 (by 4), whichever wastes less on so many features. */
export function panelWidth(features: number): 8 | 12 {
  return roundUp(features, 12) <= roundUp(features, 8) ? 12 : 8;
}

export function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}

/** The three kernels of a convolution; each returns null for what it leaves to tfjs (dilation, NCHW, unequal strides). */
export class ConvolutionKernels {
  readonly #kernels: TrainingExports;
  readonly #heap: BackendHeap;

  constructor(kernels: TrainingExports, heap: BackendHeap) {
    this.#kernels = kernels;
    this.#heap = heap;
  }

  forward(x: tf.TensorInfo, filter: tf.TensorInfo, attributes: ConvolutionAttributes): tf.TensorInfo | null {
    const info = plainConvolution(x.shape, filter.shape, attributes);
    if (info === null) return null;
    const { batchSize: n, inHeight: h, inWidth: w, inChannels: c, outHeight, outWidth, outChannels: m } = info;
    const { filterHeight, filterWidth, strideHeight: stride, padInfo } = info;
    const y = this.#heap.output(info.outShape);
    if (suitsWinograd(info)) {
      this.#winograd(x, filter, y, info, false);
      return y;
    }
    const p = panelWidth(m);
    const depth = filterHeight * filterWidth * c;
    const weights = roundUp(roundUp(m, p) * depth, 16);
    const image = ((outHeight - 1) * stride + filterHeight) * ((outWidth - 1) * stride + filterWidth) * c;
    const packed = this.#heap.scratch(weights + image);
    this.#kernels.packWeights(this.#heap.address(filter), packed, depth, m, p);
    this.#kernels.convolve(
      this.#heap.address(x),
      packed,
      this.#heap.address(y),
      ...[n, h, w, c, outHeight, outWidth, m, filterHeight, filterWidth, stride, padInfo.top, padInfo.left],
      ...[outHeight * outWidth * m, outWidth * m, m, p, packed + 4 * weights],
    );
    return y;
  }

  /**
   * dx[h] = sum over o, k with o * stride + k - top = h of dy[o] * w[k]: for each of the stride^2 phases of h, a convolution
   * of stride 1 with every stride-th tap, turned around.
   */
  inputGradient(dy: tf.TensorInfo, filter: tf.TensorInfo, attributes: InputGradientAttributes): tf.TensorInfo | null {
    const info = plainConvolution(attributes.inputShape, filter.shape, attributes);
    if (info === null) return null;
    const { batchSize: n, inHeight: h, inWidth: w, inChannels: c, outHeight, outWidth, outChannels: m } = info;
    const { filterHeight, filterWidth, strideHeight: stride, padInfo } = info;
    const dx = this.#heap.output(info.inShape);
    if (suitsWinograd(info)) {
      this.#winograd(dy, filter, dx, info, true);
      return dx;
    }
    const p = panelWidth(c);
    if (suitsRows(info)) {
      const weights = roundUp(roundUp(c, p) * filterHeight * filterWidth * m, 16);
      const packed = this.#heap.scratch(weights + this.#kernels.rowsScratch(m, h, w, c, filterHeight, p));
      const taps = [filterHeight - 1, filterHeight, filterWidth - 1, filterWidth];
      this.#kernels.packTurned(this.#heap.address(filter), packed, ...[filterWidth, c, m, ...taps, 1, p]);
      this.#kernels.convolveRows(
        ...[this.#heap.address(dy), packed, this.#heap.address(dx), n, outHeight, outWidth, m, h, w, c, filterHeight],
        ...[filterHeight - 1 - padInfo.top, filterWidth - 1 - padInfo.left, p, packed + 4 * weights],
      );
      return dx;
    }
    if (stride > Math.min(filterHeight, filterWidth)) this.#heap.floats(dx).fill(0);
    for (let a = 0; a < stride; a++) {
      for (let b = 0; b < stride; b++) {
        const [height, width] = [Math.ceil((h - a) / stride), Math.ceil((w - b) / stride)];
        const down = tapsOfPhase(filterHeight, padInfo.top + a, stride);
        const across = tapsOfPhase(filterWidth, padInfo.left + b, stride);
        if (height <= 0 || width <= 0 || down === null || across === null) continue;
        const weights = roundUp(roundUp(c, p) * down.count * across.count * m, 16);
        const image = (height - 1 + down.count) * (width - 1 + across.count) * m;
        const packed = this.#heap.scratch(weights + image);
        this.#kernels.packTurned(
          this.#heap.address(filter),
          packed,
          ...[filterWidth, c, m, down.first, down.count, across.first, across.count, stride, p],
        );
        this.#kernels.convolve(
          this.#heap.address(dy),
          packed,
          this.#heap.address(dx) + 4 * (a * w + b) * c,
          ...[n, outHeight, outWidth, m, height, width, c, down.count, across.count, 1, down.padding, across.padding],
          ...[h * w * c, stride * w * c, stride * c, p, packed + 4 * weights],
        );
      }
    }
    return dx;
  }

  filterGradient(x: tf.TensorInfo, dy: tf.TensorInfo, attributes: FilterGradientAttributes): tf.TensorInfo | null {
    const info = plainConvolution(x.shape, attributes.filterShape, attributes);
    if (info === null) return null;
    const { batchSize: n, inHeight: h, inWidth: w, inChannels: c, outHeight, outWidth, outChannels: m } = info;
    const { filterHeight, filterWidth, strideHeight: stride, padInfo } = info;
    const dw = this.#heap.output(info.filterShape);
    const addresses = [this.#heap.address(x), this.#heap.address(dy), this.#heap.address(dw)];
    if (suitsWinograd(info)) {
      const p = bothWidths(c, m);
      const scratch = this.#heap.scratch(this.#kernels.winogradScratch(c, m, stride, WINOGRAD_GRADIENT_BLOCK, p));
      this.#kernels.winogradFilterGradient(
        ...addresses,
        ...[n, h, w, outHeight, outWidth, c, m, stride, padInfo.top, padInfo.left, WINOGRAD_GRADIENT_BLOCK, p, scratch],
      );
      return dw;
    }
    const p = panelWidth(m);
    if (suitsRows(info)) {
      const scratch = this.#heap.scratch(this.#kernels.rowsScratch(c, outHeight, outWidth, m, filterHeight, p));
      this.#kernels.filterGradientRows(
        ...addresses,
        ...[n, h, w, c, outHeight, outWidth, m, filterHeight, padInfo.top, padInfo.left, p, scratch],
      );
      return dw;
    }
    const band = Math.max(1, Math.min(outHeight, Math.round(BAND_PLACES / outWidth)));
    const image = ((band - 1) * stride + filterHeight) * ((outWidth - 1) * stride + filterWidth) * c;
    const scratch = this.#heap.scratch(image + 64 + band * outWidth * roundUp(m, p));
    this.#kernels.filterGradient(
      ...addresses,
      ...[n, h, w, c, outHeight, outWidth, m, filterHeight, filterWidth, stride, padInfo.top, padInfo.left],
      ...[band, p, scratch],
    );
    return dw;
  }

  /** A product of matrices as a convolution of 1x1, or as its filter's gradient; null when both are transposed. */
  product(a: Matrix, b: Matrix): tf.TensorInfo | null {
    if (a.transposed && b.transposed) return null;
    const [rows, depth] = a.transposed ? [a.columns, a.rows] : [a.rows, a.columns];
    const m = b.transposed ? b.rows : b.columns;
    const out = this.#heap.output([rows, m]);
    const p = panelWidth(m);
    const [from, to] = [this.#heap.address(a.tensor), this.#heap.address(out)];
    if (a.transposed) {
      const band = Math.min(depth, BAND_PLACES);
      const scratch = this.#heap.scratch(band * rows + 64 + band * roundUp(m, p));
      const right = this.#heap.address(b.tensor);
      this.#kernels.filterGradient(from, right, to, 1, depth, 1, rows, depth, 1, m, 1, 1, 1, 0, 0, band, p, scratch);
      return out;
    }
    const packed = this.#heap.scratch(roundUp(m, p) * depth);
    if (b.transposed) this.#kernels.packTurned(this.#heap.address(b.tensor), packed, 1, m, depth, 0, 1, 0, 1, 1, p);
    else this.#kernels.packWeights(this.#heap.address(b.tensor), packed, depth, m, p);
    this.#kernels.convolve(from, packed, to, 1, rows, 1, depth, rows, 1, m, 1, 1, 1, 0, 0, 0, m, m, p, 0);
    return out;
  }

  /** With `turned` the gradient of the input: then `x` is that of the output and `y` takes the result. */
  #winograd(x: tf.TensorInfo, filter: tf.TensorInfo, y: tf.TensorInfo, info: Conv2DInfo, turned: boolean): void {
    const { batchSize: n, inHeight: h, inWidth: w, inChannels: c, outHeight, outWidth, outChannels: m } = info;
    const { padInfo, strideHeight: stride } = info;
    const p = bothWidths(c, m);
    const scratch = this.#heap.scratch(this.#kernels.winogradScratch(c, m, stride, WINOGRAD_BLOCK, p));
    const maps = turned ? [outHeight, outWidth, h, w] : [h, w, outHeight, outWidth];
    this.#kernels.winogradConvolve(
      ...[this.#heap.address(x), this.#heap.address(filter), this.#heap.address(y), n, ...maps, c, m],
      ...[turned ? 1 : 0, stride, padInfo.top, padInfo.left, WINOGRAD_BLOCK, p, scratch],
    );
  }
}

/** 3x3 of stride 1 or 2, features in fours, and maps that tiles of 4x4 outputs cover without much waste. */
function suitsWinograd(info: Conv2DInfo): boolean {
  const { filterHeight, filterWidth, strideHeight: stride, inChannels: c, outChannels: m } = info;
  const { outHeight, outWidth } = info;
  if (filterHeight !== 3 || filterWidth !== 3 || c % 4 !== 0 || m % 4 !== 0) return false;
  const limits = WINOGRAD_LIMITS[stride];
  if (limits === undefined || Math.min(c, m) < limits.features) return false;
  return (roundUp(outHeight, 4) * roundUp(outWidth, 4)) / (outHeight * outWidth) <= limits.waste;
}

/** Stride 1 and 3 taps across, features in fours; asked where they are too few for Winograd's transforms in both directions. */
function suitsRows(info: Conv2DInfo): boolean {
  const { filterWidth, strideHeight: stride, inChannels: c, outChannels: m, outWidth } = info;
  if (filterWidth !== 3 || stride !== 1 || c % 4 !== 0 || m % 4 !== 0 || Math.min(c, m) < ROWS_FEATURES) return false;
  return roundUp(outWidth, 4) <= ROWS_WASTE * outWidth;
}

/** The panel width for products in which either side's features come in panels. */
function bothWidths(c: number, m: number): 8 | 12 {
  return panelWidth(c) === 12 && panelWidth(m) === 12 ? 12 : 8;
}

interface Taps {
  /** The last tap of the phase, the first that the turned filter applies. */
  readonly first: number;
  readonly count: number;
  /** Rows or columns of zeros before dy's first. */
  readonly padding: number;
}

/** Taps k with k = offset modulo stride, from the last to the first; null when a phase has none. */
function tapsOfPhase(taps: number, offset: number, stride: number): Taps | null {
  const first = taps - 1 - ((((taps - 1 - offset) % stride) + stride) % stride);
  if (first < 0) return null;
  return { first, count: Math.floor(first / stride) + 1, padding: (first - offset) / stride };
}
