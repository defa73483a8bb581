import { describe, expect, it } from "vitest";
import { floorplanSvg } from "../../../src/report/floorplan.ts";
import { htmlPage } from "../../../src/report/html.ts";
import type { Floorplan, FloorplanLayer } from "../../../src/report/types.ts";

function layer(core: number, name: string, change: Partial<FloorplanLayer> = {}): FloorplanLayer {
  return {
    core,
    name,
    group: name,
    output: "8x4x4",
    kernel: "3x3, stride 1",
    kernelWords: { need: 512, have: 1024 },
    neuronWords: { need: 128, have: 1024 },
    leakWords: { need: 0, have: 16 },
    load: 10,
    isOutput: false,
    ...change,
  };
}

const plan: Floorplan = {
  device: "Chip <1>",
  cores: [0, 1, 2, 3].map((id) => ({ id, chip: 0, units: 1 })),
  layers: [layer(2, "a&b", { load: 30 }), layer(0, "c", { kernelWords: { need: 1000, have: 1024 }, isOutput: true })],
  input: "2x8x8",
  routes: [
    { from: "input", to: "a&b", label: "pool 2" },
    { from: "a&b", to: "c", label: "" },
    { from: "input", to: "c", label: "features +4" },
  ],
  loadTitle: "SynOps a sample, measured",
};

/** What a reader of the picture sees, in order. */
const texts = (svg: string): string[] => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);

describe("floorplanSvg", () => {
  it("shows every core, used or free, with its layer and its fullest memory", () => {
    const seen = texts(floorplanSvg(plan));
    expect(seen).toEqual(
      expect.arrayContaining(["core 0", "core 2", "core 1, free", "core 3, free", "memory 50 %", "memory 98 %"]),
    );
    expect(seen).toContain("Chip &#60;1&#62;");
    expect(seen.filter((text) => text === "a&#38;b")).toHaveLength(2);
  });

  it("shows load, memory use and routes of every layer", () => {
    const svg = floorplanSvg(plan);
    expect(texts(svg)).toEqual(
      expect.arrayContaining([
        "75 % of load",
        "25 % of load",
        "50 %",
        "98 %",
        "input 2x8x8",
        "pool 2",
        "features +4",
        "output",
      ]),
    );
    expect(svg.match(/marker-end/g)).toHaveLength(3);
    expect(svg).toContain("1,000 of 1,024 words");
  });

  it("gives a layer on many cores one row of cells, and a board one frame a chip", () => {
    const parts = [0, 1, 2, 3].map((core) => layer(core, `conv/${core + 1}`, { group: "conv" }));
    const cores = [0, 1, 2, 3, 4, 5].map((id) => ({ id, chip: id >> 1, units: 1 }));
    const seen = texts(floorplanSvg({ ...plan, cores, layers: parts, routes: [] }));
    expect(seen).toContain("conv on 4 cores");
    expect(seen.filter((text) => text.startsWith("chip "))).toEqual(["chip 0", "chip 1", "chip 2"]);
  });

  it("is the same every time and holds no number that is not one", () => {
    expect(floorplanSvg(plan)).toBe(floorplanSvg(plan));
    expect(floorplanSvg({ ...plan, layers: plan.layers.map((one) => ({ ...one, load: 0 })) })).not.toMatch(
      /NaN|Infinity/,
    );
  });
});

it("htmlPage is one file that loads nothing, and escapes what it is given", () => {
  const page = htmlPage({
    title: "<script>",
    subtitle: "a & b",
    sections: [
      { title: "T", figures: [["cores", "2"]], svg: floorplanSvg(plan), table: { head: ["h"], rows: [["<b>"]] } },
    ],
  });
  expect(page).not.toMatch(/<script|src=|href=|@import|url\((?!#arrow)/);
  expect(page).toContain("&#60;b&#62;");
  expect(page.startsWith("<!doctype html>")).toBe(true);
});
