import { packAddress } from "../../emulator/program.ts";
import type { TimedEngine, TimedSpikeBatch } from "../../emulator/timing/types.ts";
import type { ChipConfig } from "../../src/chip/config.ts";
import type { DeviceSpec, TimingSpec } from "../../src/device/types.ts";
import { Random } from "../../src/random.ts";

/** Numbers of a device's timing to change, and the neuron units of every core. */
export type TimingChange = Partial<Record<Exclude<keyof TimingSpec, "overlap">, number>> & {
  readonly overlap?: "none" | "pipelined";
  readonly units?: number;
};

export function withTiming(spec: DeviceSpec, change: TimingChange): DeviceSpec {
  const { units, ...times } = change;
  const entries = Object.entries(spec.timing).map(([name, sourced]) => {
    const value = times[name as keyof TimingSpec];
    return [name, value === undefined ? sourced : { ...sourced, value }];
  });
  const cores = spec.cores.map((core) =>
    units === undefined ? core : { ...core, units: { ...core.units, value: units } },
  );
  return { ...spec, cores, timing: Object.fromEntries(entries) };
}

/** The same cores spread over the chips of a board: core i lies on `chips[i]`, links take `delayPs`. */
export function onChips(spec: DeviceSpec, chips: readonly number[], delayPs: number): DeviceSpec {
  const delay = { value: delayPs, unit: "ps", evidence: "assumed", source: "test" } as const;
  const cores = spec.cores.map((core, i) => ({ ...core, chip: chips[i] as number }));
  return { ...spec, cores, board: { chips: Math.max(...chips) + 1, link: { delay } } };
}

/** What happens to a timed engine, in order: an input event, or a tick of both clocks. */
export type Happening = { readonly timePs: number; readonly address: number | "tick" };

/** Random input over the whole input map with gaps of 0 to `gapPs`, and a tick now and then. */
export function randomHappenings(config: ChipConfig, count: number, gapPs: number, ticks: boolean, seed: number) {
  const random = new Random(seed);
  const [features, height, width] = config.input.shape;
  const happenings: Happening[] = [];
  let timePs = 0;
  for (let i = 0; i < count; i++) {
    timePs += random.below(3) === 0 ? 0 : random.integer(0, gapPs);
    if (ticks && random.below(20) === 0) happenings.push({ timePs, address: "tick" });
    const address = packAddress(random.below(features), random.below(height), random.below(width));
    happenings.push({ timePs, address });
  }
  return happenings;
}

export interface TimedSpike {
  readonly core: number;
  readonly address: number;
  readonly timePs: number;
  readonly causePs: number;
}

/** Feeds an engine in batches of at most `batch` events and gathers every monitored spike, in order of time and core. */
export function play(engine: TimedEngine, happenings: readonly Happening[], batch = 1000): TimedSpike[] {
  const spikes: TimedSpike[] = [];
  const gather = ({ length, core, address, timePs, causePs }: TimedSpikeBatch): void => {
    for (let i = 0; i < length; i++) {
      spikes.push({
        core: core[i] as number,
        address: address[i] as number,
        timePs: timePs[i] as number,
        causePs: causePs[i] as number,
      });
    }
  };
  let pending: { timePs: number; address: number }[] = [];
  const send = (): void => {
    if (pending.length === 0) return;
    gather(
      engine.run({
        length: pending.length,
        address: Uint32Array.from(pending, (event) => event.address),
        timePs: Float64Array.from(pending, (event) => event.timePs),
      }),
    );
    pending = [];
  };
  for (const { timePs, address } of happenings) {
    if (address === "tick") {
      send();
      engine.tick(false, timePs);
      engine.tick(true, timePs);
    } else {
      pending.push({ timePs, address });
      if (pending.length === batch) send();
    }
  }
  send();
  gather(engine.flush());
  return spikes.sort((a, b) => a.timePs - b.timePs || a.core - b.core);
}
