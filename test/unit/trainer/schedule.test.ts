import { describe, expect, it } from "vitest";
import type { Phase } from "../../../src/trainer/recipe.ts";
import {
  learningRateAt,
  placeOf,
  synOpLossAt,
  totalEpochs,
  withEpochs,
  withTarget,
} from "../../../src/trainer/schedule.ts";
import { chipErrorOf } from "../../support/errors.ts";
import { quarterRecipe } from "../../support/training.ts";

const phase = (name: string, epochs: number, changes: Partial<Phase> = {}): Phase => ({
  name,
  epochs,
  learningRate: 1e-3,
  ...changes,
});
const names = ["input", "conv1", "conv2"];

describe("schedules", () => {
  it("the learning rate falls at the given epochs", () => {
    const steps = phase("a", 350, { learningRate: 1, decayAt: [200, 250, 300] });
    expect([0, 199, 200, 249, 250, 349].map((epoch) => learningRateAt(steps, epoch))).toEqual([
      ...[1, 1, 0.1, 0.1, 0.010000000000000002, 0.0010000000000000002],
    ]);
  });

  it("a target is approached in equal ratios from what the network spent, and at once when it lies above", () => {
    const term = { target: 100, approachEpochs: 2 };
    const targets = [0, 1, 2, 3].map((progress) => synOpLossAt(term, progress, 10_000, names).target);
    expect(targets).toEqual([10_000, 1000, 100, 100]);
    expect(synOpLossAt(term, 0, 50, names).target).toBe(100);
  });

  it("the weight rises over the ramp", () => {
    const term = { target: 100, weight: 4, rampEpochs: 2 };
    expect([0, 1, 2, 5].map((progress) => synOpLossAt(term, progress, 100, names).weight)).toEqual([0, 2, 4, 4]);
  });

  it("a rate limit holds for every layer but the input, and a layer's own limit where it is lower", () => {
    const term = { rateLimit: { perSecond: 1e6, sampleSeconds: 0.1 }, layers: { conv2: { limit: 5 } } };
    expect(synOpLossAt(term, 0, 0, names).layers).toEqual([null, { limit: 100_000 }, { limit: 5 }]);
  });

  it("epochs find their phase", () => {
    const recipe = quarterRecipe({ phases: [phase("a", 2), phase("b", 3)] });
    expect([0, 1, 2, 4].map((epoch) => placeOf(recipe, epoch)).map((p) => [p.phase.name, p.epochInPhase])).toEqual([
      ...[
        ["a", 0],
        ["a", 1],
        ["b", 0],
        ["b", 2],
      ],
    ]);
  });
});

describe("--epochs and --target-synops", () => {
  it("epochs are shared out as before, at least one each, and schedules move along", async () => {
    const recipe = quarterRecipe({
      phases: [
        phase("a", 10, { decayAt: [5] }),
        phase("b", 80, { synOps: { target: 5, approachEpochs: 40 } }),
        phase("c", 10),
      ],
    });
    const short = withEpochs(recipe, 10);
    expect(short.phases.map(({ epochs }) => epochs)).toEqual([1, 8, 1]);
    expect(short.phases[1]?.synOps).toMatchObject({ target: 5, approachEpochs: 4 });
    for (const epochs of [3, 7, 50, 99, 1000]) expect(totalEpochs(withEpochs(recipe, epochs))).toBe(epochs);
    await chipErrorOf(() => withEpochs(recipe, 2), "E_OPTION");
  });

  it("a target goes to every phase that has one, else to the last", () => {
    const plain = quarterRecipe({ phases: [phase("a", 1), phase("b", 1)] });
    expect(withTarget(plain, 7).phases.map(({ synOps }) => synOps)).toEqual([
      undefined,
      { target: 7, approachEpochs: 0.5 },
    ]);
    const some = quarterRecipe({ phases: [phase("a", 1, { synOps: { target: 9, weight: 2 } }), phase("b", 1)] });
    expect(withTarget(some, 7).phases.map(({ synOps }) => synOps)).toEqual([{ target: 7, weight: 2 }, undefined]);
  });
});
