import type { TimingParameters } from "./parameters.ts";
import { TimedSpikes } from "./timed-spikes.ts";
import type { TimedSpikeBatch } from "./types.ts";

/**
 * [D6] The way out, shared by all monitored cores: spikes leave in order of time (equal times: network order of the
 * cores), one router slot apart, and come to the board `pad_out` later. It never holds up a core.
 */
export class OutputPort {
  readonly #timing: TimingParameters;
  #held = new TimedSpikes();
  #spare = new TimedSpikes();
  #free = 0;

  constructor(timing: TimingParameters) {
    this.#timing = timing;
  }

  /**
   * Takes spikes in any order and returns those that no later one can precede, with the times at which they come to the
   * board. The views are valid until the next call.
   *
   * @param certainPs every spike still to come has this time or a later one
   */
  pass(batch: TimedSpikeBatch, certainPs: number): TimedSpikeBatch {
    const all = this.#held;
    for (let i = 0; i < batch.length; i++) copySpike(batch, i, all);
    const { timePs, core } = all;
    const order = Uint32Array.from({ length: all.length }, (_, i) => i);
    if (!isSorted(all)) {
      order.sort(
        (a, b) => (timePs[a] as number) - (timePs[b] as number) || (core[a] as number) - (core[b] as number) || a - b,
      );
    }
    const out = this.#spare;
    out.clear();
    const held = new TimedSpikes();
    for (const i of order) {
      const came = timePs[i] as number;
      if (came >= certainPs) {
        copySpike(all, i, held);
        continue;
      }
      const left = Math.max(came, this.#free);
      this.#free = left + this.#timing.routerSlot;
      out.push(all.address[i] as number, core[i] as number, left + this.#timing.padOut, all.causePs[i] as number);
    }
    this.#held = held;
    return out;
  }
}

export function copySpike(from: TimedSpikeBatch, i: number, to: TimedSpikes): void {
  to.push(from.address[i] as number, from.core[i] as number, from.timePs[i] as number, from.causePs[i] as number);
}

function isSorted({ length, timePs, core }: TimedSpikeBatch): boolean {
  for (let i = 1; i < length; i++) {
    const step = (timePs[i] as number) - (timePs[i - 1] as number);
    if (step < 0 || (step === 0 && (core[i] as number) < (core[i - 1] as number))) return false;
  }
  return true;
}
