import { type Command, InvalidArgumentError } from "commander";
import type { PolarityChoice, Region } from "../events/address.ts";
import type { CommandContext } from "./context.ts";
import { add, choice, positiveInteger, run } from "./define.ts";
import { type ReadFlags, readOptions } from "./read-flags.ts";
import type { EditFlags } from "./recordings.ts";
import { addSimulateCommand } from "./simulate-command.ts";

export interface ConvertFlags extends EditFlags {
  readonly rebase?: boolean;
}
export interface CropFlags extends EditFlags {
  readonly region: Region;
}
export interface DownsampleFlags extends EditFlags {
  readonly by: number;
}
export interface PolarityFlags extends EditFlags {
  readonly choose: PolarityChoice;
}
export interface HotPixelFlags extends EditFlags {
  readonly factor: number;
  readonly least: number;
}
export interface SliceFlags extends ReadFlags {
  readonly events?: number;
  readonly window?: string;
  readonly output: string;
  readonly as: string;
}
export interface RenderFlags extends ReadFlags {
  readonly output: string;
  readonly window?: string;
  readonly fps: number;
  readonly scale?: number;
}

/** `spikewright events ...`: what is done with recordings before any chip. */
export function addEventsCommands(program: Command): void {
  const events = program.command("events").description("event recordings");

  readOptions(add(events, "info <file>", "format, sensor, number of events, rate and duration of a recording")).action(
    run((file: string, flags: ReadFlags, context: CommandContext) =>
      import("./commands/events-info.ts").then((m) => m.eventsInfo(file, flags, context)),
    ),
  );

  editing(events, "convert <in> <out>", "write a recording in the format of the output's ending")
    .option("--rebase", "count time from the first event")
    .action(
      run((input: string, output: string, flags: ConvertFlags, context: CommandContext) =>
        import("./commands/events-convert.ts").then((m) => m.eventsConvert(input, output, flags, context)),
      ),
    );

  editing(events, "crop <in> <out>", "cut a region out of a recording")
    .requiredOption("--region <WxH+X+Y>", "size and left upper corner, such as 64x64+32+32", region)
    .action(
      run((input: string, output: string, flags: CropFlags, context: CommandContext) =>
        import("./commands/events-crop.ts").then((m) => m.eventsCrop(input, output, flags, context)),
      ),
    );

  editing(events, "downsample <in> <out>", "divide the addresses of a recording, 128x128 by 2 gives 64x64")
    .option("--by <n>", "whole number to divide by", positiveInteger, 2)
    .action(
      run((input: string, output: string, flags: DownsampleFlags, context: CommandContext) =>
        import("./commands/events-downsample.ts").then((m) => m.eventsDownsample(input, output, flags, context)),
      ),
    );

  editing(events, "polarity <in> <out>", "keep, merge or swap polarities")
    .requiredOption("--choose <how>", "merge | on | off | swap", choice("merge", "on", "off", "swap"))
    .action(
      run((input: string, output: string, flags: PolarityFlags, context: CommandContext) =>
        import("./commands/events-polarity.ts").then((m) => m.eventsPolarity(input, output, flags, context)),
      ),
    );

  editing(events, "hot-pixels <in> <out>", "leave out pixels that send far more events than their neighbours")
    .option("--factor <n>", "how many times more than the second busiest pixel around", positiveInteger, 10)
    .option("--least <n>", "events that a pixel must have sent to be called hot", positiveInteger, 20)
    .action(
      run((input: string, output: string, flags: HotPixelFlags, context: CommandContext) =>
        import("./commands/events-hot-pixels.ts").then((m) => m.eventsHotPixels(input, output, flags, context)),
      ),
    );

  readOptions(add(events, "slice <in>", "cut a recording, or every recording of a labelled set, into pieces"))
    .option("--events <n>", "pieces of so many events", positiveInteger)
    .option("--window <time>", "pieces of such a time, such as 100ms")
    .requiredOption("-o, --output <dir>", "folder for the pieces; for a set with its labels.csv")
    .option("--as <format>", "format of the pieces", "npz")
    .option("--force", "replace existing pieces")
    .action(
      run((input: string, flags: SliceFlags, context: CommandContext) =>
        import("./commands/events-slice.ts").then((m) => m.eventsSlice(input, flags, context)),
      ),
    );

  readOptions(add(events, "render <file>", "draw a recording: .png (all events), .gif or .html (over time)"))
    .requiredOption("-o, --output <file>", "picture (.png), animation (.gif) or player (.html)")
    .option("--window <time>", "time of a frame of an animation; by default real time, at most 400 frames")
    .option("--fps <n>", "frames a second of an animation", positiveInteger, 25)
    .option(
      "--scale <n>",
      "screen pixels a sensor pixel; by default about 512 pixels for the longer side",
      positiveInteger,
    )
    .option("--force", "replace an existing output")
    .action(
      run((file: string, flags: RenderFlags, context: CommandContext) =>
        import("./commands/events-render.ts").then((m) => m.eventsRender(file, flags, context)),
      ),
    );

  addSimulateCommand(events);
}

function editing(events: Command, nameAndArguments: string, description: string): Command {
  return readOptions(add(events, nameAndArguments, description))
    .option("--as <format>", "format of the output, instead of the one that its ending stands for")
    .option("--force", "replace an existing output");
}

function region(text: string): Region {
  const match = /^(\d+)x(\d+)\+(\d+)\+(\d+)$/.exec(text);
  if (!match) throw new InvalidArgumentError("give width x height + left + top, such as 64x64+32+32.");
  const [width, height, x, y] = match.slice(1).map(Number);
  return { x, y, width, height };
}
