import { packAddress } from "../../emulator/program.ts";
import type { EngineOptions, TimestepEngine } from "../../emulator/timestep/engine.ts";
import type { Arithmetic } from "../../emulator/timestep/layer.ts";
import { compileTimestep, createArray, type TimestepProgram } from "../../emulator/timestep/program.ts";
import { ReferenceTimestepEngine } from "../../emulator/timestep/reference.ts";
import { SimdTimestepEngine } from "../../emulator/timestep/simd.ts";
import { type GoldenCase, networkOf } from "./case.ts";

/** One way through the real code that must give the golden numbers. */
export interface Path {
  readonly name: string;
  readonly arithmetic: Arithmetic;
  readonly create: (program: TimestepProgram) => TimestepEngine;
  /** The extremes of the membranes are known only when every neuron is visited. */
  readonly range: boolean;
}

const simd = (options: EngineOptions) => (program: TimestepProgram) => new SimdTimestepEngine(program, options);

export const PATHS: readonly Path[] = (["int32", "float32"] as const).flatMap((arithmetic) => [
  { name: `reference ${arithmetic}`, arithmetic, create: (p) => new ReferenceTimestepEngine(p), range: true },
  { name: `simd ${arithmetic}`, arithmetic, create: simd({}), range: false },
  { name: `simd ${arithmetic}, all neurons`, arithmetic, create: simd({ visitAll: true }), range: true },
]);

/** Runs a case; every difference in words, none when all is equal. */
export function differences(golden: GoldenCase, path: Path): string[] {
  const engine = path.create(compileTimestep(networkOf(golden, path.arithmetic)));
  const found: string[] = [];
  const emitted = golden.layers.map(() => [] as number[][]);
  for (let step = 0; step < golden.timesteps; step++) {
    const rows = golden.input.filter((row) => row[0] === step);
    const addresses = Uint32Array.from(rows, ([, c, y, x]) => packAddress(c, y, x));
    const counts = createArray(
      path.arithmetic,
      rows.map((row) => row[4]),
    );
    engine.deposit(addresses, counts, rows.length);
    engine.step();
    emitted.forEach((list, layer) => {
      const { length, address, count } = engine.spikes(layer);
      for (let i = 0; i < length; i++) {
        list.push([step, address[i] >>> 20, (address[i] >>> 10) & 1023, address[i] & 1023, count[i]]);
      }
    });
  }
  const counters = engine.counters();
  golden.layers.forEach((layer, i) => {
    const expect = (what: string, got: unknown, wanted: unknown): void => {
      const [a, b] = [JSON.stringify(got), JSON.stringify(wanted)];
      if (a !== b) found.push(`layer ${i}, ${what}: ${shorten(a)}, the case says ${shorten(b)}`);
    };
    const [features, height, width] = layer.out_shape;
    const { scale } = engine.program.cores[i];
    const membranes = engine.readMembranes(i);
    const final = layer.out_shape[0] * height * width;
    const inFileOrder = Array.from({ length: final }, (_, at) => {
      const f = Math.floor(at / (height * width));
      return membranes[(at % (height * width)) * features + f] / scale;
    });
    expect("spikes", emitted[i].sort(byAddress), [...golden.spikes[i]].sort(byAddress));
    expect("spike count", counters[i].spikes, golden.spike_counts[i]);
    expect("final membranes", inFileOrder, golden.v_mem_final[i]);
    expect("synops", counters[i].taps, golden.synops[i]);
    if (path.range) {
      expect("membrane range", [Number(counters[i].vMax) / scale, Number(counters[i].vMin) / scale], golden.v_range[i]);
    }
  });
  return found;
}

function byAddress(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < 4; i++) if (a[i] !== b[i]) return a[i] - b[i];
  return 0;
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}...` : text;
}
