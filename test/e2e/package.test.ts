import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../support/cli.ts";

const PROGRAM = `import { demoNetwork, EmulatedChip, loadDevice, mapNetwork, simulateDemoSet, type RunResult } from "spikewright";
import { compileProgram } from "spikewright/emulator";

const device = await loadDevice("speck2f");
const { config } = mapNetwork(demoNetwork(), device);
const chip = new EmulatedChip(device);
await chip.configure(config);
const [sample] = simulateDemoSet({ seed: 7, perClass: 1 }).samples;
if (sample === undefined) throw new Error("no sample");
const result: RunResult = await chip.run(sample.events);
process.stdout.write(JSON.stringify({ taps: result.perCore.map((core) => core.taps), cores: compileProgram(config, device.spec).cores.length }));
`;

const TRAINING = `import { createModel, crossEntropy, listRecipes, loadRecipe, openBackend, synOpLoss } from "spikewright/train";

const { tf, name } = await openBackend("wasm");
const model = createModel((await loadRecipe("mnist-dvs")).network, { seed: 1 });
const { logits, synOps } = model.forward(tf.ones([2, 64, 64, 1]));
const loss = tf.add(crossEntropy(logits, tf.tensor1d([1, 2], "int32")), synOpLoss(synOps, { target: 5e5 }));
const [value] = await loss.data();
process.stdout.write(JSON.stringify({ name, recipes: await listRecipes(), logits: logits.shape, value }));
`;

describe("the package away from its checkout", () => {
  let folder = "";
  const run = (command: string, args: readonly string[], cwd = folder): string =>
    execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

  const compile = (file: string, ...more: string[]): void => {
    const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
    const types = join(root, "node_modules", "@types");
    const options = [
      ...["--module", "nodenext", "--target", "es2022", "--strict", "--lib", "es2023,esnext.disposable,dom"],
      ...["--typeRoots", types, "--types", "node"],
    ];
    run(process.execPath, [tsc, ...options, ...more, file]);
  };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "spikewright-package-"));
    // The build is there already (npm ci makes it); building again would pull dist/ from under other tests.
    const tarball = run("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder], root).trim();
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "user", private: true, type: "module" }));
    run("npm", [
      "install",
      "--omit=optional",
      "--prefer-offline",
      "--no-audit",
      "--no-fund",
      "--silent",
      `./${tarball}`,
    ]);
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("npx spikewright demo runs", () => {
    const result = JSON.parse(run("npx", ["spikewright", "demo", "--json"])) as {
      ok: boolean;
      accuracy: number;
      synOpsPerSample: number;
    };
    expect(result.ok).toBe(true);
    expect(result.accuracy).toBeGreaterThanOrEqual(0.9);
    expect(result.synOpsPerSample).toBeGreaterThan(0);
  }, 240_000);

  it("npx spikewright train runs, with its own recipes, also on two threads", () => {
    const args = ["spikewright", "train", "demo", "--epochs", "3", "--workers", "2", "-o", "trained", "--json"];
    const result = JSON.parse(run("npx", args)) as { ok: boolean; workers: number; steps: number };
    expect(result).toMatchObject({ ok: true, workers: 2 });
    expect(result.steps).toBeGreaterThan(0);
  });

  it("a program with a training loop of its own type-checks and runs", () => {
    writeFileSync(join(folder, "training.ts"), TRAINING);
    // tfjs' own types do not pass a strict check.
    compile("training.ts", "--skipLibCheck");
    const answer = JSON.parse(run(process.execPath, ["training.js"])) as { recipes: string[]; value: number };
    expect(answer).toMatchObject({ name: "wasm", logits: [2, 10] });
    expect(answer.recipes).toContain("mnist-dvs");
    expect(answer.value).toBeGreaterThan(0);
  });

  it("a program that imports the library type-checks and runs", () => {
    writeFileSync(join(folder, "program.ts"), PROGRAM);
    compile("program.ts");
    const answer = JSON.parse(run(process.execPath, ["program.js"])) as { taps: number[]; cores: number };
    expect(answer.cores).toBe(3);
    expect(answer.taps.every((taps) => taps > 0)).toBe(true);
  });
});
