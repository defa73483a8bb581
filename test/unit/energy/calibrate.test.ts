import { describe, expect, it } from "vitest";
import { calibrate, type PowerMeasurement } from "../../../src/energy/calibrate.ts";
import { fitNonNegative } from "../../../src/energy/least-squares.ts";
import { Random } from "../../../src/random.ts";
import { thrown } from "../../support/thrown.ts";

/** What the simulated board costs, joules and watts. */
const TRUTH = { perTap: 9e-12, perNeuronUpdate: 4e-12, perSpike: 60e-12, ram: 0.0003, logic: 0.0005 };

/** Samples at all kinds of rates: kernel and neuron memory hang on RAM, spikes on LOGIC. */
function simulate(count: number, noise: number, seed: number): PowerMeasurement[] {
  const random = new Random(seed);
  return Array.from({ length: count }, (_, i) => {
    const intervalUs = 100_000;
    const taps = i === 0 ? 0 : Math.round(random.float() * 5e7);
    const neuronUpdates = Math.round(taps * (0.3 + 0.7 * random.float()));
    const spikes = Math.round(taps * 0.02 * random.float());
    const watt = (idle: number, joules: number): number =>
      (idle + (joules * 1e6) / intervalUs) * (1 + noise * random.normal());
    return {
      intervalUs,
      counters: { taps, neuronUpdates, spikes, eventsIn: 5, copies: spikes },
      powerW: {
        RAM: watt(TRUTH.ram, taps * TRUTH.perTap + neuronUpdates * TRUTH.perNeuronUpdate),
        LOGIC: watt(TRUTH.logic, spikes * TRUTH.perSpike),
      },
    };
  });
}

describe("calibration of energy prices from measured power", () => {
  it("finds the prices exactly where there is no noise", () => {
    const { prices, rails, warnings } = calibrate(simulate(20, 0, 1));
    expect(prices.perTap?.joules).toBeCloseTo(TRUTH.perTap, 17);
    expect(prices.perNeuronUpdate?.joules).toBeCloseTo(TRUTH.perNeuronUpdate, 17);
    expect(prices.perSpike?.joules).toBeCloseTo(TRUTH.perSpike, 16);
    expect(rails[0]).toMatchObject({ rail: "RAM" });
    expect(rails[0]?.idleW).toBeCloseTo(TRUTH.ram, 9);
    expect(rails[1]?.idleW).toBeCloseTo(TRUTH.logic, 9);
    expect(warnings).toEqual([]);
  });

  it("finds them within a few standard errors under 2 % noise, and the errors are honest", () => {
    let outside = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const { prices } = calibrate(simulate(200, 0.02, seed));
      for (const key of ["perTap", "perNeuronUpdate", "perSpike"] as const) {
        const { joules, errorJ } = prices[key] as NonNullable<(typeof prices)[typeof key]>;
        if (Math.abs(joules - TRUTH[key]) > 2 * errorJ) outside++;
        expect(Math.abs(joules - TRUTH[key])).toBeLessThan(4 * errorJ);
      }
    }
    // Twice the standard error holds 95 % of 120 fits; the noise grows with the power, which the error does not know.
    expect(outside).toBeLessThan(24);
  });

  it("gives no negative price, where plain least squares would", () => {
    const { prices } = calibrate(simulate(12, 0.2, 3), ["perTap", "perNeuronUpdate", "perSpike", "perCopy"]);
    for (const { joules, byRail } of Object.values(prices)) {
      expect(joules).toBeGreaterThanOrEqual(0);
      for (const part of Object.values(byRail)) expect(part).toBeGreaterThanOrEqual(0);
    }
  });

  it("says what cannot be told apart, and what does not vary", () => {
    const { warnings, prices } = calibrate(simulate(30, 0.01, 1), ["perTap", "perSpike", "perCopy", "perEventIn"]);
    expect(warnings.join("\n")).toMatch(/perSpike and perCopy rise and fall together/);
    expect(warnings.join("\n")).toMatch(/perEventIn: its count a second is the same in every sample/);
    expect(prices.perEventIn).toBeUndefined();
  });

  it("refuses too few samples, and samples in which nothing happens", () => {
    expect(thrown(() => calibrate(simulate(4, 0, 1)))).toMatchObject({ code: "E_INPUT", details: { needed: 5 } });
    const silent = simulate(9, 0, 1).map((sample) => ({
      ...sample,
      counters: { taps: 0, neuronUpdates: 0, spikes: 0 },
    }));
    expect(thrown(() => calibrate(silent)).message).toMatch(/nothing can be told apart/);
  });

  it("does not take what a sample does not say for nothing, but passes over samples without power", () => {
    const samples = simulate(9, 0, 1);
    const changed = (change: object) => samples.map((sample, i) => (i === 4 ? { ...sample, ...change } : sample));
    const rails = Object.keys(samples[0]?.powerW ?? {});
    const [gone = "", ...others] = rails;
    const powerW = Object.fromEntries(others.map((rail) => [rail, 1e-3]));
    expect(thrown(() => calibrate(changed({ powerW }))).message).toContain(`sample 5 has no power of rail ${gone};`);
    const counters = { taps: 5, neuronUpdates: 3 };
    expect(thrown(() => calibrate(changed({ counters })))).toMatchObject({
      code: "E_INPUT",
      message: expect.stringContaining("sample 5 has no count of spikes;"),
      details: { sample: 5, missing: ["count of spikes"] },
    });
    expect(calibrate(changed({ counters }), ["perTap", "perNeuronUpdate"]).samples).toBe(9);
    expect(calibrate(changed({ counters: {}, powerW: {} })).samples).toBe(8);
  });
});

describe("non-negative least squares", () => {
  it("meets the conditions of an optimum on random problems", () => {
    const random = new Random(9);
    for (let problem = 0; problem < 200; problem++) {
      const unknowns = 1 + random.below(6);
      const rows = Array.from({ length: unknowns + 4 }, () => Array.from({ length: unknowns }, () => random.normal()));
      const values = rows.map(() => random.normal());
      const { x } = fitNonNegative(rows, values);
      const left = rows.map(
        (row, r) => (values[r] as number) - row.reduce((sum, a, k) => sum + a * (x[k] as number), 0),
      );
      // No x can move in an allowed direction and lower the sum of squares (Karush, Kuhn and Tucker).
      for (let k = 0; k < unknowns; k++) {
        const slope = rows.reduce((sum, row, r) => sum + (row[k] as number) * (left[r] as number), 0);
        expect(x[k]).toBeGreaterThanOrEqual(0);
        if ((x[k] as number) > 0) expect(Math.abs(slope)).toBeLessThan(1e-9);
        else expect(slope).toBeLessThan(1e-9);
      }
    }
  });
});
