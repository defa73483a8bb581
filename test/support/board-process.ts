import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { bin } from "./cli.ts";

/** A virtual board in a process of its own. */
export interface BoardProcess {
  /** Port URL. */
  readonly port: string;
  readonly child: ChildProcess;
  /** As Ctrl-C; resolves with the exit code once it has ended. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts `spikewright board --listen PLACE` from the build, and waits until it listens. */
export async function startBoard(listen: string, ...more: readonly string[]): Promise<BoardProcess> {
  const child = spawn(process.execPath, [bin, "board", "--listen", listen, ...more], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  let said = "";
  child.stderr.on("data", (text: Buffer) => {
    said = (said + text.toString()).slice(-2000);
  });
  const port = await listening(child.stdout);
  if (port === undefined) throw new Error(`the board ended before it listened: ${said}`);
  return {
    port,
    child,
    stop: (signal = "SIGINT") => {
      child.kill(signal);
      return ended;
    },
  };
}

function listening(stdout: Readable): Promise<string | undefined> {
  return new Promise((resolve) => {
    const lines = createInterface(stdout);
    lines.on("line", (line) => {
      const port = /listens: (\S+)$/.exec(line)?.[1];
      if (port !== undefined) resolve(port);
    });
    lines.once("close", () => resolve(undefined));
  });
}
