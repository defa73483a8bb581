import { styleText } from "node:util";

export type Cell = string | number | null | undefined;

export interface Column {
  readonly title: string;
  /** Numbers read best from the right. */
  readonly align?: "left" | "right";
}

/** A table for people: two spaces between columns, a rule below the titles. */
export function formatTable(columns: readonly Column[], rows: readonly (readonly Cell[])[]): string {
  const cells = rows.map((row) => columns.map((_, i) => cellText(row[i])));
  const widths = columns.map((column, i) =>
    Math.max(visibleWidth(column.title), ...cells.map((row) => visibleWidth(row[i] as string))),
  );
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, i) => {
        const space = " ".repeat((widths[i] as number) - visibleWidth(text));
        return columns[i]?.align === "right" ? space + text : text + space;
      })
      .join("  ")
      .trimEnd();
  const rule = widths.map((width) => "-".repeat(width)).join("  ");
  return [bold(line(columns.map((column) => column.title))), rule, ...cells.map(line)].join("\n");
}

/** `name: value` lines with the values in one column. */
export function formatFields(fields: readonly (readonly [name: string, value: Cell])[]): string {
  const width = Math.max(...fields.map(([name]) => name.length));
  return fields.map(([name, value]) => `${name.padEnd(width)}  ${cellText(value)}`).join("\n");
}

let colour = true;

/** `--no-color`; the NO_COLOR variable and a stdout that is no terminal also switch colours off. */
export function setColour(enabled: boolean): void {
  colour = enabled && process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
}

export function bold(text: string): string {
  return colour ? styleText("bold", text, { validateStream: false }) : text;
}

function cellText(cell: Cell): string {
  return cell === null || cell === undefined ? "-" : String(cell);
}

function visibleWidth(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal escapes begin with one
  return [...text.replace(/\u001b\[\d+m/g, "")].length;
}
