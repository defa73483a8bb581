import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { loadDevice } from "../../../src/device/catalogue.ts";
import { parsePreset, readPresetFile, resolvePreset } from "../../../src/energy/preset-file.ts";

const { spec } = await loadDevice("speck2f");
const folder = mkdtempSync(join(tmpdir(), "presets-"));
afterAll(() => rmSync(folder, { recursive: true }));

const perTap = { value: 10, unit: "pJ", evidence: "measured", source: "board 7, twelve recordings" };

function problems(data: unknown): readonly string[] {
  const result = parsePreset(typeof data === "string" ? data : JSON.stringify(data), "x", spec);
  return "problems" in result ? result.problems : [];
}

describe("a preset file", () => {
  it("gives prices in joules; its name is that of the file unless it says so", async () => {
    const path = join(folder, "board-7.json");
    writeFileSync(
      path,
      JSON.stringify({ title: "Board 7", perTap, perCopy: { ...perTap, value: 1.5e-11, unit: "J" } }),
    );
    expect(await readPresetFile(path, spec)).toEqual({
      name: "board-7",
      title: "Board 7",
      perTap: { ...perTap, value: 1e-11, unit: "J" },
      perCopy: { ...perTap, value: 1.5e-11, unit: "J" },
      staticRails: [],
    });
  });

  it("may charge rails", () => {
    const result = parsePreset(JSON.stringify({ name: "mine", title: "t", perTap, staticRails: ["RAM"] }), "x", spec);
    expect(result).toMatchObject({ preset: { name: "mine", staticRails: ["RAM"] } });
  });

  it("is refused with everything that is wrong", () => {
    const preset = { titel: "x", perTap: "10%", perSpike: { ...perTap, unit: "%" }, staticRails: ["RAM", "CORE"] };
    expect(problems(preset)).toEqual([
      "titel is not a known field; did you mean title?",
      "title is missing; say in a few words whose prices these are",
      'staticRails names "CORE"; speck2f has IO, RAM, LOGIC, PIXEL_DIGITAL, PIXEL_ANALOG',
      'perTap is "10%"; give { "value": 10, "unit": "pJ", "evidence": "assumed", "source": "where it comes from" }',
      'perSpike.unit is "%"; give J, nJ, pJ, fJ',
    ]);
  });

  it.each([
    [{ value: "10%" }, 'perTap.value is "10%"; give a number that is not negative'],
    [{ value: -1 }, "perTap.value is -1; give a number that is not negative"],
    [{ value: null }, "perTap.value is null; give a number that is not negative"],
    [{ value: 10, unit: "J" }, "perTap is 10 J, more than a microjoule; is the unit pJ?"],
    [{ evidence: "certain" }, 'perTap.evidence is "certain"; give measured, published, derived, assumed'],
    [{ source: undefined }, "perTap.source is missing; say where the price comes from"],
    [{ per: "tap" }, "perTap.per is not a known field"],
  ])("is refused for %j", (change, problem) => {
    expect(problems({ title: "t", perTap: { ...perTap, ...change } })).toEqual([problem]);
  });

  it("is refused when it holds no price, no object or no JSON", () => {
    expect(problems({ title: "t" })[0]).toMatch(/^holds no price; give at least one of perTap, /);
    expect(problems([])).toEqual(["is not a JSON object"]);
    expect(problems("10 pJ")[0]).toMatch(/^is not JSON: /);
  });
});

describe("--energy", () => {
  it("takes a preset's name, or nothing", async () => {
    expect(await resolvePreset(undefined, spec)).toMatchObject({ name: "literature", staticRails: [] });
    expect(await resolvePreset("speck-implied", spec)).toMatchObject({ name: "speck-implied" });
  });

  it("refuses a percentage as it refuses any other unknown word", async () => {
    await expect(resolvePreset("10%", spec)).rejects.toMatchObject({
      code: "E_OPTION",
      message:
        'speck2f has no energy preset "10%"; give one of literature, speck-implied, or the path of a preset file.',
    });
  });

  it("refuses a file that is damaged or not there, on one line", async () => {
    const path = join(folder, "half.json");
    writeFileSync(path, '{ "title": "t", "perTap": { "value": 10,\n');
    const error = await resolvePreset(path, spec).catch((reason) => reason);
    expect(error).toMatchObject({ code: "E_FORMAT" });
    expect(error.message).not.toContain("\n");
    await expect(resolvePreset(join(folder, "absent.json"), spec)).rejects.toMatchObject({ code: "E_FILE_NOT_FOUND" });
    await expect(resolvePreset(`${folder}/`, spec)).rejects.toMatchObject({ code: "E_FILE_ACCESS" });
  });
});
