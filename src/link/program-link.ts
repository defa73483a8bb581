import { type ChildProcess, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { ChipError, messageOf } from "../errors.ts";
import type { ByteLink } from "../wire/byte-link.ts";
import { StreamLink } from "./stream-link.ts";

/** A program that ends in its own time after its input was closed; then it is ended, and after as long again killed. */
const PATIENCE_MS = 2000;
const POLL_MS = 50;

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
      if (child.exitCode !== null || child.signalCode !== null) return;
      const patience = new Promise<void>((resolve) => setTimeout(resolve, PATIENCE_MS).unref());
      if (await Promise.race([exited.then(() => true), patience])) return;
      // The shell ends at once; what it started may not want to.
      for (let waitedMs = 0; waitedMs < PATIENCE_MS && end(child, waitedMs === 0 ? "SIGTERM" : 0); waitedMs += POLL_MS)
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      end(child, "SIGKILL");
      await exited;
    },
  });
}

/** Sends a signal to the program and what it started itself; 0 only asks. Returns false when all of them have ended. */
function end(child: ChildProcess, signal: "SIGTERM" | "SIGKILL" | 0): boolean {
  if (child.pid === undefined) return false;
  try {
    return process.platform === "win32" ? child.kill(signal) : process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    return false;
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
