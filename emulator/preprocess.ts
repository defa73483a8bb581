import type { InputConfig } from "../src/chip/config.ts";
import { ChipError } from "../src/errors.ts";
import type { EventStream } from "../src/events/event-stream.ts";
import { EventFilter } from "./filter.ts";
import { packAddress } from "./program.ts";

/** Input events of one batch after the input layer. */
export interface PreparedBatch {
  length: number;
  /** `packAddress` of each event that passed. */
  readonly address: Uint32Array;
  /** Index of each passed event in the stream that was given. */
  readonly source: Uint32Array;
  /** Events that the polarity switches, the cut or the event filter kept out. */
  dropped: number;
  /** Of these, by the event filter. */
  filtered: number;
  /** Copies that will be dropped because they do not fill a pooling block of their destination [R6]. */
  poolDropped: number;
}

/** What of a map comes through the pooling of a destination, before the division. */
interface PoolEdge {
  readonly height: number;
  readonly width: number;
}

/**
 * [R10] The input layer: polarity selection and merge, pooling, cut, mirror, event filter, in the chip's order (Speck
 * data sheet 3.2.3). Coordinates after the mirror are those of `config.shape`; the filter works on these.
 *
 * The filter's stamps go on from run to run until `reset`.
 *
 * @throws ChipError E_INPUT naming the first event that lies outside the input map
 */
export class InputLayer {
  readonly #config: InputConfig;
  readonly #shiftY: number;
  readonly #shiftX: number;
  readonly #polarities: boolean;
  readonly #filter: EventFilter | null;
  /** Of the destinations whose pooling leaves rows or columns over. */
  readonly #edges: readonly PoolEdge[];

  constructor(config: InputConfig) {
    this.#config = config;
    this.#shiftY = Math.log2(config.pooling[0]);
    this.#shiftX = Math.log2(config.pooling[1]);
    // Maps of more than two features come from a host, not from the sensor: p is the feature then.
    this.#polarities = config.shape[0] <= 2;
    this.#filter = config.filter ? new EventFilter(config.filter, config.shape) : null;
    const [, height, width] = config.shape;
    this.#edges = config.destinations
      .map(({ pooling }) => ({ height: height - (height % pooling), width: width - (width % pooling) }))
      .filter((edge) => edge.height < height || edge.width < width);
  }

  /** One tick of the slow clock: the filter's stamps age. */
  tick(): void {
    this.#filter?.tick();
  }

  reset(): void {
    this.#filter?.reset();
  }

  prepare(events: EventStream, from: number, to: number): PreparedBatch {
    const { shape, cut, merge, onChannel, offChannel, mirrorX, mirrorY, mirrorDiagonal } = this.#config;
    const [features, height, width] = shape;
    const batch: PreparedBatch = {
      length: 0,
      address: new Uint32Array(to - from),
      source: new Uint32Array(to - from),
      dropped: 0,
      filtered: 0,
      poolDropped: 0,
    };
    for (let i = from; i < to; i++) {
      let p = events.p[i] as number;
      if (this.#polarities) {
        if (p > 1) throw outside(events, i, this.#config);
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
      if (mirrorDiagonal) [y, x] = [x, y];
      if (this.#filter && !this.#filter.passes(y, x)) {
        batch.dropped++;
        batch.filtered++;
        continue;
      }
      for (const edge of this.#edges) if (y >= edge.height || x >= edge.width) batch.poolDropped++;
      batch.address[batch.length] = packAddress(p, y, x);
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
