import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const BUILDS = ["../../emulator/kernel/build.mjs", "../../src/trainer/kernels/build.mjs"];

/** Before any test: the WASM kernels are what their sources say. Takes no time when they are. */
export default function freshKernels(): void {
  for (const build of BUILDS) {
    execFileSync(process.execPath, [fileURLToPath(new URL(build, import.meta.url))], { stdio: "inherit" });
  }
}
