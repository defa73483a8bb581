import type { Clock } from "../../src/wire/clock.ts";
import type { Pace } from "./board-run.ts";

/** Events enter the chip as they come. */
export const FREE_RUNNING: Pace = {
  until: async () => Number.POSITIVE_INFINITY,
  wake() {},
};

/** Events enter the chip when their time has come, counted from the first one. */
export class RealTime implements Pace {
  readonly #clock: Clock;
  #startUs: number | undefined;
  #wake: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async until(timeUs: number, aborted: () => boolean): Promise<number> {
    this.#startUs ??= this.#clock.nowUs() - timeUs;
    for (;;) {
      const passedUs = this.#clock.nowUs() - this.#startUs;
      if (passedUs >= timeUs || aborted()) return passedUs;
      await new Promise<void>((resolve) => {
        const cancel = this.#clock.after(timeUs - passedUs, resolve);
        this.#wake = () => {
          cancel();
          resolve();
        };
      });
    }
  }

  wake(): void {
    this.#wake?.();
  }
}
