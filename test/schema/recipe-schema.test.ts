import { expect, it } from "vitest";
import { recipeJsonSchema } from "../../src/trainer/recipe-schema.ts";

it("recipe.schema.json is fresh (renew it with: npx vitest run test/schema/recipe-schema.test.ts -u)", async () => {
  await expect(recipeJsonSchema()).toMatchFileSnapshot("../../src/trainer/recipes/recipe.schema.json");
});
