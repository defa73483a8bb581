import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { EmulatedChip } from "../../emulator/emulated-chip.ts";
import type { Chip, RunResult } from "../chip/chip.ts";
import type { ChipConfig } from "../chip/config.ts";
import { checkConfig } from "../chip/validate.ts";
import { loadDevice } from "../device/catalogue.ts";
import type { Device } from "../device/types.ts";
import { type EnergyReport, priceRun } from "../energy/energy.ts";
import { resolvePreset } from "../energy/preset-file.ts";
import { countOutputs, outputLayoutOf, type Prediction, predict } from "../evaluate/prediction.ts";
import { type InputSettings, readInputEvents } from "../evaluate/samples.ts";
import { toInputEvents } from "../events/address.ts";
import { type EventStream, rebaseEvents } from "../events/event-stream.ts";
import type { BoardChip } from "../link/board-chip.ts";
import type { CapabilityName } from "../link/capability-names.ts";
import { parsePortUrl } from "../link/port-url.ts";
import { decodeChip } from "../wire/chip-codec.ts";
import { deployTo, type OpenPort, openPort, selectMonitor } from "./open-port.ts";

export interface OpenChipOptions {
  /** A chip.pb, by path, or a configuration. */
  readonly chip: string | URL | ChipConfig;
  /** Port URL; default: what the environment variable SPIKEWRIGHT_PORT names, otherwise `emulator:`. */
  readonly port?: string;
  /** The device file that the chip was mapped for, when it is one of your own. */
  readonly device?: string;
  /** Layers whose spikes come up beside those that the configuration monitors. */
  readonly monitor?: readonly string[];
  /** How recordings become input events: polarity, crop, downsample. */
  readonly input?: InputSettings;
  /** Energy preset of the device, or a file; default: the device's. */
  readonly energy?: string;
}

/** A run with its answer and its price. */
export interface BenchRun extends RunResult {
  /** Output events, kept. */
  readonly events: NonNullable<RunResult["events"]>;
  readonly counts: readonly number[];
  /** Output feature with most spikes; null: none. */
  readonly prediction: number | null;
  readonly energy: EnergyReport;
}

/** A chip that is configured and ready, with what a test needs around it. */
export interface ChipBench extends AsyncDisposable {
  readonly chip: Chip;
  /** The chip as a board, when it is reached over the wire. */
  readonly board: BoardChip | undefined;
  /** Port URL. */
  readonly port: string;
  readonly config: ChipConfig;
  readonly device: Device;
  /** The emulator in process can everything. */
  can(capability: CapabilityName): boolean;
  /** Resets the chip and runs a recording, from a file or made by the test. */
  run(recording: string | URL | EventStream): Promise<BenchRun>;
  /** The same recording on the emulator in process, as the measure of all others. */
  emulate(recording: string | URL | EventStream): Promise<BenchRun>;
}

/**
 * Opens the chip that SPIKEWRIGHT_PORT (or `port`) names, and puts the configuration in use.
 *
 * @throws ChipError E_LINK and others that say what to do
 */
export async function openChip(options: OpenChipOptions): Promise<ChipBench> {
  const port = parsePortUrl(options.port ?? process.env.SPIKEWRIGHT_PORT ?? "emulator:");
  const { config, bytes, device } = await loadConfiguration(options);
  const cores = config.cores
    .filter(({ monitorEnable, layer }) => monitorEnable || options.monitor?.includes(layer))
    .map(({ core }) => core);
  const open = await openPort(port, device);
  try {
    await deployTo(open, config, bytes);
    await selectMonitor(open, config, cores);
  } catch (error) {
    await open[Symbol.asyncDispose]();
    throw error;
  }
  return benchOf(open, config, device, cores, options);
}

function benchOf(
  open: OpenPort,
  config: ChipConfig,
  device: Device,
  cores: readonly number[],
  options: OpenChipOptions,
): ChipBench {
  const { chip, board } = open;
  const inputOf = async (recording: string | URL | EventStream): Promise<EventStream> => {
    const { reading: _, ...choices } = options.input ?? {};
    if (typeof recording === "object" && "t" in recording) {
      return rebaseEvents(toInputEvents(recording, { inputShape: config.input.shape, ...choices }).events);
    }
    return (await readInputEvents(pathOf(recording), config.input.shape, options.input ?? {})).events;
  };
  const finish = async (result: RunResult): Promise<BenchRun> => {
    const events = result.events as BenchRun["events"];
    const layout = outputLayoutOf(config);
    const { counts, prediction }: Prediction = predict(countOutputs(events, layout));
    const energy = priceRun(result.perCore, device, {
      preset: await resolvePreset(options.energy, device.spec),
      durationUs: result.durationUs,
      inputEvents: result.input.events,
      outputEvents: events.t.length,
    });
    return { ...result, events, counts, prediction, energy };
  };
  return {
    chip,
    board,
    port: open.label,
    config,
    device,
    can: (capability) => board?.can(capability) ?? true,
    run: async (recording) => {
      const input = await inputOf(recording);
      await chip.reset();
      return finish(await chip.run(input));
    },
    emulate: async (recording) => {
      const emulator = new EmulatedChip(device);
      await emulator.configure(config);
      emulator.selectMonitor(cores);
      return finish(await emulator.run(await inputOf(recording)));
    },
    [Symbol.asyncDispose]: () => open[Symbol.asyncDispose](),
  };
}

async function loadConfiguration({
  chip,
  device,
}: OpenChipOptions): Promise<{ readonly config: ChipConfig; readonly bytes?: Uint8Array; readonly device: Device }> {
  if (typeof chip === "object" && "cores" in chip) {
    const own = await loadDevice(device ?? chip.device.name);
    checkConfig(chip, own);
    return { config: chip, device: own };
  }
  const path = pathOf(chip);
  const bytes = await readFile(path);
  const config = decodeChip(bytes, basename(path));
  const own = await loadDevice(device ?? config.device.name);
  checkConfig(config, own);
  return { config, bytes, device: own };
}

function pathOf(place: string | URL): string {
  return typeof place === "string" ? place : fileURLToPath(place);
}
