export { EmulatedChip, type EmulatorOptions } from "./emulated-chip.ts";
export type { Engine, InputBatch, SpikeBatch } from "./engine.ts";
export { createEngine, type EngineOptions, type KernelChoice } from "./kernel/kernel.ts";
export { ReferenceEngine } from "./kernel/reference-engine.ts";
export { type ChipProgram, type CoreProgram, compileProgram } from "./program.ts";
export { createTimedEngine, joinObservers } from "./timing/create-engine.ts";
export type { TimedEngine, TimedInputBatch, TimedSpikeBatch, TimingObserver } from "./timing/types.ts";
export { Utilisation } from "./timing/utilisation.ts";
