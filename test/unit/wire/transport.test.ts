import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, test } from "vitest";
import { BoardTransport } from "../../../src/wire/board-transport.ts";
import { encodeFrame, type Frame, FrameKind } from "../../../src/wire/frame.ts";
import { FrameParser } from "../../../src/wire/frame-parser.ts";
import { spikewright } from "../../../src/wire/generated/link.js";
import { HostTransport } from "../../../src/wire/host-transport.ts";
import { encodeFromBoard, encodeToBoard } from "../../../src/wire/messages.ts";
import type { Transport } from "../../../src/wire/transport.ts";

const { Hello, Welcome, Refuse, RefuseReason } = spikewright.link.v1;
const readme = readFileSync(fileURLToPath(new URL("../../../firmware-schemas/README.md", import.meta.url)), "utf8");
const NONE = new Uint8Array(0);
const NONCE = 0x12345678;

/** The bytes of a worked example in the README. */
function worked(name: string): Buffer {
  const text = new RegExp("```" + name + "\\n(.*?)```", "s").exec(readme)?.[1] as string;
  return Buffer.from(text.replace(/\s+/g, ""), "hex");
}

function sent(transport: Transport, nowUs = 0): Buffer {
  return Buffer.from(transport.poll(nowUs).bytes);
}

function framesOf(bytes: Uint8Array): Frame[] {
  const frames: Frame[] = [];
  const parser = new FrameParser(4096, (kind, session, a, b, payload) =>
    frames.push({ kind, session, a, b, payload: payload.slice() }),
  );
  parser.push(bytes);
  return frames;
}

function frame(kind: number, session: number, a = 0, b = 0, payload: Uint8Array = NONE): Uint8Array {
  return encodeFrame({ kind, session, a, b, payload });
}

function hello(change: object = {}): Uint8Array {
  const sound = {
    protocol: "spikewright-link",
    minVersion: 1,
    maxVersion: 1,
    nonce: NONCE,
    maxPayload: 4096,
    window: 32,
  };
  const payload = Hello.encode({
    ...sound,
    keepaliveMs: 500,
    timeoutMs: 10_000,
    program: "by hand",
    ...change,
  }).finish();
  return frame(FrameKind.HELLO, 0, 0, 0, payload);
}

let board: BoardTransport;
let ends: string[];
beforeEach(() => {
  ends = [];
  board = new BoardTransport({
    limits: { maxPayload: 1024, window: 4 },
    capabilities: 0x8300,
    onOpen: () => undefined,
    onEnd: (why) => ends.push(why),
    onAbort: (run) => ends.push(`abort ${run}`),
  });
  board.lineUp();
});

function newHost(change: { readonly nonce?: number; readonly window?: number } = {}): HostTransport {
  const host = new HostTransport({
    limits: { maxPayload: 4096, window: change.window ?? 32 },
    nonce: change.nonce ?? NONCE,
    program: "by hand",
    keepaliveMs: 500,
    timeoutMs: 10_000,
  });
  host.lineUp();
  return host;
}

/** Carries what both ends have to say until they are silent. */
function talk(host: Transport, nowUs = 0): void {
  for (let i = 0; i < 20; i++) {
    board.receive(sent(host, nowUs), nowUs);
    host.receive(sent(board, nowUs), nowUs);
  }
}

describe("the README's worked conversation, byte by byte", () => {
  test("board", () => {
    board.receive(worked("hello"), 0);
    // The zero that opens the line comes first.
    expect(sent(board)).toEqual(Buffer.concat([Buffer.of(0), worked("welcome")]));
    board.receive(worked("begin"), 10);
    expect(Buffer.from(board.take() as Uint8Array)).toEqual(
      Buffer.from(encodeToBoard({ id: 1, beginRun: { run: 1 } })),
    );
    board.send(encodeFromBoard({ id: 1, done: {} }));
    expect(sent(board, 10)).toEqual(Buffer.concat([worked("ack"), worked("done")]));
    board.receive(worked("abort"), 20);
    board.receive(worked("close"), 30);
    expect(sent(board, 30)).toEqual(worked("closed"));
    expect(ends).toEqual(["abort 1", "closed by the host"]);
  });

  test("host", () => {
    const host = newHost();
    expect(sent(host)).toEqual(Buffer.concat([Buffer.of(0), worked("hello")]));
    host.receive(worked("welcome"), 100);
    expect(host.board).toEqual({ maxPayload: 1024, window: 4, capabilities: 0x8300 });
    host.send(encodeToBoard({ id: 1, beginRun: { run: 1 } }));
    expect(sent(host, 100)).toEqual(worked("begin"));
    host.receive(Buffer.concat([worked("ack"), worked("done")]), 200);
    expect(Buffer.from(host.take() as Uint8Array)).toEqual(Buffer.from(encodeFromBoard({ id: 1, done: {} })));
    expect(host.settled).toBe(true);
    expect(framesOf(sent(host, 200))).toMatchObject([{ kind: FrameKind.ACK, a: 1, b: 0 }]);
    host.abort(1);
    expect(sent(host, 200)).toEqual(worked("abort"));
    host.abortDone();
    host.close();
    expect(sent(host, 300)).toEqual(worked("close"));
    host.receive(worked("closed"), 400);
    expect(host.state).toBe("closed");
    expect(host.fault).toBeUndefined();
  });

  test("what is missing: messages 2 and 3 of 0 to 5", () => {
    board.receive(worked("hello"), 0);
    sent(board);
    const data = (number: number): void =>
      board.receive(frame(FrameKind.DATA, 1, number, number, Uint8Array.of(number)), 0);
    for (const number of [0, 1]) {
      data(number);
      expect(board.take()).toEqual(Uint8Array.of(number));
    }
    for (const number of [4, 5]) data(number);
    expect(board.take()).toBeUndefined();
    expect(sent(board)).toEqual(worked("gap"));
  });
});

