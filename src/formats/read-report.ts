import { ChipError, type ErrorCode } from "../errors.ts";
import { formatCount } from "../units.ts";
import type { ReadEventsOptions } from "./event-format.ts";

/** One kind of damage in a recording, and where it was first met. */
export interface ReadWarning {
  /** The whole story on one line, with the first place. */
  readonly message: string;
  /** Byte offset of the first place, where it is known. */
  readonly offset?: number;
  /** Number of the first event concerned, from 0, where it is known. */
  readonly event?: number;
  /** How often. */
  readonly count: number;
}

interface Entry {
  readonly message: string;
  readonly details: ErrorPlace;
  count: number;
}

type ErrorPlace = { readonly offset?: number; readonly event?: number };

/**
 * What a reader met on its way: damage that it repaired, things in the file that are no events, clocks that ran over.
 * Its size does not grow with the recording: damage of one kind is counted, and its first place is kept.
 */
export class ReadReport {
  readonly #damage = new Map<string, Entry>();
  readonly #skipped = new Map<string, number>();
  #clockOverflows = 0;

  /** Damage of a kind; the first of each kind keeps its message. */
  noteDamage(kind: string, message: string, place: ErrorPlace = {}, count = 1): void {
    const entry = this.#damage.get(kind);
    if (entry === undefined) this.#damage.set(kind, { message, details: place, count });
    else entry.count += count;
  }

  /** Things in the file that are no events, such as frames or triggers. */
  noteSkipped(what: string, count = 1): void {
    if (count > 0) this.#skipped.set(what, (this.#skipped.get(what) ?? 0) + count);
  }

  noteClockOverflow(): void {
    this.#clockOverflows++;
  }

  /** Everything that was repaired; empty for a sound recording. */
  get warnings(): readonly ReadWarning[] {
    return [...this.#damage.values()].map(({ message, details, count }) => ({
      message: count === 1 ? `${message}.` : `${message} (${formatCount(count)} such places).`,
      ...(details.offset === undefined ? {} : { offset: details.offset }),
      ...(details.event === undefined ? {} : { event: details.event }),
      count,
    }));
  }

  /** How many of each kind were passed over: `{ frames: 3, triggers: 11 }`. */
  get skipped(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#skipped);
  }

  /** How often the time stamp of the file ran over its width and began anew; the times handed out go on. */
  get clockOverflows(): number {
    return this.#clockOverflows;
  }
}

/** Damage that a reader can step over. */
export interface Damage {
  /** Under which the report counts it. */
  readonly kind: string;
  /** Subject, what is wrong and where; no full stop. */
  readonly fault: string;
  /** What repairing does about it; no full stop. */
  readonly mended: string;
  readonly offset?: number;
  readonly event?: number;
  /** How often; `fault` speaks of the first time. Default 1. */
  readonly count?: number;
  /** Default E_DAMAGED. */
  readonly code?: ErrorCode;
  /** What to do, when it is not "copy it again". */
  readonly remedy?: string;
}

/** Throws damage as an error, or notes it when the reader is to repair. */
export function tolerate(damage: Damage, { repair, report }: ReadEventsOptions): void {
  const { kind, fault, mended, offset, event, count = 1, code = "E_DAMAGED", remedy = "copy it again" } = damage;
  const place = { ...(offset === undefined ? {} : { offset }), ...(event === undefined ? {} : { event }) };
  if (repair !== true) {
    throw new ChipError(code, `${fault}; ${remedy}, or read it with --repair (${mended}).`, { details: place });
  }
  report?.noteDamage(kind, `${fault}; ${mended}`, place, count);
}
