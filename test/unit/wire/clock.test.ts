import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { systemClock } from "../../../src/wire/clock.ts";

const DAY_US = 86_400e6;
const DAY_MS = 86_400e3;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("a wait longer than a timer can hold ends when it should, not at once", () => {
  const callback = vi.fn();
  systemClock.after(60 * DAY_US, callback);
  vi.advanceTimersByTime(60 * DAY_MS - 1);
  expect(callback).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(callback).toHaveBeenCalledTimes(1);
});

test("a long wait can be cancelled at any time of it", () => {
  const callback = vi.fn();
  const cancel = systemClock.after(60 * DAY_US, callback);
  vi.advanceTimersByTime(40 * DAY_MS);
  cancel();
  vi.advanceTimersByTime(40 * DAY_MS);
  expect(callback).not.toHaveBeenCalled();
});
