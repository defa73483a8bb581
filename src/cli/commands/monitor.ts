import { type FileHandle, open } from "node:fs/promises";
import { ChipError } from "../../errors.ts";
import { streamInputEvents } from "../../evaluate/samples.ts";
import type { EventStream } from "../../events/event-stream.ts";
import { checkOutputFile, outputFileError } from "../../formats/atomic-file.ts";
import { parseDurationUs } from "../../units.ts";
import type { CommandContext, CommandResult } from "../context.ts";
import { inputSettings, type RecordingFlags } from "../input-flags.ts";
import { boardJson } from "../link-report.ts";
import { describeLook, type Look, Watch } from "../monitor-look.ts";
import { type ConfiguredPort, openConfigured, type PortFlags } from "../port-chip.ts";
import { EXIT } from "../run-command.ts";
import { Screen } from "../screen.ts";

export interface MonitorFlags extends PortFlags, RecordingFlags {
  readonly events?: string;
  readonly loop?: boolean;
  readonly interval: string;
  readonly samples?: number;
  readonly once?: boolean;
  readonly jsonl?: boolean;
  readonly output?: string;
  readonly json?: boolean;
}

/** `monitor`: what a board counts and draws, look by look, until Ctrl-C, `--samples`, or the end of the recording. */
export async function monitor(flags: MonitorFlags, context: CommandContext): Promise<CommandResult> {
  const intervalUs = parseDurationUs(flags.interval, "--interval");
  if (flags.loop && flags.events === undefined) {
    throw new ChipError("E_OPTION", "--loop repeats the recording of --events, and there is none.");
  }
  if (flags.output !== undefined) await checkOutputFile(flags.output, context);
  await using target = await openConfigured(flags, context);
  const { open: port, loaded } = target;
  const { board } = port;
  if (board === undefined) {
    throw new ChipError("E_OPTION", "monitor watches a board; the emulator in process is none. Take --port virtual:.");
  }
  const file = flags.output === undefined ? undefined : await LineFile.create(flags.output);
  const screen = new Screen(flags.json !== true && flags.jsonl !== true);
  const stop = new AbortController();
  const signal = AbortSignal.any([context.signal, stop.signal]);
  const most = flags.once ? 1 : (flags.samples ?? Number.POSITIVE_INFINITY);
  const looks: Look[] = [];
  let feeding = Promise.resolve();
  let over = flags.events === undefined;
  try {
    const watch = new Watch(board, loaded.config, () => performance.now() * 1000);
    await watch.start(intervalUs);
    if (flags.events !== undefined) {
      feeding = feed(target, flags.events, flags, signal).finally(() => {
        over = true;
      });
      // Its error is reported below, once the looks have stopped.
      feeding.catch(() => stop.abort());
    }
    for (let count = 0; count < most && !signal.aborted; count++) {
      await pause(intervalUs / 1000, signal);
      if (signal.aborted && looks.length > 0) break;
      const look = await watch.next();
      looks.push(look);
      // Only what is shown at the end is kept, so that a night's watch fits into memory.
      if (flags.json !== true && looks.length > 1) looks.shift();
      const line = `${JSON.stringify(look.sample)}\n`;
      if (flags.jsonl) process.stdout.write(line);
      await file?.write(line);
      screen.show(describeLook(look, board));
      if (over && flags.events !== undefined) break;
    }
  } finally {
    stop.abort();
    screen.end();
    await file?.close();
  }
  await feeding.catch((error: unknown) => {
    if (!(error instanceof ChipError && error.code === "E_INTERRUPTED")) throw error;
  });
  return {
    json: {
      port: port.label,
      board: boardJson(board.identity),
      link: board.statistics,
      samples: looks.map(({ sample }) => sample),
    },
    text: "",
    ...(flags.json ? {} : { written: true }),
    exitCode: context.signal.aborted ? EXIT.interrupted : EXIT.done,
  };
}

/** Runs the recording on the board, again and again if wanted; states and counters go on. */
async function feed(
  { open, loaded }: ConfiguredPort,
  path: string,
  flags: MonitorFlags,
  signal: AbortSignal,
): Promise<void> {
  do {
    const input = await streamInputEvents(path, loaded.config.input.shape, inputSettings(flags));
    await open.chip.run(interruptible(input.events, signal), { signal, onEvents: () => {} });
  } while (flags.loop && !signal.aborted);
}

async function* interruptible(events: AsyncIterable<EventStream>, signal: AbortSignal): AsyncGenerator<EventStream> {
  for await (const part of events) {
    if (signal.aborted) return;
    yield part;
  }
}

/** Lines that are on disk as soon as they are written: a watch may last a night, and end in any way. */
class LineFile {
  readonly #path: string;
  readonly #file: FileHandle;

  private constructor(path: string, file: FileHandle) {
    this.#path = path;
    this.#file = file;
  }

  /** @throws ChipError E_FILE_ACCESS, as `write` */
  static async create(path: string): Promise<LineFile> {
    try {
      return new LineFile(path, await open(path, "w"));
    } catch (error) {
      throw outputFileError(path, error);
    }
  }

  async write(line: string): Promise<void> {
    try {
      await this.#file.writeFile(line);
    } catch (error) {
      throw outputFileError(this.#path, error);
    }
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
    if (signal.aborted) done();
  });
}
