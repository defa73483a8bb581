import { type PolarityChoice, toInputEvents } from "../events/address.ts";
import { type EventStream, rebaseEvents, type SensorSize } from "../events/event-stream.ts";
import { cutSlices, type SliceRule } from "../events/slice.ts";
import { readEventFile, streamEventFile } from "../formats/event-files.ts";
import type { ReadSettings } from "../formats/event-format.ts";
import { ReadReport } from "../formats/read-report.ts";

/** How a recording becomes input events; the same for every command that runs one. Plain data, for worker threads. */
export interface InputSettings {
  readonly polarity?: PolarityChoice;
  readonly crop?: boolean;
  readonly downsample?: number;
  readonly sensor?: SensorSize;
  readonly reading?: ReadSettings;
}

export interface InputSample {
  readonly events: EventStream;
  /** Events that crop or the polarity choice kept out. */
  readonly dropped: number;
  /** What was repaired in the file; absent for a sound one. */
  readonly warnings?: readonly string[];
}

/** One recording file as input events for a chip with this input shape, time counted from the first event. */
export async function readInputEvents(
  file: string,
  inputShape: readonly [number, number, number],
  settings: InputSettings,
): Promise<InputSample> {
  const { sensor, reading, ...choices } = settings;
  const report = new ReadReport();
  const recording = await readEventFile(file, { ...reading, ...(sensor ? { sensor } : {}), report });
  const { events, dropped } = toInputEvents(recording, { inputShape, name: file, ...choices });
  const warnings = report.warnings.map(({ message }) => message);
  return { events: rebaseEvents(events), dropped, ...(warnings.length > 0 ? { warnings } : {}) };
}

/** A recording that is read while it runs; the figures are complete when its events have been taken. */
export interface InputStream {
  readonly events: AsyncIterable<EventStream>;
  readonly dropped: () => number;
  readonly warnings: () => readonly string[];
}

/** As `readInputEvents`, part by part, in memory that does not grow with the recording. */
export async function streamInputEvents(
  file: string,
  inputShape: readonly [number, number, number],
  settings: InputSettings,
): Promise<InputStream> {
  const { sensor, reading, ...choices } = settings;
  const report = new ReadReport();
  const recording = await streamEventFile(file, { ...reading, ...(sensor ? { sensor } : {}), report });
  let dropped = 0;
  return {
    events: parts(),
    dropped: () => dropped,
    warnings: () => report.warnings.map(({ message }) => message),
  };

  async function* parts(): AsyncGenerator<EventStream> {
    for await (const part of recording.events) {
      const selected = toInputEvents(part, { inputShape, name: file, ...choices });
      dropped += selected.dropped;
      yield selected.events;
    }
  }
}

/** The slices of a recording, each a sample with its own time zero; the recording itself without a rule. */
export function sliceSample(sample: InputSample, rule: SliceRule | undefined): InputSample[] {
  if (rule === undefined) return [sample];
  const { warnings } = sample;
  return cutSlices(sample.events, rule).map((events, n) => ({
    events: rebaseEvents(events),
    dropped: 0,
    ...(n === 0 && warnings ? { warnings } : {}),
  }));
}
