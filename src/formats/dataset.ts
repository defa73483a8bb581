import { readdir, stat } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { ChipError } from "../errors.ts";
import { parseCsv } from "./csv.ts";
import { inputFileError, readInputFile } from "./input-file.ts";
import { chooseIds, parseIds } from "./sample-ids.ts";

/** One labelled recording or image. */
export interface Sample {
  readonly id: string;
  /** Path that can be opened. */
  readonly file: string;
  readonly label: string;
  /** Further columns of labels.csv. */
  readonly columns: Readonly<Record<string, string>>;
}

export interface Dataset {
  /** Chosen samples, in the order of labels.csv or by class and name. */
  readonly samples: readonly Sample[];
  /** Every label of the whole set, chosen or not, in natural order (2 before 10). */
  readonly classes: readonly string[];
  /** Files beside labels.csv that no row names, by name; not an error. */
  readonly unlabelled: readonly string[];
}

export interface DatasetOptions {
  /** Samples by id: `1..200,60004`. */
  readonly ids?: string;
  /** Rows whose column `split`, or any column that ends in `_split`, has this value. */
  readonly split?: string;
  /** At most so many, from the front. */
  readonly limit?: number;
}

const LABELS = "labels.csv";
const naturally = new Intl.Collator("en", { numeric: true }).compare;

/**
 * Opens a labelled set: a folder with labels.csv (columns `id` or `file`, and `label`), or with one sub-folder a class.
 *
 * `id` is a file's name without its ending; in sub-folders it is `class/name`. Only files of chosen samples must be
 * there.
 *
 * @throws ChipError E_DATASET with every missing label, missing file, id that comes twice and unknown id of a kind at
 *   once; E_FILE_NOT_FOUND, E_FILE_ACCESS for the folder; E_OPTION for a choice that cannot be read
 */
export async function openDataset(folder: string, options: DatasetOptions = {}): Promise<Dataset> {
  const entries = await listFolder(folder);
  const files = entries.filter((entry) => !entry.folder && !entry.name.startsWith(".")).map(({ name }) => name);
  const set = files.includes(LABELS) ? await labelledFiles(folder, files) : await classFolders(folder, entries);
  const chosen = choose(set.samples, options, folder);
  const missing = chosen.filter(({ file }) => file === undefined).map(({ id }) => id);
  if (missing.length > 0)
    throw listing(
      folder,
      missing,
      "of the samples have labels but no recording",
      "add the files or drop the rows",
      "files",
    );
  return {
    samples: chosen as readonly Sample[],
    classes: [...new Set(set.samples.map(({ label }) => label))].sort(naturally),
    unlabelled: set.unlabelled,
  };
}

/** A sample whose file may turn out not to be there. */
type Found = Omit<Sample, "file"> & { readonly file: string | undefined };

async function labelledFiles(
  folder: string,
  files: readonly string[],
): Promise<{ samples: Found[]; unlabelled: string[] }> {
  const path = join(folder, LABELS);
  const table = parseCsv(new TextDecoder().decode(await readInputFile(path)), path);
  const idAt = table.columns.indexOf("id");
  const fileAt = table.columns.indexOf("file");
  const labelAt = table.columns.indexOf("label");
  if ((idAt < 0 && fileAt < 0) || labelAt < 0) {
    throw new ChipError(
      "E_DATASET",
      `${path} has the columns ${table.columns.join(", ")}; it needs label, and id or file.`,
    );
  }
  const unlabelledRows = table.rows.filter(({ cells }) => cells[labelAt] === "").map(({ line }) => `line ${line}`);
  if (unlabelledRows.length > 0)
    throw listing(path, unlabelledRows, "of its rows have no label", "fill in the label or remove the row", "lines");

  const byId = new Map<string, string[]>();
  for (const file of files) if (file !== LABELS) byId.set(stem(file), [...(byId.get(stem(file)) ?? []), file]);
  const samples = await Promise.all(
    table.rows.map(async ({ cells }): Promise<Found> => {
      const file = fileAt >= 0 ? cells[fileAt] : undefined;
      const id = idAt >= 0 ? cells[idAt] : stem(basename(file!));
      const columns = Object.fromEntries(
        table.columns.flatMap((name, i) => ([idAt, fileAt, labelAt].includes(i) ? [] : [[name, cells[i]]])),
      );
      return { id, file: await locate(folder, id, file, files, byId, path), label: cells[labelAt], columns };
    }),
  );
  checkIds(samples, path);
  const used = new Set(samples.map(({ file }) => file));
  return {
    samples,
    unlabelled: files.filter((file) => file !== LABELS && !used.has(join(folder, file))).sort(naturally),
  };
}

