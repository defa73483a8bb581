import { expect, it } from "vitest";
import { train } from "../../../src/trainer/train.ts";
import { quarterRecipe, quarterSets } from "../../support/training.ts";

const options = { backend: "wasm", workers: 1, seed: 1 } as const;

it("learns what it is shown", async () => {
  const { test, history, steps } = await train(quarterRecipe(), quarterSets(), options);
  expect(test.accuracy).toBeGreaterThan(0.95);
  expect(history).toHaveLength(6);
  expect(steps).toBe(48);
});
