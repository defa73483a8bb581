import type { Saturation } from "../../emulator/saturation.ts";
import type { SynOpFigures } from "../../emulator/synops.ts";
import type { RunResult } from "../chip/chip.ts";
import type { EnergyReport } from "../energy/energy.ts";
import type { Prediction } from "../evaluate/prediction.ts";
import { sparkline } from "../report/sparkline.ts";
import { formatCount, formatSi } from "../units.ts";
import { formatEnergy } from "./energy-text.ts";
import { bold, formatFields, formatTable } from "./table.ts";

export interface UtilisationOverTime {
  readonly binUs: number;
  /** Busy share of each bin, 0 to 1, in the order of the layers. */
  readonly perCore: readonly (readonly number[])[];
}

/** Everything that `emulate` found out. */
export interface RunFindings {
  readonly mode: "event" | "timestep";
  readonly result: RunResult;
  readonly energy: EnergyReport;
  readonly figures: SynOpFigures;
  readonly durationUs: number;
  /** Events that never came to the chip (crop, polarity). */
  readonly dropped: number;
  readonly wallMs: number;
  readonly output: Prediction;
  readonly utilisationOverTime?: UtilisationOverTime;
  readonly saturation?: Saturation;
}

const PICTURE_COLUMNS = 32;

/** The JSON document of a run. */
export function runReport(findings: RunFindings) {
  const { mode, result, energy, figures, durationUs, dropped, wallMs, output } = findings;
  const layers = result.perCore.map((core, i) => {
    const timing = result.timing?.perCore[i];
    return {
      name: core.layer,
      core: core.core,
      eventsIn: core.eventsIn,
      taps: core.taps,
      neuronUpdates: core.neuronUpdates,
      spikes: core.spikes,
      saturated: core.saturated,
      clamped: core.clamped,
      residues: core.residues,
      copies: core.copies,
      dropped: core.balancerDropped,
      linkEvents: core.linkEvents,
      poolDropped: core.poolDropped,
      decimated: core.decimated,
      leakUpdates: core.leakUpdates,
      busyUs: timing?.busyUs ?? null,
      stallUs: timing?.stallUs ?? null,
      utilisation: timing?.utilisation ?? null,
      maxQueue: timing?.maxQueue ?? null,
    };
  });
  const sum = (key: "taps" | "neuronUpdates" | "spikes"): number =>
    layers.reduce((total, layer) => total + layer[key], 0);
  const totals = { taps: sum("taps"), neuronUpdates: sum("neuronUpdates"), spikes: sum("spikes") };
  const { perCore: _, ...timing } = result.timing ?? { perCore: [] };
  return {
    mode,
    kernel: result.kernel,
    durationUs,
    input: { ...result.input, dropped: result.input.dropped + dropped },
    layers,
    totals,
    synOps: totals.taps,
    synOpsFanOut: figures.fanOutEstimate,
    synOpsEffective: figures.neuroBenchEffective,
    energy,
    ...(result.timing ? { timing: timing as Omit<NonNullable<RunResult["timing"]>, "perCore"> } : {}),
    output,
    ...(findings.utilisationOverTime ? { utilisationOverTime: findings.utilisationOverTime } : {}),
    ...(result.readout ? { readout: result.readout } : {}),
    ...(findings.saturation ? { saturation: findings.saturation } : {}),
    wallMs,
    synOpsPerSecond: wallMs > 0 ? (totals.taps / wallMs) * 1000 : 0,
  };
}

export type RunReport = ReturnType<typeof runReport>;

/** The same for people. */
export function describeRun(report: RunReport): string {
  const { output, readout, saturation } = report;
  const counts = output.counts.map((count, i) => (i === output.prediction ? bold(String(count)) : String(count)));
  const duration = formatSi(report.durationUs * 1e-6, "s");
  const { events, dropped } = report.input;
  return [
    layerTable(report),
    "",
    formatFields([
      ["input", `${formatCount(events)} events over ${duration}, ${formatCount(dropped)} dropped`],
      ["SynOps", `${formatCount(report.synOps)} (taps: border-exact, zero weights included)`],
      ["  fan-out", `${formatCount(Math.round(report.synOpsFanOut))} by the paper's estimate, which knows no borders`],
      ["  effective", `${formatCount(report.synOpsEffective)} as NeuroBench counts`],
      ...formatEnergy(report.energy),
      ...timingFields(report),
      ...(saturation ? saturationFields(saturation) : []),
      ...(readout ? [["readout", readoutText(readout)] as const] : []),
      ["output", `${counts.join(" ")} -> ${output.prediction ?? "no spike"}${output.tie ? " (tie)" : ""}`],
      [
        "speed",
        `${formatSi(report.synOpsPerSecond, "SynOps/s")} in ${report.wallMs.toFixed(0)} ms (${report.kernel} kernel)`,
      ],
    ]),
  ].join("\n");
}

function readoutText(ticks: NonNullable<RunResult["readout"]>): string {
  const last = ticks.at(-1);
  const interrupts = ticks.filter((tick) => tick.interrupt).length;
  return `${formatCount(ticks.length)} ticks, ${formatCount(interrupts)} interrupts, class at the end: ${last?.classIndex ?? "none"}`;
}

function layerTable(report: RunReport): string {
  const timed = report.timing !== undefined;
  const overTime = report.utilisationOverTime?.perCore;
  const titles = [
    "core",
    "events in",
    "SynOps",
    "updates",
    "spikes",
    "clamped",
    ...(timed ? ["busy", "stalled", "in use", "queue"] : []),
  ];
  const picture = overTime ? [{ title: "in use over time" }] : [];
  return formatTable(
    [{ title: "layer" }, ...titles.map((title) => ({ title, align: "right" as const })), ...picture],
    report.layers.map((layer, i) => [
      layer.name,
      layer.core,
      ...[layer.eventsIn, layer.taps, layer.neuronUpdates, layer.spikes, layer.clamped].map(formatCount),
      ...(timed
        ? [
            formatSi((layer.busyUs ?? 0) * 1e-6, "s"),
            formatSi((layer.stallUs ?? 0) * 1e-6, "s"),
            `${(100 * (layer.utilisation ?? 0)).toFixed(1)} %`,
            layer.maxQueue,
          ]
        : []),
      ...(overTime ? [sparkline(overTime[i] as readonly number[], PICTURE_COLUMNS, 1)] : []),
    ]),
  );
}

function timingFields({ timing }: RunReport): (readonly [string, string])[] {
  if (timing === undefined) return [];
  const us = (value: number): string => formatSi(value * 1e-6, "s");
  const { latencyUs, firstOutputUs } = timing;
  return [
    ["first output", firstOutputUs === null ? "none" : `${us(firstOutputUs)} after the first event`],
    [
      "latency",
      latencyUs === null
        ? "-"
        : `${us(latencyUs.p50)} median, 99 % below ${us(latencyUs.p99)}, at most ${us(latencyUs.max)}`,
    ],
  ];
}

function saturationFields({ eventsPerSecond, synOpsPerSecond, bottleneck }: Saturation): (readonly [string, string])[] {
  const where = `${bottleneck.layer} (core ${bottleneck.core}, ${(100 * bottleneck.utilisation).toFixed(0)} % in use)`;
  return [
    [
      "saturates at",
      `${formatSi(eventsPerSecond, "events/s")} in, ${formatSi(synOpsPerSecond, "SynOps/s")}; bottleneck ${where}`,
    ],
  ];
}
