/** Time as a link needs it; injected, so that tests run on a virtual clock. */
export interface Clock {
  /** Microseconds that never run backwards, from an arbitrary start. */
  nowUs(): number;
  /** Calls back once after that time; the result cancels it. */
  after(us: number, callback: () => void): () => void;
}

/** Real time. A line to hardware lives in it, so this is the one clock below `cli/`. */
export const systemClock: Clock = {
  nowUs: () => performance.now() * 1000,
  after(us, callback) {
    const timer = setTimeout(callback, Math.max(0, us / 1000));
    return () => clearTimeout(timer);
  },
};
