import type { RunOptions } from "../src/chip/chip.ts";
import type { SlowClockConfig } from "../src/chip/config.ts";
import { ChipError } from "../src/errors.ts";
import { checkEvents, type EventStream } from "../src/events/event-stream.ts";
import { lowerBound, SlowClock } from "./slow-clock.ts";

/** Events between two looks at the abort signal: batches cost nothing at this size, and Ctrl-C is answered at once. */
const SPAN_EVENTS = 8192;
/**
 * Between two pauses, in which the host's own events (signals, timers) are served: events in full spans, or spans where
 * ticks cut them short. In a browser a pause costs milliseconds, so a recording with a tick a millisecond must not have
 * one every few spans.
 */
const FULL_SPANS_PER_PAUSE = 16;
const SPANS_PER_PAUSE = 512;

/** What `drive` tells the runner; times are microseconds from the recording's first event. */
export interface Runner {
  /** Most events of a span, fewer where an event is more work, so that Ctrl-C is answered all the same. Default 8,192. */
  readonly spanEvents?: number;
  /** Input events `[from, to)` of `events`, with no tick between them. `startUs` is the time of the first event of all. */
  span(events: EventStream, from: number, to: number, startUs: number): void;
  tick(tickUs: number, internal: boolean): void;
}

export interface Driven {
  readonly events: number;
  readonly durationUs: number;
}

/**
 * Walks a recording in order, cut into spans at slow-clock ticks [R8], in bounded memory.
 *
 * @throws ChipError E_INPUT when time runs backwards, also between chunks; E_INTERRUPTED when the signal aborts
 */
export async function drive(
  source: EventStream | AsyncIterable<EventStream>,
  clockConfig: SlowClockConfig,
  options: RunOptions,
  runner: Runner,
): Promise<Driven> {
  const clock = new SlowClock(clockConfig);
  const spanEvents = runner.spanEvents ?? SPAN_EVENTS;
  const untilUs = options.untilUs ?? Number.POSITIVE_INFINITY;
  let startUs: number | undefined;
  let lastUs = 0;
  let count = 0;
  let spans = 0;
  let pausedAt = 0;
  for await (const events of chunksOf(source)) {
    const length = events.t.length;
    if (length === 0) continue;
    checkEvents(events, "the recording");
    const absolute = events.originUs + (events.t[0] as number);
    if (startUs !== undefined && absolute < lastUs) {
      throw new ChipError(
        "E_INPUT",
        `the recording runs backwards in time between two chunks (${absolute} us after ${lastUs} us); sort the events by time first.`,
      );
    }
    startUs ??= absolute;
    const chunkStart = startUs - events.originUs;
    const end = lowerBound(events.t, chunkStart + untilUs, 0, length);
    let at = 0;
    while (at < end) {
      throwIfAborted(options.signal);
      const nowUs = (events.t[at] as number) - chunkStart;
      for (let tickUs = clock.takeExternal(nowUs); tickUs !== undefined; tickUs = clock.takeExternal(nowUs)) {
        runner.tick(tickUs, false);
      }
      const to = clock.spanEnd(events, at, Math.min(end, at + spanEvents), chunkStart);
      runner.span(events, at, to, chunkStart);
      count += to - at;
      if (clock.countEvents(to - at)) runner.tick((events.t[to - 1] as number) - chunkStart, true);
      at = to;
      options.onProgress?.(count);
      if (++spans >= SPANS_PER_PAUSE || count - pausedAt >= FULL_SPANS_PER_PAUSE * spanEvents) {
        spans = 0;
        pausedAt = count;
        await pause();
      }
    }
    lastUs = events.originUs + (events.t[length - 1] as number);
    if (end < length) break;
  }
  if (untilUs !== Number.POSITIVE_INFINITY) {
    for (let tickUs = clock.takeExternal(untilUs); tickUs !== undefined; tickUs = clock.takeExternal(untilUs))
      runner.tick(tickUs, false);
  }
  return { events: count, durationUs: startUs === undefined ? 0 : Math.min(lastUs - startUs, untilUs) };
}

async function* chunksOf(source: EventStream | AsyncIterable<EventStream>): AsyncIterable<EventStream> {
  if (Symbol.asyncIterator in source) yield* source;
  else yield source;
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new ChipError("E_INTERRUPTED", "the run was interrupted; nothing was written.");
}

function pause(): Promise<void> {
  // Browsers have only the timer, which takes a millisecond or more; a turn of Node's event loop takes microseconds.
  const { setImmediate: turn } = globalThis as { setImmediate?: (done: () => void) => void };
  return new Promise((resolve) => {
    if (turn) turn(resolve);
    else setTimeout(resolve, 0);
  });
}
