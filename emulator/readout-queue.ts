import type { ReadoutRun } from "./readout.ts";
import { EventHeap } from "./timing/event-heap.ts";

/**
 * [R11] The readout of a run with time. Engines tell spikes out of order and ahead of the slow clock; here they wait
 * until it is certain which tick comes next. A spike at the very time of a tick counts for the tick after it.
 */
export class ReadoutQueue {
  readonly #readout: ReadoutRun;
  /** Packed addresses by time. */
  readonly #spikes = new EventHeap();
  #ticks: { readonly timePs: number; readonly tUs: number }[] = [];

  constructor(readout: ReadoutRun) {
    this.#readout = readout;
  }

  spike(timePs: number, address: number): void {
    this.#spikes.push(timePs, address | 0);
  }

  /** Ticks come in order. */
  tick(timePs: number, tUs: number): void {
    this.#ticks.push({ timePs, tUs });
  }

  /** @param certainPs every spike still to come has this time or a later one; infinite at the end of the run */
  settle(certainPs: number): void {
    const due = this.#ticks.filter(({ timePs }) => timePs <= certainPs);
    this.#ticks = this.#ticks.slice(due.length);
    for (const { timePs, tUs } of due) {
      this.#countBefore(timePs);
      this.#readout.tick(tUs);
    }
    if (certainPs === Number.POSITIVE_INFINITY) this.#countBefore(certainPs);
  }

  #countBefore(timePs: number): void {
    while (this.#spikes.firstTime < timePs) {
      this.#readout.spike(this.#spikes.firstKey >>> 0);
      this.#spikes.pop();
    }
  }
}
