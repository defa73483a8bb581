// Timed event mode on SIMD: what kernel/simd-timed-engine.ts calls.
export { feedTimed, settleTimed } from "./as/timed";
export { endOfTimedSink, placeTimed } from "./as/timed-core";
export { addTick, clearInput, inputLeft, runQueue } from "./as/timed-queue";

/** First byte that the host may use. */
export function heapBase(): usize {
  return __heap_base;
}
