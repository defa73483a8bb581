import { wasmBase64 } from "../kernel/generated/timestep.ts";
import type { EngineOptions, TimestepEngine } from "./engine.ts";
import type { TimestepProgram } from "./program.ts";
import { ReferenceTimestepEngine } from "./reference.ts";
import { SimdTimestepEngine } from "./simd.ts";
import { canRun } from "./wasm.ts";

/** The SIMD engine, or the reference where WebAssembly SIMD is missing; `engine.kernel` says which. */
export function createTimestepEngine(program: TimestepProgram, options: EngineOptions = {}): TimestepEngine {
  return canRun(wasmBase64) ? new SimdTimestepEngine(program, options) : new ReferenceTimestepEngine(program, options);
}
