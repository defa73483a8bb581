/** Time as a link needs it; injected, so that tests run on a virtual clock. */
export interface Clock {
  /** Microseconds that never run backwards, from an arbitrary start. */
  nowUs(): number;
  /** Calls back once after that time; the result cancels it. */
  after(us: number, callback: () => void): () => void;
}

/** What a timer can hold: 24.8 days. */
const MOST_MS = 2 ** 31 - 1;

/** Real time. A line to hardware lives in it, so this is the one clock below `cli/`. */
export const systemClock: Clock = {
  nowUs: () => performance.now() * 1000,
  after(us, callback) {
    let timer: NodeJS.Timeout | undefined;
    const wait = (ms: number): void => {
      // A longer time than a timer can hold would come at once.
      timer = ms > MOST_MS ? setTimeout(() => wait(ms - MOST_MS), MOST_MS) : setTimeout(callback, Math.max(0, ms));
    };
    wait(us / 1000);
    return () => clearTimeout(timer);
  },
};
