import { ChipError } from "../errors.ts";

/** A table with named columns; cells are text. */
export interface CsvTable {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[];
}

/**
 * Reads comma-separated values (RFC 4180): first line names, cells may stand in quotation marks, empty lines are skipped.
 *
 * @param name how messages call the file
 * @throws ChipError E_DATASET for a row with too few or too many cells, a name that comes twice, or an open quotation mark
 */
export function parseCsv(text: string, name: string): CsvTable {
  const lines = [...splitRows(text.replace(/^\uFEFF/, ""), name)].filter(({ cells }) =>
    cells.some((cell) => cell !== ""),
  );
  const [header, ...rows] = lines;
  if (header === undefined)
    throw new ChipError("E_DATASET", `${name} is empty; it needs a first line such as id,label.`);
  const columns = header.cells;
  const twice = columns.find((column, i) => columns.indexOf(column) !== i);
  if (twice !== undefined) throw new ChipError("E_DATASET", `${name} has two columns named "${twice}"; rename one.`);
  const uneven = rows.find(({ cells }) => cells.length !== columns.length);
  if (uneven !== undefined) {
    throw new ChipError(
      "E_DATASET",
      `${name} line ${uneven.line} has ${uneven.cells.length} cells; its first line names ${columns.length} columns.`,
      { details: { line: uneven.line } },
    );
  }
  return { columns, rows };
}

function* splitRows(text: string, name: string): Generator<{ line: number; cells: string[] }> {
  const cell = /[ \t]*"((?:[^"]|"")*)"[ \t]*(,|\r?\n|$)|([^,\r\n]*)(,|\r?\n|\r|$)/y;
  let line = 1;
  let cells: string[] = [];
  let start = line;
  while (cell.lastIndex < text.length || cells.length > 0) {
    const match = cell.exec(text);
    const [whole, quoted, quotedEnd, plain, plainEnd] = match ?? ["", undefined, undefined, "", ""];
    if (quoted === undefined && plain!.trimStart().startsWith('"')) {
      throw new ChipError("E_DATASET", `${name} line ${line} has a quotation mark that is not closed.`, {
        details: { line },
      });
    }
    cells.push(quoted === undefined ? plain!.trim() : quoted.replaceAll('""', '"'));
    line += whole.split("\n").length - 1;
    if ((quotedEnd ?? plainEnd) === ",") continue;
    yield { line: start, cells };
    cells = [];
    start = line;
    if (whole === "") return;
  }
}
