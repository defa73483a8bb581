import { basename } from "node:path";
import { compileProgram } from "../../../emulator/program.ts";
import { synOpFigures } from "../../../emulator/synops.ts";
import type { OutputEvents, RunResult } from "../../chip/chip.ts";
import { priceRun } from "../../energy/energy.ts";
import { resolvePreset } from "../../energy/preset-file.ts";
import { countOutputs, outputLayoutOf, predict } from "../../evaluate/prediction.ts";
import { type InputStream, streamInputEvents } from "../../evaluate/samples.ts";
import { checkOutputFile } from "../../formats/atomic-file.ts";
import type { PowerSample } from "../../link/board-chip.ts";
import { selectMonitor } from "../../testing/open-port.ts";
import { formatSi, parseDurationUs } from "../../units.ts";
import { type CommandContext, type CommandResult, throwIfInterrupted } from "../context.ts";
import { describeRun, runReport } from "../emulate-report.ts";
import { inputSettings, type RecordingFlags } from "../input-flags.ts";
import { boardJson, boardText, linkText } from "../link-report.ts";
import { monitoredCores } from "../monitored.ts";
import { checkOutputName, writeOutputEvents } from "../output-events.ts";
import { type ConfiguredPort, openConfigured, type PortFlags } from "../port-chip.ts";
import { formatFields } from "../table.ts";

export interface RunFlags extends PortFlags, RecordingFlags {
  readonly events: string;
  readonly energy: string;
  readonly monitor?: readonly string[];
  readonly duration?: string;
  readonly output?: string;
}

/** Microseconds of board time between readings of the power meters. */
const POWER_INTERVAL_US = 10_000;

/** `run --port URL --events FILE`: as `emulate`, on whatever chip is behind the port. */
export async function run(flags: RunFlags, context: CommandContext): Promise<CommandResult> {
  if (flags.output !== undefined) {
    checkOutputName(flags.output);
    await checkOutputFile(flags.output, context);
  }
  const duration = flags.duration === undefined ? undefined : parseDurationUs(flags.duration, "--duration");
  await using target = await openConfigured(flags, context);
  const { open, loaded, deployed } = target;
  const { config, device, sha256 } = loaded;
  const preset = await resolvePreset(flags.energy, device.spec);
  const input = await streamInputEvents(flags.events, config.input.shape, inputSettings(flags));
  await selectMonitor(open, config, monitoredCores(config, flags.monitor));

  const start = performance.now();
  const ran = await runInput(target, input, flags, context);
  const wallMs = performance.now() - start;
  const { result } = ran;
  if (flags.output !== undefined && result.events) {
    await writeOutputEvents(flags.output, result.events, config, context.force);
  }
  const durationUs = duration ?? result.durationUs;
  const inputEvents = result.input.events;
  const report = runReport({
    mode: "event",
    result,
    energy: priceRun(result.perCore, device, { preset, durationUs, inputEvents, outputEvents: ran.outputEvents }),
    figures: synOpFigures(compileProgram(config, device.spec), result.perCore, inputEvents - result.input.dropped),
    durationUs,
    dropped: input.dropped(),
    wallMs,
    output: predict(ran.counts),
  });
  const { board } = open;
  const power = measured(ran.power);
  return {
    json: {
      ...report,
      port: open.label,
      deployed,
      device: device.spec.name,
      chip: { ...(flags.chip === undefined ? {} : { file: basename(flags.chip) }), sha256 },
      events: basename(flags.events),
      ...(board ? { board: boardJson(board.identity), link: board.statistics } : {}),
      ...(power ? { power } : {}),
    },
    text: [
      describeRun(report),
      formatFields([
        ["port", board ? `${open.label}: ${boardText(board.identity)}` : open.label],
        ...(board ? [["line", linkText(board.statistics)] as const] : []),
        ...(power ? [["meters", powerText(power)] as const] : []),
      ]),
    ].join("\n"),
    warnings: [
      ...(flags.monitor && flags.output === undefined
        ? ["--monitor keeps spikes in the file of -o, and there is none"]
        : []),
      ...input.warnings(),
      ...result.warnings.map((warning) => warning.message),
    ],
  };
}

interface Ran {
  readonly result: RunResult;
  readonly counts: readonly number[];
  readonly outputEvents: number;
  readonly power: readonly PowerSample[];
}

async function runInput(
  { open, loaded }: ConfiguredPort,
  input: InputStream,
  flags: RunFlags,
  context: CommandContext,
): Promise<Ran> {
  const layout = outputLayoutOf(loaded.config);
  const counts = new Array<number>(layout.features).fill(0);
  let outputEvents = 0;
  const count = (events: OutputEvents): void => {
    countOutputs(events, layout, counts);
    outputEvents += events.t.length;
  };
  const power: PowerSample[] = [];
  const bar = context.progress("run");
  try {
    await open.chip.reset();
    if (open.board?.can("power")) {
      await open.board.watch({
        powerIntervalUs: POWER_INTERVAL_US,
        onPower: (sample) => {
          if (sample.run !== 0) power.push(sample);
        },
      });
    }
    const result = await open.chip.run(input.events, {
      signal: context.signal,
      onProgress: bar.update,
      ...(flags.output === undefined ? { onEvents: count } : {}),
    });
    if (result.events) count(result.events);
    await throwIfInterrupted(context);
    return { result, counts, outputEvents, power };
  } finally {
    bar.end();
  }
}

/** What the board's meters say of the run; null when it has none, or the run was too short for a reading. */
interface MeasuredPower {
  readonly measuredUs: number;
  readonly energyJ: number;
  /** Mean power of each rail. */
  readonly railsW: Readonly<Record<string, number>>;
}

function measured(samples: readonly PowerSample[]): MeasuredPower | null {
  const measuredUs = samples.reduce((sum, { intervalUs }) => sum + intervalUs, 0);
  if (measuredUs === 0) return null;
  const joules: Record<string, number> = {};
  for (const { watts, intervalUs } of samples) {
    for (const [rail, watt] of Object.entries(watts)) joules[rail] = (joules[rail] ?? 0) + (watt * intervalUs) / 1e6;
  }
  return {
    measuredUs,
    energyJ: Object.values(joules).reduce((sum, joule) => sum + joule, 0),
    railsW: Object.fromEntries(Object.entries(joules).map(([rail, joule]) => [rail, (joule * 1e6) / measuredUs])),
  };
}

function powerText({ measuredUs, energyJ, railsW }: MeasuredPower): string {
  const rails = Object.entries(railsW).map(([rail, watt]) => `${rail} ${formatSi(watt, "W")}`);
  return `${formatSi(energyJ, "J")} over ${formatSi(measuredUs / 1e6, "s")}, idle power included (${rails.join(", ")})`;
}
