import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { EmulatedChip } from "../../../emulator/emulated-chip.ts";
import type { OutputEvents } from "../../../src/chip/chip.ts";
import { loadDevice } from "../../../src/device/catalogue.ts";
import type { EventStream } from "../../../src/events/event-stream.ts";
import { readEventFile } from "../../../src/formats/event-files.ts";
import { Random } from "../../../src/random.ts";
import { packEvents, unpackEvents, type WireEvents } from "../../../src/wire/event-batch.ts";
import { encodeFrame, FrameKind } from "../../../src/wire/frame.ts";
import {
  decodeToBoard,
  type EventBatchMessage,
  encodeFromBoard,
  encodeToBoard,
  MESSAGE_OVERHEAD,
} from "../../../src/wire/messages.ts";
import { dataPath, dataRoot } from "../../support/data.ts";
import { nineCores } from "../../support/nine-cores.ts";

const MAX_PAYLOAD = 4096;

function randomWire(random: Random, count: number, widths: readonly number[], gap: number): WireEvents {
  const [core = 0, feature = 0, y = 0, x = 0] = widths;
  const draw = (bits: number): number => random.below(2 ** bits);
  let t = random.below(1000);
  const times = Float64Array.from({ length: count }, () => (t += random.below(gap + 1)));
  return {
    t: times,
    core: Uint8Array.from({ length: count }, () => draw(core)),
    feature: Uint16Array.from({ length: count }, () => draw(feature)),
    y: Uint16Array.from({ length: count }, () => draw(y)),
    x: Uint16Array.from({ length: count }, () => draw(x)),
  };
}

/** All batches of the events, as many as it takes. */
function packAll(events: WireEvents, payload: number): EventBatchMessage[] {
  const batches: EventBatchMessage[] = [];
  for (let at = 0; at < events.t.length; ) {
    const batch = packEvents(events, at, events.t.length, 7, 0, new Uint8Array(payload - MESSAGE_OVERHEAD));
    batches.push(batch);
    at += batch.count;
  }
  return batches;
}

function joined(batches: readonly EventBatchMessage[]): object {
  const parts = batches.map(unpackEvents);
  const field = (name: keyof OutputEvents): number[] => parts.flatMap((part) => [...part[name]]);
  return { t: field("t"), core: field("core"), feature: field("feature"), y: field("y"), x: field("x") };
}

function lists({ t, core, feature, y, x }: WireEvents): object {
  return { t: [...t], core: [...(core ?? [])], feature: [...feature], y: [...y], x: [...x] };
}

describe("event batches", () => {
  test("any events come back as they were", () => {
    for (let seed = 0; seed < 300; seed++) {
      const random = new Random(seed);
      const widths = [random.below(9), random.below(13), random.below(11), random.below(11)];
      const gap = [0, 1, 127, 128, 70_000, 2 ** 31, 2 ** 34][random.below(7)] as number;
      const events = randomWire(random, random.integer(1, 300), widths, Math.min(gap, 2 ** 32 - 2));
      const wide = gap > 2 ** 32 ? { ...events, t: events.t.map((t, i) => t + i * 2 ** 33) } : events;
      expect(joined(packAll(wide, random.integer(64, 1024)))).toEqual(lists(wide));
    }
  });

  test("no batch is longer than it may be", () => {
    const random = new Random(3);
    for (const payload of [64, 100, 512, 4096]) {
      const events = randomWire(random, 3000, [4, 5, 6, 6], 200);
      for (const events_ of packAll(events, payload)) {
        expect(encodeFromBoard({ events: events_ }).length).toBeLessThanOrEqual(payload);
      }
    }
  });

  test("times count from the run's first event, wherever the recording starts", () => {
    const events = {
      ...randomWire(new Random(1), 5, [0, 1, 3, 3], 50),
      t: Float64Array.of(1e15, 1e15, 1e15 + 3, 1e15 + 9, 1e15 + 9),
    };
    const batch = packEvents(events, 2, 5, 1, 1e15, new Uint8Array(100));
    expect([...unpackEvents(batch).t]).toEqual([3, 9, 9]);
  });

  test("an address that no map has is refused", () => {
    const events = {
      t: Float64Array.of(0),
      feature: Uint16Array.of(3),
      y: Uint16Array.of(65_535),
      x: Uint16Array.of(65_535),
    };
    expect(() => packEvents(events, 0, 1, 1, 0, new Uint8Array(100))).toThrow(
      /feature 3, row 65535, column 65535 is on no map/,
    );
  });

  const sound = packAll(randomWire(new Random(2), 20, [0, 1, 4, 4], 300), 512)[0] as EventBatchMessage;
  test.each([
    ["more events than bytes", { count: 200 }, /claims 200 events in/],
    ["no events", { count: 0 }, /claims 0 events/],
    ["bytes after the last event", { count: 19 }, /bytes after its 19 events/],
    ["addresses that are too wide", { featureBits: 16, yBits: 16, xBits: 16 }, /16 \+ 16 \+ 16 bits/],
    ["a delta that never ends", { packed: new Uint8Array(60).fill(0x80) }, /no whole delta at event 0/],
    [
      "a delta above 2^32",
      { packed: Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x1f, ...new Uint8Array(60)) },
      /no whole delta/,
    ],
  ])("a batch with %s is refused", (_, change, message) => {
    expect(() => unpackEvents({ ...sound, ...change })).toThrow(message);
  });
});

