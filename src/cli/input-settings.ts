import type { InputSettings } from "../evaluate/samples.ts";
import type { InputFlags } from "./program.ts";

/** The flags that say how a recording becomes input events, as plain settings. */
export function inputSettings(flags: InputFlags): InputSettings {
  return {
    ...(flags.polarity ? { polarity: flags.polarity } : {}),
    ...(flags.crop ? { crop: true } : {}),
    ...(flags.downsample ? { downsample: flags.downsample } : {}),
    ...(flags.sensor ? { sensor: flags.sensor } : {}),
  };
}
