import { expect, it, vi } from "vitest";
import { readNir } from "../../../src/formats/nir.ts";
import { chipErrorOf } from "../../support/errors.ts";
import { smallNir } from "../../support/nir-file.ts";

it("keeps the HDF5 library's own print-outs from the user, and only while it reads", async () => {
  // The library takes hold of console.error when it is loaded, which the first reading does.
  const print = vi.spyOn(console, "error").mockImplementation(() => {});
  const bytes = await smallNir();
  for (let length = 0; length < bytes.length; length += 97) {
    await chipErrorOf(() => readNir(bytes.subarray(0, length), "cut.nir"), "E_DAMAGED");
  }
  const flipped = bytes.slice();
  flipped.fill(0xff, 1000, 1200);
  await readNir(flipped, "flipped.nir").catch(() => {});
  expect(print).not.toHaveBeenCalled();

  const { File } = await import("h5wasm");
  new File("/there-is-none.h5", "r");
  expect(print).toHaveBeenCalled();
});
