import type { InputConfig } from "../src/chip/config.ts";
import { ChipError } from "../src/errors.ts";
import type { EventStream } from "../src/events/event-stream.ts";
import { packAddress } from "./program.ts";

/** Input events of one batch after the input layer. */
export interface PreparedBatch {
  length: number;
  /** `packAddress` of each event that passed. */
  readonly address: Uint32Array;
  /** Index of each passed event in the stream that was given. */
  readonly source: Uint32Array;
  /** Events that the polarity switches or the cut kept out. */
  dropped: number;
}

/**
 * [R10] The input layer: polarity selection and merge, pooling, cut, mirror, in the chip's order (Speck data sheet
 * 3.2.3). Coordinates after the mirror are those of `config.shape`.
 *
 * @throws ChipError E_INPUT naming the first event that lies outside the input map
 */
export class InputLayer {
  readonly #config: InputConfig;
  readonly #shiftY: number;
  readonly #shiftX: number;
  readonly #polarities: boolean;

  constructor(config: InputConfig) {
    this.#config = config;
    this.#shiftY = Math.log2(config.pooling[0]);
    this.#shiftX = Math.log2(config.pooling[1]);
    // Maps of more than two features come from a host, not from the sensor: p is the feature then.
    this.#polarities = config.shape[0] <= 2;
  }

  prepare(events: EventStream, from: number, to: number): PreparedBatch {
    const { shape, cut, merge, onChannel, offChannel, mirrorX, mirrorY, mirrorDiagonal } = this.#config;
    const [features, height, width] = shape;
    const batch: PreparedBatch = {
      length: 0,
      address: new Uint32Array(to - from),
      source: new Uint32Array(to - from),
      dropped: 0,
    };
    for (let i = from; i < to; i++) {
      let p = events.p[i] as number;
      if (this.#polarities) {
        if ((p === 1 && !onChannel) || (p === 0 && !offChannel)) {
          batch.dropped++;
          continue;
        }
        if (merge) p = 0;
      }
      let y = (events.y[i] as number) >> this.#shiftY;
      let x = (events.x[i] as number) >> this.#shiftX;
      if (cut) {
        if (y < cut.origin[0] || y > cut.corner[0] || x < cut.origin[1] || x > cut.corner[1]) {
          batch.dropped++;
          continue;
        }
        y -= cut.origin[0];
        x -= cut.origin[1];
      }
      if (p >= features || (mirrorDiagonal ? x >= height || y >= width : y >= height || x >= width)) {
        throw outside(events, i, this.#config);
      }
      if (mirrorX) x = (mirrorDiagonal ? height : width) - 1 - x;
      if (mirrorY) y = (mirrorDiagonal ? width : height) - 1 - y;
      batch.address[batch.length] = mirrorDiagonal ? packAddress(p, x, y) : packAddress(p, y, x);
      batch.source[batch.length++] = i;
    }
    return batch;
  }
}

function outside(events: EventStream, i: number, config: InputConfig): ChipError {
  const at = `(p ${events.p[i]}, y ${events.y[i]}, x ${events.x[i]})`;
  return new ChipError(
    "E_INPUT",
    `event ${i} ${at} lies outside the chip's input map ${config.shape.join("x")}; crop the recording, downsample it, or merge its polarities.`,
    { details: { event: i, shape: config.shape } },
  );
}
