import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { decodeChip, encodeChip } from "../../src/wire/chip-codec.ts";
import { chipConfigs } from "../support/random-chip-config.ts";
import { bigChipConfig, soundChipConfig, tinyChipConfig } from "../support/sound-chip-config.ts";
import { hasTool } from "../support/tools.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const schemas = join(root, "firmware-schemas");
const proto = join(schemas, "chip.proto");
const readme = readFileSync(join(schemas, "README.md"), "utf8");

const folder = mkdtempSync(join(tmpdir(), "spikewright-schema-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const protoc = hasTool("protoc", "--version");
const python = ["python3", "/usr/bin/python3"].find((command) => hasTool(command, "-c", "import google.protobuf"));
const nanopb = protoc && hasTool("which", "protoc-gen-nanopb") && hasTool("which", "cc");

function run(command: string, args: readonly string[], input?: Uint8Array): Buffer {
  return execFileSync(command, args, { cwd: folder, ...(input && { input }), stdio: ["pipe", "pipe", "inherit"] });
}

/** The fenced block of that language in the README. */
function block(language: string): string {
  const text = new RegExp("```" + language + "\\n(.*?)```", "s").exec(readme)?.[1];
  if (text === undefined) throw new Error(`the README has no ${language} block`);
  return text;
}

test("the generated code is that of the schema", () => {
  const fresh = join(folder, "generated");
  run(process.execPath, [join(schemas, "generate.mjs"), fresh]);
  const committed = join(root, "src/wire/generated");
  expect(readdirSync(committed).sort()).toEqual(readdirSync(fresh).sort());
  for (const name of readdirSync(fresh)) {
    const same = readFileSync(join(fresh, name), "utf8") === readFileSync(join(committed, name), "utf8");
    expect(same, `${name} is stale: run node firmware-schemas/generate.mjs`).toBe(true);
  }
});

test("no field is a 64-bit integer, which JavaScript readers get wrong", () => {
  expect(readFileSync(proto, "utf8")).not.toMatch(/^\s*(repeated |optional )?(u?int64|sint64|s?fixed64) /m);
});

test("the README's worked example is the file that is written", () => {
  const lines = block("hex").trimEnd().split("\n");
  const bytes = lines.flatMap((line) => /^((?:[0-9A-F]{2}(?: |$))+)/.exec(line)![1]!.trim().split(" "));
  const example = Buffer.from(bytes.join(""), "hex");
  expect(example.toString("hex")).toBe(Buffer.from(encodeChip(tinyChipConfig())).toString("hex"));
  expect(readme).toContain(` ${example.length} bytes:`);
  expect(decodeChip(example, "example")).toEqual(tinyChipConfig());
});

describe.skipIf(!protoc)("protoc, from the .proto alone", () => {
  const decode = (type: string, bytes: Uint8Array) =>
    run("protoc", [`-I${schemas}`, `--decode=spikewright.chip.v1.${type}`, proto], bytes);
  const encode = (type: string, text: Uint8Array) =>
    run("protoc", [`-I${schemas}`, `--encode=spikewright.chip.v1.${type}`, "--deterministic_output", proto], text);

  test("reads the fields of a file", () => {
    const text = decode("ChipFile", encodeChip(soundChipConfig())).toString();
    expect(text).toContain('format: "spikewright-chip"\nschema_version: 1\ndevice_name: "speck2f"\n');
    expect(text).toMatch(/\ncrc32: \d+\n$/);
  });

  test("reads the payload", () => {
    const { payload } = parts(encodeChip(soundChipConfig()));
    const text = decode("ChipConfig", payload).toString();
    expect(text).toContain('weights: "\\001\\002\\003\\004\\377\\376\\375\\200"');
    expect(text).toContain("threshold_high: 300\n  threshold_low: -300\n");
    expect(text).toContain("destinations {\n    core: 1\n    pooling: 2\n    feature_shift: 1\n  }\n  scale: 12.5\n");
    expect(text).toContain('leak: "\\363\\377"');
    expect(text).toContain('network: "tiny.nir"');
  });

  test("its own serializer gives our bytes, so canonical form is what others write", () => {
    for (const config of fc.sample(chipConfigs(), { seed: 4, numRuns: 12 })) {
      const bytes = encodeChip(config);
      const { payload } = parts(bytes);
      expect(encode("ChipConfig", decode("ChipConfig", payload)).equals(payload)).toBe(true);
      expect(encode("ChipFile", decode("ChipFile", bytes)).equals(bytes)).toBe(true);
    }
  });
});

test.skipIf(!protoc || python === undefined)("the README's Python program reads a file", () => {
  run("protoc", [`-I${schemas}`, "--python_out=.", proto]);
  writeFileSync(join(folder, "read_chip.py"), block("python"));
  writeFileSync(join(folder, "a.pb"), encodeChip(soundChipConfig()));
  const output = run(python as string, ["read_chip.py", "a.pb"]).toString();
  expect(output).toBe("speck2f 4 conv 300 -300 8 -124\nspeck2f 1 answer 300 -300 3 0\n");
});

test.skipIf(!nanopb)("the firmware example (nanopb, C) reads files within the limits of chip.options", () => {
  copyFileSync(join(schemas, "examples/read_chip.c"), join(folder, "read_chip.c"));
  run("protoc", [`-I${schemas}`, `--nanopb_out=-I${schemas}:.`, proto]);
  run("cc", ["-Wall", "-Wextra", "-Werror", "-I.", "read_chip.c", "chip.pb.c", "-lprotobuf-nanopb", "-o", "read_chip"]);
  const read = (bytes: Uint8Array) => spawnSync("./read_chip", { cwd: folder, input: bytes, encoding: "utf8" });

  expect(read(encodeChip(soundChipConfig())).stdout).toBe(
    "core 4: out 2x2x2, weights 8 sum -124, leak 0 sum 0, state 0 sum 0, thresholds 300 -300, to 1/2+1\n" +
      "core 1: out 1x1x1, weights 3 sum 0, leak 2 sum -13, state 2 sum -300, thresholds 300 -300, to\n" +
      "device speck2f, input 1x3x3, outputs 1+0\nok\n",
  );
  expect(read(encodeChip(bigChipConfig())).stdout).toMatch(
    /(core \d: .*\n){9}device speck2f, input 2x32x32, outputs 8\+0\nok\n$/,
  );
  for (const config of fc.sample(chipConfigs({ maxCores: 9 }), { seed: 5, numRuns: 20 })) {
    expect(read(encodeChip(config)).status).toBe(0);
  }
  const damaged = encodeChip(soundChipConfig());
  damaged[150]! ^= 4;
  expect(read(damaged)).toMatchObject({ status: 1, stdout: "", stderr: "refused: damaged\n" });
});

/** The payload of a file, cut out by hand: the last length-delimited field before the CRC. */
function parts(bytes: Uint8Array): { payload: Uint8Array } {
  const hashEnd = Buffer.from(bytes).indexOf(Uint8Array.of(0x22, 0x40)) + 2 + 64;
  let at = hashEnd + 1;
  while (bytes[at]! & 0x80) at++;
  return { payload: bytes.subarray(at + 1, -5) };
}
