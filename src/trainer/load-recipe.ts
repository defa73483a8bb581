import { readdir, readFile } from "node:fs/promises";
import { ChipError, messageOf, oneLine } from "../errors.ts";
import type { Recipe } from "./recipe.ts";

/** Recipes that come with the program; the build copies them beside the compiled code. */
const BUILT_IN = new URL("./recipes/", import.meta.url);
const SHOWN_PROBLEMS = 5;

/** Names of the recipes that come with the program. */
export async function listRecipes(): Promise<string[]> {
  const files = await readdir(BUILT_IN);
  return files
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => file.slice(0, -".yaml".length))
    .sort();
}

/**
 * Reads a recipe and checks it against its schema.
 *
 * @param nameOrPath a recipe that comes with the program, or a YAML or JSON file
 * @throws ChipError E_FILE_NOT_FOUND, E_FILE_ACCESS for the file; E_FORMAT with every problem at once, each with its line
 */
export async function loadRecipe(nameOrPath: string): Promise<Recipe> {
  const known = await listRecipes();
  const builtIn = known.includes(nameOrPath);
  const text = await readRecipe(builtIn ? new URL(`${nameOrPath}.yaml`, BUILT_IN) : nameOrPath, nameOrPath, known);
  return parseRecipeText(text, nameOrPath);
}

async function readRecipe(path: string | URL, shown: string, known: readonly string[]): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") {
      throw new ChipError(
        "E_FILE_NOT_FOUND",
        `there is no recipe ${shown}: neither a file nor one of ${known.join(", ")}.`,
        { details: { recipe: shown, known }, cause },
      );
    }
    throw new ChipError("E_FILE_ACCESS", `recipe ${shown} cannot be read: ${messageOf(cause)}.`, { cause });
  }
}

/**
 * A recipe out of YAML, of which JSON is a part.
 *
 * @param name how messages call the file
 * @throws ChipError E_FORMAT with every problem, `details.problems: {line, path, text}[]`
 */
export async function parseRecipeText(text: string, name: string): Promise<Recipe> {
  const { LineCounter, parseDocument } = await import("yaml");
  const { parseRecipe } = await import("./recipe-schema.ts");
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    throw refusal(
      name,
      document.errors.map(({ pos, message }) => ({ line: lines.linePos(pos[0]).line, path: "", text: message })),
    );
  }
  const parsed = parseRecipe(document.toJS());
  if ("recipe" in parsed) return parsed.recipe;
  const lineOf = (path: readonly (string | number)[]): number | null => {
    // The place itself may be missing; then the nearest that is there says where to look.
    for (let length = path.length; length >= 0; length--) {
      const node = document.getIn(path.slice(0, length), true) as { readonly range?: readonly number[] } | undefined;
      if (node?.range) return lines.linePos(node.range[0] as number).line;
    }
    return null;
  };
  throw refusal(
    name,
    parsed.problems.map(({ path, text }) => ({ line: lineOf(path), path: pathText(path), text })),
  );
}

interface Problem {
  readonly line: number | null;
  readonly path: string;
  readonly text: string;
}

function refusal(name: string, problems: readonly Problem[]): ChipError {
  const shown = problems
    .slice(0, SHOWN_PROBLEMS)
    .map(({ line, path, text }) => `${line === null ? "" : `line ${line}: `}${path === "" ? text : `${path} ${text}`}`);
  if (problems.length > shown.length) shown.push(`and ${problems.length - shown.length} more`);
  return new ChipError("E_FORMAT", `Recipe ${name}: ${oneLine(shown)}.`, { details: { recipe: name, problems } });
}

/** `network.layers[2].kernel` */
function pathText(path: readonly (string | number)[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    return text === "" ? key : `${text}.${key}`;
  }, "");
}
