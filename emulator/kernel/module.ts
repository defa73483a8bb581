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
  if (compiled === undefined) {
    const bytes = Uint8Array.from(atob(wasmBase64), (character) => character.charCodeAt(0));
    compiled = WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null;
  }
  return compiled;
}

/** A kernel with a memory of its own. */
export function instantiateEvent(module: WebAssembly.Module): EventExports {
  return new WebAssembly.Instance(module).exports as unknown as EventExports;
}
