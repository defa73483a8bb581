/** Text for SVG and HTML. */
export function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** An element with attributes; numbers are rounded to a tenth, which keeps files small and pictures sharp. */
export function tag(name: string, attributes: Readonly<Record<string, string | number>>, ...content: string[]): string {
  const list = Object.entries(attributes).map(([key, value]) => {
    const text = typeof value === "number" ? String(Math.round(value * 10) / 10) : escapeText(value);
    return ` ${key}="${text}"`;
  });
  return content.length === 0 ? `<${name}${list.join("")}/>` : `<${name}${list.join("")}>${content.join("")}</${name}>`;
}

/** One line of text. */
export function label(
  x: number,
  y: number,
  text: string,
  attributes: Readonly<Record<string, string | number>> = {},
): string {
  return tag("text", { x, y, ...attributes }, escapeText(text));
}

/** The text, cut to about so many characters. */
export function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

/** A colour between pale and deep blue for a share of 0..1, and the ink that reads on it. */
export function heat(share: number): { readonly fill: string; readonly ink: string } {
  const stops = [
    [238, 244, 250],
    [158, 197, 232],
    [64, 133, 195],
    [17, 74, 130],
  ];
  const at = Math.min(0.9999, Math.max(0, share)) * (stops.length - 1);
  const [low, high] = [stops[Math.floor(at)], stops[Math.floor(at) + 1]];
  const mixed = low.map((c, i) => Math.round(c + (high[i] - c) * (at - Math.floor(at))));
  return { fill: `rgb(${mixed.join(",")})`, ink: share > 0.55 ? "#fff" : "#1c2733" };
}
