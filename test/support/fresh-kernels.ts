import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Before any test: the trainer's WASM kernels are what their sources say. Takes no time when they are. */
export default function freshKernels(): void {
  const script = fileURLToPath(new URL("../../src/trainer/kernels/build.mjs", import.meta.url));
  execFileSync(process.execPath, [script], { stdio: "inherit" });
}
