import { basename } from "node:path";
import { EventSummarizer, type EventSummary } from "../../events/summary.ts";
import { streamEventFile } from "../../formats/event-files.ts";
import { sparkline } from "../../report/sparkline.ts";
import { formatCount, formatSi } from "../../units.ts";
import type { CommandResult } from "../context.ts";
import type { EventsInfoFlags } from "../program.ts";
import { formatFields } from "../table.ts";

/** `events info FILE`: one pass in bounded memory. */
export async function eventsInfo(file: string, flags: EventsInfoFlags): Promise<CommandResult> {
  const { format, events } = await streamEventFile(file, flags.sensor ? { sensor: flags.sensor } : {});
  const summarizer = new EventSummarizer();
  for await (const part of events) summarizer.add(part);
  const summary = summarizer.summary();
  const [width, height] = summary.sensor;
  return {
    json: { file: basename(file), format, ...summary },
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
    ]),
  };
}

function durationText({ durationUs, firstUs, lastUs }: EventSummary): string | null {
  if (firstUs === null || lastUs === null) return null;
  return `${formatSi(durationUs * 1e-6, "s")} (${formatCount(firstUs)} us to ${formatCount(lastUs)} us)`;
}
