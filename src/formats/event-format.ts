import type { EventStream, SensorSize } from "../events/event-stream.ts";
import type { Orientation } from "../events/orient.ts";
import type { ByteSource } from "./byte-source.ts";
import type { ReadReport } from "./read-report.ts";

/** How a recording is to be read; formats that know more conventions add their own options. */
export interface ReadEventsOptions {
  /** Size of the sensor, where the file does not say it or says it wrongly. Events outside are an error. */
  readonly sensor?: SensorSize;
  /** Name of the format, when its recognition by content is not wanted. */
  readonly format?: string;
  /** Events a part, about; the memory that reading takes grows with it. */
  readonly chunkEvents?: number;
  /**
   * Read what can be read of a damaged recording instead of refusing it: what is broken is left out, time that runs
   * backwards is mended (`event-guard.ts` says how), events outside the sensor are left out, and every such place is
   * noted in the report with its offset.
   */
  readonly repair?: boolean;
  /** Takes down what was skipped, mended and left out. */
  readonly report?: ReadReport;
  /** Conventions to be changed after reading; nothing is flipped or swapped unless asked for. */
  readonly orientation?: Orientation;
  /** AEDAT 1.0 and 2.0: the camera whose addresses these are, where the file's header does not say it. */
  readonly camera?: Aedat2Camera;
  /** CSV: the columns in order, such as `t,x,y,p`, for a file without a first line that names them. */
  readonly columns?: string;
}

/** The options that are plain data, which can go to worker threads. */
export type ReadSettings = Omit<ReadEventsOptions, "report">;

export const AEDAT2_CAMERAS = ["dvs128", "davis240", "davis346"] as const;
export type Aedat2Camera = (typeof AEDAT2_CAMERAS)[number];

/**
 * One format of recordings.
 *
 * A reader hands out parts in file order, with `t` in the recording's own clock (`originUs` 0 unless the format states an
 * origin) and `sensor` set when it is known. It checks what only it can see (structure, sizes); order of time and
 * coordinates are checked for all formats in one place.
 */
export interface EventFormat {
  /** As in `events info`: short, lower case. */
  readonly name: string;
  /** For people. */
  readonly title: string;
  /** Endings, with the dot, that files of this format usually have. */
  readonly extensions: readonly string[];
  /**
   * How surely these are the first bytes of such a file, from 0 (no) to 1 (they carry its signature).
   *
   * @param head the first 4,096 bytes, or all of a shorter file
   */
  detect(head: Uint8Array, fileName: string): number;
  /**
   * @throws ChipError E_DAMAGED when bytes are missing or wrong, E_FORMAT when it is a kind that is not read, E_INPUT when
   *   values make no sense
   */
  read(source: ByteSource, options: ReadEventsOptions): AsyncIterable<EventStream>;
  /**
   * A whole recording as a file; absent when the format is only read.
   *
   * @throws ChipError E_INPUT when an event cannot be expressed in the format
   */
  write?(events: EventStream): Uint8Array | Promise<Uint8Array>;
}

export const DEFAULT_CHUNK_EVENTS = 65_536;
