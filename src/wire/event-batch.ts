import type { OutputEvents } from "../chip/chip.ts";
import { ChipError } from "../errors.ts";
import { type EventBatchMessage, halves, joined } from "./messages.ts";

/** Events to be packed, structure of arrays; times are integer microseconds, not decreasing. */
export interface WireEvents {
  readonly t: Float64Array;
  readonly feature: Uint16Array;
  readonly y: Uint16Array;
  readonly x: Uint16Array;
  /** Absent on the way down. */
  readonly core?: Uint8Array;
}

/** The fields of an EventBatch, ready to be encoded. */
export interface PackedBatch {
  readonly run: number;
  readonly count: number;
  readonly baseLow: number;
  readonly baseHigh: number;
  readonly coreBits: number;
  readonly featureBits: number;
  readonly yBits: number;
  readonly xBits: number;
  readonly core: number;
  readonly packed: Uint8Array;
}

interface Layout {
  /** The events before this one can go into one batch. */
  readonly end: number;
  readonly coreBits: number;
  readonly featureBits: number;
  readonly yBits: number;
  readonly xBits: number;
}

const MOST_EVENTS = 0xffff;
const MOST_DELTA = 0xffff_ffff;
/** Of the fifth byte of a delta. */
const LARGEST_SCALE = 128 ** 4;
const WIDEST_ADDRESS = 32;
/** Longest delta and longest address. */
const LONGEST_EVENT = 9;

/**
 * Packs events `[from, ...)` into one batch (layout: `firmware-schemas/events.proto`); `count` says how many went in, at
 * least one.
 *
 * @param zeroUs time in `events.t` of the run's first input event
 * @param scratch where the packed events are written; its length, at least 9 bytes, is the limit, and the result a view of it
 * @throws ChipError E_INPUT for an address that takes more than 32 bits, which no map has
 */
export function packEvents(
  events: WireEvents,
  from: number,
  to: number,
  run: number,
  zeroUs: number,
  scratch: Uint8Array,
): PackedBatch {
  const { t, feature, y, x, core } = events;
  const layout = layoutOf(events, from, Math.min(to, from + MOST_EVENTS, from + (scratch.length >>> 1)));
  const { end, coreBits, featureBits, yBits, xBits } = layout;
  const featureAt = xBits + yBits;
  const coreAt = featureAt + featureBits;
  const bits = coreAt + coreBits;
  const base = (t[from] as number) - zeroUs;
  const full = scratch.length - LONGEST_EVENT;
  let before = t[from] as number;
  let at = 0;
  let i = from;
  for (; i < end && at <= full; i++) {
    const now = t[i] as number;
    let delta = now - before;
    if (delta > MOST_DELTA) break;
    before = now;
    while (delta > 127) {
      scratch[at++] = (delta % 128) | 128;
      delta = Math.floor(delta / 128);
    }
    scratch[at++] = delta;
    // Shifts by 32 would be shifts by 0; what is shifted is 0 then.
    let address = (x[i] as number) | ((y[i] as number) << xBits);
    if (featureBits > 0) address |= (feature[i] as number) << featureAt;
    if (coreBits > 0) address |= ((core as Uint8Array)[i] as number) << coreAt;
    for (let rest = bits; rest > 0; rest -= 8) {
      scratch[at++] = address;
      address >>>= 8;
    }
  }
  const [baseLow, baseHigh] = halves(base);
  return {
    run,
    count: i - from,
    baseLow,
    baseHigh,
    coreBits,
    featureBits,
    yBits,
    xBits,
    core: coreBits === 0 && core ? (core[from] as number) : 0,
    packed: scratch.subarray(0, at),
  };
}

