import { expect } from "vitest";
import { ChipError, type ErrorCode } from "../../src/errors.ts";

/** The ChipError that `work` throws or rejects with; the test fails when it does not, or when the code or form is another. */
export async function chipErrorOf(work: () => unknown, code: ErrorCode): Promise<ChipError> {
  let result: unknown;
  try {
    result = await work();
  } catch (error) {
    expect(error).toBeInstanceOf(ChipError);
    const chipError = error as ChipError;
    expect(chipError.code, chipError.message).toBe(code);
    expect(chipError.message).toMatch(/^[^\n]+\.$/);
    return chipError;
  }
  throw new Error(`expected ${code}, got ${JSON.stringify(result)?.slice(0, 200)}`);
}
