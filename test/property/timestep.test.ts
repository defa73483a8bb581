import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packAddress } from "../../emulator/program.ts";
import type { TimestepEngine } from "../../emulator/timestep/engine.ts";
import type { Arithmetic } from "../../emulator/timestep/layer.ts";
import { compileTimestep, createArray } from "../../emulator/timestep/program.ts";
import { ReferenceTimestepEngine } from "../../emulator/timestep/reference.ts";
import { SimdTimestepEngine } from "../../emulator/timestep/simd.ts";
import { type RandomTimestepCase, timestepCases } from "../support/random-timestep-network.ts";
import { assertCases } from "../support/soak.ts";
import { denseRun } from "../support/timestep-oracle.ts";

/** Everything a run shows, floats as their bits. */
function runOf(engine: TimestepEngine, { steps }: RandomTimestepCase, withRange: boolean) {
  const { arithmetic, cores } = engine.program;
  const spikes = steps.map((events) => {
    const addresses = Uint32Array.from(events, ([c, y, x]) => packAddress(c, y, x));
    const counts = createArray(
      arithmetic,
      events.map((event) => event[3]),
    );
    engine.deposit(addresses, counts, events.length);
    engine.step();
    return cores.map((_, index) => {
      const { address, count, length } = engine.spikes(index);
      return { address: Array.from(address.subarray(0, length)), count: Array.from(count.subarray(0, length)) };
    });
  });
  const membranes = cores.map((_, index) => new Uint32Array(engine.readMembranes(index).buffer));
  const counters = engine.counters().map(({ vMax, vMin, ...rest }) => (withRange ? { ...rest, vMax, vMin } : rest));
  return { spikes, membranes, counters, active: engine.active };
}

function sameEverywhere(arithmetic: Arithmetic) {
  return fc.property(timestepCases(arithmetic), (drawn) => {
    const program = compileTimestep(drawn.network);
    const reference = new ReferenceTimestepEngine(program);
    const wanted = runOf(reference, drawn, false);
    const simd = new SimdTimestepEngine(program);
    expect(runOf(simd, drawn, false)).toEqual(wanted);
    // A second run after reset, and one that visits every neuron.
    simd.reset();
    expect(runOf(simd, drawn, false)).toEqual(wanted);
    reference.reset();
    const all = new SimdTimestepEngine(program, { visitAll: true });
    expect(runOf(all, drawn, true)).toEqual(runOf(reference, drawn, true));
  });
}

describe("timestep mode, random networks", () => {
  it("[T2] gives the same bits in both engines with 32-bit integers", () => {
    assertCases("timestep int32", sameEverywhere("int32"), { share: 150, full: 10_000 });
  });

  it("[T2] gives the same bits in both engines with 32-bit floats", () => {
    assertCases("timestep float32", sameEverywhere("float32"), { share: 150, full: 10_000 });
  });

  it("[T1] [T3] [T4] equals the dense textbook form: integers, sum and average pools", () => {
    const property = fc.property(timestepCases("int32"), (drawn) => {
      // Averages of 3, 6 or 9 have no exact double, so that a tie with the threshold could fall either way there.
      fc.pre(
        drawn.network.layers.every((layer) => layer.sources.every((s) => [1, 2, 4].includes(s.pool?.divisor ?? 1))),
      );
      const engine = new ReferenceTimestepEngine(compileTimestep(drawn.network));
      const { spikes } = runOf(engine, drawn, false);
      const dense = denseRun(drawn.network, drawn.steps);
      drawn.network.layers.forEach((layer, index) => {
        const [features, height, width] = layer.outputShape;
        for (let step = 0; step < spikes.length; step++) {
          const counts = new Array<number>(features * height * width).fill(0);
          const { address, count } = spikes[step][index];
          address.forEach((packed, i) => {
            counts[((packed >>> 20) * height + ((packed >>> 10) & 1023)) * width + (packed & 1023)] = count[i];
          });
          expect(counts).toEqual(dense.spikes[step][index]);
        }
        const { scale } = engine.program.cores[index];
        const membranes = engine.readMembranes(index);
        dense.v[index].forEach((value, at) => {
          const f = Math.floor(at / (height * width));
          expect(membranes[(at % (height * width)) * features + f] / scale).toBe(value + 0);
        });
      });
    });
    assertCases("timestep dense", property, { share: 150, full: 5_000 });
  });
});
