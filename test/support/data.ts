import { existsSync } from "node:fs";
import { join } from "node:path";

/** Folder of real recordings and models, or undefined; tests that need it are skipped, visibly, without it. */
export const dataRoot: string | undefined =
  process.env.SPIKEWRIGHT_DATA !== undefined && existsSync(process.env.SPIKEWRIGHT_DATA)
    ? process.env.SPIKEWRIGHT_DATA
    : undefined;

/** A path below the data folder. Call only inside tests guarded by `dataRoot`. */
export function dataPath(...parts: string[]): string {
  if (dataRoot === undefined)
    throw new Error("SPIKEWRIGHT_DATA is not set; guard the test with describe.skipIf(!dataRoot)");
  return join(dataRoot, ...parts);
}

/** The folder of golden network cases beside the data folder, or undefined. */
export const goldenRoot: string | undefined = (() => {
  const path = dataRoot === undefined ? undefined : join(dataRoot, "..", "golden");
  return path !== undefined && existsSync(path) ? path : undefined;
})();
