import { mkdir, readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { messageOf } from "../errors.ts";
import { writeFileAtomic } from "../formats/atomic-file.ts";
import { crc32 } from "../wire/crc.ts";
import type { CommandContext } from "./context.ts";

/**
 * Copies of the chip.pb files that were deployed from this computer, by CRC-32: a board tells only the number, and `run`
 * must know the layers behind it. Below XDG_CACHE_HOME, or ~/.cache; may be deleted at any time.
 */
function folder(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "spikewright", "deployed");
}

/** Where the copy of a configuration with this CRC-32 lies, if there is one. */
export function deployedPath(crc: number): string {
  return join(folder(), `${crc.toString(16).padStart(8, "0")}.pb`);
}

/** Keeps a copy; a home that cannot be written only means that `run` needs --chip. */
export async function rememberDeployed(bytes: Uint8Array, context: CommandContext): Promise<void> {
  const path = deployedPath(crc32(bytes));
  try {
    await mkdir(folder(), { recursive: true });
    await writeFileAtomic(path, bytes, { force: true });
  } catch (error) {
    context.log.warn({ path, reason: messageOf(error) }, "no copy of the configuration was kept");
  }
}

/** Whether there is an undamaged copy. */
export async function hasDeployed(crc: number): Promise<boolean> {
  try {
    return crc32(await readFile(deployedPath(crc))) === crc;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}
