import { ChipError } from "../errors.ts";
import { createEventStream, type EventStream } from "../events/event-stream.ts";
import type { ByteSource } from "./byte-source.ts";
import { DEFAULT_CHUNK_EVENTS, type EventFormat, type ReadEventsOptions } from "./event-format.ts";
import { parsePropheseeHeader, readPropheseeHeader } from "./prophesee-header.ts";
import { asUint32, readRecordBlocks } from "./record-blocks.ts";

/**
 * Prophesee DAT, versions 1 and 2 (Metavision SDK documentation, "DAT File Format").
 *
 * Lines that begin with `%`, one byte for the kind of event (0 and 12 are pixel events), one for its size (8), then
 * records, low byte first: u32 time in microseconds; u32 with x, y and polarity (1 = ON), in version 2 of 14, 14 and 4
 * bits, in version 1 of 9, 8 and 1. The time stamp begins anew after 2^32 us: a step from the last quarter of that range
 * to the first is such an overflow.
 */
export const dat: EventFormat = {
  name: "dat",
  title: "Prophesee DAT",
  extensions: [".dat"],
  detect: (head) => {
    const header = parsePropheseeHeader(head);
    if (header === undefined || header.evt !== undefined) return 0;
    return head[header.dataOffset] in KINDS && head[header.dataOffset + 1] === RECORD ? 1 : 0;
  },
  read,
};

const RECORD = 8;
const KINDS: Readonly<Record<number, string>> = {
  0: "events",
  12: "events",
  14: "external triggers",
  40: "optical flow",
};
const PIXEL_KINDS = [0, 12];
const WRAP = 2 ** 32;

async function* read(source: ByteSource, options: ReadEventsOptions): AsyncGenerator<EventStream> {
  const { chunkEvents = DEFAULT_CHUNK_EVENTS, report } = options;
  const header = await readPropheseeHeader(source);
  const [kind, size] = await source.read(header.dataOffset, 2);
  if (kind === undefined || size === undefined) {
    throw new ChipError("E_DAMAGED", `${source.name} ends in its header, at byte ${source.size}; copy it again.`);
  }
  if (!PIXEL_KINDS.includes(kind) || size !== RECORD) {
    throw new ChipError(
      "E_FORMAT",
      `${source.name} holds ${KINDS[kind] ?? `records of kind ${kind}`} of ${size} bytes; pixel events (kind 0 or 12) of 8 bytes are read.`,
    );
  }
  const sensor = options.sensor ?? header.sensor;
  const version = Number(header.values.get("version") ?? 1);
  let last = 0;
  let baseUs = 0;
  for await (const { bytes } of readRecordBlocks(source, header.dataOffset + 2, RECORD, chunkEvents, options)) {
    const words = asUint32(bytes);
    const part = createEventStream(words.length >> 1, sensor);
    const { t, x, y, p } = part;
    for (let i = 0; i < t.length; i++) {
      const us = words[2 * i];
      if (last >= 0.75 * WRAP && us < 0.25 * WRAP) {
        baseUs += WRAP;
        report?.noteClockOverflow();
      }
      last = us;
      t[i] = baseUs + us;
    }
    if (version >= 2) {
      for (let i = 0; i < t.length; i++) {
        const word = words[2 * i + 1];
        x[i] = word & 0x3fff;
        y[i] = (word >>> 14) & 0x3fff;
        p[i] = (word >>> 28) & 1;
      }
    } else {
      for (let i = 0; i < t.length; i++) {
        const word = words[2 * i + 1];
        x[i] = word & 0x1ff;
        y[i] = (word >>> 9) & 0xff;
        p[i] = (word >>> 17) & 1;
      }
    }
    yield part;
  }
}
