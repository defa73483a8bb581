/** What a literal of the header of a `.npy` file can be; a dict becomes a Map, tuples and lists become arrays. */
export type PythonValue = string | number | boolean | null | readonly PythonValue[] | ReadonlyMap<string, PythonValue>;

/**
 * Reads a Python literal: dict with text keys, tuple, list, text, whole number, True, False, None.
 *
 * @throws SyntaxError with the position where the text is no such literal
 */
export function parsePythonLiteral(text: string): PythonValue {
  const parser = new LiteralParser(text);
  const value = parser.value(0);
  parser.end();
  return value;
}

const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ["True", true],
  ["False", false],
  ["None", null],
]);
const DEEPEST = 16;

class LiteralParser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): PythonValue {
    if (depth > DEEPEST) this.#fail();
    const next = this.#peek();
    if (next === "{") return this.#dict(depth);
    if (next === "(" || next === "[") return this.#list(next === "(" ? ")" : "]", depth);
    if (next === "'" || next === '"') return this.#string(next);
    const word = this.#match(/-?\d+|[A-Za-z]+/y);
    if (WORDS.has(word)) return WORDS.get(word)!;
    if (!/\d/.test(word)) this.#fail();
    // Python 2 wrote long integers as 34L.
    this.#match(/L?/y);
    return Number(word);
  }

  end(): void {
    if (this.#peek() !== "") this.#fail();
  }

  #dict(depth: number): ReadonlyMap<string, PythonValue> {
    const entries = new Map<string, PythonValue>();
    this.#take("{");
    while (!this.#skip("}")) {
      const key = this.value(depth + 1);
      if (typeof key !== "string") this.#fail();
      this.#take(":");
      entries.set(key as string, this.value(depth + 1));
      if (!this.#skip(",") && this.#peek() !== "}") this.#fail();
    }
    return entries;
  }

  #list(close: string, depth: number): readonly PythonValue[] {
    const items: PythonValue[] = [];
    this.#at++;
    while (!this.#skip(close)) {
      items.push(this.value(depth + 1));
      if (!this.#skip(",") && this.#peek() !== close) this.#fail();
    }
    return items;
  }

  #string(quote: string): string {
    const end = this.#text.indexOf(quote, this.#at + 1);
    const content = this.#text.slice(this.#at + 1, end);
    if (end < 0 || content.includes("\\")) this.#fail();
    this.#at = end + 1;
    return content;
  }

  /** The next character that is not white space, or "" at the end. */
  #peek(): string {
    this.#match(/\s*/y);
    return this.#text.charAt(this.#at);
  }

  #skip(character: string): boolean {
    if (this.#peek() !== character) return false;
    this.#at++;
    return true;
  }

  #take(character: string): void {
    if (!this.#skip(character)) this.#fail();
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found === null) return this.#fail();
    this.#at += found[0].length;
    return found[0];
  }

  #fail(): never {
    throw new SyntaxError(`no Python literal at character ${this.#at}`);
  }
}
