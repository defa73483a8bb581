import type { Counters } from "../chip/chip.ts";
import type { ChipConfig } from "../chip/config.ts";
import type { BoardChip, PowerSample } from "../link/board-chip.ts";
import { formatCount, formatSi } from "../units.ts";
import { boardText, linkText } from "./link-report.ts";
import { bold, formatFields, formatTable } from "./table.ts";

type Count = Exclude<keyof Counters, "core" | "layer">;

/** One look as data: a line of `-o` and `--jsonl`, and what `calibrate` reads. */
export interface MonitorSample {
  /** Time since the first look, microseconds of this computer. */
  readonly timeUs: number;
  /** Length of the time over which was counted: of the board's meters, where it has them. */
  readonly intervalUs: number;
  /** What was counted in that time, all cores together. */
  readonly counters: Readonly<Record<Count, number>>;
  readonly layers: readonly (Readonly<Record<Count, number>> & { readonly name: string; readonly core: number })[];
  /** Mean power of each rail, watts; absent when the board has not measured in that time. */
  readonly powerW?: Readonly<Record<string, number>>;
}

/** What a board counted and drew between two moments. */
export interface Look {
  readonly sample: MonitorSample;
  /** Counted since configuration or reset. */
  readonly totals: readonly Counters[];
}

/** Readings of the meters in one look: so few of the events fall between the last of them and the counters. */
const READINGS = 50;
const SHORTEST_READING_US = 1000;

/** Takes looks at a board, one after the other. */
export class Watch {
  readonly #board: BoardChip;
  readonly #config: ChipConfig;
  readonly #nowUs: () => number;
  #startUs = 0;
  #lastUs = 0;
  #last: readonly Counters[] = [];
  #power: PowerSample[] = [];

  constructor(board: BoardChip, config: ChipConfig, nowUs: () => number) {
    this.#board = board;
    this.#config = config;
    this.#nowUs = nowUs;
  }

  /** Begins to watch; the first look is taken by `next`. */
  async start(intervalUs: number): Promise<void> {
    if (this.#board.can("power")) {
      const powerIntervalUs = Math.max(SHORTEST_READING_US, Math.round(intervalUs / READINGS));
      await this.#board.watch({ powerIntervalUs, onPower: (sample) => this.#power.push(sample) });
    }
    this.#last = await this.#board.counters();
    this.#startUs = this.#lastUs = this.#nowUs();
  }

  async next(): Promise<Look> {
    const totals = await this.#board.counters();
    const nowUs = this.#nowUs();
    const power = this.#power;
    this.#power = [];
    const measuredUs = power.reduce((sum, { intervalUs }) => sum + intervalUs, 0);
    const layers = totals.map((counters) => this.#since(counters));
    const sample: MonitorSample = {
      timeUs: nowUs - this.#startUs,
      intervalUs: measuredUs > 0 ? measuredUs : nowUs - this.#lastUs,
      counters: sums(layers),
      layers,
      ...(measuredUs > 0 ? { powerW: meanPower(power, measuredUs) } : {}),
    };
    this.#last = totals;
    this.#lastUs = nowUs;
    return { sample, totals };
  }

  /** Counters since the last look; a reset in between starts them anew. */
  #since(now: Counters): MonitorSample["layers"][number] {
    const before = this.#last.find(({ core }) => core === now.core);
    const reset = before !== undefined && before.eventsIn > now.eventsIn;
    const { core, layer: _, ...counts } = now;
    const differences = Object.entries(counts).map(([name, count]) => [
      name,
      count - (reset || before === undefined ? 0 : before[name as Count]),
    ]);
    const name = this.#config.cores.find((candidate) => candidate.core === core)?.layer ?? now.layer;
    return { name, core, ...(Object.fromEntries(differences) as Record<Count, number>) };
  }
}

function sums(layers: MonitorSample["layers"]): Record<Count, number> {
  const total: Record<string, number> = {};
  for (const { name: _, core: __, ...counts } of layers) {
    for (const [key, count] of Object.entries(counts)) total[key] = (total[key] ?? 0) + count;
  }
  return total as Record<Count, number>;
}

function meanPower(samples: readonly PowerSample[], totalUs: number): Record<string, number> {
  const mean: Record<string, number> = {};
  for (const { watts, intervalUs } of samples) {
    for (const [rail, watt] of Object.entries(watts)) mean[rail] = (mean[rail] ?? 0) + (watt * intervalUs) / totalUs;
  }
  return mean;
}

const BAR = 24;

/** A look for people: rates a layer, power a rail, the line. */
export function describeLook(look: Look, board: BoardChip): string {
  const { sample, totals } = look;
  const number = { align: "right" } as const;
  const rate = (count: number): string => formatSi((count * 1e6) / sample.intervalUs, "/s");
  const rates = formatTable(
    [
      { title: "layer" },
      { title: "core", ...number },
      { title: "events in", ...number },
      { title: "SynOps", ...number },
      { title: "spikes", ...number },
      { title: "SynOps so far", ...number },
      { title: "spikes so far", ...number },
    ],
    sample.layers.map((layer, i) => [
      layer.name,
      layer.core,
      ...[layer.eventsIn, layer.taps, layer.spikes].map(rate),
      formatCount(totals[i]?.taps ?? 0),
      formatCount(totals[i]?.spikes ?? 0),
    ]),
  );
  return [
    `${bold(board.label)}  ${boardText(board.identity)}`,
    "",
    rates,
    "",
    ...powerLines(sample),
    formatFields([
      ["time", `${formatSi(sample.timeUs / 1e6, "s")}${sample.powerW ? ", rates by the board's time" : ""}`],
      ["line", linkText(board.statistics)],
    ]),
  ].join("\n");
}

function powerLines({ powerW }: MonitorSample): readonly string[] {
  if (powerW === undefined) return [];
  const rails = Object.entries(powerW);
  const most = Math.max(...rails.map(([, watt]) => watt));
  const total = rails.reduce((sum, [, watt]) => sum + watt, 0);
  const width = Math.max(...rails.map(([rail]) => rail.length), "power".length);
  return [
    `${"power".padEnd(width)}  ${formatSi(total, "W")}`,
    ...rails.map(([rail, watt]) => {
      const bar = "#".repeat(most > 0 ? Math.round((BAR * watt) / most) : 0);
      return `${rail.padEnd(width)}  ${formatSi(watt, "W").padStart(9)}  ${bar}`;
    }),
    "",
  ];
}
