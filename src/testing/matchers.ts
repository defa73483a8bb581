import { readFile } from "node:fs/promises";
import type { OutputEvents, RunResult } from "../chip/chip.ts";
import type { EnergyReport } from "../energy/energy.ts";
import { compareSpikes, type Spike } from "../evaluate/compare.ts";
import { formatSi, parseJoules } from "../units.ts";
import { readSpikeFile } from "./spike-file.ts";

export interface SpikeMatchOptions {
  /**
   * Only which neurons fire, how often: time stamps are left out. For boards with a clock of their own.
   */
  readonly ignoreTime?: boolean;
  /** Largest relative difference of the number of spikes of a core; then single spikes do not count. Default 0. */
  readonly tolerance?: number;
}

/** Whatever has spikes: a run, its events, or the path of an `.npz` that `emulate -o` or `run -o` wrote. */
export type Spikes = OutputEvents | Pick<RunResult, "events"> | string | URL;

interface Verdict {
  readonly pass: boolean;
  readonly message: () => string;
}

declare module "vitest" {
  // biome-ignore lint/suspicious/noExplicitAny: vitest's own declaration
  interface Matchers<T = any> {
    /** The same spikes: time, core, feature, y, x. `await` it when the expectation is a file. */
    toMatchSpikes(expected: Spikes, options?: SpikeMatchOptions): Promise<void>;
    /** The run's estimated energy is at most so much: joules, or text such as "12 uJ". */
    toStayWithinEnergy(limit: number | string): void;
  }
}

/** `await expect(run).toMatchSpikes(await bench.emulate(recording))` or `...toMatchSpikes("golden.npz")`. */
export async function toMatchSpikes(
  received: unknown,
  expected: Spikes,
  options: SpikeMatchOptions = {},
): Promise<Verdict> {
  const got = await eventsOf(received as Spikes);
  const wanted = await eventsOf(expected);
  const { tolerance = 0, ignoreTime = false } = options;
  if (tolerance > 0) return withinTolerance(got, wanted, tolerance);
  const difference = ignoreTime ? compareSpikes(timeless(got), timeless(wanted)) : compareSpikes(got, wanted);
  const { equal, first, left, right, onlyLeft, onlyRight } = difference;
  return {
    pass: equal,
    message: () =>
      first === null
        ? `both have the same ${left} spikes`
        : `${left} spikes, expected ${right}; ${onlyLeft} of them too many, ${onlyRight} missing. First difference: ` +
          `${spikeText(first, ignoreTime)} is ${first.onlyIn === "left" ? "not expected" : "missing"}`,
  };
}

/** `expect(run).toStayWithinEnergy("12 uJ")`: of runs with an `energy`, as a bench gives them. */
export function toStayWithinEnergy(received: unknown, limit: number | string): Verdict {
  const energy = (received as { energy?: EnergyReport } | null)?.energy;
  if (energy === undefined)
    throw new TypeError("toStayWithinEnergy needs a run of a bench: await bench.run(recording)");
  const limitJ = typeof limit === "number" ? limit : parseJoules(limit, "the limit");
  return {
    pass: energy.totalJ <= limitJ,
    message: () =>
      `the run cost ${formatSi(energy.totalJ, "J")} (preset ${energy.model}, evidence: ${energy.evidence}; dynamic ${formatSi(energy.dynamicJ, "J")}, static ${formatSi(energy.staticJ, "J")}), the limit is ${formatSi(limitJ, "J")}`,
  };
}

async function eventsOf(spikes: Spikes): Promise<OutputEvents> {
  if (typeof spikes === "string" || spikes instanceof URL) return readSpikeFile(await readFile(spikes), String(spikes));
  const events = "t" in spikes ? spikes : spikes.events;
  if (events === undefined) throw new TypeError("toMatchSpikes needs a run with its events: leave out onEvents");
  return events;
}

/** All spikes at one instant, so that they are compared as a set. */
function timeless(events: OutputEvents): OutputEvents {
  return { ...events, t: new Float64Array(events.t.length) };
}

function withinTolerance(got: OutputEvents, wanted: OutputEvents, tolerance: number): Verdict {
  const counts = (events: OutputEvents): Uint32Array => {
    const perCore = new Uint32Array(256);
    for (const core of events.core) perCore[core]++;
    return perCore;
  };
  const a = counts(got);
  const b = counts(wanted);
  const cores = [...a.keys()].filter((core) => Math.abs(a[core] - b[core]) > tolerance * b[core]);
  return {
    pass: cores.length === 0,
    message: () =>
      cores.length === 0
        ? `the spikes of every core differ by at most ${100 * tolerance} %`
        : cores
            .map((core) => `core ${core} has ${a[core]} spikes, expected ${b[core]} (at most ${100 * tolerance} % off)`)
            .join("; "),
  };
}

function spikeText({ t, core, feature, y, x }: Spike, ignoreTime: boolean): string {
  return `${ignoreTime ? "" : `t ${t} us, `}core ${core}, feature ${feature}, y ${y}, x ${x}`;
}
