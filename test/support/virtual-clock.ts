import type { Clock } from "../../src/wire/clock.ts";

interface Timer {
  readonly atUs: number;
  readonly order: number;
  readonly callback: () => void;
}

/** Turns of the event loop that whatever runs gets before time passes. */
const TURNS = 4;

/** Time that passes only when nothing else happens: waits take no real time, whatever they are. */
export class VirtualClock implements Clock {
  #nowUs = 0;
  #running = false;
  #order = 0;
  #timers: Timer[] = [];

  nowUs(): number {
    return this.#nowUs;
  }

  after(us: number, callback: () => void): () => void {
    const timer = { atUs: this.#nowUs + Math.max(0, us), order: this.#order++, callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  start(): void {
    this.#running = true;
    void this.#pass();
  }

  stop(): void {
    this.#running = false;
    this.#timers = [];
  }

  async #pass(): Promise<void> {
    while (this.#running) {
      for (let i = 0; i < TURNS; i++) await new Promise((resolve) => setImmediate(resolve));
      const next = this.#timers.reduce<Timer | undefined>(
        (first, timer) =>
          first === undefined || timer.atUs < first.atUs || (timer.atUs === first.atUs && timer.order < first.order)
            ? timer
            : first,
        undefined,
      );
      if (next === undefined) continue;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#nowUs = Math.max(this.#nowUs, next.atUs);
      next.callback();
    }
  }
}
