import { basename } from "node:path";
import { selectPolarity } from "../../events/address.ts";
import { formatCount } from "../../units.ts";
import type { CommandContext, CommandResult } from "../context.ts";
import type { PolarityFlags } from "../events-commands.ts";
import { editRecording } from "../recordings.ts";

/** `events polarity IN OUT --choose merge|on|off|swap`. Events that are kept by `on` or `off`, or merged, have p = 0. */
export function eventsPolarity(
  input: string,
  output: string,
  flags: PolarityFlags,
  context: CommandContext,
): Promise<CommandResult> {
  return editRecording(input, output, flags, context, (recording) => {
    const { events, dropped } = selectPolarity(recording, flags.choose, basename(input));
    return {
      events,
      json: { dropped },
      fields: [["left out", `${formatCount(dropped)} events of the other polarity`]],
    };
  });
}
