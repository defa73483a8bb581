import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { layOut } from "../../../src/trainer/layout.ts";
import { listRecipes, loadRecipe, parseRecipeText } from "../../../src/trainer/load-recipe.ts";
import { chipErrorOf } from "../../support/errors.ts";

const GOOD = readFileSync(new URL("../../../src/trainer/recipes/mnist-dvs.yaml", import.meta.url), "utf8");

const refusal = async (text: string): Promise<string> =>
  (await chipErrorOf(() => parseRecipeText(text, "mine.yaml"), "E_FORMAT")).message;

describe("recipes", () => {
  it("those that come with the program are sound, and say so to editors", async () => {
    const names = await listRecipes();
    expect(names).toEqual(
      expect.arrayContaining(["cifar10-all-convnet", "demo", "mnist", "mnist-dvs", "nmnist", "small-all-convnet"]),
    );
    for (const name of names) {
      const recipe = await loadRecipe(name);
      expect(recipe.name).toBe(name);
      expect(layOut(recipe.network).layers.length).toBeGreaterThan(1);
      const text = readFileSync(new URL(`../../../src/trainer/recipes/${name}.yaml`, import.meta.url), "utf8");
      expect(text).toMatch(/^# yaml-language-server: \$schema=\.\/recipe\.schema\.json\n/);
    }
  });

  it("JSON is as good", async () => {
    const recipe = await parseRecipeText(GOOD, "mine.yaml");
    expect(await parseRecipeText(JSON.stringify(recipe), "mine.json")).toEqual(recipe);
  });

  it("every mistake is named with its line and its place", async () => {
    const bad = GOOD.replace("batch: 256", "batches: 256")
      .replace("kernel: 3", "kernel: three")
      .replace("learningRate: 1.0e-3", "learningRate: -1")
      .replace("type: linear", "type: dense");
    const message = await refusal(bad);
    expect(message).toMatch(/^Recipe mine\.yaml: /);
    expect(message).toMatch(/line 11: network\.layers\[0\]\.kernel is wrong: expected number, received string/);
    expect(message).toMatch(/line 18: network\.layers\[7\]\.type must be one of conv, linear, averagePool/);
    expect(message).toMatch(/batch is missing/);
    expect(message).toMatch(/line 21: batches is not a known field/);
    expect(message).toMatch(/line 23: phases\[0\]\.learningRate is wrong: it has to be >0/);
  });

  it("a misspelt field is named before all that is missing", async () => {
    const message = await refusal("name: a\ndataa: 1\nnetwork: {}\n");
    expect(message).toMatch(/^Recipe mine\.yaml: line 2: dataa is not a known field; line 1: data is missing;/);
  });

  it("what is no YAML is said with the line", async () => {
    expect(await refusal("name: a\nname: b\n")).toMatch(/line 2: Map keys must be unique/);
    expect(await refusal("")).toMatch(/expected object/);
  });

  it("an unknown name lists the known ones", async () => {
    const { message } = await chipErrorOf(() => loadRecipe("mnist-dv"), "E_FILE_NOT_FOUND");
    expect(message).toMatch(/there is no recipe mnist-dv: neither a file nor one of .*mnist-dvs/);
  });
});
