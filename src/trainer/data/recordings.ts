import { ChipError } from "../../errors.ts";
import type { EventStream } from "../../events/event-stream.ts";
import type { Progress } from "../../log.ts";
import { formatCount } from "../../units.ts";
import type { ClassMap } from "./classes.ts";
import { addFrames, checkFrameRule, type FrameRule } from "./event-frames.ts";
import type { Expected, OpenedData } from "./opened.ts";
import { Packer } from "./packed-set.ts";
import { chooseTest, DEFAULT_TEST_SHARE } from "./split.ts";

/** A recording that can be read when it is its turn. */
export interface Recording {
  readonly id: string;
  readonly label: number;
  /** Set where the labelled set itself says which part it belongs to. */
  readonly part?: "train" | "test";
  read(): EventStream | Promise<EventStream>;
}

export interface RecordingOptions {
  readonly expected: Expected;
  readonly seed: number;
  readonly testShare?: number;
  readonly limitBytes?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: Progress;
  /** How messages call the set. */
  readonly name: string;
}

/**
 * Frames of recordings, in memory, one recording read at a time. Where the set does not say which recordings are for
 * testing, `testShare` of each class are set aside, whole recordings only.
 *
 * @throws ChipError E_DATASET for a label that the network has no output for, for a part without frames, and for a set
 *   larger than its limit; E_OPTION, E_INPUT for frames that the network cannot take; the errors of the readers
 */
export async function frameRecordings(
  recordings: readonly Recording[],
  rule: FrameRule,
  classMap: ClassMap,
  options: RecordingOptions,
): Promise<OpenedData> {
  const { expected, name, signal, limitBytes } = options;
  checkFrameRule(rule, expected.input);
  classMap.check(recordings, expected.outputs, name);
  const inTest = partsOf(recordings, options);
  const packer = (): Packer =>
    new Packer({
      shape: expected.input,
      classes: expected.outputs,
      meaning: { values: "counts" },
      ...(limitBytes === undefined ? {} : { limitBytes: limitBytes / 2 }),
    });
  const [train, test] = [packer(), packer()];
  let longest = 0;
  let short = 0;
  const framesOf = new Map<number, number>();
  options.onProgress?.(0, recordings.length);
  for (const [i, recording] of recordings.entries()) {
    signal?.throwIfAborted();
    const events = await recording.read();
    longest = Math.max(longest, events.t.length);
    const { id, label } = recording;
    const frames = addFrames(events, label, rule, expected.input, inTest[i] ? test : train, id);
    if (frames === 0) short++;
    if (!inTest[i]) framesOf.set(label, (framesOf.get(label) ?? 0) + frames);
    options.onProgress?.(i + 1, recordings.length);
  }
  for (const [part, packed] of Object.entries({ training: train, test })) {
    if (packed.size > 0) continue;
    throw new ChipError(
      "E_DATASET",
      `${name} gives no ${part} frame: frames hold ${formatCount(rule.eventsPerFrame)} events, and the longest of ${recordings.length} recordings has ${formatCount(longest)}; set data.eventsPerFrame lower.`,
      { details: { eventsPerFrame: rule.eventsPerFrame, longest } },
    );
  }
  const idsOf = (wanted: boolean): string[] => recordings.flatMap(({ id }, i) => (inTest[i] === wanted ? [id] : []));
  return {
    train: train.finish(),
    test: test.finish(),
    classes: classMap.names,
    trainIds: idsOf(false),
    testIds: idsOf(true),
    warnings: warnings(recordings, short, rule, framesOf, classMap),
  };
}

function partsOf(recordings: readonly Recording[], { testShare, seed, name }: RecordingOptions): readonly boolean[] {
  if (recordings.length === 0) throw new ChipError("E_DATASET", `${name} holds no recordings to train with; add some.`);
  if (recordings.some(({ part }) => part !== undefined)) return recordings.map(({ part }) => part === "test");
  return chooseTest(
    recordings.map(({ label }) => label),
    { testShare: testShare ?? DEFAULT_TEST_SHARE, seed },
  );
}

function warnings(
  recordings: readonly Recording[],
  short: number,
  rule: FrameRule,
  framesOf: ReadonlyMap<number, number>,
  classMap: ClassMap,
): string[] {
  const missing = [...new Set(recordings.map(({ label }) => label))].filter((label) => !framesOf.get(label));
  return [
    ...(short > 0
      ? [
          `${short} of ${recordings.length} recordings are shorter than a frame of ${rule.eventsPerFrame} events and are left out`,
        ]
      : []),
    ...(missing.length > 0
      ? [
          `no training frame of ${missing.map((label) => classMap.names[label]).join(", ")}: nothing can be learned about it`,
        ]
      : []),
  ];
}
