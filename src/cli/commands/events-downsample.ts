import { downsample } from "../../events/address.ts";
import type { CommandContext, CommandResult } from "../context.ts";
import type { DownsampleFlags } from "../events-commands.ts";
import { editRecording } from "../recordings.ts";

/** `events downsample IN OUT --by N`: addresses are divided, events stay as they are. */
export function eventsDownsample(
  input: string,
  output: string,
  flags: DownsampleFlags,
  context: CommandContext,
): Promise<CommandResult> {
  return editRecording(input, output, flags, context, (events) => ({ events: downsample(events, flags.by) }));
}
