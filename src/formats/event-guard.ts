import { ChipError } from "../errors.ts";
import type { EventStream, SensorSize } from "../events/event-stream.ts";

/**
 * Passes a recording's parts on after checking what every format must keep: time never runs backwards, within a part or
 * from one to the next, and no event lies outside the sensor.
 *
 * @param name how messages call the recording
 * @throws ChipError E_INPUT naming the first event that breaks a rule (`details.event` counts from 0)
 */
export async function* guardEvents(parts: AsyncIterable<EventStream>, name: string): AsyncGenerator<EventStream> {
  let before = 0;
  let last = Number.NEGATIVE_INFINITY;
  for await (const part of parts) {
    const { t, sensor } = part;
    for (let i = 0; i < t.length; i++) {
      if (t[i] < last) throw backwards(name, before + i, t[i], last);
      last = t[i];
    }
    if (sensor !== undefined) checkAddresses(part, sensor, before, name);
    before += t.length;
    if (t.length > 0) yield part;
  }
}

function checkAddresses({ x, y }: EventStream, [width, height]: SensorSize, before: number, name: string): void {
  for (let i = 0; i < x.length; i++) {
    if (x[i] < width && y[i] < height) continue;
    throw new ChipError(
      "E_INPUT",
      `${name}: event ${before + i} at x ${x[i]}, y ${y[i]} lies outside the sensor ${width}x${height}; give the sensor's true size with --sensor WIDTHxHEIGHT.`,
      { details: { event: before + i, x: x[i], y: y[i], sensor: [width, height] } },
    );
  }
}

function backwards(name: string, event: number, us: number, last: number): ChipError {
  return new ChipError(
    "E_INPUT",
    `${name} runs backwards in time at event ${event} (${us} us after ${last} us); sort the events by time first.`,
    {
      details: { event, us, lastUs: last },
    },
  );
}
