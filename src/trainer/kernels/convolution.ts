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
import { bothWidths, panelWidth, roundUp, suitsRows, suitsWinograd } from "./plan.ts";

type Conv2DInfo = tf.backend_util.Conv2DInfo;

/** Tiles of 4x4 outputs that pass through the products together: their planes should stay in the second-level cache. */
const WINOGRAD_BLOCK = 64;
const WINOGRAD_GRADIENT_BLOCK = 128;
/** Places of dy in one band of a direct filter gradient. */
const BAND_PLACES = 256;

/** Where a quantized ReLU and a 2x2 pool follow a convolution: what their gradient needs beside that of the pool's output. */
export interface Pooled {
  /** `[N, H, W, C / 4]`: a bit for each output of the convolution, whether it is above 0. */
  readonly signs: tf.TensorInfo;
  /** Gradient of the activations' sum. */
  readonly dsum: number;
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

  /** A convolution, quantized ReLU and 2x2 pool; fills `signs`, for the gradient. */
  forwardPooled(x: tf.TensorInfo, filter: tf.TensorInfo, signs: tf.TensorInfo, info: Conv2DInfo): tf.TensorInfo[] {
    const { batchSize: n, inHeight: h, inWidth: w, inChannels: c, outHeight, outWidth, outChannels: m } = info;
    const { filterHeight, filterWidth, strideHeight: stride, padInfo } = info;
    const y = this.#heap.output([n, outHeight >> 1, outWidth >> 1, m]);
    const sum = this.#heap.output([]);
    let total: number;
    if (suitsWinograd(info)) {
      const map = this.#heap.output(info.outShape);
      this.#winograd(x, filter, map, info, false);
      const addresses = [map, y, signs].map((tensor) => this.#heap.address(tensor)) as [number, number, number];
      total = this.#kernels.quantizedReluPool(...addresses, n, outHeight, outWidth, m);
      this.#heap.backend.disposeData(map.dataId);
    } else {
      const p = panelWidth(m);
      const depth = filterHeight * filterWidth * c;
      const weights = roundUp(roundUp(m, p) * depth, 16);
      const map = roundUp(outHeight * outWidth * m, 16);
      const image = ((outHeight - 1) * stride + filterHeight) * ((outWidth - 1) * stride + filterWidth) * c;
      const packed = this.#heap.scratch(weights + map + image);
      const [mapAt, imageAt] = [packed + 4 * weights, packed + 4 * (weights + map)];
      this.#kernels.packWeights(this.#heap.address(filter), packed, depth, m, p);
      total = this.#kernels.convolveReluPool(
        ...[this.#heap.address(x), packed, this.#heap.address(y), this.#heap.address(signs)],
        ...[n, h, w, c, outHeight, outWidth, m, filterHeight, filterWidth, stride, padInfo.top, padInfo.left],
        ...[p, mapAt, imageAt],
      );
    }
    this.#heap.floats(sum)[0] = total;
    return [y, sum];
  }

  /**
   * dx[h] = sum over o, k with o * stride + k - top = h of dy[o] * w[k]: for each of the stride^2 phases of h, a convolution
   * of stride 1 with every stride-th tap, turned around.
   *
   * @param pooled then `dy` is the gradient of the pool's output
   */
  inputGradient(
    dy: tf.TensorInfo,
    filter: tf.TensorInfo,
    attributes: InputGradientAttributes,
    pooled?: Pooled,
  ): tf.TensorInfo | null {
    const info = plainConvolution(attributes.inputShape, filter.shape, attributes);
    if (info === null) return null;
    if (pooled && (suitsWinograd(info) || !suitsRows(info)))
      return this.#throughPool(dy, pooled, info, (map) => this.inputGradient(map, filter, attributes));
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
      const rows = this.#kernels.rowsScratch(m, h, w, c, filterHeight, p);
      const packed = this.#heap.scratch(weights + rows + outHeight * outWidth * m);
      const taps = [filterHeight - 1, filterHeight, filterWidth - 1, filterWidth];
      this.#kernels.packTurned(this.#heap.address(filter), packed, ...[filterWidth, c, m, ...taps, 1, p]);
      this.#kernels.convolveRows(
        ...[this.#heap.address(dy), packed, this.#heap.address(dx), n, outHeight, outWidth, m, h, w, c, filterHeight],
        ...[filterHeight - 1 - padInfo.top, filterWidth - 1 - padInfo.left, p, packed + 4 * weights],
        ...this.#pooledAt(pooled, packed + 4 * (weights + rows)),
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

  /** @param pooled then `dy` is the gradient of the pool's output */
  filterGradient(
    x: tf.TensorInfo,
    dy: tf.TensorInfo,
    attributes: FilterGradientAttributes,
    pooled?: Pooled,
  ): tf.TensorInfo | null {
    const info = plainConvolution(x.shape, attributes.filterShape, attributes);
    if (info === null) return null;
    if (pooled && suitsWinograd(info))
      return this.#throughPool(dy, pooled, info, (map) => this.filterGradient(x, map, attributes));
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
    const map = outHeight * outWidth * m;
    if (suitsRows(info)) {
      const rows = this.#kernels.rowsScratch(c, outHeight, outWidth, m, filterHeight, p);
      const scratch = this.#heap.scratch(rows + map);
      this.#kernels.filterGradientRows(
        ...addresses,
        ...[n, h, w, c, outHeight, outWidth, m, filterHeight, padInfo.top, padInfo.left, p, scratch],
        ...this.#pooledAt(pooled, scratch + 4 * rows),
      );
      return dw;
    }
    const band = Math.max(1, Math.min(outHeight, Math.round(BAND_PLACES / outWidth)));
    const image = ((band - 1) * stride + filterHeight) * ((outWidth - 1) * stride + filterWidth) * c;
    const bands = roundUp(image + 64 + band * outWidth * roundUp(m, p), 16);
    const scratch = this.#heap.scratch(bands + map);
    this.#kernels.filterGradient(
      ...addresses,
      ...[n, h, w, c, outHeight, outWidth, m, filterHeight, filterWidth, stride, padInfo.top, padInfo.left],
      ...[band, p, scratch, ...this.#pooledAt(pooled, scratch + 4 * bands)],
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
      this.#kernels.filterGradient(
        from,
        right,
        to,
        1,
        depth,
        1,
        rows,
        depth,
        1,
        m,
        1,
        1,
        1,
        0,
        0,
        band,
        p,
        scratch,
        0,
        0,
        0,
      );
      return out;
    }
    const packed = this.#heap.scratch(roundUp(m, p) * depth);
    if (b.transposed) this.#kernels.packTurned(this.#heap.address(b.tensor), packed, 1, m, depth, 0, 1, 0, 1, 1, p);
    else this.#kernels.packWeights(this.#heap.address(b.tensor), packed, depth, m, p);
    this.#kernels.convolve(from, packed, to, 1, rows, 1, depth, rows, 1, m, 1, 1, 1, 0, 0, 0, m, m, p, 0);
    return out;
  }

  /** What the kernels take for a pooled gradient; `map` has room for one image's. */
  #pooledAt(pooled: Pooled | undefined, map: number): readonly number[] {
    return pooled ? [this.#heap.address(pooled.signs), pooled.dsum, map] : [0, 0, 0];
  }

  /** Where transforms take the whole batch: through the pool first. */
  #throughPool(
    dy: tf.TensorInfo,
    { signs, dsum }: Pooled,
    { batchSize, outHeight, outWidth, outChannels, outShape }: Conv2DInfo,
    work: (map: tf.TensorInfo) => tf.TensorInfo | null,
  ): tf.TensorInfo | null {
    const map = this.#heap.output(outShape);
    const [from, to, bits] = [dy, map, signs].map((tensor) => this.#heap.address(tensor)) as [number, number, number];
    for (let image = 0; image < batchSize; image++) {
      const at = to + 4 * image * outHeight * outWidth * outChannels;
      this.#kernels.throughPool(bits, from, dsum, at, image, outHeight, outWidth, outChannels);
    }
    const result = work(map);
    this.#heap.backend.disposeData(map.dataId);
    return result;
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
