/** Where the image stands at a time: its offset from the middle of the sensor, pixels right and down. */
export type Path = (tUs: number) => readonly [dx: number, dy: number];

export interface SaccadeOptions {
  /**
   * Corners that the image visits, pixels, back to the first at the end. Default: the triangle of N-MNIST, whose size was
   * read off the mean event position of real recordings: left above, middle below, right above.
   */
  readonly corners?: readonly (readonly [dx: number, dy: number])[];
  /** Time from one corner to the next, microseconds. Default 100,000 as in N-MNIST. */
  readonly saccadeUs?: number;
  /** The part of that time in which the image moves, microseconds; it rests for the other part. Default 85,000. */
  readonly moveUs?: number;
}

const NMNIST_CORNERS = [
  [-2.5, -2],
  [0, 2.5],
  [2.5, -2],
] as const;

/**
 * Saccades from corner to corner, again and again, as in N-MNIST (Orchard et al. 2015): three of them take 300 ms.
 *
 * The speed of each is a raised cosine: event rates of the real recordings swell and fade like that.
 */
export function saccadePath(options: SaccadeOptions = {}): Path {
  const { corners = NMNIST_CORNERS, saccadeUs = 100_000, moveUs = 85_000 } = options;
  if (corners.length < 1) throw new RangeError("a saccade path needs a corner");
  if (!(saccadeUs > 0 && moveUs > 0 && moveUs <= saccadeUs)) {
    throw new RangeError(`moveUs (${moveUs}) must be above zero and at most saccadeUs (${saccadeUs})`);
  }
  return (tUs) => {
    const saccade = Math.floor(tUs / saccadeUs);
    const from = corners[modulo(saccade, corners.length)];
    const to = corners[modulo(saccade + 1, corners.length)];
    const u = Math.min(1, (tUs - saccade * saccadeUs) / moveUs);
    const way = u - Math.sin(2 * Math.PI * u) / (2 * Math.PI);
    return [from[0] + way * (to[0] - from[0]), from[1] + way * (to[1] - from[1])];
  };
}

export interface SlowPathOptions {
  /** Half the extent of the movement, pixels. Default `[5, 2]`, as in MNIST-DVS at scale 4. */
  readonly amplitude?: readonly [x: number, y: number];
  /** Times of a full swing, microseconds. Default `[1,300,000, 650,000]`: a lying eight, as in MNIST-DVS. */
  readonly periodUs?: readonly [x: number, y: number];
  /** Where in its swing each axis starts, 0..1. */
  readonly phase?: readonly [x: number, y: number];
}

/** A slow wobble along both axes as in MNIST-DVS (Serrano-Gotarredona & Linares-Barranco 2015), 2 to 3 s long there. */
export function slowPath(options: SlowPathOptions = {}): Path {
  const { amplitude = [5, 2], periodUs = [1_300_000, 650_000], phase = [0, 0] } = options;
  if (!(periodUs[0] > 0 && periodUs[1] > 0))
    throw new RangeError(`periods must be above zero, not ${periodUs.join(", ")}`);
  const swing = (axis: 0 | 1, tUs: number) =>
    amplitude[axis] * Math.sin(2 * Math.PI * (tUs / periodUs[axis] + phase[axis]));
  return (tUs) => [swing(0, tUs), swing(1, tUs)];
}

function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}
