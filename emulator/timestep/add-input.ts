import type { TimestepLayerProgram } from "./program.ts";

/**
 * z += weights * value for every neuron that one input address reaches:
 * out[o, oy, ox] += w[o, c, ky, kx] * value with y = oy*sy - py + ky, x = ox*sx - px + kx.
 *
 * @param at input address, index of `[y][x][c]`
 * @param z `[y][x][f]`
 * @param float round each product to 32 bits; a `Float32Array` rounds each sum [T2]
 */
export function addInput(
  layer: TimestepLayerProgram,
  at: number,
  value: number,
  z: Int32Array | Float32Array | Float64Array,
  float: boolean,
): void {
  const { inFeatures, inWidth, features, width, kernelX, kernelY, rows, columns, weights } = layer;
  const position = Math.floor(at / inFeatures);
  const c = at - position * inFeatures;
  const y = Math.floor(position / inWidth);
  const x = position - y * inWidth;
  const lanes = columns.count[x] * features;
  for (let i = 0; i < rows.count[y]; i++) {
    let weight = ((c * kernelY + rows.tap[y] + i) * kernelX + columns.tap[x]) * features;
    let neuron = ((rows.first[y] + i) * width + columns.first[x]) * features;
    for (const end = weight + lanes; weight < end; weight++, neuron++) {
      const product = weights[weight] * value;
      z[neuron] += float ? Math.fround(product) : product;
    }
  }
}
