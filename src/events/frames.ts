import type { InputShape } from "./address.ts";
import type { EventStream } from "./event-stream.ts";

/**
 * Number of events at every place, `[feature][y][x]`; p is the feature.
 *
 * @throws RangeError when an event lies outside the shape (`toInputEvents` makes sure of that)
 */
export function accumulate(events: EventStream, shape: InputShape): Uint32Array {
  const [features, height, width] = shape;
  const { x, y, p } = events;
  const counts = new Uint32Array(features * height * width);
  for (let i = 0; i < x.length; i++) {
    if (x[i] >= width || y[i] >= height || p[i] >= features) {
      throw new RangeError(`event ${i} (p ${p[i]}, y ${y[i]}, x ${x[i]}) lies outside ${features}x${height}x${width}`);
    }
    counts[(p[i] * height + y[i]) * width + x[i]]++;
  }
  return counts;
}
