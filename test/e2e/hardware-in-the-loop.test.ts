import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadDevice } from "../../src/device/catalogue.ts";
import { writeEventFile } from "../../src/formats/event-files.ts";
import { encodeChip } from "../../src/wire/chip-codec.ts";
import { randomEvents } from "../conformance/cases.ts";
import { startBoard } from "../support/board-process.ts";
import { bin, cli, root } from "../support/cli.ts";
import { hasSocat } from "../support/lines.ts";
import { buildReference, hasNanopb, startFirmware } from "../support/reference-c.ts";
import { tinyConfig, tinyCore } from "../support/tiny-chip.ts";

let folder = "";

/** The example of the README as it stands there, with the files that it names. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "spikewright-hil-"));
  const example = /```ts\n(\/\/ network\.test\.ts\n.*?)```/s.exec(readFileSync(join(root, "README.md"), "utf8"))?.[1];
  writeFileSync(join(folder, "network.test.ts"), example as string);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules", "spikewright"));
  symlinkSync(join(root, "node_modules", "vitest"), join(folder, "node_modules", "vitest"));
  const { spec, hash } = await loadDevice("speck2f");
  // Feature 1 sees every event as a push; the others see half of them as a pull.
  const weights = Int8Array.from({ length: 4 * 2 * 9 }, (_, i) =>
    Math.floor(i / 18) === 1 ? 20 : ((i * 29) % 41) - 20,
  );
  const core = tinyCore({
    core: 0,
    inputShape: [2, 8, 8],
    outputShape: [4, 8, 8],
    kernelSize: [3, 3],
    padding: [1, 1],
    weights,
    thresholdHigh: 60,
    thresholdLow: -60,
  });
  const config = { ...tinyConfig([core]), device: { name: spec.name, hash } };
  writeFileSync(join(folder, "chip.pb"), encodeChip(config));
  await writeEventFile(join(folder, "recording.npz"), randomEvents(3, 500, [2, 8, 8]), { format: "npz" });
  const golden = cli(["emulate", "chip.pb", "--events", "recording.npz", "-o", "golden.npz"], folder);
  expect(golden.stderr).toBe("");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly { readonly message: string; readonly assertionResults: readonly unknown[] }[];
}

/** Runs vitest in the user's folder, as a user does. */
async function runExample(port: string | undefined): Promise<Report> {
  const { SPIKEWRIGHT_PORT: _, VITEST: __, ...env } = process.env;
  const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
  const { stdout } = await promisify(execFile)(process.execPath, [vitest, "run", "--reporter=json"], {
    cwd: folder,
    env: { ...env, ...(port === undefined ? {} : { SPIKEWRIGHT_PORT: port }) },
  }).catch((error: { stdout: string }) => error);
  return JSON.parse(stdout) as Report;
}

function expectAllPassed(report: Report): void {
  const failures = JSON.stringify(report.testResults);
  expect([report.numFailedTests, report.numPassedTests], failures).toEqual([0, 4]);
}

describe("the README's example of a test passes unchanged", () => {
  it.each([[undefined], ["emulator:"], ["virtual:"], [`exec:${process.execPath} ${bin} board --stdio --quiet`]])(
    "on port %s",
    async (port) => expectAllPassed(await runExample(port)),
  );

  it.each(["tcp://127.0.0.1:0", ...(hasSocat ? ["pty"] : [])])("on a virtual board at %s", async (listen) => {
    const board = await startBoard(listen);
    try {
      expectAllPassed(await runExample(board.port));
    } finally {
      await board.stop();
    }
  });

  it.skipIf(!hasNanopb)(
    "on the reference firmware in C, over its standard streams and on a pseudo-terminal",
    async () => {
      const firmware = buildReference("firmware", "CORES=1", "SANITIZE=1");
      expectAllPassed(await runExample(`exec:${firmware}`));
      const board = await startFirmware(firmware);
      try {
        expectAllPassed(await runExample(`serial:${board.path}`));
      } finally {
        await board.stop();
      }
    },
  );

  it("and fails on a chip that spikes differently", async () => {
    const golden = readFileSync(join(folder, "golden.npz"));
    const other = cli(
      ["emulate", "chip.pb", "--events", "recording.npz", "--polarity", "swap", "-o", "golden.npz", "--force"],
      folder,
    );
    expect(other.stderr).toBe("");
    try {
      const report = await runExample("virtual:");
      expect(report.numFailedTests).toBe(1);
      expect(JSON.stringify(report.testResults)).toMatch(
        /First difference: t \d+ us, core 0, feature \d, y \d, x \d is/,
      );
    } finally {
      writeFileSync(join(folder, "golden.npz"), golden);
    }
  });
});
