import { basename } from "node:path";
import { EmulatedChip } from "../../../emulator/emulated-chip.ts";
import { compileProgram } from "../../../emulator/program.ts";
import { findSaturation, type Saturation } from "../../../emulator/saturation.ts";
import { type SynOpFigures, synOpFigures } from "../../../emulator/synops.ts";
import { TimestepChip } from "../../../emulator/timestep/timestep-chip.ts";
import { joinObservers } from "../../../emulator/timing/create-engine.ts";
import { Utilisation } from "../../../emulator/timing/utilisation.ts";
import type { Chip, RunResult } from "../../chip/chip.ts";
import type { ChipConfig } from "../../chip/config.ts";
import type { Device } from "../../device/types.ts";
import { type EnergyReport, priceRun } from "../../energy/energy.ts";
import { resolvePreset } from "../../energy/preset-file.ts";
import { ChipError } from "../../errors.ts";
import { countOutputs, outputLayoutOf, predict } from "../../evaluate/prediction.ts";
import { readInputEvents } from "../../evaluate/samples.ts";
import type { EventStream } from "../../events/event-stream.ts";
import { checkOutputFile } from "../../formats/atomic-file.ts";
import { sparkline } from "../../report/sparkline.ts";
import { formatCount, formatSi, parseDurationUs } from "../../units.ts";
import type { CommandContext, CommandResult } from "../context.ts";
import { formatEnergy } from "../energy-text.ts";
import { type EmulateFlags, inputSettings, runMode } from "../input-flags.ts";
import { loadChip } from "../load.ts";
import { writeOutputEvents } from "../output-events.ts";
import { bold, formatFields, formatTable } from "../table.ts";
import { openTraceFile } from "../trace-file.ts";

/** `emulate CHIP --events FILE`. */
export async function emulate(chipFile: string, flags: EmulateFlags, context: CommandContext): Promise<CommandResult> {
  const { config: loaded, device, sha256 } = await loadChip(chipFile);
  const config = monitored(loaded, flags.monitor ?? []);
  const mode = runMode(flags);
  const preset = await resolvePreset(flags.energy, device.spec);
  const duration = flags.duration === undefined ? undefined : parseDurationUs(flags.duration, "--duration");
  for (const file of [flags.output, flags.trace]) if (file !== undefined) await checkOutputFile(file, context);
  const sample = await readInputEvents(flags.events, config.input.shape, inputSettings(flags));

  const timed = mode.mode === "event" && (mode.timing === true || flags.trace !== undefined);
  const utilisation = timed ? new Utilisation(config.cores.length, binWidth(sample.events)) : undefined;
  const trace = flags.trace === undefined ? undefined : await openTraceFile(flags.trace, config, context.force);
  const bar = context.progress("emulate");
  const start = performance.now();
  let result: RunResult;
  try {
    await using chip: Chip =
      mode.mode === "timestep"
        ? new TimestepChip(device, { ...mode, strict: flags.strict === true })
        : new EmulatedChip(device, {
            strict: flags.strict === true,
            timing: timed,
            ...(flags.kernel ? { kernel: flags.kernel } : {}),
            ...(utilisation ? { observer: joinObservers([utilisation, ...(trace ? [trace.observer] : [])]) } : {}),
          });
    await chip.configure(config);
    result = await chip.run(sample.events, {
      signal: context.signal,
      onProgress: (events) => bar.update(events, sample.events.t.length),
    });
    await trace?.commit();
  } finally {
    await trace?.close();
    bar.end();
  }
  const wallMs = performance.now() - start;

  const events = result.events;
  if (events === undefined) throw new TypeError("the run kept no output events");
  if (flags.output !== undefined) await writeOutputEvents(flags.output, events, config, context.force);
  const durationUs = duration ?? result.durationUs;
  const reached = result.input.events - result.input.dropped;
  const energy = priceRun(result.perCore, device, {
    preset,
    durationUs,
    inputEvents: result.input.events,
    outputEvents: events.t.length,
  });
  const figures = synOpFigures(compileProgram(config, device.spec), result.perCore, reached);
  const answer = predict(countOutputs(events, outputLayoutOf(config)));
  const saturation = flags.saturation ? saturationOf(config, device, sample.events, mode.mode) : undefined;
  const overTime = utilisation && {
    binUs: utilisation.binPs / 1e6,
    perCore: config.cores.map((_, i) => sharesOf(utilisation, i)),
  };
  const json = report(mode.mode, result, energy, figures, durationUs, sample.dropped, wallMs);
  return {
    json: {
      ...json,
      output: answer,
      ...(overTime ? { utilisationOverTime: overTime } : {}),
      ...(result.readout ? { readout: result.readout } : {}),
      ...(saturation ? { saturation } : {}),
      device: device.spec.name,
      chip: { file: basename(chipFile), sha256 },
      events: basename(flags.events),
    },
    text: describe(json, energy, answer, saturation, overTime?.perCore, result.readout),
    warnings: [...(sample.warnings ?? []), ...result.warnings.map((warning) => warning.message)],
  };
}

