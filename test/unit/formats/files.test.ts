import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkOutputFile, writeFileAtomic } from "../../../src/formats/atomic-file.ts";
import { readInputFile } from "../../../src/formats/input-file.ts";
import { chipErrorOf } from "../../support/errors.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "files-"));
});
afterEach(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);

describe("writing a file", () => {
  it("writes bytes and text and leaves nothing else behind", async () => {
    await writeFileAtomic(at("a.bin"), Uint8Array.of(1, 2, 3));
    await writeFileAtomic(at("b.txt"), "grün");
    expect([...readFileSync(at("a.bin"))]).toEqual([1, 2, 3]);
    expect(readFileSync(at("b.txt"), "utf8")).toBe("grün");
    expect(readdirSync(folder).sort()).toEqual(["a.bin", "b.txt"]);
  });

  it("replaces a file only with force", async () => {
    writeFileSync(at("a"), "old");
    const error = await chipErrorOf(() => writeFileAtomic(at("a"), "new"), "E_FILE_EXISTS");
    expect(error.message).toContain("--force");
    await chipErrorOf(() => checkOutputFile(at("a")), "E_FILE_EXISTS");
    expect(readFileSync(at("a"), "utf8")).toBe("old");
    await writeFileAtomic(at("a"), "new", { force: true });
    expect(readFileSync(at("a"), "utf8")).toBe("new");
    await checkOutputFile(at("a"), { force: true });
    expect(readdirSync(folder)).toEqual(["a"]);
  });

  it("lets one of many writers win", async () => {
    const results = await Promise.allSettled([1, 2, 3, 4, 5].map((n) => writeFileAtomic(at("race"), `writer ${n}`)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(readFileSync(at("race"), "utf8")).toMatch(/^writer \d$/);
    expect(readdirSync(folder)).toEqual(["race"]);
  });

  it("follows a symbolic link", async () => {
    writeFileSync(at("real"), "old");
    symlinkSync(at("real"), at("link"));
    await writeFileAtomic(at("link"), "new", { force: true });
    expect(readFileSync(at("real"), "utf8")).toBe("new");
  });

  it("writes to a device without replacing it", async () => {
    await writeFileAtomic("/dev/null", "gone");
    expect(readFileSync("/dev/null", "utf8")).toBe("");
  });

  it("names a missing folder, and a folder in the place of the file", async () => {
    const error = await chipErrorOf(() => writeFileAtomic(at("no/such/file"), "x"), "E_FILE_NOT_FOUND");
    expect(error.details).toMatchObject({ folder: at("no/such") });
    await chipErrorOf(() => checkOutputFile(at("no/such/file")), "E_FILE_NOT_FOUND");
    mkdirSync(at("dir"));
    await chipErrorOf(() => writeFileAtomic(at("dir"), "x", { force: true }), "E_FILE_ACCESS");
    writeFileSync(at("plain"), "");
    await chipErrorOf(() => writeFileAtomic(at("plain/file"), "x"), "E_FILE_NOT_FOUND");
  });
});

describe("reading a file", () => {
  it("gives its bytes", async () => {
    writeFileSync(at("a"), Uint8Array.of(0, 255));
    expect(await readInputFile(at("a"))).toEqual(Uint8Array.of(0, 255));
  });

  it("tells missing files, folders and files that may not be read apart", async () => {
    await chipErrorOf(() => readInputFile(at("none")), "E_FILE_NOT_FOUND");
    expect((await chipErrorOf(() => readInputFile(folder), "E_FILE_ACCESS")).message).toContain("is a folder");
  });

  it.skipIf(process.getuid?.() === 0)("says that a file may not be read", async () => {
    writeFileSync(at("locked"), "x");
    chmodSync(at("locked"), 0);
    expect((await chipErrorOf(() => readInputFile(at("locked")), "E_FILE_ACCESS")).message).toContain("permissions");
  });
});
