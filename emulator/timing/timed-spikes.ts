import type { TimedSpikeBatch } from "./types.ts";

/** Growing arrays for monitored spikes with times; also the batch that is handed out. */
export class TimedSpikes implements TimedSpikeBatch {
  length = 0;
  address = new Uint32Array(256);
  core = new Uint8Array(256);
  timePs = new Float64Array(256);
  causePs = new Float64Array(256);

  clear(): void {
    this.length = 0;
  }

  push(address: number, core: number, timePs: number, causePs: number): void {
    const at = this.length;
    if (at === this.address.length) this.#grow(at * 2);
    this.address[at] = address;
    this.core[at] = core;
    this.timePs[at] = timePs;
    this.causePs[at] = causePs;
    this.length = at + 1;
  }

  #grow(capacity: number): void {
    const { address, core, timePs, causePs } = this;
    this.address = new Uint32Array(capacity);
    this.core = new Uint8Array(capacity);
    this.timePs = new Float64Array(capacity);
    this.causePs = new Float64Array(capacity);
    this.address.set(address);
    this.core.set(core);
    this.timePs.set(timePs);
    this.causePs.set(causePs);
  }
}
