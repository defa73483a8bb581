import type { Chip, Counters, NeuronStates, RunOptions, RunResult } from "../src/chip/chip.ts";
import type { ChipConfig } from "../src/chip/config.ts";
import type { Device } from "../src/device/types.ts";
import type { EventStream } from "../src/events/event-stream.ts";
import { checkDeviceName, checkStateCount, layerOn } from "./chip-checks.ts";
import { drive } from "./drive.ts";
import { type Engine, type SpikeBatch, SpikeSink } from "./engine.ts";
import { InputTally } from "./input-tally.ts";
import { createEngine, type KernelChoice } from "./kernel/kernel.ts";
import { OutputCollector } from "./output.ts";
import { InputLayer } from "./preprocess.ts";
import { type ChipProgram, type CoreProgram, compileProgram, neuronsFromFile, neuronsToFile } from "./program.ts";
import { Readout, ReadoutRun, readoutSource } from "./readout.ts";
import { refuseUnmodelled } from "./refuse.ts";
import { createTimedEngine } from "./timing/create-engine.ts";
import { runTimed, type TimedRun } from "./timing/timed-run.ts";
import type { TimedEngine, TimingObserver } from "./timing/types.ts";
import { slowClockWarnings, throwStrict, warningsOf } from "./warnings.ts";

export interface EmulatorOptions {
  /** Chip effects (saturation, residues, drops) become E_STRICT errors. */
  readonly strict?: boolean;
  /** Default `auto`: SIMD where it can be had. The kernels differ in speed only. Runs with time do not use it. */
  readonly kernel?: KernelChoice;
  /** Run with time: queues, back-pressure, latencies [D1]. Without it the chip answers at once. */
  readonly timing?: boolean;
  /** Watches a run with time: utilisation, traces. Anything but `busy` makes the run use the slower event queue. */
  readonly observer?: TimingObserver;
}

/** What a run yields beside counters, however it was done. */
type Outcome = Pick<TimedRun, "driven" | "input" | "warnings"> & Partial<Pick<TimedRun, "timing">>;

/**
 * The emulator in process, event mode: one event at a time, integers; depth first without time, or with time.
 *
 * The configuration must have passed `validateConfig`. Counters and membranes go on from run to run until `reset`.
 */
export class EmulatedChip implements Chip {
  readonly #device: Device;
  readonly #options: EmulatorOptions;
  #loaded:
    | {
        readonly program: ChipProgram;
        readonly engine: Engine | TimedEngine;
        readonly input: InputLayer;
        readonly readout: Readout | null;
      }
    | undefined;

  constructor(device: Device, options: EmulatorOptions = {}) {
    this.#device = device;
    this.#options = options;
  }

