import type { ReadoutTick, RunWarning } from "../src/chip/chip.ts";
import type { ReadoutConfig } from "../src/chip/config.ts";
import type { DeviceSpec } from "../src/device/types.ts";
import type { ChipProgram } from "./program.ts";

/** Columns, rows and features of the readout core that form the inputs. */
const LAYOUTS = { "2x2y4f": [2, 2, 4], "2x4y2f": [2, 4, 2], "4x4y1f": [4, 4, 1], "1x1y16f": [1, 1, 16] } as const;
const VALUE_MAX = 0xffff;
const VALID_BIT = 20;
const CLASS_BIT = 16;
/** Erratum `readout-feature-spread`: only every fourth feature arrives. */
const SPREAD = 4;

/**
 * [R11] The readout block (Speck data sheet 3.2.5): on every slow-clock tick the spikes of each class since the tick
 * before enter its moving average, and the class with the largest average goes to the pins.
 *
 * Input i (x fastest, then y, then feature) is class i + 1; class 0 at the pins means none. Spikes of other addresses
 * reach no class; they are counted.
 */
export class Readout {
  readonly #config: ReadoutConfig;
  readonly #spread: boolean;
  /** Spikes by class since the last tick. */
  readonly #counts: Float64Array;
  /** Counts of the last `average` ticks, a ring, and their sums. */
  readonly #window: Float64Array[];
  readonly #sums: Float64Array;
  #oldest = 0;
  #lost = 0;

  constructor(config: ReadoutConfig, device: DeviceSpec) {
    this.#config = config;
    this.#spread = device.errata.some(({ id }) => id === "readout-feature-spread");
    this.#counts = new Float64Array(config.classes + 1);
    this.#sums = new Float64Array(config.classes + 1);
    this.#window = Array.from({ length: config.average }, () => new Float64Array(config.classes + 1));
  }

  /** A spike of the readout core, by its packed address. */
  count(address: number): void {
    const spikeClass = this.#classOf(address);
    if (spikeClass === 0) this.#lost++;
    else this.#counts[spikeClass] = (this.#counts[spikeClass] as number) + 1;
  }

  /** One tick of the slow clock, at `tUs`. */
  tick(tUs: number): ReadoutTick {
    const { average, classes, threshold, overrideThresholdMax } = this.#config;
    const leaving = this.#window[this.#oldest] as Float64Array;
    for (let i = 1; i <= classes; i++) {
      this.#sums[i] = (this.#sums[i] as number) + (this.#counts[i] as number) - (leaving[i] as number);
    }
    leaving.set(this.#counts);
    this.#counts.fill(0);
    this.#oldest = (this.#oldest + 1) % average;

    const averages = Array.from(this.#sums, (sum) => Math.min(VALUE_MAX, Math.floor(sum / average)));
    let largest = 1;
    for (let i = 2; i <= classes; i++) if ((averages[i] as number) > (averages[largest] as number)) largest = i;
    const highest = averages[largest] as number;
    const interrupt = overrideThresholdMax || highest > threshold;
    return {
      tUs,
      classIndex: interrupt ? largest : null,
      average: highest,
      value: this.#value(averages, largest, interrupt),
      interrupt,
    };
  }

  /** Spikes that reached no class are worth a word: a class may be missing from the answer. */
  warnings(): RunWarning[] {
    const { core, layout, classes } = this.#config;
    if (this.#lost === 0) return [];
    const why = this.#spread ? "; only features 0, 4, 8... reach one on this silicon" : "";
    return [
      {
        kind: "readoutDropped",
        core,
        count: this.#lost,
        message: `readout of core ${core}: ${this.#lost} spikes reached none of the ${classes} classes of layout ${layout}${why}`,
      },
    ];
  }

  /** Averages and counts at zero. */
  reset(): void {
    this.#counts.fill(0);
    this.#sums.fill(0);
    for (const counts of this.#window) counts.fill(0);
    this.#oldest = 0;
    this.#lost = 0;
  }

  /** 1..classes; 0: none. */
  #classOf(address: number): number {
    const [columns, rows, features] = LAYOUTS[this.#config.layout];
    const sent = address >>> 20;
    if (this.#spread && sent % SPREAD !== 0) return 0;
    const feature = this.#spread ? sent / SPREAD : sent;
    const y = (address >>> 10) & 1023;
    const x = address & 1023;
    if (feature >= features || y >= rows || x >= columns) return 0;
    const input = (feature * rows + y) * columns + x;
    return input < this.#config.classes ? input + 1 : 0;
  }

  /** The 21-bit word (Speck data sheet, table 6): valid bit, class with the largest average, 16 bits by output mode. */
  #value(averages: readonly number[], largest: number, shown: boolean): number {
    const word = (low: number): number => (1 << VALID_BIT) | (largest << CLASS_BIT) | low;
    switch (this.#config.outputMode) {
      case "off":
        return 0;
      case "compare":
        return word(
          averages.reduce((bits, value, i) => bits | (i > 0 && value > this.#config.threshold ? 1 << i : 0), 0),
        );
      case "selected":
        return word(shown ? (averages[largest] as number) : 0);
      case "max":
        return word(averages[largest] as number);
    }
  }
}

/** The readout block during one run: hands its ticks to `onReadout`, or keeps them when nobody listens. */
export class ReadoutRun {
  readonly #readout: Readout;
  readonly #onReadout: ((tick: ReadoutTick) => void) | undefined;
  readonly #kept: ReadoutTick[] = [];

  constructor(readout: Readout, onReadout?: (tick: ReadoutTick) => void) {
    this.#readout = readout;
    this.#onReadout = onReadout;
  }

  spike(address: number): void {
    this.#readout.count(address);
  }

  tick(tUs: number): void {
    const tick = this.#readout.tick(tUs);
    if (this.#onReadout) this.#onReadout(tick);
    else this.#kept.push(tick);
  }

  /** What was kept, or undefined when a listener got it. */
  result(): readonly ReadoutTick[] | undefined {
    return this.#onReadout ? undefined : this.#kept;
  }
}

/** Position of the core whose spikes go to the readout block, and whether the host sees them, too; or null. */
export function readoutSource({ config }: ChipProgram): { readonly index: number; readonly visible: boolean } | null {
  const index = config.cores.findIndex(({ core }) => core === config.readout?.core);
  const core = config.cores[index];
  return core ? { index, visible: core.monitorEnable } : null;
}
