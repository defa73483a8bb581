import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { nearest } from "../device/nearest.ts";
import type { DeviceSpec, PriceKey } from "../device/types.ts";
import { ChipError, messageOf, oneLine } from "../errors.ts";
import { EVIDENCE_GRADES, type Evidence, type Sourced } from "../units.ts";
import { choosePreset, type NamedPreset } from "./energy.ts";
import { PRICED_ITEMS } from "./prices.ts";

/** Divisors of the units in which a price may stand: 10 pJ is 10 / 1e12 J, which is exactly the double 1e-11. */
const UNITS: Readonly<Record<string, number>> = { J: 1, nJ: 1e9, pJ: 1e12, fJ: 1e15 };
/** No single memory access or event costs a microjoule: that is a slip of the unit. */
const LARGEST_J = 1e-6;
const PRICE_KEYS: readonly PriceKey[] = PRICED_ITEMS.map((item) => item.key);
const FIELDS: readonly string[] = ["name", "title", ...PRICE_KEYS, "staticRails"];

/**
 * What `--energy` means: nothing (the device's default), the name of one of its presets, or a preset file (anything
 * that contains a slash or ends in `.json`).
 *
 * @throws ChipError E_OPTION for an unknown name; E_FORMAT, E_FILE_NOT_FOUND, E_FILE_ACCESS for a file.
 */
export async function resolvePreset(choice: string | undefined, spec: DeviceSpec): Promise<NamedPreset> {
  if (choice !== undefined && (/[/\\]/.test(choice) || choice.toLowerCase().endsWith(".json"))) {
    return readPresetFile(choice, spec);
  }
  return { name: choice ?? spec.energy.defaultPreset, ...choosePreset(spec, choice) };
}

/**
 * Reads a preset of the user's own:
 *
 * ```json
 * { "title": "Board 7, fitted", "perTap": { "value": 12.5, "unit": "pJ", "evidence": "measured", "source": "..." } }
 * ```
 *
 * Fields are those of a device file's preset; `name` defaults to the file's name, `staticRails` to none; prices may
 * stand in J, nJ, pJ or fJ; `source` is a sentence. Prices come back in joules.
 *
 * @throws ChipError E_FORMAT with every problem of the file; E_FILE_NOT_FOUND, E_FILE_ACCESS.
 */
export async function readPresetFile(path: string, spec: DeviceSpec): Promise<NamedPreset> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === "ENOENT";
    const message = missing ? `does not exist` : `cannot be read: ${messageOf(cause)}`;
    throw new ChipError(missing ? "E_FILE_NOT_FOUND" : "E_FILE_ACCESS", `Energy preset ${path} ${message}.`, {
      details: { path },
      cause,
    });
  }
  const result = parsePreset(text, basename(path).replace(/\.json$/i, ""), spec);
  if ("problems" in result) {
    throw new ChipError("E_FORMAT", `Energy preset ${path}: ${oneLine(result.problems)}.`, {
      details: { path, problems: result.problems },
    });
  }
  return result.preset;
}

/** The preset in a file's text, or everything that is wrong with it. */
export function parsePreset(
  text: string,
  defaultName: string,
  spec: DeviceSpec,
): { readonly preset: NamedPreset } | { readonly problems: readonly string[] } {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    return { problems: [`is not JSON: ${messageOf(error)}`] };
  }
  if (!isRecord(data)) return { problems: ["is not a JSON object"] };

  const problems: string[] = [];
  for (const field of Object.keys(data)) {
    if (FIELDS.includes(field)) continue;
    const guess = nearest(field, FIELDS);
    problems.push(`${field} is not a known field${guess === undefined ? "" : `; did you mean ${guess}?`}`);
  }

  const { name = defaultName, title, staticRails = [] } = data;
  if (typeof name !== "string" || name === "") problems.push("name is not a text");
  if (typeof title !== "string" || title === "")
    problems.push("title is missing; say in a few words whose prices these are");
  problems.push(...railProblems(staticRails, spec));

  const prices: Partial<Record<PriceKey, Sourced>> = {};
  for (const key of PRICE_KEYS) {
    if (data[key] === undefined) continue;
    const price = readPrice(key, data[key]);
    if ("problems" in price) problems.push(...price.problems);
    else prices[key] = price;
  }
  if (PRICE_KEYS.every((key) => data[key] === undefined)) {
    problems.push(`holds no price; give at least one of ${PRICE_KEYS.join(", ")}`);
  }

  if (problems.length > 0) return { problems };
  const preset = { name, title, ...prices, staticRails } as NamedPreset;
  return { preset };
}

function railProblems(staticRails: unknown, spec: DeviceSpec): string[] {
  const known = spec.energy.rails.map((rail) => rail.name);
  if (!Array.isArray(staticRails)) return [`staticRails is not a list; ${spec.name} has ${known.join(", ")}`];
  return staticRails.flatMap((name, index) => {
    if (!known.includes(name))
      return [`staticRails names ${JSON.stringify(name)}; ${spec.name} has ${known.join(", ")}`];
    return staticRails.indexOf(name) === index ? [] : [`staticRails names ${name} twice`];
  });
}

/** A price in joules, or what is wrong with it. */
function readPrice(key: string, data: unknown): Sourced | { readonly problems: readonly string[] } {
  if (!isRecord(data)) {
    const example = '{ "value": 10, "unit": "pJ", "evidence": "assumed", "source": "where it comes from" }';
    return { problems: [`${key} is ${JSON.stringify(data)}; give ${example}`] };
  }
  const { value, unit, evidence, source, ...unknown } = data;
  const problems = Object.keys(unknown).map((field) => `${key}.${field} is not a known field`);

  const knownUnit = typeof unit === "string" && Object.hasOwn(UNITS, unit);
  if (!knownUnit) problems.push(`${key}.unit is ${show(unit)}; give ${Object.keys(UNITS).join(", ")}`);
  const joules = typeof value === "number" && knownUnit ? value / UNITS[unit] : Number.NaN;
  if (typeof value !== "number" || !(value >= 0)) {
    problems.push(`${key}.value is ${show(value)}; give a number that is not negative`);
  } else if (joules > LARGEST_J) {
    problems.push(`${key} is ${value} ${unit}, more than a microjoule; is the unit pJ?`);
  }
  if (!EVIDENCE_GRADES.includes(evidence as Evidence)) {
    problems.push(`${key}.evidence is ${show(evidence)}; give ${EVIDENCE_GRADES.join(", ")}`);
  }
  if (typeof source !== "string" || source === "")
    problems.push(`${key}.source is missing; say where the price comes from`);

  if (problems.length > 0) return { problems };
  return { value: joules, unit: "J", evidence: evidence as Evidence, source: source as string };
}

function show(value: unknown): string {
  return value === undefined ? "missing" : JSON.stringify(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
