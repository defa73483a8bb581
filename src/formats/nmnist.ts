import { ChipError } from "../errors.ts";
import { createEventStream, type EventStream, type SensorSize, sliceEvents } from "../events/event-stream.ts";
import { ByteReader, type ByteSource, readPieces } from "./byte-source.ts";
import { DEFAULT_CHUNK_EVENTS, type EventFormat, type ReadEventsOptions } from "./event-format.ts";
import { tolerate } from "./read-report.ts";

const RECORD = 5;
/** An event in this row is no event: the clock ran over. */
const OVERFLOW_Y = 240;
const OVERFLOW_US = 8192;
const CLOCK_US = 2 ** 23;
const SENSOR: SensorSize = [34, 34];

/**
 * N-MNIST and N-Caltech101 recordings, `.bin` or SLAYER's `.bs2` (Orchard et al. 2015).
 *
 * No header; five bytes an event: x, y, then polarity in the top bit (1 is ON) over 23 bits of microseconds, high byte
 * first. A row of 240 marks an overflow of the clock: 8,192 us more for all that follows. The sensor is N-MNIST's 34x34
 * unless the caller says otherwise.
 */
export const nmnist: EventFormat = {
  name: "nmnist",
  title: "N-MNIST",
  extensions: [".bin", ".bs2"],
  detect,
  read,
  write,
};

/** There is no signature, so: how many records of the head are ordered in time and in rows that exist? */
function detect(head: Uint8Array, fileName: string): number {
  const named = nmnist.extensions.some((ending) => fileName.toLowerCase().endsWith(ending));
  const records = Math.floor(head.length / RECORD);
  let sound = 0;
  let last = 0;
  for (let i = 0; i < records; i++) {
    const at = i * RECORD;
    const t = ((head[at + 2] & 0x7f) << 16) | (head[at + 3] << 8) | head[at + 4];
    const overflow = head[at + 1] === OVERFLOW_Y;
    if (overflow || (head[at + 1] < OVERFLOW_Y && t >= last && t - last < 1_000_000)) sound++;
    last = overflow ? Math.max(0, last - OVERFLOW_US) : t;
  }
  const share = records === 0 ? 0 : sound / records;
  if (named) return share >= 0.9 || records === 0 ? 0.6 : 0;
  return records >= 16 && share === 1 ? 0.3 : 0;
}

async function* read(source: ByteSource, options: ReadEventsOptions): AsyncGenerator<EventStream> {
  const { sensor = SENSOR, chunkEvents = DEFAULT_CHUNK_EVENTS, report } = options;
  const reader = new ByteReader(readPieces(source));
  let overflowUs = 0;
  let decoded = 0;
  for (;;) {
    const bytes = await reader.read(chunkEvents * RECORD);
    const records = Math.floor(bytes.length / RECORD);
    if (records > 0) {
      const part = createEventStream(records, sensor);
      let length = 0;
      for (let at = 0; at < records * RECORD; at += RECORD) {
        if (bytes[at + 1] === OVERFLOW_Y) {
          overflowUs += OVERFLOW_US;
          report?.noteClockOverflow();
          continue;
        }
        part.t[length] = (((bytes[at + 2] & 0x7f) << 16) | (bytes[at + 3] << 8) | bytes[at + 4]) + overflowUs;
        part.x[length] = bytes[at];
        part.y[length] = bytes[at + 1];
        part.p[length] = bytes[at + 2] >> 7;
        length++;
      }
      decoded += length;
      yield sliceEvents(part, 0, length);
    }
    const left = bytes.length % RECORD;
    if (left > 0) {
      tolerate(
        {
          kind: "cut short",
          fault: `${source.name} is cut short: ${left} bytes are left after event ${decoded} (offset ${source.size - left}), and an event takes ${RECORD}`,
          mended: "they are left out",
          offset: source.size - left,
          event: decoded,
        },
        options,
      );
    }
    if (bytes.length < chunkEvents * RECORD) return;
  }
}

function write(events: EventStream): Uint8Array {
  const { t, x, y, p, originUs } = events;
  const last = t.length > 0 ? originUs + t[t.length - 1] : 0;
  const markers = Math.max(0, Math.floor((last - CLOCK_US) / OVERFLOW_US) + 1);
  const out = new Uint8Array((t.length + markers) * RECORD);
  let at = 0;
  let overflowUs = 0;
  const record = (column: number, row: number, on: number, us: number): void => {
    out[at++] = column;
    out[at++] = row;
    out[at++] = (on << 7) | (us >> 16);
    out[at++] = us >> 8;
    out[at++] = us;
  };
  for (let i = 0; i < t.length; i++) {
    const us = originUs + t[i];
    if (us < 0 || x[i] > 255 || y[i] > 255 || y[i] === OVERFLOW_Y || p[i] > 1) {
      throw new ChipError(
        "E_INPUT",
        `event ${i} (t ${us} us, x ${x[i]}, y ${y[i]}, p ${p[i]}) has no place in an N-MNIST file, which holds t >= 0, x and y up to 255 (y not 240) and p 0 or 1; write .npz instead.`,
        { details: { event: i } },
      );
    }
    while (us - overflowUs >= CLOCK_US) {
      record(0, OVERFLOW_Y, 0, CLOCK_US - 1);
      overflowUs += OVERFLOW_US;
    }
    record(x[i], y[i], p[i], us - overflowUs);
  }
  return out.subarray(0, at);
}
