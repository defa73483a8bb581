import type { KernelChoice } from "../../emulator/kernel/kernel.ts";
import type { SpikeFunction } from "../../emulator/timestep/layer.ts";
import { ChipError } from "../errors.ts";
import type { RunMode } from "../evaluate/runner.ts";
import type { InputSettings } from "../evaluate/samples.ts";
import type { PolarityChoice } from "../events/address.ts";
import { parseDurationUs } from "../units.ts";
import { type ReadFlags, readSettings } from "./read-flags.ts";

/** How a recording becomes input events; the same for every command that takes one. */
export interface RecordingFlags extends ReadFlags {
  readonly polarity?: PolarityChoice;
  readonly crop?: boolean;
  readonly downsample?: number;
}

/** ... and how it is run by the emulator. */
export interface InputFlags extends RecordingFlags {
  readonly mode: "event" | "timestep";
  readonly dt?: string;
  readonly spikes?: SpikeFunction;
  readonly lowerBound?: "none" | "threshold";
  readonly timing?: boolean;
}

export interface EmulateFlags extends InputFlags {
  readonly device?: string;
  readonly events: string;
  readonly energy: string;
  readonly monitor?: readonly string[];
  readonly duration?: string;
  readonly strict?: boolean;
  readonly kernel?: KernelChoice;
  readonly trace?: string;
  readonly saturation?: boolean;
  readonly output?: string;
}

/** The flags that say how a recording becomes input events, as plain settings. */
export function inputSettings(flags: RecordingFlags): InputSettings {
  return {
    ...(flags.polarity ? { polarity: flags.polarity } : {}),
    ...(flags.crop ? { crop: true } : {}),
    ...(flags.downsample ? { downsample: flags.downsample } : {}),
    reading: readSettings(flags),
  };
}

/** @throws ChipError E_OPTION for flags of one mode that are given with the other */
export function runMode(flags: InputFlags): RunMode {
  const wrong =
    flags.mode === "event"
      ? { "--dt": flags.dt, "--spikes": flags.spikes, "--lower-bound": flags.lowerBound }
      : { "--timing": flags.timing };
  for (const [name, value] of Object.entries(wrong)) {
    if (value === undefined) continue;
    const other = flags.mode === "event" ? "timestep" : "event";
    throw new ChipError("E_OPTION", `${name} belongs to --mode ${other}; leave it out, or choose that mode.`);
  }
  if (flags.mode === "event") return { mode: "event", ...(flags.timing ? { timing: true } : {}) };
  const dtUs = parseDurationUs(flags.dt ?? "1ms", "--dt");
  return {
    mode: "timestep",
    dtUs,
    ...(flags.spikes ? { spikeFunction: flags.spikes } : {}),
    ...(flags.lowerBound ? { lowerBound: flags.lowerBound } : {}),
  };
}
