import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ChipConfig } from "../../src/chip/config.ts";
import { loadDevice } from "../../src/device/catalogue.ts";
import { writeEventFile } from "../../src/formats/event-files.ts";
import { encodeChip } from "../../src/wire/chip-codec.ts";
import { randomEvents } from "../conformance/cases.ts";
import { type BoardProcess, startBoard } from "../support/board-process.ts";
import { cli } from "../support/cli.ts";
import { hasSocat } from "../support/lines.ts";
import { nineCores } from "../support/nine-cores.ts";

let folder = "";
let config: ChipConfig;
const boards: BoardProcess[] = [];
const ports = new Map<string, string>();
const PLACES = ["virtual:", "tcp", ...(hasSocat ? ["pty"] : [])];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "spikewright-boards-"));
  const device = await loadDevice("speck2f");
  config = nineCores(device, 20_000);
  writeFileSync(join(folder, "chip.pb"), encodeChip(config));
  await writeEventFile(join(folder, "rec.npz"), randomEvents(4, 2000, [2, 8, 8]), { format: "npz" });
  ports.set("virtual:", "virtual:");
  for (const [place, listen] of [["tcp", "tcp://127.0.0.1:0"], ...(hasSocat ? [["pty", "pty"]] : [])] as const) {
    const board = await startBoard(listen as string);
    boards.push(board);
    ports.set(place as string, board.port);
  }
});
afterAll(async () => {
  for (const board of boards) await board.stop();
  rmSync(folder, { recursive: true, force: true });
});

const read = (file: string): string => readFileSync(join(folder, file), "utf8");

/** With a cache of its own, so that what others deployed does not matter. */
function json(...args: readonly string[]) {
  const { stdout, status } = cli([...args, "--json"], folder, { XDG_CACHE_HOME: join(folder, "cache") });
  return { ...JSON.parse(stdout), status };
}

describe.each(PLACES)("a board at %s", (place) => {
  const port = (): string => ports.get(place) as string;
  const given = place === "virtual:" ? ["--chip", "chip.pb"] : [];

  it("is deployed to, and says what it runs", () => {
    const deployed = json("deploy", "chip.pb", "--port", port());
    expect(deployed).toMatchObject({ ok: true, sent: true, device: "speck2f", board: { device: { name: "speck2f" } } });
    expect(deployed.board.configCrc32).toBe(deployed.chip.crc32);
    expect(deployed.layers).toHaveLength(9);
    if (place !== "virtual:") expect(json("deploy", "chip.pb", "--port", port()).sent).toBe(false);
  });

  it("runs a recording with the report and the output file of emulate", () => {
    const emulated = json("emulate", "chip.pb", "--events", "rec.npz", "-o", "emulated.npz", "--force");
    const ran = json("run", "--port", port(), ...given, "--events", "rec.npz", "-o", "ran.npz", "--force");
    for (const key of ["layers", "totals", "input", "energy", "output", "durationUs", "synOpsFanOut"]) {
      expect(ran[key], key).toEqual(emulated[key]);
    }
    expect(readFileSync(join(folder, "ran.npz"))).toEqual(readFileSync(join(folder, "emulated.npz")));
    expect(ran.power.energyJ).toBeGreaterThan(0);
  });

  it("compares equal with the emulator, every spike of all nine layers", () => {
    const compared = json("compare", "chip.pb", "--events", "rec.npz", "--left", "emulator", "--right", port());
    expect(compared).toMatchObject({ ok: true, status: 0, equal: true, first: null, events: { sameOrder: true } });
    expect(compared.events.left).toBeGreaterThan(500);
    expect(compared.monitored).toHaveLength(9);
  });

  it.skipIf(place === "virtual:")("with one weight changed is found out, by layer and spike", () => {
    const cores = config.cores.map((core, i) => {
      if (i !== 1) return core;
      const weights = core.weights.slice();
      weights[0] = (weights[0] as number) + 40;
      return { ...core, weights };
    });
    writeFileSync(join(folder, "changed.pb"), encodeChip({ ...config, cores }));
    expect(json("deploy", "changed.pb", "--port", port()).sent).toBe(true);
    const compared = json("compare", "chip.pb", "--events", "rec.npz", "--right", port(), "--as-is");
    expect(compared).toMatchObject({ ok: false, status: 1, equal: false, error: { code: "E_DIFFERENT" } });
    expect(compared.first).toMatchObject({ layer: "layer1", core: config.cores[1]?.core });
    expect(compared.layers.map(({ equal }: { equal: boolean }) => equal).indexOf(false)).toBe(1);
    expect(compared.error.message).toMatch(
      /^different: first difference at t \d+ us, core \d \(layer1\), feature \d+, y \d, x \d: only/,
    );
    expect(json("deploy", "chip.pb", "--port", port()).sent).toBe(true);
  });

  it("is watched under load, and its meters give prices back", () => {
    const args = ["--port", port(), ...given, "--events", "rec.npz", "--loop", "--interval", "60ms"];
    const watched = json("monitor", ...args, "--samples", "8", "-o", "samples.jsonl", "--force");
    expect(watched).toMatchObject({ ok: true, status: 0 });
    expect(watched.samples).toHaveLength(8);
    expect(watched.samples[7].counters.taps).toBeGreaterThan(0);
    const found = json("calibrate", "samples.jsonl", "--prices", "perTap", "-o", "energy.json", "--force");
    expect(found.rails.map(({ rail }: { rail: string }) => rail)).toContain("LOGIC");
    expect(found.prices.perTap.joules > 0).toBe(JSON.parse(read("energy.json")).perTap !== undefined);
  });

  it("prices a run by what was measured", () => {
    const line = (taps: number) =>
      JSON.stringify({ intervalUs: 1e6, counters: { taps }, powerW: { RAM: 1e-4, LOGIC: 1e-4 + taps * 2e-11 } });
    const samples = [0, 1e6, 3e6, 1e7].map(line).join("\n");
    writeFileSync(join(folder, "by-hand.jsonl"), samples);
    const found = json("calibrate", "by-hand.jsonl", "--prices", "perTap", "-o", "by-hand.json", "--force");
    expect(found.prices.perTap.joules).toBeCloseTo(2e-11, 15);
    const ran = json("run", "--port", port(), ...given, "--events", "rec.npz", "--energy", "by-hand.json");
    expect(ran.energy.evidence).toBe("measured");
    expect(ran.energy.perSynOpJ / 2e-11).toBeCloseTo(1, 5);
    expect(ran.energy.dynamicJ).toBeGreaterThan(0);
  });
});

