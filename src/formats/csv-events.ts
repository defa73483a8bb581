import { ChipError } from "../errors.ts";
import type { EventStream } from "../events/event-stream.ts";
import { type ByteSource, joinBytes, readPieces } from "./byte-source.ts";
import { DEFAULT_CHUNK_EVENTS, type EventFormat, type ReadEventsOptions } from "./event-format.ts";
import { PartBuffer } from "./part-buffer.ts";
import { type Damage, tolerate } from "./read-report.ts";

/**
 * Recordings as text: one event a line, cells divided by comma, semicolon, tab or spaces.
 *
 * A first line names the columns in any order: t (or ts, timestamp, time), x, y, p (or pol, polarity, on); further columns
 * are passed over. Without one, the `columns` option names them. Times are microseconds, unless the name says otherwise
 * (`t_s`, `t_ms`, `t_ns`; these are rounded). p is 0 or 1; -1 stands for OFF, too. Empty lines and lines that begin with
 * `#` are passed over.
 */
export const csv: EventFormat = {
  name: "csv",
  title: "CSV",
  extensions: [".csv", ".txt"],
  detect,
  read,
  write,
};

type Role = "t" | "x" | "y" | "p";
const ROLES: readonly Role[] = ["t", "x", "y", "p"];
const NAMES: Readonly<Record<Role, RegExp>> = {
  t: /^(?:t|ts|time|timestamps?)(?:_(s|ms|us|ns))?$/,
  x: /^x$/,
  y: /^y$/,
  p: /^(?:p|pol|polarity|on)$/,
};
const UNIT_US: Readonly<Record<string, number>> = { s: 1e6, ms: 1e3, us: 1, ns: 1e-3 };

/** Where a line holds which value. */
interface Columns {
  /** Role of each cell: its place in t, x, y, p, or -1. */
  readonly places: Int8Array;
  readonly unitUs: number;
}

const LINE_FEED = 0x0a;
const latin1 = new TextDecoder("latin1");

function detect(head: Uint8Array): number {
  if (head.subarray(0, 512).includes(0)) return 0;
  const text = latin1.decode(head.subarray(0, 512));
  const [first = "", second] = text.split(/\r?\n/).filter((line) => line !== "" && !line.startsWith("#"));
  if (columnsOf(cellsOf(first)) !== undefined) return 0.9;
  // Numbers only: whichever columns they are, the reader asks for their names.
  return [first, second ?? first].every((line) => /^\s*-?[\d.]+(?:[,;\t ]+-?[\d.eE+]+){3,}\s*$/.test(line)) ? 0.5 : 0;
}

function cellsOf(line: string): string[] {
  return /[,;\t]/.test(line) ? line.trim().split(/\s*[,;\t]\s*/) : line.trim().split(/\s+/);
}

/** Undefined when the names lack one of t, x, y, p. */
function columnsOf(names: readonly string[]): Columns | undefined {
  const plain = names.map(plainName);
  const places = Int8Array.from(plain, (name) => ROLES.findIndex((role) => NAMES[role].test(name)));
  if (ROLES.some((_, role) => places.filter((place) => place === role).length !== 1)) return undefined;
  const unit = NAMES.t.exec(plain[places.indexOf(0)])?.[1];
  return { places, unitUs: UNIT_US[unit ?? "us"] };
}

