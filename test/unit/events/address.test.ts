import { describe, expect, it } from "vitest";
import { crop, downsample, type InputOptions, selectPolarity, toInputEvents } from "../../../src/events/address.ts";
import type { EventStream } from "../../../src/events/event-stream.ts";
import { eventsOf, rowsOf } from "../../support/events.ts";

const recording = eventsOf(
  [
    [10, 0, 0, 1],
    [10, 5, 2, 0],
    [20, 3, 7, 1],
    [30, 8, 8, 0],
  ],
  [9, 9],
);

function complaint(events: EventStream, options: InputOptions): { message: string; code: string } {
  try {
    toInputEvents(events, options);
  } catch (error) {
    return error as { message: string; code: string };
  }
  throw new Error("no error");
}

describe("polarity", () => {
  it.each([
    ["merge", [0, 0, 0, 0]],
    ["split", [1, 0, 1, 0]],
    ["swap", [0, 1, 0, 1]],
  ] as const)("%s keeps all events", (choice, features) => {
    const { events, dropped } = selectPolarity(recording, choice);
    expect([...events.p]).toEqual(features);
    expect(dropped).toBe(0);
  });

  it("on and off keep their own, as feature 0", () => {
    expect(rowsOf(selectPolarity(recording, "on").events)).toEqual([
      [10, 0, 0, 0],
      [20, 3, 7, 0],
    ]);
    expect(selectPolarity(recording, "off")).toMatchObject({ dropped: 2, events: { p: Uint16Array.of(0, 0) } });
  });

  it("does not touch the recording", () => {
    selectPolarity(recording, "merge");
    expect([...recording.p]).toEqual([1, 0, 1, 0]);
  });
});

describe("addresses", () => {
  it("are divided, rounding down; the sensor shrinks with them", () => {
    const small = downsample(recording, 4);
    expect(rowsOf(small).map(([, x, y]) => [x, y])).toEqual([
      [0, 0],
      [1, 0],
      [0, 1],
      [2, 2],
    ]);
    expect(small.sensor).toEqual([3, 3]);
    expect(() => downsample(recording, 1.5)).toThrow(/--downsample a whole number/);
  });

  it("are counted from the corner of a region cut out", () => {
    const { events, dropped } = crop(recording, { x: 3, y: 2, width: 5, height: 6 });
    expect(rowsOf(events)).toEqual([
      [10, 2, 0, 0],
      [20, 0, 5, 1],
    ]);
    expect(dropped).toBe(2);
    expect(events.sensor).toEqual([5, 6]);
  });
});

describe("toInputEvents", () => {
  it("uses p as the feature with two features, and merges into one", () => {
    const two = toInputEvents(recording, { inputShape: [2, 9, 9] });
    expect(rowsOf(two.events)).toEqual(rowsOf(recording));
    expect([...toInputEvents(recording, { inputShape: [1, 9, 9] }).events.p]).toEqual([0, 0, 0, 0]);
  });

  it("keeps the order of events of equal time", () => {
    const { events } = toInputEvents(recording, { inputShape: [2, 16, 16], polarity: "swap" });
    expect(rowsOf(events).slice(0, 2)).toEqual([
      [10, 0, 0, 0],
      [10, 5, 2, 1],
    ]);
  });

  it("says how many events lie outside, how far, and what helps", () => {
    const { code, message } = complaint(recording, { inputShape: [2, 4, 4], name: "rec.bin" });
    expect(code).toBe("E_INPUT");
    expect(message).toBe(
      "rec.bin: 3 of 4 events lie outside the 4x4 input map (x up to 8, y up to 8); " +
        "use --downsample 3 to divide addresses or --crop to leave them out.",
    );
  });

  it("does as that message says", () => {
    expect(toInputEvents(recording, { inputShape: [2, 4, 4], downsample: 3 }).dropped).toBe(0);
    const cropped = toInputEvents(recording, { inputShape: [2, 4, 4], crop: true });
    expect(rowsOf(cropped.events)).toEqual([[10, 0, 0, 1]]);
    expect(cropped.dropped).toBe(3);
    expect(cropped.events.sensor).toEqual([4, 4]);
  });

  it("refuses features that the input does not have, together with addresses outside", () => {
    const { message } = complaint(recording, { inputShape: [1, 4, 4], polarity: "split" });
    expect(message).toContain("3 of 4 events lie outside");
    expect(message).toContain("2 events have a feature up to 1, the input has 1 feature; use --polarity merge.");
  });

  it("cuts a region out of the downsampled addresses, as the chip's input layer does", () => {
    const { events, dropped } = toInputEvents(recording, {
      inputShape: [2, 2, 2],
      downsample: 4,
      crop: { x: 1, y: 0, width: 2, height: 2 },
    });
    expect(rowsOf(events)).toEqual([[10, 0, 0, 0]]);
    expect(dropped).toBe(3);
  });

  it("counts what polarity and crop leave out together", () => {
    expect(toInputEvents(recording, { inputShape: [1, 4, 4], polarity: "on", crop: true }).dropped).toBe(3);
  });

  it("takes an empty recording", () => {
    expect(toInputEvents(eventsOf([]), { inputShape: [2, 4, 4] })).toMatchObject({ dropped: 0 });
  });
});
