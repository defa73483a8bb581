import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { hasTool } from "./tools.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const schemas = join(root, "firmware-schemas");
const sources = join(schemas, "reference-c");
const cache = join(root, "node_modules/.cache/reference-c");

/** Without these the tests of the C sources are skipped, visibly. */
export const hasCompiler = hasTool("make", "--version") && hasTool("gcc", "--version");
export const hasNanopb =
  hasCompiler && hasTool("protoc", "--version") && hasTool("which", "protoc-gen-nanopb") && hasHeader("pb_encode.h");

/**
 * The path of a program of `firmware-schemas/reference-c`, built by its own Makefile. Built once for all test files of a
 * run, and for later runs as long as neither sources nor `variables` change.
 *
 * @param variables of the Makefile, e.g. `CORES=1`
 */
export function buildReference(program: string, ...variables: readonly string[]): string {
  const folder = join(cache, fingerprint([program, ...variables]));
  if (!existsSync(folder)) {
    mkdirSync(cache, { recursive: true });
    const fresh = mkdtempSync(join(cache, "building-"));
    execFileSync("make", ["--silent", "-C", sources, `BUILD=${fresh}`, ...variables, `${fresh}/${program}`], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      renameSync(fresh, folder);
    } catch (error) {
      // Another test file was faster.
      if (!existsSync(folder)) throw error;
      rmSync(fresh, { recursive: true });
    }
  }
  return join(folder, program);
}

/** The firmware on a pseudo-terminal: a board that stays when its host goes. */
export interface PtyFirmware {
  /** A serial port. */
  readonly path: string;
  readonly child: ChildProcess;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

export async function startFirmware(program: string, ...options: readonly string[]): Promise<PtyFirmware> {
  const folder = mkdtempSync(join(tmpdir(), "spikewright-firmware-"));
  const path = join(folder, "board");
  const child = spawn(program, ["--pty", path, ...options], { stdio: ["ignore", "ignore", "inherit"] });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  while (!existsSync(path)) {
    if (child.exitCode !== null) throw new Error("the firmware ended before it had a pseudo-terminal");
    await sleep(5);
  }
  return {
    path,
    child,
    stop: async (signal = "SIGTERM") => {
      child.kill(signal);
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function fingerprint(parts: readonly string[]): string {
  const hash = createHash("sha256").update(parts.join("\0"));
  for (const folder of [schemas, sources, join(sources, "test")]) {
    for (const name of readdirSync(folder).sort()) {
      if (!/\.(c|h|proto|options)$|^Makefile$/.test(name)) continue;
      hash.update(`\0${name}\0`).update(readFileSync(join(folder, name)));
    }
  }
  return hash.digest("hex").slice(0, 16);
}

function hasHeader(name: string): boolean {
  return ["/usr/include", "/usr/local/include", "/opt/homebrew/include"].some((folder) =>
    existsSync(join(folder, name)),
  );
}
