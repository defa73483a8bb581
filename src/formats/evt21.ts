import type { EventStream } from "../events/event-stream.ts";
import type { ByteSource } from "./byte-source.ts";
import { DEFAULT_CHUNK_EVENTS, type EventFormat, type ReadEventsOptions } from "./event-format.ts";
import { EvtClock } from "./evt-time.ts";
import { kindOfWord } from "./evt-words.ts";
import { PartBuffer } from "./part-buffer.ts";
import { parsePropheseeHeader, readPropheseeHeader } from "./prophesee-header.ts";
import { asUint32, readRecordBlocks } from "./record-blocks.ts";

/**
 * Prophesee RAW, EVT 2.1 (Metavision SDK documentation, "EVT 2.1 Format").
 *
 * Words of 64 bits: kind in the top four, then as in EVT 2.0 in the upper half; the lower half is a mask of 32 pixels, bit
 * i standing for an event at x + i. The header's `endianness legacy` says that the upper half comes first.
 */
export const evt21: EventFormat = {
  name: "evt21",
  title: "Prophesee RAW EVT2.1",
  extensions: [".raw"],
  detect: (head) => (parsePropheseeHeader(head)?.evt === "2.1" ? 1 : 0),
  read,
};

const TIME_HIGH = 8;
/** Most events that one word makes. */
const GROUP = 32;
const HIGH_BITS = 28;
const DROP = 2 ** HIGH_BITS - 1 - 10_000;

async function* read(source: ByteSource, options: ReadEventsOptions): AsyncGenerator<EventStream> {
  const { chunkEvents = DEFAULT_CHUNK_EVENTS, report } = options;
  const header = await readPropheseeHeader(source);
  const upperFirst = /legacy|big/i.test(header.values.get("endianness") ?? "") ? 0 : 1;
  const buffer = new PartBuffer(source, options, options.sensor ?? header.sensor);
  const clock = new EvtClock(6, HIGH_BITS, DROP, report);
  const perBlock = Math.max(1, chunkEvents >> 2);
  let baseUs = 0;
  for await (const { bytes } of readRecordBlocks(source, header.dataOffset, 8, perBlock, options)) {
    const halves = asUint32(bytes);
    for (let i = 0; i < halves.length; i += 2) {
      const upper = halves[i + upperFirst];
      const kind = upper >>> 28;
      if (kind === TIME_HIGH) baseUs = clock.advance(upper & 0xfffffff);
      else if (kind > 1) report?.noteSkipped(kindOfWord(kind));
      else if (!clock.started) report?.noteSkipped("words before the first time");
      else {
        if (buffer.room < GROUP && buffer.length > 0) yield buffer.take();
        buffer.reserve(GROUP);
        expand(
          buffer,
          baseUs + ((upper >>> 22) & 63),
          (upper >>> 11) & 2047,
          upper & 2047,
          kind,
          halves[i + 1 - upperFirst],
        );
      }
    }
  }
  if (buffer.length > 0) yield buffer.take();
}

function expand(buffer: PartBuffer, us: number, x: number, y: number, polarity: number, mask: number): void {
  const { events } = buffer;
  let length = buffer.length;
  for (let rest = mask; rest !== 0; rest &= rest - 1) {
    events.t[length] = us;
    events.x[length] = x + 31 - Math.clz32(rest & -rest);
    events.y[length] = y;
    events.p[length] = polarity;
    length++;
  }
  buffer.length = length;
}