describe("board: the table of states", () => {
  test.each([
    ["no common version", { minVersion: 2, maxVersion: 3 }, RefuseReason.REFUSE_REASON_VERSION],
    ["a limit out of range", { maxPayload: 100 }, RefuseReason.REFUSE_REASON_BAD_HELLO],
    ["no nonce", { nonce: 0 }, RefuseReason.REFUSE_REASON_BAD_HELLO],
    ["a resume of no session", { resume: true }, RefuseReason.REFUSE_REASON_NO_SESSION],
  ])("refuses %s", (_, change, reason) => {
    board.receive(hello(change), 0);
    const [answer] = framesOf(sent(board));
    expect(answer?.kind).toBe(FrameKind.REFUSE);
    expect(Refuse.decode((answer as Frame).payload)).toMatchObject({ reason, minVersion: 1, maxVersion: 1 });
    expect(board.open).toBe(false);
  });

  test("answers the same HELLO with the same session, another one with a new session", () => {
    board.receive(hello(), 0);
    board.receive(hello(), 0);
    expect(
      framesOf(sent(board))
        .filter(({ kind }) => kind === FrameKind.WELCOME)
        .map(({ session }) => session),
    ).toEqual([1, 1]);
    expect(ends).toEqual([]);
    board.receive(hello({ nonce: 99 }), 0);
    const [welcome] = framesOf(sent(board));
    expect(welcome?.session).toBe(2);
    expect(Welcome.decode((welcome as Frame).payload).nonce).toBe(99);
    expect(ends).toEqual(["a host opened a new session"]);
  });

  test("does not know frames of other sessions, and says so", () => {
    board.receive(frame(FrameKind.DATA, 7, 0, 0, Uint8Array.of(1)), 0);
    expect(framesOf(sent(board))).toMatchObject([{ kind: FrameKind.UNKNOWN, session: 7 }]);
    board.receive(hello(), 0);
    sent(board);
    board.receive(frame(FrameKind.PING, 9, 0, 0), 0);
    board.receive(frame(FrameKind.CLOSE, 9), 0);
    expect(framesOf(sent(board))).toMatchObject([
      { kind: FrameKind.UNKNOWN, session: 9 },
      { kind: FrameKind.CLOSED, session: 9 },
    ]);
    expect(board.open).toBe(true);
  });

  test("ends a session that says nothing for too long", () => {
    board.receive(hello({ timeoutMs: 2000 }), 0);
    sent(board);
    board.poll(1_999_999);
    expect(board.open).toBe(true);
    board.poll(2_000_000);
    expect(ends).toEqual(["nothing was heard for too long"]);
  });
});

describe("host", () => {
  test("repeats HELLO every 250 ms until there is an answer", () => {
    const host = newHost();
    let count = 0;
    for (let nowUs = 0; nowUs < 1_000_000; nowUs += 10_000) count += framesOf(sent(host, nowUs)).length;
    expect(count).toBe(4);
  });

  test("tells that the board speaks another version", () => {
    const host = newHost();
    const refuse = Refuse.encode({
      protocol: "spikewright-link",
      nonce: NONCE,
      reason: 1,
      minVersion: 2,
      maxVersion: 4,
    });
    host.receive(frame(FrameKind.REFUSE, 0, 0, 0, refuse.finish()), 0);
    expect(host.fault).toEqual({
      kind: "refused",
      message: "the board speaks versions 2 to 4 of the protocol, this program version 1",
    });
  });

  test("drops a WELCOME for another nonce", () => {
    const host = newHost({ nonce: 5 });
    host.receive(worked("welcome"), 0);
    expect(host.open).toBe(false);
  });

  test("learns that the board was restarted", () => {
    const host = newHost();
    talk(host);
    expect(host.open).toBe(true);
    host.receive(frame(FrameKind.UNKNOWN, 1), 0);
    expect(host.fault?.kind).toBe("lost");
  });

  test("does not go on with a board that acknowledges what was never sent", () => {
    const host = newHost();
    talk(host);
    host.receive(frame(FrameKind.ACK, 1, 900, 900, Uint8Array.of(4, 0, 0, 0, 0, 0, 0, 0, 0)), 0);
    expect(host.fault?.kind).toBe("protocol");
  });

  test("takes a line for dead after three keep-alives of silence", () => {
    const host = newHost();
    talk(host);
    expect(host.silent(1_500_000)).toBe(false);
    expect(host.silent(1_500_001)).toBe(true);
  });
});

