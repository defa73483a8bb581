import { describe, expect, it } from "vitest";
import { createEventStream, sliceEvents } from "../../../src/events/event-stream.ts";
import { accumulate } from "../../../src/events/frames.ts";
import { EventSummarizer, summarizeEvents } from "../../../src/events/summary.ts";
import { eventsOf } from "../../support/events.ts";

const recording = eventsOf([
  [500, 3, 0, 1],
  [1_499, 0, 2, 0],
  [1_500, 0, 2, 1],
  [250_500, 1, 1, 1],
]);

describe("summarizeEvents", () => {
  it("tells what a recording holds", () => {
    expect(summarizeEvents(recording)).toEqual({
      sensor: [4, 3],
      sensorStated: false,
      events: 4,
      on: 3,
      durationUs: 250_000,
      firstUs: 500,
      lastUs: 250_500,
      rateHz: 16,
    });
  });

  it("gives the sensor that the file states, and times of the recording's own clock", () => {
    const stated = { ...recording, sensor: [34, 34] as const, originUs: 1_605_537_493_718_345 };
    expect(summarizeEvents(stated)).toMatchObject({
      sensor: [34, 34],
      sensorStated: true,
      firstUs: 1_605_537_493_718_845,
      durationUs: 250_000,
    });
  });

  it("sums up parts as if they were one", () => {
    const parts = [sliceEvents(recording, 0, 1), sliceEvents(recording, 1, 1), sliceEvents(recording, 1, 4)];
    expect(summarizeEvents(parts)).toEqual(summarizeEvents(recording));
  });

  it("has no times and no rate without events, no rate without a length", () => {
    expect(summarizeEvents([])).toMatchObject({ events: 0, firstUs: null, lastUs: null, rateHz: null, sensor: [0, 0] });
    expect(summarizeEvents(eventsOf([[5, 0, 0, 1]]))).toMatchObject({ durationUs: 0, rateHz: null });
  });

  it("refuses time that runs backwards, also from part to part", () => {
    expect(() => summarizeEvents([eventsOf([[9, 0, 0, 1]]), eventsOf([[8, 0, 0, 1]])])).toThrow(
      /time runs backwards at event 1 \(8 us after 9 us\)/,
    );
  });
});

describe("rates", () => {
  it("counts events in windows of a millisecond from the first event", () => {
    const summarizer = new EventSummarizer();
    summarizer.add(sliceEvents(recording, 0, 3));
    expect(summarizer.rates()).toEqual({ windowUs: 1_000, counts: [2, 1] });
  });

  it("doubles the windows of a long recording and loses no event", () => {
    const long = createEventStream(10_000);
    for (let i = 0; i < 10_000; i++) long.t[i] = i * 6_000;
    const summarizer = new EventSummarizer();
    summarizer.add(long);
    const { windowUs, counts } = summarizer.rates();
    expect(windowUs).toBe(128_000);
    expect(counts).toHaveLength(469);
    expect(counts.reduce((a, b) => a + b, 0)).toBe(10_000);
    expect(Math.max(...counts) - Math.min(...counts.slice(0, -1))).toBe(1);
  });
});

describe("accumulate", () => {
  it("counts events at every feature and pixel", () => {
    const counts = accumulate(recording, [2, 3, 4]);
    expect(counts[2 * 4 + 0]).toBe(1);
    expect(counts[12 + 3]).toBe(1);
    expect(counts.reduce((a, b) => a + b, 0)).toBe(4);
    expect(() => accumulate(recording, [2, 3, 3])).toThrow(/event 0 \(p 1, y 0, x 3\) lies outside 2x3x3/);
  });
});
