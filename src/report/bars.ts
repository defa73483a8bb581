import { label, shortened, tag } from "./svg.ts";
import type { BarGroup, BarSeries } from "./types.ts";

const WIDTH = 760;
const LEFT = 150;
const RIGHT = 190;
const BAR = 18;
const GAP = 4;
const SPACE = 16;
const HEAD = 34;
const GREY = "#5b6b7b";

/**
 * Groups of horizontal bars, one bar a series in every group, on one linear scale from zero; each bar with its value in
 * words.
 *
 * @param format writes a value
 */
export function barsSvg(
  groups: readonly BarGroup[],
  series: readonly BarSeries[],
  format: (value: number) => string,
): string {
  const most = Math.max(...groups.flatMap(({ values }) => values), Number.MIN_VALUE);
  const step = series.length * (BAR + GAP) + SPACE;
  const parts = series.flatMap(({ name, colour }, s) => [
    tag("rect", { x: LEFT + s * 200, y: 4, width: 14, height: 14, rx: 2, fill: colour }),
    label(LEFT + s * 200 + 20, 16, name, { fill: "#1c2733", "font-size": 13 }),
  ]);
  for (const [g, { name, values }] of groups.entries()) {
    const top = HEAD + g * step;
    const middle = top + (series.length * (BAR + GAP)) / 2;
    parts.push(
      label(LEFT - 10, middle + 2, shortened(name, 18), { "text-anchor": "end", fill: "#1c2733", "font-size": 14 }),
    );
    for (const [s, { colour }] of series.entries()) {
      const value = values[s] ?? 0;
      const length = ((WIDTH - LEFT - RIGHT) * value) / most;
      const y = top + s * (BAR + GAP);
      parts.push(
        tag("rect", { x: LEFT, y, width: Math.max(1, length), height: BAR, rx: 2, fill: colour }),
        label(LEFT + length + 8, y + BAR - 5, format(value), { fill: GREY, "font-size": 13 }),
      );
    }
  }
  const height = HEAD + groups.length * step;
  const font = "system-ui,-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif";
  return tag(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${WIDTH} ${height}`, "font-family": font, role: "img" },
    ...parts,
  );
}