/** Widths as narrow as the events `[from, to)` allow; fewer events where their addresses do not go into 32 bits together. */
function layoutOf({ feature, y, x, core }: WireEvents, from: number, to: number): Layout {
  for (let end = to; ; end = from + Math.max(1, (end - from) >>> 1)) {
    let features = 0;
    let rows = 0;
    let columns = 0;
    let cores = 0;
    let differ = 0;
    for (let i = from; i < end; i++) {
      features |= feature[i] as number;
      rows |= y[i] as number;
      columns |= x[i] as number;
    }
    if (core) {
      for (let i = from; i < end; i++) {
        cores |= core[i] as number;
        differ |= (core[i] as number) ^ (core[from] as number);
      }
    }
    const coreBits = differ === 0 ? 0 : bitsOf(cores);
    const featureBits = bitsOf(features);
    const yBits = bitsOf(rows);
    const xBits = bitsOf(columns);
    if (coreBits + featureBits + yBits + xBits <= WIDEST_ADDRESS) return { end, coreBits, featureBits, yBits, xBits };
    if (end <= from + 1) {
      throw new ChipError(
        "E_INPUT",
        `an event at feature ${feature[from]}, row ${y[from]}, column ${x[from]} is on no map: its address takes more than 32 bits. Check the recording's format, or crop it.`,
      );
    }
  }
}

/**
 * The events of a batch, their times counted from the run's first input event.
 *
 * @throws ChipError E_LINK for a batch that breaks the rules of `events.proto`; nothing is allocated for it
 */
export function unpackEvents(batch: EventBatchMessage): OutputEvents {
  const { count, coreBits, featureBits, yBits, xBits, packed } = batch;
  const bits = coreBits + featureBits + yBits + xBits;
  const bytes = (bits + 7) >>> 3;
  if (coreBits > 8 || featureBits > 16 || yBits > 16 || xBits > 16 || bits > WIDEST_ADDRESS) {
    throw broken(`has addresses of ${coreBits} + ${featureBits} + ${yBits} + ${xBits} bits`);
  }
  if (count < 1 || count > MOST_EVENTS || packed.length < count * (1 + bytes)) {
    throw broken(`claims ${count} events in ${packed.length} bytes`);
  }
  const events = {
    t: new Float64Array(count),
    core: new Uint8Array(count),
    feature: new Uint16Array(count),
    y: new Uint16Array(count),
    x: new Uint16Array(count),
  };
  const featureAt = xBits + yBits;
  const coreAt = featureAt + featureBits;
  const xMask = maskOf(xBits);
  const yMask = maskOf(yBits);
  const featureMask = maskOf(featureBits);
  const coreMask = maskOf(coreBits);
  if (coreBits === 0 && batch.core !== 0) events.core.fill(batch.core);
  let now = joined(batch.baseLow, batch.baseHigh);
  let at = 0;
  for (let i = 0; i < count; i++) {
    let byte = packed[at++] as number;
    let delta = byte & 127;
    for (let scale = 128; byte > 127; scale *= 128) {
      byte = packed[at++] ?? 128;
      delta += (byte & 127) * scale;
      if (delta > MOST_DELTA || at > packed.length || scale > LARGEST_SCALE)
        throw broken(`has no whole delta at event ${i}`);
    }
    now += delta;
    if (at + bytes > packed.length) throw broken(`breaks off in event ${i} of ${count}`);
    let address = 0;
    for (let shift = 0; shift < bits; shift += 8) address |= (packed[at++] as number) << shift;
    events.t[i] = now;
    events.x[i] = address & xMask;
    if (yBits > 0) events.y[i] = (address >>> xBits) & yMask;
    if (featureBits > 0) events.feature[i] = (address >>> featureAt) & featureMask;
    if (coreBits > 0) events.core[i] = (address >>> coreAt) & coreMask;
  }
  if (at !== packed.length) throw broken(`has ${packed.length - at} bytes after its ${count} events`);
  if (now > Number.MAX_SAFE_INTEGER) throw broken("ends after the year 2255");
  return events;
}

/** How many bits a number below 2^16 takes. */
function bitsOf(value: number): number {
  return 32 - Math.clz32(value);
}

function maskOf(bits: number): number {
  return (1 << bits) - 1;
}

function broken(how: string): ChipError {
  return new ChipError(
    "E_LINK",
    `a batch of events ${how}; the other end does not follow firmware-schemas/events.proto.`,
  );
}
