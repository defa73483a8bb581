import { createEventStream, type EventStream, type SensorSize, sliceEvents } from "../events/event-stream.ts";
import type { ByteSource } from "./byte-source.ts";
import { DEFAULT_CHUNK_EVENTS, type EventFormat, type ReadEventsOptions } from "./event-format.ts";
import { EvtClock } from "./evt-time.ts";
import { kindOfWord } from "./evt-words.ts";
import { checkEvtEvent, evtFile, loopsOf } from "./evt-write.ts";
import { parsePropheseeHeader, readPropheseeHeader } from "./prophesee-header.ts";
import type { ReadReport } from "./read-report.ts";
import { asUint32, readRecordBlocks } from "./record-blocks.ts";

/**
 * Prophesee RAW, EVT 2.0 (Metavision SDK documentation, "EVT 2.0 Format").
 *
 * Words of 32 bits, low byte first, kind in the top four: 0 and 1 are events (OFF, ON) with time bits 5..0, x and y;
 * 8 is TIME_HIGH, time bits 33..6. Other kinds, and events before the first TIME_HIGH, are skipped and counted. The clock
 * runs over after 2^34 us.
 */
export const evt2: EventFormat = {
  name: "evt2",
  title: "Prophesee RAW EVT2",
  extensions: [".raw"],
  detect: (head) => (parsePropheseeHeader(head)?.evt === "2.0" ? 1 : 0),
  read,
  write,
};

const TIME_HIGH = 8;
const HIGH_BITS = 28;
const DROP = 2 ** HIGH_BITS - 1 - 10_000;

async function* read(source: ByteSource, options: ReadEventsOptions): AsyncGenerator<EventStream> {
  const { chunkEvents = DEFAULT_CHUNK_EVENTS, report } = options;
  const header = await readPropheseeHeader(source);
  const sensor = options.sensor ?? header.sensor;
  const decoder = new Evt2Decoder(report);
  for await (const { bytes } of readRecordBlocks(source, header.dataOffset, 4, chunkEvents, options)) {
    const part = decoder.decode(asUint32(bytes), sensor);
    if (part.t.length > 0) yield part;
  }
  decoder.countSkipped(report);
}

class Evt2Decoder {
  readonly #clock: EvtClock;
  readonly #skipped = new Uint32Array(16);
  #early = 0;
  #baseUs = 0;

  constructor(report: ReadReport | undefined) {
    this.#clock = new EvtClock(6, HIGH_BITS, DROP, report);
  }

  decode(words: Uint32Array, sensor: SensorSize | undefined): EventStream {
    const part = createEventStream(words.length, sensor);
    const { t, x, y, p } = part;
    let started = this.#clock.started;
    let baseUs = this.#baseUs;
    let length = 0;
    for (let i = 0; i < words.length; i++) {
      const word = words[i];
      const kind = word >>> 28;
      if (kind <= 1) {
        if (!started) {
          this.#early++;
          continue;
        }
        t[length] = baseUs + ((word >>> 22) & 63);
        x[length] = (word >>> 11) & 2047;
        y[length] = word & 2047;
        p[length] = kind;
        length++;
      } else if (kind === TIME_HIGH) {
        baseUs = this.#clock.advance(word & 0xfffffff);
        started = true;
      } else this.#skipped[kind]++;
    }
    this.#baseUs = baseUs;
    return sliceEvents(part, 0, length);
  }

  countSkipped(report: ReadReport | undefined): void {
    report?.noteSkipped("events before the first time", this.#early);
    this.#skipped.forEach((count, kind) => {
      report?.noteSkipped(kindOfWord(kind), count);
    });
  }
}

function write(events: EventStream): Uint8Array {
  const { t, x, y, p, originUs } = events;
  const limit = { name: "EVT2", largest: 2047, rangeUs: 2 ** 34 };
  const loops = loopsOf(events, limit);
  // At most one TIME_HIGH an event and two words a loop.
  const words = new Uint32Array(2 * t.length + 2 * loops);
  let length = 0;
  let high = -1;
  let loop = 0;
  for (let i = 0; i < t.length; i++) {
    checkEvtEvent(events, i, limit);
    const us = originUs + t[i];
    for (; loop < Math.floor(us / limit.rangeUs); loop++) {
      words[length++] = 0x8fffffff;
      words[length++] = 0x80000000;
      high = 0;
    }
    const inLoop = us - loop * limit.rangeUs;
    const now = Math.floor(inLoop / 64);
    if (now !== high) words[length++] = 0x80000000 + now;
    high = now;
    words[length++] = (p[i] << 28) | ((inLoop % 64) << 22) | (x[i] << 11) | y[i];
  }
  return evtFile("2.0", events, words.subarray(0, length));
}
