/** Light to dark; a space for nothing. */
const SHADES = " ░▒▓█";
const ASCII_SHADES = " .:-=+*#%@";

export interface PreviewOptions {
  /** Most columns of the picture. Default 64. */
  readonly columns?: number;
  /** Plain characters for terminals without Unicode. */
  readonly ascii?: boolean;
}

/**
 * A small picture of an accumulated frame for terminals: the more events, the denser the character. Two rows of pixels
 * make one line, since characters are twice as high as wide; frames wider than the columns are summed in square blocks.
 *
 * Shades grow with the square root of the count, so that faint parts show beside busy ones; any event shows.
 *
 * @param counts events a pixel, `[y][x]`
 * @returns lines of equal length, joined by line feeds, without a final one
 */
export function framePreview(
  counts: ArrayLike<number>,
  width: number,
  height: number,
  options: PreviewOptions = {},
): string {
  const { columns = 64, ascii = false } = options;
  if (counts.length !== width * height)
    throw new RangeError(`${width}x${height} pixels need ${width * height} counts, not ${counts.length}`);
  const shades = [...(ascii ? ASCII_SHADES : SHADES)];
  const block = Math.max(1, Math.ceil(width / columns));
  const across = Math.ceil(width / block);
  const lines = Math.ceil(height / (2 * block));
  const sums = new Float64Array(across * lines);
  for (let y = 0; y < height; y++) {
    const line = Math.floor(y / (2 * block));
    for (let x = 0; x < width; x++) sums[line * across + Math.floor(x / block)] += counts[y * width + x];
  }
  const most = sums.reduce((a, b) => Math.max(a, b), 0);
  const shade = (sum: number): string =>
    sum > 0 ? shades[Math.max(1, Math.round(Math.sqrt(sum / most) * (shades.length - 1)))] : shades[0];
  return Array.from({ length: lines }, (_, line) =>
    Array.from(sums.subarray(line * across, (line + 1) * across), shade).join(""),
  ).join("\n");
}
