import { ChipError } from "../errors.ts";

/** Chosen ids in order: single names, and ranges of whole numbers with both ends. */
export type IdChoice = readonly (string | readonly [from: number, to: number])[];

/**
 * Reads a choice of samples such as `1..200,60004`.
 *
 * @throws ChipError E_OPTION when a part is empty or a range runs backwards
 */
export function parseIds(text: string): IdChoice {
  return text.split(",").map((part) => {
    const id = part.trim();
    const range = /^(\d+)\.\.(\d+)$/.exec(id);
    if (range === null) {
      if (id !== "" && !id.includes("..")) return id;
      throw new ChipError(
        "E_OPTION",
        `--ids "${text}" has the part "${id}"; give names and ranges, such as 1..200,60004.`,
      );
    }
    const [from, to] = [Number(range[1]), Number(range[2])];
    if (from <= to && Number.isSafeInteger(to)) return [from, to] as const;
    throw new ChipError("E_OPTION", `--ids range ${id} runs backwards; write ${to}..${from}.`);
  });
}

/**
 * The ids of `known` that a choice names, in the order of `known`.
 *
 * @returns `missing`: single names, and ranges without any known id, as they were written
 */
export function chooseIds(
  choice: IdChoice,
  known: readonly string[],
): { chosen: ReadonlySet<string>; missing: readonly string[] } {
  const all = new Set(known);
  const numbered = known.filter((id) => /^\d+$/.test(id)).map((id) => ({ id, number: Number(id) }));
  const chosen = new Set<string>();
  const missing: string[] = [];
  for (const part of choice) {
    const found =
      typeof part === "string"
        ? [part].filter((id) => all.has(id))
        : numbered.filter(({ number }) => number >= part[0] && number <= part[1]).map(({ id }) => id);
    if (found.length === 0) missing.push(typeof part === "string" ? part : part.join(".."));
    for (const id of found) chosen.add(id);
  }
  return { chosen, missing };
}
