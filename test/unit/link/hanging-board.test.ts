import { afterEach, beforeEach, expect, test } from "vitest";
import { openBoard } from "../../../src/link/board-chip.ts";
import { createPipe } from "../../../src/link/pipe.ts";
import { BoardTransport } from "../../../src/wire/board-transport.ts";
import { Pump } from "../../../src/wire/pump.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

let clock: VirtualClock;
beforeEach(() => {
  clock = new VirtualClock();
  clock.start();
});
afterEach(() => clock.stop());

test("a board whose session lives but whose program answers nothing is one clear line, not a wait for ever", async () => {
  const [host, far] = createPipe();
  const nothing = (): void => undefined;
  const limits = { maxPayload: 1024, window: 4 };
  const board = new BoardTransport({ limits, capabilities: 0, onOpen: nothing, onEnd: nothing, onAbort: nothing });
  // It takes every message, and does nothing with it.
  const pump = new Pump(board, far, clock, () => {
    while (board.take());
  });
  void pump.run();
  const startUs = clock.nowUs();
  await expect(openBoard(host, { clock, nonce: 7, answerTimeoutMs: 20_000 })).rejects.toMatchObject({
    code: "E_LINK",
    message: expect.stringContaining("has not answered it for 20 s, though the line is alive"),
  });
  expect(clock.nowUs() - startUs).toBeLessThan(30e6);
  expect(board.statistics.framesReceived).toBeGreaterThan(10);
});
