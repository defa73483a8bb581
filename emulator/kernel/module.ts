import { wasmBase64 } from "./generated/event.ts";

/** What `event.as.ts` exports. Numbers are addresses in `memory` unless the name says otherwise. */
export interface EventExports {
  readonly memory: WebAssembly.Memory;
  heapBase(): number;
  placeSink(base: number): void;
  endOfSink(): number;
  runDepthFirst(source: number, input: number, events: number, firstCause: number): void;
  runBatched(source: number, cores: number, coreCount: number, input: number, events: number, firstCause: number): void;
  tick(core: number): void;
}

let compiled: WebAssembly.Module | null | undefined;

/** The kernel, compiled once a process; null where this machine has no WebAssembly SIMD. */
export function eventModule(): WebAssembly.Module | null {
  if (compiled === undefined) compiled = compileKernel(wasmBase64);
  return compiled;
}

/** A kernel from the text in which the build embeds it; null where this machine has no WebAssembly SIMD. */
export function compileKernel(base64: string): WebAssembly.Module | null {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
  try {
    return new WebAssembly.Module(bytes);
  } catch (error) {
    // The bytes are sound; a machine that refuses them lacks SIMD. `WebAssembly.validate` would look at them twice.
    if (error instanceof WebAssembly.CompileError) return null;
    throw error;
  }
}

/** A kernel with a memory of its own. */
export function instantiateEvent(module: WebAssembly.Module): EventExports {
  return new WebAssembly.Instance(module).exports as unknown as EventExports;
}
