import { afterEach, expect, test } from "vitest";
import { EmulatedChip } from "../../../../emulator/emulated-chip.ts";
import { VirtualBoard } from "../../../../emulator/virtual-board.ts";
import { loadDevice } from "../../../../src/device/catalogue.ts";
import { openBoard } from "../../../../src/link/board-chip.ts";
import { createPipe } from "../../../../src/link/pipe.ts";
import { Random } from "../../../../src/random.ts";
import { encodeChip } from "../../../../src/wire/chip-codec.ts";
import { crc32 } from "../../../../src/wire/crc.ts";
import { packEvents } from "../../../../src/wire/event-batch.ts";
import { HostTransport } from "../../../../src/wire/host-transport.ts";
import { encodeToBoard, type ToBoard } from "../../../../src/wire/messages.ts";
import { Pump } from "../../../../src/wire/pump.ts";
import { randomEvents, ruleCases } from "../../../conformance/cases.ts";
import { mutate } from "../../../support/mutate.ts";
import { soaking } from "../../../support/soak.ts";
import { VirtualClock } from "../../../support/virtual-clock.ts";

const device = await loadDevice("speck2f");
const clock = new VirtualClock();
afterEach(() => clock.stop());

const plain = (ruleCases(device, 0, 1)[0] as ReturnType<typeof ruleCases>[number]).config;
const chipPb = encodeChip(plain);
const events = randomEvents(1, 200, [2, 6, 6]);

/** A request or message that means something on its own, in no sensible order. */
function message(random: Random, id: number): ToBoard {
  const run = random.integer(1, 3);
  const core = random.below(4) === 0 ? random.below(300) : 0;
  const some = randomEvents(random.below(99), random.integer(1, 60), [2, 6, random.below(5) === 0 ? 9 : 6]);
  const wire = { t: some.t, feature: some.p, y: some.y, x: some.x };
  const choices: readonly ToBoard[] = [
    { id, getIdentity: {} },
    { id, uploadBegin: { bytes: chipPb.length, crc32: crc32(chipPb) } },
    { uploadChunk: { offset: 0, data: chipPb } },
    { uploadChunk: { offset: random.below(600), data: chipPb.subarray(0, random.below(200)) } },
    { id, uploadCommit: {} },
    { id, selectMonitor: { cores: Uint8Array.from({ length: random.below(3) }, () => random.below(3)) } },
    { id, readNeurons: { core, offset: random.below(200), count: random.below(200) } },
    { id, writeNeurons: { core, offset: random.below(200), values: new Uint8Array(random.below(50)) } },
    { id, reset: {} },
    { id, getCounters: {} },
    { id, subscribe: { powerIntervalUs: random.below(3) * 500, logLevel: random.below(6) } },
    { id, beginRun: { run, ...(random.below(3) === 0 ? { untilLow: random.below(5000) } : {}) } },
    { events: packEvents(wire, 0, wire.t.length, run, some.t[0] as number, new Uint8Array(900)) },
    { endInput: { run } },
    { id },
  ];
  return choices[random.below(choices.length)] as ToBoard;
}

/** Says all of it over a line of its own, aborts now and then, and goes away without a goodbye. */
async function babble(virtual: VirtualBoard, seed: number): Promise<number> {
  const random = new Random(seed);
  const [host, far] = createPipe();
  const served = virtual.serve(far);
  const transport = new HostTransport({
    limits: { maxPayload: 1024, window: 8 },
    nonce: seed + 1,
    program: "fuzz",
    keepaliveMs: 100,
    timeoutMs: 1000,
  });
  transport.lineUp();
  let sent = 0;
  let answers = 0;
  const pump = new Pump(transport, host, clock, () => {
    while (transport.take()) answers++;
    while (transport.open && sent < 60 && transport.demand > 0) {
      const bytes = encodeToBoard(message(random, sent));
      transport.send(random.below(4) === 0 ? mutate(bytes, random).slice(0, 1024) : bytes);
      sent++;
      if (random.below(20) === 0) transport.abort(random.integer(1, 3));
    }
  });
  const running = pump.run();
  await new Promise<void>((resolve) => {
    clock.after(3_000_000, resolve);
  });
  pump.stop();
  await host.close();
  await running;
  await served;
  return answers;
}

test("the virtual board takes any messages in any order, and works as ever for the next host", async () => {
  clock.start();
  const expected = new EmulatedChip(device);
  await expected.configure(plain);
  const { events: spikes } = await expected.run(events);
  for (let seed = 0; seed < (soaking ? 2000 : 25); seed++) {
    const virtual = new VirtualBoard({ device, clock, ...(seed % 3 === 0 ? { pace: "realtime" as const } : {}) });
    expect(await babble(virtual, seed)).toBeGreaterThan(3);
    const [host, far] = createPipe();
    void virtual.serve(far);
    const chip = await openBoard(host, { clock, nonce: 100_000 + seed });
    await chip.configure(plain);
    expect((await chip.run(events)).events).toEqual(spikes);
    await chip[Symbol.asyncDispose]();
  }
});
