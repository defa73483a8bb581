import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PNG } from "pngjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readEventFile, writeEvents } from "../../src/formats/event-files.ts";
import { cli, cliJson } from "../support/cli.ts";
import { rowsOf } from "../support/events.ts";
import { aedat2File, randomRecording } from "../support/recordings.ts";

const recording = randomRecording(2000, [128, 128], 1);
let folder = "";
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "events-e2e-"));
  writeFileSync(at("walk.aedat"), aedat2File(recording));
  writeFileSync(at("cut.aedat"), aedat2File(recording).subarray(0, 10_001));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("events convert", () => {
  it.each(["npz", "npy", "aedat4", "raw", "h5", "csv", "bin"])("to .%s and back: the same events", async (ending) => {
    const out = at(`out.${ending}`);
    const result = cliJson(["events", "convert", at("walk.aedat"), out]);
    expect(result).toMatchObject({ ok: true, status: 0, from: "aedat2", eventsIn: 2000, events: 2000 });
    const read = await readEventFile(out, { sensor: [128, 128] });
    expect(rowsOf(read)).toEqual(rowsOf(recording));
  });

  it("--as chooses among formats of one ending; an output stays without --force", () => {
    const args = ["events", "convert", at("walk.aedat"), at("two.raw"), "--as", "evt2"];
    expect(cliJson(args)).toMatchObject({ to: "evt2", status: 0 });
    expect(cliJson(["events", "info", at("two.raw")])).toMatchObject({
      format: "evt2",
      sensor: [128, 128],
      events: 2000,
    });
    expect(cliJson(args)).toMatchObject({ ok: false, status: 1, error: { code: "E_FILE_EXISTS" } });
    expect(cliJson([...args, "--force"])).toMatchObject({ ok: true });
  });

  it("an ending that is no format is refused, and nothing is written", () => {
    const { status, stderr } = cli(["events", "convert", at("walk.aedat"), at("x.wav")]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: .*\.npz.*\[E_OPTION\]\n$/);
    expect(existsSync(at("x.wav"))).toBe(false);
  });
});

describe("--repair", () => {
  it("without it one clear line and exit 1; with it the events, a warning with the offset and exit 0", () => {
    const refused = cli(["events", "info", at("cut.aedat")]);
    expect(refused.status).toBe(1);
    expect(refused.stderr.trim().split("\n").length).toBe(1);
    expect(refused.stderr).toMatch(/cut short.*offset \d+.*--repair/);

    const repaired = cliJson(["events", "info", at("cut.aedat"), "--repair"]);
    expect(repaired).toMatchObject({ status: 0, format: "aedat2" });
    expect(repaired.repairs).toMatchObject([{ offset: expect.any(Number), count: 1 }]);
    expect(repaired.warnings.length).toBe(1);
    expect(repaired.events).toBeGreaterThan(1000);
  });

  it("is known to the commands that read recordings", () => {
    for (const command of [
      ["events", "convert"],
      ["events", "slice"],
      ["events", "render"],
      ["inspect"],
      ["emulate"],
      ["evaluate"],
    ]) {
      expect(cli([...command, "--help"]).stdout, command.join(" ")).toContain("--repair");
    }
  });
});

describe("editing", () => {
  it("crop, downsample, polarity and hot-pixels", async () => {
    expect(cliJson(["events", "crop", at("walk.aedat"), at("crop.npz"), "--region", "64x32+10+20"])).toMatchObject({
      sensor: [64, 32],
      status: 0,
    });
    expect(cliJson(["events", "downsample", at("walk.aedat"), at("half.npz")])).toMatchObject({
      sensor: [64, 64],
      events: 2000,
    });
    const half = await readEventFile(at("half.npz"));
    expect([...half.x]).toEqual([...recording.x].map((x) => x >> 1));
    const on = cliJson(["events", "polarity", at("walk.aedat"), at("on.npz"), "--choose", "on"]);
    expect(on.events).toBe(recording.p.reduce((sum, p) => sum + p, 0));
    expect(cliJson(["events", "hot-pixels", at("walk.aedat"), at("clean.npz")])).toMatchObject({
      hotPixels: [],
      dropped: 0,
    });
  });

  it("wrong usage ends with 2", () => {
    expect(cli(["events", "crop", at("walk.aedat"), at("no.npz"), "--region", "64,64"]).status).toBe(2);
    expect(cli(["events", "render", at("walk.aedat")]).status).toBe(2);
  });
});

describe("events slice", () => {
  it("a set by count: pieces of just so many events from time 0, with labels and further columns", async () => {
    mkdirSync(at("set"));
    for (const id of ["a", "b"])
      writeFileSync(at(`set/${id}.npz`), await writeEvents(randomRecording(700, [34, 34], 5), "npz"));
    writeFileSync(at("set/labels.csv"), 'id,label,my_split,note\na,3,train,"x, y"\nb,5,test,\n');
    const result = cliJson(["events", "slice", at("set"), "--events", "300", "-o", at("pieces")]);
    expect(result).toMatchObject({ status: 0, recordings: 2, events: 1200, dropped: 200, labels: true });
    expect(readFileSync(at("pieces/labels.csv"), "utf8").trim().split("\n")).toEqual([
      "id,label,source,slice,my_split,note",
      'a_0000,3,a,0,train,"x, y"',
      'a_0001,3,a,1,train,"x, y"',
      "b_0000,5,b,0,test,",
      "b_0001,5,b,1,test,",
    ]);
    const piece = await readEventFile(at("pieces/b_0001.npz"));
    expect(piece.t.length).toBe(300);
    expect(piece.t[0]).toBe(0);
  });

  it("one recording by time", () => {
    const result = cliJson([
      "events",
      "slice",
      at("walk.aedat"),
      "--window",
      "5ms",
      "-o",
      at("windows"),
      "--as",
      "evt3",
    ]);
    expect(result.pieces.length).toBeGreaterThan(2);
    expect(readdirSync(at("windows")).every((name) => /^walk_\d{4}\.raw$/.test(name))).toBe(true);
  });

  it("needs one rule", () => {
    expect(cliJson(["events", "slice", at("walk.aedat"), "-o", at("none")]).error.code).toBe("E_OPTION");
  });
});

describe("events render", () => {
  it("PNG, GIF and page", () => {
    expect(cliJson(["events", "render", at("walk.aedat"), "-o", at("walk.png")])).toMatchObject({
      width: 512,
      scale: 4,
    });
    const png = PNG.sync.read(readFileSync(at("walk.png")));
    expect([png.width, png.height]).toEqual([512, 512]);
    const gif = cliJson(["events", "render", at("walk.aedat"), "-o", at("walk.gif"), "--window", "2ms", "--fps", "10"]);
    expect(gif).toMatchObject({ fps: 10, windowUs: 2000, speed: 0.02 });
    expect(readFileSync(at("walk.gif")).subarray(0, 6).toString()).toBe("GIF89a");
    cliJson(["events", "render", at("walk.aedat"), "-o", at("walk.html")]);
    expect(readFileSync(at("walk.html"), "utf8")).toContain("<title>walk.aedat</title>");
  });
});
