import { spawnSync } from "node:child_process";

/** Whether a program of the system can be run, so that tests which need it are skipped, visibly, without it. */
export function hasTool(command: string, ...args: string[]): boolean {
  const { status } = spawnSync(command, args, { stdio: "ignore" });
  return status === 0;
}
