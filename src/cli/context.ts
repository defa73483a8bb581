import { ChipError } from "../errors.ts";
import { type Logger, silentLogger } from "../log.ts";
import { createProgress, type ProgressBar } from "./progress.ts";
import { setColour } from "./table.ts";

/** Options that every command takes. */
export interface CommonOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly debug?: boolean;
  readonly seed?: number;
  readonly color?: boolean;
  readonly force?: boolean;
}

/** What a command gives back: fields of the JSON document, and the text for people. */
export interface CommandResult {
  readonly json: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** Warnings are part of the result: in the JSON, and on stderr for people. */
  readonly warnings?: readonly string[];
  /** Set by commands whose answer can be "no" (compare, budget). */
  readonly exitCode?: number;
  /** The command wrote its output itself while it ran (board, monitor). */
  readonly written?: boolean;
}

/** What a command may use of its surroundings. */
export interface CommandContext {
  readonly seed: number;
  readonly force: boolean;
  readonly log: Logger;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  progress(label: string): ProgressBar;
}

/**
 * Refuses to go on after Ctrl-C; called before results are written. Work that has not paused for a while has not seen the
 * signal yet: two turns of the event loop are sure to have looked for it in between.
 *
 * @throws ChipError E_INTERRUPTED
 */
export async function throwIfInterrupted({ signal }: Pick<CommandContext, "signal">): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
  signal.throwIfAborted();
}

export async function createContext(options: CommonOptions): Promise<CommandContext> {
  setColour(options.color !== false && options.json !== true);
  const controller = new AbortController();
  let interrupts = 0;
  process.on("SIGINT", () => {
    // The first Ctrl-C ends the work cleanly; a second one does not wait for it.
    if (++interrupts > 1) process.exit(130);
    controller.abort(new ChipError("E_INTERRUPTED", "interrupted."));
  });
  const level = options.debug ? "debug" : options.verbose ? "info" : options.quiet ? "silent" : "warn";
  const log = options.verbose || options.debug ? (await import("./logger.ts")).createLogger(level) : silentLogger;
  return {
    seed: options.seed ?? 1,
    force: options.force === true,
    log,
    signal: controller.signal,
    progress: (label) => createProgress(label, options.quiet !== true && options.json !== true),
  };
}
