// Timed event mode on SIMD: what kernel/simd-timed-engine.ts calls.
export { drainTimed, endOfTimedSink, feedTimed, placeTimed } from "./as/timed";

/** First byte that the host may use. */
export function heapBase(): usize {
  return __heap_base;
}
