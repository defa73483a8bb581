import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EmulatedChip } from "../../emulator/emulated-chip.ts";
import { faultyLink, NO_FAULTS, parseFaults } from "../../emulator/faults.ts";
import type { RunResult } from "../../src/chip/chip.ts";
import type { ChipConfig } from "../../src/chip/config.ts";
import { loadDevice } from "../../src/device/catalogue.ts";
import type { EventStream } from "../../src/events/event-stream.ts";
import { writeEventFile } from "../../src/formats/event-files.ts";
import { type BoardChip, openBoard } from "../../src/link/board-chip.ts";
import { openProgram } from "../../src/link/program-link.ts";
import { openSerial } from "../../src/link/serial.ts";
import { Random } from "../../src/random.ts";
import { encodeChip } from "../../src/wire/chip-codec.ts";
import { crc32 } from "../../src/wire/crc.ts";
import { randomEvents, ruleCases } from "../conformance/cases.ts";
import { bin } from "../support/cli.ts";
import { buildReference, hasNanopb, type PtyFirmware, startFirmware } from "../support/reference-c.ts";
import { forEachCase, soaking } from "../support/soak.ts";

const device = await loadDevice("speck2f");
const config = (title: string): ChipConfig =>
  (ruleCases(device, 0, 1).find((one) => one.title.includes(title)) as { config: ChipConfig }).config;
const before = config("a convolution with padding");
const after = config("initial states");
const short = randomEvents(5, 150, [2, 6, 6]);
const long = randomEvents(6, 60_000, [2, 6, 6], 3);

async function emulated(chipConfig: ChipConfig, events: EventStream): Promise<RunResult> {
  const chip = new EmulatedChip(device);
  await chip.configure(chipConfig);
  return chip.run(events);
}

const unnamed = ({ layer: _, ...counters }: RunResult["perCore"][number]): object => counters;

async function expectSame(board: BoardChip, chipConfig: ChipConfig, events: EventStream): Promise<void> {
  const expected = await emulated(chipConfig, events);
  const result = await board.run(events);
  expect(result.events).toEqual(expected.events);
  // A host that did not send the configuration does not know the names of the layers.
  expect(result.perCore.map(unnamed)).toEqual(expected.perCore.map(unnamed));
  expect(result.input).toEqual(expected.input);
}

/** A host that comes anew finds a board that takes a configuration and runs it as if nothing had been before. */
async function expectClean(path: string): Promise<void> {
  await using board = await openBoard(await openSerial(path));
  await board.configure(before);
  await expectSame(board, before, short);
}

describe.skipIf(!hasNanopb)("the firmware in C", () => {
  let firmware = "";
  beforeAll(() => {
    firmware = buildReference("firmware", "CORES=1", "SANITIZE=1");
  });

  test.each([
    ["single bytes", "drop=0.01,corrupt=0.001", 600],
    ["bursts", "drop=0.01,corrupt=0.001,burst=100", 30_000],
  ])("neither loses nor repeats an event on a line that loses and changes bytes: %s", async (_, faults, count) => {
    const line = faultyLink(await openProgram(firmware), parseFaults(faults), 1);
    await using board = await openBoard(line, { connectTimeoutMs: 30_000, keepaliveMs: 2000 });
    await board.configure(before);
    await expectSame(board, before, randomEvents(7, soaking ? 10 * count : count, [2, 6, 6]));
    // The line was as bad as it should be.
    const { resent, discarded } = board.statistics;
    expect(resent).toBeGreaterThan(0);
    expect(discarded.bytes).toBeGreaterThan(100);
  });

  test("a line that breaks at any byte of an upload leaves the old configuration or the new one, whole", async () => {
    const crcs = [before, after].map((one) => crc32(encodeChip(one)));
    const seen = new Set<number>();
    const board = await startFirmware(firmware);
    try {
      let through = false;
      for (let cut = 1; !through; cut += soaking ? 1 : 53) {
        {
          await using first = await openBoard(await openSerial(board.path));
          await first.configure(before);
        }
        through = await uploadCutAt(board.path, cut);
        await using last = await openBoard(await openSerial(board.path));
        const which = crcs.indexOf(last.identity.configCrc32 as number);
        expect(which, `cut at byte ${cut}`).toBeGreaterThanOrEqual(0);
        if (through) expect(which).toBe(1);
        await expectSame(last, which === 0 ? before : after, short);
        seen.add(which);
      }
    } finally {
      await board.stop();
    }
    expect([...seen].sort()).toEqual([0, 1]);
  });

  describe("after kill -9 at a random moment the next connection starts clean", () => {
    let folder = "";
    let standing: PtyFirmware;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "spikewright-kill-c-"));
      writeFileSync(join(folder, "chip.pb"), encodeChip(before));
      await writeEventFile(join(folder, "long.npz"), long, { format: "npz" });
      standing = await startFirmware(firmware);
    });
    afterAll(async () => {
      await standing.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    test("of the host", async () => {
      const check = async (seed: number) => {
        const args = [
          "run",
          "--port",
          `serial:${standing.path}`,
          "--chip",
          "chip.pb",
          "--events",
          "long.npz",
          "--quiet",
        ];
        const host = spawn(process.execPath, [bin, ...args], { cwd: folder, stdio: "ignore" });
        const ended = new Promise((resolve) => host.once("exit", resolve));
        await sleep(new Random(seed).below(1500));
        host.kill("SIGKILL");
        await ended;
        await expectClean(standing.path);
      };
      await forEachCase("kill -9 of the host of the firmware in C", check, { share: 2, full: 50, seed: 7 });
    });

    test("of the board, which the host learns in one line", async () => {
      const check = async (seed: number) => {
        const victim = await startFirmware(firmware);
        const board = await openBoard(await openSerial(victim.path));
        const work = (async () => {
          for (;;) {
            await board.configure(before);
            await board.run(long);
          }
        })().catch((error: unknown) => error);
        await sleep(new Random(seed).below(400));
        await victim.stop("SIGKILL");
        expect(await work).toMatchObject({ code: "E_LINK" });
        await board[Symbol.asyncDispose]();
        const next = await startFirmware(firmware);
        try {
          await expectClean(next.path);
        } finally {
          await next.stop();
        }
      };
      await forEachCase("kill -9 of the firmware in C", check, { share: 2, full: 50, seed: 8 });
    });
  });
});

/** Uploads `after` over a line that breaks after so many bytes; true when that went through. */
async function uploadCutAt(path: string, bytes: number): Promise<boolean> {
  const line = faultyLink(await openSerial(path), { ...NO_FAULTS, disconnectAt: bytes }, 1);
  try {
    await using board = await openBoard(line);
    await board.configure(after);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: "E_LINK" });
    return false;
  } finally {
    await line.close();
  }
}
