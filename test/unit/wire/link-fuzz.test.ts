import { expect, test } from "vitest";
import { ChipError } from "../../../src/errors.ts";
import { Random } from "../../../src/random.ts";
import { BoardTransport } from "../../../src/wire/board-transport.ts";
import { packEvents, unpackEvents } from "../../../src/wire/event-batch.ts";
import { encodeFrame, FrameKind } from "../../../src/wire/frame.ts";
import { FrameParser } from "../../../src/wire/frame-parser.ts";
import { spikewright } from "../../../src/wire/generated/link.js";
import { HostTransport } from "../../../src/wire/host-transport.ts";
import {
  decodeFromBoard,
  decodeToBoard,
  type EventBatchMessage,
  encodeFromBoard,
  encodeToBoard,
  type FromBoard,
  type ToBoard,
} from "../../../src/wire/messages.ts";
import type { Transport } from "../../../src/wire/transport.ts";
import { mutate } from "../../support/mutate.ts";
import { soaking } from "../../support/soak.ts";

/** Together 50,000 inputs in `npm test`, a million in a soak run. */
const SHARE = soaking ? 20 : 1;
const MAX_PAYLOAD = 1024;
const { Hello, Welcome, Refuse } = spikewright.link.v1;

const wire = {
  t: Float64Array.from({ length: 60 }, (_, i) => i * 97),
  core: Uint8Array.from({ length: 60 }, (_, i) => i % 3),
  feature: Uint16Array.from({ length: 60 }, (_, i) => i % 7),
  y: Uint16Array.from({ length: 60 }, (_, i) => i % 5),
  x: Uint16Array.from({ length: 60 }, (_, i) => i % 4),
};
const batch = packEvents(wire, 0, 60, 1, 0, new Uint8Array(500));

const TO_BOARD: readonly ToBoard[] = [
  { id: 1, getIdentity: {} },
  { id: 2, uploadBegin: { bytes: 5000, crc32: 0xdeadbeef } },
  { uploadChunk: { offset: 100, data: new Uint8Array(200).fill(5) } },
  { id: 3, uploadCommit: {} },
  { id: 4, selectMonitor: { cores: Uint8Array.of(0, 3, 8) } },
  { id: 5, readNeurons: { core: 2, offset: 300, count: 90 } },
  { id: 6, writeNeurons: { core: 2, offset: 0, values: new Uint8Array(64).fill(9) } },
  { id: 7, reset: {} },
  { id: 8, getCounters: {} },
  { id: 9, subscribe: { powerIntervalUs: 1000, logLevel: 2 } },
  { id: 10, beginRun: { run: 3, untilLow: 5, untilHigh: 6 } },
  { events: batch },
  { endInput: { run: 3 } },
];
const FROM_BOARD: readonly FromBoard[] = [
  { id: 1, done: {} },
  { id: 2, error: { code: 8, message: "conv (core 3) breaks a rule" } },
  { id: 3, identity: { firmware: "f", deviceName: "speck2f", deviceHash: "0".repeat(64), rails: ["IO", "RAM"] } },
  {
    id: 4,
    neuronValues: { core: 1, offset: 9, values: new Uint8Array(80).fill(200), features: 2, height: 4, width: 5 },
  },
  { coreCounters: { core: 1, low: Array.from({ length: 13 }, (_, i) => i * 1e8), high: Array(13).fill(7) } },
  { events: batch },
  { readoutTicks: { run: 1, ticks: Array.from({ length: 16 }, (_, i) => ({ timeLow: i, value: 77, classIndex: 3 })) } },
  { coreTiming: { core: 1, busyUs: 5.5, stallUs: 0.25, utilisation: 0.5, maxQueue: 3 } },
  { warning: { kind: 3, core: 1, countLow: 9, message: "residues" } },
  { runResult: { run: 1, status: 3, error: { code: 10, message: "off the map" }, timing: { latencyP50Us: 1 } } },
  { powerSample: { timeLow: 1, intervalUs: 1000, nanowatts: [1, 2, 3] } },
  { logLine: { level: 2, text: "hello" } },
];

/** Only what the program means to throw comes out. */
function quiet(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof ChipError) || /\n/.test(error.message)) throw error;
  }
}

