import { expect, test } from "vitest";
import { NO_FAULTS } from "../../../emulator/faults.ts";
import { SendWindow } from "../../../src/wire/send-window.ts";
import type { Transport } from "../../../src/wire/transport.ts";
import { VirtualLine } from "../../support/virtual-line.ts";

const LIMITS = { maxPayload: 512, window: 32 };
const MESSAGES = 140_000;

/** Sends numbered messages as there is room, and checks that the other end's come in order. */
function counting(): { readonly act: (transport: Transport) => void; readonly received: () => number } {
  let sent = 0;
  let received = 0;
  const act = (transport: Transport): void => {
    for (let bytes = transport.take(); bytes; bytes = transport.take()) {
      const number = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
      if (number !== received) throw new Error(`message ${number} came in place of ${received}`);
      received++;
    }
    while (transport.open && sent < MESSAGES && transport.demand > 0) {
      const payload = new Uint8Array(4);
      new DataView(payload.buffer).setUint32(0, sent++);
      transport.send(payload);
    }
  };
  return { act, received: () => received };
}

test.each([
  ["a sound line", NO_FAULTS],
  ["a line that loses and changes bytes", { ...NO_FAULTS, drop: 1e-4, corrupt: 1e-4 }],
])("sequence numbers and stamps wrap around twice over %s: every message once, in order", (_name, faults) => {
  const line = new VirtualLine({
    seed: 3,
    faults,
    bytesPerSecond: 10_000_000,
    delayUs: 100,
    hostLimits: LIMITS,
    boardLimits: LIMITS,
  });
  const [host, board] = [counting(), counting()];
  const done = (): boolean => host.received() === MESSAGES && board.received() === MESSAGES;
  expect(line.run(host.act, board.act, done, 600e6)).toBe(true);
  expect(line.host.fault).toBeUndefined();
  expect(line.ended).toEqual([]);
  if (faults !== NO_FAULTS) expect(line.host.statistics.resent).toBeGreaterThan(300);
});

test.each([0, 20_000, 40_000, 60_000, 100_000])(
  "payloads get shorter at the first loss after %i frames without one",
  (sound) => {
    const window = new SendWindow(1, 4096);
    const never = (): boolean => false;
    let number = 0;
    for (; number < sound + 100; number++) {
      window.push(new Uint8Array(1));
      const stamp = window.next()?.stamp as number;
      window.acknowledge((number + 1) & 0xffff, stamp, 1, never);
    }
    expect(window.payloadSize).toBe(4096);
    window.push(new Uint8Array(1));
    window.next();
    // A PING that was answered, and the frame before it was not there.
    expect(window.acknowledge(number & 0xffff, window.takeStamp(), 1, never).lost).toBe(1);
    expect(window.payloadSize).toBe(2048);
  },
);
