import { ChipError } from "../../errors.ts";
import { Random } from "../../random.ts";

/** Sets aside a fifth where a recipe says nothing, as Sorbaro et al. 2020. */
export const DEFAULT_TEST_SHARE = 0.2;

/** So that the choice of the test part is not the one of the first weights. */
const SPLIT_STREAM = 71;

export interface SplitOptions {
  /** Share of each class, 0 to 1 (both excluded). */
  readonly testShare: number;
  readonly seed: number;
}

/**
 * Chooses by class which items are set aside as test: round(share * n) of n, at least one where there are two. An item is
 * a whole recording, or an image: slices of one recording never stand on both sides.
 *
 * @param labels class of each item
 * @returns true for each item of the test part
 * @throws ChipError E_OPTION for a share outside 0..1; E_DATASET when one of the two parts would be empty
 */
export function chooseTest(labels: readonly number[], { testShare, seed }: SplitOptions): readonly boolean[] {
  if (!(testShare > 0 && testShare < 1)) {
    throw new ChipError("E_OPTION", `testShare is ${testShare}; give a share above 0 and below 1, such as 0.2.`);
  }
  const members = new Map<number, number[]>();
  for (const [i, label] of labels.entries()) {
    const known = members.get(label);
    if (known) known.push(i);
    else members.set(label, [i]);
  }
  const test = new Array<boolean>(labels.length).fill(false);
  for (const label of [...members.keys()].sort((a, b) => a - b)) {
    const items = members.get(label)!;
    // A stream of its own for each class: more samples of one class do not change the choice in another.
    const random = new Random(seed, SPLIT_STREAM + label);
    const wanted = Math.min(items.length - 1, Math.max(1, Math.round(testShare * items.length)));
    for (let k = 0; k < wanted; k++) {
      const at = k + random.below(items.length - k);
      [items[k], items[at]] = [items[at], items[k]];
      test[items[k]] = true;
    }
  }
  const count = test.filter(Boolean).length;
  if (count === 0) {
    throw new ChipError(
      "E_DATASET",
      `none of ${labels.length} samples can be set aside as test, since every class has one only; give at least two a class.`,
    );
  }
  return test;
}
