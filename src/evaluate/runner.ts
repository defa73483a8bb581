import { EmulatedChip } from "../../emulator/emulated-chip.ts";
import { compileProgram } from "../../emulator/program.ts";
import { type SynOpFigures, synOpFigures } from "../../emulator/synops.ts";
import { createTimestepEngine } from "../../emulator/timestep/create-engine.ts";
import type { SpikeFunction } from "../../emulator/timestep/layer.ts";
import { compileTimestep } from "../../emulator/timestep/program.ts";
import { runAnalogue, runTimestep } from "../../emulator/timestep/run.ts";
import { TimestepChip } from "../../emulator/timestep/timestep-chip.ts";
import type { RunOptions, RunResult } from "../chip/chip.ts";
import type { ChipConfig } from "../chip/config.ts";
import type { Device } from "../device/types.ts";
import { ChipError } from "../errors.ts";
import type { EventStream } from "../events/event-stream.ts";
import { readNir } from "../formats/nir.ts";
import type { Shape } from "../network/types.ts";
import { decodeChip, isChipFile } from "../wire/chip-codec.ts";
import { type OutputLayout, outputLayoutOf } from "./prediction.ts";
import { timestepFromNetwork } from "./timestep-network.ts";

/** How time is taken: the chip's way, or binned as the training literature does. Plain data, for worker threads. */
export type RunMode =
  | { readonly mode: "event"; readonly timing?: boolean }
  | {
      readonly mode: "timestep";
      readonly dtUs: number;
      readonly spikeFunction?: SpikeFunction;
      /** Of a network whose file gives no lower bound: none, as the file says (default), or -threshold, as sinabs reads NIR. */
      readonly lowerBound?: "none" | "threshold";
    };

/** Anything that answers recordings: a chip in event mode, a chip or a float network in timestep mode. */
export interface SampleRunner {
  readonly inputShape: Shape;
  readonly layout: OutputLayout;
  /** From a fresh state. */
  run(events: EventStream, options: RunOptions): Promise<RunResult>;
  /**
   * Shows an image as analogue current, `[f][y][x]` of one step, for so many steps; from a fresh state.
   *
   * @throws ChipError E_OPTION in event mode, which knows no current
   */
  showImage(current: Float32Array, steps: number, options: RunOptions): Promise<RunResult>;
  /** The three figures that the literature calls SynOps. */
  synOps(result: RunResult): SynOpFigures;
}

/** A chip that runs a configuration in the given mode. */
export async function chipRunner(config: ChipConfig, device: Device, mode: RunMode): Promise<SampleRunner> {
  const chip =
    mode.mode === "event" ? new EmulatedChip(device, { timing: mode.timing === true }) : new TimestepChip(device, mode);
  await chip.configure(config);
  const program = compileProgram(config, device.spec);
  return {
    inputShape: config.input.shape,
    layout: outputLayoutOf(config),
    run: async (events, options) => {
      await chip.reset();
      return chip.run(events, options);
    },
    showImage: async (current, steps, options) => {
      if (!(chip instanceof TimestepChip)) throw noCurrent();
      await chip.reset();
      return chip.runAnalogue(current, steps, options);
    },
    synOps: (result) => synOpFigures(program, result.perCore, result.input.events - result.input.dropped),
  };
}

/**
 * What a file holds, ready to run: a chip.pb, or a network as it was trained, which only timestep mode can run.
 *
 * @throws ChipError E_OPTION when a network is to run in event mode
 */
export async function openRunner(
  bytes: Uint8Array,
  name: string,
  device: Device,
  mode: RunMode,
): Promise<SampleRunner> {
  if (isChipFile(bytes)) return chipRunner(decodeChip(bytes, name), device, mode);
  if (mode.mode === "event") {
    throw new ChipError(
      "E_OPTION",
      `${name} is a network, and event mode runs chip configurations: map it first, or use --mode timestep.`,
    );
  }
  const { network, outputs } = timestepFromNetwork(await readNir(bytes, name), {
    missingThresholdLow: mode.lowerBound === "threshold" ? "minusThreshold" : "none",
    ...(mode.spikeFunction ? { spikeFunction: mode.spikeFunction } : {}),
  });
  const engine = createTimestepEngine(compileTimestep(network));
  const { cores } = engine.program;
  return {
    inputShape: network.inputShape,
    layout: {
      outputs: outputs.map((index) => ({ core: cores[index].core, featureShift: 0 })),
      features: Math.max(0, ...outputs.map((index) => cores[index].features)),
    },
    run: (events, options) => {
      engine.reset();
      return runTimestep(engine, events, { ...options, dtUs: mode.dtUs });
    },
    showImage: (current, steps, options) => {
      engine.reset();
      return runAnalogue(engine, current, steps, { ...options, dtUs: mode.dtUs });
    },
    synOps: (result) => synOpFigures(engine.program, result.perCore, result.input.events - result.input.dropped),
  };
}

function noCurrent(): ChipError {
  return new ChipError(
    "E_OPTION",
    "images are shown as analogue current, which the chip's event mode does not know; use --mode timestep --steps N.",
  );
}
