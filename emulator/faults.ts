import { ChipError } from "../src/errors.ts";
import { Random } from "../src/random.ts";
import type { ByteLink } from "../src/wire/byte-link.ts";
import { type Clock, systemClock } from "../src/wire/clock.ts";

/** What goes wrong on a line. Fractions are of its bytes, in each direction. */
export interface Faults {
  /** Fraction of the bytes that get lost, 0 to below 1. */
  readonly drop: number;
  /** Fraction of the bytes that come out as another byte. */
  readonly corrupt: number;
  /** Mean length of what is lost or changed at once, bytes, at least 1. The fractions stay what they are. */
  readonly burst: number;
  /** Every piece comes so much later, microseconds. */
  readonly delayUs: number;
  /** Now and then (every 16 KiB on average) the line stands still for so long, microseconds. */
  readonly stallUs: number;
  /** The line breaks after so many bytes in both directions together; absent: never. */
  readonly disconnectAt?: number;
}

export const NO_FAULTS: Faults = { drop: 0, corrupt: 0, burst: 1, delayUs: 0, stallUs: 0 };

const STALL_EVERY_BYTES = 16_384;
const HELP = "faults look like drop=0.01,corrupt=0.001,burst=20,delay=5ms,stall=200ms,disconnect@12345";

/**
 * Reads a list of faults as the command line takes it: `drop=0.01,corrupt=0.001,burst=20,delay=5ms,stall=200ms,disconnect@12345`.
 *
 * @throws ChipError E_OPTION that names the part which is wrong
 */
export function parseFaults(text: string): Faults {
  let faults = NO_FAULTS;
  for (const part of text.split(",").map((piece) => piece.trim())) {
    if (part === "") continue;
    const [, name = "", sign = "", value = ""] = /^(\w+)([=@])(.+)$/.exec(part) ?? [];
    const wrong = (need: string): ChipError =>
      new ChipError("E_OPTION", `the fault "${part}" ${need}; ${HELP}.`, { details: { fault: part } });
    if (name === "disconnect" && sign === "@") {
      if (!/^\d+$/.test(value)) throw wrong("needs a number of bytes");
      faults = { ...faults, disconnectAt: Number(value) };
    } else if ((name === "drop" || name === "corrupt") && sign === "=") {
      const fraction = Number(value);
      if (!(fraction >= 0 && fraction < 1)) throw wrong("needs a fraction from 0 to below 1");
      faults = { ...faults, [name]: fraction };
    } else if (name === "burst" && sign === "=") {
      const bytes = Number(value);
      if (!(bytes >= 1 && Number.isFinite(bytes))) throw wrong("needs a mean length of 1 byte or more");
      faults = { ...faults, burst: bytes };
    } else if ((name === "delay" || name === "stall") && sign === "=") {
      const us = microseconds(value);
      if (us === undefined) throw wrong("needs a time such as 200ms");
      faults = name === "delay" ? { ...faults, delayUs: us } : { ...faults, stallUs: us };
    } else throw wrong("is none that I know");
  }
  if (faults.drop + faults.corrupt >= 1) {
    throw new ChipError("E_OPTION", `faults that lose or change every byte leave no line; ${HELP}.`);
  }
  return faults;
}

function microseconds(text: string): number | undefined {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(us|ms|s)$/.exec(text) ?? [];
  if (number === undefined || unit === undefined) return undefined;
  return Number(number) * { us: 1, ms: 1000, s: 1_000_000 }[unit as "us" | "ms" | "s"];
}

/** The faults of one direction of a line; bytes go in, what is left of them comes out. */
export class FaultyBytes {
  readonly #faults: Faults;
  readonly #random: Random;
  /** Bytes that pass before the next fault, and before the next standstill. */
  #sound: number;
  #moving: number;
  /** Bytes of the fault under way. */
  #left = 0;
  #losing = false;

