import { fileURLToPath } from "node:url";
import { expect, it, vi } from "vitest";
import { listDevices, loadDevice } from "../../../src/device/catalogue.ts";

vi.mock("zod", () => {
  throw new Error("zod was loaded");
});

it("built-in devices load without zod, which costs a tenth of a second; a user's file needs it", async () => {
  expect((await loadDevice("speck2f")).spec.cores).toHaveLength(9);
  expect(await listDevices()).toHaveLength(6);
  const path = fileURLToPath(new URL("../../../devices/speck2f.json", import.meta.url));
  await expect(loadDevice(path)).rejects.toMatchObject({ cause: { message: "zod was loaded" } });
});
