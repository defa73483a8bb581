import { type Command, InvalidArgumentError } from "commander";
import type { CommandContext } from "./context.ts";
import { add, choice, positiveInteger, run, sensorSize } from "./define.ts";

export interface SimulateFlags {
  readonly images: string;
  readonly split?: string;
  readonly limit?: number;
  readonly output: string;
  readonly as: string;
  readonly path: "saccades" | "slow";
  readonly sensor: readonly [number, number];
  readonly scale: number;
  readonly duration?: string;
  readonly threshold?: number;
  readonly mismatch: number;
  readonly refractory: string;
  readonly noise?: number;
  readonly hotPixels: number;
  readonly resolution: string;
}

/** `spikewright events simulate`: recordings for those who have no event camera. */
export function addSimulateCommand(events: Command): void {
  add(events, "simulate", "what an event camera would record of moved images; writes recordings and labels.csv")
    .requiredOption("--images <set>", "MNIST idx, CIFAR-10, or a labelled folder of PNG or JPEG files")
    .requiredOption("-o, --output <dir>", "folder for the recordings")
    .option("--split <name>", "which set, when the folder holds several")
    .option("--limit <n>", "the first n images only", positiveInteger)
    .option("--as <format>", "format of the recordings", "npz")
    .option("--path <how>", "saccades (as N-MNIST) or slow (as MNIST-DVS)", choice("saccades", "slow"), "saccades")
    .option("--sensor <WxH>", "size of the sensor", sensorSize, [34, 34] as const)
    .option("--scale <n>", "sensor pixels that an image pixel covers", number(0.05, 64), 1)
    .option("--duration <time>", "length of a recording (default: 300ms of saccades, 2.3s of slow movement)")
    .option(
      "--threshold <log>",
      "change of log intensity that makes an event (default: 0.19 saccades, 0.28 slow)",
      number(0.01, 10),
    )
    .option("--mismatch <share>", "spread of the thresholds from pixel to pixel", number(0, 1), 0.05)
    .option("--refractory <time>", "how long a pixel is deaf after an event", "1700us")
    .option(
      "--noise <hz>",
      "events without a cause, of each pixel (default: 0.5 saccades, 0.05 slow)",
      number(0, 10_000),
    )
    .option("--hot-pixels <n>", "pixels that fire all the time", number(0, 1_000_000), 0)
    .option("--resolution <time>", "time stamps are multiples of this", "1us")
    .option("--force", "replace recordings that are there")
    .action(
      run((flags: SimulateFlags, context: CommandContext) =>
        import("./commands/events-simulate.ts").then((m) => m.eventsSimulate(flags, context)),
      ),
    );
}

function number(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === "" || !(value >= least && value <= most)) {
      throw new InvalidArgumentError(`give a number from ${least} to ${most}.`);
    }
    return value;
  };
}
