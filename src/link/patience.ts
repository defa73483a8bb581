import type { Clock } from "../wire/clock.ts";

export interface PatienceOptions {
  readonly clock: Clock;
  /** How long nothing may happen, microseconds; asked whenever it is looked at. */
  readonly limitUs: () => number;
  /** The board has no cause to do anything now. */
  readonly excused: () => boolean;
  readonly onEnd: (limitUs: number) => void;
}

/**
 * Ends waiting for a board whose line is alive. The line is alive as long as PINGs are answered; whether the program behind
 * it still is shows only in what it does.
 */
export class Patience {
  readonly #options: PatienceOptions;
  #cancel: (() => void) | undefined;
  /** When something last happened, or there was no cause for it. */
  #excusedUs = 0;

  constructor(options: PatienceOptions) {
    this.#options = options;
  }

  /** Begins to wait, from now. */
  start(): void {
    this.stop();
    this.excuse();
    this.#again();
  }

  /** Something happened. */
  excuse(): void {
    this.#excusedUs = this.#options.clock.nowUs();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #again(): void {
    this.#cancel = this.#options.clock.after(this.#options.limitUs() / 10, () => this.#look());
  }

  #look(): void {
    const { clock, limitUs, excused, onEnd } = this.#options;
    if (excused()) this.excuse();
    const limit = limitUs();
    if (clock.nowUs() - this.#excusedUs < limit) this.#again();
    else {
      this.#cancel = undefined;
      onEnd(limit);
    }
  }
}
