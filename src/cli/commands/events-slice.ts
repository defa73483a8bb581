import { stat } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { ChipError } from "../../errors.ts";
import { rebaseEvents } from "../../events/event-stream.ts";
import { cutSlices, type SliceRule } from "../../events/slice.ts";
import { makeFolder, writeFileAtomic } from "../../formats/atomic-file.ts";
import { openDataset } from "../../formats/dataset.ts";
import { checkWritten, endingOfFormat, writeEventFile } from "../../formats/event-files.ts";
import { formatCount, formatSi, parseDurationUs } from "../../units.ts";
import type { CommandContext, CommandResult } from "../context.ts";
import type { SliceFlags } from "../events-commands.ts";
import { readRecording, repairWarnings } from "../recordings.ts";
import { formatFields } from "../table.ts";

interface Piece {
  readonly id: string;
  readonly source: string;
  readonly slice: number;
  readonly events: number;
}

interface Recording {
  readonly id: string;
  readonly file: string;
  readonly label?: string;
  readonly columns?: Readonly<Record<string, string>>;
}

/**
 * `events slice IN -o DIR`: pieces of a recording, or of every recording of a labelled set, whose labels.csv goes along
 * with a row for each piece. Pieces do not overlap and a remainder is dropped; each begins at time 0.
 */
export async function eventsSlice(input: string, flags: SliceFlags, context: CommandContext): Promise<CommandResult> {
  const rule = sliceRule(flags);
  checkWritten(flags.as);
  const ending = endingOfFormat(flags.as);
  const recordings = await recordingsOf(input);
  await makeFolder(flags.output);
  const bar = context.progress("slice");
  const pieces: Piece[] = [];
  const rows: (readonly string[])[] = [];
  const warnings: string[] = [];
  const columns = [...new Set(recordings.flatMap(({ columns = {} }) => Object.keys(columns)))];
  let eventsIn = 0;
  for (const [i, { id, file, label, columns: values = {} }] of recordings.entries()) {
    const { events, report } = await readRecording(file, flags, context);
    warnings.push(...repairWarnings(report));
    eventsIn += events.t.length;
    for (const [slice, cut] of cutSlices(events, rule).entries()) {
      if (context.signal.aborted) throw interrupted(pieces.length, flags.output);
      const name = `${id.replaceAll("/", "_")}_${String(slice).padStart(4, "0")}`;
      const piece = { ...rebaseEvents(cut), originUs: 0 };
      await writeEventFile(join(flags.output, name + ending), piece, { force: context.force, format: flags.as });
      pieces.push({ id: name, source: id, slice, events: cut.t.length });
      if (label !== undefined) rows.push([name, label, id, String(slice), ...columns.map((key) => values[key] ?? "")]);
    }
    bar.update(i + 1, recordings.length);
  }
  bar.end();
  const labelled = rows.length > 0;
  if (labelled) {
    const table = [["id", "label", "source", "slice", ...columns.map(freeName)], ...rows];
    const text = table.map((row) => `${row.map(csvCell).join(",")}\n`).join("");
    await writeFileAtomic(join(flags.output, "labels.csv"), text, context);
  }
  const kept = pieces.reduce((sum, { events }) => sum + events, 0);
  return {
    json: {
      output: flags.output,
      format: flags.as,
      recordings: recordings.length,
      pieces,
      events: kept,
      dropped: eventsIn - kept,
      labels: labelled,
    },
    text: formatFields([
      [
        "written",
        `${formatCount(pieces.length)} pieces of ${formatCount(recordings.length)} recordings into ${flags.output}`,
      ],
      ["pieces", "events" in rule ? `${formatCount(rule.events)} events` : formatSi(rule.windowUs * 1e-6, "s")],
      ["events", `${formatCount(kept)} of ${formatCount(eventsIn)}; remainders are dropped`],
      ...(labelled ? [["labels", join(flags.output, "labels.csv")] as const] : []),
    ]),
    warnings,
  };
}

function interrupted(pieces: number, folder: string): ChipError {
  return new ChipError(
    "E_INTERRUPTED",
    pieces === 0
      ? "interrupted; nothing was written."
      : `interrupted after ${formatCount(pieces)} pieces, which stay in ${folder}; --force with the same command writes all of them again.`,
    { details: { pieces } },
  );
}

function sliceRule({ events, window }: SliceFlags): SliceRule {
  if ((events === undefined) === (window === undefined)) {
    throw new ChipError("E_OPTION", "events slice needs either --events N or --window TIME.");
  }
  return events === undefined ? { windowUs: parseDurationUs(window!, "--window") } : { events };
}

/** The recordings of a labelled set, or the one that a file is. */
async function recordingsOf(input: string): Promise<readonly Recording[]> {
  const facts = await stat(input).catch(() => undefined);
  if (facts?.isDirectory()) return (await openDataset(input)).samples;
  return [{ id: basename(input, extname(input)), file: input }];
}

/** Columns that came along keep their names beside those that slicing adds. */
function freeName(column: string): string {
  return ["source", "slice"].includes(column) ? `original_${column}` : column;
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
