import { crc32 as zlibCrc32 } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Random } from "../../../src/random.ts";
import { cobsBound, cobsDecode, cobsEncode } from "../../../src/wire/cobs.ts";
import { crc32 } from "../../../src/wire/crc.ts";
import { encodeFrame, type Frame, frameBound } from "../../../src/wire/frame.ts";
import { FrameParser } from "../../../src/wire/frame-parser.ts";

const MAX_PAYLOAD = 600;

function frameOf(random: Random): Frame {
  const style = random.below(3);
  return {
    kind: random.integer(1, 10),
    session: random.below(0x10000),
    a: random.below(0x10000),
    b: random.below(0x10000),
    payload: Uint8Array.from({ length: random.below(MAX_PAYLOAD + 1) }, () =>
      style === 0 ? 0 : style === 1 ? random.integer(1, 255) : random.below(256),
    ),
  };
}

function parserInto(found: Frame[]): FrameParser {
  return new FrameParser(MAX_PAYLOAD, (kind, session, a, b, payload) =>
    found.push({ kind, session, a, b, payload: payload.slice() }),
  );
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** Hands over the bytes in pieces of random length. */
function pushPieces(parser: FrameParser, bytes: Uint8Array, random: Random, longest = 700): void {
  for (let at = 0; at < bytes.length; ) {
    const to = Math.min(bytes.length, at + random.integer(1, longest));
    parser.push(bytes.subarray(at, to));
    at = to;
  }
}

test("the CRC-32 is that of zlib, whole and in two parts", () => {
  expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), (bytes, cut) => {
      const at = Math.min(cut, bytes.length);
      expect(crc32(bytes)).toBe(zlibCrc32(bytes));
      expect(crc32(bytes.subarray(at), crc32(bytes.subarray(0, at)))).toBe(zlibCrc32(bytes));
    }),
    { seed: 1 },
  );
});

describe("COBS", () => {
  const encode = (bytes: Uint8Array): Uint8Array => {
    const target = new Uint8Array(cobsBound(bytes.length));
    return target.subarray(0, cobsEncode(bytes, bytes.length, target, 0));
  };
  const decode = (bytes: Uint8Array): Uint8Array | null => {
    const target = new Uint8Array(bytes.length);
    const length = cobsDecode(bytes, 0, bytes.length, target, 0);
    return length < 0 ? null : target.subarray(0, length);
  };

  test.each([
    ["nothing", [], [1]],
    ["a zero", [0], [1, 1]],
    ["two zeros", [0, 0], [1, 1, 1]],
    ["zero in the middle", [0x11, 0x22, 0, 0x33], [3, 0x11, 0x22, 2, 0x33]],
    ["zero at the end", [0x11, 0], [2, 0x11, 1]],
    ["254 bytes that are not zero", Array(254).fill(7), [255, ...Array(254).fill(7)]],
    ["255 bytes that are not zero", Array(255).fill(7), [255, ...Array(254).fill(7), 2, 7]],
    ["254 bytes and a zero", [...Array(254).fill(7), 0], [255, ...Array(254).fill(7), 1, 1]],
  ])("%s", (_, plain, stuffed) => {
    expect([...encode(Uint8Array.from(plain))]).toEqual(stuffed);
    expect([...(decode(Uint8Array.from(stuffed)) as Uint8Array)]).toEqual(plain);
  });

  test("any bytes come back, hold no zero between, and keep within the bound", () => {
    const bytes = fc.array(fc.oneof(fc.constant(0), fc.constant(1), fc.nat(255)), { maxLength: 800 });
    fc.assert(
      fc.property(bytes, (plain) => {
        const stuffed = encode(Uint8Array.from(plain));
        expect(stuffed.includes(0)).toBe(false);
        expect([...(decode(stuffed) as Uint8Array)]).toEqual(plain);
      }),
      { seed: 1 },
    );
  });

  test("a block that reaches past the end is refused", () => {
    expect(decode(Uint8Array.of(5, 1, 2))).toBeNull();
  });
});

describe("the frame parser", () => {
  test("finds every frame, in pieces of any size", () => {
    for (let seed = 0; seed < 50; seed++) {
      const random = new Random(seed);
      const frames = Array.from({ length: 12 }, () => frameOf(random));
      const found: Frame[] = [];
      const parser = parserInto(found);
      pushPieces(parser, joined(frames.map(encodeFrame)), random);
      expect(found).toEqual(frames);
      expect(parser.discarded.bytes).toBe(0);
    }
  });

  test("is in step again after any garbage, and says what it dropped", () => {
    for (let seed = 0; seed < 200; seed++) {
      const random = new Random(seed);
      const garbage = Uint8Array.from({ length: random.below(2000) }, () => random.below(256));
      const frame = frameOf(random);
      const found: Frame[] = [];
      const parser = parserInto(found);
      // A zero ends the garbage, as the first byte of whoever begins to talk does.
      pushPieces(parser, joined([garbage, Uint8Array.of(0), encodeFrame(frame)]), random);
      expect(found.at(-1)).toEqual(frame);
      const zeros = garbage.filter((byte) => byte === 0).length;
      expect(parser.discarded.bytes).toBe(garbage.length - zeros);
    }
  });

  test.each([
    ["a changed byte", "wrongCrc", (bytes: Uint8Array) => bytes.map((byte, i) => (i === 20 ? byte ^ 0x40 || 1 : byte))],
    ["a lost byte", "falseCobs", (bytes: Uint8Array) => bytes.filter((_, i) => i !== 20)],
    ["a piece too short", "tooShort", () => Uint8Array.of(3, 1, 2, 0)],
    ["false COBS", "falseCobs", () => Uint8Array.of(9, 1, 2, 0)],
    ["no end for too long", "tooLong", () => joined([new Uint8Array(5000).fill(1), Uint8Array.of(0)])],
    [
      "an unknown kind",
      "unknownKind",
      (_: Uint8Array, random: Random) => encodeFrame({ ...frameOf(random), kind: 99 }),
    ],
  ] as const)("drops %s, counts it as %s, and takes the next frame", (_, reason, spoil) => {
    const random = new Random(5);
    const payload = Uint8Array.from({ length: 100 }, (_, i) => i + 1);
    const sound = { ...frameOf(random), payload };
    const found: Frame[] = [];
    const parser = parserInto(found);
    pushPieces(parser, joined([spoil(encodeFrame(sound), random), encodeFrame(sound)]), random);
    expect(found).toEqual([sound]);
    expect(parser.discarded[reason]).toBe(1);
  });

  test("takes as long for a byte in a long stream as in a short one", () => {
    const noise = new Uint8Array(4_000_000).fill(1);
    const parser = parserInto([]);
    const start = performance.now();
    for (let at = 0; at < noise.length; at += 100) parser.push(noise.subarray(at, at + 100));
    expect(performance.now() - start).toBeLessThan(2000);
    expect(parser.discarded.bytes).toBe(noise.length);
  });

  test("frames take at most the bytes that are promised", () => {
    const random = new Random(9);
    for (let i = 0; i < 100; i++) {
      const frame = frameOf(random);
      expect(encodeFrame(frame).length).toBeLessThanOrEqual(frameBound(frame.payload.length));
    }
  });
});