/** Bins of the picture of utilisation over time. */
const PICTURE_BINS = 32;

function binWidth(events: EventStream): number {
  const durationUs = (events.t.at(-1) ?? 0) - (events.t[0] ?? 0) + 1;
  return Math.ceil((durationUs * 1e6) / PICTURE_BINS);
}

/** Busy share of each bin, 0 to 1. */
function sharesOf(utilisation: Utilisation, core: number): number[] {
  return Array.from(utilisation.busyPs(core), (busy) => busy / utilisation.binPs);
}

/** The configuration with further layers monitored. */
function monitored(config: ChipConfig, layers: readonly string[]): ChipConfig {
  const unknown = layers.filter((name) => !config.cores.some((core) => core.layer === name));
  if (unknown.length > 0) {
    const known = config.cores.map((core) => core.layer).join(", ");
    throw new ChipError("E_OPTION", `--monitor: there is no layer ${unknown.join(", ")}; the layers are ${known}.`);
  }
  const cores = config.cores.map((core) => (layers.includes(core.layer) ? { ...core, monitorEnable: true } : core));
  return { ...config, cores };
}

function saturationOf(
  config: ChipConfig,
  device: Device,
  events: Parameters<typeof findSaturation>[2],
  mode: string,
): Saturation {
  if (mode === "timestep") {
    throw new ChipError(
      "E_OPTION",
      "--saturation needs the chip's time, which timestep mode does not have; leave out --mode timestep.",
    );
  }
  return findSaturation(config, device.spec, events);
}

function report(
  mode: string,
  result: RunResult,
  energy: EnergyReport,
  figures: SynOpFigures,
  durationUs: number,
  dropped: number,
  wallMs: number,
) {
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
    wallMs,
    synOpsPerSecond: wallMs > 0 ? (totals.taps / wallMs) * 1000 : 0,
  };
}

type Report = ReturnType<typeof report>;

function describe(
  json: Report,
  energy: EnergyReport,
  answer: ReturnType<typeof predict>,
  saturation: Saturation | undefined,
  overTime: readonly (readonly number[])[] | undefined,
  readout: RunResult["readout"],
): string {
  const counts = answer.counts.map((count, i) => (i === answer.prediction ? bold(String(count)) : String(count)));
  const duration = formatSi(json.durationUs * 1e-6, "s");
  return [
    layerTable(json, overTime),
    "",
    formatFields([
      [
        "input",
        `${formatCount(json.input.events)} events over ${duration}, ${formatCount(json.input.dropped)} dropped`,
      ],
      ["SynOps", `${formatCount(json.synOps)} (taps: border-exact, zero weights included)`],
      ["  fan-out", `${formatCount(Math.round(json.synOpsFanOut))} by the paper's estimate, which knows no borders`],
      ["  effective", `${formatCount(json.synOpsEffective)} as NeuroBench counts`],
      ...formatEnergy(energy),
      ...timingFields(json),
      ...(saturation ? saturationFields(saturation) : []),
      ...(readout ? [["readout", readoutText(readout)] as const] : []),
      ["output", `${counts.join(" ")} -> ${answer.prediction ?? "no spike"}${answer.tie ? " (tie)" : ""}`],
      [
        "speed",
        `${formatSi(json.synOpsPerSecond, "SynOps/s")} in ${json.wallMs.toFixed(0)} ms (${json.kernel} kernel)`,
      ],
    ]),
  ].join("\n");
}

function readoutText(ticks: NonNullable<RunResult["readout"]>): string {
  const last = ticks.at(-1);
  const interrupts = ticks.filter((tick) => tick.interrupt).length;
  return `${formatCount(ticks.length)} ticks, ${formatCount(interrupts)} interrupts, class at the end: ${last?.classIndex ?? "none"}`;
}

function layerTable(json: Report, overTime: readonly (readonly number[])[] | undefined): string {
  const timed = json.timing !== undefined;
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
    json.layers.map((layer, i) => [
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
      ...(overTime ? [sparkline(overTime[i] as readonly number[], PICTURE_BINS, 1)] : []),
    ]),
  );
}

function timingFields({ timing }: Report): (readonly [string, string])[] {
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
