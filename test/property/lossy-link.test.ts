import { afterEach, expect, test } from "vitest";
import { EmulatedChip } from "../../emulator/emulated-chip.ts";
import { faultyLink, parseFaults } from "../../emulator/faults.ts";
import { VirtualBoard } from "../../emulator/virtual-board.ts";
import { loadDevice } from "../../src/device/catalogue.ts";
import { openBoard } from "../../src/link/board-chip.ts";
import { createPipe } from "../../src/link/pipe.ts";
import { randomEvents } from "../conformance/cases.ts";
import { nineCores } from "../support/nine-cores.ts";
import { VirtualClock } from "../support/virtual-clock.ts";

const device = await loadDevice("speck2f");
const clock = new VirtualClock();
afterEach(() => clock.stop());

test.each([
  ["single bytes", "drop=0.01,corrupt=0.001"],
  ["bursts of 40 bytes", "drop=0.01,corrupt=0.001,burst=40"],
  ["bursts of 500 bytes and standstills", "drop=0.01,corrupt=0.001,burst=500,stall=50ms"],
])(
  "100,000 events and nine cores over a line that loses 1 % and changes 0.1 % of its bytes each way: %s",
  async (_, faults) => {
    clock.start();
    const config = nineCores(device);
    const events = randomEvents(1, 100_000, config.input.shape);
    const [host, board] = createPipe();
    const virtual = new VirtualBoard({ device, clock });
    const serving = virtual.serve(board);
    const chip = await openBoard(faultyLink(host, parseFaults(faults), 1, clock), {
      clock,
      connectTimeoutMs: 60_000,
      keepaliveMs: 2000,
      nonce: 1,
    });
    await chip.configure(config);
    const result = await chip.run(events);
    const { resent } = chip.statistics;
    await chip[Symbol.asyncDispose]();
    await serving;

    const emulated = new EmulatedChip(device);
    await emulated.configure(config);
    const expected = await emulated.run(events);
    expect(result.events).toEqual(expected.events);
    expect(result.perCore).toEqual(expected.perCore);
    expect(result.input).toEqual(expected.input);
    expect(expected.events?.t.length).toBeGreaterThan(20_000);
    // The line was as bad as it should be.
    const { wrongCrc, falseCobs, tooLong } = virtual.statistics.discarded;
    expect(resent).toBeGreaterThan(10);
    expect(wrongCrc + falseCobs + tooLong).toBeGreaterThan(5);
  },
);

test("a line that breaks again and again is opened again, and the run goes on where it was", async () => {
  clock.start();
  const config = nineCores(device);
  const events = randomEvents(2, 60_000, config.input.shape);
  const virtual = new VirtualBoard({ device, clock });
  let lines = 0;
  const open = async () => {
    const [host, board] = createPipe();
    void virtual.serve(board);
    const faults = parseFaults(`drop=0.001,disconnect@${20_000 + 7_919 * lines++}`);
    return faultyLink(host, faults, lines, clock);
  };
  const chip = await openBoard(await open(), { clock, reconnect: open, nonce: 2 });
  await chip.configure(config);
  const result = await chip.run(events);
  await chip[Symbol.asyncDispose]();

  const emulated = new EmulatedChip(device);
  await emulated.configure(config);
  const expected = await emulated.run(events);
  expect(lines).toBeGreaterThan(5);
  expect(result.events).toEqual(expected.events);
  expect(result.perCore).toEqual(expected.perCore);
});
