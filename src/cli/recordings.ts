import { basename } from "node:path";
import { concatEvents, createEventStream, type EventStream } from "../events/event-stream.ts";
import { summarizeEvents } from "../events/summary.ts";
import { checkOutputFile } from "../formats/atomic-file.ts";
import { checkWritten, formatOfName, streamEventFile, writeEventFile } from "../formats/event-files.ts";
import type { ReadReport } from "../formats/read-report.ts";
import { formatCount, formatSi } from "../units.ts";
import type { CommandContext, CommandResult } from "./context.ts";
import { type ReadFlags, readSettings } from "./read-flags.ts";
import { formatFields } from "./table.ts";

export interface ReadRecording {
  readonly format: string;
  readonly events: EventStream;
  readonly report: ReadReport;
}

/** A whole recording, with its events counted on the terminal as they come. */
export async function readRecording(file: string, flags: ReadFlags, context: CommandContext): Promise<ReadRecording> {
  const { format, events, report } = await streamEventFile(file, readSettings(flags));
  const bar = context.progress(`read ${basename(file)}`);
  const parts: EventStream[] = [];
  let count = 0;
  try {
    for await (const part of events) {
      context.signal.throwIfAborted();
      parts.push(part);
      bar.update((count += part.t.length));
    }
  } finally {
    bar.end();
  }
  return { format, events: parts.length > 0 ? concatEvents(parts) : createEventStream(0, flags.sensor), report };
}

export function repairWarnings(report: ReadReport): readonly string[] {
  return report.warnings.map(({ message }) => message);
}

/** What the reader met, as fields of a JSON document. */
export function reportJson({ warnings, skipped, clockOverflows }: ReadReport): Record<string, unknown> {
  return { repairs: warnings, skipped, clockOverflows };
}

/** What an editing command does to a recording, and what it says about it. */
export interface Edit {
  readonly events: EventStream;
  readonly json?: Readonly<Record<string, unknown>>;
  readonly fields?: readonly (readonly [name: string, value: string])[];
}

/** Flags of commands that make one recording of another. */
export interface EditFlags extends ReadFlags {
  /** Format of the output, instead of the one that its ending stands for. */
  readonly as?: string;
}

/** Reads a recording, edits it and writes it in the format that the output's ending stands for. */
export async function editRecording(
  input: string,
  output: string,
  flags: EditFlags,
  context: CommandContext,
  edit: (events: EventStream) => Edit,
): Promise<CommandResult> {
  const target = flags.as ?? formatOfName(output);
  checkWritten(target);
  await checkOutputFile(output, context);
  const { format, events, report } = await readRecording(input, flags, context);
  const edited = edit(events);
  await writeEventFile(output, edited.events, { force: context.force, format: target });
  const { sensor, sensorStated, events: count, durationUs } = summarizeEvents(edited.events);
  return {
    json: {
      input: basename(input),
      output,
      from: format,
      to: target,
      sensor,
      eventsIn: events.t.length,
      events: count,
      durationUs,
      ...edited.json,
      ...reportJson(report),
    },
    text: formatFields([
      ["written", output],
      ["format", `${format} -> ${target}`],
      ["sensor", `${sensor.join("x")}${sensorStated ? "" : " (smallest that holds all events)"}`],
      ["events", `${formatCount(count)} of ${formatCount(events.t.length)}, ${formatSi(durationUs * 1e-6, "s")}`],
      ...(edited.fields ?? []),
    ]),
    warnings: repairWarnings(report),
  };
}
