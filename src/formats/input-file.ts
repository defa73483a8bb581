import { readFile } from "node:fs/promises";
import { ChipError, messageOf } from "../errors.ts";

/**
 * All bytes of a file that the user named.
 *
 * @throws ChipError E_FILE_NOT_FOUND when there is none, E_FILE_ACCESS when it is a folder, is too large to be read in
 *   one piece, or may not be read
 */
export async function readInputFile(path: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    throw inputFileError(path, error);
  }
}

/** What the system says about a file that cannot be read, as an error for the user. */
export function inputFileError(path: string, error: unknown): ChipError {
  const code = (error as NodeJS.ErrnoException).code;
  const options = { details: { path, system: code ?? messageOf(error) }, cause: error };
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return new ChipError("E_FILE_NOT_FOUND", `${path} does not exist; check the path.`, options);
    case "EISDIR":
      return new ChipError("E_FILE_ACCESS", `${path} is a folder, and a file is needed.`, options);
    case "EACCES":
    case "EPERM":
      return new ChipError("E_FILE_ACCESS", `${path} may not be read; check its permissions.`, options);
    default:
      return new ChipError("E_FILE_ACCESS", `${path} cannot be read: ${messageOf(error)}.`, options);
  }
}
