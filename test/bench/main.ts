// `npm run bench`: ratios of speeds, each measured in one interleaved run so that the machine's other work cancels out.
// `--json` prints the same as one JSON document. Exits with 1 when a promised ratio is missed.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { wasmBase64 } from "../../emulator/kernel/generated/event.ts";
import { loadDevice } from "../../src/device/catalogue.ts";
import type { Device } from "../../src/device/types.ts";
import { encodeChip } from "../../src/wire/chip-codec.ts";
import { benchEventMode, type Line } from "./event-mode.ts";
import { benchFormats } from "./formats.ts";
import { benchLink, type Size } from "./link.ts";
import { median } from "./measure.ts";
import { buildBench, NINE_CORES } from "./networks.ts";
import { benchTraining } from "./training.ts";

const STARTS = 7;

/** Median time to load nine cores, each time in a fresh process. */
function startUp(device: Device): Size {
  const folder = mkdtempSync(join(tmpdir(), "spikewright-bench-"));
  try {
    const file = join(folder, "nine.pb");
    writeFileSync(file, encodeChip(buildBench(NINE_CORES, device.spec, 10_000).program.config));
    const times = Array.from({ length: STARTS }, () => {
      const script = fileURLToPath(new URL("start-up.js", import.meta.url));
      const output = execFileSync(process.execPath, [script, file], { encoding: "utf8" });
      const { decodeMs, engineMs } = JSON.parse(output) as { decodeMs: number; engineMs: number };
      return decodeMs + engineMs;
    });
    return { what: "nine cores from file to ready", value: median(times), unit: "ms", below: 20 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function row({ what, speed, against, ratio, atLeast }: Line, unit: string, digits: number, scale = 1): string[] {
  return [
    what,
    `${(speed.median / scale).toFixed(0)} / ${(against.median / scale).toFixed(0)} ${unit}/s`,
    ratio.toFixed(digits),
    atLeast === undefined ? "" : `>= ${atLeast.toFixed(digits)} ${ratio >= atLeast ? "ok" : "MISSED"}`,
  ];
}

function table(): string {
  const rows = [
    ...lines.map((line) => row(line, "M taps", 2, 1e6)),
    ...formats.map((line) => row(line, "M events", 3, 1e6)),
    ...training.lines.map((line) => row(line, "images", 2)),
    ...training.skipped.map((what) => [what]),
  ];
  for (const { what, value, unit, below } of sizes) {
    rows.push([
      what,
      "",
      `${value.toFixed(unit === "ms" || unit === "us" ? 2 : 1)} ${unit}`,
      `< ${below} ${value < below ? "ok" : "MISSED"}`,
    ]);
  }
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

const device = await loadDevice("virtual");
const lines = benchEventMode(device.spec);
const formats = await benchFormats();
const sizes = [
  startUp(device),
  { what: "kernel", value: (wasmBase64.length * 0.75) / 1000, unit: "kB", below: 100 },
  ...(await benchLink(device)),
];
const training = await benchTraining();
const json = process.argv.includes("--json");
process.stdout.write(json ? `${JSON.stringify({ lines, formats, training, sizes })}\n` : `${table()}\n`);
const missed =
  [...lines, ...formats, ...training.lines].some(({ ratio, atLeast }) => ratio < (atLeast ?? 0)) ||
  sizes.some(({ value, below }) => value >= below);
if (missed) process.exitCode = 1;