function frames(random: Random): Uint8Array[] {
  const hello = Hello.encode({
    protocol: "spikewright-link",
    minVersion: 1,
    maxVersion: 1,
    nonce: random.integer(1, 3),
    resume: random.below(3) === 0,
    maxPayload: 1024,
    window: 4,
    keepaliveMs: 100,
    timeoutMs: 1000,
  }).finish();
  const welcome = Welcome.encode({
    protocol: "spikewright-link",
    version: 1,
    nonce: 1,
    maxPayload: 1024,
    window: 4,
  }).finish();
  const refuse = Refuse.encode({ protocol: "spikewright-link", nonce: 1, reason: random.below(5) }).finish();
  const session = random.below(3);
  const frame = (kind: number, payload: Uint8Array, number = session): Uint8Array =>
    encodeFrame({ kind, session: number, a: random.below(6), b: random.below(6), payload });
  const pick = <T>(list: readonly T[]): T => list[random.below(list.length)] as T;
  return [
    frame(FrameKind.HELLO, random.below(3) === 0 ? mutate(hello, random) : hello, 0),
    frame(FrameKind.WELCOME, random.below(3) === 0 ? mutate(welcome, random) : welcome),
    frame(FrameKind.REFUSE, random.below(3) === 0 ? mutate(refuse, random) : refuse, 0),
    frame(FrameKind.DATA, encodeToBoard(pick(TO_BOARD))),
    frame(FrameKind.DATA, encodeFromBoard(pick(FROM_BOARD))),
    frame(
      FrameKind.ACK,
      Uint8Array.from({ length: random.below(12) }, () => random.below(256)),
    ),
    frame(FrameKind.PING, new Uint8Array(random.below(3))),
    frame(FrameKind.ABORT, new Uint8Array(0)),
    frame(FrameKind.CLOSE, new Uint8Array(0)),
    frame(FrameKind.CLOSED, new Uint8Array(0)),
    frame(FrameKind.UNKNOWN, new Uint8Array(0)),
  ];
}

test("the frame parser takes any bytes, loses none of them, and is in step at the next zero", () => {
  let found = 0;
  const parser = new FrameParser(MAX_PAYLOAD, () => found++);
  const sound = encodeFrame({ kind: FrameKind.PING, session: 1, a: 0, b: 7, payload: new Uint8Array(0) });
  for (let i = 0; i < 15_000 * SHARE; i++) {
    const random = new Random(i);
    const stream = Buffer.concat(frames(random).filter(() => random.below(3) === 0));
    const bytes = mutate(stream, random);
    for (let at = 0; at < bytes.length; ) {
      const to = Math.min(bytes.length, at + random.integer(1, 300));
      parser.push(bytes.subarray(at, to));
      at = to;
    }
    parser.push(Uint8Array.of(0));
    const before = found;
    parser.push(sound);
    expect(found).toBe(before + 1);
  }
});

test("both ends of the session layer take any frames, and answer within bounds", () => {
  const ends = (): Transport[] => {
    const limits = { maxPayload: MAX_PAYLOAD, window: 4 };
    const host = new HostTransport({ limits, nonce: 1, program: "fuzz", keepaliveMs: 100, timeoutMs: 1000 });
    host.lineUp();
    const nothing = (): void => undefined;
    const board = new BoardTransport({ limits, capabilities: 0, onOpen: nothing, onEnd: nothing, onAbort: nothing });
    board.lineUp();
    return [host, board];
  };
  let pair = ends();
  let nowUs = 0;
  for (let i = 0; i < 10_000 * SHARE; i++) {
    if (i % 50 === 0) pair = ends();
    const random = new Random(i, 3);
    const chosen = frames(random).filter(() => random.below(2) === 0);
    for (const transport of pair) {
      for (const bytes of chosen) transport.receive(random.below(8) === 0 ? mutate(bytes, random) : bytes, nowUs);
      if (transport.open && transport.room > 0) transport.send(Uint8Array.of(1, 2, 3));
      expect(transport.poll(nowUs).bytes.length).toBeLessThan(65_536);
      while (random.below(3) > 0 && transport.take());
    }
    nowUs += random.below(200_000);
  }
});

test("every message decoder takes any bytes, and makes no more of them than there is", () => {
  const seeds = [...TO_BOARD.map(encodeToBoard), ...FROM_BOARD.map(encodeFromBoard)];
  for (let i = 0; i < 15_000 * SHARE; i++) {
    const bytes = mutate(seeds[i % seeds.length] as Uint8Array, new Random(i, 5));
    quiet(() => {
      const { events } = decodeToBoard(bytes);
      if (events) expect(unpackEvents(events).t.length).toBeLessThanOrEqual(bytes.length);
    });
    quiet(() => {
      const message = decodeFromBoard(bytes);
      const lists = [message.coreCounters?.low, message.powerSample?.nanowatts, message.readoutTicks?.ticks];
      for (const list of lists) expect(list?.length ?? 0).toBeLessThanOrEqual(bytes.length);
      if (message.events) expect(unpackEvents(message.events).t.length).toBeLessThanOrEqual(bytes.length);
    });
  }
});

test("the event decoder takes any batch", () => {
  for (let i = 0; i < 10_000 * SHARE; i++) {
    const random = new Random(i, 7);
    const wild = (value: number, most: number): number => (random.below(4) === 0 ? random.below(most) : value);
    const strange: EventBatchMessage = {
      ...batch,
      count: wild(batch.count, 70_000),
      coreBits: wild(batch.coreBits, 40),
      featureBits: wild(batch.featureBits, 40),
      yBits: wild(batch.yBits, 40),
      xBits: wild(batch.xBits, 40),
      baseHigh: wild(0, 2 ** 32),
      packed: mutate(batch.packed, random),
    };
    quiet(() => expect(unpackEvents(strange).t.length).toBeLessThanOrEqual(strange.packed.length));
  }
});