  async configure(config: ChipConfig): Promise<void> {
    checkDeviceName(config, this.#device.spec.name);
    const { timing = false, observer, kernel = "auto" } = this.#options;
    refuseUnmodelled(config, this.#device.spec, timing);
    const program = compileProgram(config, this.#device.spec);
    const engine = timing ? createTimedEngine(program, observer) : createEngine(program, { kernel });
    const readout = config.readout ? new Readout(config.readout, this.#device.spec) : null;
    this.#loaded = { program, engine, input: new InputLayer(config.input), readout };
  }

  async run(source: EventStream | AsyncIterable<EventStream>, options: RunOptions = {}): Promise<RunResult> {
    const { program, engine, input, readout } = this.#ready();
    const output = new OutputCollector(options.onEvents);
    const shown = readout ? new ReadoutRun(readout, options.onReadout) : null;
    const { driven, timing, ...outcome }: Outcome =
      "flush" in engine
        ? await runTimed(program, engine, input, output, shown, source, options)
        : await runUntimed(program, engine, input, output, shown, source, options);
    const perCore = engine.counters();
    const warnings = [
      ...slowClockWarnings(program.config, this.#device.spec),
      ...warningsOf(perCore),
      ...outcome.warnings,
      ...(readout?.warnings() ?? []),
    ];
    if (this.#options.strict) throwStrict(warnings);
    const events = output.result();
    const ticks = shown?.result();
    return {
      perCore,
      input: outcome.input,
      ...(events ? { events } : {}),
      ...(ticks ? { readout: ticks } : {}),
      ...(timing ? { timing } : {}),
      warnings,
      kernel: engine.kernel,
      durationUs: driven.durationUs,
    };
  }

  /** Counters since configuration or reset; also between the pieces of a run. */
  counters(): readonly Counters[] {
    return this.#ready().engine.counters();
  }

  /**
   * Shows the host the spikes of these cores and of no others, whatever `monitorEnable` says. Between runs; states and
   * counters stay.
   *
   * @throws ChipError E_INPUT for a core without a layer
   */
  selectMonitor(cores: readonly number[]): void {
    const loaded = this.#ready();
    for (const core of cores) layerOn(loaded.program.cores, core);
    const { config } = loaded.program;
    const shown = config.cores.map((core) => ({ ...core, monitorEnable: cores.includes(core.core) }));
    for (const core of loaded.program.cores) {
      core.monitor = cores.includes(core.core) || config.readout?.core === core.core;
    }
    loaded.engine.monitorsChanged();
    this.#loaded = { ...loaded, program: { ...loaded.program, config: { ...config, cores: shown } } };
  }

  async readNeurons(core: number): Promise<NeuronStates> {
    const { engine } = this.#ready();
    const { index, features, height, width } = this.#core(core);
    return {
      core,
      shape: [features, height, width],
      values: neuronsToFile(engine.readNeurons(index), features, height * width),
    };
  }

  async writeNeurons(states: NeuronStates): Promise<void> {
    const { engine } = this.#ready();
    const { index, layer, features, height, width } = this.#core(states.core);
    checkStateCount(states, layer, features * height * width);
    engine.writeNeurons(index, neuronsFromFile(states.values, features, height * width));
  }

  async reset(): Promise<void> {
    const { engine, input, readout } = this.#ready();
    engine.reset();
    input.reset();
    readout?.reset();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#loaded = undefined;
  }

  #ready() {
    if (this.#loaded === undefined) throw new TypeError("configure() must come before anything else");
    return this.#loaded;
  }

  #core(core: number): CoreProgram {
    return layerOn(this.#ready().program.cores, core);
  }
}

async function runUntimed(
  program: ChipProgram,
  engine: Engine,
  input: InputLayer,
  output: OutputCollector,
  readout: ReadoutRun | null,
  source: EventStream | AsyncIterable<EventStream>,
  options: RunOptions,
): Promise<Outcome> {
  const tally = new InputTally(program.config.input);
  const readoutCore = readoutSource(program);
  const collect = (all: SpikeBatch, timeOf: (cause: number) => number): void => {
    const spikes = readout && readoutCore ? toReadout(all, readoutCore, readout) : all;
    output.add(spikes.length, (into, at, i) => {
      const address = spikes.address[i] as number;
      into.t[at] = timeOf(spikes.cause[i] as number);
      into.core[at] = (program.cores[spikes.core[i] as number] as CoreProgram).core;
      into.feature[at] = address >>> 20;
      into.y[at] = (address >>> 10) & 1023;
      into.x[at] = address & 1023;
    });
  };
  const driven = await drive(source, program.config.slowClock, options, {
    span(events, from, to, startUs) {
      const batch = input.prepare(events, from, to);
      tally.add(batch);
      // Without time the chip answers at once: an output event carries the time of the input event that caused it.
      collect(engine.run(batch), (cause) => (events.t[batch.source[cause] as number] as number) - startUs);
    },
    tick(tickUs, internal) {
      input.tick();
      // The readout looks at the tick; what the leak makes fire on the same tick comes after it [R11].
      readout?.tick(tickUs);
      collect(engine.tick(internal), () => tickUs);
    },
  });
  return { driven, input: tally.result(driven.events), warnings: tally.warnings(driven.events) };
}

/** Tells the readout block its spikes [R11] and returns those that the host sees. */
function toReadout(
  spikes: SpikeBatch,
  { index, visible }: { readonly index: number; readonly visible: boolean },
  readout: ReadoutRun,
): SpikeBatch {
  const sink = new SpikeSink();
  for (let i = 0; i < spikes.length; i++) {
    const here = spikes.core[i] === index;
    if (here) readout.spike(spikes.address[i] as number);
    if (!here || visible) sink.push(spikes.address[i] as number, spikes.core[i] as number, spikes.cause[i] as number);
  }
  return sink;
}
