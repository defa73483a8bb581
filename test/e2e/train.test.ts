import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { simulateDemoSet } from "../../src/events/simulate/demo-set.ts";
import { writeEvents } from "../../src/formats/event-files.ts";
import { Random } from "../../src/random.ts";
import { bin, cli, cliJson } from "../support/cli.ts";

const RECIPE = `
name: tiny
data: { type: simulated, figures: bars, perClass: 12, eventsPerFrame: 200, polarity: split }
network:
  input: [2, 16, 16]
  fanOut: exact
  silentSlope: 0.1
  layers:
    - { type: conv, features: 8, kernel: 5, stride: 2, padding: 2 }
    - { type: averagePool, size: 2 }
    - { type: spatialDropout, rate: 0.1 }
    - { type: linear, features: 4 }
batch: 16
phases:
  - { name: learn, epochs: 6, learningRate: 5.0e-3 }
  - { name: save, epochs: 3, learningRate: 2.0e-3, synOps: { target: 12000, approachEpochs: 2 } }
  - { name: int8, epochs: 1, learningRate: 5.0e-4, weights: int8, synOps: { target: 12000 } }
`;

let folder = "";
let whole = "";
const inFolder = (...parts: string[]): string => join(folder, ...parts);
const trainArgs = (out: string, workers = 1): string[] => [
  ...["train", inFolder("tiny.yaml"), "-o", out, "--backend", "wasm", "--workers", String(workers)],
];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "spikewright-train-"));
  writeFileSync(inFolder("tiny.yaml"), RECIPE);
  whole = inFolder("whole");
  expect(cli(trainArgs(whole))).toMatchObject({ status: 0, stderr: "" });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** history.jsonl without what the clock says. */
const historyOf = (out: string): string =>
  readFileSync(join(out, "history.jsonl"), "utf8").replaceAll(/"wallMs":[\d.]+/g, "");
const netOf = (out: string): Buffer => readFileSync(join(out, "net.nir"));
const summaryOf = (out: string) => JSON.parse(readFileSync(join(out, "summary.json"), "utf8"));

function start(args: readonly string[]): {
  child: ChildProcess;
  ended: Promise<{ status: number | null; stderr: string }>;
} {
  const child = spawn(process.execPath, [bin, ...args], { stdio: ["ignore", "ignore", "pipe"] });
  let stderr = "";
  child.stderr?.on("data", (text) => {
    stderr += text;
  });
  return { child, ended: new Promise((resolve) => child.on("close", (status) => resolve({ status, stderr }))) };
}

