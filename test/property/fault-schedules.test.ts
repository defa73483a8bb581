import { expect, test } from "vitest";
import { type Faults, NO_FAULTS } from "../../emulator/faults.ts";
import { Random } from "../../src/random.ts";
import type { Transport } from "../../src/wire/transport.ts";
import { forCases } from "../support/soak.ts";
import { type Act, VirtualLine } from "../support/virtual-line.ts";

const HOUR_US = 3_600_000_000;

/** Sends messages 0, 1, 2... as long as the line likes them, takes what comes at its own pace, notes it. */
class Talker {
  readonly received: number[] = [];
  faults = 0;
  #next = 0;
  readonly #count: number;
  readonly #random: Random;
  /** Chance that it takes a message when it could. */
  readonly #eager: number;

  constructor(count: number, eager: number, random: Random) {
    this.#count = count;
    this.#eager = eager;
    this.#random = random;
  }

  readonly act: Act = (transport: Transport) => {
    while (this.#next < this.#count && transport.open && transport.demand > 0) {
      const length = this.#random.integer(8, Math.max(8, transport.payloadSize));
      transport.send(message(this.#next++, length));
    }
    while (this.#random.float() < this.#eager) {
      const bytes = transport.take();
      if (bytes === undefined) return;
      const number = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
      this.received.push(number);
      if (Buffer.compare(bytes, message(number, bytes.length)) !== 0) this.faults++;
    }
  };
}

/** Its number, then bytes that follow from number and length, zeros among them. */
function message(number: number, length: number): Uint8Array {
  const bytes = Uint8Array.from({ length }, (_, i) => ((number + i) % 5 === 0 ? 0 : (number * 7 + i * 13) & 0xff));
  new DataView(bytes.buffer).setUint32(0, number, true);
  return bytes;
}

function schedule(seed: number): { faults: Faults; breaksUs: number[]; random: Random } {
  const random = new Random(seed);
  const hard = random.below(4) === 0;
  const faults: Faults = {
    ...NO_FAULTS,
    drop: hard ? 0.01 : random.float() * 0.01,
    corrupt: hard ? 0.001 : random.float() * 0.003,
    burst: random.below(2) === 0 ? 1 : random.integer(1, 300),
    delayUs: random.below(3) === 0 ? random.integer(0, 20_000) : 0,
    stallUs: random.below(3) === 0 ? random.integer(1000, 400_000) : 0,
  };
  const breaksUs = Array.from({ length: random.below(4) }, () => random.integer(0, 5_000_000)).sort((a, b) => a - b);
  return { faults, breaksUs, random };
}

function play(seed: number, count: number): void {
  const { faults, breaksUs, random } = schedule(seed);
  const line = new VirtualLine({
    seed,
    faults,
    breaksUs,
    bytesPerSecond: 10 ** random.integer(4, 7),
    delayUs: random.below(2) === 0 ? random.integer(0, 5000) : 0,
    hostLimits: { maxPayload: random.integer(512, 4096), window: random.integer(1, 64) },
    boardLimits: { maxPayload: random.integer(512, 1500), window: random.integer(1, 16) },
  });
  const host = new Talker(count, random.below(3) === 0 ? 0.3 : 0.98, new Random(seed, 7));
  const board = new Talker(count, random.below(3) === 0 ? 0.3 : 0.98, new Random(seed, 8));
  const expected = Array.from({ length: count }, (_, i) => i);
  const done = (): boolean => host.received.length >= count && board.received.length >= count;
  const finished = line.run(host.act, board.act, done, HOUR_US);
  expect(line.host.fault).toBeUndefined();
  expect(line.ended).toEqual([]);
  expect({ finished, host: host.received.length, board: board.received.length }).toEqual({
    finished: true,
    host: count,
    board: count,
  });
  expect(host.received).toEqual(expected);
  expect(board.received).toEqual(expected);
  expect(host.faults + board.faults).toBe(0);
  // Everything is acknowledged in the end, and the session closes in order.
  line.host.close();
  expect(line.run(host.act, board.act, () => line.host.state === "closed" && !line.board.open, HOUR_US)).toBe(true);
  // Every goodbye may have been lost; then the board's patience ends.
  expect(line.ended).toHaveLength(1);
  expect(line.ended[0]).toMatch(/closed by the host|heard for too long/);
}

test("messages both ways over lines with losses, changes, bursts, stalls and breaks: each once, in order", () => {
  forCases("fault schedules", (seed) => play(seed, 150), { share: 25, full: 1000 });
});
