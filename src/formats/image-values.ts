/** What pixels of 0 to 255 become: as they are, 0..1, or -1..1. */
export const NORMALIZATIONS = ["0..1", "-1..1", "none"] as const;
export type Normalization = (typeof NORMALIZATIONS)[number];

export interface ImageInput {
  /** Default "0..1". */
  readonly normalize?: Normalization;
  /** Factor on every value after that; default 1. */
  readonly inputScale?: number;
}

/** An image as a network takes it: `[feature][y][x]`, normalized and scaled, rounded once to 32 bits. */
export function imageValues(
  image: ArrayLike<number>,
  { normalize = "0..1", inputScale = 1 }: ImageInput = {},
): Float32Array {
  const values = new Float32Array(image.length);
  for (let i = 0; i < values.length; i++) {
    const value = normalize === "none" ? image[i] : normalize === "0..1" ? image[i] / 255 : image[i] / 127.5 - 1;
    values[i] = value * inputScale;
  }
  return values;
}

/**
 * The analogue current of an image that is shown for `steps` steps: pixel / steps in each, so that a presentation brings
 * every pixel once (Sorbaro et al. 2020).
 */
export function imageToCurrent(image: ArrayLike<number>, input: ImageInput & { readonly steps: number }): Float32Array {
  return imageValues(image, { ...input, inputScale: (input.inputScale ?? 1) / input.steps });
}
