import { ChipError } from "../../errors.ts";
import type { ImageSet } from "../../formats/image-set.ts";
import type { Progress } from "../../log.ts";
import { formatShape } from "../../network/types.ts";
import type { ImageData } from "../recipe.ts";
import type { Expected, OpenedData } from "./opened.ts";
import { type PackedSet, Packer } from "./packed-set.ts";
import { chooseTest, DEFAULT_TEST_SHARE } from "./split.ts";

export interface ImageOptions {
  readonly expected: Expected;
  readonly seed: number;
  /** At most so many images of each set, from the front. */
  readonly limit?: number;
  readonly limitBytes?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: Progress;
  /** How messages call the set. */
  readonly name: string;
}

/** A thousand images are decoded between two looks at the signal. */
const PAUSE = 1_000;

/**
 * Images as samples, decoded once. `test` is a set of its own, or absent: then `testShare` of each class is set aside.
 *
 * @throws ChipError E_DATASET for images of another size than the network's input, for labels beyond its outputs, and for
 *   a set larger than its limit; the errors of the decoders
 */
export async function packImages(
  train: ImageSet,
  test: ImageSet | undefined,
  data: ImageData,
  options: ImageOptions,
): Promise<OpenedData> {
  const { seed, limit = Number.POSITIVE_INFINITY, name } = options;
  const counts = [Math.min(train.count, limit), Math.min(test?.count ?? 0, limit)];
  const total = counts[0] + counts[1];
  const report = (done: number): void => options.onProgress?.(done, total);
  for (const set of test ? [train, test] : [train]) checkSet(set, options);
  if (counts[0] === 0 || (test && counts[1] === 0))
    throw new ChipError("E_DATASET", `${name} holds no images; give a set with some.`);
  const all = Array.from({ length: counts[0] }, (_, i) => i);
  const inTest = test
    ? all.map(() => false)
    : chooseTest(
        all.map((i) => train.label(i)),
        { testShare: data.testShare ?? DEFAULT_TEST_SHARE, seed },
      );
  const kept = all.filter((i) => !inTest[i]);
  const aside = all.filter((i) => inTest[i]);
  const packed = await pack(train, kept, data, options, report);
  const tested = test
    ? await pack(
        test,
        Array.from({ length: counts[1] }, (_, i) => i),
        data,
        options,
        (done) => report(counts[0] + done),
      )
    : await pack(train, aside, data, options, (done) => report(kept.length + done));
  return {
    train: packed,
    test: tested,
    classes: train.classes,
    trainIds: kept.map((i) => train.id(i)),
    testIds: test ? Array.from({ length: counts[1] }, (_, i) => test.id(i)) : aside.map((i) => train.id(i)),
    warnings: [],
  };
}

function checkSet(set: ImageSet, { expected, name }: ImageOptions): void {
  if (set.shape.some((size, i) => size !== expected.input[i])) {
    throw new ChipError(
      "E_DATASET",
      `${name} has images of ${formatShape(set.shape)}, and the network takes ${formatShape(expected.input)}; set the network's input to [${set.shape.join(", ")}].`,
      { details: { images: set.shape, input: expected.input } },
    );
  }
  if (set.classes.length > expected.outputs) {
    throw new ChipError(
      "E_DATASET",
      `${name} has ${set.classes.length} classes, and the network ${expected.outputs} outputs; give its last layer ${set.classes.length} features.`,
      { details: { classes: set.classes.length, outputs: expected.outputs } },
    );
  }
}

async function pack(
  set: ImageSet,
  chosen: readonly number[],
  { normalize = "0..1", crop, flip }: ImageData,
  { expected, signal, limitBytes }: ImageOptions,
  report: (done: number) => void,
): Promise<PackedSet> {
  const packer = new Packer({
    shape: expected.input,
    classes: expected.outputs,
    meaning: { values: normalize, ...(crop === undefined ? {} : { crop }), ...(flip === undefined ? {} : { flip }) },
    ...(limitBytes === undefined ? {} : { limitBytes: limitBytes / 2 }),
  });
  for (const [done, index] of chosen.entries()) {
    packer.add(set.image(index), set.label(index));
    if (done % PAUSE === PAUSE - 1) {
      report(done + 1);
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
    }
  }
  report(chosen.length);
  return packer.finish();
}
