import type { Chip, NeuronStates, RunOptions, RunWarning } from "../../src/chip/chip.ts";
import type { ChipConfig } from "../../src/chip/config.ts";
import type { Device } from "../../src/device/types.ts";
import { ChipError } from "../../src/errors.ts";
import type { EventStream } from "../../src/events/event-stream.ts";
import { checkDeviceName, checkStateCount, layerOn } from "../chip-checks.ts";
import { neuronsFromFile, neuronsToFile } from "../program.ts";
import { throwStrict } from "../warnings.ts";
import { createTimestepEngine } from "./create-engine.ts";
import type { TimestepEngine } from "./engine.ts";
import { timestepFromConfig } from "./from-config.ts";
import type { SpikeFunction } from "./layer.ts";
import { compileTimestep, type TimestepLayerProgram } from "./program.ts";
import { runAnalogue, runTimestep, type TimestepRunResult } from "./run.ts";

export interface TimestepChipOptions {
  /** Length of a step, whole microseconds. */
  readonly dtUs: number;
  /** Default "multi", as sinabs. */
  readonly spikeFunction?: SpikeFunction;
  /** Effects become E_STRICT errors. */
  readonly strict?: boolean;
}

/**
 * A chip configuration in timestep mode: not how the chip works, but how the training literature simulates it.
 * Membranes and counters go on from run to run until `reset`.
 */
export class TimestepChip implements Chip {
  readonly #device: Device;
  readonly #options: TimestepChipOptions;
  #loaded: { readonly config: ChipConfig; readonly engine: TimestepEngine } | undefined;

  constructor(device: Device, options: TimestepChipOptions) {
    this.#device = device;
    this.#options = options;
  }

  /** @throws ChipError E_DEVICE_MISMATCH; E_UNSUPPORTED for what binned time cannot model; E_NETWORK */
  async configure(config: ChipConfig): Promise<void> {
    checkDeviceName(config, this.#device.spec.name);
    this.#loaded = { config, engine: createTimestepEngine(compileTimestep(timestepFromConfig(config, this.#options))) };
  }

  async run(source: EventStream | AsyncIterable<EventStream>, options: RunOptions = {}): Promise<TimestepRunResult> {
    const { config, engine } = this.#ready();
    return this.#judge(
      await runTimestep(engine, source, { ...options, dtUs: this.#options.dtUs, input: config.input }),
    );
  }

  /**
   * Shows an image for `steps` steps as analogue current into the input's destinations, past the input layer's crop and
   * mirrors; `current` is `[f][y][x]` of one step, in the network's own units.
   */
  async runAnalogue(current: ArrayLike<number>, steps: number, options: RunOptions = {}): Promise<TimestepRunResult> {
    const { engine } = this.#ready();
    return this.#judge(await runAnalogue(engine, current, steps, { ...options, dtUs: this.#options.dtUs }));
  }

  async readNeurons(core: number): Promise<NeuronStates> {
    const { features, height, width, index, name } = this.#core(core);
    const values = this.#ready().engine.readMembranes(index);
    const words = Int16Array.from(values);
    const outside = values.findIndex((value, i) => value !== words[i]);
    if (outside >= 0) {
      throw new ChipError(
        "E_UNSUPPORTED",
        `${name} (core ${core}) holds the membrane ${values[outside]}, which is not a 16-bit number; timestep mode does not saturate.`,
      );
    }
    return { core, shape: [features, height, width], values: neuronsToFile(words, features, height * width) };
  }

  async writeNeurons(states: NeuronStates): Promise<void> {
    const { features, height, width, index, name } = this.#core(states.core);
    checkStateCount(states, name, features * height * width);
    this.#ready().engine.writeMembranes(index, neuronsFromFile(states.values, features, height * width));
  }

  async reset(): Promise<void> {
    this.#ready().engine.reset();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#loaded = undefined;
  }

  #judge(result: TimestepRunResult): TimestepRunResult {
    const warnings: RunWarning[] = [...result.warnings];
    if (this.#device.spec.numeric.comparator.value !== ">=") {
      warnings.push({
        kind: "notModelled",
        count: 1,
        message: `${this.#device.spec.name} fires above its threshold only; timestep mode fires at the threshold too`,
      });
    }
    if (this.#options.strict) throwStrict(warnings);
    return { ...result, warnings };
  }

  #ready() {
    if (this.#loaded === undefined) throw new TypeError("configure() must come before anything else");
    return this.#loaded;
  }

  #core(core: number): TimestepLayerProgram {
    return layerOn(this.#ready().engine.program.cores, core);
  }
}
