import { describe, expect, it } from "vitest";
import { EmulatedChip } from "../../emulator/emulated-chip.ts";
import { loadDevice } from "../../src/device/catalogue.ts";
import { createEventStream, type EventStream } from "../../src/events/event-stream.ts";
import { Random } from "../../src/random.ts";
import { soaking } from "../support/soak.ts";
import { tinyConfig, tinyCore } from "../support/tiny-chip.ts";

const CHUNK = 1 << 16;
const EVENTS = soaking ? 100_000_000 : 2_000_000;
const TIMED_EVENTS = soaking ? 10_000_000 : 200_000;
const MEGABYTE = 1 << 20;

const speck2f = await loadDevice("speck2f");

/** A 32x32 camera with an event a microsecond; chunks are made when they are asked for. */
async function* camera(count: number, made: { chunks: number }): AsyncGenerator<EventStream> {
  const random = new Random(5);
  for (let start = 0; start < count; start += CHUNK) {
    made.chunks++;
    const events = createEventStream(Math.min(CHUNK, count - start), [32, 32], start);
    for (let i = 0; i < events.t.length; i++) {
      events.t[i] = i;
      events.p[i] = random.below(2);
      events.y[i] = random.below(32);
      events.x[i] = random.below(32);
    }
    yield events;
  }
}

/** A strided and a linear layer, filter and readout on: all that keeps state from event to event. */
async function chipOf(timing: boolean): Promise<EmulatedChip> {
  const random = new Random(2);
  const weights = (length: number) => Int8Array.from({ length }, () => random.integer(-4, 5));
  const conv = tinyCore({
    inputShape: [2, 32, 32],
    outputShape: [4, 16, 16],
    kernelSize: [3, 3],
    stride: [2, 2],
    padding: [1, 1],
    weights: weights(4 * 2 * 9),
    thresholdHigh: 12,
    thresholdLow: -12,
    monitorEnable: false,
    destinations: [{ core: 3, pooling: 4, featureShift: 0 }],
  });
  const linear = tinyCore({
    core: 3,
    inputShape: [4, 4, 4],
    outputShape: [10, 1, 1],
    kernelSize: [4, 4],
    weights: weights(10 * 4 * 16),
    thresholdHigh: 40,
    thresholdLow: -40,
  });
  const config = tinyConfig([conv, linear], { slowClock: { source: "external", periodUs: 1000 } });
  const chip = new EmulatedChip(speck2f, { timing });
  await chip.configure({
    ...config,
    input: { ...config.input, filter: { mode: "noise", size: [3, 3], threshold: 1 } },
    readout: {
      core: 3,
      classes: 3,
      layout: "1x1y16f",
      average: 16,
      threshold: 0,
      overrideThresholdMax: false,
      outputMode: "max",
    },
  });
  return chip;
}

describe("long recordings", () => {
  for (const [name, timing, count] of [
    ["without time", false, EVENTS],
    ["with time", true, TIMED_EVENTS],
  ] as const) {
    it(`${count / 1e6} million events run in bounded memory, ${name}`, async () => {
      const chip = await chipOf(timing);
      const before = process.memoryUsage().rss;
      let seen = 0;
      let ticks = 0;
      let most = before;
      const result = await chip.run(camera(count, { chunks: 0 }), {
        onEvents: (events) => {
          seen += events.t.length;
        },
        onReadout: () => {
          ticks++;
        },
        onProgress: () => {
          most = Math.max(most, process.memoryUsage.rss());
        },
      });
      expect(result.input.events).toBe(count);
      expect(result.events).toBeUndefined();
      expect(result.readout).toBeUndefined();
      expect(seen).toBe(result.perCore[1]?.spikes);
      expect(seen).toBeGreaterThan(count / 1000);
      expect(ticks).toBe(Math.floor((count - 1) / 1000));
      expect((most - before) / MEGABYTE).toBeLessThan(500);
    });

    it(`the abort signal stops a run at once, ${name}`, async () => {
      const chip = await chipOf(timing);
      const stop = new AbortController();
      const made = { chunks: 0 };
      let done = 0;
      const running = chip.run(camera(Number.MAX_SAFE_INTEGER, made), {
        signal: stop.signal,
        onEvents: () => undefined,
        onReadout: () => undefined,
        onProgress: (events) => {
          done = events;
          if (events >= 3 * CHUNK) stop.abort();
        },
      });
      await expect(running).rejects.toMatchObject({ code: "E_INTERRUPTED" });
      expect(done).toBe(3 * CHUNK);
      expect(made.chunks).toBeLessThanOrEqual(4);
    });

    it(`a timer gets its turn during a run, so that Ctrl-C works, ${name}`, async () => {
      const chip = await chipOf(timing);
      const stop = new AbortController();
      setTimeout(() => stop.abort(), 20);
      const running = chip.run(camera(Number.MAX_SAFE_INTEGER, { chunks: 0 }), {
        signal: stop.signal,
        onEvents: () => undefined,
        onReadout: () => undefined,
      });
      await expect(running).rejects.toMatchObject({ code: "E_INTERRUPTED" });
    });
  }
});
