import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeEvents } from "../../../../src/formats/event-files.ts";
import { openTrainingData } from "../../../../src/trainer/data/open-data.ts";
import type { Expected } from "../../../../src/trainer/data/opened.ts";
import type { EventData, ImageData } from "../../../../src/trainer/recipe.ts";
import { eventsOf } from "../../../support/events.ts";
import { thrownAsync } from "../../../support/thrown.ts";

const EXPECTED: Expected = { input: [1, 4, 4], outputs: 2 };
const FRAMES: EventData = { type: "events", eventsPerFrame: 10 };

/** Recordings whose events all lie at (label, n), n being the recording's number: frames tell where they come from. */
async function recordings(
  counts: readonly number[],
  { columns = [] as string[], side = 4, labels = ["0", "1"] } = {},
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "training-data-"));
  const rows = await Promise.all(
    counts.map(async (count, i) => {
      const label = i % 2;
      const events = eventsOf(
        Array.from({ length: count }, (_, k) => [k, (i >> 1) % side, label + (side > 4 ? 4 : 0), k % 2]),
        [side, side],
      );
      writeFileSync(join(folder, `r${i}.npz`), await writeEvents(events, "npz"));
      return `r${i},${labels[label]}${columns[i] === undefined ? "" : `,${columns[i]}`}`;
    }),
  );
  const head = columns.length > 0 ? "id,label,split" : "id,label";
  writeFileSync(join(folder, "labels.csv"), `${[head, ...rows].join("\n")}\n`);
  return folder;
}

const EIGHT = [35, 35, 35, 35, 35, 35, 35, 35];

