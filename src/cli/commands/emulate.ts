import { basename } from "node:path";
import { EmulatedChip } from "../../../emulator/emulated-chip.ts";
import type { RunResult } from "../../chip/chip.ts";
import type { ChipConfig } from "../../chip/config.ts";
import { type EnergyReport, priceRun } from "../../energy/energy.ts";
import { resolvePreset } from "../../energy/preset-file.ts";
import { ChipError } from "../../errors.ts";
import { countOutputs, predict } from "../../evaluate/prediction.ts";
import { outputLayoutOf } from "../../evaluate/run-sample.ts";
import { readInputEvents } from "../../evaluate/samples.ts";
import { formatCount, formatSi, parseDurationUs } from "../../units.ts";
import type { CommandContext, CommandResult } from "../context.ts";
import { formatEnergy } from "../energy-text.ts";
import { inputSettings } from "../input-settings.ts";
import { loadChip } from "../load.ts";
import { writeOutputEvents } from "../output-events.ts";
import type { EmulateFlags } from "../program.ts";
import { bold, formatFields, formatTable } from "../table.ts";

/** `emulate CHIP --events FILE`. */
export async function emulate(chipFile: string, flags: EmulateFlags, context: CommandContext): Promise<CommandResult> {
  const { config: loaded, device, sha256 } = await loadChip(chipFile);
  const config = monitored(loaded, flags.monitor ?? []);
  const preset = await resolvePreset(flags.energy, device.spec);
  const duration = flags.duration === undefined ? undefined : parseDurationUs(flags.duration, "--duration");
  const sample = await readInputEvents(flags.events, config.input.shape, inputSettings(flags));
  await using chip = new EmulatedChip(device, { strict: flags.strict === true });
  await chip.configure(config);

  const bar = context.progress("emulate");
  const start = performance.now();
  const result = await chip.run(sample.events, {
    signal: context.signal,
    onProgress: (events) => bar.update(events, sample.events.t.length),
  });
  const wallMs = performance.now() - start;
  bar.end();

  const events = result.events;
  if (events === undefined) throw new TypeError("the run kept no output events");
  if (flags.output !== undefined) await writeOutputEvents(flags.output, events, config, context.force);
  const durationUs = duration ?? result.durationUs;
  const energy = priceRun(result.perCore, device, {
    preset,
    durationUs,
    inputEvents: result.input.events,
    outputEvents: events.t.length,
  });
  const answer = predict(countOutputs(events, outputLayoutOf(config)));
  const json = report(result, energy, durationUs, sample.dropped, wallMs);
  return {
    json: {
      ...json,
      output: answer,
      device: device.spec.name,
      chip: { file: basename(chipFile), sha256 },
      events: basename(flags.events),
    },
    text: describe(json, energy, answer),
    warnings: result.warnings.map((warning) => warning.message),
  };
}

/** The configuration with further layers monitored. */
function monitored(config: ChipConfig, layers: readonly string[]): ChipConfig {
  const unknown = layers.filter((name) => !config.cores.some((core) => core.layer === name));
  if (unknown.length > 0) {
    const known = config.cores.map((core) => core.layer).join(", ");
    throw new ChipError("E_OPTION", `--monitor: there is no layer ${unknown.join(", ")}; the layers are ${known}.`);
  }
  return {
    ...config,
    cores: config.cores.map((core) => (layers.includes(core.layer) ? { ...core, monitorEnable: true } : core)),
  };
}

function report(result: RunResult, energy: EnergyReport, durationUs: number, dropped: number, wallMs: number) {
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
  return {
    mode: "event",
    kernel: result.kernel,
    durationUs,
    input: { events: result.input.events, dropped: result.input.dropped + dropped },
    layers,
    totals,
    synOps: totals.taps,
    energy,
    wallMs,
    synOpsPerSecond: wallMs > 0 ? (totals.taps / wallMs) * 1000 : 0,
  };
}

function describe(json: ReturnType<typeof report>, energy: EnergyReport, answer: ReturnType<typeof predict>): string {
  const table = formatTable(
    [
      { title: "layer" },
      ...["core", "events in", "SynOps", "updates", "spikes", "clamped"].map((title) => ({
        title,
        align: "right" as const,
      })),
    ],
    json.layers.map((layer) => [
      layer.name,
      layer.core,
      ...[layer.eventsIn, layer.taps, layer.neuronUpdates, layer.spikes, layer.clamped].map(formatCount),
    ]),
  );
  const counts = answer.counts.map((count, feature) =>
    feature === answer.prediction ? bold(String(count)) : String(count),
  );
  return [
    table,
    "",
    formatFields([
      [
        "input",
        `${formatCount(json.input.events)} events over ${formatSi(json.durationUs * 1e-6, "s")}, ${formatCount(json.input.dropped)} dropped`,
      ],
      ["SynOps", `${formatCount(json.synOps)} (taps, zero weights included)`],
      ...formatEnergy(energy),
      ["output", `${counts.join(" ")} -> ${answer.prediction ?? "no spike"}${answer.tie ? " (tie)" : ""}`],
      [
        "speed",
        `${formatSi(json.synOpsPerSecond, "SynOps/s")} in ${json.wallMs.toFixed(0)} ms (${json.kernel} kernel)`,
      ],
    ]),
  ].join("\n");
}
