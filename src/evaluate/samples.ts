import { type PolarityChoice, toInputEvents } from "../events/address.ts";
import { type EventStream, rebaseEvents, type SensorSize } from "../events/event-stream.ts";
import { cutSlices, type SliceRule } from "../events/slice.ts";
import { readEventFile } from "../formats/event-files.ts";

/** How a recording becomes input events; the same for every command that runs one. Plain data, for worker threads. */
export interface InputSettings {
  readonly polarity?: PolarityChoice;
  readonly crop?: boolean;
  readonly downsample?: number;
  readonly sensor?: SensorSize;
}

export interface InputSample {
  readonly events: EventStream;
  /** Events that crop or the polarity choice kept out. */
  readonly dropped: number;
}

/** One recording file as input events for a chip with this input shape, time counted from the first event. */
export async function readInputEvents(
  file: string,
  inputShape: readonly [number, number, number],
  settings: InputSettings,
): Promise<InputSample> {
  const { sensor, ...choices } = settings;
  const recording = await readEventFile(file, sensor ? { sensor } : {});
  const { events, dropped } = toInputEvents(recording, { inputShape, name: file, ...choices });
  return { events: rebaseEvents(events), dropped };
}

/** The slices of a recording, each a sample with its own time zero; the recording itself without a rule. */
export function sliceSample(sample: InputSample, rule: SliceRule | undefined): InputSample[] {
  if (rule === undefined) return [sample];
  return cutSlices(sample.events, rule).map((events) => ({ events: rebaseEvents(events), dropped: 0 }));
}
