import { expect, it } from "vitest";
import { deviceJsonSchema } from "../../src/device/schema.ts";

it("devices/device.schema.json is fresh (renew it with: npx vitest run test/schema/device-schema.test.ts -u)", async () => {
  await expect(deviceJsonSchema()).toMatchFileSnapshot("../../devices/device.schema.json");
});
