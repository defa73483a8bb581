import { ChipError } from "../../src/errors.ts";

/** The ChipError that `run` throws; fails when it throws none. */
export function thrown(run: () => unknown): ChipError {
  try {
    run();
  } catch (error) {
    if (error instanceof ChipError) return error;
    throw error;
  }
  throw new Error("expected a ChipError, but nothing was thrown");
}