/** Bytes of events, of messages and of frames on the line for a recording on its way down. */
function down(events: EventStream) {
  const wire: WireEvents = { t: events.t, feature: events.p, y: events.y, x: events.x };
  const batches = packAll({ ...wire, t: wire.t.map((t) => t - (wire.t[0] as number)) }, MAX_PAYLOAD);
  const full = batches.slice(0, -1).map((batch) => encodeToBoard({ events: batch }));
  const packed = batches.reduce((sum, batch) => sum + batch.packed.length, 0);
  const fullPacked = batches.slice(0, -1).reduce((sum, batch) => sum + batch.packed.length, 0);
  const line = full.reduce(
    (sum, payload) => sum + encodeFrame({ kind: FrameKind.DATA, session: 1, a: 300, b: 300, payload }).length,
    0,
  );
  return { perEvent: packed / events.t.length, efficiency: fullPacked / line, full: full.length };
}

describe.skipIf(!dataRoot)("on real recordings", () => {
  const nmnist = (): string[] => {
    const folder = dataPath("nmnist_1100", "dev");
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".bs2"))
      .slice(0, 30)
      .map((name) => join(folder, name));
  };

  test("down: at most 4 bytes an event, 95 % of the line for full batches", async () => {
    for (const path of [dataPath("dvs128_walking", "dvs128_walk_1.aedat"), ...nmnist()]) {
      const events = await readEventFile(path);
      const { perEvent, efficiency, full } = down(events);
      expect(perEvent, path).toBeLessThanOrEqual(4);
      if (full > 0) expect(efficiency, path).toBeGreaterThanOrEqual(0.95);
    }
  });

  test("there are some", () => expect(nmnist().length).toBeGreaterThan(10));

  test("up: at most 4 bytes an event for the spikes of a first and a last layer", async () => {
    const device = await loadDevice("speck2f");
    const config = nineCores(device);
    const chip = new EmulatedChip(device);
    const shape = [2, 34, 34] as const;
    const cores = config.cores.map((core) => ({
      ...core,
      inputShape: [core.inputShape[0], 34, 34] as const,
      outputShape: [core.outputShape[0], 34, 34] as const,
    }));
    await chip.configure({
      ...config,
      input: { ...config.input, shape },
      cores: cores.slice(0, 1).map((core) => ({ ...core, destinations: [] })),
      outputs: [],
    });
    for (const path of nmnist().slice(0, 3)) {
      const { events } = await chip.run(await readEventFile(path));
      const batches = packAll(events as OutputEvents, MAX_PAYLOAD);
      const bytes = batches.reduce((sum, batch) => sum + batch.packed.length, 0);
      expect((events as OutputEvents).t.length).toBeGreaterThan(1000);
      expect(bytes / (events as OutputEvents).t.length).toBeLessThanOrEqual(4);
    }
  });
});

test("a message is read as it was written", () => {
  const message = decodeToBoard(encodeToBoard({ id: 3, beginRun: { run: 9, untilLow: 0, untilHigh: 1 } }));
  expect(message.id).toBe(3);
  expect(message.beginRun).toMatchObject({ run: 9, untilLow: 0, untilHigh: 1 });
  expect(message.events ?? null).toBeNull();
});
