import { describe, expect, it } from "vitest";
import { chooseTest } from "../../../../src/trainer/data/split.ts";
import { thrown } from "../../../support/thrown.ts";

const labels = Array.from({ length: 100 }, (_, i) => i % 4);

describe("the test part", () => {
  it("takes its share of each class, the same for the same seed", () => {
    const test = chooseTest(labels, { testShare: 0.2, seed: 1 });
    for (let label = 0; label < 4; label++) expect(labels.filter((l, i) => l === label && test[i])).toHaveLength(5);
    expect(chooseTest(labels, { testShare: 0.2, seed: 1 })).toEqual(test);
    expect(chooseTest(labels, { testShare: 0.2, seed: 2 })).not.toEqual(test);
  });

  it("does not change in one class when another gets more samples", () => {
    const few = chooseTest(labels, { testShare: 0.2, seed: 1 });
    const more = chooseTest([...labels, 3, 3, 3, 3, 3, 3], { testShare: 0.2, seed: 1 });
    const ofClass = (test: readonly boolean[]): boolean[] => labels.map((l, i) => l === 1 && test[i]);
    expect(ofClass(more)).toEqual(ofClass(few));
  });

  it("leaves each class something to learn from, and takes something to test", () => {
    expect(chooseTest([0, 0, 1, 1], { testShare: 0.9, seed: 1 }).filter(Boolean)).toHaveLength(2);
    expect(chooseTest([0, 0, 1, 1], { testShare: 0.01, seed: 1 }).filter(Boolean)).toHaveLength(2);
  });

  it("is refused where there is nothing to set aside", () => {
    expect(thrown(() => chooseTest([0, 1], { testShare: 0.2, seed: 1 }))).toMatchObject({ code: "E_DATASET" });
    for (const testShare of [0, 1, -1, Number.NaN])
      expect(thrown(() => chooseTest([0, 0], { testShare, seed: 1 }))).toMatchObject({ code: "E_OPTION" });
  });
});
