import { ChipError } from "../errors.ts";
import { parseDurationUs } from "../units.ts";
import { type EventStream, sliceEvents } from "./event-stream.ts";

/** How a recording is cut: every so many events, or every so many microseconds. */
export type SliceRule = { readonly events: number } | { readonly windowUs: number };

/**
 * The rule that a text such as `3000` (events) or `100ms` (a window) means.
 *
 * @throws ChipError E_OPTION naming the option
 */
export function parseSliceRule(text: string, option = "--slice"): SliceRule {
  const trimmed = text.trim();
  if (!/^\d+$/.test(trimmed)) return { windowUs: parseDurationUs(trimmed, option) };
  const events = Number(trimmed);
  if (!(Number.isSafeInteger(events) && events > 0)) {
    throw new ChipError(
      "E_OPTION",
      `${option} is "${text}"; give a number of events above zero, or a duration such as 100ms.`,
    );
  }
  return { events };
}

/**
 * The slices of a recording by a rule, in order, as views without copying; times and origin stay those of the recording.
 * Slices do not overlap and the remainder is dropped.
 */
export function cutSlices(events: EventStream, rule: SliceRule): EventStream[] {
  return "events" in rule ? sliceByCount(events, rule.events) : sliceByWindow(events, rule.windowUs);
}

/** Slices of exactly `count` events. */
export function sliceByCount(events: EventStream, count: number): EventStream[] {
  if (!(Number.isInteger(count) && count > 0)) {
    throw new RangeError(`a slice needs a whole number of events, not ${count}`);
  }
  const slices = Math.floor(events.t.length / count);
  return Array.from({ length: slices }, (_, k) => sliceEvents(events, k * count, (k + 1) * count));
}

/**
 * Slice k holds the events of [first + k w, first + (k + 1) w); it may be empty. The last window counts only when the
 * recording lasts to its end (an event lasts one microsecond).
 */
export function sliceByWindow(events: EventStream, windowUs: number): EventStream[] {
  if (!(windowUs >= 1)) throw new RangeError(`a window must last at least 1 us, not ${windowUs}`);
  const { t } = events;
  if (t.length === 0) return [];
  const windows = Math.floor((t[t.length - 1] - t[0] + 1) / windowUs);
  const slices: EventStream[] = [];
  let from = 0;
  for (let k = 0; k < windows; k++) {
    const endUs = t[0] + (k + 1) * windowUs;
    let to = from;
    while (to < t.length && t[to] < endUs) to++;
    slices.push(sliceEvents(events, from, to));
    from = to;
  }
  return slices;
}
