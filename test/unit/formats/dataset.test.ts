import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseCsv } from "../../../src/formats/csv.ts";
import { openDataset } from "../../../src/formats/dataset.ts";
import { dataPath, dataRoot } from "../../support/data.ts";
import { chipErrorOf } from "../../support/errors.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "set-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function files(contents: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(contents)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

const idsOf = async (options: Parameters<typeof openDataset>[1]): Promise<string[]> =>
  (await openDataset(folder, options)).samples.map(({ id }) => id);

describe("a folder with labels.csv", () => {
  beforeEach(() => {
    files({
      "labels.csv": "id,label,mnist_split,note\n1,7,train,\n2,0,train,odd one\n10,10,test,\nx9,7,test,\n",
      "1.bs2": "a",
      "2.npz": "b",
      "10.bin": "c",
      "x9.bin": "d",
      "extra.bin": "e",
      ".hidden": "f",
    });
  });

  it("gives samples in the order of the rows, with their further columns", async () => {
    const set = await openDataset(folder);
    expect(set.samples).toHaveLength(4);
    expect(set.samples[1]).toEqual({
      id: "2",
      file: join(folder, "2.npz"),
      label: "0",
      columns: { mnist_split: "train", note: "odd one" },
    });
    expect(set.classes).toEqual(["0", "7", "10"]);
    expect(set.unlabelled).toEqual(["extra.bin"]);
  });

  it("chooses by id, range, split and limit", async () => {
    expect(await idsOf({ ids: "x9,1..2" })).toEqual(["1", "2", "x9"]);
    expect(await idsOf({ ids: "2..10" })).toEqual(["2", "10"]);
    expect(await idsOf({ split: "test" })).toEqual(["10", "x9"]);
    expect(await idsOf({ split: "test", ids: "1..20" })).toEqual(["10"]);
    expect(await idsOf({ limit: 2 })).toEqual(["1", "2"]);
    expect((await openDataset(folder, { limit: 1 })).classes).toEqual(["0", "7", "10"]);
  });

  it("names unknown ids and splits", async () => {
    const ids = await chipErrorOf(() => openDataset(folder, { ids: "1,99,200..300,extra" }), "E_DATASET");
    expect(ids.details).toEqual({ ids: ["99", "200..300", "extra"] });
    const split = await chipErrorOf(() => openDataset(folder, { split: "val" }), "E_DATASET");
    expect(split.message).toContain("it has test, train");
    await chipErrorOf(() => openDataset(folder, { ids: "5..1" }), "E_OPTION");
    await chipErrorOf(() => openDataset(folder, { ids: "1,,2" }), "E_OPTION");
  });

  it("names missing recordings, but only of chosen samples", async () => {
    rmSync(join(folder, "2.npz"));
    rmSync(join(folder, "x9.bin"));
    const error = await chipErrorOf(() => openDataset(folder), "E_DATASET");
    expect(error.details).toEqual({ files: ["2", "x9"] });
    expect(error.message).toContain("2 of the samples have labels but no recording (2, x9)");
    expect(await idsOf({ ids: "1" })).toEqual(["1"]);
  });

  it("names rows without a label and ids that come twice", async () => {
    files({ "labels.csv": "id,label\n1,7\n2,\n10,\n" });
    const labels = await chipErrorOf(() => openDataset(folder), "E_DATASET");
    expect(labels.details).toEqual({ lines: ["line 3", "line 4"] });
    files({ "labels.csv": "id,label\n1,7\n1,8\n" });
    expect((await chipErrorOf(() => openDataset(folder), "E_DATASET")).details).toEqual({ ids: ["1"] });
  });

  it("asks for a file column when an id can be several files", async () => {
    files({ "1.npz": "other" });
    expect((await chipErrorOf(() => openDataset(folder), "E_DATASET")).message).toMatch(
      /id 1 can be 1\.bs2 or 1\.npz|id 1 can be 1\.npz or 1\.bs2/,
    );
    files({ "labels.csv": "file,label\n1.npz,a\nsub/deep.bin,b\n", "sub/deep.bin": "x" });
    const { samples } = await openDataset(folder);
    expect(samples.map(({ id, file }) => [id, file])).toEqual([
      ["1", join(folder, "1.npz")],
      ["deep", join(folder, "sub/deep.bin")],
    ]);
  });

  it("says which columns are needed", async () => {
    files({ "labels.csv": "name,class\n1,2\n" });
    expect((await chipErrorOf(() => openDataset(folder), "E_DATASET")).message).toContain(
      "needs label, and id or file",
    );
  });
});

describe("a folder with one sub-folder a class", () => {
  it("takes the sub-folders' names as labels, in natural order", async () => {
    files({ "10/a.bin": "", "2/b.bin": "", "2/a.bin": "", "README.md": "text", ".git/x": "" });
    const set = await openDataset(folder, { ids: "2/a,10/a" });
    expect(set.classes).toEqual(["2", "10"]);
    expect(set.samples).toEqual([
      { id: "2/a", file: join(folder, "2", "a.bin"), label: "2", columns: {} },
      { id: "10/a", file: join(folder, "10", "a.bin"), label: "10", columns: {} },
    ]);
  });

  it("has one clear line for what is no set", async () => {
    await chipErrorOf(() => openDataset(folder), "E_DATASET");
    await chipErrorOf(() => openDataset(join(folder, "nowhere")), "E_FILE_NOT_FOUND");
    files({ "single.bin": "" });
    await chipErrorOf(() => openDataset(join(folder, "single.bin")), "E_DATASET");
  });
});

describe("comma-separated values", () => {
  const cellsOf = (text: string): readonly (readonly string[])[] =>
    parseCsv(text, "t.csv").rows.map(({ cells }) => cells);

  it("reads quoted cells, empty cells, carriage returns, a byte order mark and empty lines", () => {
    const text = '\uFEFFa,b\r\n1,\r\n\r\n"x, ""y""\nz", 2 \r\n,3';
    expect(parseCsv(text, "t.csv").columns).toEqual(["a", "b"]);
    expect(cellsOf(text)).toEqual([
      ["1", ""],
      ['x, "y"\nz', "2"],
      ["", "3"],
    ]);
    expect(parseCsv(text, "t.csv").rows.map(({ line }) => line)).toEqual([2, 4, 6]);
  });

  it("names the line that is wrong", async () => {
    expect((await chipErrorOf(() => parseCsv("a,b\n1,2\n3\n", "t.csv"), "E_DATASET")).details).toEqual({ line: 3 });
    await chipErrorOf(() => parseCsv('a,b\n1,"2\n', "t.csv"), "E_DATASET");
    await chipErrorOf(() => parseCsv("a,a\n", "t.csv"), "E_DATASET");
    await chipErrorOf(() => parseCsv("", "t.csv"), "E_DATASET");
  });
});

describe.skipIf(!dataRoot)("the real N-MNIST set", () => {
  it("opens with its 857 recordings, by split and by id", async () => {
    const folderOf = dataPath("nmnist_1100", "dev");
    const set = await openDataset(folderOf);
    expect([set.samples.length, set.classes, set.unlabelled]).toEqual([
      857,
      ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
      [],
    ]);
    expect(set.classes.map((label) => set.samples.filter((sample) => sample.label === label).length)).toEqual([
      83, 104, 88, 78, 88, 79, 80, 91, 76, 90,
    ]);
    expect((await openDataset(folderOf, { split: "train" })).samples).toHaveLength(850);
    const two = await openDataset(folderOf, { ids: "1..2,60019" });
    expect(two.samples.map(({ id, label }) => [id, label])).toEqual([
      ["1", "5"],
      ["2", "0"],
      ["60019", expect.any(String)],
    ]);
  });
});
