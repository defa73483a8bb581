import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { map } from "../../../src/cli/commands/map.ts";
import { report } from "../../../src/cli/commands/report.ts";
import { createContext } from "../../../src/cli/context.ts";
import type { MapFlags } from "../../../src/cli/map-commands.ts";
import { writeNir } from "../../../src/formats/nir-write.ts";
import type { MapResult } from "../../../src/mapper/map-network.ts";
import { chain, conv, spike } from "../../support/build-network.ts";
import { cifarNet } from "../../support/published-networks.ts";
import { thrownAsync } from "../../support/thrown.ts";

const folder = mkdtempSync(join(tmpdir(), "spikewright-map-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);
const context = await createContext({ quiet: true, force: true, color: false });
const flags = (change: Partial<MapFlags> = {}): MapFlags => ({
  device: "speck2f",
  output: at("chip.pb"),
  quantize: "default",
  objective: "load",
  split: "auto",
  limit: 20,
  ...change,
});

/** Three layers that want the two largest cores. */
const big = () => conv(64, 64, 3, { padding: 1 });
const rivals = chain(
  [2, 4, 4],
  [
    ["stem", conv(2, 64, 1)],
    ["i0", spike()],
    ["a", big()],
    ["i1", spike()],
    ["b", big()],
    ["i2", spike()],
    ["c", big()],
    ["i3", spike()],
  ],
);
writeFileSync(at("rivals.nir"), await writeNir(rivals));
writeFileSync(at("cifar.nir"), await writeNir(cifarNet().network));

describe("map", () => {
  it("splits where it must, says so, and writes the vendor's layout beside chip.pb", async () => {
    const { json, text } = await map(at("rivals.nir"), flags({ samna: at("samna.json"), explain: true }), context);
    const layers = json.layers as MapResult["layers"];
    // The last layer is split: nothing stands behind it that could tell.
    expect(layers.map(({ name }) => name)).toEqual(["stem", "a", "b", "c/1", "c/2"]);
    expect(text).toMatch(/c is split: features 0-31 on core 3, 32-63 on core 4/);
    expect(json).toMatchObject({ objective: "load", load: "estimated", optimal: false });
    const samna = JSON.parse(readFileSync(at("samna.json"), "utf8"));
    expect(samna.cnn_layers[3].weights).toHaveLength(32);
    expect(text).toMatch(/65,536 \/ 65,536 \(100 %\)/);
  });

  it("refuses where it may not split, names the way out, and other devices", async () => {
    const { message, details } = await thrownAsync(() => map(at("rivals.nir"), flags({ split: "never" }), context));
    expect(message).toContain("split c by features into parts of 32 + 32 (--split auto)");
    expect(details.devices).toEqual(["virtual", "virtual-board"]);
  });

  it("refuses boards for the vendor's layout", async () => {
    const board = flags({ device: "virtual-board", samna: at("board.json") });
    expect((await thrownAsync(() => map(at("rivals.nir"), board, context))).message).toContain("not for virtual-board");
  });
});

describe("report", () => {
  it("draws a chip.pb and a folder, with an estimated or a measured load", async () => {
    await map(at("rivals.nir"), flags(), context);
    const estimated = await report(at("chip.pb"), { output: at("a.html") }, context);
    expect(estimated.text).toContain("5 cores, load: SynOps an input event, estimated");
    expect(readFileSync(at("a.html"), "utf8")).toContain("c/2");

    const cores = (await map(at("rivals.nir"), flags(), context)).json.layers as MapResult["layers"];
    const perCore = cores.map(({ core }, i) => ({ core, taps: 10 * (i + 1) }));
    // As evaluate -o writes it: a line a recording, with what its slices gave.
    const line = (...predictions: number[]): string => {
      const results = predictions.map((prediction, i) => ({ id: `7#${i}`, label: 1, prediction, perCore }));
      return JSON.stringify({ id: "7", results });
    };
    writeFileSync(at("samples.jsonl"), `${line(1, 0, 1)}\n${line(0)}\n{"half`);
    const { json } = await report(folder, { output: at("b.html") }, context);
    expect(json.figures).toEqual({ samples: 4, accuracy: 0.5, synOps: 150 });
    expect(readFileSync(at("b.html"), "utf8")).toContain("SynOps a sample, measured");

    writeFileSync(at("em.json"), JSON.stringify({ ok: true, layers: perCore }));
    expect((await report(at("chip.pb"), { output: at("c.html"), load: at("em.json") }, context)).json.figures).toEqual({
      synOps: 150,
    });
    writeFileSync(at("em.json"), JSON.stringify({ ok: true, layers: perCore.slice(1) }));
    const missing = await thrownAsync(() =>
      report(at("chip.pb"), { output: at("c.html"), load: at("em.json") }, context),
    );
    expect(missing.message).toContain("em.json has no taps of core");
  });

  it("says of a folder without chip.pb what to do", async () => {
    const page = { output: at("d.html") };
    mkdirSync(at("empty"));
    const refusal = async (): Promise<string> => (await thrownAsync(() => report(at("empty"), page, context))).message;
    expect(await refusal()).toMatch(/empty holds no chip.pb; give a chip.pb, or a folder that holds one\./);
    writeFileSync(at("empty/samples.jsonl"), "");
    expect(await refusal()).toContain(`--load ${at("empty")}`);
    writeFileSync(at("empty/net.nir"), "");
    expect(await refusal()).toContain(`spikewright map ${at("empty/net.nir")} -o ${at("empty/chip.pb")}`);
    const load = { ...page, load: at("empty") };
    expect((await thrownAsync(() => report(at("chip.pb"), load, context))).message).toContain("no finished sample");
  });

  it("draws a board, split layers as rows of cells", async () => {
    await map(at("cifar.nir"), flags({ device: "virtual-board", output: at("board.pb") }), context);
    await report(at("board.pb"), { output: at("board.html") }, context);
    const page = readFileSync(at("board.html"), "utf8");
    expect(page).toContain("chip 14");
    expect(page).toMatch(/layer7 on \d+ cores/);
  });
});
