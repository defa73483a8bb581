import { ChipError, messageOf } from "../errors.ts";
import { type CommandContext, type CommandResult, type CommonOptions, createContext } from "./context.ts";

export const EXIT = { done: 0, refused: 1, usage: 2, bug: 70, interrupted: 130 } as const;

/** `... | head` closes the pipe in the middle: that ends the work as Ctrl-C does, and is no error of ours. */
export function stopWhenUnread(stream: NodeJS.WriteStream): void {
  let closed = false;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    if (!closed) process.emit("SIGINT");
    closed = true;
  });
}

/** Runs a command's body and turns whatever comes of it into output and an exit code; the only place that does. */
export async function runCommand(
  options: CommonOptions,
  body: (context: CommandContext) => Promise<CommandResult>,
): Promise<void> {
  try {
    const result = await body(await createContext(options));
    if (result.written) {
      process.exitCode = result.exitCode ?? EXIT.done;
      return;
    }
    if (options.json) {
      writeJson({ ok: true, ...result.json, ...(result.warnings ? { warnings: result.warnings } : {}) });
    } else {
      if (result.text !== "") process.stdout.write(`${result.text}\n`);
      if (!options.quiet) for (const warning of result.warnings ?? []) process.stderr.write(`warning: ${warning}\n`);
    }
    process.exitCode = result.exitCode ?? EXIT.done;
  } catch (error) {
    process.exitCode = reportError(error, options);
  }
}

/** Prints an error as one clear line (or one JSON document) and returns the exit code. */
export function reportError(error: unknown, options: Pick<CommonOptions, "json" | "debug">): number {
  const known = error instanceof ChipError;
  const code = known ? error.code : "E_BUG";
  const message = known ? error.message : `this is a bug of spikewright: ${messageOf(error)}`;
  if (options.json) writeJson({ ok: false, error: { code, message, details: known ? error.details : {} } });
  else process.stderr.write(`error: ${message} [${code}]\n`);
  if (options.debug || !known) process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  if (!known) return EXIT.bug;
  return error.code === "E_INTERRUPTED" ? EXIT.interrupted : EXIT.refused;
}

/** Wrong usage as the one JSON document. */
export function writeUsageError(message: string): void {
  writeJson({ ok: false, error: { code: "E_USAGE", message: message.replace(/^error: /, ""), details: {} } });
}

/** The one JSON document; typed arrays as lists. */
export function writeJson(document: unknown): void {
  process.stdout.write(
    `${JSON.stringify(document, (_, value) => (ArrayBuffer.isView(value) ? Array.from(value as unknown as ArrayLike<number>) : value), 2)}\n`,
  );
}
