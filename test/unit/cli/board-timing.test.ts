import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { emulate } from "../../../src/cli/commands/emulate.ts";
import { map } from "../../../src/cli/commands/map.ts";
import { createContext } from "../../../src/cli/context.ts";
import { chipOf } from "../../../src/device/board.ts";
import { loadDevice } from "../../../src/device/catalogue.ts";
import { writeEvents } from "../../../src/formats/event-files.ts";
import { writeNir } from "../../../src/formats/nir-write.ts";
import type { MapResult } from "../../../src/mapper/map-network.ts";
import { chain, conv, spike } from "../../support/build-network.ts";
import { eventsOf } from "../../support/tiny-chip.ts";

const folder = mkdtempSync(join(tmpdir(), "spikewright-board-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);
const context = await createContext({ quiet: true, force: true, color: false });
const { spec: board } = await loadDevice("virtual-board");

describe("emulate --timing on a board", () => {
  it("takes twelve layers, more than a chip has cores, and adds a delay for each link on the way", async () => {
    const layers = Array.from({ length: 12 }, (_, i) => [
      [`c${i}`, conv(1, 1, 1, { weight: [1] })] as const,
      [`i${i}`, spike()] as const,
    ]);
    writeFileSync(at("deep.nir"), await writeNir(chain([1, 16, 16], layers.flat())));
    const recording = eventsOf([
      [0, 1, 3, 4],
      [500, 1, 5, 6],
    ]);
    writeFileSync(at("events.csv"), await writeEvents(recording, "csv"));
    const planned = { quantize: "default", objective: "load", split: "auto", limit: 5 } as const;
    const mapped = await map(at("deep.nir"), { ...planned, device: board.name, output: at("chip.pb") }, context);
    const chips = (mapped.json.layers as MapResult["layers"]).map(({ core }) => chipOf(board, core));
    const links = chips.slice(1).filter((chip, i) => chip !== chips[i]).length;
    expect(links).toBeGreaterThan(0);

    const flags = { events: at("events.csv"), energy: "literature", mode: "event", timing: true } as const;
    const { json } = await emulate(at("chip.pb"), flags, context);
    const perCore = json.layers as { linkEvents: number; spikes: number }[];
    expect(perCore.map(({ spikes }) => spikes)).toEqual(new Array(12).fill(2));
    expect(perCore.reduce((sum, { linkEvents }) => sum + linkEvents, 0)).toBe(2 * links);
    const { tIn, tMap, tKernel, tNeuron, tOut, padIn, padOut } = board.timing;
    const stages = [tIn, tMap, tKernel, tNeuron, tOut].reduce((sum, { value }) => sum + value, 0);
    const delay = board.board?.link.delay.value as number;
    const latencyUs = (padIn.value + 12 * stages + links * delay + padOut.value) / 1e6;
    expect(json.timing).toMatchObject({ latencyUs: { p50: latencyUs, max: latencyUs } });
  });
});