  constructor(faults: Faults, random: Random) {
    this.#faults = faults;
    this.#random = random;
    this.#sound = this.#nextFault();
    this.#moving = faults.stallUs > 0 ? this.#distance(1 / STALL_EVERY_BYTES) : Number.POSITIVE_INFINITY;
  }

  /** What comes out, and how long the line stands still before it does. */
  pass(bytes: Uint8Array): { readonly bytes: Uint8Array; readonly waitUs: number } {
    let waitUs = this.#faults.delayUs;
    this.#moving -= bytes.length;
    while (this.#moving <= 0) {
      waitUs += this.#faults.stallUs;
      this.#moving += this.#distance(1 / STALL_EVERY_BYTES);
    }
    return { bytes: this.#spoil(bytes), waitUs };
  }

  #spoil(bytes: Uint8Array): Uint8Array {
    if (this.#left === 0 && this.#sound >= bytes.length) {
      this.#sound -= bytes.length;
      return bytes;
    }
    const out = new Uint8Array(bytes.length);
    let to = 0;
    let at = 0;
    while (at < bytes.length) {
      if (this.#left > 0) {
        this.#left--;
        if (!this.#losing) out[to++] = (bytes[at] as number) ^ this.#random.integer(1, 255);
        at++;
        if (this.#left === 0) this.#sound = this.#nextFault();
        continue;
      }
      const length = Math.min(this.#sound, bytes.length - at);
      out.set(bytes.subarray(at, at + length), to);
      to += length;
      at += length;
      this.#sound -= length;
      if (this.#sound === 0) {
        const { drop, corrupt, burst } = this.#faults;
        this.#losing = this.#random.float() * (drop + corrupt) < drop;
        this.#left = burst === 1 ? 1 : 1 + this.#distance(1 / burst);
      }
    }
    return out.subarray(0, to);
  }

  /** Sound bytes until the next fault, so that on average the wanted fraction is spoilt. */
  #nextFault(): number {
    const { drop, corrupt, burst } = this.#faults;
    const fraction = drop + corrupt;
    return fraction === 0 ? Number.POSITIVE_INFINITY : 1 + this.#distance(fraction / ((1 - fraction) * burst));
  }

  /** A random distance whose mean is about 1 / rate, 0 and up (geometric). */
  #distance(rate: number): number {
    if (rate >= 1) return 0;
    return Math.floor(Math.log(1 - this.#random.float()) / Math.log(1 - rate));
  }
}

/** The line with faults in both directions, the same for the same seed and the same bytes. */
export function faultyLink(link: ByteLink, faults: Faults, seed: number, clock: Clock = systemClock): ByteLink {
  const out = new FaultyBytes(faults, new Random(seed, 1));
  const back = new FaultyBytes(faults, new Random(seed, 2));
  let left = faults.disconnectAt ?? Number.POSITIVE_INFINITY;
  const broken = (): ChipError => new ChipError("E_LINK", `${link.label} broke (a fault that was asked for).`);
  const wait = (us: number): Promise<void> =>
    us === 0
      ? Promise.resolve()
      : new Promise((resolve) => {
          clock.after(us, resolve);
        });

  /** What of the piece the line still carries. */
  const carried = (bytes: Uint8Array): Uint8Array => {
    const whole = bytes.subarray(0, Math.max(0, left));
    left -= bytes.length;
    return whole;
  };

  async function* incoming(): AsyncGenerator<Uint8Array> {
    for await (const piece of link.incoming) {
      const { bytes, waitUs } = back.pass(carried(piece));
      await wait(waitUs);
      if (bytes.length > 0) yield bytes;
      if (left < 0) {
        await link.close();
        throw broken();
      }
    }
  }

  return {
    label: link.label,
    incoming: incoming(),
    async write(piece) {
      if (left < 0) throw broken();
      const { bytes, waitUs } = out.pass(carried(piece));
      await wait(waitUs);
      if (bytes.length > 0) await link.write(bytes);
      if (left < 0) {
        await link.close();
        throw broken();
      }
    },
    close: () => link.close(),
    [Symbol.asyncDispose]: () => link.close(),
  };
}
