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

/** The same for what is thrown later. */
export async function thrownAsync(run: () => Promise<unknown>): Promise<ChipError> {
  const result = await run().then(
    () => undefined,
    (error: unknown) => error,
  );
  return thrown(() => {
    if (result !== undefined) throw result;
  });
}
