import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const BASE = ["errors", "units", "random", "log", "version"];

/** Who may import whom: the table of the architecture. A room may always import itself. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  base: [],
  events: ["base"],
  network: ["base"],
  device: ["base"],
  chip: ["base", "events", "device"],
  formats: ["base", "events", "network"],
  quantize: ["base", "network"],
  mapper: ["base", "network", "quantize", "device", "chip"],
  trainer: ["base", "network", "events", "formats"],
  wire: ["base", "chip", "events"],
  link: ["base", "chip", "events", "wire"],
  emulator: ["base", "chip", "device", "events"],
  energy: ["base", "chip", "device"],
  evaluate: ["base", "chip", "energy", "network", "events", "formats", "emulator", "wire", "device"],
  study: [
    "base",
    "network",
    "events",
    "device",
    "chip",
    "quantize",
    "mapper",
    "trainer",
    "energy",
    "evaluate",
    "emulator",
  ],
  report: ["base", "device"],
  testing: ["base", "chip", "events", "device", "formats", "link", "wire", "emulator", "energy", "evaluate"],
};

/** What single files may import beyond their room: the virtual board speaks the link, and prices what it simulates. */
const ALSO: readonly (readonly [file: RegExp, room: string])[] = [
  [/^emulator\/(virtual-board|faults)\.ts$/, "wire"],
  [/^emulator\/board\//, "wire"],
  [/^emulator\/board\/power\.ts$/, "energy"],
];

/** Packages that one room, or one file of it, alone may import. */
const PACKAGE_OWNERS: readonly (readonly [pattern: RegExp, owner: RegExp])[] = [
  [/^@tensorflow\//, /^src\/trainer\//],
  [/^protobufjs/, /^src\/(wire\/|formats\/onnx)/],
  [/^serialport$/, /^src\/link\/serial\.ts$/],
  [/^vitest/, /^src\/testing\//],
  [/^(pngjs|jpeg-js)$/, /^src\/(formats|report)\//],
  [/^gifenc$/, /^src\/report\//],
  [/^(fzstd|lz4js|flatbuffers)$/, /^src\/formats\/aedat4/],
  [/^h5wasm/, /^src\/formats\//],
  [/^zod$/, /^src\/(device\/|cli\/|trainer\/recipe-schema\.ts$)/],
  [/^yaml$/, /^src\/trainer\/load-recipe\.ts$/],
  [/^pino$/, /^src\/cli\//],
  [/^commander$/, /^src\/cli\//],
  [/^assemblyscript/, /^emulator\/kernel\//],
];

interface Import {
  readonly file: string;
  readonly from: string;
  readonly typeOnly: boolean;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && !entry.name.endsWith(".as.ts"))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((file) => !file.includes("/generated/") && !file.startsWith("emulator/kernel/as/"));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), "utf8");
  const found: Import[] = [];
  const pattern =
    /(?:^|\n)\s*(import|export)\s+(type\s)?[^;"']*?from\s+["']([^"']+)["']|import\(\s*["']([^"']+)["']\s*\)|(?:^|\n)import\s+["']([^"']+)["']/g;
  for (const match of text.matchAll(pattern)) {
    found.push({ file, from: (match[3] ?? match[4] ?? match[5]) as string, typeOnly: match[2] !== undefined });
  }
  return found;
}

function roomOf(file: string): string {
  const parts = file.split("/");
  if (parts[0] === "emulator") return "emulator";
  if (parts.length === 2) {
    const name = (parts[1] as string).replace(/\.ts$/, "");
    return BASE.includes(name) ? "base" : name;
  }
  return parts[1] as string;
}

const files = [...sourceFiles("src"), ...sourceFiles("emulator")];
const imports = files.flatMap(importsOf);

describe("architecture", () => {
  it("finds the sources", () => {
    expect(files).toContain("src/chip/config.ts");
    expect(files).toContain("emulator/program.ts");
    expect(imports.length).toBeGreaterThan(files.length);
  });

  it("lets rooms import only what the table allows", () => {
    const breaches: string[] = [];
    for (const { file, from } of imports) {
      if (!from.startsWith(".")) continue;
      const room = roomOf(file);
      const target = relative(root, resolve(root, dirname(file), from));
      if (target.includes("/generated/")) continue;
      const targetRoom = roomOf(target);
      if (room === targetRoom || room === "cli" || room === "index") continue;
      if (ALSO.some(([pattern, also]) => pattern.test(file) && also === targetRoom)) continue;
      if (targetRoom === "cli" || !(ALLOWED[room] ?? []).includes(targetRoom))
        breaches.push(`${file} imports ${target}`);
    }
    expect(breaches).toEqual([]);
  });

  it("keeps each outside package with its one owner", () => {
    const breaches = imports.filter(({ file, from }) =>
      PACKAGE_OWNERS.some(([pattern, owner]) => pattern.test(from) && !owner.test(file)),
    );
    expect(breaches).toEqual([]);
  });

  it("keeps Node out of the emulator, so that it also runs in a browser", () => {
    const seen = new Set<string>();
    const queue = ["emulator/index.ts", "emulator/virtual-board.ts", "emulator/faults.ts"].filter((file) =>
      files.includes(file),
    );
    const node: string[] = [];
    while (queue.length > 0) {
      const file = queue.pop() as string;
      if (seen.has(file)) continue;
      seen.add(file);
      for (const { from, typeOnly } of importsOf(file)) {
        if (typeOnly) continue;
        if (from.startsWith("node:")) node.push(`${file} imports ${from}`);
        if (from.startsWith(".")) queue.push(relative(root, resolve(root, dirname(file), from)));
      }
    }
    expect(node).toEqual([]);
  });

  it("keeps the clock and unseeded randomness above cli/", () => {
    const breaches = files.filter((file) => {
      // A line to hardware lives in real time; whatever needs a clock of it takes one that is handed in.
      if (file.startsWith("src/cli/") || file === "src/wire/clock.ts") return false;
      return /Math\.random\(|Date\.now\(|new Date\(\)|performance\.now\(/.test(readFileSync(join(root, file), "utf8"));
    });
    expect(breaches).toEqual([]);
  });

  it("has no barrel files but the two entrances", () => {
    const barrels = files.filter((file) => file.endsWith("/index.ts"));
    expect(barrels.sort()).toEqual(["emulator/index.ts", "src/index.ts"].filter((file) => files.includes(file)));
  });

  it("has no cycles between files", () => {
    const graph = new Map(files.map((file) => [file, [] as string[]]));
    for (const { file, from, typeOnly } of imports) {
      if (typeOnly || !from.startsWith(".")) continue;
      const target = relative(root, resolve(root, dirname(file), from));
      if (graph.has(target)) graph.get(file)?.push(target);
    }
    const state = new Map<string, "open" | "done">();
    const cycles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (state.get(file) === "done") return;
      if (state.get(file) === "open") {
        cycles.push([...path.slice(path.indexOf(file)), file].join(" -> "));
        return;
      }
      state.set(file, "open");
      for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
      state.set(file, "done");
    };
    for (const file of files) visit(file, []);
    expect(cycles).toEqual([]);
  });
});