describe("both", () => {
  test("send no more than the other end has room for", () => {
    const host = newHost();
    talk(host);
    for (let i = 0; i < 10; i++) host.send(Uint8Array.of(i));
    const first = sent(host);
    expect(framesOf(first).filter(({ kind }) => kind === FrameKind.DATA)).toHaveLength(4);
    board.receive(first, 0);
    talk(host);
    // Nobody takes messages at the board: nothing more comes until somebody does.
    expect(framesOf(sent(host, 100_000)).filter(({ kind }) => kind === FrameKind.DATA)).toHaveLength(0);
    expect(board.take()).toEqual(Uint8Array.of(0));
    expect(board.take()).toEqual(Uint8Array.of(1));
    talk(host, 200_000);
    for (let i = 2; i < 6; i++) expect(board.take()).toEqual(Uint8Array.of(i));
  });

  test("send again exactly what an ACK calls lost", () => {
    const host = newHost();
    talk(host);
    for (let i = 0; i < 4; i++) host.send(Uint8Array.of(i));
    const frames = framesOf(sent(host));
    for (const { kind, session, a, b, payload } of frames) {
      if (a !== 1) board.receive(frame(kind, session, a, b, payload), 0);
    }
    host.receive(sent(board), 1000);
    expect(framesOf(sent(host, 1000)).map(({ kind, a }) => [kind, a])).toEqual([[FrameKind.DATA, 1]]);
    expect(host.statistics.resent).toBe(1);
  });

  test("ask with PING when the last message and its ACK are gone, with time-outs that double", () => {
    const host = newHost();
    talk(host);
    host.send(Uint8Array.of(1));
    sent(host, 0);
    const pings: number[] = [];
    for (let nowUs = 0; nowUs < 3_000_000; nowUs += 1000) {
      if (framesOf(sent(host, nowUs)).some(({ kind }) => kind === FrameKind.PING)) pings.push(nowUs / 1000);
    }
    const gaps = pings.slice(1).map((at, i) => at - (pings[i] as number));
    expect(pings[0]).toBeLessThanOrEqual(250);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(500);
    expect(gaps[1]).toBeGreaterThanOrEqual(gaps[0] as number);
  });

  test("drop what comes twice", () => {
    const host = newHost();
    talk(host);
    host.send(Uint8Array.of(9));
    const once = sent(host);
    board.receive(once, 0);
    board.receive(once, 0);
    expect(board.take()).toEqual(Uint8Array.of(9));
    expect(board.take()).toBeUndefined();
    expect(board.statistics.repeated).toBe(1);
  });

  test("go on over a new line with what the old one swallowed", () => {
    const host = newHost();
    talk(host);
    host.send(Uint8Array.of(1));
    board.send(Uint8Array.of(2));
    sent(host);
    sent(board);
    host.lineUp();
    board.lineUp();
    talk(host, 1000);
    expect(host.open).toBe(true);
    expect(board.take()).toEqual(Uint8Array.of(1));
    expect(host.take()).toEqual(Uint8Array.of(2));
    expect(ends).toEqual([]);
  });

  test("numbers go round: more than 65,536 messages", () => {
    const host = newHost({ window: 64 });
    talk(host);
    let next = 0;
    let taken = 0;
    for (let nowUs = 0; taken < 70_000; nowUs += 100) {
      while (host.demand > 0 && next < 70_000) host.send(Uint8Array.of(next, next++ >>> 8));
      board.receive(sent(host, nowUs), nowUs);
      for (let bytes = board.take(); bytes; bytes = board.take()) {
        if (bytes[0] !== (taken & 255) || bytes[1] !== ((taken >>> 8) & 255)) throw new Error(`message ${taken}`);
        taken++;
      }
      host.receive(sent(board, nowUs), nowUs);
    }
    expect(host.statistics.resent).toBe(0);
  });
});
