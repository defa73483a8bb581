const BARS = "▁▂▃▄▅▆▇█";

/** A row of bars for terminals: values over time, joined to at most `columns` means, `top` (default: the highest) as the full bar. */
export function sparkline(values: readonly number[], columns = 60, top?: number): string {
  if (values.length === 0) return "";
  const width = Math.min(columns, values.length);
  const means = Array.from({ length: width }, (_, i) => {
    const from = Math.floor((i * values.length) / width);
    const part = values.slice(from, Math.floor(((i + 1) * values.length) / width));
    return part.reduce((sum, value) => sum + value, 0) / part.length;
  });
  const most = top ?? Math.max(...means);
  return means
    .map((mean) => (mean > 0 ? BARS[Math.min(BARS.length - 1, Math.floor((mean / most) * BARS.length))] : " "))
    .join("");
}