/** Without a byte order mark and quotation marks, `t [us]` as `t_us`. */
function plainName(name: string): string {
  return name
    .replace(/^\uFEFF|^ï»¿|"/g, "")
    .replace(/\s*[[(](\w+)[\])]$/, "_$1")
    .toLowerCase();
}

async function* read(source: ByteSource, options: ReadEventsOptions): AsyncGenerator<EventStream> {
  const parser = new CsvParser(source.name, options);
  const buffer = new PartBuffer(source, options, options.sensor);
  let rest: Uint8Array = new Uint8Array(0);
  let at = 0;
  for await (const piece of readPieces(source)) {
    const lastBreak = piece.lastIndexOf(LINE_FEED);
    const whole = joinBytes(rest, piece.subarray(0, lastBreak + 1));
    const tail = piece.subarray(lastBreak + 1);
    rest = lastBreak < 0 ? joinBytes(rest, tail) : tail.slice();
    if (rest.length > LONGEST_LINE) throw notText(source.name, at);
    if (lastBreak < 0) continue;
    for (let from = 0; from < whole.length; ) {
      from = parser.parse(whole, from, at, buffer);
      if (buffer.full) yield buffer.take();
    }
    at += whole.length;
  }
  for (let from = 0; from < rest.length; ) from = parser.parse(rest, from, at, buffer);
  parser.end();
  if (buffer.length > 0) yield buffer.take();
}

const LONGEST_LINE = 1 << 20;
const MINUS = 0x2d;
const NINE = 0x39;
const ZERO = 0x30;

class CsvParser {
  readonly #name: string;
  readonly #options: ReadEventsOptions;
  readonly #values = new Float64Array(4);
  #columns: Columns | undefined;
  #line = 0;

  constructor(name: string, options: ReadEventsOptions) {
    this.#name = name;
    this.#options = options;
    if (options.columns === undefined) return;
    this.#columns = columnsOf(cellsOf(options.columns));
    if (this.#columns !== undefined) return;
    throw new ChipError(
      "E_OPTION",
      `--columns is "${options.columns}"; name t, x, y and p once each, such as t,x,y,p (t_s for seconds; any other name for a column to pass over).`,
    );
  }

  /** Parses whole lines until the bytes end or a part is full; gives where the next line begins. */
  parse(bytes: Uint8Array, from: number, offset: number, buffer: PartBuffer): number {
    let at = from;
    while (at < bytes.length && !buffer.full) {
      const found = bytes.indexOf(LINE_FEED, at);
      const end = found < 0 ? bytes.length : found;
      this.#line++;
      if (this.#columns === undefined) this.#readNames(bytes, at, end);
      else this.#readEvent(bytes, at, end, offset, this.#columns, buffer);
      at = end + 1;
    }
    return at;
  }

  end(): void {
    if (this.#columns === undefined) throw this.#noNames("it is empty");
  }

  #readNames(bytes: Uint8Array, at: number, end: number): void {
    const line = latin1.decode(bytes.subarray(at, end)).trim();
    if (line === "" || (line.startsWith("#") && columnsOf(cellsOf(line.slice(1))) === undefined)) return;
    this.#columns = columnsOf(cellsOf(line.replace(/^#/, "")));
    if (this.#columns === undefined) throw this.#noNames(`its first line is "${line.slice(0, 40)}"`);
  }

  #noNames(why: string): ChipError {
    return new ChipError(
      "E_FORMAT",
      `${this.#name} does not name its columns (${why}); begin it with a line such as t,x,y,p, or say what they are with --columns t,x,y,p.`,
    );
  }

  #readEvent(bytes: Uint8Array, at: number, end: number, offset: number, columns: Columns, buffer: PartBuffer): void {
    const stop = end > at && bytes[end - 1] === 0x0d ? end - 1 : end;
    const values = this.#values;
    const fault = readNumbers(bytes, at, stop, columns.places, values);
    if (fault === EMPTY) return;
    const us = columns.unitUs === 1 ? values[0] : Math.round(values[0] * columns.unitUs);
    const polarity = values[3] === -1 ? 0 : values[3];
    const sound =
      fault === SOUND &&
      Number.isSafeInteger(us) &&
      isAddress(values[1]) &&
      isAddress(values[2]) &&
      isAddress(polarity);
    if (!sound) {
      tolerate(this.#badLine(bytes.subarray(at, stop), offset + at), this.#options);
      return;
    }
    const { events, length } = buffer;
    events.t[length] = us;
    events.x[length] = values[1];
    events.y[length] = values[2];
    events.p[length] = polarity;
    buffer.length = length + 1;
  }

  #badLine(line: Uint8Array, offset: number): Damage {
    const text = latin1.decode(line.subarray(0, 60)).replace(/[^ -~]/g, "?");
    return {
      kind: "lines",
      fault: `${this.#name} line ${this.#line} (offset ${offset}) is no event: "${text}" needs whole numbers for t (microseconds), x, y and p`,
      mended: "such lines are left out",
      remedy: "mend it",
      offset,
    };
  }
}

const SOUND = 0;
const EMPTY = 1;
const BROKEN = 2;

/** The numbers of a line by role, read digit by digit: no text is made of them. */
function readNumbers(bytes: Uint8Array, from: number, end: number, places: Int8Array, values: Float64Array): number {
  let at = from;
  let cell = 0;
  while (at < end && bytes[at] <= 0x20) at++;
  if (at >= end || bytes[at] === 0x23) return EMPTY;
  while (cell < places.length) {
    const place = places[cell++];
    const start = at;
    const negative = bytes[at] === MINUS;
    if (negative) at++;
    const digits = at;
    let value = 0;
    while (at < end && bytes[at] >= ZERO && bytes[at] <= NINE) value = value * 10 + bytes[at++] - ZERO;
    const next = at < end ? bytes[at] : 0x2c;
    if (at === digits || !(next === 0x2c || next === 0x3b || next <= 0x20)) {
      // Not plain digits: a fraction, an exponent, a quoted or foreign cell.
      while (at < end && bytes[at] !== 0x2c && bytes[at] !== 0x3b && bytes[at] > 0x20) at++;
      if (place >= 0) {
        const text = latin1.decode(bytes.subarray(start, at));
        if (!/^"?[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?"?$/.test(text)) return BROKEN;
        values[place] = Number(text.replaceAll('"', ""));
      }
    } else if (place >= 0) values[place] = negative ? -value : value;
    while (at < end && bytes[at] <= 0x20) at++;
    if (at < end && (bytes[at] === 0x2c || bytes[at] === 0x3b)) at++;
    while (at < end && bytes[at] <= 0x20) at++;
    if (at >= end) break;
  }
  return at >= end && cell === places.length ? SOUND : BROKEN;
}

function isAddress(value: number): boolean {
  return value >= 0 && value <= 65_535 && Number.isInteger(value);
}

function notText(name: string, offset: number): ChipError {
  return new ChipError(
    "E_DAMAGED",
    `${name} has a line of more than 1 MiB at offset ${offset}; it is no list of events.`,
    {
      details: { offset },
    },
  );
}

function write({ t, x, y, p, originUs }: EventStream): Uint8Array {
  const encoder = new TextEncoder();
  const parts = [encoder.encode("t,x,y,p\n")];
  for (let first = 0; first < t.length; first += DEFAULT_CHUNK_EVENTS) {
    const last = Math.min(t.length, first + DEFAULT_CHUNK_EVENTS);
    let text = "";
    for (let i = first; i < last; i++) text += `${originUs + t[i]},${x[i]},${y[i]},${p[i]}\n`;
    parts.push(encoder.encode(text));
  }
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
