import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { trainInFolder } from "../../../src/trainer/training-folder.ts";
import { quarterRecipe, quarterSets } from "../../support/training.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "training-folder-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const recipe = quarterRecipe({ phases: [{ name: "train", epochs: 1, learningRate: 0.01 }] });
const options = { backend: "wasm", workers: 1, seed: 1, data: "made by the test" } as const;

test.each(["net.nir", "summary.json", "history.jsonl"])(
  "a %s that no training here made is not written over",
  async (file) => {
    writeFileSync(join(folder, file), "somebody's work");
    await expect(trainInFolder(folder, recipe, quarterSets(), options)).rejects.toMatchObject({
      code: "E_FILE_EXISTS",
      message: expect.stringContaining(`${join(folder, file)} exists`),
    });
    expect(readdirSync(folder)).toEqual([file]);
    expect(readFileSync(join(folder, file), "utf8")).toBe("somebody's work");
    const { summary } = await trainInFolder(folder, recipe, quarterSets(), { ...options, force: true });
    expect(JSON.parse(readFileSync(join(folder, "summary.json"), "utf8"))).toEqual(summary);
  },
);
