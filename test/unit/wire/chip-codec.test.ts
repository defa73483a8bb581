import { describe, expect, test } from "vitest";
import type { ChipConfig } from "../../../src/chip/config.ts";
import { ChipError } from "../../../src/errors.ts";
import { decodeChip, encodeChip } from "../../../src/wire/chip-codec.ts";
import { crc32 } from "../../../src/wire/crc.ts";
import { spikewright } from "../../../src/wire/generated/chip.js";
import { bigChipConfig, soundChipConfig } from "../../support/sound-chip-config.ts";

const { ChipConfig: Payload, ChipFile } = spikewright.chip.v1;
type PayloadMessage = InstanceType<typeof Payload>;

const small = encodeChip(soundChipConfig());

function refusal(bytes: Uint8Array): ChipError {
  try {
    decodeChip(bytes, "a.pb");
  } catch (error) {
    if (error instanceof ChipError) return error;
    throw error;
  }
  throw new Error("the file was accepted");
}

/** The bytes with a right CRC behind them, so that only what comes after the CRC check can refuse them. */
function sealed(body: Uint8Array): Uint8Array {
  const crc = Buffer.alloc(4);
  crc.writeUInt32LE(crc32(body));
  return Buffer.concat([body, Uint8Array.of(0x7d), crc]);
}

/** A well-sealed file whose payload has been tampered with. */
function forged(change: (payload: PayloadMessage) => void): Uint8Array {
  const file = ChipFile.decode(small);
  const payload = Payload.decode(file.payload);
  change(payload);
  return withPayload(Payload.encode(payload).finish());
}

function withPayload(payload: Uint8Array, schemaVersion = 1): Uint8Array {
  const { format, deviceName, deviceHash } = ChipFile.decode(small);
  return sealed(ChipFile.encode({ format, schemaVersion, deviceName, deviceHash, payload }).finish());
}

test("the CRC is that of zlib and PNG", () => {
  expect(crc32(Buffer.from("123456789"))).toBe(0xcbf43926);
});

describe("what is written is read again", () => {
  test("a small configuration, field by field", () => {
    expect(decodeChip(small, "a.pb")).toEqual(soundChipConfig());
  });

  test("every optional part", () => {
    const plain = soundChipConfig();
    const config: ChipConfig = {
      ...plain,
      input: {
        ...plain.input,
        cut: { origin: [4, 5], corner: [6, 7] },
        filter: { mode: "noiseAndHotPixel", size: [3, 15], threshold: 65_535 },
      },
      cores: plain.cores.map((core) => ({ ...core, decimator: { ratio: 512 } })),
      slowClock: { source: "external", periodUs: 4_294_967_295 },
      readout: {
        core: 1,
        classes: 15,
        layout: "1x1y16f",
        average: 32,
        threshold: 7,
        overrideThresholdMax: true,
        outputMode: "selected",
      },
      provenance: { ...plain.provenance, seed: Number.MAX_SAFE_INTEGER, warnings: ["conv: größer als 1", ""] },
    };
    expect(decodeChip(encodeChip(config), "a.pb")).toEqual(config);
    const internal: ChipConfig = { ...config, slowClock: { source: "internal", divider: 0 } };
    expect(decodeChip(encodeChip(internal), "a.pb")).toEqual(internal);
  });

  test("from a view into a larger buffer, without sharing memory with it", () => {
    const buffer = new Uint8Array(small.length + 7);
    buffer.set(small, 3);
    const config = decodeChip(buffer.subarray(3, 3 + small.length), "a.pb");
    buffer.fill(0);
    expect(config).toEqual(soundChipConfig());
  });

  test("a nine-core chip: equal bytes again", () => {
    const bytes = encodeChip(bigChipConfig());
    expect(bytes.length).toBeGreaterThan(200_000);
    expect(Buffer.from(encodeChip(decodeChip(bytes, "a.pb"))).equals(bytes)).toBe(true);
  });
});

describe("no damage goes unnoticed", () => {
  test("every single byte of a small file, every bit", () => {
    for (let at = 0; at < small.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const bytes = small.slice();
        bytes[at]! ^= 1 << bit;
        expect(["E_FORMAT", "E_CHECKSUM", "E_DAMAGED"], `byte ${at} bit ${bit}`).toContain(refusal(bytes).code);
      }
    }
  });

  test("sampled bytes of a big file", () => {
    const big = encodeChip(bigChipConfig());
    for (let at = 0; at < big.length; at += 1_999) {
      const bytes = big.slice();
      bytes[at]! ^= 0xff;
      expect(() => decodeChip(bytes, "a.pb")).toThrow(ChipError);
    }
  });

  test("a file cut off anywhere", () => {
    for (let length = 0; length < small.length; length++) {
      expect(refusal(small.subarray(0, length)).code, `${length} bytes`).toBe("E_DAMAGED");
    }
    expect(refusal(small.subarray(0, 100)).message).toBe(
      "a.pb is damaged: it breaks off after 100 bytes. Copy it again or make it again with `spikewright map`.",
    );
  });

  test("bytes behind the end", () => {
    expect(refusal(Buffer.concat([small, Uint8Array.of(0)])).code).toBe("E_DAMAGED");
    expect(refusal(Buffer.concat([small, small])).code).toBe("E_CHECKSUM");
  });

  test("a flipped weight names both checksums", () => {
    const bytes = small.slice();
    bytes[200]! ^= 1;
    const error = refusal(bytes);
    expect(error.code).toBe("E_CHECKSUM");
    expect(error.message).toMatch(/^a\.pb is damaged: its CRC-32 is [0-9a-f]{8}, the file says [0-9a-f]{8}\./);
  });
});