describe("boards refuse in one line", () => {
  it("what was mapped for another device", async () => {
    const other = await loadDevice("virtual");
    writeFileSync(join(folder, "other.pb"), encodeChip(nineCores(other, 5000)));
    const refused = json("deploy", "other.pb", "--port", ports.get("tcp") as string);
    expect(refused).toMatchObject({ ok: false, status: 1, error: { code: "E_DEVICE_MISMATCH" } });
    expect(refused.error.message).toMatch(
      /carries speck2f, the configuration is for virtual; map the network with --device/,
    );
  });

  it("to run what nobody deployed", async () => {
    const empty = await startBoard("tcp://127.0.0.1:0");
    try {
      const refused = json("run", "--port", empty.port, "--events", "rec.npz");
      expect(refused).toMatchObject({ ok: false, status: 1, error: { code: "E_CONFIG" } });
    } finally {
      expect(await empty.stop()).toBe(130);
    }
  });

  it.each([
    [["run", "--port", "tcp://127.0.0.1:1", "--events", "rec.npz"], "E_LINK", /nobody listens there/],
    [["run", "--port", "/dev/ttyACM0", "--events", "rec.npz"], "E_OPTION", /did you mean serial:/],
    [["run", "--events", "rec.npz"], "E_OPTION", /no port is given/],
    [["board", "--listen", "moon"], "E_OPTION", /no place to listen/],
    [["board"], "E_OPTION", /say where the board listens/],
    [["board", "--stdio", "--fault", "drop=2"], "E_OPTION", /drop=2/],
    [["monitor", "--port", "emulator:", "--chip", "chip.pb"], "E_OPTION", /watches a board/],
  ])("%j", (args, code, message) => {
    const refused = json(...args);
    expect(refused).toMatchObject({ ok: false, status: 1, error: { code } });
    expect(refused.error.message).toMatch(message);
  });

  it("a line with faults costs time, and no spike", async () => {
    const board = await startBoard(
      "tcp://127.0.0.1:0",
      "--fault",
      "drop=0.001,corrupt=0.001,disconnect@25000",
      "--quiet",
    );
    try {
      const compared = json("compare", "chip.pb", "--events", "rec.npz", "--right", board.port);
      expect(compared).toMatchObject({ status: 0, equal: true });
      expect(compared.right.link.resent).toBeGreaterThan(0);
      expect(compared.right.link.reconnects).toBeGreaterThan(0);
    } finally {
      await board.stop();
    }
  });
});
