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

describe("the package away from its checkout", () => {
  let folder = "";
  const run = (command: string, args: readonly string[], cwd = folder): string =>
    execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

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
      synOpsPerSample: number;
    };
    expect(result.ok).toBe(true);
    expect(result.synOpsPerSample).toBeGreaterThan(0);
  });

  it("a program that imports the library type-checks and runs", () => {
    writeFileSync(join(folder, "program.ts"), PROGRAM);
    const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
    const types = join(root, "node_modules", "@types");
    const options = [
      "--module",
      "nodenext",
      "--target",
      "es2022",
      "--strict",
      "--lib",
      "es2023,esnext.disposable,dom",
      "--typeRoots",
      types,
      "--types",
      "node",
    ];
    run(process.execPath, [tsc, ...options, "program.ts"]);
    const answer = JSON.parse(run(process.execPath, ["program.js"])) as { taps: number[]; cores: number };
    expect(answer.cores).toBe(3);
    expect(answer.taps.every((taps) => taps > 0)).toBe(true);
  });
});
