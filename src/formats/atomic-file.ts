import { rmSync } from "node:fs";
import { link, lstat, mkdir, open, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { ChipError, messageOf } from "../errors.ts";

export interface WriteFileOptions {
  /** Replace a file that is already there. */
  readonly force?: boolean;
}

let written = 0;

/** Temporary files that are there now. */
const temporaries = new Set<string>();
let watchesExit = false;

/** Notes a file that must not outlive the process: an exit that does not wait (a second Ctrl-C) removes it, too. */
export function trackTemporary(path: string): void {
  temporaries.add(path);
  if (watchesExit) return;
  watchesExit = true;
  process.on("exit", () => {
    for (const file of temporaries) rmSync(file, { force: true });
  });
}

/** The file has its final name, or is removed. */
export function releaseTemporary(path: string): void {
  temporaries.delete(path);
}

/**
 * Writes a file so that it is there whole or not at all: into a temporary name in the same folder, then renamed.
 *
 * A symbolic link is followed; a device or pipe (`/dev/stdout`) is written to directly.
 *
 * @param data bytes, or text that becomes UTF-8
 * @throws ChipError E_FILE_EXISTS when the file is there and `force` is not set, E_FILE_NOT_FOUND when its folder is not
 *   there, E_FILE_ACCESS when it cannot be written
 */
export async function writeFileAtomic(
  path: string,
  data: Uint8Array | string,
  { force = false }: WriteFileOptions = {},
): Promise<void> {
  const target = await finalPath(path);
  const present = await stat(target).catch(() => undefined);
  if (present?.isDirectory()) {
    throw new ChipError("E_FILE_ACCESS", `${path} is a folder; name a file in it.`, { details: { path } });
  }
  if (present !== undefined && !present.isFile()) return writeFile(target, data);
  if (present !== undefined && !force) throw existsError(path);

  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}-${++written}.tmp`);
  trackTemporary(temporary);
  try {
    await writeNew(temporary, data);
    if (force) await rename(temporary, target);
    else await renameWithoutReplacing(temporary, target);
  } catch (error) {
    throw outputFileError(path, error);
  } finally {
    // Gone after a rename, there after a link or a failure; when not even its folder is there, nothing is to be removed.
    await rm(temporary, { force: true }).catch(() => {});
    releaseTemporary(temporary);
  }
}

/**
 * Makes a folder for results, with those above it; one that is there already is fine.
 *
 * @throws ChipError E_FILE_ACCESS when it cannot be made, or the name is that of a file
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason =
      code === "EEXIST" || code === "ENOTDIR" ? "there is a file of this name, or above it" : messageOf(error);
    throw new ChipError("E_FILE_ACCESS", `the folder ${path} cannot be made: ${reason}; name another one.`, {
      details: { path },
      cause: error,
    });
  }
}

/** Refuses early, before hours of work, what `writeFileAtomic` would refuse at the end. */
export async function checkOutputFile(path: string, { force = false }: WriteFileOptions = {}): Promise<void> {
  const folder = await stat(dirname(path)).catch(() => undefined);
  if (!folder?.isDirectory()) throw missingFolderError(path);
  const present = await stat(path).catch(() => undefined);
  if (present?.isFile() && !force) throw existsError(path);
}

async function finalPath(path: string): Promise<string> {
  const entry = await lstat(path).catch(() => undefined);
  if (!entry?.isSymbolicLink()) return path;
  return realpath(path).catch(() => path);
}

async function writeNew(path: string, data: Uint8Array | string): Promise<void> {
  const file = await open(path, "wx");
  try {
    await file.writeFile(data);
  } finally {
    await file.close();
  }
}

/** A hard link fails when the name is taken, where a rename would replace what another process has just put there. */
async function renameWithoutReplacing(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    // File systems without hard links (FAT, some network shares) say one of these; the check above has to do there.
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"].includes((error as NodeJS.ErrnoException).code ?? "")) {
      throw error;
    }
    await rename(from, to);
  }
}

function existsError(path: string): ChipError {
  return new ChipError("E_FILE_EXISTS", `${path} exists already; choose another name or replace it with --force.`, {
    details: { path },
  });
}

function missingFolderError(path: string, cause?: unknown): ChipError {
  return new ChipError(
    "E_FILE_NOT_FOUND",
    `${path} cannot be written: there is no folder ${dirname(path)}; create it first.`,
    {
      details: { path, folder: dirname(path) },
      cause,
    },
  );
}

/** What a failure of writing `path` means to the user; a ChipError stays what it is. */
export function outputFileError(path: string, error: unknown): ChipError {
  if (error instanceof ChipError) return error;
  switch ((error as NodeJS.ErrnoException).code) {
    case "EEXIST":
      return existsError(path);
    case "ENOENT":
    case "ENOTDIR":
      return missingFolderError(path, error);
    case "ENOSPC":
      return new ChipError("E_FILE_ACCESS", `${path} cannot be written: the disk is full.`, {
        details: { path },
        cause: error,
      });
    default:
      return new ChipError("E_FILE_ACCESS", `${path} cannot be written: ${messageOf(error)}.`, {
        details: { path },
        cause: error,
      });
  }
}
