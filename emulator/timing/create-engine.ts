import { SimdTimedEngine, timedModule, whyNotSimdTimed } from "../kernel/simd-timed-engine.ts";
import type { ChipProgram } from "../program.ts";
import { EventQueueEngine } from "./event-queue-engine.ts";
import { LazyEngine } from "./lazy-engine.ts";
import type { TimedEngine, TimingObserver } from "./types.ts";

/**
 * The fastest timed engine that fits; all give the same numbers [D9]. SIMD without links and observer; lazy without
 * merges; the event queue with merges, or when an observer wants to be told in order of time. `TimedEngine.kernel`
 * says which it is.
 */
export function createTimedEngine(program: ChipProgram, observer: TimingObserver = {}): TimedEngine {
  const { busy, ...inOrder } = present(methodsOf(observer));
  const watched = Object.keys(inOrder).length > 0;
  const module = timedModule();
  if (!watched && !busy && module !== null && whyNotSimdTimed(program) === null) {
    return new SimdTimedEngine(program, module);
  }
  return program.merges || watched ? new EventQueueEngine(program, observer) : new LazyEngine(program, observer);
}

/** Every observer is told everything. */
export function joinObservers(observers: readonly TimingObserver[]): TimingObserver {
  if (observers.length === 1) return observers[0] as TimingObserver;
  const names = new Set(observers.flatMap((observer) => Object.keys(present(methodsOf(observer)))));
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      (...told: never[]) => {
        for (const observer of observers) {
          (observer as Record<string, ((...told: never[]) => void) | undefined>)[name]?.(...told);
        }
      },
    ]),
  );
}

/** Also those that an observer inherits from its class. */
function methodsOf(observer: TimingObserver): TimingObserver {
  const { busy, begin, end, stall, send, queue, drop } = observer;
  return { busy, begin, end, stall, send, queue, drop } as TimingObserver;
}

function present(methods: TimingObserver): TimingObserver {
  return Object.fromEntries(Object.entries(methods).filter(([, method]) => method !== undefined));
}
