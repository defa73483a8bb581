import { expect, it } from "vitest";
import { ChipError } from "../../src/errors.ts";

it("keeps a message on one printable line, whatever names it repeats", () => {
  const error = new ChipError("E_DAMAGED", "a\u001b[31mb\r\n\tc\u0000d is damaged.", { details: { name: "a\nb" } });
  expect(error.message).toBe("a [31mb c d is damaged.");
  expect(error.details).toEqual({ name: "a\nb" });
});
