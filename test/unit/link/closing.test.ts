import { afterEach, beforeEach, expect, test } from "vitest";
import { VirtualBoard } from "../../../emulator/virtual-board.ts";
import { loadDevice } from "../../../src/device/catalogue.ts";
import { openBoard } from "../../../src/link/board-chip.ts";
import { Connection } from "../../../src/link/connection.ts";
import { createPipe } from "../../../src/link/pipe.ts";
import { BoardTransport } from "../../../src/wire/board-transport.ts";
import type { ByteLink } from "../../../src/wire/byte-link.ts";
import { Pump } from "../../../src/wire/pump.ts";
import { DEFAULT_LIMITS } from "../../../src/wire/transport.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

let clock: VirtualClock;
beforeEach(() => {
  clock = new VirtualClock();
  clock.start();
});
afterEach(() => clock.stop());

const nothing = (): void => undefined;

test("a board that is alive but takes nothing more does not hold up the end", async () => {
  const [host, far] = createPipe();
  const limits = { maxPayload: 512, window: 2 };
  const board = new BoardTransport({ limits, capabilities: 0, onOpen: nothing, onEnd: nothing, onAbort: nothing });
  const pump = new Pump(board, far, clock, nothing);
  void pump.run();
  const connection = new Connection(host, {
    clock,
    limits: DEFAULT_LIMITS,
    nonce: 5,
    program: "test",
    keepaliveMs: 500,
    timeoutMs: 10_000,
    connectTimeoutMs: 5000,
    onMessage: nothing,
    onFail: nothing,
  });
  await connection.open();
  for (let i = 0; i < 10; i++) connection.send({ id: i + 1, reset: {} });
  // As much is under way as the board takes, and one message more.
  await new Promise<void>((resolve) => void clock.after(1e6, resolve));
  const startUs = clock.nowUs();
  await connection.close();
  expect(clock.nowUs() - startUs).toBeLessThan(6e6);
  pump.stop();
});

test("a line that is opened again while the program closes is closed, too", async () => {
  const board = new VirtualBoard({ device: await loadDevice("speck2f"), clock });
  const [host, far] = createPipe();
  void board.serve(far);
  let opened: (link: ByteLink) => void = nothing;
  const chip = await openBoard(host, {
    clock,
    nonce: 9,
    reconnect: () =>
      new Promise((resolve) => {
        opened = resolve;
      }),
  });
  await far.close();
  while (opened === nothing) await new Promise((resolve) => setImmediate(resolve));
  await chip[Symbol.asyncDispose]();
  const [late, there] = createPipe();
  opened(late);
  // Ends only when the line is closed.
  for await (const _ of there.incoming);
  expect(chip.statistics.reconnects).toBe(0);
});
