import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { encodeFrame, FrameKind } from "../../src/wire/frame.ts";
import { spikewright } from "../../src/wire/generated/link.js";

const { Hello, Welcome, ToBoard, FromBoard } = spikewright.link.v1;

const schemas = fileURLToPath(new URL("../../firmware-schemas", import.meta.url));
const readme = readFileSync(`${schemas}/README.md`, "utf8");
const NONE = new Uint8Array(0);

/** The bytes of the fenced block of that name in the README. */
function worked(name: string): string {
  const text = new RegExp("```" + name + "\\n(.*?)```", "s").exec(readme)?.[1];
  if (text === undefined) throw new Error(`the README has no ${name} block`);
  return text.replace(/\s+/g, "").toLowerCase();
}

function line(kind: number, session: number, a: number, b: number, payload: Uint8Array): string {
  return Buffer.from(encodeFrame({ kind, session, a, b, payload })).toString("hex");
}

describe("the README's worked bytes are what is sent", () => {
  test("HELLO and WELCOME", () => {
    const hello = Hello.encode({
      protocol: "spikewright-link",
      minVersion: 1,
      maxVersion: 1,
      nonce: 0x12345678,
      maxPayload: 4096,
      window: 32,
      keepaliveMs: 500,
      timeoutMs: 10_000,
      program: "by hand",
    }).finish();
    expect(line(FrameKind.HELLO, 0, 0, 0, hello)).toBe(worked("hello"));
    const welcome = Welcome.encode({
      protocol: "spikewright-link",
      version: 1,
      nonce: 0x12345678,
      maxPayload: 1024,
      window: 4,
      capabilities: 0x8300,
    }).finish();
    expect(line(FrameKind.WELCOME, 1, 0, 0, welcome)).toBe(worked("welcome"));
  });

  test("DATA in both directions", () => {
    expect(line(FrameKind.DATA, 1, 0, 0, ToBoard.encode({ id: 1, beginRun: { run: 1 } }).finish())).toBe(
      worked("begin"),
    );
    expect(line(FrameKind.DATA, 1, 0, 0, FromBoard.encode({ id: 1, done: {} }).finish())).toBe(worked("done"));
    const packed = Uint8Array.of(0x00, 0x16, 0x00, 0x17, 0xac, 0x02, 0x01);
    const events = ToBoard.encode({
      events: { run: 1, count: 3, featureBits: 1, yBits: 2, xBits: 2, packed },
    }).finish();
    expect(line(FrameKind.DATA, 1, 1, 1, events)).toBe(worked("events"));
  });

  test("ACK with and without a gap, PING, ABORT, CLOSE, CLOSED", () => {
    expect(line(FrameKind.ACK, 1, 1, 0, Uint8Array.of(4, 0, 0, 0, 0, 0, 0, 0, 0))).toBe(worked("ack"));
    expect(line(FrameKind.ACK, 1, 2, 5, Uint8Array.of(4, 0b110, 0, 0, 0, 0, 0, 0, 0))).toBe(worked("gap"));
    expect(line(FrameKind.PING, 1, 0, 6, NONE)).toBe(worked("ping"));
    expect(line(FrameKind.ABORT, 1, 1, 0, NONE)).toBe(worked("abort"));
    expect(line(FrameKind.CLOSE, 1, 0, 0, NONE)).toBe(worked("close"));
    expect(line(FrameKind.CLOSED, 1, 0, 0, NONE)).toBe(worked("closed"));
  });
});

test("no field of the link is a 64-bit integer, which JavaScript readers get wrong", () => {
  for (const name of ["link.proto", "events.proto"]) {
    const text = readFileSync(`${schemas}/${name}`, "utf8");
    expect(text).not.toMatch(/^\s*(repeated |optional )?(u?int64|sint64|s?fixed64) /m);
  }
});
