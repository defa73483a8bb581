import type { InputCounts, RunWarning } from "../src/chip/chip.ts";
import type { InputConfig } from "../src/chip/config.ts";
import type { PreparedBatch } from "./preprocess.ts";

/** Adds up what the input layer kept out in one run [R10]. */
export class InputTally {
  readonly #config: InputConfig;
  #dropped = 0;
  #filtered = 0;
  #poolDropped = 0;

  constructor(config: InputConfig) {
    this.#config = config;
  }

  add({ dropped, filtered, poolDropped }: PreparedBatch): void {
    this.#dropped += dropped;
    this.#filtered += filtered;
    this.#poolDropped += poolDropped;
  }

  /** @param events input events of the whole run */
  result(events: number): InputCounts {
    const [, height, width] = this.#config.shape;
    const ragged = this.#config.destinations.some(({ pooling }) => height % pooling !== 0 || width % pooling !== 0);
    return {
      events,
      dropped: this.#dropped,
      ...(this.#config.filter ? { filtered: this.#filtered } : {}),
      ...(ragged ? { poolDropped: this.#poolDropped } : {}),
    };
  }

  /** Dropping is what the input layer is for; dropping everything hardly is. */
  warnings(events: number): RunWarning[] {
    if (events === 0 || this.#dropped < events) return [];
    const { filter, cut } = this.#config;
    const by = ["the polarity switches", ...(cut ? ["the cut"] : []), ...(filter ? ["the event filter"] : [])];
    return [
      {
        kind: "inputDropped",
        count: this.#dropped,
        message: `input: all ${events} events were kept out by ${by.join(", ")}; nothing reached the network`,
      },
    ];
  }
}
