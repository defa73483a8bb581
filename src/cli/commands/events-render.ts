import { basename, extname } from "node:path";
import { ChipError } from "../../errors.ts";
import type { EventStream } from "../../events/event-stream.ts";
import { summarizeEvents } from "../../events/summary.ts";
import { checkOutputFile, writeFileAtomic } from "../../formats/atomic-file.ts";
import {
  countPolarities,
  EVENT_PALETTE,
  encodeGif,
  encodePng,
  fullCount,
  type PolarityCounts,
  paintCounts,
  pictureScale,
} from "../../report/event-picture.ts";
import { eventPlayerPage, MOST_PLAYED_EVENTS } from "../../report/event-player.ts";
import { formatBytes, formatCount, formatSi, parseDurationUs } from "../../units.ts";
import { type CommandContext, type CommandResult, throwIfInterrupted } from "../context.ts";
import type { RenderFlags } from "../events-commands.ts";
import { readRecording, repairWarnings, reportJson } from "../recordings.ts";
import { formatFields } from "../table.ts";

const MOST_FRAMES = 400;

/** Formats whose recordings count y from the bottom of the picture. */
const UPWARDS = ["aedat2", "es"];

interface Rendered {
  readonly bytes: Uint8Array | string;
  readonly json: Readonly<Record<string, unknown>>;
  readonly fields: readonly (readonly [name: string, value: string])[];
}

type Renderer = (events: EventStream, file: string, flags: RenderFlags, context: CommandContext) => Promise<Rendered>;

const RENDERERS: Readonly<Record<string, Renderer>> = { ".png": renderPng, ".gif": renderGif, ".html": renderHtml };

/** `events render FILE -o x.png|x.gif|x.html`: ON blue, OFF orange; rows from the top as stored. */
export async function eventsRender(file: string, flags: RenderFlags, context: CommandContext): Promise<CommandResult> {
  const render = RENDERERS[extname(flags.output).toLowerCase()];
  if (render === undefined) {
    throw new ChipError("E_OPTION", `${flags.output} has no ending for a picture; use .png, .gif or .html.`);
  }
  await checkOutputFile(flags.output, context);
  const { events, format, report } = await readRecording(file, flags, context);
  if (events.t.length === 0) throw new ChipError("E_INPUT", `${basename(file)} has no events to draw.`);
  const { bytes, json, fields } = await render(events, file, flags, context);
  await throwIfInterrupted(context);
  await writeFileAtomic(flags.output, bytes, context);
  const size = typeof bytes === "string" ? Buffer.byteLength(bytes) : bytes.length;
  return {
    json: {
      input: basename(file),
      format,
      output: flags.output,
      events: events.t.length,
      bytes: size,
      ...json,
      ...reportJson(report),
    },
    text: formatFields([
      ["written", `${flags.output} (${formatBytes(size)})`],
      ["events", formatCount(events.t.length)],
      ...fields,
      ...(UPWARDS.includes(format) && !flags.flipY
        ? [["rows", "from the top as stored; this format counts y upwards, which --flip-y turns"] as const]
        : []),
    ]),
    warnings: repairWarnings(report),
  };
}

async function renderPng(events: EventStream, _file: string, flags: RenderFlags): Promise<Rendered> {
  const { width, height, scale } = sizeOf(events, flags);
  const counts = countPolarities(events, width, height);
  const picture = paintCounts(counts, fullCount([counts]), scale);
  const size = { width: picture.width, height: picture.height };
  return {
    bytes: await encodePng(picture, EVENT_PALETTE),
    json: { ...size, scale },
    fields: [["picture", `${size.width}x${size.height} pixels, ON blue, OFF orange`]],
  };
}

async function renderGif(
  events: EventStream,
  file: string,
  flags: RenderFlags,
  context: CommandContext,
): Promise<Rendered> {
  const { width, height, scale } = sizeOf(events, flags);
  const { t } = events;
  const durationUs = t[t.length - 1] - t[0] + 1;
  const realTimeUs = 1e6 / flags.fps;
  const windowUs =
    flags.window === undefined
      ? Math.max(realTimeUs, durationUs / MOST_FRAMES)
      : parseDurationUs(flags.window, "--window");
  const frames = Math.ceil(durationUs / windowUs);
  if (frames > 10 * MOST_FRAMES) {
    throw new ChipError(
      "E_OPTION",
      `--window ${flags.window} makes ${formatCount(frames)} frames, and ${formatCount(10 * MOST_FRAMES)} are the most; choose a longer one.`,
    );
  }
  const counts: PolarityCounts[] = [];
  const bar = context.progress(`draw ${basename(file)}`);
  for (let frame = 0, from = 0; frame < frames; frame++) {
    // Checked in turns of the event loop, without which no signal would be seen.
    if (frame % 16 === 0) await throwIfInterrupted(context);
    const endUs = t[0] + (frame + 1) * windowUs;
    let to = from;
    while (to < t.length && t[to] < endUs) to++;
    counts.push(countPolarities(events, width, height, from, to));
    bar.update(frame + 1, frames);
    from = to;
  }
  bar.end();
  const full = fullCount(counts);
  const pictures = (function* () {
    for (const frame of counts) yield paintCounts(frame, full, scale);
  })();
  const speed = windowUs / realTimeUs;
  return {
    bytes: await encodeGif(pictures, EVENT_PALETTE, Math.round(1000 / flags.fps)),
    json: { width: width * scale, height: height * scale, scale, frames, windowUs, fps: flags.fps, speed },
    fields: [
      ["frames", `${frames} of ${formatSi(windowUs * 1e-6, "s")}, ${flags.fps} a second`],
      ["speed", Math.abs(speed - 1) < 0.005 ? "real time" : `${speed.toPrecision(3)} times real time`],
    ],
  };
}

async function renderHtml(events: EventStream, file: string, flags: RenderFlags): Promise<Rendered> {
  const { width, height } = sizeOf(events, flags);
  const { length } = events.t;
  if (length > MOST_PLAYED_EVENTS || width > 32_768) {
    throw new ChipError(
      "E_INPUT",
      `${basename(file)} has ${formatCount(length)} events, and a page plays up to ${formatCount(MOST_PLAYED_EVENTS)}; cut it with events slice, or render a .gif.`,
      { details: { events: length, limit: MOST_PLAYED_EVENTS } },
    );
  }
  return {
    bytes: eventPlayerPage(events, { title: basename(file), width, height }),
    json: { width, height },
    fields: [],
  };
}

function sizeOf(events: EventStream, flags: RenderFlags): { width: number; height: number; scale: number } {
  const [width, height] = summarizeEvents(events).sensor;
  return { width, height, scale: flags.scale ?? pictureScale(width, height) };
}
