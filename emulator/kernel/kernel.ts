import type { Engine } from "../engine.ts";
import type { ChipProgram } from "../program.ts";
import { eventModule } from "./module.ts";
import { ReferenceEngine } from "./reference-engine.ts";
import { SimdEngine, whyNotSimd } from "./simd-engine.ts";

/** `auto`: SIMD where it can, the reference where it cannot. All engines give the same numbers. */
export type KernelChoice = "auto" | "simd" | "reference";

export interface EngineOptions {
  readonly kernel?: KernelChoice;
}

/**
 * The engine for a program; `Engine.kernel` says which one it is and why, when it is not the one that was wanted.
 *
 * @throws RangeError when `simd` is demanded and cannot be had
 */
export function createEngine(program: ChipProgram, options: EngineOptions = {}): Engine {
  const choice = options.kernel ?? "auto";
  if (choice === "reference") return new ReferenceEngine(program);
  const module = eventModule();
  const reason = module === null ? "no SIMD here" : whyNotSimd(program);
  if (module !== null && reason === null) return new SimdEngine(program, module);
  if (choice === "simd") throw new RangeError(`the SIMD kernel cannot run this: ${reason}`);
  return new ReferenceEngine(program, `reference (${reason})`);
}