describe("recordings as training data", () => {
  it("become frames that count the events of every pixel, a remainder dropped", async () => {
    const { train, test } = await openTrainingData(FRAMES, EXPECTED, { path: await recordings(EIGHT), seed: 1 });
    expect(train.size + test.size).toBe(8 * 3);
    const { x } = train.batch(Int32Array.of(0), null);
    expect(x.reduce((sum, n) => sum + n, 0)).toBe(10);
    expect(Math.max(...x)).toBe(10);
  });

  it("are parted by recording, never by frame", async () => {
    const { train, test, trainIds, testIds } = await openTrainingData({ ...FRAMES, testShare: 0.25 }, EXPECTED, {
      path: await recordings(EIGHT),
      seed: 1,
    });
    const placesOf = (set: typeof train): Set<string> => {
      const { x, labels } = set.batch(
        Int32Array.from({ length: set.size }, (_, i) => i),
        null,
      );
      return new Set(
        Array.from(labels, (label, i) => `${label}@${x.slice(16 * i, 16 * i + 16).findIndex((n) => n > 0)}`),
      );
    };
    expect([test.size, testIds.length, trainIds.length]).toEqual([6, 2, 6]);
    expect(placesOf(test).size).toBe(2);
    expect(placesOf(train).size).toBe(6);
    for (const place of placesOf(test)) expect(placesOf(train)).not.toContain(place);
    expect(new Set([...trainIds, ...testIds]).size).toBe(8);
  });

  it("keep the parts that the set itself names, and those that the user names", async () => {
    const columns = ["test", "train", "train", "train", "train", "test", "train", "train"];
    const path = await recordings(EIGHT, { columns });
    expect((await openTrainingData(FRAMES, EXPECTED, { path, seed: 1 })).testIds).toEqual(["r0", "r5"]);
    const named = await openTrainingData(FRAMES, EXPECTED, { path, seed: 1, split: "test", testSplit: "train" });
    expect(named.trainIds).toEqual(["r0", "r5"]);
    const error = await thrownAsync(() =>
      openTrainingData(FRAMES, EXPECTED, { path, seed: 1, split: "train", testSplit: "train" }),
    );
    expect(error).toMatchObject({ code: "E_DATASET" });
    expect(error.message).toContain("r1");
  });

  it("may have two features, and addresses divided", async () => {
    const path = await recordings(EIGHT, { side: 8 });
    const { train } = await openTrainingData(
      { ...FRAMES, polarity: "split", downsample: 2 },
      { ...EXPECTED, input: [2, 4, 4] },
      { path, seed: 1 },
    );
    const { x } = train.batch(Int32Array.of(0), null);
    // Row 4 or 5 of 8 is row 2 of 4; half of the events are OFF, half ON.
    expect([...x.slice(2 * 8, 2 * 8 + 8)].filter((n) => n > 0)).toEqual([5, 5]);
  });

  it("are refused with what to change: beyond the input, a wrong number of features, too short, a class too many", async () => {
    const messageOf = async (path: string, data: EventData = FRAMES, expected: Expected = EXPECTED): Promise<string> =>
      (await thrownAsync(() => openTrainingData(data, expected, { path, seed: 1 }))).message;
    const wide = await recordings(EIGHT, { side: 8 });
    expect(await messageOf(wide)).toMatch(/35 of 35 events lie outside the network's 4x4 input.*downsample to 2/);
    const path = await recordings(EIGHT);
    expect(await messageOf(path, { ...FRAMES, polarity: "split" })).toMatch(/frames of 2 features.*merge/);
    expect(await messageOf(path, { ...FRAMES, eventsPerFrame: 50 })).toMatch(
      /no training frame.*50 events, and the longest of 8 recordings has 35/,
    );
    expect(await messageOf(path, FRAMES, { ...EXPECTED, outputs: 1 })).toMatch(
      /4 samples have no output.*r1 with label 1/,
    );
    expect(await messageOf(path, { ...FRAMES, eventsPerFrame: 0 })).toMatch(/eventsPerFrame is 0/);
    expect(await messageOf(await recordings(EIGHT, { labels: ["0", ""] }))).toMatch(/4 of its rows have no label/);
    expect(await messageOf("/no/such/folder")).toContain("/no/such/folder");
    const error = await thrownAsync(() => openTrainingData(FRAMES, EXPECTED, { seed: 1 }));
    expect(error.message).toContain("--data");
  });

  it("warn about recordings that are too short and classes without a frame", async () => {
    const columns = ["train", "train", "train", "train", "test", "test", "test", "test"];
    const path = await recordings([35, 5, 35, 5, 35, 35, 35, 35], { columns });
    const { warnings, classes } = await openTrainingData(FRAMES, EXPECTED, { path, seed: 1 });
    expect(classes).toEqual(["0", "1"]);
    expect(warnings[0]).toMatch(/2 of 8 recordings are shorter/);
    expect(warnings[1]).toMatch(/no training frame of 1/);
  });

  it("stop when they are interrupted, and report how far they are", async () => {
    const path = await recordings(EIGHT);
    const controller = new AbortController();
    const seen: number[] = [];
    const opened = openTrainingData(FRAMES, EXPECTED, {
      path,
      seed: 1,
      signal: controller.signal,
      onProgress: (done) => {
        seen.push(done);
        if (done === 3) controller.abort(new Error("stop"));
      },
    });
    await expect(opened).rejects.toThrow("stop");
    expect(seen).toEqual([0, 1, 2, 3]);
  });
});

describe("simulated recordings as training data", () => {
  it("need no files, and are the same for the same seed", async () => {
    const open = (seed: number) =>
      openTrainingData(
        { type: "simulated", perClass: 3, eventsPerFrame: 200, polarity: "split" },
        { input: [2, 24, 24], outputs: 4 },
        { seed },
      );
    const [one, again, other] = await Promise.all([open(1), open(1), open(2)]);
    expect(one.classes).toEqual(["horizontal", "vertical", "falling", "rising"]);
    expect(one.trainIds).toHaveLength(8);
    const valuesOf = ({ train }: typeof one): Float32Array => train.batch(Int32Array.of(0, 5), null).x;
    expect(valuesOf(again)).toEqual(valuesOf(one));
    expect(valuesOf(other)).not.toEqual(valuesOf(one));
  });
});

describe("images as training data", () => {
  const EXPECTED: Expected = { input: [1, 2, 3], outputs: 10 };
  const DATA: ImageData = { type: "images" };

  function idx(folder: string, name: string, count: number, first = 0): void {
    const head = (magic: number, ...axes: number[]): Buffer => {
      const bytes = Buffer.alloc(4 + 4 * axes.length);
      bytes.writeUInt32BE(magic);
      for (const [i, size] of axes.entries()) bytes.writeUInt32BE(size, 4 + 4 * i);
      return bytes;
    };
    const pixels = Uint8Array.from({ length: 6 * count }, (_, i) => first + Math.floor(i / 6));
    const labels = Uint8Array.from({ length: count }, (_, i) => i % 10);
    writeFileSync(join(folder, `${name}-images-idx3-ubyte`), Buffer.concat([head(0x803, count, 2, 3), pixels]));
    writeFileSync(join(folder, `${name}-labels-idx1-ubyte`), Buffer.concat([head(0x801, count), labels]));
  }

  it("take the test set beside the training set", async () => {
    const path = mkdtempSync(join(tmpdir(), "training-data-"));
    idx(path, "train", 30);
    idx(path, "t10k", 20, 100);
    const { train, test, testIds } = await openTrainingData(DATA, EXPECTED, { path, seed: 1 });
    expect([train.size, test.size, testIds.length]).toEqual([30, 20, 20]);
    const { x, labels } = test.batch(Int32Array.of(7), null);
    expect([...x]).toEqual(new Array(6).fill(Math.fround(107 / 255)));
    expect([...labels]).toEqual([7]);
  });

  it("set a share of each class aside where there is one set", async () => {
    const path = mkdtempSync(join(tmpdir(), "training-data-"));
    idx(path, "train", 50);
    const { train, test, trainIds, testIds } = await openTrainingData(DATA, EXPECTED, { path, seed: 1 });
    expect([...test.labels].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect([train.size, new Set([...trainIds, ...testIds]).size]).toEqual([40, 50]);
  });

  it("are refused when their size is not that of the network's input", async () => {
    const path = mkdtempSync(join(tmpdir(), "training-data-"));
    idx(path, "train", 20);
    const error = await thrownAsync(() =>
      openTrainingData(DATA, { input: [1, 28, 28], outputs: 10 }, { path, seed: 1 }),
    );
    expect(error.message).toMatch(/1x2x3, and the network takes 1x28x28; set the network's input to \[1, 2, 3\]/);
    const outputs = await thrownAsync(() => openTrainingData(DATA, { ...EXPECTED, outputs: 4 }, { path, seed: 1 }));
    expect(outputs.message).toMatch(/10 classes, and the network 4 outputs/);
  });
});
