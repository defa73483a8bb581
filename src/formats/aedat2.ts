import { ChipError } from "../errors.ts";
import { createEventStream, type EventStream, type SensorSize, sliceEvents } from "../events/event-stream.ts";
import type { ByteSource } from "./byte-source.ts";
import { type Aedat2Camera, DEFAULT_CHUNK_EVENTS, type EventFormat, type ReadEventsOptions } from "./event-format.ts";
import { tolerate } from "./read-report.ts";
import { readRecordBlocks } from "./record-blocks.ts";
import { parseTextHeader, readTextHeader } from "./text-header.ts";

/**
 * AEDAT 1.0 and 2.0, jAER's recordings (iniVation's AEDAT 1.0 and 2.0 specifications; addresses as in jAER).
 *
 * Lines that begin with `#`, then records with the high byte first: address (2 bytes in 1.0, 4 in 2.0), time stamp
 * (4 bytes, microseconds). Addresses are handed out as stored, nothing flipped: DVS128 x = bits 7..1, y = bits 14..8,
 * p = bit 0; DAVIS x = bits 21..12, y = bits 30..22, p = bit 11. jAER shows x mirrored and y upwards, and DVS128's p = 1
 * is OFF there; `orientEvents` turns and swaps on request.
 *
 * External events, and the APS and IMU samples of a DAVIS, are skipped and counted. The time stamp counts without sign and
 * begins anew after 2^32 us (71 minutes): a step from the last quarter of that range to the first is such an overflow.
 */
export const aedat2: EventFormat = {
  name: "aedat2",
  title: "AEDAT 1.0/2.0",
  extensions: [".aedat", ".dat"],
  detect: (head) => {
    const { lines } = parseTextHeader(head, "#", isHeaderEnd);
    return versionOf(lines) === undefined ? 0 : 1;
  },
  read,
};

type Version = "1.0" | "2.0";

const HEADER_START = /^#!AER-DAT(\d+\.\d+)/;
const isHeaderEnd = (line: string): boolean => /^#\s*End Of ASCII Header/i.test(line);

const SENSORS: Readonly<Record<Aedat2Camera, SensorSize>> = {
  dvs128: [128, 128],
  davis240: [240, 180],
  davis346: [346, 260],
};

/** Without a version line, jAER's own words stand for 1.0 and for its chips. */
function versionOf(lines: readonly string[]): Version | undefined {
  const stated = HEADER_START.exec(lines[0] ?? "")?.[1];
  if (stated === "1.0" || stated === "2.0") return stated;
  if (stated !== undefined) return undefined;
  return lines.some((line) => /raw AE data file/i.test(line)) ? "1.0" : undefined;
}

/** By the class of the chip that jAER notes; DVS128 where it notes none. */
function cameraOf(lines: readonly string[]): Aedat2Camera {
  const chip = lines.find((line) => /^#\s*AEChip:/i.test(line)) ?? "";
  if (/davis.*346/i.test(chip)) return "davis346";
  return /davis/i.test(chip) ? "davis240" : "dvs128";
}

async function* read(source: ByteSource, options: ReadEventsOptions): AsyncGenerator<EventStream> {
  const { chunkEvents = DEFAULT_CHUNK_EVENTS, report } = options;
  const { lines, dataOffset } = await readTextHeader(source, "#", isHeaderEnd);
  const version = versionOf(lines) ?? "1.0";
  const camera = options.camera ?? cameraOf(lines);
  if (version === "1.0" && camera !== "dvs128") {
    throw new ChipError(
      "E_OPTION",
      `${source.name} is AEDAT 1.0, whose addresses of 16 bits are a DVS128's; camera ${camera} needs 2.0.`,
    );
  }
  const sensor = options.sensor ?? SENSORS[camera];
  const decoder = new Decoder(version, camera);
  for await (const { bytes, offset } of readRecordBlocks(source, dataOffset, decoder.size, chunkEvents, options)) {
    const part = decoder.decode(bytes, sensor);
    for (let i = 0; i < decoder.overflows; i++) report?.noteClockOverflow();
    report?.noteSkipped("external events, APS and IMU samples", decoder.special);
    if (decoder.strange >= 0) {
      const at = offset + decoder.strange;
      tolerate(
        {
          kind: "addresses",
          fault: `${source.name} has an address at offset ${at} that no ${camera.toUpperCase()} sends`,
          mended: "such events are left out",
          remedy: "name the camera with --camera",
          offset: at,
          count: decoder.strangers,
        },
        options,
      );
    }
    yield part;
  }
}

const WRAP = 2 ** 32;
const FIRST_QUARTER = WRAP / 4;
const LAST_QUARTER = 3 * FIRST_QUARTER;

class Decoder {
  readonly size: 6 | 8;
  readonly #davis: boolean;
  #last = 0;
  #base = 0;
  /** Of the block that was decoded last: clock overflows, records that are no pixel events, the first wrong address and their number. */
  overflows = 0;
  special = 0;
  strange = -1;
  strangers = 0;

  constructor(version: Version, camera: Aedat2Camera) {
    this.size = version === "1.0" ? 6 : 8;
    this.#davis = camera !== "dvs128";
  }

  decode(bytes: Uint8Array, sensor: SensorSize): EventStream {
    const { size } = this;
    const part = createEventStream(bytes.length / size, sensor);
    const { t, x, y, p } = part;
    const wide = size === 8;
    const davis = this.#davis;
    let length = 0;
    let last = this.#last;
    this.overflows = 0;
    this.special = 0;
    this.strange = -1;
    this.strangers = 0;
    for (let at = 0; at < bytes.length; at += size) {
      const upper = wide ? (bytes[at] << 8) | bytes[at + 1] : 0;
      const lower = wide ? (bytes[at + 2] << 8) | bytes[at + 3] : (bytes[at] << 8) | bytes[at + 1];
      const time = at + size - 4;
      const us = ((bytes[time] << 24) | (bytes[time + 1] << 16) | (bytes[time + 2] << 8) | bytes[time + 3]) >>> 0;
      if (last >= LAST_QUARTER && us < FIRST_QUARTER) {
        this.#base += WRAP;
        this.overflows++;
      }
      last = us;
      if (davis) {
        if ((upper & 0x8000) !== 0 || (lower & 0x400) !== 0) {
          this.special++;
          continue;
        }
        x[length] = ((upper & 0x3f) << 4) | (lower >> 12);
        y[length] = (upper >> 6) & 0x1ff;
        p[length] = (lower >> 11) & 1;
      } else {
        if (upper !== 0) {
          if (this.strangers++ === 0) this.strange = at;
          continue;
        }
        if ((lower & 0x8000) !== 0) {
          this.special++;
          continue;
        }
        x[length] = (lower >> 1) & 127;
        y[length] = lower >> 8;
        p[length] = lower & 1;
      }
      t[length] = us + this.#base;
      length++;
    }
    this.#last = last;
    return sliceEvents(part, 0, length);
  }
}
