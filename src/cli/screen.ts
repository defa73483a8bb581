/**
 * A block of lines that is drawn over itself; where stdout is no terminal, each block is printed below the last.
 */
export class Screen {
  readonly #enabled: boolean;
  #lines = 0;

  constructor(enabled: boolean) {
    this.#enabled = enabled;
  }

  show(text: string): void {
    if (!this.#enabled) return;
    if (process.stdout.isTTY !== true) {
      process.stdout.write(`${text}\n\n`);
      return;
    }
    const { columns = 80, rows = 24 } = process.stdout;
    // A line that wraps, or a block that scrolls, could not be drawn over.
    const lines = text
      .split("\n")
      .slice(0, rows - 1)
      .map((line) => cut(line, columns));
    const up = this.#lines > 0 ? `\u001b[${this.#lines}A` : "\u001b[?25l";
    process.stdout.write(`${up}\r${lines.map((line) => `${line}\u001b[K\n`).join("")}\u001b[J`);
    this.#lines = lines.length;
  }

  /** Leaves the last block standing and gives the cursor back. */
  end(): void {
    if (this.#lines > 0) process.stdout.write("\u001b[?25h");
    this.#lines = 0;
  }
}

/** The first `columns` visible characters; colours cost nothing. */
function cut(line: string, columns: number): string {
  let visible = 0;
  let out = "";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal escapes begin with one
  for (const [piece] of line.matchAll(/\u001b\[\d+m|./gsu)) {
    const code = piece.length > 2 || piece === "\u001b";
    if (!code && visible++ >= columns) continue;
    out += piece;
  }
  return out;
}