describe("what is no chip.pb of ours is refused", () => {
  test("another file", () => {
    const error = refusal(Buffer.from("\x89HDF\r\n\x1a\n and so on and so on and so on"));
    expect(error.code).toBe("E_FORMAT");
    expect(error.message).toContain('a.pb is no chip.pb: it does not start with "spikewright-chip"');
  });

  test("another schema version: both are named, whatever its payload", () => {
    const error = refusal(withPayload(Buffer.from("who knows"), 2));
    expect(error.code).toBe("E_VERSION");
    expect(error.message).toContain("a.pb has chip.pb schema version 2; spikewright 0.1.0 reads version 1.");
    expect(error.details).toEqual({ version: 2, supported: [1] });
  });

  test("a payload that is no protobuf", () => {
    const error = refusal(withPayload(Uint8Array.of(0x0a, 0xff, 0xff, 0xff, 0xff, 0x07, 1)));
    expect(error.code).toBe("E_DAMAGED");
    expect(error.message).toContain("a.pb has a sound CRC-32 but is no valid protobuf");
  });

  test("nested groups a million deep", () => {
    expect(refusal(withPayload(new Uint8Array(1_000_000).fill(0x7b))).code).toBe("E_DAMAGED");
  });

  test("a field that the schema does not know: in the payload, in the envelope", () => {
    const { payload } = ChipFile.decode(small);
    const inPayload = refusal(withPayload(Buffer.concat([payload, Uint8Array.of(0x38, 1)])));
    expect(inPayload.code).toBe("E_FORMAT");
    expect(inPayload.message).toContain(
      "a field that schema version 1 does not know or an encoding that is not canonical",
    );
    expect(refusal(sealed(Buffer.concat([small.subarray(0, -5), Uint8Array.of(0x30, 1)]))).code).toBe("E_FORMAT");
  });

  test("a field twice, a zero written out, a number in more bytes than needed", () => {
    const { payload } = ChipFile.decode(small);
    const { outputs } = Payload.decode(payload);
    expect(outputs).toMatchObject([{ core: 1 }]);
    for (const extra of [
      [0x22, 0],
      [0x1a, 0x03, 0x08, 0x81, 0x00],
    ]) {
      expect(refusal(withPayload(Buffer.concat([payload, Uint8Array.from(extra)]))).code).toMatch(/E_FORMAT|E_CONFIG/);
    }
  });
});

describe("structural faults are all named at once", () => {
  test("shapes, ranges, routes", () => {
    const error = refusal(
      forged((payload) => {
        const [first, last] = payload.cores!;
        first!.weights = first!.weights!.subarray(1);
        first!.thresholdHigh = 40_000;
        first!.destinations![0]!.core = 3;
        last!.initialState = new Uint8Array(0x7fff);
        payload.outputs = [{ core: 4 }];
      }),
    );
    expect(error.code).toBe("E_CONFIG");
    expect(error.details.faults).toEqual([
      "cores[0].weights has 7 values; [out][in][ky][kx] needs 8",
      "cores[0].thresholdHigh is 40000; it must be an integer in 1..32767",
      "cores[0].destinations[0].core is 3, which is not among cores",
      "cores[1].initialState has 16383 values; [out][y][x] needs 1",
      "outputs[0] is core 4, which is not monitored",
    ]);
    expect(error.message).toBe(
      `a.pb holds no sound chip configuration: ${(error.details.faults as string[]).join("; ")}.`,
    );
  });

  test("enum values that the schema does not know", () => {
    const error = refusal(
      forged((payload) => {
        payload.readout = { core: 1, classes: 1, average: 1, layout: 9 as never, outputMode: 0 };
        payload.input!.filter = { mode: 4 as never, size: { y: 1, x: 1 } };
      }),
    );
    expect(error.details.faults).toEqual([
      "input.filter.mode is unknown value 4; it must be one of noise, lowPass, noiseAndHotPixel",
      "readout.layout is unknown value 9; it must be one of 2x2y4f, 2x4y2f, 4x4y1f, 1x1y16f",
      "readout.outputMode is unknown value 0; it must be one of off, compare, selected, max",
    ]);
  });

  test("missing parts", () => {
    expect(refusal(withPayload(new Uint8Array(0))).details.faults).toContain(
      "cores is empty; a chip needs at least one core",
    );
    expect(refusal(forged((payload) => delete payload.provenance)).code).toBe("E_FORMAT");
    expect(refusal(forged((payload) => delete payload.slowClock)).code).toBe("E_FORMAT");
  });

  test("half a number at the end of an array", () => {
    const bytes = forged((payload) => (payload.cores![1]!.leak = Uint8Array.of(1, 2, 3)));
    expect(refusal(bytes).code).toBe("E_FORMAT");
  });

  test("many faults stay one readable line; details hold all", () => {
    const error = refusal(forged((payload) => (payload.outputs = Array.from({ length: 500 }, () => ({ core: 9 })))));
    expect(error.message.length).toBeLessThan(1_000);
    expect(error.message).toMatch(/and 989 more\.$/);
    expect(error.details.faults).toHaveLength(999);
  });

  test("nothing is written that could not be read", () => {
    const config = { ...soundChipConfig(), outputs: [{ core: 7, featureShift: 0 }] };
    expect(() => encodeChip(config)).toThrow(
      "The chip configuration cannot be written: outputs[0] is 7, which is not among cores.",
    );
  });
});
