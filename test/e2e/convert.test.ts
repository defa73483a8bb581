import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PNG } from "pngjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cli, cliJson } from "../support/cli.ts";
import { dataPath, dataRoot } from "../support/data.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "convert-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(!dataRoot)("convert", () => {
  const model = () => dataPath("models", "tfjs_mnist_cnn_a", "model.json");

  it("refuses with every reason, and writes nothing", () => {
    const result = cliJson(["convert", model(), "-o", join(folder, "no.nir")]);
    expect(result).toMatchObject({ ok: false, status: 1, error: { code: "E_UNSUPPORTED" } });
    expect(result.error.details.reasons).toHaveLength(14);
    expect(() => readFileSync(join(folder, "no.nir"))).toThrow();
  });

  it("replaces on request, says what it cost, and its network maps", () => {
    const net = join(folder, "net.nir");
    const images = dataPath("mnist", "dev");
    const result = cliJson([
      ...["convert", model(), "-o", net, "--drop-bias", "--max-pool", "average", "--calibrate", join(images, "train")],
      ...["--calibrate-limit", "200", "--data", images, "--split", "t10k-first5000", "--limit", "100"],
    ]);
    expect(result).toMatchObject({ ok: true, status: 0, output: { format: "nir" }, steps: 10 });
    expect(result.accuracy.before.accuracy).toBeGreaterThanOrEqual(0.98);
    expect(result.accuracy.spiking.accuracy).toBeGreaterThanOrEqual(0.97);
    expect(result.replaced.filter((one: { exact: boolean }) => !one.exact)).toHaveLength(8);
    expect(cliJson(["map", net, "--device", "virtual", "-o", join(folder, "chip.pb")]).layers).toHaveLength(6);
  });

  it("is wrong usage to drop and keep biases", () => {
    expect(cli(["convert", model(), "-o", join(folder, "x.nir"), "--drop-bias", "--keep-bias"]).status).toBe(2);
  });
});

describe("events simulate", () => {
  it("makes a labelled set that evaluate and others read", () => {
    const image = new PNG({ width: 10, height: 10 });
    for (let i = 0; i < 100; i++)
      image.data.set(i % 10 > 3 && i % 10 < 6 ? [255, 255, 255, 255] : [0, 0, 0, 255], 4 * i);
    writeFileSync(join(folder, "bar.png"), PNG.sync.write(image));
    writeFileSync(join(folder, "labels.csv"), "file,label\nbar.png,bar\n");
    const out = join(folder, "events");
    const args = ["events", "simulate", "--images", folder, "-o", out, "--sensor", "16x16"];
    const result = cliJson([...args, "--seed", "7"]);
    expect(result).toMatchObject({ ok: true, recordings: 1, classes: ["bar"], durationUs: 300_000 });
    expect(readFileSync(join(out, "labels.csv"), "utf8")).toBe("file,label\n00000.npz,bar\n");
    const info = cliJson(["events", "info", join(out, "00000.npz")]);
    expect(info).toMatchObject({ sensor: [16, 16], events: result.events });
    expect(info.events).toBeGreaterThan(100);
    expect(cli(args).status).toBe(1);
    expect(cliJson([...args, "--seed", "7", "--force"]).events).toBe(result.events);
  });
});
