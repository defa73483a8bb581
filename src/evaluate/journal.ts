import { appendFile, readFile, rename, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ChipError, messageOf } from "../errors.ts";
import { makeFolder, outputFileError } from "../formats/atomic-file.ts";

/**
 * The results folder of a resumable job: `job.json` says which job it is, `samples.jsonl` has a line for each sample that is
 * done, in the set's order. A line that a crash cut off is dropped, so the same command goes on after `kill -9`.
 */
export class Journal<T> {
  readonly #file: string;
  /** Results of an earlier run of the same job. */
  readonly done: readonly T[];

  private constructor(file: string, done: readonly T[]) {
    this.#file = file;
    this.done = done;
  }

  /**
   * @param job what identifies the job: the same command must give the same value
   * @throws ChipError E_FILE_EXISTS when the folder holds another job and `force` is not set,
   *   E_FILE_ACCESS when the folder cannot be used
   */
  static async open<T>(folder: string, job: Readonly<Record<string, unknown>>, force: boolean): Promise<Journal<T>> {
    await makeFolder(folder);
    const jobFile = join(folder, "job.json");
    const file = join(folder, "samples.jsonl");
    const identity = `${JSON.stringify(job, null, 2)}\n`;
    const before = await readIfThere(jobFile);
    if (before === identity) return new Journal<T>(file, await readLines<T>(file));
    if (before !== undefined && !force) {
      throw new ChipError(
        "E_FILE_EXISTS",
        `${folder} holds the results of another job (${differences(before, job)}); use another folder, or --force to start again there.`,
      );
    }
    await orExplain(file, writeFile(file, ""));
    await orExplain(jobFile, writeFile(`${jobFile}.tmp`, identity));
    await orExplain(jobFile, rename(`${jobFile}.tmp`, jobFile));
    return new Journal<T>(file, []);
  }

  async append(results: readonly T[]): Promise<void> {
    if (results.length === 0) return;
    const lines = results.map((result) => `${JSON.stringify(result)}\n`).join("");
    await orExplain(this.#file, appendFile(this.#file, lines));
  }
}

async function orExplain(file: string, work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    throw outputFileError(file, error);
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new ChipError("E_FILE_ACCESS", `${file} cannot be read: ${messageOf(error)}.`, {
      details: { path: file },
      cause: error,
    });
  }
}

async function readLines<T>(file: string): Promise<T[]> {
  const text = (await readIfThere(file)) ?? "";
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  if (whole.length < text.length) await orExplain(file, truncate(file, Buffer.byteLength(whole)));
  return whole
    .split("\n")
    .slice(0, -1)
    .map((line, i) => {
      try {
        return JSON.parse(line) as T;
      } catch (cause) {
        throw new ChipError(
          "E_DAMAGED",
          `${file} line ${i + 1} is not JSON; remove the folder, or use --force to start again.`,
          { cause },
        );
      }
    });
}

/** Names of the entries in which two jobs differ. */
function differences(before: string, job: Readonly<Record<string, unknown>>): string {
  let old: Record<string, unknown>;
  try {
    old = JSON.parse(before) as Record<string, unknown>;
  } catch {
    return "its job.json cannot be read";
  }
  const keys = [...new Set([...Object.keys(old), ...Object.keys(job)])];
  return `different ${keys.filter((key) => JSON.stringify(old[key]) !== JSON.stringify(job[key])).join(", ")}`;
}
