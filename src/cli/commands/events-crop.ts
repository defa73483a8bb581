import { crop } from "../../events/address.ts";
import { formatCount } from "../../units.ts";
import type { CommandContext, CommandResult } from "../context.ts";
import type { CropFlags } from "../events-commands.ts";
import { editRecording } from "../recordings.ts";

/** `events crop IN OUT --region WxH+X+Y`: the region becomes the sensor. */
export function eventsCrop(
  input: string,
  output: string,
  flags: CropFlags,
  context: CommandContext,
): Promise<CommandResult> {
  return editRecording(input, output, flags, context, (recording) => {
    const { events, dropped } = crop(recording, flags.region);
    return { events, json: { dropped }, fields: [["left out", `${formatCount(dropped)} events outside the region`]] };
  });
}
