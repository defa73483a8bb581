import { afterEach, expect, test } from "vitest";
import { EmulatedChip } from "../../emulator/emulated-chip.ts";
import { faultyLink, NO_FAULTS } from "../../emulator/faults.ts";
import { VirtualBoard } from "../../emulator/virtual-board.ts";
import type { OutputEvents } from "../../src/chip/chip.ts";
import type { ChipConfig } from "../../src/chip/config.ts";
import { loadDevice } from "../../src/device/catalogue.ts";
import { openBoard } from "../../src/link/board-chip.ts";
import { createPipe } from "../../src/link/pipe.ts";
import { encodeChip } from "../../src/wire/chip-codec.ts";
import { crc32 } from "../../src/wire/crc.ts";
import { randomEvents, ruleCases } from "../conformance/cases.ts";
import { soaking } from "../support/soak.ts";
import { VirtualClock } from "../support/virtual-clock.ts";

const device = await loadDevice("speck2f");
const clock = new VirtualClock();
afterEach(() => clock.stop());

const config = (title: string): ChipConfig =>
  (ruleCases(device, 0, 1).find((one) => one.title.includes(title)) as { config: ChipConfig }).config;
const before = config("a convolution with padding");
const after = config("pooling 2 and a feature shift");
const events = randomEvents(5, 150, [2, 6, 6]);

async function spikes(chipConfig: ChipConfig): Promise<OutputEvents | undefined> {
  const chip = new EmulatedChip(device);
  await chip.configure(chipConfig);
  return (await chip.run(events)).events;
}

/** Opens the board, uploads `after` over a line that breaks after so many bytes; returns true when that went through. */
async function uploadCutAt(virtual: VirtualBoard, bytes: number): Promise<boolean> {
  const [host, board] = createPipe();
  const served = virtual.serve(board);
  const line = faultyLink(host, { ...NO_FAULTS, disconnectAt: bytes }, 1, clock);
  try {
    const chip = await openBoard(line, { clock, nonce: bytes + 10 });
    try {
      await chip.configure(after);
      return true;
    } finally {
      await chip[Symbol.asyncDispose]();
    }
  } catch (error) {
    expect(error).toMatchObject({ code: "E_LINK" });
    return false;
  } finally {
    await served;
  }
}

test("a line that breaks at any byte of an upload leaves the old configuration or the new one, whole", async () => {
  clock.start();
  const crcs = [crc32(encodeChip(before)), crc32(encodeChip(after))];
  const expected = [await spikes(before), await spikes(after)];
  const seen = new Set<number>();
  let through = false;
  for (let cut = 1; !through; cut += soaking ? 1 : 61) {
    const virtual = new VirtualBoard({ device, clock });
    const [host, board] = createPipe();
    const first = virtual.serve(board);
    const chip = await openBoard(host, { clock, nonce: 1 });
    await chip.configure(before);
    await chip[Symbol.asyncDispose]();
    await first;

    through = await uploadCutAt(virtual, cut);

    const [again, there] = createPipe();
    const last = virtual.serve(there);
    const fresh = await openBoard(again, { clock, nonce: 2 });
    const which = crcs.indexOf(fresh.identity.configCrc32 as number);
    expect(which, `cut at byte ${cut}`).toBeGreaterThanOrEqual(0);
    if (through) expect(which).toBe(1);
    expect((await fresh.run(events)).events, `cut at byte ${cut}`).toEqual(expected[which]);
    seen.add(which);
    await fresh[Symbol.asyncDispose]();
    await last;
  }
  expect([...seen].sort()).toEqual([0, 1]);
});
