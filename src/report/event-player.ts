import type { DrawnEvents } from "./event-picture.ts";

/** What the page says about a recording. */
export interface PlayerFacts {
  readonly title: string;
  readonly width: number;
  readonly height: number;
}

/** Bytes an event in the page: u32 time, u16 x with the polarity in its top bit, u16 y. */
const EVENT = 8;
/** Beyond this a page grows unwieldy (16 bytes of text an event and a half). */
export const MOST_PLAYED_EVENTS = 2_000_000;

/**
 * A page that plays a recording, complete in itself: play and pause, a slider over time, speed, and the time that a frame
 * shows. Works from a file without a server; follows the reader's light or dark setting; can be used with the keyboard.
 *
 * @param events at most `MOST_PLAYED_EVENTS`, x below 32,768
 */
export function eventPlayerPage(events: DrawnEvents, { title, width, height }: PlayerFacts): string {
  const { t, x, y, p } = events;
  const firstUs = t[0] ?? 0;
  const durationUs = t.length > 0 ? t[t.length - 1] - firstUs : 0;
  // Long recordings are told in coarser steps, so that 32 bits hold the last one.
  const stepUs = Math.max(1, Math.ceil(durationUs / (2 ** 32 - 1)));
  const bytes = new Uint8Array(t.length * EVENT);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < t.length; i++) {
    view.setUint32(i * EVENT, Math.floor((t[i] - firstUs) / stepUs), true);
    view.setUint16(i * EVENT + 4, x[i] | (p[i] === 0 ? 0 : 0x8000), true);
    view.setUint16(i * EVENT + 6, y[i], true);
  }
  const data = Buffer.from(bytes).toString("base64");
  const facts = JSON.stringify({ width, height, stepUs, durationUs });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<p>${t.length.toLocaleString("en-US")} events, ${width}x${height} pixels, ${(durationUs / 1e6).toFixed(3)} s.
<span class="key on"></span> ON <span class="key off"></span> OFF</p>
<canvas id="screen" width="${width}" height="${height}" role="img" aria-label="Events of the shown time"></canvas>
<div class="controls">
<button id="play" type="button">Play</button>
<input id="at" type="range" min="0" max="1000" value="0" aria-label="Time">
<output id="time"></output>
</div>
<div class="controls">
<label>Speed <select id="speed">
<option value="0.01">1/100</option><option value="0.1">1/10</option><option value="0.25">1/4</option>
<option value="1" selected>real time</option><option value="4">x 4</option></select></label>
<label>Shown <select id="window">
<option value="1000">1 ms</option><option value="10000">10 ms</option><option value="33000" selected>33 ms</option>
<option value="100000">100 ms</option><option value="1000000">1 s</option></select></label>
</div>
</main>
<script type="application/json" id="facts">${facts}</script>
<script type="text/plain" id="events">${data}</script>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]!);
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1c2430; --paper: #fff; --screen: #fff; --on: #0b57d0; --off: #d6540a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ee; --paper: #14181f; --screen: #0c0f14; --on: #6ea8ff; --off: #ff9d5c; } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 48rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.25rem; overflow-wrap: anywhere; }
canvas { width: 100%; max-height: 70vh; object-fit: contain; image-rendering: pixelated; background: var(--screen); outline: 1px solid #8888; }
.controls { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; margin-top: .75rem; }
#at { flex: 1; min-width: 12rem; }
output { font-variant-numeric: tabular-nums; min-width: 9rem; text-align: right; }
.key { display: inline-block; width: .8em; height: .8em; }
.on { background: var(--on); } .off { background: var(--off); }`;

/** Runs in the reader's browser. */
const SCRIPT = `
"use strict";
const element = (id) => document.getElementById(id);
const facts = JSON.parse(element("facts").textContent);
const bytes = Uint8Array.from(atob(element("events").textContent), (c) => c.charCodeAt(0));
const data = new DataView(bytes.buffer);
const count = bytes.length / 8;
const timeOf = (i) => data.getUint32(i * 8, true) * facts.stepUs;
const canvas = element("screen");
const context = canvas.getContext("2d");
const picture = context.createImageData(facts.width, facts.height);
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim()
  .match(/[0-9a-f]{2}/gi).map((hex) => parseInt(hex, 16));
let nowUs = 0, playing = false, last = 0;
function firstAfter(us) {
  let low = 0, high = count;
  while (low < high) { const middle = (low + high) >> 1; if (timeOf(middle) < us) low = middle + 1; else high = middle; }
  return low;
}
function draw() {
  const on = colour("--on"), off = colour("--off");
  picture.data.fill(0);
  const windowUs = Number(element("window").value);
  for (let i = firstAfter(nowUs), end = firstAfter(nowUs + windowUs); i < end; i++) {
    const x = data.getUint16(i * 8 + 4, true), at = 4 * (data.getUint16(i * 8 + 6, true) * facts.width + (x & 0x7fff));
    const ink = x & 0x8000 ? on : off;
    picture.data[at] = ink[0]; picture.data[at + 1] = ink[1]; picture.data[at + 2] = ink[2]; picture.data[at + 3] = 255;
  }
  context.putImageData(picture, 0, 0);
  element("time").textContent = (nowUs / 1e6).toFixed(3) + " / " + (facts.durationUs / 1e6).toFixed(3) + " s";
  element("at").value = facts.durationUs > 0 ? 1000 * nowUs / facts.durationUs : 0;
}
function step(now) {
  if (!playing) return;
  nowUs += (now - last) * 1000 * Number(element("speed").value);
  last = now;
  if (nowUs > facts.durationUs) nowUs = 0;
  draw();
  requestAnimationFrame(step);
}
element("play").onclick = () => {
  playing = !playing;
  element("play").textContent = playing ? "Pause" : "Play";
  if (playing) requestAnimationFrame((now) => { last = now; step(now); });
};
element("at").oninput = () => { nowUs = element("at").value / 1000 * facts.durationUs; draw(); };
element("window").onchange = draw;
matchMedia("(prefers-color-scheme: dark)").onchange = draw;
draw();`;
