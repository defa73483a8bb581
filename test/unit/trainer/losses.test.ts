import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { openBackend } from "../../../src/trainer/backend/open-backend.ts";
import { countCorrect, crossEntropy, type SynOpLossOptions, synOpLoss } from "../../../src/trainer/losses.ts";

beforeAll(async () => {
  await openBackend("cpu");
});

const amount = fc.double({ min: 0.5, max: 20, noNaN: true });
const options: fc.Arbitrary<SynOpLossOptions> = fc.record(
  {
    target: amount,
    alpha: fc.double({ min: 0.01, max: 1, noNaN: true }),
    weight: fc.double({ min: 0.1, max: 3, noNaN: true }),
    layers: fc.array(fc.option(fc.record({ target: amount, limit: amount }, { requiredKeys: [] })), {
      minLength: 3,
      maxLength: 3,
    }),
  },
  { requiredKeys: [] },
);

/** The formula, in double precision. */
function byHand(costs: readonly number[], { target, alpha, layers = [], weight = 1 }: SynOpLossOptions): number {
  const total = costs.reduce((sum, cost) => sum + cost, 0);
  let loss = 0;
  if (target !== undefined) loss += ((total - target) / target) ** 2;
  if (alpha !== undefined) loss += alpha * total;
  for (const [i, budget] of layers.entries()) {
    const cost = costs[i] as number;
    if (budget?.target !== undefined) loss += ((cost - budget.target) / budget.target) ** 2;
    if (budget?.limit !== undefined) loss += (Math.max(0, cost - budget.limit) / budget.limit) ** 2;
  }
  return weight * loss;
}

describe("the SynOp loss", () => {
  it("is its formula, and its gradient that of finite differences", () => {
    fc.assert(
      fc.property(fc.array(amount, { minLength: 3, maxLength: 3 }), options, (costs, chosen) => {
        const { value, grad } = tf.valueAndGrad((x: tf.Tensor) => synOpLoss(x as tf.Tensor1D, chosen))(
          tf.tensor1d(costs),
        );
        const expected = byHand(costs, chosen);
        expect(Math.abs(value.dataSync()[0] - expected)).toBeLessThan(1e-4 * (1 + expected));
        for (const [i, slope] of grad.dataSync().entries()) {
          const moved = (by: number) =>
            byHand(
              costs.map((cost, j) => (i === j ? cost + by : cost)),
              chosen,
            );
          const difference = (moved(1e-5) - moved(-1e-5)) / 2e-5;
          expect(Math.abs(slope - difference)).toBeLessThan(1e-3 * (1 + Math.abs(difference)));
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("counts nothing for a layer below its limit", () => {
    const loss = synOpLoss(tf.tensor1d([5, 7]), { layers: [null, { limit: 8 }] });
    expect(loss.dataSync()[0]).toBe(0);
  });
});

describe("the rest of the loss", () => {
  it("cross entropy of even logits is log(classes), and labels may be one-hot", () => {
    const logits = tf.tensor2d([1, 1, 1, 1, 3, 3, 3, 3], [2, 4]);
    const labels = tf.tensor1d([2, 0], "int32");
    expect(crossEntropy(logits, labels).dataSync()[0]).toBeCloseTo(Math.log(4), 5);
    expect(crossEntropy(logits, tf.oneHot(labels, 4) as tf.Tensor2D).dataSync()[0]).toBeCloseTo(Math.log(4), 5);
  });

  it("a sample without a spike is wrong, even where class 0 would win the tie", () => {
    const logits = tf.tensor2d([0, 0, 2, 1], [2, 2]);
    expect(countCorrect(logits, tf.tensor1d([0, 0], "int32")).dataSync()[0]).toBe(1);
  });
});
