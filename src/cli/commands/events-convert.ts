import { rebaseEvents } from "../../events/event-stream.ts";
import type { CommandContext, CommandResult } from "../context.ts";
import type { ConvertFlags } from "../events-commands.ts";
import { editRecording } from "../recordings.ts";

/** `events convert IN OUT`: any format that is read to any that is written. */
export function eventsConvert(
  input: string,
  output: string,
  flags: ConvertFlags,
  context: CommandContext,
): Promise<CommandResult> {
  return editRecording(input, output, flags, context, (events) => ({
    events: flags.rebase ? { ...rebaseEvents(events), originUs: 0 } : events,
  }));
}
