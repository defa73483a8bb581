import { expect, it } from "vitest";
import { nearest } from "../../../src/device/nearest.ts";

const names = ["dynapcnn", "speck2cmini", "speck2e", "speck2f"];

it("finds the word with the fewest changed letters, whatever their case", () => {
  expect(nearest("speck2", names)).toBe("speck2e");
  expect(nearest("SPECK2F1", names)).toBe("speck2f");
  expect(nearest("dynapcn", names)).toBe("dynapcnn");
  expect(nearest("pertap", ["perTap"])).toBe("perTap");
});

it("finds nothing when more than a third of the word differs", () => {
  expect(nearest("truenorth", names)).toBeUndefined();
  expect(nearest("", names)).toBeUndefined();
});
