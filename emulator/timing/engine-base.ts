import type { RunningCounters } from "../counters.ts";
import type { ChipProgram, RouteProgram } from "../program.ts";
import { Outbox } from "./outbox.ts";
import { checkTime, type TimingParameters, timingParameters } from "./parameters.ts";
import { routed, TimedCore } from "./timed-core.ts";
import { TimedSpikes } from "./timed-spikes.ts";
import type { RunTimes, TimedEngine, TimedInputBatch, TimedSpikeBatch, TimingObserver } from "./types.ts";

/** What both timed engines do alike: hold the cores and the input's outbox, and answer for them. */
export abstract class TimedEngineBase implements TimedEngine {
  abstract readonly kernel: string;
  protected readonly program: ChipProgram;
  protected readonly timing: TimingParameters;
  protected readonly cores: readonly TimedCore[];
  protected readonly observer: TimingObserver;
  /** Input events behind the pads; they wait there in order while the first of them cannot enter its core. */
  protected readonly input = new Outbox();
  protected readonly spikes = new TimedSpikes();
  /** Time of the latest input event; nothing that comes later can happen before it. */
  protected latestPs = 0;
  /** Leak ticks may still come at any time from `latestPs` on, so that nothing may run ahead of it [D8]. */
  protected readonly leaks: boolean;
  #blocked = 0;
  #maxWaitPs = 0;

  constructor(program: ChipProgram, observer: TimingObserver) {
    this.program = program;
    this.observer = observer;
    this.timing = timingParameters(program.device);
    this.cores = program.cores.map((core) => new TimedCore(core, this.timing, observer));
    this.leaks = program.cores.some((core) => core.leak !== null);
  }

  run(batch: TimedInputBatch): TimedSpikeBatch {
    this.spikes.clear();
    for (let i = 0; i < batch.length; i++) {
      const timePs = batch.timePs[i] as number;
      const address = batch.address[i] as number;
      let wish = timePs + this.timing.padIn;
      for (let route = 0; route < this.program.inputRoutes.length; route++) {
        const arrives = routed(this.program.inputRoutes[route] as RouteProgram, address);
        if (arrives < 0) continue;
        this.input.push(wish, arrives, route, timePs);
        wish += this.timing.routerSlot;
      }
      this.latestPs = timePs;
    }
    this.advance(false);
    return this.spikes;
  }

  tick(internal: boolean, timePs: number): void {
    this.latestPs = Math.max(this.latestPs, timePs);
    for (const core of this.cores) {
      if (core.program.leak !== null && core.program.leakInternal === internal) this.addTick(core, timePs);
    }
  }

  flush(): TimedSpikeBatch {
    this.spikes.clear();
    this.advance(true);
    for (const core of this.cores) core.finishRun();
    checkTime(this.times().endPs);
    return this.spikes;
  }

  startRun(): void {
    for (const core of this.cores) core.startRun();
    this.input.clear();
    this.latestPs = 0;
    this.#blocked = 0;
    this.#maxWaitPs = 0;
  }

  times(): RunTimes {
    return {
      perCore: this.cores.map((core) => core.times()),
      input: { blocked: this.#blocked, maxWaitPs: this.#maxWaitPs },
      endPs: this.cores.reduce((end, core) => Math.max(end, core.endPs), 0),
    };
  }

  counters(): readonly RunningCounters[] {
    return this.cores.map((core) => ({ ...core.counters }));
  }

  readNeurons(index: number): Int16Array {
    return this.core(index).readNeurons();
  }

  writeNeurons(index: number, values: Int16Array): void {
    this.core(index).writeNeurons(values);
  }

  monitorsChanged(): void {
    // Cores look at their program at every spike.
  }

  reset(): void {
    for (const core of this.cores) core.reset();
    this.startRun();
  }

  /** Lets happen what is certain by now; everything when `toTheEnd`. */
  protected abstract advance(toTheEnd: boolean): void;

  protected addTick(core: TimedCore, timePs: number): void {
    core.addTick(timePs);
  }

  protected core(index: number): TimedCore {
    const core = this.cores[index];
    if (core === undefined) throw new RangeError(`no core at position ${index}`);
    return core;
  }

  /** The first input event left at `timePs`; `blocked`: it found a full queue. */
  protected inputDelivered(timePs: number, blocked: boolean): void {
    if (blocked) this.#blocked++;
    this.#maxWaitPs = Math.max(this.#maxWaitPs, timePs - this.input.wish);
    this.input.shift(timePs, this.timing.routerSlot);
  }
}
