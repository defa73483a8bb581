import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bin, cli, cliJson, root } from "../support/cli.ts";
import { dataPath, dataRoot } from "../support/data.ts";
import { type NirSpec, nirFile, real, SMALL_EDGES, SMALL_NODES } from "../support/nir-file.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "spikewright-cli-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const inFolder = (...parts: string[]): string => join(folder, ...parts);

/** A result without what the clock decides. */
function timeless(document: Record<string, unknown>): Record<string, unknown> {
  const { wallMs: _w, synOpsPerSecond: _s, workers: _k, ...rest } = document;
  return rest;
}

describe("the program", () => {
  it("answers --help and --version", () => {
    const help = cli(["--help"]);
    expect(help.status).toBe(0);
    for (const command of [
      "devices",
      "inspect",
      "events",
      "map",
      "emulate",
      "evaluate",
      "train",
      "ports",
      "deploy",
      "run",
      "monitor",
      "compare",
      "board",
      "demo",
    ])
      expect(help.stdout).toContain(command);
    expect(cli(["--version"]).stdout.trim()).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it("ends wrong usage with code 2", () => {
    expect(cli(["nonsense"]).status).toBe(2);
    expect(cli(["map"]).status).toBe(2);
    expect(cli(["map", "x.nir", "--device", "speck2f", "-o", "y", "--quantize", "wrong"]).status).toBe(2);
  });

  it("lists devices and shows one with evidence", () => {
    const all = cliJson(["devices"]);
    expect(all.ok).toBe(true);
    expect(all.devices.map((device: { name: string }) => device.name)).toEqual(
      expect.arrayContaining(["speck2f", "speck2e", "dynapcnn", "speck2cmini"]),
    );
    const one = cliJson(["devices", "speck2f"]);
    expect(one.device.cores).toHaveLength(9);
    expect(one.device.cores[0].kernelWords).toMatchObject({ value: 16384, evidence: "published" });
    expect(cli(["devices", "speck2f"]).stdout).toContain("evidence");
  });

  it("refuses an unknown device with the known ones", () => {
    const result = cliJson(["devices", "speck3f"]);
    expect(result).toMatchObject({ ok: false, status: 1, error: { code: "E_DEVICE_UNKNOWN" } });
    expect(result.error.message).toContain("speck2f");
    const text = cli(["devices", "speck3f"]);
    expect(text.stderr.trim().split("\n")).toHaveLength(1);
  });

  it("prints a completion script for each shell", () => {
    for (const shell of ["bash", "zsh", "fish"]) {
      const script = cli(["completion", shell]).stdout;
      for (const word of ["evaluate", "deploy", "target-synops", "hot-pixels", "rebase"])
        expect(script).toContain(word);
    }
  });

  it("is quiet when nobody reads on, as under head", () => {
    const piped = spawnSync("sh", ["-c", '"$0" "$1" completion fish | true', process.execPath, bin], {
      encoding: "utf8",
    });
    expect(piped).toMatchObject({ status: 0, stderr: "" });
  });

  it("loads nothing heavy for --help, devices and map", () => {
    const loader = inFolder("loader.mjs");
    writeFileSync(
      loader,
      `import { appendFileSync } from "node:fs";
       export async function load(url, context, next) { appendFileSync(process.env.TRACE_OUT, url + "\\n"); return next(url, context); }`,
    );
    const register = inFolder("register.mjs");
    writeFileSync(register, `import { register } from "node:module"; register(${JSON.stringify(`file://${loader}`)});`);
    for (const args of [["--help"], ["devices"], ["devices", "speck2f"]]) {
      const out = inFolder(`trace-${args.join("-")}.txt`);
      writeFileSync(out, "");
      expect(cli(args, undefined, { NODE_OPTIONS: `--no-warnings --import ${register}`, TRACE_OUT: out }).status).toBe(
        0,
      );
      const loaded = readFileSync(out, "utf8");
      expect(loaded).toContain("commander");
      expect(loaded).not.toMatch(/node_modules\/(@tensorflow|h5wasm|zod|vega|pino)\//);
    }
  });
});

describe("usage and devices of one's own", () => {
  it("wrong usage with --json is one document, too", () => {
    for (const args of [
      ["nonsense"],
      ["emulate"],
      ["map", "x.nir", "--device", "speck2f", "-o", "y", "--quantize", "z"],
    ]) {
      expect(cliJson(args)).toMatchObject({ ok: false, status: 2, error: { code: "E_USAGE" } });
    }
  });

  it("a chip mapped for a device file of one's own runs with that file", () => {
    const spec = JSON.parse(readFileSync(join(root, "devices", "speck2f.json"), "utf8"));
    const file = inFolder("mychip.json");
    writeFileSync(file, JSON.stringify({ ...spec, name: "mychip", aliases: [] }));
    const demo = inFolder("demo");
    cliJson(["demo", "-o", demo]);
    const recordings = join(demo, "recordings");
    const recording = join(recordings, readdirSync(recordings).find((name) => name.endsWith(".npz")) as string);
    const chip = inFolder("own.pb");
    expect(cliJson(["map", join(demo, "net.nir"), "--device", file, "-o", chip])).toMatchObject({ device: "mychip" });
    expect(cliJson(["emulate", chip, "--events", recording])).toMatchObject({
      ok: false,
      error: { code: "E_DEVICE_UNKNOWN" },
    });
    expect(cliJson(["emulate", chip, "--events", recording, "--device", file])).toMatchObject({
      ok: true,
      device: "mychip",
    });
    expect(cliJson(["inspect", chip, "--device", file])).toMatchObject({ ok: true, kind: "chip" });
    expect(cliJson(["evaluate", chip, "--data", recordings, "--device", file, "--limit", "4"])).toMatchObject({
      samples: 4,
    });
  });

  it("logs steps to stderr with --verbose, and keeps stdout for the result", () => {
    const { stdout, stderr } = cli([
      "map",
      inFolder("demo", "net.nir"),
      "--device",
      "speck2f",
      "-o",
      inFolder("verbose.pb"),
      "--json",
      "--verbose",
    ]);
    expect(JSON.parse(stdout).ok).toBe(true);
    expect(JSON.parse(stderr.split("\n")[0] as string)).toMatchObject({ msg: "map", device: "speck2f" });
  });
});

describe("demo", () => {
  it("trains to a budget, and recognises recordings that it has not seen, on the chip", () => {
    const out = inFolder("demo");
    const first = cliJson(["demo", "-o", out]);
    expect(first).toMatchObject({ ok: true, status: 0, recordings: 100 });
    expect(first.accuracy).toBeGreaterThanOrEqual(0.9);
    // A spike cannot be taken back, so that the chip spends somewhat more than the training predicts.
    expect(first.synOpsPerSample).toBeLessThan(1.5 * first.targetSynOps);
    expect(first.withoutBudget.synOps).toBeGreaterThan(3 * first.synOpsPerSample);
    const trained = JSON.parse(readFileSync(join(out, "training", "job.json"), "utf8"));
    expect(trained.samples.test).toBe(first.samples);
    expect(first.energyPerSampleJ).toBeCloseTo(first.synOpsPerSample * 1e-11, 12);
    expect(readFileSync(first.report, "utf8")).toContain("<svg");
    // Over its own folder it does not train again.
    const text = cli(["demo", "-o", out]).stdout;
    expect(text).toMatch(/% of [\d,]+ samples right, from 100 recordings it was not trained on/);
    expect(text).toMatch(/the budget +70.0 kSynOps/);
  }, 240_000);

  it("its files serve the other commands", () => {
    const out = inFolder("demo");
    expect(cliJson(["inspect", join(out, "chip.pb")])).toMatchObject({ kind: "chip", device: { name: "speck2f" } });
    expect(cliJson(["inspect", out])).toMatchObject({ kind: "chip", file: "chip.pb" });
    expect(cliJson(["inspect", join(out, "net.nir")])).toMatchObject({ kind: "network" });
    const recording = join(
      out,
      "recordings",
      readdirSync(join(out, "recordings")).find((name) => name.endsWith(".npz")) as string,
    );
    expect(cliJson(["inspect", recording])).toMatchObject({ kind: "recording", format: "npz" });
    expect(cliJson(["events", "info", recording])).toMatchObject({ ok: true, sensor: [32, 32] });
    const mapped = cliJson(["map", join(out, "net.nir"), "--device", "speck2f", "-o", inFolder("again.pb")]);
    expect(mapped).toMatchObject({ ok: true, device: "speck2f" });
    expect(mapped.layers).toHaveLength(3);
    const run = cliJson(["emulate", inFolder("again.pb"), "--events", recording, "-o", inFolder("out.npz")]);
    expect(run).toMatchObject({ ok: true, mode: "event" });
    expect(run.synOps).toBe(run.totals.taps);
    const spikes = run.layers.find((layer: { name: string }) => layer.name === "readout").spikes;
    expect(cliJson(["inspect", inFolder("out.npz")])).toMatchObject({
      ...{ kind: "spikes", device: "speck2f", spikes, layers: [{ name: "readout", spikes }] },
    });
    const evaluated = cliJson([
      "evaluate",
      inFolder("again.pb"),
      "--data",
      join(out, "recordings"),
      "--workers",
      "2",
      "-o",
      inFolder("results"),
    ]);
    expect(evaluated.samples).toBe(100);
    expect(
      readFileSync(join(inFolder("results"), "samples.jsonl"), "utf8")
        .trim()
        .split("\n"),
    ).toHaveLength(100);
    expect(cliJson(["inspect", inFolder("results")])).toMatchObject({ kind: "evaluation", mode: "event", done: 100 });
    const page = cliJson(["report", inFolder("again.pb"), "--load", inFolder("results"), "-o", inFolder("load.html")]);
    expect(page).toMatchObject({ ok: true, load: "SynOps a sample, measured" });
    expect(page.figures).toMatchObject({ samples: 100, accuracy: evaluated.accuracy });
    expect(page.figures.synOps / evaluated.synOpsPerSample.mean).toBeCloseTo(1, 9);
    // The same command resumes: nothing is left to do, and the answer is the same.
    const resumed = cliJson([
      "evaluate",
      inFolder("again.pb"),
      "--data",
      join(out, "recordings"),
      "--workers",
      "1",
      "-o",
      inFolder("results"),
    ]);
    expect(timeless(resumed)).toEqual(timeless(evaluated));
  });

  it("runs with time, traces, and finds the rate at which the network saturates", () => {
    const recordings = join(inFolder("demo"), "recordings");
    const recording = join(recordings, readdirSync(recordings).find((name) => name.endsWith(".npz")) as string);
    const run = ["emulate", inFolder("again.pb"), "--events", recording];
    const plain = cliJson(run);
    const timed = cliJson([...run, "--timing", "--saturation", "--trace", inFolder("trace.json")]);
    expect(timed.totals).toEqual(plain.totals);
    expect(plain.layers[0].busyUs).toBeNull();
    expect(timed.layers[0].busyUs).toBeGreaterThan(0);
    expect(timed.timing.latencyUs.p50).toBeGreaterThan(1.42);
    expect(timed.saturation.eventsPerSecond).toBeGreaterThan(10_000);
    expect(timed.utilisationOverTime.perCore).toHaveLength(3);
    const trace = JSON.parse(readFileSync(inFolder("trace.json"), "utf8"));
    expect(trace.traceEvents.filter((event: { name: string }) => event.name === "sweep")).toHaveLength(
      timed.layers.reduce((sum: number, layer: { eventsIn: number }) => sum + layer.eventsIn, 0),
    );
    cliJson([...run, "--trace", inFolder("trace.vcd")]);
    expect(readFileSync(inFolder("trace.vcd"), "utf8")).toContain("$timescale 1 ps $end");
    expect(cliJson([...run, "--kernel", "reference"]).totals).toEqual(plain.totals);
    const steps = cliJson([...run, "--mode", "timestep", "--dt", "1ms"]);
    expect(steps).toMatchObject({ ok: true, mode: "timestep" });
    expect(steps.synOpsEffective).toBeLessThanOrEqual(steps.synOps);
    expect(cliJson([...run, "--mode", "timestep", "--timing"])).toMatchObject({
      ok: false,
      error: { code: "E_OPTION" },
    });
  });

  it("resumes after a crash in the middle of a line, to the same bytes", () => {
    const lines = readFileSync(join(inFolder("results"), "samples.jsonl"), "utf8");
    const cut = join(inFolder("results"), "samples.jsonl");
    writeFileSync(cut, lines.slice(0, Math.floor(lines.length / 2)));
    cliJson([
      "evaluate",
      inFolder("again.pb"),
      "--data",
      join(inFolder("demo"), "recordings"),
      "-o",
      inFolder("results"),
    ]);
    expect(readFileSync(cut, "utf8")).toBe(lines);
  });

  it("does not mix jobs in one results folder", () => {
    const other = cliJson([
      "evaluate",
      inFolder("again.pb"),
      "--data",
      join(inFolder("demo"), "recordings"),
      "--downsample",
      "2",
      "-o",
      inFolder("results"),
    ]);
    expect(other).toMatchObject({ ok: false, status: 1, error: { code: "E_FILE_EXISTS" } });
    expect(other.error.message).toContain("input");
  });
});

describe("bad input: one clear line, exit 1, no output left behind", () => {
  const refused = (args: readonly string[], code: string, ...output: string[]): string => {
    const json = cliJson(args);
    expect(json).toMatchObject({ ok: false, status: 1, error: { code } });
    const text = cli(args);
    expect(text.status).toBe(1);
    expect(text.stdout).toBe("");
    expect(text.stderr.trim().split("\n")).toHaveLength(1);
    const left = readdirSync(folder);
    for (const name of output) expect(left).not.toContain(name);
    expect(left.filter((name) => name.endsWith(".tmp"))).toEqual([]);
    return json.error.message as string;
  };

  it("a file that is not there, and an output that is", () => {
    refused(["map", inFolder("none.nir"), "--device", "speck2f", "-o", inFolder("x.pb")], "E_FILE_NOT_FOUND", "x.pb");
    const before = readFileSync(inFolder("again.pb"));
    refused(
      ["map", join(inFolder("demo"), "net.nir"), "--device", "speck2f", "-o", inFolder("again.pb")],
      "E_FILE_EXISTS",
    );
    expect(readFileSync(inFolder("again.pb"))).toEqual(before);
  });

  it("a truncated NIR", () => {
    const bytes = readFileSync(join(inFolder("demo"), "net.nir"));
    for (const share of [0.02, 0.3, 0.7, 0.98]) {
      writeFileSync(inFolder("cut.nir"), bytes.subarray(0, Math.floor(bytes.length * share)));
      refused(["map", inFolder("cut.nir"), "--device", "speck2f", "-o", inFolder("x.pb")], "E_DAMAGED", "x.pb");
    }
  });

  it("an NIR with NaN weights", async () => {
    const weights = Float32Array.from({ length: 54 }, (_, i) => (i === 3 ? Number.NaN : 0.5));
    const conv = { ...(SMALL_NODES.conv as NirSpec[string]), weight: real(weights, 3, 2, 3, 3) };
    writeFileSync(inFolder("nan.nir"), await nirFile({ ...SMALL_NODES, conv }, SMALL_EDGES));
    const message = refused(
      ["map", inFolder("nan.nir"), "--device", "speck2f", "-o", inFolder("x.pb")],
      "E_NETWORK",
      "x.pb",
    );
    expect(message).toContain("conv");
  });

  it("a flipped byte in chip.pb", () => {
    const bytes = readFileSync(inFolder("again.pb"));
    bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] as number) ^ 0x10;
    writeFileSync(inFolder("flipped.pb"), bytes);
    const recordings = join(inFolder("demo"), "recordings");
    const recording = join(recordings, readdirSync(recordings).find((name) => name.endsWith(".npz")) as string);
    refused(["emulate", inFolder("flipped.pb"), "--events", recording, "-o", inFolder("y.npz")], "E_CHECKSUM", "y.npz");
  });

  it("a recording of the wrong shape", () => {
    const rows = Array.from({ length: 10 }, (_, i) => Buffer.from([33, 33, 0x80, 0, i]));
    writeFileSync(inFolder("wide.bin"), Buffer.concat(rows));
    const message = refused(
      ["emulate", inFolder("again.pb"), "--events", inFolder("wide.bin"), "-o", inFolder("y.npz")],
      "E_INPUT",
      "y.npz",
    );
    expect(message).toContain("--crop");
  });

  it("a missing label", () => {
    const recordings = join(inFolder("demo"), "recordings");
    const labels = readFileSync(join(recordings, "labels.csv"), "utf8");
    writeFileSync(join(recordings, "labels.csv"), labels.replace(/,(\d)\n/, ",\n"));
    refused(["evaluate", inFolder("again.pb"), "--data", recordings], "E_DATASET");
    writeFileSync(join(recordings, "labels.csv"), labels);
  });

  it("an unknown device", () => {
    refused(
      ["map", join(inFolder("demo"), "net.nir"), "--device", "speck9", "-o", inFolder("x.pb")],
      "E_DEVICE_UNKNOWN",
      "x.pb",
    );
  });
});

describe.skipIf(!dataRoot)("a trained network on real recordings", () => {
  it("maps, and reads six of the seven test digits: the chip's own mistake is kept", () => {
    const net = dataPath("models", "nir", "cnn_sinabs_nmnist.nir");
    const mapped = cliJson(["map", net, "--device", "speck2f", "--quantize", "sinabs", "-o", inFolder("nmnist.pb")]);
    expect(mapped).toMatchObject({ ok: true });
    cliJson(["map", net, "--device", "speck2f", "--quantize", "sinabs", "-o", inFolder("nmnist2.pb")]);
    expect(readFileSync(inFolder("nmnist2.pb"))).toEqual(readFileSync(inFolder("nmnist.pb")));
    const ids = "60002..60005,60009,60012,60019";
    const result = cliJson(["evaluate", inFolder("nmnist.pb"), "--data", dataPath("nmnist_1100", "dev"), "--ids", ids]);
    expect(result).toMatchObject({ samples: 7, correct: 6 });
    expect(result.confusion[3][2]).toBe(1);
  });

  it("reads 94 to 96 % of the training recordings, as the chip does, on any number of workers", () => {
    const data = ["--data", dataPath("nmnist_1100", "dev"), "--split", "train"];
    const result = cliJson(["evaluate", inFolder("nmnist.pb"), ...data, "--workers", "2"]);
    expect(result.samples).toBe(850);
    expect(result.accuracy).toBeGreaterThanOrEqual(0.94);
    expect(result.accuracy).toBeLessThanOrEqual(0.96);
    const [some, same] = ["1", "2"].map((workers) =>
      cliJson(["evaluate", inFolder("nmnist.pb"), ...data, "--limit", "20", "--workers", workers]),
    );
    expect(timeless(some)).toEqual(timeless(same));
  });

  it("reads all seven test digits in timestep mode, where the literature has 98.5 %", () => {
    const ids = ["--ids", "60002..60005,60009,60012,60019", "--mode", "timestep", "--dt", "1ms"];
    const net = dataPath("models", "nir", "cnn_sinabs_nmnist.nir");
    const float = cliJson(["evaluate", net, "--data", dataPath("nmnist_1100", "dev"), ...ids]);
    expect(float).toMatchObject({ mode: "timestep", samples: 7, correct: 7 });
  });

  it("refuses what cannot be deployed with every reason", () => {
    for (const name of [
      "lif_norse.nir",
      "lif_rockpool.nir",
      "braille_noDelay_bias_zero.nir",
      "braille_noDelay_noBias_subtract.nir",
    ]) {
      const result = cliJson(["map", dataPath("models", "nir", name), "--device", "speck2f", "-o", inFolder("x.pb")]);
      expect(result).toMatchObject({ ok: false, status: 1, error: { code: "E_UNSUPPORTED" } });
      expect(result.error.details.reasons.length).toBeGreaterThan(0);
    }
  });
});
