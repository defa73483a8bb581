import { type ChildProcess, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { ChipError, messageOf } from "../errors.ts";
import type { ByteLink } from "../wire/byte-link.ts";
import { StreamLink } from "./stream-link.ts";

/** A program that ends in its own time after its input was closed; then it is ended, and after as long again killed. */
const PATIENCE_MS = 2000;

/**
 * Starts a program and speaks over its standard input and output: a firmware simulator, or `ssh HOST spikewright board
 * --stdio`. What it writes to stderr goes to ours. Closing the line ends the program.
 *
 * @throws ChipError E_LINK when it cannot be started
 */
export async function openProgram(command: string): Promise<ByteLink> {
  const label = `exec:${command}`;
  // A shell reads the line as a user would type it; in a group of its own, so that Ctrl-C ends the session first.
  const child = spawn(command, {
    shell: true,
    detached: process.platform !== "win32",
    stdio: ["pipe", "pipe", "inherit"],
  });
  await new Promise<void>((resolve, reject) => {
    child.once("spawn", () => resolve());
    child.once("error", (error) =>
      reject(new ChipError("E_LINK", `${label}: cannot be started: ${messageOf(error)}.`)),
    );
  });
  return linkOfChild(child, child.stdout as Readable, child.stdin as Writable, label);
}

/** The line over the standard streams of a program that was started. */
export function linkOfChild(child: ChildProcess, readable: Readable, writable: Writable, label: string): ByteLink {
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return new StreamLink({
    label,
    readable,
    writable,
    explain: (error) => new ChipError("E_LINK", `${label}: the program ended (${messageOf(error)}); start it again.`),
    close: async () => {
      writable.end();
      const timers = [
        setTimeout(() => end(child, "SIGTERM"), PATIENCE_MS),
        setTimeout(() => end(child, "SIGKILL"), 2 * PATIENCE_MS),
      ];
      if (child.exitCode === null && child.signalCode === null) await exited;
      for (const timer of timers) clearTimeout(timer);
    },
  });
}

/** The program and what it started itself. */
function end(child: ChildProcess, signal: "SIGTERM" | "SIGKILL"): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill();
    else process.kill(-child.pid, signal);
  } catch (error) {
    // It ended in between.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Our own standard input and output as a line; nothing else may write to stdout then. */
export function openStdio(): ByteLink {
  return new StreamLink({
    label: "stdio",
    readable: process.stdin,
    writable: process.stdout,
    explain: (error) => new ChipError("E_LINK", `stdio: the other side is gone (${messageOf(error)}).`),
    close: async () => {
      process.stdin.destroy();
    },
  });
}
