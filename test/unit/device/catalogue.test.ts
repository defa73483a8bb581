import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { loadDevice } from "../../../src/device/catalogue.ts";
import { canonicalJson, deviceHash } from "../../../src/device/hash.ts";
import { ChipError } from "../../../src/errors.ts";

const folder = mkdtempSync(join(tmpdir(), "devices-"));
afterAll(() => rmSync(folder, { recursive: true }));

const speck2f = () => JSON.parse(readFileSync(new URL("../../../devices/speck2f.json", import.meta.url), "utf8"));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

async function refusal(nameOrPath: string): Promise<ChipError> {
  const error: unknown = await loadDevice(nameOrPath).then(
    () => undefined,
    (reason) => reason,
  );
  if (!(error instanceof ChipError)) throw new Error(`expected a ChipError, got ${String(error)}`);
  expect(error.message).not.toContain("\n");
  return error;
}

describe("loadDevice by name", () => {
  it("knows names and aliases in upper and lower case", async () => {
    expect((await loadDevice("speck2f")).spec.name).toBe("speck2f");
    expect((await loadDevice("Speck2fDevKit")).spec.name).toBe("speck2f");
    expect((await loadDevice("dynapcnndevkit")).spec.name).toBe("dynapcnn");
    expect((await loadDevice("speck2dmini")).spec.name).toBe("speck2cmini");
  });

  it("lists what it knows and guesses what was meant", async () => {
    const error = await refusal("spek2f");
    expect(error.code).toBe("E_DEVICE_UNKNOWN");
    expect(error.message).toBe(
      'There is no device "spek2f". Did you mean speck2f? ' +
        "Known are dynapcnn, speck2cmini, speck2e, speck2f, virtual, virtual-board; or give the path of a device file.",
    );
    expect(error.details.suggestion).toBe("speck2f");
  });

  it("guesses nothing for a word that is near to none", async () => {
    const error = await refusal("loihi");
    expect(error.message).not.toContain("Did you mean");
    expect(error.message).toContain("speck2f");
  });
});

describe("loadDevice from a user's file", () => {
  it("takes a copy of a built-in file for the same device: spec and hash", async () => {
    expect(await loadDevice(file("copy.json", speck2f()))).toEqual(await loadDevice("speck2f"));
  });

  it("the hash depends on the numbers, not on white space, order of fields or $schema", async () => {
    const { $schema: _, ...spec } = speck2f();
    const reversed = Object.fromEntries(Object.entries(spec).reverse());
    const { hash } = await loadDevice("speck2f");
    expect((await loadDevice(file("reversed.json", JSON.stringify(reversed, null, 4)))).hash).toBe(hash);

    spec.cores[3].kernelWords.value = 32767;
    expect((await loadDevice(file("smaller.json", spec))).hash).not.toBe(hash);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it("refuses fields that it does not know, wrong types, units and missing fields, all at once and by path", async () => {
    const spec = speck2f();
    spec.coolness = 11;
    spec.cores[2].kernelWords.value = "16384";
    spec.cores[4].id = 4.5;
    spec.timing.tIn.unit = "ns";
    spec.numeric.comparator.value = "=>";
    delete spec.limits.padding;
    spec.energy.presets.literature.perTap.value = 10;
    spec.energy.presets.literature.perTab = spec.energy.presets.literature.perTap;
    const error = await refusal(file("many.json", spec));
    expect(error.code).toBe("E_DEVICE_FILE");
    expect(error.details.problems).toEqual([
      "cores[2].kernelWords.value: expected number, received string",
      "cores[4].id: expected a whole number",
      "limits.padding is missing",
      'numeric.comparator.value: expected one of ">="|">"',
      'timing.tIn.unit: expected "ps"',
      "energy.presets.literature.perTap.value: Too big: expected number to be <=0.000001",
      "energy.presets.literature.perTab is not a known field",
      "coolness is not a known field",
    ]);
    expect(error.message).toContain(
      "many.json: cores[2].kernelWords.value: expected number, received string; cores[4]",
    );
  });

  it("refuses widths that the emulator does not model instead of ignoring them", async () => {
    const spec = speck2f();
    spec.limits.weightBits.value = 4;
    spec.limits.stateBits.value = 12;
    expect((await refusal(file("widths.json", spec))).details.problems).toEqual([
      "limits.weightBits.value: expected 8",
      "limits.stateBits.value: expected 16",
    ]);
  });

  it("refuses what is well formed but does not hang together", async () => {
    const spec = speck2f();
    spec.cores[8].id = 7;
    spec.timing.tOut.source = "hearsay";
    spec.energy.idleRails = ["RAM", "LOGIG"];
    spec.energy.presets["speck-implied"].staticRails = ["CORE"];
    spec.energy.rails[1].name = "IO";
    spec.energy.defaultPreset = "litterature";
    spec.limits.pools.value = [2, 4];
    const error = await refusal(file("loose.json", spec));
    expect(error.code).toBe("E_DEVICE_FILE");
    expect(error.details.problems).toEqual([
      "cores[8].id is 7; ids run 0, 1, 2... in the order of the list",
      'timing.tOut.source is "hearsay", which is not a key of sources',
      'energy.rails[1].name "IO" is taken',
      'energy.idleRails names "RAM", which is not one of energy.rails',
      'energy.idleRails names "LOGIG", which is not one of energy.rails',
      'energy.presets.speck-implied.staticRails names "CORE", which is not one of energy.rails',
      'energy.defaultPreset is "litterature", which is not one of energy.presets',
      "limits.pools.value lacks 1, which is no pooling",
    ]);
  });

  it("shows ten problems on the line and keeps the rest in the details", async () => {
    const error = await refusal(file("empty.json", {}));
    expect((error.details.problems as string[]).length).toBeGreaterThan(10);
    expect(error.message).toMatch(/; and \d+ more\.$/);
  });

  it("refuses a file that is no JSON, no object, or not there", async () => {
    expect((await refusal(file("broken.json", '{"name": "x"'))).message).toContain("broken.json: is not JSON: ");
    expect((await refusal(file("list.json", "[]"))).message).toContain("the file: expected object, received array");
    expect(await refusal(join(folder, "absent.json"))).toMatchObject({ code: "E_FILE_NOT_FOUND" });
    expect(await refusal(`${folder}/`)).toMatchObject({ code: "E_FILE_ACCESS" });
  });
});

describe("canonical JSON", () => {
  it("sorts keys at every depth and keeps lists in order", () => {
    expect(canonicalJson({ b: [3, 1, { d: 1e-11, c: null }], a: "x" })).toBe(
      '{"a":"x","b":[3,1,{"c":null,"d":1e-11}]}',
    );
  });

  it("has a known SHA-256: the device hash is that of the text", async () => {
    // sha256 of the two bytes {}
    expect(deviceHash({} as never)).toBe("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
  });
});
