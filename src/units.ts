import { ChipError } from "./errors.ts";

/** How well a number about a chip is known, from best to weakest. */
export const EVIDENCE_GRADES = ["measured", "published", "derived", "assumed"] as const;
export type Evidence = (typeof EVIDENCE_GRADES)[number];

/** A number about a chip together with where it comes from. */
export interface Sourced {
  readonly value: number;
  readonly unit: string;
  readonly evidence: Evidence;
  readonly source: string;
}

/** The weakest of several grades: a result is only as well known as its least known input. */
export function weakestEvidence(grades: Iterable<Evidence>): Evidence {
  let weakest = 0;
  for (const grade of grades) weakest = Math.max(weakest, EVIDENCE_GRADES.indexOf(grade));
  return EVIDENCE_GRADES[weakest] as Evidence;
}

const PREFIXES: readonly (readonly [number, string])[] = [
  [1e12, "T"],
  [1e9, "G"],
  [1e6, "M"],
  [1e3, "k"],
  [1, ""],
  [1e-3, "m"],
  [1e-6, "u"],
  [1e-9, "n"],
  [1e-12, "p"],
  [1e-15, "f"],
];

/** `formatSi(6.3e-6, "J")` is `6.30 uJ`. Three significant digits. */
export function formatSi(value: number, unit: string): string {
  if (value === 0 || !Number.isFinite(value)) return `${value} ${unit}`.trimEnd();
  const magnitude = Math.abs(value);
  const [scale, prefix] = PREFIXES.find(([s]) => magnitude >= s * 0.9995) ?? (PREFIXES.at(-1) as [number, string]);
  const scaled = value / scale;
  const digits = Math.abs(scaled) >= 99.95 ? 0 : Math.abs(scaled) >= 9.995 ? 1 : 2;
  return `${scaled.toFixed(digits)} ${prefix}${unit}`.trimEnd();
}

/** `formatCount(1234567)` is `1,234,567`. */
export function formatCount(value: number): string {
  return value.toLocaleString("en-US");
}

/** `formatBytes(20480)` is `20.0 KiB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 ** 2) return `${(bytes / 1024).toFixed(1)} KiB`;
  return `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
}

const TIME_UNITS: Readonly<Record<string, number>> = { s: 1e6, ms: 1e3, us: 1, µs: 1, ns: 1e-3, min: 6e7 };

/**
 * Microseconds of a duration such as `100ms`, `1.5s`, `20us`. The unit is obligatory, so that no one mistakes it.
 *
 * @throws ChipError E_OPTION naming the option when the text is not a positive duration.
 */
export function parseDurationUs(text: string, option: string): number {
  const match = /^(\d+(?:\.\d+)?|\.\d+)\s*(s|ms|us|µs|ns|min)$/.exec(text.trim());
  const us = match ? Number(match[1]) * (TIME_UNITS[match[2] as string] as number) : Number.NaN;
  if (!(us > 0)) {
    throw new ChipError(
      "E_OPTION",
      `${option} is "${text}"; give a duration above zero with its unit, such as 100ms, 20us or 1.5s.`,
    );
  }
  return us;
}

const ENERGY_UNITS: Readonly<Record<string, number>> = { J: 1, mJ: 1e3, uJ: 1e6, µJ: 1e6, nJ: 1e9, pJ: 1e12 };

/**
 * Joules of an energy such as `10uJ` or `1.5 mJ`. The unit is obligatory.
 *
 * @throws ChipError E_OPTION naming the option when the text is not an energy above zero
 */
export function parseJoules(text: string, option: string): number {
  const match = /^(\d+(?:\.\d+)?|\.\d+)\s*(J|mJ|uJ|µJ|nJ|pJ)$/.exec(text.trim());
  const joules = match ? Number(match[1]) / (ENERGY_UNITS[match[2] as string] as number) : Number.NaN;
  if (joules > 0) return joules;
  throw new ChipError("E_OPTION", `${option} is "${text}"; give an energy above zero with its unit, such as 10uJ.`);
}