/** Where a row's recording lies, or undefined when it is not there. */
async function locate(
  folder: string,
  id: string,
  file: string | undefined,
  files: readonly string[],
  byId: ReadonlyMap<string, readonly string[]>,
  path: string,
): Promise<string | undefined> {
  if (file !== undefined) {
    const there = files.includes(file) || (await stat(join(folder, file)).catch(() => undefined))?.isFile() === true;
    return there ? join(folder, file) : undefined;
  }
  const candidates = byId.get(id) ?? [];
  if (candidates.length > 1) {
    throw new ChipError(
      "E_DATASET",
      `${path}: id ${id} can be ${candidates.join(" or ")}; name the files in a column "file".`,
      {
        details: { id, files: candidates },
      },
    );
  }
  return candidates[0] === undefined ? undefined : join(folder, candidates[0]);
}

function checkIds(samples: readonly Found[], path: string): void {
  const seen = new Set<string>();
  const twice = samples
    .filter(({ id }) => id === "" || seen.size === seen.add(id).size)
    .map(({ id }) => id || "(empty)");
  if (twice.length > 0)
    throw listing(
      path,
      [...new Set(twice)],
      "of its ids are empty or come more than once",
      "give each row an id of its own",
      "ids",
    );
}

async function classFolders(
  folder: string,
  entries: readonly Entry[],
): Promise<{ samples: Found[]; unlabelled: string[] }> {
  const classes = entries
    .filter((entry) => entry.folder && !entry.name.startsWith("."))
    .map(({ name }) => name)
    .sort(naturally);
  const samples: Found[] = [];
  for (const label of classes) {
    const names = (await listFolder(join(folder, label)))
      .filter((entry) => !entry.folder && !entry.name.startsWith("."))
      .map(({ name }) => name);
    for (const name of names.sort(naturally))
      samples.push({ id: `${label}/${stem(name)}`, file: join(folder, label, name), label, columns: {} });
  }
  if (samples.length === 0) {
    throw new ChipError(
      "E_DATASET",
      `${folder} is no labelled set: it has neither ${LABELS} nor sub-folders with files, one a class.`,
    );
  }
  checkIds(samples, folder);
  return { samples, unlabelled: [] };
}

function choose(samples: readonly Found[], { ids, split, limit }: DatasetOptions, folder: string): readonly Found[] {
  let chosen = samples;
  if (split !== undefined) {
    chosen = chosen.filter(({ columns }) => splitsOf(columns).includes(split));
    if (chosen.length === 0) {
      const splits = [...new Set(samples.flatMap(({ columns }) => splitsOf(columns)))].sort(naturally);
      const have =
        splits.length > 0 ? `it has ${splits.slice(0, 8).join(", ")}` : "it has no column named split or ..._split";
      throw new ChipError("E_DATASET", `${folder} has no split "${split}"; ${have}.`, { details: { split, splits } });
    }
  }
  if (ids !== undefined) {
    const choice = parseIds(ids);
    const { missing } = chooseIds(
      choice,
      samples.map(({ id }) => id),
    );
    if (missing.length > 0)
      throw listing(folder, missing, "of the chosen ids have no label there", "choose ids that the set has", "ids");
    const wanted = chooseIds(
      choice,
      chosen.map(({ id }) => id),
    ).chosen;
    chosen = chosen.filter(({ id }) => wanted.has(id));
  }
  return limit === undefined ? chosen : chosen.slice(0, limit);
}

function splitsOf(columns: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(columns).flatMap(([name, value]) =>
    name === "split" || name.endsWith("_split") ? [value] : [],
  );
}

interface Entry {
  readonly name: string;
  readonly folder: boolean;
}

async function listFolder(folder: string): Promise<Entry[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return await Promise.all(
      entries.map(async (entry) => {
        const linked = entry.isSymbolicLink() ? await stat(join(folder, entry.name)).catch(() => undefined) : undefined;
        return { name: entry.name, folder: entry.isDirectory() || linked?.isDirectory() === true };
      }),
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOTDIR") {
      throw new ChipError(
        "E_DATASET",
        `${folder} is a file; a labelled set is a folder with ${LABELS} or one sub-folder a class.`,
        { cause: error },
      );
    }
    throw inputFileError(folder, error);
  }
}

function stem(file: string): string {
  return file.slice(0, file.length - extname(file).length);
}

function listing(subject: string, items: readonly string[], fault: string, remedy: string, key: string): ChipError {
  const shown = items.slice(0, 5).join(", ") + (items.length > 5 ? " and more" : "");
  return new ChipError("E_DATASET", `${subject}: ${items.length} ${fault} (${shown}); ${remedy}.`, {
    details: { [key]: items },
  });
}
