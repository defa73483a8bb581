import type { EventStream, SensorSize } from "../events/event-stream.ts";
import type { ByteSource } from "./byte-source.ts";

/** How a recording is to be read; formats that know more conventions add their own options. */
export interface ReadEventsOptions {
  /** Size of the sensor, where the file does not say it or says it wrongly. Events outside are an error. */
  readonly sensor?: SensorSize;
  /** Name of the format, when its recognition by content is not wanted. */
  readonly format?: string;
  /** Events a part, about; the memory that reading takes grows with it. */
  readonly chunkEvents?: number;
}

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
  write?(events: EventStream): Uint8Array;
}

export const DEFAULT_CHUNK_EVENTS = 65_536;