describe("train", () => {
  it("writes a network, a history and a summary with all that fixes the result", () => {
    const summary = summaryOf(whole);
    expect(summary).toMatchObject({ name: "tiny", seed: 1, workers: 1, backend: "wasm", weights: "int8", epochs: 10 });
    expect(summary.kernels).toMatch(/^(stock|own-simd|own-relaxed-simd)$/);
    expect(summary.accuracy).toBeGreaterThan(0.9);
    expect(summary.synOps).toBeGreaterThan(0);
    expect(summary.macs).toBe(8 * 64 * 50 + 128 * 4);
    expect(historyOf(whole).trim().split("\n")).toHaveLength(10);
    expect(readdirSync(whole).sort()).toEqual([
      ...["checkpoint", "history.jsonl", "job.json", "net.nir", "parts.json", "summary.json"],
    ]);
  });

  it("its network maps and runs on the emulated chip as it is, as accurately as it was trained", async () => {
    const chip = inFolder("chip.pb");
    expect(cliJson(["map", join(whole, "net.nir"), "--device", "speck2f", "-o", chip])).toMatchObject({
      ok: true,
      warnings: [],
    });
    const recordings = inFolder("recordings");
    mkdirSync(recordings);
    // Another seed: recordings that it was not trained on.
    const { samples } = simulateDemoSet({ seed: 99, perClass: 5, sensor: [16, 16] });
    for (const { id, events } of samples)
      writeFileSync(join(recordings, `${id}.npz`), await writeEvents(events, "npz"));
    writeFileSync(
      join(recordings, "labels.csv"),
      ["id,label", ...samples.map(({ id, label }) => `${id},${label}`), ""].join("\n"),
    );
    const { evaluateFlags } = cliJson(trainArgs(whole));
    expect(evaluateFlags).toEqual(["--slice", "200", "--polarity", "split"]);
    const evaluated = cliJson(["evaluate", chip, "--data", recordings, ...evaluateFlags]);
    expect(evaluated.ok).toBe(true);
    expect(evaluated.accuracy).toBeGreaterThan(0.8);
    expect(evaluated.silent).toBe(0);
    expect(evaluated.synOpsPerSample.mean / summaryOf(whole).synOps).toBeGreaterThan(0.5);
  });

  it("the same command again finds it done; other settings need another folder or --force", () => {
    const before = netOf(whole);
    expect(cliJson(trainArgs(whole))).toMatchObject({ ok: true, epochs: 10 });
    expect(netOf(whole).equals(before)).toBe(true);
    const other = cliJson([...trainArgs(whole), "--seed", "2", "--epochs", "5"]);
    expect(other).toMatchObject({ status: 1, error: { code: "E_FILE_EXISTS" } });
    expect(other.error.message).toContain("different seed, ");
    expect(other.error.message).toContain("recipe phases");
    const nothing = cliJson([...trainArgs(inFolder("nothing")), "--resume"]);
    expect(nothing).toMatchObject({ status: 1, error: { code: "E_FILE_NOT_FOUND" } });
    expect(existsSync(inFolder("nothing"))).toBe(false);
    const onFile = cliJson(trainArgs(inFolder("tiny.yaml")));
    expect(onFile).toMatchObject({ status: 1, error: { code: "E_FILE_ACCESS" } });
  });

  it("inspect says what a recipe trains", () => {
    expect(cliJson(["inspect", inFolder("tiny.yaml")])).toMatchObject({
      kind: "recipe",
      parameters: 400 + 512,
      layers: [{ name: "input" }, { name: "conv1", weights: 400, macs: 25_600 }, { name: "linear1", weights: 512 }],
      phases: [{ target: null }, { target: 12_000 }, { target: 12_000 }],
    });
  });

  it("inspect says how far a training is, and what came out", () => {
    const inspected = cliJson(["inspect", inFolder("whole")]);
    expect(inspected).toMatchObject({ kind: "training", recipe: "tiny", summary: { seed: 1 } });
    expect(inspected.done).toBe(inspected.epochs);
  });

  it("refuses a target under the input's own SynOps, saying by how much", () => {
    const refused = cliJson([...trainArgs(inFolder("refused")), "--target-synops", "1000"]);
    expect(refused).toMatchObject({ status: 1, error: { code: "E_TRAINING", details: { target: 1000 } } });
    expect(refused.error.message).toMatch(/the input alone costs 9,\d{3} a sample .*, 8,\d{3} more/);
  });

  it("two workers give the same bytes every time, and nearly the network of one", () => {
    const [a, b] = [inFolder("two-a"), inFolder("two-b")];
    expect(cli(trainArgs(a, 2))).toMatchObject({ status: 0, stderr: "" });
    expect(cli(trainArgs(b, 2)).status).toBe(0);
    expect(netOf(a).equals(netOf(b))).toBe(true);
    expect(historyOf(a)).toBe(historyOf(b));
    expect(summaryOf(a).accuracy).toBeGreaterThan(0.9);
  });

  it("workers add up to the loss and the gradient of the whole batch", () => {
    // Without dropouts, whose masks are each worker's own, one step after the other must agree but for rounding.
    const recipe = RECIPE.replace(/.*spatialDropout.*\n/, "").replace("learn, epochs: 6", "learn, epochs: 1");
    writeFileSync(inFolder("exact.yaml"), recipe.replaceAll("approachEpochs: 2", "weight: 3"));
    const losses = [1, 2, 3].map((workers) => {
      const out = inFolder(`exact-${workers}`);
      const args = ["train", inFolder("exact.yaml"), "-o", out, "--backend", "wasm", "--epochs", "3"];
      expect(cli([...args, "--workers", `${workers}`])).toMatchObject({ status: 0, stderr: "" });
      const lines = historyOf(out).trim().split("\n");
      return lines.map((line) => JSON.parse(line.replace(/,}$/, "}")) as { loss: number; penalty: number });
    });
    for (const other of losses.slice(1)) {
      expect(losses[0]?.[2]?.penalty).toBeGreaterThan(0);
      for (const [i, { loss, penalty }] of other.entries()) {
        expect(loss / (losses[0]?.[i]?.loss as number)).toBeCloseTo(1, 3);
        expect(penalty).toBeCloseTo(losses[0]?.[i]?.penalty as number, 3);
      }
    }
  });
});

describe("an interrupted training", () => {
  it.each([1, 2])(
    "killed (-9) at five random moments, with %i worker(s), ends in the very same bytes",
    async (workers) => {
      const expected = workers === 1 ? whole : inFolder("expected");
      if (workers > 1) expect(cli(trainArgs(expected, workers)).status).toBe(0);
      const out = inFolder(`killed-${workers}`);
      const random = new Random(workers);
      let kills = 0;
      for (let round = 0; kills < 5; round++) {
        const epochsBefore = existsSync(join(out, "history.jsonl")) ? historyOf(out).trim().split("\n").length : 0;
        const { child, ended } = start(trainArgs(out, workers));
        // From the first checkpoint on, at a moment that differs from round to round.
        const checkpoint = join(out, "checkpoint", "checkpoint.npz");
        while (!existsSync(checkpoint) && child.exitCode === null) await sleep(2);
        if (round > 0) await sleep(250);
        await sleep(random.below(150));
        child.kill("SIGKILL");
        await ended;
        if (child.signalCode === "SIGKILL") kills++;
        if (epochsBefore >= 9) rmSync(out, { recursive: true, force: true });
      }
      expect(cli(trainArgs(out, workers))).toMatchObject({ status: 0, stderr: "" });
      expect(netOf(out).equals(netOf(expected))).toBe(true);
      expect(historyOf(out)).toBe(historyOf(expected));
      expect(readdirSync(join(out, "checkpoint"))).toEqual(["checkpoint.npz"]);
    },
    120_000,
  );

  it("by Ctrl-C ends with 130, and the same command goes on", async () => {
    const out = inFolder("interrupted");
    const args = [...trainArgs(out), "--epochs", "120"];
    const { child, ended } = start(args);
    while (!existsSync(join(out, "history.jsonl")) && child.exitCode === null) await sleep(5);
    child.kill("SIGINT");
    const { status, stderr } = await ended;
    expect(status).toBe(130);
    expect(stderr).toMatch(/interrupted in epoch \d+, step \d+ of \d+; what is done is kept/);
    expect(existsSync(join(out, "net.nir"))).toBe(false);
    expect(cliJson([...args, "--resume"])).toMatchObject({ ok: true, epochs: 120 });
  }, 120_000);
});
