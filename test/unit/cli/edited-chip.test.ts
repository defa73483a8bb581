import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Violation } from "../../../src/chip/validate.ts";
import { emulate } from "../../../src/cli/commands/emulate.ts";
import { inspect } from "../../../src/cli/commands/inspect.ts";
import { createContext } from "../../../src/cli/context.ts";
import type { EmulateFlags } from "../../../src/cli/input-flags.ts";
import { loadChip } from "../../../src/cli/load.ts";
import { loadDevice } from "../../../src/device/catalogue.ts";
import { ChipError } from "../../../src/errors.ts";
import { mapNetwork } from "../../../src/mapper/map-network.ts";
import { encodeChip } from "../../../src/wire/chip-codec.ts";
import { crc32 } from "../../../src/wire/crc.ts";
import { spikewright } from "../../../src/wire/generated/chip.js";
import { chain, conv, linear, pool, spike } from "../../support/build-network.ts";

const { ChipConfig: Payload, ChipFile } = spikewright.chip.v1;
type PayloadMessage = InstanceType<typeof Payload>;

const folder = mkdtempSync(join(tmpdir(), "spikewright-edited-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const speck = await loadDevice("speck2f");
const { config } = mapNetwork(
  chain(
    [2, 8, 8],
    [
      ["conv", conv(2, 4, 3, { padding: 1, bias: [0.1, 0.2, 0.3, 0.4] })],
      ["if1", spike()],
      ["pool", pool("sumPool", 2)],
      ["fc", linear(64, 3)],
      ["if2", spike()],
    ],
  ),
  speck,
);

/** What a person with a protobuf editor does: reads the file, changes a field, writes it with a right CRC. */
function edited(change: (payload: PayloadMessage) => void): string {
  const file = ChipFile.decode(encodeChip(config));
  const payload = Payload.decode(file.payload);
  change(payload);
  const { format, schemaVersion, deviceName, deviceHash } = file;
  const envelope = { format, schemaVersion, deviceName, deviceHash, payload: Payload.encode(payload).finish() };
  const body = ChipFile.encode(envelope).finish();
  const crc = Buffer.alloc(4);
  crc.writeUInt32LE(crc32(body));
  const path = join(folder, "chip.pb");
  writeFileSync(path, Buffer.concat([body, Uint8Array.of(0x7d), crc]));
  return path;
}

async function refusal(run: () => Promise<unknown>): Promise<ChipError> {
  try {
    await run();
  } catch (error) {
    if (error instanceof ChipError) return error;
    throw error;
  }
  throw new Error("the edited file was accepted");
}

const first = (payload: PayloadMessage) => payload.cores![0]!;
const to = { core: config.cores[1].core, pooling: 2 };

const context = await createContext({ quiet: true });

describe("a chip.pb that a person edited", () => {
  it("is accepted when nothing is out of range", async () => {
    const { config: read } = await loadChip(edited((payload) => (first(payload).thresholdHigh = 77)));
    expect(read.cores[0].thresholdHigh).toBe(77);
  });

  it.each<[rule: string, change: (payload: PayloadMessage) => void]>([
    ["thresholdHigh", (payload) => (first(payload).thresholdHigh = 40_000)],
    ["thresholdLow", (payload) => (first(payload).thresholdLow = 5)],
    ["thresholdLow", (payload) => (first(payload).thresholdLow = 0)],
    ["core", (payload) => (first(payload).core = 300)],
    ["stride", (payload) => (first(payload).stride = { y: 3, x: 1 })],
    ["padding", (payload) => (first(payload).padding = { y: 9, x: 1 })],
    ["kernelSize", (payload) => (first(payload).kernelSize = { y: 17, x: 17 })],
    ["weights", (payload) => (first(payload).weights = new Uint8Array(3))],
    ["leak", (payload) => (first(payload).leak = new Uint8Array(2))],
    ["decimator", (payload) => (first(payload).decimator = 64)],
    ["destinations", (payload) => (first(payload).destinations = [to, to, to])],
    ["destinations", (payload) => (first(payload).destinations = [{ ...to, pooling: 3 }])],
    ["destinations", (payload) => (first(payload).destinations = [{ ...to, featureShift: 9 }])],
    ["outputs", (payload) => (payload.outputs = [{ core: to.core, featureShift: 70_000 }])],
    ["slowClock", (payload) => (payload.slowClock = { divider: 3 })],
    ["readout", (payload) => (payload.readout = { core: to.core, classes: 16, layout: 4, average: 1, outputMode: 4 })],
    ["inputSize", (payload) => (payload.input!.shape = { features: 2, height: 129, width: 129 })],
  ])("is refused with the name of the rule: %s", async (rule, change) => {
    const path = edited(change);
    const flags = { events: "none.bin", energy: "literature" } as unknown as EmulateFlags;
    for (const run of [() => loadChip(path), () => inspect(path, {}, context), () => emulate(path, flags, context)]) {
      const { code, message, details } = await refusal(run);
      expect(code).toBe("E_CONFIG");
      expect((details.violations as Violation[]).map((violation) => violation.rule)).toContain(rule);
      expect(message).toContain(rule);
      expect(message).not.toContain("\n");
    }
  });

  it("needs the room that it claims: a layer moved to a core that is too small names the memory", async () => {
    const big = mapNetwork(
      chain(
        [64, 4, 4],
        [
          ["c", conv(64, 64, 3, { padding: 1 })],
          ["i", spike()],
        ],
      ),
      speck,
    ).config;
    const moved = {
      ...big,
      input: { ...big.input, destinations: [{ core: 7, pooling: 1, featureShift: 0 }] },
      cores: [{ ...big.cores[0], core: 7 }],
      outputs: [{ core: 7, featureShift: 0 }],
    };
    const path = join(folder, "moved.pb");
    writeFileSync(path, encodeChip(moved));
    const { message } = await refusal(() => loadChip(path));
    expect(message).toContain("c (core 7) breaks kernelWords: 65536, limit 16384: move it to core 5");
  });
});
