import { link, lstat, open, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { ChipError, messageOf } from "../errors.ts";

export interface WriteFileOptions {
  /** Replace a file that is already there. */
  readonly force?: boolean;
}

let written = 0;

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
  try {
    await writeNew(temporary, data);
    if (force) await rename(temporary, target);
    else await renameWithoutReplacing(temporary, target);
  } catch (error) {
    throw outputFileError(path, error);
  } finally {
    // Gone after a rename, there after a link or a failure; when not even its folder is there, nothing is to be removed.
    await rm(temporary, { force: true }).catch(() => {});
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

function outputFileError(path: string, error: unknown): ChipError {
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
