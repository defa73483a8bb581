import { describe, expect, it } from "vitest";
import { runTimestep } from "../../../../emulator/timestep/run.ts";
import type { OutputEvents } from "../../../../src/chip/chip.ts";
import { concatEvents, type EventStream, sliceEvents } from "../../../../src/events/event-stream.ts";
import { ENGINES, tinyLayer, tinyProgram } from "../../../support/timestep.ts";
import { eventsOf } from "../../../support/tiny-chip.ts";

const at = (...times: number[]): EventStream => eventsOf(times.map((t) => [t, 0, 0, 0]));

describe.each(ENGINES)("runTimestep, $kernel", ({ create }) => {
  it("bins from the first event; a step holds its start and not its end", async () => {
    const engine = create(tinyProgram([tinyLayer()]));
    const result = await runTimestep(engine, at(5000, 5999, 6000, 8500), { dtUs: 1000 });
    expect(Array.from(result.events!.t)).toEqual([0, 0, 1000, 3000]);
    expect(result).toMatchObject({ steps: 4, inputEvents: 4, durationUs: 3500, input: { events: 4, dropped: 0 } });
  });

  it("gives n spikes of one neuron in one step as n rows", async () => {
    const layer = tinyLayer({ outputShape: [2, 1, 1], weights: [3, 2], core: 7 });
    const { events, perCore } = await runTimestep(create(tinyProgram([layer])), at(0), { dtUs: 10 });
    expect(Array.from(events!.feature)).toEqual([0, 0, 0, 1, 1]);
    expect(Array.from(events!.core)).toEqual([7, 7, 7, 7, 7]);
    expect(perCore[0]).toMatchObject({ spikes: 5, taps: 2, eventsIn: 1, neuronUpdates: 2 });
  });

  it("lets a single-spike neuron fire on without input, and warns of it", async () => {
    const engine = create(tinyProgram([tinyLayer({ weights: [3], spikeFunction: "single" })]));
    const result = await runTimestep(engine, at(0), { dtUs: 10, untilUs: 60 });
    expect(Array.from(result.events!.t)).toEqual([0, 10, 20]);
    expect(result.steps).toBe(6);
    expect(result.warnings).toMatchObject([{ kind: "residues", count: 2 }]);
  });

  it("adds a bias in every step up to untilUs, the recording long over", async () => {
    const engine = create(tinyProgram([tinyLayer({ bias: [1], threshold: 4 })]));
    const result = await runTimestep(engine, at(0), { dtUs: 10, untilUs: 115 });
    // Twelve steps of 1, and 1 from the event: 13 / 4.
    expect(Array.from(result.events!.t)).toEqual([20, 60, 100]);
    expect(result.perCore[0]).toMatchObject({ leakUpdates: 12, spikes: 3 });
  });

  it("steps over long pauses without work", async () => {
    const hour = 3_600_000_000;
    const result = await runTimestep(create(tinyProgram([tinyLayer()])), at(0, hour), { dtUs: 1000 });
    expect(Array.from(result.events!.t)).toEqual([0, hour]);
    expect(result.steps).toBe(3_600_001);
  });

  it("gives the same for a stream in chunks", async () => {
    const program = tinyProgram([tinyLayer({ weights: [2], threshold: 3 })]);
    const whole = at(0, 4, 9, 10, 11, 25, 31);
    async function* chunks() {
      for (const [from, to] of [
        [0, 2],
        [2, 2],
        [2, 7],
      ] as const) {
        yield sliceEvents(whole, from, to);
      }
    }
    const wanted = await runTimestep(create(program), whole, { dtUs: 10 });
    expect(await runTimestep(create(program), chunks(), { dtUs: 10 })).toEqual(wanted);
  });

  it("hands events to the listener in order and keeps none", async () => {
    const got: OutputEvents[] = [];
    const result = await runTimestep(create(tinyProgram([tinyLayer()])), at(0, 15, 30), {
      dtUs: 10,
      onEvents: (events) => got.push(events),
    });
    expect(result.events).toBeUndefined();
    expect(got.map(({ t }) => Array.from(t))).toEqual([[0], [10], [30]]);
  });

  it("goes on from run to run until reset", async () => {
    const engine = create(tinyProgram([tinyLayer({ threshold: 2 })]));
    const first = await runTimestep(engine, at(0), { dtUs: 10 });
    const second = await runTimestep(engine, at(0), { dtUs: 10 });
    engine.reset();
    const third = await runTimestep(engine, at(0), { dtUs: 10 });
    expect([first, second, third].map((result) => result.events!.t.length)).toEqual([0, 1, 0]);
    expect([first, second, third].map((result) => result.perCore[0].eventsIn)).toEqual([1, 2, 1]);
  });

  it("answers an abort", async () => {
    const stop = new AbortController();
    const events = concatEvents(Array.from({ length: 3 }, (_, i) => at(i * 10)));
    stop.abort();
    await expect(
      runTimestep(create(tinyProgram([tinyLayer()])), events, { dtUs: 10, signal: stop.signal }),
    ).rejects.toMatchObject({ code: "E_INTERRUPTED" });
  });

  it.each([0, 0.5, Number.NaN, -1])("refuses a step of %s us", async (dtUs) => {
    await expect(runTimestep(create(tinyProgram([tinyLayer()])), at(0), { dtUs })).rejects.toMatchObject({
      code: "E_OPTION",
    });
  });

  it("[T4] stops before an integer membrane leaves its word", async () => {
    const engine = create(tinyProgram([tinyLayer({ weights: [-(2 ** 27)], threshold: 2 ** 27 })]));
    await expect(runTimestep(engine, at(0, 10, 20), { dtUs: 10 })).rejects.toMatchObject({
      code: "E_UNSUPPORTED",
      message: expect.stringContaining("layer0"),
    });
  });
});
