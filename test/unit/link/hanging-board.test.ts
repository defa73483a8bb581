import { afterEach, beforeEach, expect, test } from "vitest";
import { createEventStream, type EventStream } from "../../../src/events/event-stream.ts";
import { openBoard } from "../../../src/link/board-chip.ts";
import { createPipe } from "../../../src/link/pipe.ts";
import { BoardTransport } from "../../../src/wire/board-transport.ts";
import type { ByteLink } from "../../../src/wire/byte-link.ts";
import {
  decodeToBoard,
  encodeFromBoard,
  type FromBoard,
  RunStatus,
  type ToBoardMessage,
} from "../../../src/wire/messages.ts";
import { Pump } from "../../../src/wire/pump.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

let clock: VirtualClock;
beforeEach(() => {
  clock = new VirtualClock();
  clock.start();
});
afterEach(() => clock.stop());

/** A board that answers what `reply` says of each message. */
function boardThat(far: ByteLink, reply: (message: ToBoardMessage) => FromBoard | undefined): BoardTransport {
  const nothing = (): void => undefined;
  const limits = { maxPayload: 1024, window: 4 };
  const board = new BoardTransport({ limits, capabilities: 0, onOpen: nothing, onEnd: nothing, onAbort: nothing });
  const pump = new Pump(board, far, clock, () => {
    for (let bytes = board.take(); bytes; bytes = board.take()) {
      const answer = reply(decodeToBoard(bytes));
      if (answer) board.send(encodeFromBoard(answer));
    }
  });
  void pump.run();
  return board;
}

const IDENTITY = { firmware: "test", firmwareVersion: "1", deviceName: "virtual", deviceHash: "0", serial: "1" };

/** Takes everything and answers requests, but runs make no progress. */
function startsRunsOnly({ id, getIdentity, beginRun }: ToBoardMessage): FromBoard | undefined {
  if (getIdentity) return { id, identity: { ...IDENTITY, maxConfigBytes: 1, rails: [] } };
  return beginRun ? { id, done: {} } : undefined;
}

function recording(t: readonly number[]): EventStream {
  return { ...createEventStream(t.length), t: Float64Array.from(t) };
}

test("a run that a board begins and never ends is given up after a limit, and says so", async () => {
  const [host, far] = createPipe();
  boardThat(far, startsRunsOnly);
  await using chip = await openBoard(host, { clock, nonce: 7, runTimeoutMs: 60_000 });
  const startUs = clock.nowUs();
  await expect(chip.run(recording([0, 10]))).rejects.toMatchObject({
    code: "E_LINK",
    message: expect.stringMatching(/has not gone on with the run for 60 s, though the line is alive.*reset the board/),
  });
  expect(clock.nowUs() - startUs).toBeGreaterThan(59e6);
  expect(clock.nowUs() - startUs).toBeLessThan(90e6);
});

test("a run may be silent for as long as its recording, and while its source has nothing to give", async () => {
  const [host, far] = createPipe();
  let run = 0;
  const board = boardThat(far, (message) => {
    if (message.beginRun) run = message.beginRun.run;
    // In real time: the end comes when the recording's last event has come.
    if (message.endInput)
      clock.after(3600e6, () =>
        board.send(encodeFromBoard({ runResult: { run, status: RunStatus.RUN_STATUS_DONE, kernel: "test" } })),
      );
    return startsRunsOnly(message);
  });
  await using chip = await openBoard(host, { clock, nonce: 7, runTimeoutMs: 60_000 });
  const startUs = clock.nowUs();
  async function* source(): AsyncGenerator<EventStream> {
    yield recording([0]);
    await new Promise<void>((resolve) => void clock.after(600e6, resolve));
    yield recording([3600e6]);
  }
  const { kernel } = await chip.run(source());
  expect(kernel).toBe("test");
  expect(clock.nowUs() - startUs).toBeGreaterThan(4200e6 - 1);
});

test("a board whose session lives but whose program answers nothing is one clear line, not a wait for ever", async () => {
  const [host, far] = createPipe();
  // It takes every message, and does nothing with it.
  const board = boardThat(far, () => undefined);
  const startUs = clock.nowUs();
  await expect(openBoard(host, { clock, nonce: 7, answerTimeoutMs: 20_000 })).rejects.toMatchObject({
    code: "E_LINK",
    message: expect.stringContaining("has not answered it for 20 s, though the line is alive"),
  });
  expect(clock.nowUs() - startUs).toBeLessThan(30e6);
  expect(board.statistics.framesReceived).toBeGreaterThan(10);
});
