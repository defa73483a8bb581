import type { Command } from "commander";
import type { Aedat2Camera, ReadSettings } from "../formats/event-format.ts";
import { choice, positiveInteger, sensorSize } from "./define.ts";

/** How a recording is read; the same for every command that reads one. */
export interface ReadFlags {
  readonly sensor?: readonly [number, number];
  readonly repair?: boolean;
  readonly format?: string;
  readonly camera?: Aedat2Camera;
  readonly columns?: string;
  readonly flipX?: boolean;
  readonly flipY?: boolean;
  readonly swapXy?: boolean;
  readonly polarityInvert?: boolean;
}

export function readOptions(command: Command): Command {
  return command
    .option("--sensor <WxH>", "size of the sensor, when the file does not say", sensorSize)
    .option("--repair", "read what can be read of a damaged recording, with warnings")
    .option("--format <name>", "format of the recording, instead of recognising it")
    .option(
      "--camera <name>",
      "camera of an AEDAT 1.0 or 2.0 file: dvs128 | davis240 | davis346",
      choice("dvs128", "davis240", "davis346"),
    )
    .option("--columns <names>", "columns of a CSV without a first line, such as t,x,y,p (t_s: seconds)")
    .option("--flip-x", "count x from the other side")
    .option("--flip-y", "count y from the other side")
    .option("--swap-xy", "exchange x and y, before any flip")
    .option("--polarity-invert", "take ON as OFF and OFF as ON");
}

/** How a recording becomes input events; the same for every command that runs one. */
export function recordingOptions(command: Command): Command {
  return readOptions(command)
    .option("--polarity <how>", "merge | on | off | split | swap", choice("merge", "on", "off", "split", "swap"))
    .option("--crop", "drop events outside the input map instead of refusing them")
    .option("--downsample <n>", "divide addresses by n", positiveInteger);
}

export function readSettings(flags: ReadFlags): ReadSettings {
  const { sensor, repair, format, camera, columns } = flags;
  const { flipX = false, flipY = false, swapXy: swapXY = false, polarityInvert: invertPolarity = false } = flags;
  const turned = flipX || flipY || swapXY || invertPolarity;
  return {
    ...(sensor ? { sensor } : {}),
    ...(repair ? { repair } : {}),
    ...(format ? { format } : {}),
    ...(camera ? { camera } : {}),
    ...(columns ? { columns } : {}),
    ...(turned ? { orientation: { flipX, flipY, swapXY, invertPolarity } } : {}),
  };
}
