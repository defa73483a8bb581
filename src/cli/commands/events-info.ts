import { basename } from "node:path";
import { EventSummarizer, type EventSummary } from "../../events/summary.ts";
import { streamEventFile } from "../../formats/event-files.ts";
import { sparkline } from "../../report/sparkline.ts";
import { formatCount, formatSi } from "../../units.ts";
import type { CommandContext, CommandResult } from "../context.ts";
import { type ReadFlags, readSettings } from "../read-flags.ts";
import { repairWarnings, reportJson } from "../recordings.ts";
import { formatFields } from "../table.ts";

/** `events info FILE`: one pass in bounded memory. */
export async function eventsInfo(file: string, flags: ReadFlags, context: CommandContext): Promise<CommandResult> {
  const { format, events, report } = await streamEventFile(file, readSettings(flags));
  const bar = context.progress(`read ${basename(file)}`);
  const summarizer = new EventSummarizer();
  try {
    for await (const part of events) {
      context.signal.throwIfAborted();
      summarizer.add(part);
      bar.update(summarizer.events);
    }
  } finally {
    bar.end();
  }
  const summary = summarizer.summary();
  const [width, height] = summary.sensor;
  const skipped = Object.entries(report.skipped).map(([what, count]) => `${formatCount(count)} ${what}`);
  return {
    json: { file: basename(file), format, ...summary, ...reportJson(report) },
    text: formatFields([
      ["file", basename(file)],
      ["format", format],
      [
        "sensor",
        `${width}x${height}${summary.sensorStated ? "" : " (smallest that holds all events; the file does not say)"}`,
      ],
      [
        "events",
        `${formatCount(summary.events)} (${formatCount(summary.on)} ON, ${formatCount(summary.events - summary.on)} OFF)`,
      ],
      ["duration", durationText(summary)],
      ["rate", summary.rateHz === null ? null : formatSi(summary.rateHz, "events/s")],
      ["over time", sparkline(summarizer.rates().counts)],
      ...(skipped.length > 0 ? [["skipped", skipped.join(", ")] as const] : []),
      ...(report.clockOverflows > 0
        ? [["clock", `ran over ${formatCount(report.clockOverflows)} times; times go on`] as const]
        : []),
    ]),
    warnings: repairWarnings(report),
  };
}

function durationText({ durationUs, firstUs, lastUs }: EventSummary): string | null {
  if (firstUs === null || lastUs === null) return null;
  return `${formatSi(durationUs * 1e-6, "s")} (${formatCount(firstUs)} us to ${formatCount(lastUs)} us)`;
}
