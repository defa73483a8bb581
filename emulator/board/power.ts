import type { Counters } from "../../src/chip/chip.ts";
import type { DeviceSpec, PriceKey } from "../../src/device/types.ts";
import { choosePreset } from "../../src/energy/energy.ts";
import { PRICED_ITEMS } from "../../src/energy/prices.ts";
import type { Random } from "../../src/random.ts";

/** The rail that feeds what a price pays for, on chips with Speck's rails; elsewhere everything hangs on the first rail. */
const RAIL_OF: Partial<Record<PriceKey, string>> = {
  perKernelRead: "RAM",
  perNeuronRead: "RAM",
  perNeuronWrite: "RAM",
  perPadEvent: "IO",
  perLinkEvent: "IO",
};
const OTHER_RAIL = "LOGIC";

/** Everything counted up to some moment. */
export interface Tally {
  readonly counters: readonly Counters[];
  readonly inputEvents: number;
  readonly outputEvents: number;
}

/**
 * Stands in for the meters of a board: mean power a rail = idle power + price times count over the interval, times
 * 1 + noise. Prices are the device file's, so what it shows is as good as they are.
 */
export class PowerMeter {
  readonly rails: readonly string[];
  readonly #idleW: readonly number[];
  readonly #priced: readonly {
    readonly rail: number;
    readonly joules: number;
    readonly count: (tally: Tally) => number;
  }[];
  readonly #random: Random;
  readonly #noise: number;
  #before: readonly number[];

  /**
   * @param preset name of one of the device's energy presets
   * @param noise standard deviation of a reading, relative to it
   */
  constructor(device: DeviceSpec, preset: string, noise: number, random: Random) {
    const { rails } = device.energy;
    const prices = choosePreset(device, preset);
    this.rails = rails.map(({ name }) => name);
    this.#idleW = rails.map(({ idle }) => idle.value);
    this.#random = random;
    this.#noise = noise;
    this.#priced = PRICED_ITEMS.flatMap(({ key, count }) => {
      const price = prices[key];
      if (price === undefined) return [];
      const rail = Math.max(0, this.rails.indexOf(RAIL_OF[key] ?? OTHER_RAIL));
      return [{ rail, joules: price.value, count: (tally: Tally) => countOf(tally, count) }];
    });
    this.#before = this.#priced.map(() => 0);
  }

  /** Forgets what was counted: the counters start anew. */
  restart(): void {
    this.#before = this.#priced.map(() => 0);
  }

  /** Mean power of each rail since the reading before, watts. */
  read(tally: Tally, intervalUs: number): number[] {
    const now = this.#priced.map(({ count }) => count(tally));
    const watts = [...this.#idleW];
    this.#priced.forEach(({ rail, joules }, i) => {
      const count = (now[i] as number) - (this.#before[i] as number);
      watts[rail] = (watts[rail] as number) + (count * joules * 1e6) / intervalUs;
    });
    this.#before = now;
    return watts.map((watt) => Math.max(0, watt * (1 + this.#noise * this.#random.normal())));
  }
}

function countOf(tally: Tally, count: (typeof PRICED_ITEMS)[number]["count"]): number {
  if (count === "inputEvents") return tally.inputEvents;
  if (count === "padEvents") return tally.inputEvents + tally.outputEvents;
  return tally.counters.reduce((sum, core) => sum + core[count], 0);
}
