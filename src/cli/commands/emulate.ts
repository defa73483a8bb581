import { basename } from "node:path";
import { EmulatedChip } from "../../../emulator/emulated-chip.ts";
import { compileProgram } from "../../../emulator/program.ts";
import { findSaturation, type Saturation } from "../../../emulator/saturation.ts";
import { synOpFigures } from "../../../emulator/synops.ts";
import { TimestepChip } from "../../../emulator/timestep/timestep-chip.ts";
import { joinObservers } from "../../../emulator/timing/create-engine.ts";
import { Utilisation } from "../../../emulator/timing/utilisation.ts";
import type { Chip, OutputEvents, RunResult } from "../../chip/chip.ts";
import type { ChipConfig } from "../../chip/config.ts";
import type { Device } from "../../device/types.ts";
import { priceRun } from "../../energy/energy.ts";
import { resolvePreset } from "../../energy/preset-file.ts";
import { ChipError } from "../../errors.ts";
import { countOutputs, outputLayoutOf, predict } from "../../evaluate/prediction.ts";
import { type InputStream, streamInputEvents } from "../../evaluate/samples.ts";
import { concatEvents, type EventStream, sliceEvents } from "../../events/event-stream.ts";
import { checkOutputFile } from "../../formats/atomic-file.ts";
import { parseDurationUs } from "../../units.ts";
import { type CommandContext, type CommandResult, throwIfInterrupted } from "../context.ts";
import { describeRun, runReport, type UtilisationOverTime } from "../emulate-report.ts";
import { type EmulateFlags, inputSettings, runMode } from "../input-flags.ts";
import { loadChip } from "../load.ts";
import { monitoredCores } from "../monitored.ts";
import { checkOutputName, writeOutputEvents } from "../output-events.ts";
import { openTraceFile } from "../trace-file.ts";

/** Bins of utilisation over time while it is gathered; joined to at most `SHOWN_BINS` afterwards. */
const BIN_PS = 1e9;
const SHOWN_BINS = 64;
/** Input events that the search for the saturating rate replays. */
const SATURATION_EVENTS = 20_000;

/**
 * `emulate CHIP --events FILE`. The recording is read while it runs, so that its length does not matter; only `-o` keeps
 * the output events.
 */
export async function emulate(chipFile: string, flags: EmulateFlags, context: CommandContext): Promise<CommandResult> {
  const { config: loaded, device, sha256 } = await loadChip(chipFile, flags.device);
  const config = monitored(loaded, flags.monitor ?? []);
  const mode = runMode(flags);
  if (flags.saturation && mode.mode === "timestep") {
    throw new ChipError(
      "E_OPTION",
      "--saturation needs the chip's time, which timestep mode does not have; leave out --mode timestep.",
    );
  }
  const preset = await resolvePreset(flags.energy, device.spec);
  const duration = flags.duration === undefined ? undefined : parseDurationUs(flags.duration, "--duration");
  if (flags.output !== undefined) checkOutputName(flags.output);
  for (const file of [flags.output, flags.trace]) if (file !== undefined) await checkOutputFile(file, context);
  const input = await streamInputEvents(flags.events, config.input.shape, inputSettings(flags));
  context.log.info({ chip: chipFile, sha256, device: device.spec.name, deviceHash: device.hash, ...mode }, "emulate");

  const start = performance.now();
  const run = await runFile(config, device, input, flags, context);
  const wallMs = performance.now() - start;

  const { result } = run;
  context.log.info({ kernel: result.kernel, inputEvents: result.input.events, wallMs }, "emulated");
  if (flags.output !== undefined && result.events) {
    await writeOutputEvents(flags.output, result.events, config, context.force);
  }
  const durationUs = duration ?? result.durationUs;
  const prices = { preset, durationUs, inputEvents: result.input.events, outputEvents: run.outputEvents };
  const report = runReport({
    mode: mode.mode,
    result,
    energy: priceRun(result.perCore, device, prices),
    figures: synOpFigures(
      compileProgram(config, device.spec),
      result.perCore,
      result.input.events - result.input.dropped,
    ),
    durationUs,
    dropped: input.dropped(),
    wallMs,
    output: predict(run.counts),
    ...(run.overTime ? { utilisationOverTime: run.overTime } : {}),
    ...(flags.saturation ? { saturation: await saturationOf(config, device, flags) } : {}),
  });
  return {
    json: {
      ...report,
      device: device.spec.name,
      chip: { file: basename(chipFile), sha256 },
      events: basename(flags.events),
    },
    text: describeRun(report),
    warnings: [
      ...(flags.monitor && flags.output === undefined
        ? ["--monitor keeps spikes in the file of -o, and there is none"]
        : []),
      ...input.warnings(),
      ...result.warnings.map((warning) => warning.message),
    ],
  };
}

