import { describe, expect, it } from "vitest";
import { packAddress } from "../../../../emulator/program.ts";
import { AnalogueInput, imageCurrent, roundHalfEven } from "../../../../emulator/timestep/analogue.ts";
import { runAnalogue } from "../../../../emulator/timestep/run.ts";
import { Random } from "../../../../src/random.ts";
import { thrown } from "../../../support/thrown.ts";
import { ENGINES, tinyLayer, tinyProgram } from "../../../support/timestep.ts";

describe("imageCurrent", () => {
  it("spreads a pixel over the steps", () => {
    expect(Array.from(imageCurrent([8, 0, 2], 4))).toEqual([2, 0, 0.5]);
  });
});

describe("roundHalfEven", () => {
  it.each([
    [0.5, 0],
    [1.5, 2],
    [2.5, 2],
    [-0.5, 0],
    [-1.5, -2],
    [2.4999, 2],
    [-2.6, -3],
    [7, 7],
  ])("%s -> %s", (value, rounded) => {
    expect(roundHalfEven(value) + 0).toBe(rounded);
  });
});

describe.each(ENGINES)("[T5] analogue input, $kernel", ({ create }) => {
  const random = new Random(5);
  const conv = tinyLayer({
    inputShape: [3, 6, 5],
    outputShape: [7, 3, 4],
    kernelSize: [3, 2],
    stride: [2, 1],
    padding: [1, 0],
    weights: Array.from({ length: 7 * 3 * 6 }, () => random.normal()),
    bias: Array.from({ length: 7 }, () => random.normal() / 20),
    minVMem: -1,
  });
  const image = Array.from({ length: 90 }, () => (random.below(3) === 0 ? 0 : 8 * random.float()));

  it("equals depositing the same current in every step, bit for bit", () => {
    const program = tinyProgram([conv], { arithmetic: "float32" });
    const current = imageCurrent(image, 20);
    const held = create(program);
    const input = new AnalogueInput(held, current);
    const deposited = create(program);
    const lit = Array.from(current.keys()).filter((i) => current[i] !== 0);
    const addresses = Uint32Array.from(lit, (i) => packAddress(Math.floor(i / 30), Math.floor(i / 5) % 6, i % 5));
    const values = Float32Array.from(lit, (i) => current[i]);
    for (let step = 0; step < 20; step++) {
      input.step();
      deposited.deposit(addresses, values, lit.length);
      deposited.step();
      expect(Array.from(held.readMembranes(0))).toEqual(Array.from(deposited.readMembranes(0)));
    }
    expect(held.counters()).toEqual(deposited.counters());
    expect(held.counters()[0].spikes).toBeGreaterThan(50);
    expect(held.counters()[0].effectiveMacs).toBe(held.counters()[0].taps);
  });

  it("rounds a chip's current half to even and carries the remainder", async () => {
    const engine = create(tinyProgram([tinyLayer({ weights: [5], threshold: 100 })]));
    const seen: number[] = [];
    const input = new AnalogueInput(engine, [0.3]);
    for (let step = 0; step < 6; step++) {
      input.step();
      seen.push(engine.readMembranes(0)[0]);
    }
    // 1.5 a step: 2 (carry -0.5), 1, 2, 1, 2, 1.
    expect(seen).toEqual([2, 3, 5, 6, 8, 9]);
    input.end();
    engine.step();
    expect(engine.readMembranes(0)[0]).toBe(9);
  });

  it("tells a run's events, one for each value that is not zero", async () => {
    const engine = create(tinyProgram([tinyLayer({ inputShape: [3, 1, 1], weights: [1, 1, 0], threshold: 1 })]));
    const result = await runAnalogue(engine, [0.5, 0, 0.25], 4, { dtUs: 1000 });
    expect(Array.from(result.events!.t)).toEqual([1000, 3000]);
    expect(result).toMatchObject({ steps: 4, durationUs: 4000, inputEvents: 8 });
    expect(result.perCore[0]).toMatchObject({
      eventsIn: 8,
      taps: 8,
      neuronUpdates: 4,
      effectiveMacs: 4,
      effectiveAcs: 0,
    });
  });

  it("refuses an image of the wrong size or with a value that is no number", () => {
    const engine = create(tinyProgram([conv], { arithmetic: "float32" }));
    expect(thrown(() => new AnalogueInput(engine, [1, 2]))).toMatchObject({
      code: "E_INPUT",
      message: expect.stringContaining("has 2 values, the network's input 3x6x5 takes 90"),
    });
    expect(thrown(() => new AnalogueInput(engine, image.with(4, Number.NaN)))).toMatchObject({ code: "E_INPUT" });
  });
});
