import type { ChipProgram } from "../program.ts";
import { EventQueueEngine } from "./event-queue-engine.ts";
import { LazyEngine } from "./lazy-engine.ts";
import type { TimedEngine, TimingObserver } from "./types.ts";

/**
 * The fastest timed engine that fits: lazy without merges, the event queue with merges or when an observer wants to be
 * told in order of time [T9].
 */
export function createTimedEngine(program: ChipProgram, observer: TimingObserver = {}): TimedEngine {
  const { busy: _, ...inOrder } = methodsOf(observer);
  const watched = Object.values(inOrder).some((method) => method !== undefined);
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
