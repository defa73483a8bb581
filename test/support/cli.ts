import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));
export const bin = `${root}dist/src/cli/main.js`;

export interface CliResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built program as a user does. The build is part of `npm ci`. */
export function cli(args: readonly string[], cwd = root, env: Record<string, string> = {}): CliResult {
  if (!existsSync(bin)) throw new Error("dist/ is missing: run npm run build first");
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, ...env },
    maxBuffer: 256 * 1024 * 1024,
  });
  return { status, stdout, stderr };
}

/** The one JSON document of a `--json` run. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into documents of many shapes
export function cliJson(args: readonly string[], cwd = root): any {
  const result = cli([...args, "--json"], cwd);
  try {
    return { ...JSON.parse(result.stdout), status: result.status };
  } catch {
    throw new Error(
      `no JSON document on stdout (exit ${result.status}): ${result.stdout.slice(0, 500)} ${result.stderr.slice(0, 2000)}`,
    );
  }
}
