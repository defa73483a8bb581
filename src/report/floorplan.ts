import { escapeText, heat, label, shortened, tag } from "./svg.ts";
import type { Floorplan, FloorplanLayer, MemoryUse } from "./types.ts";

const WIDTH = 1080;
const MARGIN = 20;
const MAP_WIDTH = 330;
const FLOW_X = MAP_WIDTH + 2 * MARGIN + 30;
const FLOW_WIDTH = WIDTH - FLOW_X - 90;
const ROW = 90;
const GAP = 30;
const HEAD = 44;
/** More parts than this are drawn as plain cells instead of cards. */
const CARDS = 2;
const CELLS_A_LINE = 14;
const CELL_HEIGHT = 26;

const INK = "#1c2733";
const QUIET = "#5b6b7b";
const LINE = "#c9d3dd";
const STYLE = `text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;fill:${INK}}
.s{font-size:11px}.m{font-size:12.5px}.b{font-weight:600}.q{fill:${QUIET}}`;

/**
 * The floorplan as one SVG: at the left every core of the device, coloured by load, with the use of its fullest memory; at
 * the right the layers in the order of the network, each with its cores, memories and load, and the routes between them.
 *
 * Where the cores lie on the die is not published; the map shows them in the order of their numbers.
 */
export function floorplanSvg(plan: Floorplan): string {
  const most = Math.max(...plan.layers.map(({ load }) => load), Number.MIN_VALUE);
  const map = coreMap(plan, most);
  const flow = layerFlow(plan, most);
  const height = Math.max(map.height, flow.height) + MARGIN;
  return tag(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${WIDTH} ${Math.ceil(height)}`, width: WIDTH, role: "img" },
    tag("title", {}, escapeText(`Floorplan of ${plan.device}`)),
    tag("style", {}, STYLE),
    tag("rect", { width: WIDTH, height: Math.ceil(height), fill: "#fff" }),
    map.svg,
    flow.svg,
  );
}

interface Drawing {
  readonly svg: string;
  readonly height: number;
}

function coreMap({ device, cores, layers }: Floorplan, most: number): Drawing {
  const chips = [...new Set(cores.map(({ chip }) => chip))];
  const perChip = cores.filter(({ chip }) => chip === chips[0]).length;
  const chipsAcross = chips.length === 1 ? 1 : 3;
  const across = perChip > 9 ? 4 : 3;
  const frame = (MAP_WIDTH - (chipsAcross - 1) * 10) / chipsAcross;
  const cell = (frame - 12) / across;
  const cellHeight = chips.length === 1 ? 78 : 30;
  const down = Math.ceil(perChip / across);
  const frameHeight = down * cellHeight + 12 + (chips.length === 1 ? 0 : 16);
  const parts = [label(MARGIN, 26, device, { class: "m b" })];
  const top = HEAD;
  chips.forEach((chip, index) => {
    const x = MARGIN + (index % chipsAcross) * (frame + 10);
    const y = top + Math.floor(index / chipsAcross) * (frameHeight + 10);
    parts.push(tag("rect", { x, y, width: frame, height: frameHeight, rx: 6, fill: "#fff", stroke: LINE }));
    const inset = chips.length === 1 ? 6 : 20;
    if (chips.length > 1) parts.push(label(x + 7, y + 14, `chip ${chip}`, { class: "s q" }));
    cores
      .filter((core) => core.chip === chip)
      .forEach((core, place) => {
        const layer = layers.find((candidate) => candidate.core === core.id);
        const at = { x: x + 6 + (place % across) * cell, y: y + inset + Math.floor(place / across) * cellHeight };
        parts.push(coreCell(at, cell - 4, cellHeight - 4, core.id, layer, most, chips.length === 1));
      });
  });
  const bottom = top + Math.ceil(chips.length / chipsAcross) * (frameHeight + 10);
  parts.push(...legend(MARGIN, bottom + 8));
  return { svg: parts.join(""), height: bottom + 70 };
}

function coreCell(
  { x, y }: { readonly x: number; readonly y: number },
  width: number,
  height: number,
  id: number,
  layer: FloorplanLayer | undefined,
  most: number,
  large: boolean,
): string {
  if (!layer) {
    return (
      tag("rect", { x, y, width, height, rx: 4, fill: "#fff", stroke: LINE, "stroke-dasharray": "3 3" }) +
      label(x + 6, y + 15, large ? `core ${id}, free` : `${id}`, { class: "s q" })
    );
  }
  const { fill, ink } = heat(layer.load / most);
  const box = tag("rect", { x, y, width, height, rx: 4, fill }, tag("title", {}, escapeText(hint(layer))));
  if (!large)
    return box + label(x + width / 2, y + 17, `${id}`, { class: "s", "text-anchor": "middle", style: `fill:${ink}` });
  const fullest = Math.max(...memories(layer).map(([, use]) => shareOf(use)));
  return (
    box +
    label(x + 6, y + 17, `core ${id}`, { class: "m b", style: `fill:${ink}` }) +
    label(x + 6, y + 36, shortened(layer.name, 14), { class: "s", style: `fill:${ink}` }) +
    tag("rect", { x: x + 6, y: y + height - 24, width: width - 12, height: 4, rx: 2, fill: ink, "fill-opacity": 0.2 }) +
    tag("rect", { x: x + 6, y: y + height - 24, width: (width - 12) * fullest, height: 4, rx: 2, fill: ink }) +
    label(x + 6, y + height - 7, `memory ${percent(fullest)}`, { class: "s", style: `fill:${ink}` })
  );
}

function legend(x: number, y: number): string[] {
  const steps = 24;
  const scale = Array.from({ length: steps }, (_, i) =>
    tag("rect", { x: x + i * 6, y, width: 6.2, height: 10, fill: heat(i / (steps - 1)).fill }),
  );
  return [
    ...scale,
    label(x + steps * 6 + 8, y + 9, "load: none to the largest", { class: "s q" }),
    label(x, y + 28, "memory: the fullest of kernel, neuron and leak words", { class: "s q" }),
    label(x, y + 44, "cores in order of number, not as they lie on the die", { class: "s q" }),
  ];
}

function layerFlow(plan: Floorplan, most: number): Drawing {
  const total = plan.layers.reduce((sum, { load }) => sum + load, 0) || 1;
  const groups = [...new Set(plan.layers.map(({ group }) => group))];
  const rows = new Map<string, { readonly y: number; readonly height: number }>();
  const cards: string[] = [label(FLOW_X, 26, `Layers: ${plan.loadTitle}`, { class: "m b" })];
  let y = HEAD;
  rows.set("input", { y, height: 34 });
  cards.push(pill(y, `input ${plan.input}`));
  y += 34 + GAP;
  for (const group of groups) {
    const parts = plan.layers.filter((layer) => layer.group === group);
    const height = parts.length > CARDS ? 30 + Math.ceil(parts.length / CELLS_A_LINE) * CELL_HEIGHT : ROW;
    rows.set(group, { y, height });
    cards.push(parts.length > CARDS ? cells(group, parts, y, height, most, total) : row(parts, y, most, total));
    y += height + GAP;
  }
  return { svg: routes(plan, rows, groups) + cards.join(""), height: y };
}

function pill(y: number, text: string): string {
  const x = FLOW_X + FLOW_WIDTH / 2 - 90;
  return (
    tag("rect", { x, y, width: 180, height: 34, rx: 17, fill: "#fff", stroke: QUIET }) +
    label(FLOW_X + FLOW_WIDTH / 2, y + 21, text, { class: "m", "text-anchor": "middle" })
  );
}

function row(parts: readonly FloorplanLayer[], y: number, most: number, total: number): string {
  const width = (FLOW_WIDTH - (parts.length - 1) * 10) / parts.length;
  return parts.map((layer, i) => card(layer, FLOW_X + i * (width + 10), y, width, most, total)).join("");
}

function card(layer: FloorplanLayer, x: number, y: number, width: number, most: number, total: number): string {
  const { fill, ink } = heat(layer.load / most);
  const narrow = width < 300;
  const barX = x + (narrow ? 96 : 170);
  const barWidth = width - (barX - x) - 52;
  const bars = memories(layer).map(([name, use], i) => {
    const at = y + 40 + i * 18;
    const share = shareOf(use);
    const color = share > 0.9 ? "#c2571a" : "#50708f";
    return (
      label(barX - 6, at + 8, name, { class: "s q", "text-anchor": "end" }) +
      tag("rect", { x: barX, y: at, width: barWidth, height: 8, rx: 3, fill: "#e8edf2" }) +
      tag(
        "rect",
        { x: barX, y: at, width: barWidth * share, height: 8, rx: 3, fill: color },
        tag("title", {}, words(use)),
      ) +
      label(x + width - 10, at + 8, percent(share), { class: "s", "text-anchor": "end" })
    );
  });
  return (
    tag("rect", { x, y, width, height: ROW, rx: 6, fill: "#fff", stroke: LINE }) +
    tag("rect", { x: x + 8, y: y + 8, width: 56, height: 22, rx: 4, fill }, tag("title", {}, escapeText(hint(layer)))) +
    label(x + 36, y + 23, `core ${layer.core}`, { class: "m b", "text-anchor": "middle", style: `fill:${ink}` }) +
    label(x + 74, y + 23, shortened(layer.name, narrow ? 14 : 30), { class: "m b" }) +
    label(x + width - 10, y + 23, `${percent(layer.load / total)} of load`, { class: "s", "text-anchor": "end" }) +
    label(x + 10, y + 48, layer.output, { class: "s q" }) +
    label(x + 10, y + 66, narrow ? layer.kernel.split(",")[0] : layer.kernel, { class: "s q" }) +
    (layer.isOutput ? label(x + 10, y + 82, "output", { class: "s b" }) : "") +
    bars.join("")
  );
}

/** Many parts: one cell a core. */
function cells(
  group: string,
  parts: readonly FloorplanLayer[],
  y: number,
  height: number,
  most: number,
  total: number,
): string {
  const size = (FLOW_WIDTH - 16) / CELLS_A_LINE;
  const load = parts.reduce((sum, layer) => sum + layer.load, 0);
  const boxes = parts.map((layer, i) => {
    const { fill, ink } = heat(layer.load / most);
    const x = FLOW_X + 8 + (i % CELLS_A_LINE) * size;
    const top = y + 28 + Math.floor(i / CELLS_A_LINE) * CELL_HEIGHT;
    return (
      tag("rect", { x, y: top, width: size - 3, height: 22, rx: 3, fill }, tag("title", {}, escapeText(hint(layer)))) +
      label(x + size / 2 - 1.5, top + 15, `${layer.core}`, {
        class: "s",
        "text-anchor": "middle",
        style: `fill:${ink}`,
      })
    );
  });
  return (
    tag("rect", { x: FLOW_X, y, width: FLOW_WIDTH, height, rx: 6, fill: "#fff", stroke: LINE }) +
    label(FLOW_X + 10, y + 19, `${shortened(group, 30)} on ${parts.length} cores`, { class: "m b" }) +
    label(FLOW_X + FLOW_WIDTH - 10, y + 19, `${percent(load / total)} of load`, { class: "s", "text-anchor": "end" }) +
    boxes.join("")
  );
}

/** Straight arrows to the next row; around the right side to rows further down, each on a lane of its own. */
function routes(
  plan: Floorplan,
  rows: ReadonlyMap<string, { readonly y: number; readonly height: number }>,
  groups: readonly string[],
): string {
  const order = ["input", ...groups];
  const right = FLOW_X + FLOW_WIDTH;
  let lane = 0;
  const lines = plan.routes.map(({ from, to, label: text }) => {
    const [a, b] = [rows.get(from), rows.get(to)];
    if (!a || !b) return "";
    const start = a.y + a.height;
    const stroke = { fill: "none", stroke: QUIET, "stroke-width": 1.6, "marker-end": "url(#arrow)" };
    if (order.indexOf(to) === order.indexOf(from) + 1) {
      const x = FLOW_X + FLOW_WIDTH / 2;
      return (
        tag("path", { d: `M${x} ${start}V${b.y - 3}`, ...stroke }) +
        label(x + 8, start + GAP / 2 + 4, text, { class: "s q" })
      );
    }
    const x = right + 14 + (lane++ % 5) * 13;
    const out = from === "input" ? FLOW_X + FLOW_WIDTH / 2 + 90 : right;
    const middle = a.y + a.height / 2;
    const d = `M${out} ${middle}H${x - 6}Q${x} ${middle} ${x} ${middle + 6}V${b.y + 14}Q${x} ${b.y + 20} ${x - 6} ${b.y + 20}H${right + 3}`;
    return tag("path", { d, ...stroke }) + label(x + 4, b.y + 12, text, { class: "s q" });
  });
  const marker = tag(
    "marker",
    { id: "arrow", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto" },
    tag("path", { d: "M0 0L8 4L0 8z", fill: QUIET }),
  );
  return tag("defs", {}, marker) + lines.join("");
}

function memories(layer: FloorplanLayer): readonly (readonly [string, MemoryUse])[] {
  const all = [["kernel", layer.kernelWords] as const, ["neuron", layer.neuronWords] as const];
  return layer.leakWords.need > 0 ? [...all, ["leak", layer.leakWords] as const] : all;
}

function shareOf({ need, have }: MemoryUse): number {
  return have === 0 ? 0 : Math.min(1, need / have);
}

function percent(share: number): string {
  const value = 100 * share;
  if (value === 0 || value >= 9.95) return `${value.toFixed(0)} %`;
  return value < 0.1 ? "<0.1 %" : `${value.toFixed(1)} %`;
}

function words({ need, have }: MemoryUse): string {
  return `${need.toLocaleString("en-US")} of ${have.toLocaleString("en-US")} words`;
}

function hint(layer: FloorplanLayer): string {
  const use = memories(layer).map(([name, memory]) => `${name} ${words(memory)}`);
  return `core ${layer.core}: ${layer.name}, ${layer.output}; ${use.join(", ")}`;
}
