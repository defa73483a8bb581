import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { goldenRoot } from "../support/data.ts";
import { type GoldenCase, readCases } from "./case.ts";
import { differences, PATHS } from "./check.ts";
import { goldenCommand } from "./command.ts";

// Worked out by hand, each small enough to follow on paper.
const own = fileURLToPath(new URL("cases", import.meta.url));

describe("own golden cases", () => {
  for (const golden of readCases(own)) {
    it.each(PATHS)(`[T1] ${golden.name}: $name`, (path) => {
      expect(differences(golden, path)).toEqual([]);
    });
  }
});

describe.skipIf(!goldenRoot)("golden cases computed by sinabs", () => {
  const cases = goldenRoot ? readCases(goldenRoot) : [];

  it("finds them", () => {
    expect(cases.map((golden) => golden.name.slice(0, 2))).toEqual(["d1", "d2", "d3", "d4", "d5", "d6"]);
  });

  for (const golden of cases) {
    it.each(PATHS)(`[T1] ${golden.name}: $name`, (path) => {
      expect(differences(golden, path)).toEqual([]);
    });
  }
});

describe("the comparison itself", () => {
  const [golden] = readCases(own).filter(({ name }) => name === "borders-and-average-pool") as [GoldenCase];
  const path = PATHS[0];

  it.each([
    ["spikes", { spikes: [golden.spikes[0].slice(1), golden.spikes[1]] }],
    ["spike count", { spike_counts: [6, 2] }],
    ["final membranes", { v_mem_final: [[1, 1, 2, 4], [0.5]] }],
    ["synops", { synops: [13, 7] }],
    ["membrane range", { v_range: [golden.v_range[0], [1.5, 0]] as GoldenCase["v_range"] }],
  ])("names a difference in %s", (what, change) => {
    const found = differences({ ...golden, ...change }, path);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(what);
  });
});

describe("npm run golden", () => {
  const scratch = mkdtempSync(join(tmpdir(), "spikewright-golden-"));
  afterAll(() => rmSync(scratch, { recursive: true }));

  function run(...args: string[]): { code: number; out: string; err: string } {
    let out = "";
    let err = "";
    const code = goldenCommand(
      args,
      (text) => (out += text),
      (text) => (err += text),
    );
    return { code, out, err };
  }

  function folderWith(name: string, content: string): string {
    const folder = join(scratch, name);
    mkdirSync(join(folder, "deeper"), { recursive: true });
    writeFileSync(join(folder, "deeper", "case.json"), content);
    return folder;
  }

  it("prints a line for every case and path, and passes", () => {
    const { code, out, err } = run(own);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("4 cases, 24 runs, 24 exact, 0 different\n");
    expect(out.split("\n").filter((line) => line.endsWith("exact"))).toHaveLength(24);
  });

  it("fails on a single wrong number and says where", () => {
    const wrong = JSON.parse(readFileSync(join(own, "multi-spike.json"), "utf8")) as Record<string, unknown>;
    const { code, out } = run(folderWith("wrong", JSON.stringify({ ...wrong, synops: [8] })));
    expect(code).toBe(1);
    expect(out).toContain("layer 0, synops: 7, the case says 8\n");
    expect(out).toContain("1 cases, 6 runs, 0 exact, 6 different\n");
  });

  it.each([
    ["no folder", () => join(scratch, "nowhere"), "is not a folder", "[E_FILE_NOT_FOUND]"],
    ["a file", () => join(own, "multi-spike.json"), "is not a folder", "[E_FILE_NOT_FOUND]"],
    ["no cases", () => mkdtempSync(join(scratch, "empty-")), "holds no .json file", "[E_DATASET]"],
    ["no JSON", () => folderWith("broken", "{"), "case.json is not JSON", "[E_FORMAT]"],
    ["another format", () => folderWith("other", '{"format":"x"}'), '"snn-golden-1" is needed', "[E_FORMAT]"],
    ["no layers", () => folderWith("bare", '{"format":"snn-golden-1"}'), 'needs "layers"', "[E_FORMAT]"],
  ])("explains %s", (_what, folder, message, code) => {
    const result = run(folder());
    expect(result.code).toBe(1);
    expect(result.err).toContain(message);
    expect(result.err).toContain(code);
    expect(result.err.trim().split("\n")).toHaveLength(1);
  });

  it("explains how to call it", () => {
    expect(run()).toEqual({ code: 2, out: "", err: expect.stringContaining("usage: npm run golden -- DIR") });
  });
});
