import type { OutputEvents, ReadoutTick } from "../../src/chip/chip.ts";
import type { EventStream } from "../../src/events/event-stream.ts";

/** Batches of input that may wait for the chip before the host has to wait. */
const BATCHES_WAITING = 4;
/** Input events of one piece: between two pieces the chip looks at the line, the clock and an abort. */
const PIECE = 512;

/** Time as a run sees it. */
export interface Pace {
  /** Resolves when events of this time may enter the chip; returns the time up to which they may. */
  until(timeUs: number, aborted: () => boolean): Promise<number>;
  /** Ends a wait. */
  wake(): void;
}

/** What a run asks its board. */
export interface RunHost {
  readonly pace: Pace;
  /** Waits until more output may come. */
  room(): Promise<void>;
  /** The chip has done so many more events, the last of them at this time of the run. */
  passed(events: number, timeUs: number): void;
  /** Times at which the input is cut, so that `passed` comes there: the next one after that time. */
  nextStop(timeUs: number): number;
}

/** The input of one run on its way into the chip: batches as they came, paced, cut, stopped by an abort. */
export class BoardRun {
  readonly number: number;
  readonly untilUs: number | undefined;
  #batches: OutputEvents[] = [];
  #ended = false;
  #aborted = false;
  #closed = false;
  #silent = false;
  #reachedUs = 0;
  #onInput: (() => void) | undefined;
  #onRoom: (() => void) | undefined;
  readonly #host: RunHost;

  constructor(number: number, untilUs: number | undefined, host: RunHost) {
    this.number = number;
    this.untilUs = untilUs;
    this.#host = host;
  }

  get aborted(): boolean {
    return this.#aborted;
  }

  /** The session is over: nobody waits for a result. */
  get silent(): boolean {
    return this.#silent;
  }

  /** Time of the latest event that the chip has done. */
  get reachedUs(): number {
    return this.#reachedUs;
  }

  /** Takes a batch; resolves when the next one may come. */
  async add(events: OutputEvents): Promise<void> {
    if (this.#closed) return;
    this.#batches.push(events);
    this.#onInput?.();
    while (this.#batches.length >= BATCHES_WAITING && !this.#closed) {
      await new Promise<void>((resolve) => {
        this.#onRoom = resolve;
      });
    }
  }

  end(): void {
    this.#ended = true;
    this.#onInput?.();
  }

  abort(silent: boolean): void {
    this.#aborted = true;
    this.#closed = true;
    this.#silent ||= silent;
    this.#batches = [];
    this.#onInput?.();
    this.#onRoom?.();
    this.#host.pace.wake();
  }

  /** What the chip reads. */
  async *source(): AsyncGenerator<EventStream> {
    try {
      for (;;) {
        const batch = this.#batches.shift();
        if (batch) {
          this.#onRoom?.();
          yield* this.#pieces(batch);
        } else if (this.#ended || this.#aborted) {
          return;
        } else {
          await new Promise<void>((resolve) => {
            this.#onInput = resolve;
          });
        }
      }
    } finally {
      // The chip wants no more, whatever still comes.
      this.#closed = true;
      this.#batches = [];
      this.#onRoom?.();
    }
  }

  async *#pieces({ t, x, y, feature }: OutputEvents): AsyncGenerator<EventStream> {
    const length = t.length;
    let at = 0;
    while (at < length) {
      const nowUs = t[at] as number;
      const limitUs = await this.#host.pace.until(nowUs, () => this.#aborted);
      await this.#host.room();
      if (this.#aborted) return;
      const stopUs = Math.min(limitUs, this.#host.nextStop(nowUs));
      let to = Math.min(length, at + PIECE);
      if ((t[to - 1] as number) > stopUs) {
        to = at + 1;
        while (to < length && (t[to] as number) <= stopUs) to++;
      }
      yield {
        t: t.subarray(at, to),
        x: x.subarray(at, to),
        y: y.subarray(at, to),
        p: feature.subarray(at, to),
        originUs: 0,
      };
      // The chip asks for more only when it has done what it got.
      this.#reachedUs = t[to - 1] as number;
      this.#host.passed(to - at, this.#reachedUs);
      at = to;
    }
  }
}

/** Readout ticks on their way to the host, a few to a message. */
export class TickBatch {
  readonly #most: number;
  readonly #send: (ticks: readonly ReadoutTick[]) => void;
  #ticks: ReadoutTick[] = [];

  constructor(most: number, send: (ticks: readonly ReadoutTick[]) => void) {
    this.#most = most;
    this.#send = send;
  }

  add(tick: ReadoutTick): void {
    this.#ticks.push(tick);
    if (this.#ticks.length === this.#most) this.flush();
  }

  flush(): void {
    if (this.#ticks.length === 0) return;
    this.#send(this.#ticks);
    this.#ticks = [];
  }
}
