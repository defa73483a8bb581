import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EmulatedChip } from "../../emulator/emulated-chip.ts";
import type { RunResult } from "../../src/chip/chip.ts";
import type { ChipConfig } from "../../src/chip/config.ts";
import { loadDevice } from "../../src/device/catalogue.ts";
import { ChipError } from "../../src/errors.ts";
import type { EventStream } from "../../src/events/event-stream.ts";
import { writeEventFile } from "../../src/formats/event-files.ts";
import { openBoard } from "../../src/link/board-chip.ts";
import { type LinePort, openLine } from "../../src/link/open.ts";
import { parsePortUrl } from "../../src/link/port-url.ts";
import { Random } from "../../src/random.ts";
import { encodeChip } from "../../src/wire/chip-codec.ts";
import { randomEvents } from "../conformance/cases.ts";
import { type BoardProcess, startBoard } from "../support/board-process.ts";
import { bin } from "../support/cli.ts";
import { hasSocat } from "../support/lines.ts";
import { nineCores } from "../support/nine-cores.ts";
import { forEachCase } from "../support/soak.ts";

const PLACES = ["tcp://127.0.0.1:0", ...(hasSocat ? ["pty"] : [])];
/** A host needs about so long to start, deploy and run; it is killed somewhere in there. */
const HOST_MS = 1500;

let folder = "";
let config: ChipConfig;
let chipPb: Uint8Array;
let expected: RunResult;
const long: EventStream = randomEvents(2, 60_000, [2, 8, 8], 3);
const short: EventStream = randomEvents(1, 300, [2, 8, 8]);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "spikewright-kill-"));
  const device = await loadDevice("speck2f");
  config = nineCores(device, 60_000);
  chipPb = encodeChip(config);
  writeFileSync(join(folder, "chip.pb"), chipPb);
  await writeEventFile(join(folder, "long.npz"), long, { format: "npz" });
  const emulator = new EmulatedChip(device);
  await emulator.configure(config);
  expected = await emulator.run(short);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const openedBoard = async (port: string) =>
  openBoard(await openLine(parsePortUrl(port) as LinePort), { timeoutMs: 500 });

/** A new host finds a board that takes a configuration and runs it as if nothing had been before. */
async function expectClean(port: string): Promise<void> {
  const chip = await openedBoard(port);
  try {
    await chip.upload(chipPb);
    const result = await chip.run(short);
    expect(result.events).toEqual(expected.events);
    expect(result.perCore).toEqual(expected.perCore);
  } finally {
    await chip[Symbol.asyncDispose]();
  }
}

describe("after kill -9 at a random moment the next connection starts clean", () => {
  const boards = new Map<string, BoardProcess>();
  afterAll(async () => {
    for (const board of boards.values()) await board.stop();
  });
  const standing = async (listen: string): Promise<BoardProcess> => {
    const board = boards.get(listen) ?? (await startBoard(listen));
    boards.set(listen, board);
    return board;
  };

  it("of the host", async () => {
    let place = 0;
    await forEachCase(
      "kill -9 of the host",
      async (seed) => {
        const { port } = await standing(PLACES[place++ % PLACES.length] as string);
        const args = ["run", "--port", port, "--chip", "chip.pb", "--events", "long.npz", "--quiet"];
        const host = spawn(process.execPath, [bin, ...args], { cwd: folder, stdio: "ignore" });
        const ended = new Promise((resolve) => host.once("exit", resolve));
        await sleep(new Random(seed).below(HOST_MS));
        host.kill("SIGKILL");
        await ended;
        await expectClean(port);
      },
      { share: 4, full: 100, seed: 5 },
    );
  });

  it("of the board, which the host learns in one line", async () => {
    let place = 0;
    await forEachCase(
      "kill -9 of the board",
      async (seed) => {
        const listen = PLACES[place++ % PLACES.length] as string;
        const board = await startBoard(listen);
        const chip = await openedBoard(board.port);
        const work = (async () => {
          for (;;) {
            await chip.upload(chipPb);
            await chip.run(long);
          }
        })().catch((error: unknown) => error);
        await sleep(new Random(seed).below(400));
        await board.stop("SIGKILL");
        const error = await work;
        expect(error).toBeInstanceOf(ChipError);
        expect(error).toMatchObject({ code: "E_LINK" });
        await chip[Symbol.asyncDispose]();
        const again = await startBoard(listen);
        try {
          await expectClean(again.port);
        } finally {
          await again.stop();
        }
      },
      { share: 4, full: 100, seed: 6 },
    );
  });
});
