import { findHotPixels, removePixels } from "../../events/hot-pixels.ts";
import { formatCount } from "../../units.ts";
import type { CommandContext, CommandResult } from "../context.ts";
import type { HotPixelFlags } from "../events-commands.ts";
import { editRecording } from "../recordings.ts";

const MOST_NAMED = 8;

/** `events hot-pixels IN OUT`: says which pixels they are, and leaves their events out. */
export function eventsHotPixels(
  input: string,
  output: string,
  flags: HotPixelFlags,
  context: CommandContext,
): Promise<CommandResult> {
  return editRecording(input, output, flags, context, (recording) => {
    const pixels = findHotPixels(recording, { factor: flags.factor, least: flags.least });
    const { events, dropped } = removePixels(recording, pixels);
    const named = pixels.slice(0, MOST_NAMED).map(({ x, y, events: count }) => `(${x}, ${y}) ${formatCount(count)}`);
    const more = pixels.length > MOST_NAMED ? `, and ${pixels.length - MOST_NAMED} more` : "";
    return {
      events,
      json: { hotPixels: pixels, dropped },
      fields: [
        ["hot pixels", pixels.length === 0 ? "none" : `${named.join(", ")}${more}`],
        ["left out", `${formatCount(dropped)} events`],
      ],
    };
  });
}
