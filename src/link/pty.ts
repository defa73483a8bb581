import { spawn } from "node:child_process";
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { createInterface } from "node:readline";
import { ChipError, messageOf } from "../errors.ts";
import type { ByteLink } from "../wire/byte-link.ts";
import { linkOfChild } from "./program-link.ts";

/** A pseudo-terminal, and the line to whoever opens it. */
export interface PtyLink {
  /** What another program opens as a serial port, e.g. "/dev/pts/3". */
  readonly path: string;
  readonly link: ByteLink;
}

/**
 * Makes a pseudo-terminal with `socat`. It stays when a host closes it, as a board's UART does: the line does not tell whether anybody
 * is there.
 *
 * @param name also make this symbolic link to it
 * @throws ChipError E_MISSING_PACKAGE without socat; E_LINK when it fails
 */
export async function openPty(name?: string): Promise<PtyLink> {
  const terminal = ["PTY", "raw", "echo=0", ...(name === undefined ? [] : [`link=${name}`])].join(",");
  // In a group of its own, so that Ctrl-C lets us say goodbye over it first.
  const child = spawn("socat", ["-d", "-d", "-t", "0.05", "-b", "65536", terminal, "STDIO"], {
    detached: true,
    stdio: "pipe",
  });
  const path = await new Promise<string>((resolve, reject) => {
    const said: string[] = [];
    child.once("error", (cause: NodeJS.ErrnoException) => reject(notStarted(cause)));
    child.once("exit", () =>
      reject(new ChipError("E_LINK", `socat could not make a pseudo-terminal: ${said.at(-1) ?? "it said nothing"}.`)),
    );
    createInterface(child.stderr).on("line", (line) => {
      said.push(line.replace(/^.*?socat\[\d+\] /, ""));
      if (said.length > 8) said.shift();
      const found = /PTY is (\S+)/.exec(line)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  // As long as somebody has it open, it does not hang up on socat when a host leaves.
  const line = linkOfChild(child, child.stdout, child.stdin, name ?? path);
  const held = await open(path, constants.O_RDWR | constants.O_NOCTTY).catch(async (cause: unknown) => {
    // Otherwise socat would stay behind.
    await line.close();
    throw new ChipError("E_LINK", `the pseudo-terminal ${path} cannot be opened: ${messageOf(cause)}.`, { cause });
  });
  return { path: name ?? path, link: releasing(line, held) };
}

/** The same line; the terminal is let go with it. */
function releasing(line: ByteLink, held: FileHandle): ByteLink {
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closed ??= held.close().then(() => line.close());
    return closed;
  };
  return {
    label: line.label,
    incoming: line.incoming,
    write: (bytes) => line.write(bytes),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function notStarted(cause: NodeJS.ErrnoException): ChipError {
  if (cause.code !== "ENOENT")
    return new ChipError("E_LINK", `socat cannot be started: ${messageOf(cause)}.`, { cause });
  return new ChipError(
    "E_MISSING_PACKAGE",
    "a pseudo-terminal needs the program socat, which is not there; install it (Debian: apt install socat; macOS: brew install socat), or listen on tcp://127.0.0.1:0.",
    { details: { program: "socat" }, cause },
  );
}
