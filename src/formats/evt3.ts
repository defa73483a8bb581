import type { EventStream } from "../events/event-stream.ts";
import type { ByteSource } from "./byte-source.ts";
import { DEFAULT_CHUNK_EVENTS, type EventFormat, type ReadEventsOptions } from "./event-format.ts";
import { EvtClock } from "./evt-time.ts";
import { kindOfWord } from "./evt-words.ts";
import { checkEvtEvent, evtFile, loopsOf } from "./evt-write.ts";
import { PartBuffer } from "./part-buffer.ts";
import { parsePropheseeHeader, readPropheseeHeader } from "./prophesee-header.ts";
import type { ReadReport } from "./read-report.ts";
import { asUint16, readRecordBlocks } from "./record-blocks.ts";

/**
 * Prophesee RAW, EVT 3.0 (Metavision SDK documentation, "EVT 3.0 Format").
 *
 * Words of 16 bits, low byte first, kind in the top four. Row, column, time and polarity are states that words change: an
 * event is made by ADDR_X, and by every bit that is set in a vector of 12 or 8 pixels. The clock of 24 bits runs over
 * after 16.8 s; a new TIME_HIGH sets its lower twelve bits to zero. Other kinds, and events before the first TIME_HIGH, are
 * skipped and counted.
 */
export const evt3: EventFormat = {
  name: "evt3",
  title: "Prophesee RAW EVT3",
  extensions: [".raw"],
  detect: (head) => (parsePropheseeHeader(head)?.evt === "3.0" ? 1 : 0),
  read,
  write,
};

const ADDR_Y = 0x0;
const ADDR_X = 0x2;
const VECT_BASE_X = 0x3;
const VECT_12 = 0x4;
const VECT_8 = 0x5;
const TIME_LOW = 0x6;
const CONTINUED_4 = 0x7;
const TIME_HIGH = 0x8;

async function* read(source: ByteSource, options: ReadEventsOptions): AsyncGenerator<EventStream> {
  const { chunkEvents = DEFAULT_CHUNK_EVENTS, report } = options;
  const header = await readPropheseeHeader(source);
  const decoder = new Evt3Decoder(report);
  const buffer = new PartBuffer(source, options, options.sensor ?? header.sensor);
  for await (const { bytes } of readRecordBlocks(source, header.dataOffset, 2, chunkEvents, options)) {
    const words = asUint16(bytes);
    for (let at = 0; at < words.length; ) {
      buffer.reserve(VECTOR);
      at = decoder.decode(words, at, buffer);
      if (buffer.room < VECTOR) yield buffer.take();
    }
  }
  decoder.countSkipped(report);
  if (buffer.length > 0) yield buffer.take();
}

/** Most events that one word makes. */
const VECTOR = 12;

class Evt3Decoder {
  readonly #clock: EvtClock;
  readonly #skipped = new Uint32Array(16);
  #early = 0;
  #baseUs = 0;
  #low = 0;
  #y = 0;
  #baseX = 0;
  #polarity = 0;

  constructor(report: ReadReport | undefined) {
    this.#clock = new EvtClock(12, 12, 2048, report);
  }

  /** Decodes words until they or the room in the buffer end; gives the index of the next word. */
  decode(words: Uint16Array, from: number, buffer: PartBuffer): number {
    const { t, x, y, p } = buffer.events;
    const enough = t.length - VECTOR;
    let started = this.#clock.started;
    let us = this.#baseUs + this.#low;
    let row = this.#y;
    let baseX = this.#baseX;
    let polarity = this.#polarity;
    let length = buffer.length;
    let at = from;
    for (; at < words.length && length <= enough; at++) {
      const word = words[at];
      switch (word >>> 12) {
        case ADDR_X:
          if (!started) {
            this.#early++;
            break;
          }
          t[length] = us;
          x[length] = word & 2047;
          y[length] = row;
          p[length] = (word >>> 11) & 1;
          length++;
          break;
        case ADDR_Y:
          row = word & 2047;
          break;
        case VECT_BASE_X:
          baseX = word & 2047;
          polarity = (word >>> 11) & 1;
          break;
        case VECT_12:
        case VECT_8: {
          const wide = word >>> 12 === VECT_12;
          if (started) {
            for (let rest = word & (wide ? 0xfff : 0xff); rest !== 0; rest &= rest - 1) {
              t[length] = us;
              x[length] = baseX + 31 - Math.clz32(rest & -rest);
              y[length] = row;
              p[length] = polarity;
              length++;
            }
          } else this.#early++;
          // Beyond every sensor it may stay where it is; it must not wrap around into the picture.
          baseX = Math.min(baseX + (wide ? 12 : 8), 0x8000);
          break;
        }
        case TIME_LOW:
          this.#low = word & 0xfff;
          us = this.#baseUs + this.#low;
          break;
        case TIME_HIGH: {
          const begin = this.#clock.advance(word & 0xfff);
          // The same TIME_HIGH comes again and again, and does not touch the lower bits then.
          if (begin !== this.#baseUs || !started) this.#low = 0;
          this.#baseUs = begin;
          started = true;
          us = begin + this.#low;
          break;
        }
        default:
          this.#skipped[word >>> 12]++;
      }
    }
    this.#y = row;
    this.#baseX = baseX;
    this.#polarity = polarity;
    buffer.length = length;
    return at;
  }

  countSkipped(report: ReadReport | undefined): void {
    report?.noteSkipped("words before the first time", this.#early);
    this.#skipped.forEach((count, kind) => {
      report?.noteSkipped(kind === CONTINUED_4 ? "continued words" : kindOfWord(kind), count);
    });
  }
}

/** Events one by one, without vectors: order within a microsecond is kept whatever it is. */
function write(events: EventStream): Uint8Array {
  const { t, x, y, p, originUs } = events;
  const limit = { name: "EVT3", largest: 2047, rangeUs: 2 ** 24 };
  // At most TIME_HIGH, TIME_LOW, ADDR_Y and ADDR_X an event, and two words a loop.
  const words = new Uint16Array(4 * t.length + 2 * loopsOf(events, limit));
  let length = 0;
  let loop = 0;
  let high = -1;
  let low = 0;
  let row = -1;
  for (let i = 0; i < t.length; i++) {
    checkEvtEvent(events, i, limit);
    const us = originUs + t[i];
    for (; loop < Math.floor(us / limit.rangeUs); loop++) {
      words[length++] = 0x8fff;
      words[length++] = 0x8000;
      high = 0;
      low = 0;
    }
    const inLoop = us - loop * limit.rangeUs;
    if (inLoop >>> 12 !== high) {
      high = inLoop >>> 12;
      low = 0;
      words[length++] = 0x8000 | high;
    }
    if ((inLoop & 0xfff) !== low) {
      low = inLoop & 0xfff;
      words[length++] = 0x6000 | low;
    }
    if (y[i] !== row) {
      row = y[i];
      words[length++] = row;
    }
    words[length++] = 0x2000 | (p[i] << 11) | x[i];
  }
  return evtFile("3.0", events, words.subarray(0, length));
}