interface FileRun {
  readonly result: RunResult;
  readonly counts: readonly number[];
  readonly outputEvents: number;
  readonly overTime?: UtilisationOverTime;
}

async function runFile(
  config: ChipConfig,
  device: Device,
  input: InputStream,
  flags: EmulateFlags,
  context: CommandContext,
): Promise<FileRun> {
  const mode = runMode(flags);
  const strict = flags.strict === true;
  const timing = mode.mode === "event" && (mode.timing === true || flags.trace !== undefined);
  const utilisation = timing ? new Utilisation(config.cores.length, BIN_PS) : undefined;
  const trace = flags.trace === undefined ? undefined : await openTraceFile(flags.trace, config, context.force);
  const observers = [...(utilisation ? [utilisation] : []), ...(trace ? [trace.observer] : [])];
  const layout = outputLayoutOf(config);
  const counts = new Array<number>(layout.features).fill(0);
  let outputEvents = 0;
  const count = (events: OutputEvents): void => {
    countOutputs(events, layout, counts);
    outputEvents += events.t.length;
  };
  const bar = context.progress("emulate");
  try {
    await using chip: Chip =
      mode.mode === "timestep"
        ? new TimestepChip(device, { ...mode, strict })
        : new EmulatedChip(device, {
            strict,
            timing,
            ...(flags.kernel ? { kernel: flags.kernel } : {}),
            ...(observers.length > 0 ? { observer: joinObservers(observers) } : {}),
          });
    await chip.configure(config);
    const result = await chip.run(input.events, {
      signal: context.signal,
      onProgress: bar.update,
      ...(flags.output === undefined ? { onEvents: count } : {}),
    });
    if (result.events) count(result.events);
    await throwIfInterrupted(context);
    await trace?.commit();
    const overTime = utilisation && { overTime: overTimeOf(utilisation, config.cores.length) };
    return { result, counts, outputEvents, ...overTime };
  } finally {
    await trace?.close();
    bar.end();
  }
}

/** Busy share of each bin, 0 to 1, for every core; short bins joined. */
function overTimeOf(utilisation: Utilisation, cores: number): UtilisationOverTime {
  const busy = Array.from({ length: cores }, (_, core) => utilisation.busyPs(core));
  const bins = busy[0]?.length ?? 0;
  const joined = Math.max(1, Math.ceil(bins / SHOWN_BINS));
  const share = (ofCore: Float64Array, bin: number): number =>
    ofCore.subarray(bin * joined, (bin + 1) * joined).reduce((sum, ps) => sum + ps, 0) / (joined * utilisation.binPs);
  return {
    binUs: (joined * utilisation.binPs) / 1e6,
    perCore: busy.map((ofCore) => Array.from({ length: Math.ceil(bins / joined) }, (_, bin) => share(ofCore, bin))),
  };
}

/** The configuration with further layers monitored. */
function monitored(config: ChipConfig, layers: readonly string[]): ChipConfig {
  const chosen = monitoredCores(config, layers);
  return { ...config, cores: config.cores.map((core) => ({ ...core, monitorEnable: chosen.includes(core.core) })) };
}

async function saturationOf(config: ChipConfig, device: Device, flags: EmulateFlags): Promise<Saturation> {
  const { events } = await streamInputEvents(flags.events, config.input.shape, inputSettings(flags));
  const first: EventStream[] = [];
  let length = 0;
  for await (const part of events) {
    const wanted = sliceEvents(part, 0, SATURATION_EVENTS - length);
    first.push(wanted);
    length += wanted.t.length;
    if (length >= SATURATION_EVENTS) break;
  }
  return findSaturation(config, device.spec, concatEvents(first), { maxEvents: SATURATION_EVENTS });
}
