/** A grey picture: 0 black, 1 white, `[y][x]` row by row. */
export interface GrayImage {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** A grey picture of bytes 0..255, as image files hold them. */
export function imageFromBytes(bytes: Uint8Array, width: number, height: number): GrayImage {
  if (bytes.length !== width * height)
    throw new RangeError(`${width}x${height} needs ${width * height} bytes, not ${bytes.length}`);
  return { width, height, values: Float32Array.from(bytes, (value) => value / 255) };
}
