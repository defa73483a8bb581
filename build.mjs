// Builds the package into dist/: WASM kernels first (their bytes are embedded in a generated module), then TypeScript,
// then the generated JavaScript, which tsc does not emit, and the data files that the program reads at run time, at the
// same relative places as in the sources.
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL(".", import.meta.url));
const node = (...args) => execFileSync(process.execPath, args, { cwd: root, stdio: "inherit" });

// A tarball carries dist/ and no sources: there is nothing to build then.
if (existsSync(`${root}src/index.ts`)) {
  node("emulator/kernel/build.mjs");
  node("src/trainer/kernels/build.mjs");
  rmSync(`${root}dist`, { recursive: true, force: true });
  node("node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json");
  cpSync(`${root}src/wire/generated`, `${root}dist/src/wire/generated`, { recursive: true });
  cpSync(`${root}src/trainer/recipes`, `${root}dist/src/trainer/recipes`, { recursive: true });
  cpSync(`${root}test/bench/training-step.py`, `${root}dist/test/bench/training-step.py`);
  cpSync(`${root}devices`, `${root}dist/devices`, { recursive: true });
  chmodSync(`${root}dist/src/cli/main.js`, 0o755);
}
