import { basename } from "node:path";
import type { RunResult } from "../../chip/chip.ts";
import { compareRuns, type RunComparison } from "../../evaluate/compare.ts";
import { streamInputEvents } from "../../evaluate/samples.ts";
import { isLinePort } from "../../link/open.ts";
import { formatPortUrl } from "../../link/port-url.ts";
import { type OpenPort, openPort, selectMonitor } from "../../testing/open-port.ts";
import { formatCount } from "../../units.ts";
import { type CommandContext, type CommandResult, throwIfInterrupted } from "../context.ts";
import { inputSettings, type RecordingFlags } from "../input-flags.ts";
import { boardJson } from "../link-report.ts";
import { type LoadedChip, loadChip } from "../load.ts";
import { deploy, portOf } from "../port-chip.ts";
import { EXIT } from "../run-command.ts";
import { formatTable } from "../table.ts";

export interface CompareFlags extends RecordingFlags {
  readonly events: string;
  readonly left: string;
  readonly right: string;
  readonly tolerance: number;
  readonly asIs?: boolean;
  readonly device?: string;
}

/** `compare CHIP --events FILE --left emulator --right URL`: every spike of every layer that both sides can show. */
export async function compare(chipFile: string, flags: CompareFlags, context: CommandContext): Promise<CommandResult> {
  const ports = [portOf(flags.left), portOf(flags.right)] as const;
  const loaded = await loadChip(chipFile, flags.device);
  const { config, device, sha256 } = loaded;
  await using left = await openPort(ports[0], device, context.signal);
  await using right = await openPort(ports[1], device, context.signal);
  for (const side of [left, right]) {
    // What a board runs is only left alone when that is wanted; the others start with nothing.
    if (flags.asIs !== true || !isLinePort(side.port)) await deploy(side, loaded, context);
  }
  const monitored = monitoredOnBoth(left, right, loaded);
  const runs: RunResult[] = [];
  for (const side of [left, right]) {
    await selectMonitor(side, config, monitored);
    runs.push(await runOn(side, loaded, flags, context));
  }
  const comparison = compareRuns(config, runs[0] as RunResult, runs[1] as RunResult, flags.tolerance);
  const sides = { left: formatPortUrl(ports[0]), right: formatPortUrl(ports[1]) };
  const verdict = verdictOf(comparison, sides);
  return {
    json: {
      ...comparison,
      ...(comparison.accepted
        ? {}
        : { ok: false, error: { code: "E_DIFFERENT", message: verdict, details: { first: comparison.first } } }),
      device: device.spec.name,
      chip: { file: basename(chipFile), sha256 },
      events: { ...comparison.events, file: basename(flags.events) },
      monitored,
      left: sideJson(left),
      right: sideJson(right),
    },
    text: [layerTable(comparison), "", verdict].join("\n"),
    ...(comparison.accepted ? {} : { exitCode: EXIT.refused }),
  };
}

/** All cores, where both sides can be told; otherwise those of the configuration. */
function monitoredOnBoth(left: OpenPort, right: OpenPort, { config }: LoadedChip): readonly number[] {
  const free = [left, right].every(({ board }) => board === undefined || board.can("selectMonitor"));
  return config.cores.filter(({ monitorEnable }) => free || monitorEnable).map(({ core }) => core);
}

async function runOn(
  side: OpenPort,
  { config }: LoadedChip,
  flags: CompareFlags,
  context: CommandContext,
): Promise<RunResult> {
  const input = await streamInputEvents(flags.events, config.input.shape, inputSettings(flags));
  const bar = context.progress(side.label);
  try {
    await side.chip.reset();
    const result = await side.chip.run(input.events, { signal: context.signal, onProgress: bar.update });
    await throwIfInterrupted(context);
    return result;
  } finally {
    bar.end();
  }
}

function sideJson({ label, board }: OpenPort): Record<string, unknown> {
  return { port: label, ...(board ? { board: boardJson(board.identity), link: board.statistics } : {}) };
}

function layerTable({ layers }: RunComparison): string {
  const number = { align: "right" } as const;
  return formatTable(
    [
      { title: "layer" },
      { title: "core", ...number },
      { title: "SynOps left", ...number },
      { title: "right", ...number },
      { title: "spikes left", ...number },
      { title: "right", ...number },
      { title: "difference", ...number },
    ],
    layers.map(({ name, core, left, right, relative }) => [
      name,
      core,
      ...[left.taps, right.taps, left.spikes, right.spikes].map(formatCount),
      relative === null ? "only right" : relative === 0 ? "0" : `${(100 * relative).toFixed(2)} %`,
    ]),
  );
}

function verdictOf(comparison: RunComparison, sides: { readonly left: string; readonly right: string }): string {
  const { equal, accepted, events, first, layers, tolerance } = comparison;
  if (equal) {
    return `equal: all ${formatCount(events.left)} spikes, and all totals, of ${sides.left} and ${sides.right}`;
  }
  const odd = layers.find((layer) => !layer.equal);
  const what = first
    ? `first difference at t ${first.t} us, core ${first.core} (${first.layer}), feature ${first.feature}, y ${first.y}, x ${first.x}: only ${sides[first.onlyIn]} spikes; ${formatCount(events.onlyLeft)} spikes only left, ${formatCount(events.onlyRight)} only right`
    : `all spikes that are shown are equal, the totals of ${odd?.name ?? "a layer"} are not`;
  return accepted ? `within ${100 * tolerance} %: ${what}` : `different: ${what}`;
}
