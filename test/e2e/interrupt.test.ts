import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EventStream } from "../../src/events/event-stream.ts";
import { writeEventFile } from "../../src/formats/event-files.ts";
import { Random } from "../../src/random.ts";
import { bin, cli, cliJson } from "../support/cli.ts";

let folder = "";
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "spikewright-interrupt-"));
  expect(cli(["demo", "-o", inFolder("demo")]).status).toBe(0);
  await writeEventFile(inFolder("long.npz"), noise(1_000_000), { format: "npz" });
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const inFolder = (...parts: string[]): string => join(folder, ...parts);

/** Far more work with a trace than a test waits for. */
function noise(length: number): EventStream {
  const random = new Random(5);
  const below = (powerOfTwo: number): number => random.uint32() % powerOfTwo;
  return {
    t: Float64Array.from({ length }, (_, i) => i),
    x: Uint16Array.from({ length }, () => below(32)),
    y: Uint16Array.from({ length }, () => below(32)),
    p: Uint16Array.from({ length }, () => below(2)),
    sensor: [32, 32],
    originUs: 0,
  };
}

interface Ended {
  readonly status: number | null;
  readonly stderr: string;
}

/** Starts the program; `interrupt` sends Ctrl-C once `ready` holds. */
async function start(args: readonly string[], ready: () => boolean) {
  const child: ChildProcess = spawn(process.execPath, [bin, ...args], { stdio: ["ignore", "ignore", "pipe"] });
  let stderr = "";
  child.stderr?.on("data", (text) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve) => child.on("close", (status) => resolve({ status, stderr })));
  while (!ready() && child.exitCode === null) await sleep(10);
  expect(stderr).toBe("");
  expect(child.exitCode).toBe(null);
  return { interrupt: () => child.kill("SIGINT"), ended };
}

describe("Ctrl-C", () => {
  it("in a traced run ends it with 130 and leaves no file", async () => {
    const out = inFolder("traced");
    mkdirSync(out);
    const { interrupt, ended } = await start(
      [
        ...["emulate", inFolder("demo", "chip.pb"), "--events", inFolder("long.npz"), "--timing"],
        ...["--trace", join(out, "x.json"), "-o", join(out, "x.npz")],
      ],
      () => readdirSync(out).length > 0,
    );
    await sleep(300);
    const asked = performance.now();
    interrupt();
    const { status, stderr } = await ended;
    expect(status).toBe(130);
    expect(stderr).toContain("[E_INTERRUPTED]");
    expect(performance.now() - asked).toBeLessThan(5000);
    expect(readdirSync(out)).toEqual([]);
  }, 60_000);

  it("a second time, which waits for nothing, leaves no temporary file either", () => {
    const file = inFolder("temporary");
    const module = new URL("../formats/atomic-file.js", pathToFileURL(bin)).href;
    const script = `import { writeFileSync } from "node:fs";
      import { trackTemporary } from ${JSON.stringify(module)};
      trackTemporary(${JSON.stringify(file)});
      writeFileSync(${JSON.stringify(file)}, "half");
      process.exit(130);`;
    expect(spawnSync(process.execPath, ["--input-type=module", "-e", script]).status).toBe(130);
    expect(existsSync(file)).toBe(false);
  });

  it("in a demo: the same command goes on with its training", async () => {
    const out = inFolder("again");
    const history = join(out, "training", "history.jsonl");
    const { interrupt, ended } = await start(["demo", "-o", out], () => existsSync(history));
    interrupt();
    expect((await ended).status).toBe(130);
    expect(JSON.parse(readFileSync(join(out, "demo.json"), "utf8"))).toMatchObject({ state: "running" });
    expect(existsSync(join(out, "chip.pb"))).toBe(false);
    expect(cli(["demo", "-o", out]).status).toBe(0);
    const answer = readFileSync(join(out, "demo.json"), "utf8");
    expect(JSON.parse(answer)).toMatchObject({ recordings: 100 });
    // The same answer, to the byte, as of a demo that nobody interrupted.
    expect(answer).toBe(readFileSync(inFolder("demo", "demo.json"), "utf8"));
    expect(readFileSync(join(out, "chip.pb"))).toEqual(readFileSync(inFolder("demo", "chip.pb")));
  }, 240_000);

  it("in events slice says what stays and how to go on", async () => {
    const out = inFolder("pieces");
    const args = ["events", "slice", inFolder("long.npz"), "-o", out, "--events", "500"];
    const { interrupt, ended } = await start(args, () => existsSync(out) && readdirSync(out).length > 2);
    interrupt();
    const { status, stderr } = await ended;
    expect(status).toBe(130);
    expect(stderr).toMatch(/interrupted after .* pieces, which stay in .*; --force/);
    expect(cliJson(args)).toMatchObject({ ok: false, error: { code: "E_FILE_EXISTS" } });
    expect(cliJson([...args, "--force"]).pieces).toHaveLength(2000);
  }, 60_000);
});

describe("places that cannot be written", () => {
  it("are refused in one line, not as bugs", () => {
    const file = inFolder("file");
    writeFileSync(file, "");
    const chip = inFolder("demo", "chip.pb");
    const recordings = inFolder("demo", "recordings");
    for (const args of [
      ["demo", "-o", file],
      ["evaluate", chip, "--data", recordings, "--limit", "1", "-o", file],
      ["evaluate", chip, "--data", recordings, "--limit", "1", "-o", join(file, "below")],
      ["events", "slice", inFolder("long.npz"), "-o", file, "--events", "500"],
    ]) {
      const { status, stderr } = cli(args);
      expect(stderr).toMatch(/^error: [^\n]*there is a file of this name[^\n]* \[E_FILE_ACCESS\]\n$/);
      expect(status).toBe(1);
    }
  });

  it("a trace where no file can be made, too", () => {
    // A name too long with the ending of a temporary file, which is refused to every user.
    const trace = inFolder(`${"x".repeat(248)}.json`);
    const { status, stderr } = cli([
      ...["emulate", inFolder("demo", "chip.pb"), "--events", inFolder("long.npz"), "--timing", "--trace", trace],
    ]);
    expect(stderr).toMatch(/^error: [^\n]* cannot be written: [^\n]* \[E_FILE_ACCESS\]\n$/);
    expect(status).toBe(1);
  });
});
